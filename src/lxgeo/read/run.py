"""Run folders: a plan read back from its files, and whether they are as they were written."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxgeo.errors import RunError, Words
from lxgeo.judge.parts import PARTS, part_place
from lxgeo.judge.verify import Breach, BreachCode, RunTables
from lxgeo.read.partitioned import (
    counties_of,
    county_in,
    in_run,
    is_partitioned,
    no_county_named,
    read_county_tables,
)
from lxgeo.read.run_tables import TABLE_FILES, read_json, read_tables

MANIFEST = "manifest.json"
_LISTABLE = re.compile(r"(\.\./maps/)?[^/\\]+(/[^/\\]+)*")
_ADDED_LATER = ("export",)
"""Folders in a run that other commands write into after it was published."""
_WORKSHOPS = ".lxgeo-*"
"""Folders beside a run in which it is built, before it takes its place."""
_PAPERS = (".xlsx", ".docx")
"""Files that are there to be written in: a plan is read from none of them."""
_PIECE = 1 << 20


@dataclass(frozen=True)
class Run:
    """A published plan, as its folder holds it.

    Parameters
    ----------
    folder
        Where it lies.
    name
        What it was called when it was written.
    version
        The lxgeo that wrote it.
    tables
        What its files say.
    files
        How many files its manifest vouches for.
    inputs
        Path as given → SHA-256 of each file that the plan was made from.
    faults
        Files changed, missing or added since it was written, and values that can't be read.
    """

    folder: Path
    name: str
    version: str
    tables: RunTables
    files: int
    inputs: Mapping[str, str]
    faults: tuple[Breach, ...]


def read_run(folder: Path) -> Run:
    """Return a run, and everything that has happened to its files since it was written.

    Parameters
    ----------
    folder
        The folder that holds ``manifest.json``; of a run divided by county, one county of it, as
        ``RUN/county=330106``.

    Raises
    ------
    RunError
        The folder holds no plan of ours, publishing it was cut short, a table of the plan can't be
        read at all, or the run is divided by county and none is named.
    """
    whole, county = county_in(folder)
    if county is not None:
        return _read_county(whole, county)
    manifest = read_manifest(folder)
    faults = tuple(changed_files(folder, manifest["files"]))
    if is_partitioned(folder):
        raise RunError(*no_county_named(folder, counties_of(manifest["files"])))
    if faults:
        _refuse_unfinished(folder)
    if any(not (folder / name).is_file() for name in TABLE_FILES):
        raise RunError(*(_in_words(fault, folder) for fault in faults))
    tables, unread = read_tables(folder)
    return Run(
        folder=folder,
        name=str(manifest["run"]),
        version=str(manifest["lxgeo"]),
        tables=tables,
        files=len(manifest["files"]),
        inputs=dict(manifest.get("inputs", {})),
        faults=(*faults, *unread),
    )


def _read_county(folder: Path, county: str) -> Run:
    """Return one county of a run, and what has happened to its files."""
    manifest = read_manifest(folder)
    own = {part_place(file, county) for file in PARTS}
    files = {name: digest for name, digest in manifest["files"].items() if name in own}
    if part_place("county.json", county) not in files:
        there = counties_of(manifest["files"])
        zh = f"{folder} 里没有 {county} 的方案；有：{'、'.join(there)}"
        raise RunError(Words(zh, f"{folder} holds no plan of {county}; it has: {', '.join(there)}"))
    faults = tuple(_edited(folder, files))
    tables, unread = read_county_tables(in_run(folder, county))
    return Run(
        folder=folder / f"county={county}",
        name=f"{manifest['run']} {county}",
        version=str(manifest["lxgeo"]),
        tables=tables,
        files=len(files),
        inputs=dict(tables.summary.get("inputs") or {}),
        faults=(*faults, *unread),
    )


def read_complete_run(folder: Path) -> Run:
    """Return a run whose files are exactly as they were written, but for those to write in.

    Raises
    ------
    RunError
        As `read_run`; or a file was changed, is missing or was added: all are told.
    """
    run = read_run(folder)
    if faults := [fault for fault in run.faults if not _written_in(fault)]:
        raise RunError(*(_in_words(fault, folder) for fault in faults))
    return run


def check_complete(folder: Path) -> None:
    """Raise unless a folder holds a run whose files are as they were written, but for papers.

    Raises
    ------
    RunError
        No finished run, or files changed, missing or added: all are told.
    """
    files = read_manifest(folder)["files"]
    changed = changed_files(folder, files)
    if is_partitioned(folder):
        raise RunError(*no_county_named(folder, counties_of(files)))
    if faults := [fault for fault in changed if not _written_in(fault)]:
        _refuse_unfinished(folder)
        raise RunError(*(_in_words(fault, folder) for fault in faults))


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return what a run's manifest says.

    Raises
    ------
    RunError
        The folder holds no finished run.
    """
    path = folder / MANIFEST
    if not path.is_file():
        _refuse_unfinished(folder)
        raise RunError(
            Words(
                zh=f"{folder} 里没有 {MANIFEST}，不是写完的方案目录；请重新运行 lxgeo plan",
                en=f"{folder} holds no {MANIFEST}, so no finished run; run lxgeo plan again",
            )
        )
    manifest = read_json(path)
    files = manifest.get("files")
    named = all(isinstance(manifest.get(key), str) for key in ("lxgeo", "run"))
    listed = isinstance(files, dict) and all(map(_listable, files.items()))
    if not named or not listed or not isinstance(manifest.get("inputs", {}), dict):
        raise RunError(
            Words(
                zh=f"{path} 不是 lxgeo 写的清单；请重新运行 lxgeo plan",
                en=f"{path} is no manifest of lxgeo; run lxgeo plan again",
            )
        )
    return manifest


