"""A look at a workbook before anything parses it: what it is, and whether it is sane in size.

A file of one kilobyte can name a cell in the last column of the last row and make a parser ask for
terabytes; one of a megabyte can unpack to gigabytes. What is refused here is refused in words that
say what to do; what slips through meets the limits of the child process (`lxgeo.read.child`).
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from lxgeo.errors import LedgerError, Words

_MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What a ledger may ask of the machine. Far above any real ledger: 100,000 rows fit easily.

    Parameters
    ----------
    file_bytes, unpacked_bytes
        Size of the file, and of everything in it once unpacked.
    ratio
        Greatest swelling of one part over 4 MiB.
    parts
        Files inside the workbook.
    cells
        Cells of one sheet's used range, from A1 to its last row and column.
    columns
        Columns of one sheet.
    cell_characters
        Text in one cell (Excel's own limit).
    memory_bytes, seconds
        What the child process may use.
    output_bytes
        What it may hand back.
    """

    file_bytes: int = 200 * _MIB
    unpacked_bytes: int = 600 * _MIB
    ratio: int = 200
    parts: int = 5_000
    cells: int = 6_000_000
    columns: int = 1_000
    cell_characters: int = 32_767
    memory_bytes: int = 2048 * _MIB
    seconds: int = 120
    output_bytes: int = 200 * _MIB


LIMITS = Limits()

_SAVE_AS = Words(
    "请在 WPS 或 Excel 中打开，另存为 .xlsx 后再试", "open it in WPS or Excel and save it as .xlsx"
)


def refused(path: Path, zh: str, en: str, then: Words = _SAVE_AS) -> LedgerError:
    """Return the error that says what is wrong with a file and what to do."""
    return LedgerError(Words(f"{path.name}：{zh}；{then.zh}", f"{path.name}: {en}; {then.en}"))


def check_workbook(path: Path, limits: Limits = LIMITS) -> None:
    """Refuse a workbook that is none, or not sane in size.

    Parameters
    ----------
    path
        A file that begins like a zip archive.
    limits
        What it may ask for.

    Raises
    ------
    LedgerError
        Another kind of document, damaged, locked, or beyond a limit.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            _check_kind(path, archive)
            _check_sizes(path, archive.infolist(), limits)
            for part in archive.infolist():
                if not part.filename.startswith("xl/media/"):
                    with archive.open(part) as file:
                        _check_used_range(path, file, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise refused(path, "工作簿已损坏（文件不完整）", "the workbook is damaged") from error
    except (NotImplementedError, RuntimeError) as error:
        raise refused(
            path, "工作簿已加密或压缩方式不支持", "the workbook is locked or oddly packed"
        ) from error


def _check_kind(path: Path, archive: zipfile.ZipFile) -> None:
    names = set(archive.namelist())
    if "xl/workbook.xml" in names:
        return
    kinds = (
        (
            "word/document.xml",
            "这是 Word 文档，不是表格",
            "this is a Word document, not a workbook",
        ),
        ("ppt/presentation.xml", "这是演示文稿，不是表格", "this is a slide show, not a workbook"),
        ("xl/workbook.bin", "这是二进制工作簿（.xlsb）", "this is a binary workbook (.xlsb)"),
        ("content.xml", "这是 OpenDocument 文件", "this is an OpenDocument file"),
    )
    for name, zh, en in kinds:
        if name in names:
            raise refused(path, zh, en)
    raise refused(path, "压缩包里没有工作簿", "the archive holds no workbook")


def _check_sizes(path: Path, parts: list[zipfile.ZipInfo], limits: Limits) -> None:
    too_big = Words("删去不需要的内容后再试", "remove what is not needed and try again")
    if len(parts) > limits.parts:
        raise refused(path, f"工作簿内有 {len(parts)} 个部件，过多", f"{len(parts)} parts", too_big)
    unpacked = sum(part.file_size for part in parts)
    if unpacked > limits.unpacked_bytes:
        size = unpacked // _MIB
        raise refused(
            path,
            f"解压后有 {size} MB，超过上限 {limits.unpacked_bytes // _MIB} MB",
            f"unpacks to {size} MiB, more than {limits.unpacked_bytes // _MIB}",
            too_big,
        )
    for part in parts:
        swells = part.file_size > 4 * _MIB
        if swells and part.file_size > limits.ratio * max(1, part.compress_size):
            raise refused(
                path,
                f"部件 {part.filename} 压缩比异常，疑似压缩炸弹",
                f"part {part.filename} swells like a zip bomb",
                too_big,
            )


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
        if columns > limits.columns or max(rows * columns, cells) > limits.cells:
            raise refused(
                path,
                f"一个工作表用到了第 {rows} 行、第 {columns} 列，范围过大",
                f"a sheet's used range reaches row {rows}, column {columns}",
                Words(
                    "请删除远处的多余单元格后保存再试",
                    "delete the stray cells far away, save, and try again",
                ),
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
