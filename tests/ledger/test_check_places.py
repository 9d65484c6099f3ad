"""Cells and rows by the names that people see, and fields by what people call them."""

from __future__ import annotations

import pytest

from lxgeo.ledger.places import cell_at, cell_name, row_label, split_row
from lxgeo.ledger.sheets.fields import FIELD_WORDS, field_called, nearest_field


@pytest.mark.parametrize(
    ("row", "column", "name"),
    [
        (18, 3, "C18"),
        (1, 26, "Z1"),
        (1, 27, "AA1"),
        (5, 28, "AB5"),
        (9, 702, "ZZ9"),
        (1, 703, "AAA1"),
    ],
)
def test_cells_are_named_as_a_spreadsheet_names_them(row: int, column: int, name: str) -> None:
    """Letters count A to Z, then AA; there and back."""
    assert cell_name(row, column) == name
    assert cell_at(name) == (row, column)


@pytest.mark.parametrize("name", ["", "18", "C", "C0", "18C", "ABCD1", "C18;D19", "单元格"])
def test_what_is_no_cell_is_none(name: str) -> None:
    """Only letters and a row number from 1 name a cell."""
    assert cell_at(name) is None


def test_a_cell_is_understood_as_people_write_it() -> None:
    """Small letters, dollars and spaces do not matter."""
    assert cell_at(" $c$18 ") == (18, 3)


def test_a_sheet_may_have_an_exclamation_mark_in_its_name() -> None:
    """The last mark parts the row number."""
    assert split_row(row_label("a.xlsx:新!表", 12)) == ("a.xlsx:新!表", 12)


def test_fields_are_called_by_one_name_each_in_each_language() -> None:
    """No two fields share a name, so that a filled-in sheet says which is meant."""
    for lang in (0, 1):
        names = [words[lang] for words in FIELD_WORDS.values()]
        assert len(set(names)) == len(names)
    assert all(
        field_called(said) == field for field, words in FIELD_WORDS.items() for said in words
    )


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("企业单位名称", "name"),
        ("党员情况:正式党员数量", "full_members"),
        ("统一社会信用代码证号", "credit_code"),
        ("天气", None),
        ("", None),
    ],
)
def test_a_strange_header_is_near_a_field_or_none(header: str, field: str | None) -> None:
    """A likeness is worth asking about; what is like nothing is near nothing."""
    assert nearest_field(header) == field
