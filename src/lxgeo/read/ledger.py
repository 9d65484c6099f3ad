"""The ledger's files, whatever they call themselves: told by content, read as far as is safe."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from lxgeo.errors import LedgerError, Words
from lxgeo.ledger.sheets.sheet import Sheet
from lxgeo.read.foreign import read_foreign
from lxgeo.read.guard import LIMITS, Limits, check_text, refused
from lxgeo.read.kinds import HEAD_BYTES, Kind, kind_of
from lxgeo.read.many import files_of, together
from lxgeo.read.textual import read_text_table
from lxgeo.read.workbook import read_workbook

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+]+:[/\\]")  # longer than a drive's letter


def read_cells(source: Path | Sequence[Path], limits: Limits = LIMITS) -> tuple[Sheet, ...]:
    """Return a ledger's sheets.

    A ledger is a workbook (.xlsx, .xls, .et, .ods), a text table (.csv, .tsv), a web page that
    calls itself .xls, a layer (GeoPackage, GeoParquet, GeoJSON), several of these, or a folder of
    them. What a file is, its content tells, not its name.

    Parameters
    ----------
    source
        The file, the files, or the folder.
    limits
        What each file may ask of the machine; a small file may ask for less.

    Returns
    -------
    tuple of Sheet
        In the order of the files; where there is more than one, each sheet's ``source`` names its
        file (relative to the folder).

    Raises
    ------
    LedgerError
        No such file, empty, another kind of document, locked, damaged, or hostile: every file that
        can't be read, at once.
    """
    files = files_of(source)
    return together(files, lambda path: _read_file(path, limits))


def _read_file(path: Path, limits: Limits) -> tuple[Sheet, ...]:
    head, size = _head(path, limits)
    limits = limits.fitting(size)
    kind = kind_of(path, head)
    if kind is Kind.WORKBOOK:
        return read_workbook(path, limits)
    if kind is Kind.TEXT:
        check_text(path, limits)
        return read_text_table(path, path.read_bytes(), limits)
    return read_foreign(path, kind, limits)


def _head(path: Path, limits: Limits) -> tuple[bytes, int]:
    """Return how a file begins, and its size; refuse one that isn't there, is empty or too big."""
    if _ADDRESS.match(str(path)):  # not quoted: it may hold a password
        raise LedgerError(
            Words(
                "这是网络地址，不是文件；请先下载，数据库请写 postgresql://user@host/db?table=表名",
                "this is an address, not a file; download it, and write a database as "
                "postgresql://user@host/db?table=NAME",
            )
        )
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
    except FileNotFoundError as error:
        zh = f"找不到台账文件：{path}；请核对路径"
        raise LedgerError(Words(zh, f"no such ledger: {path}; check the path")) from error
    except OSError as error:
        zh = f"打不开台账文件：{path}；请确认它是文件，且有权限读取"
        en = f"can't open the ledger: {path}; it should be a file that you may read"
        raise LedgerError(Words(zh, en)) from error
    if not head:
        raise LedgerError(
            Words(
                f"{path.name}：文件是空的；请核对文件",
                f"{path.name}: the file is empty; check which file was meant",
            )
        )
    if size > limits.file_bytes:
        raise refused(
            path, f"文件过大（{size >> 20} MB）", f"the file is too big ({size >> 20} MiB)"
        )
    return head, size
