"""All counties of a divided run in one set of a database's tables, county by county."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from lxgeo.errors import InputError, Words
from lxgeo.judge.parts import AREAS, KEY
from lxgeo.publish.export import (
    AUTO,
    Exported,
    Layer,
    Reference,
    layers_of,
    moved,
    outside,
    reference,
)
from lxgeo.read.partitioned import counties_of
from lxgeo.read.run import read_manifest
from lxgeo.read.run_tables import read_json
from lxgeo.scenario.province.layers import layers_of_run
from lxgeo.services.postgis_write import write_parts

_NAMES = (
    *("units", "branches", "links", "hulls", "barriers", "barriers_polygons"),
    *(f"{name}{ending}" for name in AREAS for ending in ("", "_points")),
)


def store_province(run: Path, url: str, crs: str | None = None) -> Exported:
    """Write a divided run into a database: a table a layer, with the county as a column.

    One county is held in memory at a time; all of them are written, or none.

    Parameters
    ----------
    run
        The run's folder.
    url
        ``postgresql://user@host/db?schema=name``.
    crs
        ``EPSG:4490`` and so on; None for WGS 84.

    Raises
    ------
    InputError
        No CRS that can be, or one that is to be picked by longitude; the tables can't be written.
    RunError
        No finished run, or files that were changed.
    ServiceError
        The database can't be reached or is busy; nothing there was changed.
    """
    if crs is not None and crs.strip().lower() == AUTO:
        raise InputError(
            Words(
                "全省可能跨几个分带，不能按经度自动选取；请用 --crs 写明，如 EPSG:4490",
                "a province may lie in several zones: name a CRS by --crs, such as EPSG:4490",
            )
        )
    counties = counties_of(read_manifest(run)["files"])
    into = reference(crs, ())
    warned: list[Words] = []
    stored = write_parts(url, _parts(run, counties, into, warned), into.epsg, _NAMES)
    notes = [Words(f"已写入 {stored.place}", f"written to {stored.place}"), *warned[:1]]
    if failed := read_json(run / "summary.json")["counties"]["failed"]:
        names = "、".join(failed)
        zh = f"没有算成的县不在其中：{names}"
        notes.append(Words(zh, f"counties without a plan are not among them: {names}"))
    return Exported((), stored.counts, into, tuple(notes))


def _parts(
    run: Path, counties: Sequence[str], into: Reference, warned: list[Words]
) -> Iterator[tuple[str, list[Layer]]]:
    """Yield each county's layers; what there is to say of their places goes into ``warned``."""
    for county in counties:
        layers = layers_of(layers_of_run(run / f"{KEY}{county}"))
        if (told := outside(layers, into)) is not None:
            warned.append(told)
        yield county, [moved(layer, into) for layer in layers]
