"""A finished run handed to a GIS: files in its export folder, or tables of a database."""

from __future__ import annotations

from pathlib import Path

from lxgeo import text
from lxgeo.errors import InputError, Lang, Words
from lxgeo.publish.export import (
    OTHER_NAMES,
    Asked,
    Exported,
    Format,
    layers_of,
    moved,
    outside,
    reference,
    write_export,
)
from lxgeo.publish.speech import Speech
from lxgeo.read.partitioned import is_partitioned
from lxgeo.scenario.province.layers import layers_of_run, named
from lxgeo.scenario.province.stored import store_province
from lxgeo.services.database import is_database
from lxgeo.services.postgis_write import write_tables


def export_run(
    folder: Path, fmt: str, crs: str | None = None, *, gcj02: bool = False, lang: Lang = "zh"
) -> Exported:
    """Export a finished run.

    Parameters
    ----------
    folder
        The run's folder; of a run divided by county, one county of it, as ``RUN/county=330106``:
        its layers go to ``RUN/export/county=330106``.
    fmt
        ``geojson``, ``gpkg``, ``parquet``, ``fgb``, ``shp`` or ``kml``: files
        ``folder/export/LAYER.EXT``. Or a database, ``postgresql://user@host/db?schema=name``:
        tables; of a whole run divided by county, too, with the county as a column.
    crs
        ``EPSG:4490`` and so on, or ``auto``; None for WGS 84.
    gcj02
        Whether the copy is to be shifted for maps of the internet.
    lang
        Language of headings.

    Raises
    ------
    InputError
        An unknown format or CRS, or a value that the format would lose.
    RunError
        No finished run.
    ServiceError
        The database can't be reached or is busy; nothing there was changed.
    """
    if is_database(fmt):
        return _stored(folder, fmt, crs, gcj02=gcj02)
    asked = Asked(_format(fmt), crs, gcj02, Speech(texts=text.texts(lang), lang=lang))
    run = named(folder)
    return write_export(run.folder, layers_of(layers_of_run(folder)), asked, run.part)


def _stored(folder: Path, url: str, crs: str | None, *, gcj02: bool) -> Exported:
    if gcj02:
        raise InputError(
            Words(
                "数据库只存真实坐标，不存 GCJ-02 副本",
                "a database holds true positions, no GCJ-02 copy",
            )
        )
    if is_partitioned(folder):
        return store_province(folder, url, crs)
    layers = layers_of(layers_of_run(folder))
    into = reference(crs, layers)
    warned = outside(layers, into)
    stored = write_tables(url, [moved(layer, into) for layer in layers], into.epsg)
    notes = (Words(f"已写入 {stored.place}", f"written to {stored.place}"),)
    return Exported((), stored.counts, into, notes if warned is None else (*notes, warned))


def _format(name: str) -> Format:
    said = name.strip().lower()
    if said in OTHER_NAMES:
        return OTHER_NAMES[said]
    try:
        return Format(said)
    except ValueError:
        known = ", ".join(Format)
        raise InputError(
            Words(
                f"没有这种格式：{name!a}；可用 {known}，或 postgresql://…",
                f"no such format: {name!a}; there are {known}, and postgresql://…",
            )
        ) from None
