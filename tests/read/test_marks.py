"""What a workbook shows besides its values: told with its cells, cut off in words, never layout."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from same_ledger import DATA

from lxgeo.errors import LedgerError
from lxgeo.ledger import clean
from lxgeo.ledger.report import LedgerReport
from lxgeo.read import read_cells
from lxgeo.read.parsers import marks

HEADER = ("单位名称", "从业人员", "正式党员")
GREY, RED = PatternFill("solid", fgColor="FFD9D9D9"), PatternFill("solid", fgColor="FFFF0000")


def notes(report: LedgerReport) -> list[str]:
    """Return what is told of the first sheet."""
    return [note.zh for note in report.sheets[0].notes]


def painted(path: Path) -> Path:
    """Write two printed pages: grey headers and a grey total, a red unit, comments on two cells."""
    book = openpyxl.Workbook()
    page = book.active
    rows = (
        HEADER,
        ("宏达公司", 9, 2),
        ("兴旺公司", 8, 1),
        HEADER,
        ("发达公司", 7, 1),
        ("合计", 24, 4),
    )
    for row in rows:
        page.append(row)
    for number, fill in ((1, GREY), (3, RED), (4, GREY), (6, GREY)):
        for cell in page[number]:
            cell.fill = fill
    page["A1"].comment = Comment("表头的批注", "经办人")
    page["C2"].comment = Comment("其中一名拟转出", "经办人")
    page["B5"].comment = Comment("电话核实", "经办人")
    book.save(path)
    return path


def test_colours_of_units_are_told_and_not_those_of_headers(tmp_path: Path) -> None:
    """The header repeated in row 4 and the total in row 6 are grey; only row 3 is a unit's."""
    ledger, report = clean(read_cells(painted(tmp_path / "a.xlsx")))

    assert ledger["name"].tolist() == ["宏达公司", "兴旺公司", "发达公司"]
    assert [note for note in notes(report) if "底色" in note] == [
        "红色底色：1 行、3 个单元格（第 3 行）；颜色的含义未采用"
    ]


def test_comments_are_told_with_their_cells(tmp_path: Path) -> None:
    """Those below the header, by their cells: C2 and B5."""
    _, report = clean(read_cells(painted(tmp_path / "a.xlsx")))

    assert "有 2 个单元格带批注，批注未读：C2、B5" in notes(report)


def test_marks_without_number_are_cut_off_and_told(tmp_path: Path) -> None:
    """Of a kind as many as `MOST`; one more is told, and not listed."""
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        page, red = book.add_worksheet(), book.add_format({"bg_color": "#FF0000"})
        page.write_row(0, 0, HEADER)
        for row in range(1, marks.MOST // 3 + 3):  # 50,004 cells of three columns
            page.write_row(row, 0, ("宏达", 9, 1), red)
        page.set_row(4, None, None, {"hidden": True})

    (sheet,) = read_cells(tmp_path / "a.xlsx")

    assert len(sheet.colours) == marks.MOST
    assert [note.zh for note in sheet.notes] == ["填色的单元格多于 50000 个，其余未列出"]
    assert sheet.hidden_rows == {5}


def test_marks_are_found_wherever_a_sheet_is_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Blocks end at rows: nothing is lost between two of them, nothing told twice."""
    path = painted(tmp_path / "a.xlsx")
    with zipfile.ZipFile(path) as archive:
        whole = marks.Marks(archive).of("Sheet")
        for size in (150, 151, 152, 500):
            monkeypatch.setattr(marks, "_BLOCK", size)
            assert marks.Marks(archive).of("Sheet") == whole

    assert [place[:2] for place in whole["colours"]] == [
        [row, column] for row in (1, 3, 4, 6) for column in (1, 2, 3)
    ]
    assert whole["comments"] == [[1, 1], [2, 3], [5, 2]]


@pytest.mark.parametrize("suffix", [".xlsx", ".ods"])
def test_two_sheets_of_one_name_are_refused(tmp_path: Path, suffix: str) -> None:
    """The parser would hand out the first for both: no unit may be lost in silence."""
    path = tmp_path / f"a{suffix}"
    part = "xl/workbook.xml" if suffix == ".xlsx" else "content.xml"
    with zipfile.ZipFile(DATA / f"merged{suffix}") as archive, zipfile.ZipFile(path, "w") as copy:
        for name in archive.namelist():
            data = archive.read(name)
            copy.writestr(
                name, re.sub("字典".encode(), "南城街道".encode(), data) if name == part else data
            )

    with pytest.raises(LedgerError, match="有两个工作表都叫“南城街道”"):
        read_cells(path)
