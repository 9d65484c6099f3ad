"""A look at a workbook before anything parses it: what it is, and whether it is sane in size.

A file of one kilobyte can name a cell in the last column of the last row and make a parser ask for
terabytes; one of a megabyte can unpack to gigabytes. What is refused here is refused in words that
say what to do; what slips through meets the limits of the child process (`lxgeo.read.bounded`).
"""

from __future__ import annotations

import lzma
import re
import struct
import sys
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

import numpy as np

from lxgeo.errors import LedgerError, Words

_MIB = 1 << 20
_PATIENCE = 15
"""How many times its processor's seconds a child process may take by the clock."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a ledger may ask of the machine. Far above any real ledger: 100,000 rows fit easily.

    Parameters
    ----------
    file_bytes, unpacked_bytes
        Size of the file, and of everything in it once unpacked.
    ratio
        Greatest swelling of one part over 4 MiB.
    parts, sheets
        Files inside the workbook, and its sheets.
    cells
        Cells of one sheet's used range, from A1 to its last row and column.
    rows, columns
        Rows (a spreadsheet's own limit) and columns of one sheet.
    cell_characters
        Text in one cell (Excel's own limit).
    memory_bytes, seconds
        What the child process may use; seconds are the processor's.
    output_bytes
        What it may hand back.
    """

    file_bytes: int = 200 * _MIB
    unpacked_bytes: int = 600 * _MIB
    ratio: int = 200
    parts: int = 5_000
    sheets: int = 1_000
    cells: int = 6_000_000
    rows: int = 1_048_576
    columns: int = 1_000
    cell_characters: int = 32_767
    memory_bytes: int = 2048 * _MIB
    seconds: int = 120
    output_bytes: int = 200 * _MIB

    @property
    def wall_seconds(self) -> int:
        """How long the child process may take by the clock.

        A loaded machine, or a slow disk, is no fault of the file's: where the system counts the
        processor's seconds the clock is only there for what waits forever.
        """
        return self.seconds * (_PATIENCE if bounded() else 1)

    def within(self, other: Limits) -> Limits:
        """Return the stricter of two limits, each by each."""
        mine, others = asdict(self), asdict(other)
        return Limits(**{name: min(most, others[name]) for name, most in mine.items()})

    def fitting(self, size: int) -> Limits:
        """Return the limits of a file of ``size`` bytes: a small file has a small claim.

        What an honest file needs grows with it: no table swells forty times, takes more than
        sixty times its packed size in memory, or is read slower than 2 MiB a second.
        """
        return self.within(
            Limits(
                unpacked_bytes=64 * _MIB + 40 * size,
                memory_bytes=512 * _MIB + 60 * size,
                seconds=7 + size // (_MIB // 2),
                output_bytes=32 * _MIB + 20 * size,
            )
        )


LIMITS = Limits()

TORN = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError),
    *(ValueError, OSError, OverflowError, struct.error),
)
"""What comes of reading an archive whose bytes are not what they should be."""

LONGEST_LINE = _MIB
"""No line of a text table is as long: a thousand columns of a thousand bytes."""

SAVE_AS = Words(
    "请在 WPS 或 Excel 中打开，另存为 .xlsx 后再试", "open it in WPS or Excel and save it as .xlsx"
)

_FAR_CELLS = Words(
    "请删除远处的多余单元格后保存再试", "delete the stray cells far away, save, and try again"
)
_TOO_BIG = Words("请删去不需要的内容后再试", "remove what is not needed and try again")


def refused(path: Path, zh: str, en: str, then: Words = SAVE_AS) -> LedgerError:
    """Return the error that says what is wrong with a file and what to do."""
    return LedgerError(Words(f"{path.name}：{zh}；{then.zh}", f"{path.name}: {en}; {then.en}"))


def check_archive(path: Path, limits: Limits = LIMITS) -> None:
    """Refuse a zip archive whose own list says that it is not sane.

    Parameters
    ----------
    path
        A file that begins like a zip archive.
    limits
        What it may ask for.

    Raises
    ------
    LedgerError
        Damaged, locked, beyond a limit, with parts outside of it, or with entities of its own.
    """
    with opened(path) as archive:
        _check_sizes(path, archive.infolist(), limits)
        for part in archive.infolist():
            if part.filename.endswith((".xml", ".rels")):
                with archive.open(part) as file:
                    _check_prologue(path, file.read(_PROLOGUE))


def check_workbook(path: Path, limits: Limits = LIMITS) -> None:
    """Refuse an .xlsx workbook that is not sane in size.

    The used range of a big workbook is not looked at here: that would take longer than to read
    it. Its parser stands under a limit of memory; `check_used_range` says afterwards what it was.

    Raises
    ------
    LedgerError
        As `check_archive`; too many sheets; a used range beyond the limits.
    """
    check_archive(path, limits)
    with opened(path) as archive:
        _check_count(path, archive, limits)
        unpacked = sum(part.file_size for part in archive.infolist())
    if unpacked <= _LOOKED_THROUGH or not bounded():
        check_used_range(path, limits)


def check_used_range(path: Path, limits: Limits = LIMITS) -> None:
    """Refuse an .xlsx workbook with a sheet that uses cells far beyond any ledger.

    Raises
    ------
    LedgerError
        Which row and column it reaches.
    """
    with opened(path) as archive:
        for part in archive.infolist():
            if not part.filename.startswith("xl/media/"):
                with archive.open(part) as file:
                    _check_used_range(path, file, limits)


