"""The four scores: named fields, counted numerators and denominators, by sheet and in total."""

from __future__ import annotations

import pandas as pd
from check_ledger import CODE, TOWN, changed

from lxgeo.ledger import Sheet, clean
from lxgeo.ledger.doubts.completeness import CLEAR_FIELDS, COMPLETENESS, Clear, completeness


def scores(*sheets: Sheet) -> dict[tuple[str | None, str, str | None], tuple[int, int]]:
    """Return a ledger's scores by sheet, thing and field."""
    table = completeness(clean(sheets)[0])
    COMPLETENESS.check(table)
    plain = table.astype(object).where(table.notna(), None)
    return {
        (sheet, clear, field): (known, of)
        for sheet, clear, field, known, of in plain.itertuples(index=False, name=None)
    }


def test_each_field_is_counted_where_nothing_doubts_it() -> None:
    """Five units; one credit code fits; row 4 is about, row 6 contradicts itself, row 7 is blank.

    Full members: known and undoubted in rows 3 and 5. All are named, have an address, no kind.
    """
    found = scores(TOWN)

    assert found[None, Clear.OVERVIEW, "name"] == (5, 5)
    assert found[None, Clear.OVERVIEW, "credit_code"] == (1, 5)
    assert found[None, Clear.OVERVIEW, "kind"] == (0, 5)
    assert found[None, Clear.OVERVIEW, None] == (0, 5)
    assert found[None, Clear.NUMBERS, "full_members"] == (2, 5)
    assert found[None, Clear.NUMBERS, None] == (2, 5)
    assert found[None, Clear.STRUCTURE, "probationary_members"] == (3, 5)
    assert found[None, Clear.DISTRIBUTION, "address"] == (5, 5)


def test_the_whole_is_the_sum_of_its_sheets() -> None:
    """A second sheet of one clear unit: six in all, and each sheet by itself."""
    other = Sheet("新区", (("单位名称", "地址", "正式党员", "党员总数"), ("甲", "1号", 1, 1)))

    found = scores(TOWN, other)

    assert found["新区", Clear.NUMBERS, None] == (1, 1)
    assert found["城关镇", Clear.NUMBERS, None] == (2, 5)
    assert found[None, Clear.NUMBERS, None] == (3, 6)


def test_closed_and_repeated_units_stand_in_no_denominator() -> None:
    """One of two rows is struck off, a third repeats the first: one unit is counted."""
    sheet = Sheet(
        "A",
        (
            ("单位名称", "统一社会信用代码", "经营状态"),
            ("甲", CODE, "在营"),
            ("乙", None, "注销"),
            ("甲", CODE, "在营"),
        ),
    )

    assert scores(sheet)[None, Clear.OVERVIEW, "name"] == (1, 1)


def test_a_suspended_unit_is_counted() -> None:
    """Suspended is not closed: it must be clear too."""
    sheet = Sheet("A", (("单位名称", "经营状态"), ("甲", "停业")))

    assert scores(sheet)[None, Clear.OVERVIEW, "name"] == (1, 1)


def test_coordinates_stand_for_an_address() -> None:
    """A unit on the map needs no street."""
    sheet = Sheet("A", (("单位名称", "经度", "纬度"), ("甲", 119.3, 26.1)))

    assert scores(sheet)[None, Clear.DISTRIBUTION, "address"] == (1, 1)


def test_nobodys_affiliation_is_clear() -> None:
    """Of no full members it is known where they belong; of two it is not."""
    sheet = changed({(7, 6): 0, (7, 7): 0, (7, 8): 0})

    found = scores(TOWN), scores(sheet)

    assert [each[None, Clear.STRUCTURE, "affiliated_members"] for each in found] == [(0, 5), (1, 5)]


def test_a_ledger_of_closed_units_has_no_share() -> None:
    """Zero of zero, and no division."""
    sheet = Sheet("A", (("单位名称", "经营状态"), ("甲", "注销")))

    assert set(scores(sheet).values()) == {(0, 0)}


def test_every_field_of_the_four_is_a_column_of_the_ledger() -> None:
    """The scores name fields that the ledger has."""
    ledger: pd.DataFrame = clean([TOWN])[0]

    assert all(name in ledger for names in CLEAR_FIELDS.values() for name in names)
