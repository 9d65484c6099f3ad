"""What a caller lays over the map besides the plan, such as service centres.

Each overlay is a layer with its own switch and legend. Its labels travel in the encoded block
like all other text: shown as they are, never run.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd

from lxgeo.errors import InputError, Words
from lxgeo.publish.map.pack import PackedColumn, known
from lxgeo.publish.map.shapes import outlined
from lxgeo.tables import CRS

_SHADES = 200  # steps between none and all: finer than an eye tells apart
_KINDS = frozenset({"Point", "MultiPoint", "Polygon", "MultiPolygon"})


@dataclass(frozen=True)
class Overlay:
    """Points and areas laid over the map, as one layer that can be switched.

    Parameters
    ----------
    name
        What the layer is called, in the legend and beside each label.
    features
        Points and polygons, EPSG:4326, with columns ``label`` (text, shown as it is under the
        pointer, the first line of a point's also on the map) and ``shade`` (0 light to 1 deep;
        unknown where missing). Areas are drawn in the order given, the last one uppermost.
    ends
        What the lightest and the deepest shade mean, such as 近 and 远; without them the legend
        shows no scale.
    shown
        Whether the layer is on at first.

    Raises
    ------
    InputError
        A column is missing, another coordinate system, lines, or a shade outside 0..1.
    """

    name: Words
    features: gpd.GeoDataFrame
    ends: tuple[Words, Words] | None = None
    shown: bool = True

    def __post_init__(self) -> None:
        faults = [
            Words(f"图层“{self.name.zh}”：{each.zh}", f"layer {self.name.en!r}: {each.en}")
            for each in _faults(self.features)
        ]
        if faults:
            raise InputError(*faults)

    def said(self) -> dict[str, object]:
        """Return what the legend says of it, in both languages."""
        ends = [each._asdict() for each in self.ends] if self.ends else None
        return {"name": self.name._asdict(), "ends": ends, "shown": self.shown}


def overlay_columns(overlays: Sequence[Overlay]) -> tuple[PackedColumn, ...]:
    """Return overlays as columns, a group ``overlay<n>.*`` each.

    Per overlay: what `lxgeo.publish.map.shapes.outlined` gives, and ``shade`` (0 unknown, else
    one more than two hundredths).
    """
    columns: list[PackedColumn] = []
    for number, overlay in enumerate(overlays):
        table = overlay.features
        held = table[table.geometry.notna() & ~table.geometry.is_empty]
        columns += outlined(f"overlay{number}", held.geometry, held["label"])
        columns.append(known(f"overlay{number}.shade", held["shade"].astype(float) * _SHADES))
    return tuple(columns)


def _faults(features: gpd.GeoDataFrame) -> Iterator[Words]:
    missing = [name for name in ("label", "shade") if name not in features]
    for name in missing:
        yield Words(f"缺少列 {name}", f"column {name} is missing")
    if features.crs is None or features.crs != CRS:
        yield Words("坐标系不是 EPSG:4326", "its coordinates are not EPSG:4326")
    if not set(features.geometry.dropna().geom_type) <= _KINDS:
        yield Words("只能是点或面", "only points and areas can be drawn")
    if "shade" not in missing:
        shade = pd.to_numeric(features["shade"], errors="coerce").to_numpy(dtype=float)
        wrong = np.isnan(shade) & features["shade"].notna().to_numpy(dtype=bool)
        if (wrong | (shade < 0) | (shade > 1)).any():
            yield Words("shade 须在 0 到 1 之间", "a shade is not between 0 and 1")