def bounded() -> bool:
    """Return whether this system can bound the memory and the processor time of a process."""
    return sys.platform.startswith("linux")


@contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open a zip archive; say in words what is wrong with it, whenever that shows.

    Raises
    ------
    LedgerError
        Damaged, locked, or packed in a way that nobody does.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except LedgerError:
        raise
    except TORN as error:
        raise refused(path, "工作簿已损坏（文件不完整）", "the workbook is damaged") from error
    except (NotImplementedError, RuntimeError) as error:
        raise refused(
            path, "工作簿已加密或压缩方式不支持", "the workbook is locked or oddly packed"
        ) from error


def check_text(path: Path, limits: Limits = LIMITS) -> None:
    """Refuse a text table that no table is, before it is taken into memory.

    Raises
    ------
    LedgerError
        A line of more than `LONGEST_LINE` bytes, or millions of cells with nothing in them.
    """
    size = marks = 0
    with path.open("rb") as file:
        while block := file.read(LONGEST_LINE):
            size += len(block)
            letters = np.frombuffer(block, dtype=np.uint8)
            marks += max(int(np.count_nonzero(letters == ord(mark))) for mark in ",\t;")
            if len(block) == LONGEST_LINE and b"\n" not in block and b"\r" not in block:
                raise refused(
                    path,
                    "有一行过长，不是文本表格",
                    "a line is too long: this is no text table",
                    Words("请另存为 .xlsx 后再试", "save it as .xlsx"),
                )
    if marks > limits.cells and marks * 2 > size:
        raise refused(
            path, "内容过多，几乎全是空单元格", "it holds too many cells, most empty", _TOO_BIG
        )


def _check_count(path: Path, archive: zipfile.ZipFile, limits: Limits) -> None:
    """Refuse more sheets than anybody has; a sheet's rows are counted where it is read."""
    found = 0
    with archive.open("xl/workbook.xml") as file:
        while found <= limits.sheets and (block := file.read(_MIB)):
            found += block.count(b"<sheet ")
    if found > limits.sheets:
        most = limits.sheets
        raise refused(
            path, f"工作簿有 {most} 个以上的工作表，过多", f"more than {most} sheets", _TOO_BIG
        )


def _check_prologue(path: Path, head: bytes) -> None:
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise refused(
            path,
            "工作簿内有实体定义，疑似被改动过",
            "the workbook defines entities, which no office program does",
        )


def _check_sizes(path: Path, parts: list[zipfile.ZipInfo], limits: Limits) -> None:
    for part in parts:
        if _outside(part.filename):
            raise refused(
                path,
                "工作簿内有指向文件之外的部件，疑似被改动过",
                "a part of the workbook points outside of it",
            )
    if len(parts) > limits.parts:
        raise refused(
            path, f"工作簿内有 {len(parts)} 个部件，过多", f"{len(parts)} parts", _TOO_BIG
        )
    unpacked = sum(part.file_size for part in parts)
    if unpacked > limits.unpacked_bytes:
        size = unpacked // _MIB
        raise refused(
            path,
            f"解压后有 {size} MB，超过上限 {limits.unpacked_bytes // _MIB} MB",
            f"unpacks to {size} MiB, more than {limits.unpacked_bytes // _MIB}",
            _TOO_BIG,
        )
    for part in parts:
        swells = part.file_size > 4 * _MIB
        if swells and part.file_size > limits.ratio * max(1, part.compress_size):
            raise refused(
                path,
                f"部件 {part.filename} 压缩比异常，疑似压缩炸弹",
                f"part {part.filename} swells like a zip bomb",
                _TOO_BIG,
            )


def _outside(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or ":" in name[:2]


_PROLOGUE = 65_536
_LOOKED_THROUGH = 32 * _MIB
# A cell that holds something; an empty styled one is only paint, and parsers skip it.
_CELL = re.compile(
    rb"<(?:\w+:)?c(?:\s+(?:r=[\"']([A-Z]{1,3})(\d{1,7})[\"']|[\w:]+=[\"'][^\"'<>]*[\"']))*\s*>"
    rb"\s*<(?:\w+:)?(?:v|f|is)\b"
)
_TAIL = 512  # longer than any honest cell's tags


def _check_used_range(path: Path, file: IO[bytes], limits: Limits) -> None:
    rows = columns = cells = 0
    for block in _blocks(file):
        for letters, digits in _CELL.findall(block):
            cells += 1
            if digits:
                rows = max(rows, int(digits))
                columns = max(columns, _column(letters))
        if columns > limits.columns or rows * columns > limits.cells:
            raise refused(
                path,
                f"一个工作表用到了第 {rows} 行、第 {columns} 列，范围过大",
                f"a sheet's used range reaches row {rows}, column {columns}",
                _FAR_CELLS,
            )
        if cells > limits.cells:
            raise refused(
                path,
                f"一个工作表有 {limits.cells} 个以上的单元格",
                f"a sheet of more than {limits.cells} cells",
                _TOO_BIG,
            )


def _blocks(file: IO[bytes]) -> Iterator[bytes]:
    """Yield a part's bytes in blocks that overlap, so that no cell is cut in two."""
    rest = b""
    while block := file.read(_MIB):
        yield rest + block
        rest = (rest + block)[-_TAIL:]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
