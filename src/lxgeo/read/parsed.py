"""Sheets out of a child process with limits: a hostile file ends there, in words here."""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from lxgeo.errors import LedgerError, Words
from lxgeo.ledger.sheets.column import Cells, Rows
from lxgeo.ledger.sheets.sheet import Merge, Sheet
from lxgeo.ledger.texts.arrow import Texts
from lxgeo.read import bounded, columns
from lxgeo.read.guard import SAVE_AS, Limits, refused

_PARSERS = Path(__file__).with_name("parsers")
_OUT_OF_TIME = -int(getattr(signal, "SIGXCPU", 0)) or None
"""How a process ends that used up its processor time; Windows knows no such end."""

_AS_IT_NEEDS = {"MALLOC_ARENA_MAX": "1", "ARROW_DEFAULT_MEMORY_POOL": "system"}
"""What keeps a parser to the addresses that it uses.

Allocators reserve a gigabyte ahead, and some more for each thread: under a limit of addresses an
honest file would meet it by chance.
"""

_EXACT = 1e15
"""From here on a double no longer holds every whole number, and is left as it is."""

_FAULTS = {
    "password": ("有打开密码，请先取消密码", "it has a password: remove it first"),
    "unreadable": ("文件已损坏，无法读取", "the file is damaged and can't be read"),
    "memory": ("读取所需内存超过上限", "it needs more memory than a file of its size may have"),
    "output": ("内容过多", "it holds too much"),
    "sheets": ("有 {where} 个工作表，过多", "it has {where} sheets, too many"),
    "twice": (
        "有两个工作表都叫“{where}”，文件已损坏",
        "two sheets are called '{where}': it is damaged",
    ),
    "rows": (
        "一个工作表有 {where} 行以上，超过表格软件的上限",
        "a sheet of more than {where} rows: no spreadsheet has as many",
    ),
    "columns": ("“{where}”列数过多", "'{where}' has too many columns"),
    "long_cell": ("第 {where} 行有单元格文字过长", "a cell in row {where} is too long"),
    "wide_row": ("第 {where} 行列数过多", "row {where} has too many columns"),
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
_NOTES = {
    "no_points": (
        "{count} 个要素不是点，没有取坐标（面和线不能说明单位在哪里）",
        "{count} feature(s) are no points: their units are left without coordinates",
    ),
    "no_crs": (
        "图层没有坐标参考系（CRS），坐标照录并标为未知；请在 GIS 中设定后重新导出",
        "the layer states no CRS: its coordinates are kept and flagged; set it in a GIS",
    ),
    "hidden_rows": (
        "隐藏行多于 {count} 行，其余未列出",
        "more than {count} rows are hidden: the rest are not listed",
    ),
    "faulty": (
        "公式错误多于 {count} 处，其余按空白处理",
        "more than {count} cells hold a formula's error: the rest count as blank",
    ),
    "colours": (
        "填色的单元格多于 {count} 个，其余未列出",
        "more than {count} cells are painted: the rest are not listed",
    ),
    "formulas_without_value": (
        "没有计算结果的公式多于 {count} 个，其余未列出",
        "more than {count} formulas have no saved result: the rest are not listed",
    ),
    "comments": (
        "批注多于 {count} 个，其余未列出",
        "more than {count} cells have comments: the rest are not listed",
    ),
}


class ParserStoppedError(LedgerError):
    """The parser's process ended badly: it was stopped, or it fell."""


class Parsed:
    """A file as one of `lxgeo.read.parsers` reads it, in a process of its own.

    Parameters
    ----------
    path
        The file.
    parser
        The parser's name.
    then
        What to do about a file that can't be read.
    """

    def __init__(self, path: Path, parser: str, then: Words = SAVE_AS) -> None:
        self.path = path
        self.parser = parser
        self.then = then

    def sheets(self, limits: Limits) -> tuple[Sheet, ...]:
        """Return the file's sheets.

        Raises
        ------
        ParserStoppedError
            The process ended badly.
        LedgerError
            Locked, damaged, or beyond its limits.
        """
        parts = self._parts(self._told(limits))
        return tuple(self._sheets(parts, limits.cell_characters))

    def _told(self, limits: Limits) -> bytes:
        """Return what the child process wrote."""
        script = _PARSERS / f"{self.parser}.py"
        # By path and with -P: the child must load its parser only, and nothing that lies beside it.
        command = [sys.executable, "-P", bounded.__file__, str(script), str(self.path.resolve())]
        try:
            done = subprocess.run(  # noqa: S603 -- our own file, no shell
                [*command, json.dumps(asdict(limits))],
                capture_output=True,
                check=False,
                env={**os.environ, **_AS_IT_NEEDS},
                stdin=subprocess.DEVNULL,
                timeout=limits.wall_seconds,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except subprocess.TimeoutExpired as error:
            raise self._fault("time") from error
        if done.returncode == _OUT_OF_TIME:
            raise self._fault("time")
        if done.returncode != 0:
            raise ParserStoppedError(*self._fault("crash").faults)
        return done.stdout

    def _fault(self, code: str, where: str = "") -> LedgerError:
        zh, en = (text.replace("{where}", where) for text in _FAULTS[code])
        return refused(self.path, zh, en, self.then)

    def _parts(self, data: bytes) -> Iterator[memoryview]:
        """Yield what the child process wrote, part by part."""
        view, at = memoryview(data), 0
        while at < len(view):
            begins = at + 1 + bounded.LENGTH
            ends = begins + int.from_bytes(view[at + 1 : begins], "little")
            if view[at : at + 1] == bounded.FAULT:
                told = json.loads(bytes(view[begins:ends]))
                raise self._fault(told["fault"], told["where"])
            yield view[begins:ends]
            at = ends

    def _sheets(self, parts: Iterator[memoryview], most: int) -> Iterator[Sheet]:
        for part in parts:
            told: dict[str, Any] = json.loads(bytes(part))
            cells = []
            for _ in range(told["columns"]):
                of_column = [next(parts) for _ in range(columns.PARTS)]
                cells.append(cells_told(of_column, told["rows"]))
                row = too_long(of_column, cells[-1], most)
                if row is not None:
                    raise self._fault("long_cell", f"{told['sheet']}!{row}".lstrip("!"))
            yield self._sheet(told, cells)

    def _sheet(self, told: dict[str, Any], cells: list[Cells]) -> Sheet:
        height, width = told["rows"], len(cells)
        marks = told.get("marks", {})

        def places(kind: str) -> list[list[Any]]:
            return [each for each in marks.get(kind, ()) if each[0] <= height and each[1] <= width]

        return Sheet(
            self._name(told["sheet"]),
            Rows(cells),
            self._merges(told, height, width),
            hidden=told["hidden"],
            hidden_rows=frozenset(row for row in marks.get("hidden_rows", ()) if row <= height),
            faulty={(row, column): text for row, column, text in places("faulty")},
            colours={(row, column): colour for row, column, colour in places("colours")},
            formulas_without_value=frozenset((r, c) for r, c in places("formulas_without_value")),
            comments=frozenset((row, column) for row, column in places("comments")),
            notes=tuple(
                Words(*(text.replace("{count}", count) for text in _NOTES[code]))
                for code, count in (*told["notes"], *marks.get("more", ()))
            ),
        )

    def _merges(self, told: dict[str, Any], height: int, width: int) -> tuple[Merge, ...]:
        """Return merged ranges; such as cover a cell twice are nothing that a program makes."""
        merges: list[Merge] = [
            (top, left, min(bottom, height), min(right, width))
            for top, left, bottom, right in told["merges"]
            if top <= height and left <= width
        ]
        covered = sum((down - top + 1) * (right - left + 1) for top, left, down, right in merges)
        if covered > height * width:
            raise self._fault("merges", self._name(told["sheet"]))
        return tuple(merges)

    def _name(self, told: str) -> str:
        """Return a sheet's name; where a page or a layer has none, the file's, and its number."""
        if self.parser.endswith("workbook") or (told and not told.isdigit()):
            return told
        return "-".join(filter(None, (self.path.stem, told)))


def cells_told(parts: Sequence[bytes | memoryview], rows: int) -> Cells:
    """Return a column out of its parts (`lxgeo.read.columns`)."""
    kinds, texts, numbers, others, codes = parts
    of_kind = np.frombuffer(kinds, dtype=np.uint8)
    if not codes and rows and (of_kind == columns.TEXT).all():
        return Cells(np.arange(rows), _texts(texts))
    values = _values(of_kind, texts, numbers, others)
    if not codes:
        return Cells(np.arange(rows), values)
    width = len(codes) // rows
    return Cells(np.frombuffer(codes, dtype=f"<u{width}").astype(np.int64), values)


def too_long(parts: Sequence[bytes | memoryview], cells: Cells, most: int) -> int | None:
    """Return the first row, from 1, with a text of more characters; None where there is none."""
    _, texts, _, others, _ = parts
    ends = np.flatnonzero(np.frombuffer(texts, dtype=np.uint8) == ord(columns.BETWEEN))
    longest = np.diff(ends, prepend=-1, append=len(texts)).max() - 1
    if max(longest, len(others)) <= most:  # in bytes, which are no fewer than characters
        return None
    long = [isinstance(value, str) and len(value) > most for value in cells.values]
    rows = np.flatnonzero(np.array(long)[cells.codes])
    return int(rows[0]) + 1 if len(rows) else None


def _texts(told: bytes | memoryview) -> Texts:
    """Return texts as Arrow holds them: most are told once, and few are ever looked at alone."""
    letters = np.frombuffer(told, dtype=np.uint8)
    between = letters == ord(columns.BETWEEN)
    ends = np.append(np.flatnonzero(between), len(letters))
    offsets = np.concatenate([[0], ends - np.arange(len(ends))]).astype(np.int64)
    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(letters[~between])]
    array = pa.Array.from_buffers(pa.large_string(), len(ends), buffers)
    array.validate(full=True)
    return Texts(array)


def _values(
    kinds: npt.NDArray[np.uint8],
    texts: bytes | memoryview,
    numbers: bytes | memoryview,
    others: bytes | memoryview,
) -> list[object]:
    is_text = kinds == columns.TEXT
    said = [text or None for text in str(texts, "utf-8").split(columns.BETWEEN)]
    if is_text.all():
        return list(said)
    values = np.empty(len(kinds), dtype=object)
    if is_text.any():
        values[is_text] = said
    values[kinds == columns.NUMBER] = _numbers(np.frombuffer(numbers, dtype=np.float64))
    if others:
        values[kinds == columns.OTHER] = [_other(each) for each in json.loads(bytes(others))]
    told: list[object] = values.tolist()
    return told


def _numbers(numbers: npt.NDArray[np.float64]) -> list[float | int]:
    """Return numbers, whole ones as such."""
    told: list[float | int] = numbers.tolist()
    whole = (np.floor(numbers) == numbers) & (np.abs(numbers) < _EXACT)
    for i in np.flatnonzero(whole).tolist():
        told[i] = int(told[i])
    return told


def _other(told: Any) -> object:
    return dt.date.fromisoformat(told[0][:10]) if isinstance(told, list) else told
