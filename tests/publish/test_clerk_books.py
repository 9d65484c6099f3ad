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
from lxgeo.ledger.corrections.worklist import Opinion
from lxgeo.publish import Release
from lxgeo.publish.lists.clerk_books import write_clerk_books
from lxgeo.publish.lists.opinions import opinions_sheet
from lxgeo.publish.lists.papers import Papers
from lxgeo.publish.lists.plan import plan_sheet
from lxgeo.publish.lists.work import tasks_sheet
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
        Opinion("U2", "同意", "甲街道.xlsx!本辖区单位!5", "joint:B0a1b2c3d4e"),
        Opinion("U8", "并入乙镇，组织委员，2026-03-01", "甲街道.xlsx!本辖区单位!9", "left_out:"),
    )
    rows = opinions_sheet(Papers(replace(release, opinions=opinions))).rows
    assert rows[0][1:6] == ("甲街道", "创业电子有限公司", "同意", "联合组建", "创业大厦联合党支部")
    assert rows[0][6] == "已同意，无需处理"
    assert rows[1][6].startswith("请人工研判（软件不按文字改动方案）")


def test_an_opinion_on_a_unit_that_is_gone_is_kept(release: Release) -> None:
    """A unit that left the ledger: the opinion stays, and that the unit is gone is told."""
    gone = (Opinion("X1", "不同意", "甲街道.xlsx!本辖区单位!7"),)
    rows = opinions_sheet(Papers(replace(release, opinions=gone))).rows

    assert rows[0][3:6] == ("不同意", None, "台账中已没有这家单位")
    assert rows[0][-1] == "X1"


JOINT = "joint:B0a1b2c3d4e"


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        *(("同意", "agreed"), (" 同 意。", "agreed"), ("Agreed", "agreed")),
        *(("不同意", "refused"), ("不同意！", "refused"), ("not agreed", "refused")),
        *(
            ("同意，但牵头单位换成甲北", "wish"),
            ("原则同意", "wish"),
            ("不", "wish"),
            ("√", "wish"),
        ),
        *(("同意？", "wish"), ("并入乙镇", "wish")),
    ],
)
def test_only_the_very_words_are_a_yes_or_a_no(said: str, answer: str) -> None:
    """A condition, a doubt, a mark: never read as consent, nor as a refusal."""
    assert Opinion("U1", said, "x").answer == answer


def opined(release: Release, *opinions: tuple[str, str, str | None]) -> Papers:
    """Return the town's papers with opinions: unit, words, what they were said of."""
    given = tuple(Opinion(unit, said, "x!y!1", about) for unit, said, about in opinions)
    return Papers(replace(release, opinions=given))


def told_of_joint(papers: Papers) -> str:
    """Return what the list of tasks tells of the joint branch U2, U3, U4."""
    listing = tasks_sheet(papers)
    at = [head.title for head in listing.heads].index("乡镇意见")
    return str(next(row[at] for row in listing.rows if row[-1] == f"task:{JOINT}"))


@pytest.mark.parametrize(
    ("opinions", "told"),
    [
        ([(u, "同意", JOINT) for u in ("U2", "U3", "U4")], "均同意"),
        ([("U2", "同意", JOINT)], "同意 1 家\n待答复 2 家"),
        (
            [("U2", "同意", JOINT), ("U3", "不同意", JOINT), ("U4", "换个牵头单位", JOINT)],
            "同意 1 家\n不同意 1 家\n另有意见 1 家",
        ),
        # Agreed to another branch than this plan's, or to nobody knows which: not counted.
        (
            [("U2", "同意", "joint:B1111111111"), ("U3", "同意", None)],
            "所指方案已变 2 家\n待答复 1 家",
        ),
        # Two answers on one unit are no agreement.
        (
            [("U2", "同意", JOINT), ("U2", "不同意", JOINT)],
            "另有意见 1 家\n待答复 2 家",
        ),
    ],
)
def test_tasks_count_who_agreed(
    release: Release, opinions: list[tuple[str, str, str | None]], told: str
) -> None:
    """Of the joint branch's three units; words of one's own are neither yes nor no."""
    assert told_of_joint(opined(release, *opinions)) == told


def test_the_plan_shows_opinions_beside_their_units(release: Release) -> None:
    """As written, in ledger order; a plan without opinions has no such column."""
    listing = plan_sheet(opined(release, ("U8", "并入乙镇", "left_out:")))
    at = [head.title for head in listing.heads].index("乡镇意见")

    assert [row[at] for row in listing.rows] == [*[None] * 7, "并入乙镇", None]
    assert "乡镇意见" not in {head.title for head in plan_sheet(Papers(release)).heads}
    assert "乡镇意见" not in {head.title for head in tasks_sheet(Papers(release)).heads}


@pytest.mark.parametrize(
    ("opinions", "asked"),
    [
        ([("U2", "不同意", JOINT)], "向乡镇问明理由"),
        ([("U2", "同意", "left_out:")], "方案已变"),
        ([("U2", "同意", JOINT), ("U2", "不同意", JOINT)], "同一单位有不同意见"),
    ],
)
def test_each_opinion_says_what_to_do(
    release: Release, opinions: list[tuple[str, str, str | None]], asked: str
) -> None:
    """A refusal, an opinion on another plan, two that differ."""
    rows = opinions_sheet(opined(release, *opinions)).rows

    assert all(str(row[6]).startswith(asked) for row in rows)


def test_no_opinion_moves_a_unit(release: Release) -> None:
    """Whatever was written, the plan itself is the same, row for row."""
    opinions = [("U8", "并入创业大厦联合党支部", "left_out:"), ("U2", "不同意", JOINT)]
    listing, plain = plan_sheet(opined(release, *opinions)), plan_sheet(Papers(release))
    at = [head.title for head in listing.heads].index("乡镇意见")

    assert [(*row[:at], *row[at + 1 :]) for row in listing.rows] == list(plain.rows)


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


def test_a_name_that_windows_keeps_is_lengthened(tmp_path: Path) -> None:
    """A township called as a device gets a file that Windows can make."""
    units = planned_units()
    units["township"] = units["township_id"].map({"T1": "Con", "T2": "乙镇"})
    paths = write_clerk_books(tmp_path / "t", release_of(units, planned_branches()))

    assert [path.name for path in paths] == ["Con_.xlsx", "乙镇.xlsx"]


def test_the_same_release_gives_the_same_bytes(books: Path, release: Release) -> None:
    """Not a byte differs."""
    before = {path.name: path.read_bytes() for path in books.iterdir()}
    write_clerk_books(books, release)

    assert {path.name: path.read_bytes() for path in books.iterdir()} == before
