"""The plan as a picture: townships, parks, branches and units, with a legend."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from PIL import Image, ImageDraw, ImageFont

from lxgeo.model import Outcome
from lxgeo.publish.gis.layers import hulls
from lxgeo.publish.lists.papers import Papers
from lxgeo.publish.palette import LOOKS
from lxgeo.publish.rows import plain

_WIDTH, _HEIGHT, _MARGIN = 1500, 950, 30
_LEGEND = 250
_FINE = 2  # drawn so many times larger, then made smaller: smooth edges
_FONTS = (
    *("NotoSansCJK-Regular.ttc", "NotoSansSC-Regular.otf", "SourceHanSansSC-Regular.otf"),
    *("msyh.ttc", "simhei.ttf", "simsun.ttc", "PingFang.ttc", "Hiragino Sans GB.ttc"),
    *("wqy-microhei.ttc", "wqy-zenhei.ttc", "uming.ttc"),
)
"""Where Chinese characters are found on Linux, Windows and macOS."""

_BORDER, _INK, _PARK = "#555555", "#222222", "#f1ead0"


@dataclass(frozen=True)
class Picture:
    """A map.

    Parameters
    ----------
    png
        The image.
    lettered
        Whether names stand on it: without a Chinese font on the machine there are none.
    """

    png: bytes
    lettered: bool


class _Sheet:
    """The area that is drawn on: degrees to pixels, as far apart as they are on the ground."""

    def __init__(self, bounds: tuple[float, float, float, float]) -> None:
        west, south, east, north = bounds
        self.squeeze = float(np.cos(np.radians((south + north) / 2)))
        self.west, self.north = west, north
        room = (_WIDTH - _LEGEND - 2 * _MARGIN, _HEIGHT - 2 * _MARGIN)
        wide, tall = max((east - west) * self.squeeze, 1e-6), max(north - south, 1e-6)
        self.scale = _FINE * min(room[0] / wide, room[1] / tall)
        self.image = Image.new("RGB", (_FINE * _WIDTH, _FINE * _HEIGHT), "white")
        self.draw = ImageDraw.Draw(self.image, "RGBA")

    def at(self, shapes: Any) -> list[tuple[float, float]]:
        """Return the points of a shape, or of many, in pixels."""
        x, y = shapely.get_coordinates(shapes).T
        across = _FINE * _MARGIN + (x - self.west) * self.squeeze * self.scale
        down = _FINE * _MARGIN + (self.north - y) * self.scale
        return list(zip(across.tolist(), down.tolist(), strict=True))

    def area(self, shape: Any, fill: str | None, outline: str, width: int) -> None:
        """Draw the outer rings of a polygon or of several."""
        for part in shapely.get_parts(shape):
            if part.geom_type == "Polygon":
                ring = self.at(part.exterior)
                if fill is not None:
                    self.draw.polygon(ring, fill=fill)
                self.draw.line(ring, fill=outline, width=_FINE * width)

    def dot(self, x: float, y: float, colour: str, radius: float) -> None:
        """Draw a unit."""
        r = _FINE * radius
        self.draw.ellipse((x - r, y - r, x + r, y + r), fill=colour, outline="white")


def picture(papers: Papers) -> Picture | None:
    """Return the plan's map; None where nothing has a position.

    Parameters
    ----------
    papers
        What is published; the same gives the same image on one machine.
    """
    townships = papers.release.areas.townships
    units = papers.units[papers.units.geometry.notna()]
    layer = townships if len(townships) else units
    if not len(layer):
        return None
    sheet = _Sheet(tuple(float(each) for each in layer.total_bounds))  # type: ignore[arg-type]
    font = _font(19)
    for shape in papers.release.areas.parks.geometry:
        sheet.area(shape, _PARK, "#999933", 1)
    for hull in hulls(papers.units, papers.branches).itertuples():
        colour = LOOKS[Outcome(hull.outcome)].colour
        sheet.area(hull.geometry, f"{colour}30", colour, 1)
    for shape in townships.geometry:
        sheet.area(shape, None, _BORDER, 2)
    _units(sheet, units)
    if font is not None:
        _names(sheet, townships, font)
    _legend(sheet, papers, font)
    small = sheet.image.resize((_WIDTH, _HEIGHT), Image.Resampling.LANCZOS)
    held = io.BytesIO()
    small.save(held, "PNG", optimize=True)
    return Picture(held.getvalue(), font is not None)


def _font(size: int) -> ImageFont.FreeTypeFont | None:
    for name in _FONTS:
        try:
            return ImageFont.truetype(name, _FINE * size)
        except OSError:
            continue
    return None


_SMALL = (Outcome.NO_MEMBERS, Outcome.EXCLUDED)


def _units(sheet: _Sheet, units: Any) -> None:
    # Who asks for nothing lies below the others.
    order = [*_SMALL, *(each for each in LOOKS if each not in _SMALL)]
    for outcome in order:
        here = units[units["outcome"] == outcome]
        radius = 1.6 if outcome in _SMALL else 3.2
        for x, y in sheet.at(here.geometry.to_numpy()):
            sheet.dot(x, y, LOOKS[outcome].colour, radius)


def _names(sheet: _Sheet, townships: Any, font: ImageFont.FreeTypeFont) -> None:
    for name, shape in zip(townships["name"], townships.geometry, strict=True):
        ((x, y),) = sheet.at(shape.representative_point())
        sheet.draw.text(
            (x, y), plain(name), fill=_INK, font=font, anchor="mm",
            stroke_width=2 * _FINE, stroke_fill="white",
        )  # fmt: skip


def _legend(sheet: _Sheet, papers: Papers, font: ImageFont.FreeTypeFont | None) -> None:
    if font is None:
        return
    counts = papers.units["outcome"].value_counts()
    left, top = _FINE * (_WIDTH - _LEGEND), _FINE * (_MARGIN + 10)
    for number, outcome in enumerate(each for each in LOOKS if each in counts):
        y = top + _FINE * 34 * number
        sheet.dot(left, y, LOOKS[outcome].colour, 5)
        said = f"{papers.release.label('outcome', outcome)}  {counts[outcome]}"
        sheet.draw.text((left + _FINE * 16, y), said, fill=_INK, font=font, anchor="lm")
