"""An export is written beside its place and renamed into it: no half of a file is ever seen."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pyogrio.errors import DataSourceError, FeatureError

from lxgeo.errors import InputError, Words
from lxgeo.publish.export.formats import UNPLACED, Fields, Format, write_dictionary, write_layer
from lxgeo.publish.export.layer import Layer
from lxgeo.publish.export.reference import (
    GCJ02,
    PLAIN,
    Reference,
    moved,
    outside,
    reference,
)
from lxgeo.publish.folder.exchange import hold
from lxgeo.publish.speech import Speech

FOLDER = "export"
"""Where in a run its exports stand."""

_PREFIX = ".lxgeo-export-"
_UNSHIFTED = (Format.KML,)
"""Formats that state WGS 84 whatever they hold: shifted coordinates in them would be a lie."""


@dataclass(frozen=True)
class Asked:
    """How a run is to be exported.

    Parameters
    ----------
    fmt
        The format.
    crs
        ``EPSG:4490``, ``auto``, or None for WGS 84.
    gcj02
        Whether a shifted copy for maps of the internet is wanted; its files are named so.
    speech
        Names fields and classes for people.
    """

    fmt: Format
    crs: str | None = None
    gcj02: bool = False
    speech: Speech = field(default_factory=Speech)


@dataclass(frozen=True)
class Exported:
    """What was exported.

    Parameters
    ----------
    paths
        Every file, in its place.
    counts
        Layer → how many rows.
    reference
        Where the coordinates are counted from.
    notes
        What to know before using it.
    """

    paths: tuple[Path, ...]
    counts: dict[str, int]
    reference: Reference
    notes: tuple[Words, ...]


def write_export(
    run: Path, layers: Sequence[Layer], asked: Asked, part: str | None = None
) -> Exported:
    """Write a run's layers as ``run/export/LAYER.EXT``; all of them, or none.

    Parameters
    ----------
    run
        The run's folder.
    layers
        What it holds, EPSG:4326.
    asked
        Format, CRS and language.
    part
        The part of a divided run that they are of, such as ``county=330106``; its files stand in a
        folder of that name.

    Raises
    ------
    InputError
        A CRS or format that can't be, a value that the format would lose, or a place that can't
        be written.
    """
    into, notes = _settled(layers, asked)
    there = [moved(layer, into) for layer in layers]
    ending = "_gcj02" if into.shifted else ""
    place = run / FOLDER if part is None else run / FOLDER / part
    try:
        with export_workshop(place) as shop:
            written: list[tuple[Layer, Fields]] = []
            for layer in there:
                path = shop / f"{layer.name}{ending}.{asked.fmt}"
                fields = write_layer(asked.fmt, path, layer, into, asked.speech)
                written.append((layer, fields))
            write_dictionary(shop / f"fields_{asked.fmt}{ending}.csv", written, into, asked.speech)
            paths = tuple(placed(shop, place))
    except (OSError, DataSourceError, FeatureError) as error:
        raise InputError(unwritable(place, error)) from error
    counts = {layer.name: len(layer.frame) for layer in there}
    return Exported(paths, counts, into, (*notes, *_unplaced(there, asked.fmt)))


def _settled(layers: Sequence[Layer], asked: Asked) -> tuple[Reference, list[Words]]:
    """Return the reference to write in, and what there is to say of it."""
    if asked.gcj02:
        return _shifted(asked), [
            Words(
                "这是 GCJ-02（火星坐标）副本，整体偏移数百米，只用于互联网地图底图，"
                "不得与 WGS 84、国家 2000 数据叠加；文件名均带 _gcj02，lon、lat 两列仍为 WGS 84",
                "this is a GCJ-02 copy, shifted by hundreds of metres, for internet maps alone: "
                "never lay it over WGS 84 or CGCS2000; its files end in _gcj02, while the columns "
                "lon and lat stay WGS 84",
            )
        ]
    if asked.fmt is Format.KML:
        told = Words("KML 只有 WGS 84 坐标", "KML is always WGS 84")
        if asked.crs is not None:
            told = Words(
                f"KML 只有 WGS 84 坐标，没有采用 --crs {asked.crs}",
                f"KML is always WGS 84: --crs {asked.crs} was not followed",
            )
        return PLAIN, [told]
    into = reference(asked.crs, layers)
    if asked.fmt is Format.GEOJSON and into != PLAIN:
        raise InputError(
            Words(
                f"GeoJSON（RFC 7946）只有 WGS 84 坐标，不能写成 {into.name}；请用 gpkg 或 shp",
                f"GeoJSON (RFC 7946) is WGS 84 alone, never {into.name}; use gpkg or shp",
            )
        )
    warned = outside(layers, into)
    return into, [] if warned is None else [warned]


def _shifted(asked: Asked) -> Reference:
    if asked.crs is not None or asked.fmt in _UNSHIFTED:
        raise InputError(
            Words(
                "GCJ-02 副本不能再指定坐标系，也不能写成 KML（KML 只有 WGS 84）",
                "a GCJ-02 copy has no other CRS, and KML is WGS 84 alone",
            )
        )
    return GCJ02


def _unplaced(layers: Sequence[Layer], fmt: Format) -> Iterator[Words]:
    for layer in layers:
        if not (count := layer.unplaced):
            continue
        where = Words("属性俱全、没有图形", "stand in it without a shape")
        if fmt is Format.FLATGEOBUF:
            name = f"{layer.name}_{UNPLACED}.{fmt}"
            where = Words(f"没有图形，另存为 {name}", f"have no shape and stand in {name}")
        yield Words(
            f"{layer.name} 有 {count} 行没有坐标，{where.zh}",
            f"{layer.name}: {count} row(s) {where.en}",
        )


@contextmanager
def export_workshop(folder: Path) -> Iterator[Path]:
    """Give a folder to build in; what killed exports left behind is cleared first."""
    folder.mkdir(parents=True, exist_ok=True)
    for root in sorted(folder.glob(f"{_PREFIX}*")):
        if (lock := root / "lock").exists():
            with lock.open("rb+") as held:
                if not hold(held):
                    continue
        shutil.rmtree(root, ignore_errors=True)
    root = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=folder))
    try:
        with (root / "lock").open("wb") as lock_file:
            hold(lock_file)
            (root / "new").mkdir()
            yield root / "new"
    finally:
        shutil.rmtree(root, ignore_errors=True)


def placed(shop: Path, folder: Path) -> Iterator[Path]:
    """Move every finished file into its place."""
    for path in sorted(shop.iterdir()):
        yield path.replace(folder / path.name)


def unwritable(place: Path, error: Exception) -> Words:
    """Return what to do where a place can't be written."""
    why = getattr(error, "strerror", None) or str(error)
    return Words(
        f"不能写入 {place}（{why}）：请检查权限和磁盘空间，关闭正打开其中文件的程序后重试",
        f"can't write {place} ({why}): check permissions and disk space, close programs that hold "
        "its files open, run again",
    )
