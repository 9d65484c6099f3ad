"""The plans of several scenarios as small maps side by side, for a report.

Every scenario has two: the whole district, and the place where most units join, enlarged. All
show the same ground at the same scale with the same colours: what differs is the plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, cos, radians
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from lxgeo.errors import Words
from lxgeo.model import Outcome
from lxgeo.publish.charts import Hand, figure, save
from lxgeo.publish.comparison.compared import Compared
from lxgeo.publish.gis.layers import hulls, links
from lxgeo.publish.map import MapLayers
from lxgeo.publish.palette import LOOKS

_LAND, _BORDER, _ROAD, _FRAME = "#f6f7f8", "#9aa5b1", "#dde2e7", "#1f2937"
_SHOWN = (Outcome.STANDALONE, Outcome.EXISTING, Outcome.JOINT, Outcome.ATTACHED, Outcome.LEFT_OUT)
"""Outcomes that are drawn, the lowest first."""
_MARKS = {
    Outcome.STANDALONE: ("s", 2.0),
    Outcome.EXISTING: ("h", 3.0),
    Outcome.JOINT: ("o", 3.0),
    Outcome.ATTACHED: ("^", 6.0),
    Outcome.LEFT_OUT: ("*", 16.0),
}
_JOINING = (Outcome.JOINT, Outcome.ATTACHED, Outcome.LEFT_OUT)
_WIDE, _PER_INCH = 12.0, 150
_CLOSER = 0.16
"""Side of the enlarged square, as a share of the district's longer side."""
_NEAR = 2.2
"""How much larger marks are in it."""
_TWO_ACROSS = 2
_PAIR = 2

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class _View:
    """What a map shows: west, south, east, north, and how much larger its marks are."""

    box: Box
    larger: float = 1.0


def draw_multiples(path: Path, compared: Compared, hand: Hand) -> bool:
    """Draw two small maps of each scenario; return whether anything has a position.

    Parameters
    ----------
    path
        The picture.
    compared
        The scenarios.
    hand
        Language and font.
    """
    whole = _whole(compared.layers)
    if whole is None:
        return False
    squeeze = cos(radians((whole[1] + whole[3]) / 2))
    views = (_View(whole), _View(_crowded(compared.layers[0], whole, squeeze), _NEAR))
    count = len(compared.layers)
    across = min(count, _TWO_ACROSS)
    down = ceil(count / across)
    tall = (whole[3] - whole[1]) / max((whole[2] - whole[0]) * squeeze, 1e-9)
    high = _WIDE / (_PAIR * across) * min(max(tall, 0.5), 1.5) + 0.5
    sheet = figure(_WIDE, down * high + 0.5)
    panels = np.array(sheet.subplots(down, _PAIR * across)).reshape(down * across, _PAIR)
    names = hand.names(compared.names)
    for pair, layers, summary, name in zip(
        panels, compared.layers, compared.summaries, names, strict=False
    ):
        drawn = _Drawn(layers)
        for axes, view in zip(pair, views, strict=True):
            drawn.draw(axes, view)
            axes.set_aspect(1 / squeeze)
        _frame(pair[0], views[1].box)
        said = Words(
            f"{name}\n联合党支部 {summary['joint_branches']}，未纳入 {summary['left_out']}",
            f"{name}\n{summary['joint_branches']} joint branches, {summary['left_out']} left out",
        )
        pair[0].set_title(hand.say(said), fontsize=9.5, loc="left")
    for axes in panels.ravel()[_PAIR * count :]:
        axes.set_axis_off()
    _legend(sheet, hand, compared)
    save(sheet, path, _PER_INCH)
    return True


def _whole(layers: Sequence[MapLayers]) -> Box | None:
    """Return the ground that all maps show: the townships of the units, else where these are."""
    units, townships = layers[0].units, layers[0].areas.townships
    for table in (townships[townships["id"].isin(units["township_id"])], units):
        west, south, east, north = (float(each) for each in table.total_bounds)
        if west <= east:
            margin = 0.02 * max(east - west, north - south, 1e-4)
            return west - margin, south - margin, east + margin, north + margin
    return None


