"""Lists that are worked off: what an office writes in them is there again in the next run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from lxgeo.errors import InputError
from lxgeo.ledger.corrections.worklist import TITLES, State
from lxgeo.publish import Release
from lxgeo.publish.lists.papers import Papers
from lxgeo.publish.lists.problems import problems_sheet
from lxgeo.publish.lists.work import duties_sheet, tasks_sheet
from lxgeo.publish.lists.workbook import write_lists
from lxgeo.read.workbook_states import read_states

Changed = Callable[[dict[str, dict[str, Any]]], Release]
LEFT_OUT, JOINT = "problem:U8", "task:joint:B0a1b2c3d4e"


@pytest.fixture
def book(tmp_path: Path, release: Release) -> Path:
    """Return the town's workbook as an office gets it."""
    path = tmp_path / "plan.xlsx"
    write_lists(path, release)
    return path


def fill(path: Path, sheet: str, key: str, cells: dict[str, Any]) -> None:
    """Write into an item's row, as an office does."""
    book = openpyxl.load_workbook(path)
    heads = [cell.value for cell in book[sheet][3]]
    at = heads.index(TITLES["key"].zh)
    row = next(row for row in book[sheet].iter_rows(min_row=4) if row[at].value == key)
    for title, value in cells.items():
        row[heads.index(title)].value = value
    book.save(path)


def state_of(listing: Any, key: str) -> tuple[Any, ...]:
    """Return post, leader, due, status, note and last time's mark of an item."""
    (row,) = [row for row in listing.rows if row[-1] == key]
    return tuple(row[-7:-1])


def test_items_begin_open_with_a_post_and_a_deadline(release: Release) -> None:
    """Approval takes a month, facts a quarter, who is left out is looked at in half a year."""
    papers = Papers(release)

    usual = ("组织委员", None)
    assert state_of(problems_sheet(papers), LEFT_OUT) == (
        *usual, "半年内复核", "未销账", None, None,
    )  # fmt: skip
    assert state_of(problems_sheet(papers), "problem:U9")[2] == "本季度内"
    assert state_of(tasks_sheet(papers), JOINT)[2:4] == ("自报批起1个月内", "未销账")
    assert state_of(duties_sheet(papers), "duty:甲街道党工委")[0] == "组织委员"


def test_what_was_written_is_there_again(book: Path, release: Release) -> None:
    """Post, contact, date, state and note of the old workbook stand in the new one."""
    fill(book, "任务清单", JOINT, {
        "责任岗位": "党建办主任", "县级领导联系（岗位）": "联系甲街道的县级领导",
        "完成时限": dt.date(2026, 3, 31), "备注": "已征求意见",
    })  # fmt: skip
    fill(book, "问题清单", LEFT_OUT, {"销账": "已销账"})

    papers = Papers(replace(release, states=read_states(book)))

    assert state_of(tasks_sheet(papers), JOINT) == (
        *("党建办主任", "联系甲街道的县级领导", "2026-03-31", "未销账", "已征求意见", "未销账"),
    )
    # Closed by a person: it stays so, and that it is still there is told.
    assert state_of(problems_sheet(papers), LEFT_OUT)[3:] == (
        "已销账", None, "曾销账，本期仍在，请复核",
    )  # fmt: skip
    # An item that nobody touched is as it was.
    assert state_of(problems_sheet(papers), "problem:U9")[:4] == (
        "组织委员", None, "本季度内", "未销账",
    )  # fmt: skip


def test_what_is_gone_is_listed(book: Path, changed: Changed, tmp_path: Path) -> None:
    """U9 got an address and joins: its problem is no more; the office sees it can be closed."""
    fill(book, "问题清单", "problem:U9", {"备注": "已补地址"})
    later = changed({"U9": {"outcome": "no_members"}})
    write_lists(tmp_path / "later.xlsx", replace(later, states=read_states(book)))

    sheet = openpyxl.load_workbook(tmp_path / "later.xlsx")["上期事项"]
    rows = list(sheet.iter_rows(min_row=4, values_only=True))
    ended, written = "本期清单中不再出现", ("组织委员", None, "本季度内", "已了结", "已补地址")
    assert [row[1:] for row in rows] == [
        ("问题清单", "甲某咨询中心", ended, *written, "problem:U9")
    ]


