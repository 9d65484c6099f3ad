"""Ledgers that are no .xlsx and no text: old workbooks, web pages, layers."""

from __future__ import annotations

from pathlib import Path

from lxgeo.errors import Words
from lxgeo.ledger.sheets.sheet import Sheet
from lxgeo.read.guard import LIMITS, SAVE_AS, Limits, check_archive, refused
from lxgeo.read.kinds import Kind
from lxgeo.read.parsed import Parsed

_PARSER = {
    Kind.OLD_WORKBOOK: "old_workbook",
    Kind.OPEN_WORKBOOK: "old_workbook",
    Kind.WEB_PAGE: "web_page",
    Kind.LAYERS: "layers",
}
# Pages are read slowly, and no office hands out a big one.
_PAGE = Limits(file_bytes=30 << 20, cells=1_500_000, seconds=8)
_EXPORT = Words(
    "请在 GIS 软件中打开核对，重新导出后再试", "open it in a GIS, export it again and try that"
)


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
    then = _EXPORT if kind is Kind.LAYERS else SAVE_AS
    return Parsed(path, _PARSER[kind], then).sheets(limits)
