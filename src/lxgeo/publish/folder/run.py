"""A run's folder: every file written beside its place, vouched for, and exchanged at once."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter

from pyogrio.errors import DataLayerError, DataSourceError
from xlsxwriter.exceptions import XlsxFileError

from lxgeo.errors import InputError, Words
from lxgeo.publish.folder.exchange import Workshop, workshop
from lxgeo.publish.folder.release import Record, Release
from lxgeo.publish.folder.summary import manifest, summary, write_json
from lxgeo.publish.gis.layers import write_gis
from lxgeo.publish.lists.pins import pins_told
from lxgeo.publish.lists.workbook import write_lists
from lxgeo.publish.table import write_csv


@dataclass(frozen=True, slots=True)
class Published:
    """Where a run stands now.

    Parameters
    ----------
    folder
        The run folder.
    map_page
        The offline map.
    """

    folder: Path
    map_page: Path


def publish_run(  # noqa: PLR0913 - where, what, how, and who adds to it and looks at it
    out: Path,
    name: str,
    release: Release,
    record: Record,
    map_html: str,
    *,
    also: Callable[[Path], None] | None = None,
    inspect: Callable[[Path], None] | None = None,
) -> Published:
    """Write every file of a run, or none: on any error the old run of this name stays whole.

    Parameters
    ----------
    out
        The folder of all runs.
    name
        The run's name: the folder ``out/name`` and the map ``out/maps/name.html``.
    release
        What the files say. The same release gives the same bytes in every file but
        ``summary.json`` and so ``manifest.json``.
    record
        How the run was made; publishing adds its own seconds.
    map_html
        The offline map as HTML text.
    also
        Writes what else belongs to the run into its new folder, before it is looked at.
    inspect
        Looks at the finished folder before it takes its place, and raises to keep it out.

    Returns
    -------
    Published

    Raises
    ------
    InputError
        A name that can't be a folder's, or a place that can't be written.
    RunError
        A folder of this name stands there that is no run of ours.
    """
    started = perf_counter()
    try:
        with workshop(out, name) as shop, _faults_of_the_disk(out):
            _write(shop, release, map_html)
            if also is not None:
                also(shop.run)
            spent = record.seconds.get("publish", 0.0) + perf_counter() - started
            timed = replace(record, seconds={**record.seconds, "publish": spent})
            write_json(shop.run / "summary.json", summary(release, timed))
            if inspect is not None:
                inspect(shop.run)
            _vouch(shop, timed)
            shop.exchange()
    except OSError as error:
        raise InputError(_unwritable(out / name, error)) from error
    return Published(folder=out / name, map_page=out / "maps" / f"{name}.html")


def _write(shop: Workshop, release: Release, map_html: str) -> None:
    write_csv(shop.run / "units.csv", release.published_units)
    write_gis(shop.run, release)
    write_lists(shop.run / "plan.xlsx", release)
    pins = release.plan.pins
    if pins.kept or pins.refused:
        write_json(shop.run / "pins.json", pins_told(pins))
    shop.map.write_text(map_html, encoding="utf-8", newline="\n")


def _vouch(shop: Workshop, record: Record) -> None:
    """Write the manifest, last of all files."""
    inside = (path for path in shop.run.rglob("*") if path.is_file())
    files = {path.relative_to(shop.run).as_posix(): path for path in inside}
    files[f"../maps/{shop.name}.html"] = shop.map
    write_json(shop.run / "manifest.json", manifest(shop.name, record, files))


_NO_ROOM = 1 << 20
"""Bytes: a disk with less is full; a library that says something else has met its end."""


@contextmanager
def _faults_of_the_disk(out: Path) -> Iterator[None]:
    """Tell what libraries meet while they write as what it is, before anything is tidied up."""
    try:
        yield
    except (DataLayerError, DataSourceError, XlsxFileError, sqlite3.Error) as error:
        if shutil.disk_usage(out).free < _NO_ROOM:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from error
        raise OSError(errno.EIO, f"{type(error).__name__}: {error}") from error


def _unwritable(place: Path, error: OSError) -> Words:
    why = error.strerror or type(error).__name__
    return Words(
        zh=f"不能写入 {place}（{why}）：请检查权限和磁盘空间，关闭正打开其中文件的程序后重试；"
        "原有文件没有改动",
        en=f"can't write {place} ({why}): check permissions and disk space, close programs that "
        "hold its files open, run again; what was there is unchanged",
    )
