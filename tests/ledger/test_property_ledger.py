"""Laws of reading a ledger, held against random ledgers in random dirt (tests/strategies.py)."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

import strategies
from lxgeo.errors import LedgerError
from lxgeo.ledger import Sheet, clean
from lxgeo.ledger.report import LedgerReport
from lxgeo.ledger.values.wording import blank
from lxgeo.model import Rule
from lxgeo.read.ledger import read_cells
from lxgeo.tables import LEDGER
from office import Entry, Written, written
from strategies import examples

MEMBERS = ("full_members", "probationary_members", "total_members")
NOBODY_KNOWS = {
    Rule.MEMBERS_BLANK,
    Rule.MEMBERS_UNREADABLE,
    Rule.MEMBERS_NEGATIVE,
    Rule.ONLY_TOTAL_KNOWN,
}


def rows_of(ledger: pd.DataFrame) -> list[dict[str, Any]]:
    """Return a LEDGER's rows with None for what is unknown."""
    return ledger.astype(object).where(ledger.notna(), None).to_dict("records")


def read(sheets: Sequence[Written]) -> list[tuple[Entry, dict[str, str], dict[str, Any]]]:
    """Return every entry with its sheet's heads and the LEDGER row that was read from it."""
    ledger, _ = clean([each.sheet for each in sheets])
    entries = [(entry, dict(each.layout.heads)) for each in sheets for entry in each.entries]
    return [(*entry, row) for entry, row in zip(entries, rows_of(ledger), strict=True)]


def read_or_refused(
    sheets: Sequence[Sheet], *, blank_is_zero: bool
) -> tuple[pd.DataFrame, LedgerReport] | LedgerError:
    """Return what is read, or the error that says why not."""
    try:
        return clean(sheets, blank_is_zero=blank_is_zero)
    except LedgerError as error:
        return error


def said(report: LedgerReport, ledger: pd.DataFrame) -> str:
    """Return everything that is handed on: the LEDGER, and every sentence of the report."""
    return f"{report!r}\n{rows_of(ledger)!r}"


@examples(25)
@given(strategies.ledgers())
def test_every_unit_comes_back_once_and_in_order(sheets: list[Written]) -> None:
    """On its own row, under its own name, with the code that it has; nothing else is a unit."""
    ledger, report = clean([each.sheet for each in sheets])
    entries = [entry for each in sheets for entry in each.entries]
    has_code = ["credit_code" in dict(each.layout.heads) for each in sheets for _ in each.entries]

    assert ledger["row"].tolist() == [label for each in sheets for label in each.labels]
    assert ledger["name"].tolist() == [entry.unit.name for entry in entries]
    assert [row["credit_code"] for row in rows_of(ledger)] == [
        entry.unit.code if has else None for entry, has in zip(entries, has_code, strict=True)
    ]
    assert sum(sheet.units for sheet in report.sheets) == len(entries)


@examples(40)
@given(strategies.ledgers())
def test_no_count_is_ever_invented(sheets: list[Written]) -> None:
    """A count is the true one or unknown; what is not written plainly is told; blanks say nothing.

    Unknown full members have exactly one finding that says why.
    """
    for entry, heads, row in read(sheets):
        unit = entry.unit
        assert row["full_members"] in {unit.full, None}
        assert row["probationary_members"] in {unit.probationary, None}
        assert row["total_members"] in {unit.total, None}
        assert row["staff"] in {unit.staff, None}
        why = [each.code for each in row["findings"] if each.code in NOBODY_KNOWS]
        assert len(why) == (row["full_members"] is None)

        for name, true in (("staff", unit.staff), ("full_members", unit.full)):
            check_reading(entry, heads, row, name, true)

        if {entry.cells[name].how for name in MEMBERS if name in heads} == {"blank"}:
            assert [row[name] for name in (*MEMBERS, "affiliated_members")] == [None] * 4
            assert why == [Rule.MEMBERS_BLANK]


def check_reading(
    entry: Entry, heads: Mapping[str, str], row: Mapping[str, Any], name: str, true: int
) -> None:
    """Hold a count against how it was written: sure, about, unknown (a range, a riddle), blank."""
    how = entry.cells[name].how if name in heads else "blank"
    told = {each.code for each in row["findings"] if each.figures.get("field") == name}
    if how in {"sure", "about"}:
        assert row[name] == true
    if how in {"about", "unknown"}:
        assert told
    else:
        assert told <= {Rule.MEMBERS_BLANK}
    if how == "unknown" or (how == "blank" and name == "staff"):
        assert row[name] is None


