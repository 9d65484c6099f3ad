"""Ledgers that are no .xlsx and no text: parsed in a child process, taken over here as sheets."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from lxgeo.errors import LedgerError, Words
from lxgeo.ledger.sheet import Merge, Sheet
from lxgeo.read import bounded
from lxgeo.read.guard import LIMITS, SAVE_AS, Limits, check_archive, refused
from lxgeo.read.kinds import Kind

_PARSERS = Path(__file__).with_name("parsers")
_PARSER = {
    Kind.OLD_WORKBOOK: "old_workbook",
    Kind.OPEN_WORKBOOK: "old_workbook",
    Kind.WEB_PAGE: "web_page",
    Kind.LAYERS: "layers",
}
# Pages are read slowly, and no office hands out a big one.
_PAGE = Limits(file_bytes=30 << 20, cells=1_500_000, seconds=8)

_FAULTS = {
    "unreadable": ("文件已损坏，无法读取", "the file is damaged and can't be read"),
    "memory": ("读取所需内存超过上限", "it needs more memory than a file of its size may have"),
    "output": ("内容过多", "it holds too much"),
    "sheets": ("有 {where} 个工作表，过多", "it has {where} sheets, too many"),
    "long_cell": ("第 {where} 行有单元格文字过长", "a cell in row {where} is too long"),
    "wide_row": ("第 {where} 行列数过多", "row {where} has too many columns"),
    "columns": ("“{where}”列数过多", "'{where}' has too many columns"),
    "merges": ("“{where}”的合并单元格互相重叠", "merged cells of '{where}' overlap"),
    "frames": (
        "这是分页框架网页，表格在旁边的文件夹里",
        "this is a page of frames: its tables are in the folder beside it",
    ),
    "no_table": ("这是网页，里面没有表格", "this is a web page without a table"),
    "time": ("在限定时间内没有读完", "it was not read within its time"),
    "crash": (
        "无法安全读取（解析进程被终止，文件可能被改动过）",
        "it can't be read safely (its parser had to be stopped)",
    ),
}
_EXPORT = Words(
    "请在 GIS 软件中打开核对，重新导出后再试", "open it in a GIS, export it again and try that"
)
_NOTES = {
    "no_points": (
        "{count} 个要素不是点，没有取坐标（面和线不能说明单位在哪里）",
        "{count} feature(s) are no points: their units are left without coordinates",
    ),
    "no_crs": (
        "图层没有坐标参考系（CRS），坐标照录并标为未知；请在 GIS 中设定后重新导出",
        "the layer states no CRS: its coordinates are kept and flagged; set it in a GIS",
    ),
}


def read_foreign(path: Path, kind: Kind, limits: Limits = LIMITS) -> tuple[Sheet, ...]:
    """Return the sheets of a file: old workbooks, web pages, layers.

    Parameters
    ----------
    path
        The file.
    kind
        What it is (`lxgeo.read.kinds.kind_of`).
    limits
        What it may ask of the machine.

    Raises
    ------
    LedgerError
        Locked, damaged, or hostile.
    """
    if kind is Kind.WEB_PAGE:
        limits = limits.within(_PAGE)
    size = path.stat().st_size
    if size > limits.file_bytes:
        raise refused(path, f"文件过大（{size >> 20} MB）", f"it is too big ({size >> 20} MiB)")
    if kind is Kind.OPEN_WORKBOOK:
        check_archive(path, limits)
    lines = _parsed(path, kind, limits).splitlines()
    return tuple(_sheets(path, kind, (json.loads(line) for line in lines)))


def _parsed(path: Path, kind: Kind, limits: Limits) -> bytes:
    """Return what the child process wrote."""
    script = _PARSERS / f"{_PARSER[kind]}.py"
    # By path and with -P: the child must load its parser only, and nothing that lies beside it.
    command = [sys.executable, "-P", bounded.__file__, str(script), str(path.resolve())]
    try:
        done = subprocess.run(  # noqa: S603 -- our own file, no shell
            [*command, json.dumps(asdict(limits))],
            capture_output=True,
            check=False,
            stdin=subprocess.DEVNULL,
            timeout=limits.seconds,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired as error:
        raise _fault(path, kind, "time") from error
    if done.returncode != 0:
        raise _fault(path, kind, "crash")
    return done.stdout


def _fault(path: Path, kind: Kind, code: str, where: str = "") -> LedgerError:
    zh, en = (text.replace("{where}", where) for text in _FAULTS[code])
    return refused(path, zh, en, _EXPORT if kind is Kind.LAYERS else SAVE_AS)


def _sheets(path: Path, kind: Kind, lines: Iterable[Any]) -> Iterator[Sheet]:
    told: dict[str, Any] | None = None
    rows: list[tuple[object, ...]] = []
    notes: list[Words] = []
    for line in lines:
        if isinstance(line, list):
            rows.append(tuple(_day(cell) if type(cell) is list else cell for cell in line))
        elif "fault" in line:
            raise _fault(path, kind, line["fault"], line["where"])
        elif "notes" in line:
            code, count = line["notes"]
            notes.append(Words(*(text.replace("{count}", count) for text in _NOTES[code])))
        else:
            if told is not None:
                yield _sheet(path, kind, told, rows, notes)
            told, rows, notes = line, [], []
    if told is not None:
        yield _sheet(path, kind, told, rows, notes)


def _day(cell: list[str]) -> dt.date:
    return dt.date.fromisoformat(cell[0][:10])


def _sheet(
    path: Path, kind: Kind, told: dict[str, Any], rows: list[tuple[object, ...]], notes: list[Words]
) -> Sheet:
    """Return a sheet; merged ranges that cover a cell twice are nothing that a program makes."""
    name = _name(path, told["sheet"])
    height, width = len(rows), max(map(len, rows), default=0)
    merges: list[Merge] = [
        (top, left, min(bottom, height), min(right, width))
        for top, left, bottom, right in told["merges"]
        if top <= height and left <= width
    ]
    covered = sum((bottom - top + 1) * (right - left + 1) for top, left, bottom, right in merges)
    if covered > height * width:
        raise _fault(path, kind, "merges", name)
    sheet = Sheet(name, tuple(rows), tuple(merges), hidden=told["hidden"])
    return replace(sheet, notes=tuple(notes))


def _name(path: Path, told: str) -> str:
    """Return a sheet's name: its own, else the file's; several tables of one page are numbered."""
    return told if told and not told.isdigit() else "-".join(filter(None, (path.stem, told)))