def _crowded(layers: MapLayers, whole: Box, squeeze: float) -> Box:
    """Return the square in which the most units join."""
    side = _CLOSER * max((whole[2] - whole[0]) * squeeze, whole[3] - whole[1])
    half = np.array([side / squeeze, side]) / 2
    joining = layers.units["outcome"].isin(_JOINING) & layers.units.geometry.notna()
    here = layers.units[joining].geometry
    if here.empty:
        middle = np.array([whole[0] + whole[2], whole[1] + whole[3]]) / 2
    else:
        points = np.column_stack([here.x, here.y])
        around = (np.abs(points[:, None] - points[None]) <= half).all(axis=2)
        middle = points[around[int(np.argmax(around.sum(axis=1)))]].mean(axis=0)
    west, south = middle - half
    east, north = middle + half
    return float(west), float(south), float(east), float(north)


class _Drawn:
    """A scenario's plan, ready to be drawn in several views."""

    def __init__(self, layers: MapLayers) -> None:
        around = hulls(layers.units, layers.branches)
        self.joint = list(around.loc[around["outcome"] == Outcome.JOINT, "geometry"])
        self.ways = list(links(layers.units, layers.branches).geometry)
        self.roads = [part for shape in layers.areas.roads.geometry for part in _parts(shape)]
        self.land = list(layers.areas.townships.geometry)
        placed = layers.units[layers.units.geometry.notna()]
        self.units = {each: placed[placed["outcome"] == each].geometry for each in _SHOWN}

    def draw(self, axes: Any, view: _View) -> None:
        """Draw the plan as a view shows it."""
        colour = LOOKS[Outcome.JOINT].colour
        for shape in self.land:
            _area(axes, shape, _LAND, _BORDER, 0.6)
        _lines(axes, self.roads, _ROAD, 0.4 * view.larger)
        for shape in self.joint:
            _area(axes, shape, f"{colour}30", colour, 0.3 * view.larger)
        _lines(axes, self.ways, colour, 0.4 * view.larger)
        for outcome, here in self.units.items():
            marker, size = _MARKS[outcome]
            axes.scatter(
                here.x,
                here.y,
                s=size * view.larger,
                marker=marker,
                color=LOOKS[outcome].colour,
                linewidths=0,
                zorder=3 + _SHOWN.index(outcome),
            )
        west, south, east, north = view.box
        axes.set_xlim(west, east)
        axes.set_ylim(south, north)
        axes.set_xticks([])
        axes.set_yticks([])
        for side in axes.spines.values():
            side.set_visible(view.larger > 1)
            side.set_color(_FRAME)
            side.set_linewidth(0.8)


def _parts(shape: Any) -> list[Any]:
    return list(shapely.get_parts(shape))


def _area(axes: Any, shape: Any, fill: str, edge: str, width: float) -> None:
    for part in _parts(shape):
        if part.geom_type == "Polygon":
            x, y = shapely.get_coordinates(part.exterior).T
            axes.fill(x, y, facecolor=fill, edgecolor=edge, linewidth=width)


def _lines(axes: Any, shapes: Sequence[Any], colour: str, width: float) -> None:
    from matplotlib.collections import LineCollection

    ends = [shapely.get_coordinates(line) for line in shapes]
    axes.add_collection(LineCollection(ends, colors=colour, linewidths=width))


def _frame(axes: Any, box: Box) -> None:
    """Draw where the enlarged square lies."""
    west, south, east, north = box
    axes.plot([west, east, east, west, west], [south, south, north, north, south], color=_FRAME,
              lw=0.8, zorder=9)  # fmt: skip


def _legend(sheet: Any, hand: Hand, compared: Compared) -> None:
    from matplotlib.lines import Line2D

    def key(outcome: Outcome) -> Any:
        said = hand.label(compared.speech, "outcome", outcome)
        return Line2D(
            *([], []),
            ls="",
            marker=_MARKS[outcome][0],
            color=LOOKS[outcome].colour,
            markersize=6,
            label=said,
        )

    sheet.legend(
        handles=[key(each) for each in _SHOWN],
        loc="outside lower center",
        ncols=len(_SHOWN),
        frameon=False,
        fontsize=9,
    )
