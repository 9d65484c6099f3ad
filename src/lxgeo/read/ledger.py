"""The ledger's file, whatever it calls itself: told by its content, read as far as it is safe."""

from __future__ import annotations

import re
from pathlib import Path

from lxgeo.errors import LedgerError, Words
from lxgeo.ledger.sheet import Sheet
from lxgeo.read.guard import LIMITS, Limits, refused
from lxgeo.read.textual import read_text_table
from lxgeo.read.workbook import read_workbook

_HEAD_BYTES = 4096
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WEB_PAGE = (
    rb"(?is)(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|table|.{0,2000}?"
    rb"(?:<html|<table|<!doctype html|urn:schemas-microsoft))"
)
_NO_LEDGERS: tuple[tuple[bytes, str, str], ...] = (
    (rb"%PDF", "这是 PDF 文件", "this is a PDF"),
    (rb"PAR1", "这是 Parquet 文件", "this is a Parquet file"),
    (rb"SQLite format 3", "这是数据库文件", "this is a database"),
    (rb"\{\\rtf", "这是 RTF 文档", "this is an RTF document"),
    (
        _WEB_PAGE,
        "这是网页，只是名叫表格",
        "this is a web page that only calls itself a workbook",
    ),
)


def read_cells(path: Path, limits: Limits = LIMITS) -> tuple[Sheet, ...]:
    """Return a ledger's sheets: an .xlsx workbook, or a CSV or TSV text table.

    What a file is, its content tells, not its name.

    Parameters
    ----------
    path
        The file.
    limits
        What it may ask of the machine.

    Raises
    ------
    LedgerError
        No such file, empty, another kind of document, locked, damaged, or hostile.
    """
    path = Path(path)
    data = _head(path, limits)
    if data.startswith(b"PK\x03\x04"):
        return read_workbook(path, limits)
    if data.startswith(_OLE):
        raise _old_or_locked(path)
    for pattern, zh, en in _NO_LEDGERS:
        if re.match(pattern, data[:_HEAD_BYTES]):
            raise refused(path, zh, en)
    return read_text_table(path, path.read_bytes(), limits)


def _head(path: Path, limits: Limits) -> bytes:
    """Return how a file begins; refuse one that isn't there, isn't a file, is empty or too big."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
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
    return head


def _old_or_locked(path: Path) -> LedgerError:
    if _ENCRYPTED in path.read_bytes():
        return refused(
            path,
            "工作簿有打开密码",
            "the workbook has a password",
            Words("请取消密码后另存为 .xlsx 再试", "remove it and save as .xlsx"),
        )
    return refused(
        path, "这是旧版格式（.xls、.et 或 .doc）", "this is an old format (.xls, .et, .doc)"
    )
