"""One workbook a township: what its clerk sees, where she may write, and that it comes back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from town_plan import planned_branches, planned_units, release_of

from lxgeo.errors import InputError
from lxgeo.ledger.worklist import Opinion
from lxgeo.publish import Release
from lxgeo.publish.clerk_books import write_clerk_books
from lxgeo.publish.papers import Papers
from lxgeo.publish.sheets_opinions import opinions_sheet
from lxgeo.read.opinions import read_opinions

Changed = Callable[[dict[str, dict[str, Any]]], Release]


@pytest.fixture
def books(tmp_path: Path, release: Release) -> Path:
    """Return the folder of the town's workbooks."""
    write_clerk_books(tmp_path / "townships", release)
    return tmp_path / "townships"


def sheet_of(path: Path) -> tuple[Any, list[Any]]:
    """Return a workbook's sheet and its headings."""
    sheet = openpyxl.load_workbook(path).active
    return sheet, [cell.value for cell in sheet[3]]


def test_each_has_its_own_units_alone(books: Path) -> None:
    """甲街道 has seven of the nine, 乙镇 two; no unit stands in both."""
    names: dict[str, list[str]] = {}
    for path in sorted(books.iterdir()):
        sheet, heads = sheet_of(path)
        at = heads.index("单位编号（勿改）")
        names[path.stem] = [row[at] for row in sheet.iter_rows(min_row=4, values_only=True)]

    assert names == {
        "甲街道": ["U1", "U2", "U3", "U4", "U5", "U8", "U9"],
        "乙镇": ["U6", "U7"],
    }


def test_it_says_with_whom_and_why(books: Path) -> None:
    """U2's row names its branch, the two others in it, and the reason."""
    sheet, heads = sheet_of(books / "甲街道.xlsx")
    row = dict(zip(heads, [cell.value for cell in sheet[5]], strict=True))

    assert row["单位名称"] == "创业电子有限公司"
    assert row["党支部"] == "创业大厦联合党支部"
    assert row["同一党支部的单位"] == "创业芯片有限公司\n甲北软件有限公司"
    assert row["理由"].startswith("与邻近单位联合")


def test_one_column_can_be_written_in(books: Path) -> None:
    """The sheet is protected; of all cells only the opinions are not locked."""
    sheet, heads = sheet_of(books / "甲街道.xlsx")

    assert sheet.protection.sheet
    free = {
        heads[cell.column - 1]
        for row in sheet.iter_rows(min_row=4)
        for cell in row
        if not cell.protection.locked
    }
    assert free == {"意见（填写）"}


def test_opinions_come_back_beside_the_plan(books: Path, release: Release) -> None:
    """Two of seven are filled in: each is told with its place, and stands in the planner's list."""
    path = books / "甲街道.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book.active
    at = [cell.value for cell in sheet[3]].index("意见（填写）") + 1
    sheet.cell(5, at).value = "同意"
    sheet.cell(9, at).value = "并入乙镇，组织委员，2026-03-01"
    book.save(path)
    (books / "~$甲街道.xlsx").write_bytes(b"open elsewhere")

    opinions = read_opinions(books)
    assert opinions == (
        Opinion("U2", "同意", "甲街道.xlsx!本辖区单位!5"),
        Opinion("U8", "并入乙镇，组织委员，2026-03-01", "甲街道.xlsx!本辖区单位!9"),
    )
    rows = opinions_sheet(Papers(replace(release, opinions=opinions))).rows
    assert rows[0][1:6] == ("甲街道", "创业电子有限公司", "同意", "联合组建", "创业大厦联合党支部")


def test_an_opinion_on_a_unit_that_is_gone_is_kept(release: Release) -> None:
    """A unit that left the ledger: the opinion stays, and that the unit is gone is told."""
    gone = (Opinion("X1", "不同意", "甲街道.xlsx!本辖区单位!7"),)
    rows = opinions_sheet(Papers(replace(release, opinions=gone))).rows

    assert rows[0][3:6] == ("不同意", None, "台账中已没有这家单位")
    assert rows[0][-1] == "X1"


def test_a_foreign_file_is_told_by_name(books: Path) -> None:
    """Every file that is no township's workbook is named; an empty folder says so."""
    openpyxl.Workbook().save(books / "别的.xlsx")
    with pytest.raises(InputError, match=r"别的\.xlsx：没有“意见（填写）”"):
        read_opinions(books)
    empty = books / "empty"
    empty.mkdir()
    with pytest.raises(InputError, match=r"没有 \.xlsx 文件"):
        read_opinions(empty)


def test_names_that_no_file_can_have(tmp_path: Path) -> None:
    """Two townships of one name and one of forbidden characters each get a file of their own."""
    units = planned_units()
    units["township"] = units["township_id"].map({"T1": "甲/乙", "T2": "甲:乙"})
    units.loc[8, ["township_id", "township"]] = None
    paths = write_clerk_books(tmp_path / "t", release_of(units, planned_branches()))

    assert [path.name for path in paths] == ["甲_乙.xlsx", "甲_乙_T2.xlsx", "（乡镇不明）.xlsx"]
    assert all(path.is_file() for path in paths)


def test_the_same_release_gives_the_same_bytes(books: Path, release: Release) -> None:
    """Not a byte differs."""
    before = {path.name: path.read_bytes() for path in books.iterdir()}
    write_clerk_books(books, release)

    assert {path.name: path.read_bytes() for path in books.iterdir()} == before