@examples(15)
@given(strategies.ledgers(), st.randoms(use_true_random=False))
def test_ids_are_unique_and_know_no_order(sheets: list[Written], chance: Any) -> None:
    """The same units have the same ids in whatever order rows and sheets stand."""
    again = [
        written(each.layout, chance.sample(each.entries, len(each.entries)))
        for each in chance.sample(sheets, len(sheets))
    ]
    first, _ = clean([each.sheet for each in sheets])
    second, _ = clean([each.sheet for each in again])

    assert first["unit_id"].is_unique
    assert dict(zip(first["name"], first["unit_id"], strict=True)) == dict(
        zip(second["name"], second["unit_id"], strict=True)
    )


@examples(25)
@given(strategies.ledgers())
def test_persons_stay_outside(sheets: list[Written]) -> None:
    """What stands in columns of persons, or of nothing known, is in no row and no sentence."""
    ledger, report = clean([each.sheet for each in sheets])
    everything = said(report, ledger)

    for each in sheets:
        for entry in each.entries:
            for secret in entry.secrets:
                assert secret not in everything
    assert not set(strategies.RARE) & set(everything)


@examples(70)
@given(st.lists(strategies.chaos(), min_size=1, max_size=2), st.booleans())
def test_anything_is_a_ledger_or_refused_in_words(sheets: list[Sheet], zeros: bool) -> None:  # noqa: FBT001
    """Nothing but a LEDGER or a LedgerError; below a header no row vanishes without a word."""
    found = read_or_refused(sheets, blank_is_zero=zeros)
    if isinstance(found, LedgerError):
        assert found.faults
        assert all(text for fault in found.faults for text in fault)
        return
    ledger, report = found
    LEDGER.check(ledger)
    for told in report.sheets:
        sheet = next((each for each in sheets if each.name == told.sheet), None)
        if sheet is None:  # one of several of one name, told apart by a number
            continue
        if sum(each.name == told.sheet for each in sheets) == 1 and not sheet.faulty:
            below = range(told.header_rows[1] + 1, len(sheet.rows) + 1)
            filled = [row for row in below if not all(map(blank, sheet.rows[row - 1]))]
            label = f"{sheet.name}!"
            units = [row for row in ledger["row"] if row.startswith(label)]
            gone = [each.row for each in told.dropped]
            assert sorted(units + gone) == sorted(f"{label}{row}" for row in filled)


def to_workbook(sheets: Sequence[Written], path: Path) -> None:
    """Write sheets as an .xlsx workbook; texts that begin with = are texts."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for each in sheets:
        sheet = book.create_sheet(each.sheet.name)
        for row, cells in enumerate(each.sheet.rows, start=1):
            for column, value in enumerate(cells, start=1):
                cell = sheet.cell(row, column, value)
                if isinstance(value, str):
                    cell.data_type = "s"
        for top, left, bottom, right in each.sheet.merges:
            sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
    book.save(path)


@examples(5)
@given(strategies.ledgers())
def test_a_workbook_says_what_its_sheets_say(sheets: list[Written]) -> None:
    """Written to .xlsx and read back, the LEDGER and every sentence are the same."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "台账.xlsx")
        to_workbook(sheets, path)
        ledger, report = clean(read_cells(path))
    expected, expected_report = clean([each.sheet for each in sheets])

    pd.testing.assert_frame_equal(ledger, expected)
    assert report == expected_report


@examples(12)
@given(
    strategies.ledgers(),
    st.sampled_from(("utf-8", "utf-8-sig", "gb18030", "utf-16")),
    st.sampled_from((",", "\t", ";")),
)
def test_a_text_table_invents_nothing_either(
    sheets: list[Written], encoding: str, mark: str
) -> None:
    """In four encodings and with three separators: every unit once, each count true or unknown."""
    one = sheets[0]
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=mark).writerows(one.sheet.rows)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"{one.sheet.name}.csv")
        path.write_bytes(text.getvalue().encode(encoding))
        rows = rows_of(clean(read_cells(path))[0])

    assert [row["row"] for row in rows] == one.labels
    assert [row["name"] for row in rows] == [entry.unit.name for entry in one.entries]
    for entry, row in zip(one.entries, rows, strict=True):
        assert row["full_members"] in {entry.unit.full, None}
        assert row["total_members"] in {entry.unit.total, None}
        assert row["staff"] in {entry.unit.staff, None}
