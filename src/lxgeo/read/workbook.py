"""Workbooks, parsed in a child process with limits: a hostile one ends there, in words here."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from lxgeo.errors import LedgerError
from lxgeo.ledger.sheet import Merge, Sheet
from lxgeo.read import child
from lxgeo.read.guard import LIMITS, Limits, check_workbook, refused

_FAULTS = {
    "password": (
        "工作簿有密码，请先取消密码",
        "the workbook has a password: remove it first",
    ),
    "unreadable": ("工作簿已损坏，无法读取", "the workbook is damaged and can't be read"),
    "memory": ("工作簿需要的内存超过上限", "the workbook needs more memory than it may have"),
    "output": ("工作簿内容过多", "the workbook holds too much"),
    "long_cell": ("{where} 行有单元格文字过长", "a cell in row {where} is too long"),
    "time": ("工作簿在限定时间内没有读完", "the workbook was not read within its time"),
    "crash": (
        "工作簿无法安全读取（解析进程被终止，文件可能被改动过）",
        "the workbook can't be read safely (its parser had to be stopped)",
    ),
    "columns": ("工作表“{where}”的列过多", "sheet '{where}' has too many columns"),
    "merges": ("工作表“{where}”的合并单元格互相重叠", "merged cells of sheet '{where}' overlap"),
}


def read_workbook(path: Path, limits: Limits = LIMITS) -> tuple[Sheet, ...]:
    """Return the sheets of an .xlsx workbook.

    Parameters
    ----------
    path
        The workbook.
    limits
        What it may ask of the machine.

    Raises
    ------
    LedgerError
        No workbook, damaged, locked, or hostile.
    """
    check_workbook(path, limits)
    lines = _parsed(path, limits).splitlines()
    sheets = tuple(_sheets(path, (json.loads(line) for line in lines)))
    for sheet in sheets:
        if sheet.width > limits.columns:
            raise _fault(path, "columns", sheet.name)
    return sheets


def _parsed(path: Path, limits: Limits) -> bytes:
    """Return what the child process wrote."""
    figures = (
        limits.memory_bytes,
        limits.seconds,
        limits.cell_characters,
        limits.output_bytes,
    )
    # By path and with -P: the child must load the parser only, and nothing that lies beside it.
    command = [sys.executable, "-P", child.__file__, str(path.resolve()), *map(str, figures)]
    try:
        done = subprocess.run(  # noqa: S603 -- our own file, no shell
            command,
            capture_output=True,
            check=False,
            stdin=subprocess.DEVNULL,
            timeout=limits.seconds,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired as error:
        raise _fault(path, "time") from error
    if done.returncode != 0:
        raise _fault(path, "crash")
    return done.stdout


def _fault(path: Path, code: str, where: str = "") -> LedgerError:
    zh, en = (text.replace("{where}", where) for text in _FAULTS[code])
    return refused(path, zh, en)


def _sheets(path: Path, lines: Iterable[Any]) -> Iterator[Sheet]:
    told: dict[str, Any] | None = None
    rows: list[tuple[object, ...]] = []
    for line in lines:
        if isinstance(line, list):
            rows.append(
                tuple(dt.date.fromisoformat(c[0][:10]) if type(c) is list else c for c in line)
            )
            continue
        if told is not None:
            yield _sheet(path, told, rows)
        if "fault" in line:
            raise _fault(path, line["fault"], line["where"])
        told, rows = line, []
    if told is not None:
        yield _sheet(path, told, rows)


def _sheet(path: Path, told: dict[str, Any], rows: list[tuple[object, ...]]) -> Sheet:
    """Return a sheet; merged ranges that cover a cell twice are nothing a spreadsheet makes."""
    height, width = len(rows), max(map(len, rows), default=0)
    merges: list[Merge] = [
        (top, left, bottom, right)
        for top, left, bottom, right in told["merges"]
        if top <= height and left <= width
    ]
    covered = sum(
        (min(bottom, height) - top + 1) * (min(right, width) - left + 1)
        for top, left, bottom, right in merges
    )
    if covered > height * width:
        raise _fault(path, "merges", told["sheet"])
    return Sheet(told["sheet"], tuple(rows), tuple(merges), hidden=told["hidden"])
