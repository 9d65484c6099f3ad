"""Workbooks of before 2007 (.xls), of WPS (.et), and of OpenDocument (.ods)."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_MOST_MERGES = 100_000


def lines(path: str, most: dict[str, int]) -> Iterator[Any]:
    """Yield a workbook's sheets."""
    from python_calamine import CalamineError

    try:
        yield from _sheets(path, most)
    except (CalamineError, zipfile.BadZipFile, KeyError):
        yield {"fault": "unreadable", "where": ""}


def _sheets(path: str, most: dict[str, int]) -> Iterator[Any]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    # By its bytes: by its path it would be told from its name, and names lie.
    with Path(path).open("rb") as file, CalamineWorkbook.from_filelike(file) as book:
        told = [each for each in book.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]
        if len(told) > most["sheets"]:
            yield {"fault": "sheets", "where": str(len(told))}
            return
        names = [each.name for each in book.sheets_metadata]
        # The parser does not tell the merged ranges of OpenDocument files.
        spans = _spans(path) if zipfile.is_zipfile(path) else {}
        for each in told:
            if names.count(each.name) > 1:  # the parser would hand out the first for each
                yield {"fault": "twice", "where": each.name}
                return
            sheet = book.get_sheet_by_name(each.name)
            merges = [
                [top + 1, left + 1, bottom + 1, right + 1]
                for (top, left), (bottom, right) in sorted(sheet.merged_cell_ranges or [])
            ]
            # The parser's rows begin at the first column used; people count from A.
            left = [""] * (sheet.start[1] if sheet.start else 0)
            yield {
                "sheet": each.name,
                "hidden": each.visible != SheetVisibleEnum.Visible,
                "merges": merges or spans.get(each.name, []),
                "width": len(left) + sheet.width,
            }
            yield from (left + row for row in sheet.iter_rows()) if left else sheet.iter_rows()


def _spans(path: str) -> dict[str, list[list[int]]]:
    """Return the merged ranges of each sheet of an OpenDocument workbook."""
    from lxml import etree

    spans: dict[str, list[list[int]]] = {}
    here: list[list[int]] = []
    row = column = found = 0
    with zipfile.ZipFile(path) as archive, archive.open("content.xml") as file:
        events = etree.iterparse(
            file, events=("start", "end"), resolve_entities=False, no_network=True
        )
        try:
            for event, node in events:
                if event == "end":
                    if node.tag == f"{_TABLE}table-row":
                        row += int(node.get(f"{_TABLE}number-rows-repeated", 1)) - 1
                        node.clear()
                    continue
                if node.tag == f"{_TABLE}table":
                    here = spans.setdefault(node.get(f"{_TABLE}name", ""), [])
                    row = 0
                elif node.tag == f"{_TABLE}table-row":
                    row, column = row + 1, 0
                elif node.tag in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
                    down = int(node.get(f"{_TABLE}number-rows-spanned", 1))
                    right = int(node.get(f"{_TABLE}number-columns-spanned", 1))
                    if (down > 1 or right > 1) and found < _MOST_MERGES:
                        found += 1
                        here.append([row, column + 1, row + down - 1, column + right])
                    column += int(node.get(f"{_TABLE}number-columns-repeated", 1))
        except (etree.XMLSyntaxError, ValueError) as error:
            raise KeyError("content.xml") from error
    return spans