def _refuse_unfinished(folder: Path) -> None:
    """Raise where a run stopped as it took its place: between its folder and its map."""
    for shop in sorted(folder.parent.glob(_WORKSHOPS)):
        mark = shop / "mark"  # the digest of the new run's manifest
        if not mark.is_file() or not (shop / "map.html").is_file():
            continue
        new, aside = folder / MANIFEST, shop / "old" / MANIFEST
        half = new.is_file() and _sha256(new) == mark.read_text(encoding="ascii")
        if half or (aside.is_file() and read_json(aside).get("run") == folder.name):
            raise RunError(
                Words(
                    zh=f"{folder} 正在换成新方案，或换到一半被中断：请稍后再看；仍是这样的，"
                    f"重新运行 lxgeo plan 即可，原方案在 {shop} 中，不要删除",
                    en=f"{folder} is being replaced by a new run, or that was cut short: look "
                    f"again; if it stays so, run lxgeo plan again, and keep {shop}, which holds "
                    "the old run",
                )
            )


def _listable(entry: tuple[str, Any]) -> bool:
    """Return whether a manifest may list such a file: in the run's folder, or its map."""
    name, digest = entry
    inside = name.removeprefix("../maps/").split("/")
    return isinstance(digest, str) and bool(_LISTABLE.fullmatch(name)) and ".." not in inside


def changed_files(folder: Path, files: Mapping[str, str]) -> Iterator[Breach]:
    """Yield what has happened to a run's files since its manifest was written."""
    yield from _edited(folder, files)
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        ours = name in files or name == MANIFEST or name.split("/")[0] in _ADDED_LATER
        if path.is_file() and not ours:
            yield Breach(BreachCode.FILE_UNLISTED, name)


def _edited(folder: Path, files: Mapping[str, str]) -> Iterator[Breach]:
    """Yield which of some files are missing or changed since they were listed."""
    for name, digest in sorted(files.items()):
        path = folder / name
        if not path.is_file():
            yield Breach(BreachCode.FILE_MISSING, name)
        elif _sha256(path) != digest:
            yield Breach(BreachCode.FILE_EDITED, name)


def _written_in(fault: Breach) -> bool:
    """Return whether a fault is only that an office has written in a workbook or document."""
    papers = fault.where.endswith(_PAPERS)
    return papers and fault.code in {BreachCode.FILE_EDITED, BreachCode.FILE_UNLISTED}


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


_FAULTS = {
    BreachCode.FILE_EDITED: ("写成之后被改动过", "was changed after it was written"),
    BreachCode.FILE_MISSING: ("缺失", "is missing"),
    BreachCode.FILE_UNLISTED: ("不在清单中", "is not in the manifest"),
    BreachCode.COLUMN_MISSING: ("这一列缺失", "is a column that is missing"),
    BreachCode.VALUE_UNREADABLE: ("的值不能读取", "holds a value that can't be read"),
}


def _in_words(fault: Breach, folder: Path) -> Words:
    zh, en = _FAULTS[fault.code]
    return Words(
        zh=f"方案 {folder}：{fault.where} {zh}；请重新运行 lxgeo plan",
        en=f"run {folder}: {fault.where} {en}; run lxgeo plan again",
    )