def test_what_ended_is_read_back(book: Path, changed: Changed, tmp_path: Path) -> None:
    """It stays in the workbooks that follow, with how it ended; so does a row of the office's."""
    fill(book, "问题清单", "problem:U9", {"备注": "已补地址"})
    work = openpyxl.load_workbook(book)
    heads = [cell.value for cell in work["任务清单"][3]]
    below = work["任务清单"].max_row + 1
    work["任务清单"].cell(below, heads.index("党组织（建议名称）") + 1, "走访商会")
    work["任务清单"].cell(below, heads.index("备注") + 1, "五月")
    work.save(book)
    later = changed({"U9": {"outcome": "no_members"}})
    write_lists(tmp_path / "later.xlsx", replace(later, states=read_states(book)))
    states = read_states(tmp_path / "later.xlsx")

    assert states["problem:U9"].ended == "本期清单中不再出现"
    assert states["problem:U9"].note == "已补地址"
    own = states["own:任务清单:走访商会"]
    assert (own.name, own.note, own.ended, own.closed) == ("走访商会", "五月", None, False)


def test_a_first_run_has_no_sheet_of_last_time(book: Path) -> None:
    """Without an old workbook there is nothing to compare with."""
    assert "上期事项" not in openpyxl.load_workbook(book).sheetnames


def test_sheets_may_be_renamed_sorted_and_widened(book: Path) -> None:
    """Columns are known by their titles, items by their key."""
    work = openpyxl.load_workbook(book)
    sheet = work["问题清单"]
    sheet.title = "一季度问题"
    sheet.insert_cols(2)
    del work["任务清单"]
    work.save(book)

    states = read_states(book)
    assert states[LEFT_OUT] == State(
        LEFT_OUT, "甲角电机有限公司", "组织委员", None, "半年内复核", None
    )
    assert JOINT not in states
    assert "duty:乙镇党委" in states


def test_an_english_workbook_is_read_by_a_chinese_run(tmp_path: Path, release: Release) -> None:
    """Titles and states are known in both languages."""
    path = tmp_path / "plan.xlsx"
    write_lists(path, replace(release, lang="en"))
    book = openpyxl.load_workbook(path)
    heads = [cell.value for cell in book["Problems"][3]]
    book["Problems"].cell(4, heads.index("Status") + 1).value = "closed"
    book.save(path)

    assert read_states(path)[LEFT_OUT].closed


def test_numbers_of_persons_are_struck_out(book: Path) -> None:
    """A phone number in a note does not travel on."""
    fill(book, "问题清单", LEFT_OUT, {"备注": "联系 13812345678"})

    assert read_states(book)[LEFT_OUT].note == "***"


def test_another_workbook_is_refused(tmp_path: Path) -> None:
    """A ledger is no workbook of a plan; the sentence says which column is missing."""
    path = tmp_path / "台账.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["单位名称", "正式党员"])
    book.save(path)

    with pytest.raises(InputError, match="没有“事项编号（勿改）”一列"):
        read_states(path)


def test_the_key_is_not_printed_and_cells_to_fill_are_yellow(book: Path) -> None:
    """The id stands beyond the print area; what may be written in is marked, the rest is not."""
    sheet = openpyxl.load_workbook(book)["问题清单"]
    heads = [cell.value for cell in sheet[3]]

    fill_of = {title: sheet.cell(4, i + 1).fill.fgColor.rgb for i, title in enumerate(heads)}
    assert {title for title, colour in fill_of.items() if colour == "FFFFF8DC"} == {
        *("责任岗位", "县级领导联系（岗位）", "完成时限", "销账", "备注")
    }
    last = openpyxl.utils.get_column_letter(len(heads) - 1)
    assert f"${last}$" in sheet.print_area.split(":")[1]
