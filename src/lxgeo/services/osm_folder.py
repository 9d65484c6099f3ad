"""What was found in OpenStreetMap as a folder of areas: built beside its place, then put there."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import pyogrio
import shapely

from lxgeo.errors import InputError, Words
from lxgeo.geo import osm

ATTRIBUTION_FILE: Final = "OPENSTREETMAP.md"
_SIGN: Final = "© OpenStreetMap"
_WITHIN: Final = ("townships", "villages")
_DEGREES_AROUND: Final = 1e-6

_ATTRIBUTION: Final = """\
# {place}

数据来源 / Data: © OpenStreetMap contributors, https://www.openstreetmap.org/copyright

许可 / Licence: Open Data Commons Open Database License (ODbL) 1.0,
https://opendatacommons.org/licenses/odbl/1-0/

取得日期 / Fetched on: {day}

使用、转发、再加工须注明以上来源；由其派生的数据库公开时须沿用同一许可。
OpenStreetMap 的行政界线不是法定界线；对外公开的地图须使用有审图号的底图。

Whoever uses, passes on or changes this data names its source; a database derived from it is
published under the same licence. OpenStreetMap's borders are no legal borders.

| 图层 / layer | 要素 / features |
|---|---|
{counts}
"""


@dataclass(frozen=True)
class Found:
    """What OpenStreetMap knows of a place.

    Parameters
    ----------
    place
        Its full name, or the file that it is from.
    layers
        Layer of an areas folder → table (`lxgeo.tables.area_table`).
    gazetteer
        Names and addresses (`lxgeo.tables.GAZETTEER`).
    """

    place: str
    layers: Mapping[str, gpd.GeoDataFrame]
    gazetteer: gpd.GeoDataFrame

    @classmethod
    def of(cls, features: Iterable[osm.Feature], place: str, within: Any = None) -> Found:
        """Return what features give.

        Parameters
        ----------
        features
            Of any kind.
        place
            What to call it.
        within
            Its area, where it is known: townships and villages next door are left out.
        """
        # What several questions found stands there once.
        listed = list({each.osm: each for each in features}.values())
        layers = osm.layers(listed)
        if within is not None:
            area = shapely.buffer(within, _DEGREES_AROUND)
            shapely.prepare(area)
            for name in _WITHIN:
                table = layers[name]
                middles = shapely.point_on_surface(table.geometry.to_numpy())
                layers[name] = table[shapely.intersects(area, middles)].reset_index(drop=True)
        return cls(place, layers, osm.gazetteer(listed))

    @property
    def counts(self) -> dict[str, int]:
        """How many features each layer has."""
        tables = {**self.layers, "gazetteer": self.gazetteer}
        return {name: len(table) for name, table in tables.items()}


def write_osm_folder(found: Found, folder: Path, roads: Callable[[Path], None]) -> None:
    """Write an areas folder, all of it or nothing.

    Parameters
    ----------
    found
        What to write; empty layers get no file.
    folder
        Its place. A folder that was written so before is replaced.
    roads
        Puts the road file into the folder that it is given.

    Raises
    ------
    InputError
        Something else stands in that place: it is kept.
    """
    with _exchanged(folder) as building:
        for name, table in {**found.layers, "gazetteer": found.gazetteer}.items():
            if len(table):
                pyogrio.write_dataframe(
                    table,
                    building / f"{name}.gpkg",
                    layer=name,
                    driver="GPKG",
                    geometry_type="Unknown",
                )
        roads(building)
        text = _ATTRIBUTION.format(
            place=found.place.replace("\n", " "),
            day=dt.datetime.now(tz=dt.UTC).date().isoformat(),
            counts="\n".join(f"| `{name}` | {count} |" for name, count in found.counts.items()),
        )
        (building / ATTRIBUTION_FILE).write_text(text, encoding="utf-8")


@contextmanager
def _exchanged(folder: Path) -> Iterator[Path]:
    """Give a folder to build in; put it in its place when all went well."""
    check_place(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    workshop = Path(tempfile.mkdtemp(prefix=".lxgeo-osm-", dir=folder.parent))
    try:
        building = workshop / "new"
        building.mkdir()
        yield building
        old = workshop / "old"
        if folder.exists():
            folder.rename(old)
        try:
            building.rename(folder)
        except OSError:
            if old.exists():
                old.rename(folder)
            raise
    finally:
        shutil.rmtree(workshop, ignore_errors=True)


def check_place(folder: Path) -> None:
    """Refuse to replace anything but an empty folder or one of ours.

    Raises
    ------
    InputError
        Something else stands in that place.
    """
    if not folder.exists() and not folder.is_symlink():
        return
    sign = folder / ATTRIBUTION_FILE
    ours = sign.is_file() and _SIGN in sign.read_text(encoding="utf-8", errors="replace")
    if folder.is_dir() and not folder.is_symlink() and (ours or not any(folder.iterdir())):
        return
    raise InputError(
        Words(
            f"{folder} 已存在，且不是由 fetch-osm 生成的文件夹，不会覆盖；请用 -o 另指位置",
            f"{folder} exists and was not made by fetch-osm, so it is kept; use another -o",
        )
    )
