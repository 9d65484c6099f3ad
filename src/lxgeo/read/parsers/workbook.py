"""Workbooks (.xlsx): their cells, and what their sheets show besides."""

from __future__ import annotations

import runpy
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_TORN = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError),
    *(RuntimeError, KeyError),
)


def lines(path: str, most: dict[str, int]) -> Iterator[Any]:
    """Yield a workbook's sheets."""
    from python_calamine import CalamineError, PasswordError

    try:
        yield from _sheets(path, most)
    except PasswordError:
        yield {"fault": "password", "where": ""}
    except (CalamineError, *_TORN):
        yield {"fault": "unreadable", "where": ""}


def _sheets(path: str, most: dict[str, int]) -> Iterator[Any]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    told_by = runpy.run_path(str(Path(__file__).with_name("marks.py")))
    # By its bytes: by its path it would be told from its name, and names lie.
    with (
        Path(path).open("rb") as file,
        CalamineWorkbook.from_filelike(file) as book,
        zipfile.ZipFile(path) as archive,
    ):
        marks = told_by["Marks"](archive)
        names = [each.name for each in book.sheets_metadata]
        for told in book.sheets_metadata:
            if told.typ != SheetTypeEnum.WorkSheet:
                continue
            if names.count(told.name) > 1:  # the parser would hand out the first for each
                yield {"fault": "twice", "where": told.name}
                return
            sheet = book.get_sheet_by_name(told.name)
            if sheet.height > most["rows"]:
                yield {"fault": "rows", "where": str(most["rows"])}
                return
            # The parser's rows begin at the first column used; people count from A.
            left = [""] * (sheet.start[1] if sheet.start else 0)
            yield {
                "sheet": told.name,
                "hidden": told.visible != SheetVisibleEnum.Visible,
                "merges": [
                    [top + 1, left + 1, bottom + 1, right + 1]
                    for (top, left), (bottom, right) in sorted(sheet.merged_cell_ranges or [])
                ],
                "width": len(left) + sheet.width,
                "marks": marks.of(told.name),
            }
            yield from (left + row for row in sheet.iter_rows()) if left else sheet.iter_rows()
