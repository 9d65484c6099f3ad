"""Workbooks, parsed in a child process with limits: a hostile one ends there, in words here."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from lxgeo.errors import LedgerError
from lxgeo.ledger.column import Cells, Rows
from lxgeo.ledger.sheet import Merge, Sheet
from lxgeo.read import child
from lxgeo.read.guard import LIMITS, Limits, check_used_range, check_workbook, refused

_LENGTH = 8
"""Bytes before each part that the child process writes: how long the part is."""

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
    sheets = tuple(_sheets(path, _parts(_parsed(path, limits))))
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
        check_used_range(path, limits)  # says it better, where that was the reason
        raise _fault(path, "crash")
    return done.stdout


def _fault(path: Path, code: str, where: str = "") -> LedgerError:
    zh, en = (text.replace("{where}", where) for text in _FAULTS[code])
    return refused(path, zh, en)


def _parts(data: bytes) -> Iterator[memoryview]:
    """Yield what the child process wrote, part by part."""
    view, at = memoryview(data), 0
    while at < len(view):
        begins = at + _LENGTH
        at = begins + int.from_bytes(view[at:begins], "little")
        yield view[begins:at]


def _sheets(path: Path, parts: Iterator[memoryview]) -> Iterator[Sheet]:
    for part in parts:
        told: dict[str, Any] = json.loads(bytes(part))
        if "fault" in told:
            raise _fault(path, told["fault"], told["where"])
        columns = []
        for _ in range(told["columns"]):
            values = json.loads(bytes(next(parts)))
            if isinstance(values, dict):
                raise _fault(path, values["fault"], values["where"])
            columns.append(cells_told(values, next(parts), told["rows"]))
        yield _sheet(path, told, columns)


def cells_told(values: list[Any], codes: bytes | memoryview, rows: int) -> Cells:
    """Return a column; it has one code a row, or as many values as rows."""
    if any(type(value) is list for value in values):
        values = [
            dt.date.fromisoformat(value[0][:10]) if type(value) is list else value
            for value in values
        ]
    if not codes:
        return Cells(np.arange(rows), values)
    width = len(codes) // rows
    return Cells(np.frombuffer(codes, dtype=f"<u{width}").astype(np.int64), values)


def _sheet(path: Path, told: dict[str, Any], columns: list[Cells]) -> Sheet:
    """Return a sheet; merged ranges that cover a cell twice are nothing a spreadsheet makes."""
    height, width = told["rows"], len(columns)
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
    marks = told["marks"]

    def places(kind: str) -> list[list[Any]]:
        return [each for each in marks[kind] if each[0] <= height and each[1] <= width]

    return Sheet(
        told["sheet"],
        Rows(columns),
        tuple(merges),
        hidden=told["hidden"],
        hidden_rows=frozenset(row for row in marks["hidden_rows"] if row <= height),
        faulty={(row, column): text for row, column, text in places("faulty")},
        colours={(row, column): colour for row, column, colour in places("colours")},
        formulas_without_value=frozenset((r, c) for r, c in places("formulas_without_value")),
        comments=frozenset((row, column) for row, column in places("comments")),
    )
