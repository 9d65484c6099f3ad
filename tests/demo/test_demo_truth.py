"""The ledger is read to its truth: nothing lost, nothing invented, every doubt told."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from lxgeo.demo import LEDGER_FILE
from lxgeo.demo.compare import COUNTS, Comparison, compare
from lxgeo.demo.write import OTHER_ROWS_FILE
from lxgeo.ledger import LedgerReport, clean
from lxgeo.read import read_cells

Reading = tuple[pd.DataFrame, LedgerReport]


@pytest.fixture(scope="module")
def read(folder: Path) -> Reading:
    """Return the ledger as it is read and cleaned, and what was found on the way."""
    return clean(read_cells(folder / LEDGER_FILE))


@pytest.fixture(scope="module")
def other_rows(folder: Path) -> pd.DataFrame:
    """Return what the rows are that are no units."""
    return pd.read_csv(folder / OTHER_ROWS_FILE, dtype=str, keep_default_na=False)


@pytest.fixture(scope="module")
def rows(truth: pd.DataFrame) -> pd.DataFrame:
    """Return the truth with its rows as a column."""
    return truth.reset_index()


@pytest.fixture(scope="module")
def found(read: Reading, rows: pd.DataFrame, other_rows: pd.DataFrame) -> Comparison:
    """Return the reading beside the truth."""
    return compare(*read, rows, other_rows)


def test_no_row_is_lost_and_none_invented(found: Comparison) -> None:
    """All 3,000 units are read, those of hidden rows and of the hidden sheet too, and no more.

    Titles, headers, dividers, subtotals, footers and second lines are no units.
    """
    assert found.units == 3_000
    assert (found.lost, found.extra) == ((), ())


def test_every_count_is_right_or_flagged(found: Comparison) -> None:
    """Staff and members are what a careful reader knows, or the row is told to a person."""
    assert found.wrong_counts == ()


def test_no_value_is_invented(found: Comparison) -> None:
    """No value is read that differs from the truth without the row being told to a person."""
    assert found.invented == ()
    assert found.unread == ()


def test_mended_values_leave_a_trace(found: Comparison) -> None:
    """Every value that is not written plainly and is read all the same has its repair."""
    assert found.repairs > 100
    assert found.untraced == ()


def test_flagged_rows_are_those_that_must_be(found: Comparison) -> None:
    """Nearly all rows that must be flagged are, and nearly none that need not be."""
    missed = sorted(found.to_flag - found.flagged)
    loud = sorted(found.flagged - found.to_flag - found.may_flag)

    assert len(found.to_flag) > 100
    assert found.recall >= 0.98, missed
    assert found.precision >= 0.98, loud


def test_only_the_wrong_subtotal_is_told(read: Reading) -> None:
    """Totals are held against the rows above them: the one that is one too many is named."""
    _, report = read
    wrong = [note.zh for sheet in report.sheets for note in sheet.notes if "各行之和" in note.zh]

    assert len(wrong) == 1
    assert "沙棘镇" in wrong[0]


@pytest.mark.parametrize(
    ("trap", "word"),
    [
        ("hidden_row", "隐藏"),
        ("painted_red", "红色"),
        ("formula_uncalculated", "公式没有"),
        ("comment", "批注"),
    ],
)
def test_marks_of_the_workbook_are_told(
    read: Reading, truth: pd.DataFrame, trap: str, word: str
) -> None:
    """Hidden and red rows and uncalculated formulas are named by their rows; comments counted."""
    _, report = read
    notes = {
        sheet.sheet: " ".join(note.zh for note in sheet.notes if word in note.zh)
        for sheet in report.sheets
    }
    marked = [str(row).split("!") for row in truth.index[truth["trap"] == trap]]
    rows_told = {(sheet, row) for sheet, row in marked if row in re.findall(r"\d+", notes[sheet])}

    assert len(marked) >= 4
    if trap == "comment":
        each = Counter(sheet for sheet, _ in marked)
        assert {sheet: int(re.findall(r"\d+", notes[sheet])[0]) for sheet in each} == each
    else:
        assert rows_told == {(sheet, row) for sheet, row in marked}


def test_hidden_sheets_are_told(read: Reading) -> None:
    """The hidden sheet of units is read and told; the hidden dictionary is told only."""
    _, report = read
    told = [*report.skipped, *(note for sheet in report.sheets for note in sheet.notes)]

    assert "待补录" in [sheet.sheet for sheet in report.sheets]
    assert any("字典" in words.zh for words in report.skipped)
    assert any("隐藏" in words.zh and "工作表" in words.zh for words in told)


def test_comparison_sees_what_is_lost_and_what_is_invented(
    read: Reading, rows: pd.DataFrame, other_rows: pd.DataFrame, found: Comparison
) -> None:
    """A row taken out is lost, a row put in is extra, a count changed is invented, a blank unread.

    The first three rows without a trap are damaged, so that each fault is one and none is told.
    """
    ledger, report = read
    clear = rows.index[(rows["trap"] == "") & ~rows["row"].isin(rows["duplicate_of"])]
    lost, changed, blank = rows.loc[clear[:3], "row"]
    damaged = ledger.set_index("row", drop=False)
    damaged.loc[changed, "staff"] = 99_999
    damaged.loc[blank, "staff"] = pd.NA
    damaged.loc[lost, "row"] = "岚光街道!1"
    seen = compare(damaged.reset_index(drop=True), report, rows, other_rows)

    assert set(seen.lost) - set(found.lost) == {lost}
    assert set(seen.extra) - set(found.extra) == {"岚光街道!1"}
    wrong = set(seen.wrong_counts) - set(found.wrong_counts)
    assert {(d.row, d.field, d.invented) for d in wrong} == {
        (changed, "staff", True),
        (blank, "staff", False),
    }
    assert "staff" in COUNTS
