"""Which organisation is which a quarter later: by code, then by name and place; nothing guessed."""

from __future__ import annotations

from typing import Any

import pandas as pd

from lxgeo.judge.same_units import UnitFact, facts_between, rows_by_id, same_units

CODE = "91980203MA0000001W"
OTHER = "91980203MA00000020"


def ledger(*units: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return a ledger's rows by id: what is not said of a unit is the same for all."""
    usual = {"name": "甲公司", "township": "东街道", "outcome": "left_out", "full_members": 1}
    return rows_by_id(pd.DataFrame([usual | {"unit_id": f"U{i}"} | u for i, u in enumerate(units)]))


def test_a_code_comes_before_an_id_and_a_name() -> None:
    """Rows numbered afresh, and a new name: the code says who it is."""
    before = ledger({"unit_id": "1", "credit_code": CODE}, {"unit_id": "2", "credit_code": OTHER})
    after = ledger(
        {"unit_id": "1", "credit_code": OTHER, "name": "乙公司"},
        {"unit_id": "2", "credit_code": CODE, "name": "丙公司"},
    )

    assert same_units(before, after) == {"1": "2", "2": "1"}


def test_two_units_that_swap_names_are_not_taken_for_each_other() -> None:
    """By their codes where these are known; else by their ids; else each keeps to its name."""
    was = [{"name": "甲公司", "address": "一号"}, {"name": "乙公司", "address": "二号"}]
    now = [{"name": "乙公司", "address": "一号"}, {"name": "甲公司", "address": "二号"}]
    coded = [{"credit_code": CODE}, {"credit_code": OTHER}]
    by_code = [
        ledger(*(each | code | {"unit_id": f"{time}{i}"} for i, (each, code) in enumerate(rows)))
        for time, rows in (("a", zip(was, coded, strict=True)), ("b", zip(now, coded, strict=True)))
    ]
    hashed = [
        ledger(*(each | {"unit_id": f"{time}{i}"} for i, each in enumerate(rows)))
        for time, rows in (("a", was), ("b", now))
    ]

    assert same_units(*by_code) == {"a0": "b0", "a1": "b1"}
    assert same_units(ledger(*was), ledger(*now)) == {"U0": "U0", "U1": "U1"}
    assert same_units(*hashed) == {"a0": "b1", "a1": "b0"}


def test_a_code_corrected_in_one_digit() -> None:
    """The id was the code; name and township know the unit again, though others bear the name."""
    before = ledger(
        {"unit_id": CODE, "credit_code": CODE}, {"unit_id": OTHER, "credit_code": OTHER}
    )
    mended = "91980203MA0000005J"
    after = ledger(
        {"unit_id": mended, "credit_code": mended}, {"unit_id": OTHER, "credit_code": OTHER}
    )

    assert same_units(before, after) == {CODE: mended, OTHER: OTHER}
    assert facts_between(before[CODE], after[mended]) == (UnitFact.CODE_CORRECTED,)


def test_a_restructured_unit_is_the_one_of_its_name_and_place() -> None:
    """Another code altogether; and another name as well, where it is at the same door."""
    before = ledger({"credit_code": CODE, "address": "一号"})
    new = "91980203MA9000112X"
    named = ledger({"unit_id": new, "credit_code": new, "address": "一号"})
    same_door = ledger({"credit_code": new, "name": "新公司", "address": "一号"})
    another = ledger({"credit_code": new, "name": "新公司", "address": "九号"})

    assert same_units(before, named) == {"U0": new}
    assert facts_between(before["U0"], named[new]) == (UnitFact.RESTRUCTURED,)
    assert same_units(before, same_door) == {"U0": "U0"}
    # The row bears the old one's number, and nothing else of it.
    assert same_units(before, another) == {}


def test_a_branch_office_with_its_company_s_code() -> None:
    """Rows change places; the code stands for two, so the name tells them apart."""
    office = {"credit_code": CODE, "name": "甲公司一分店"}
    before = ledger({"unit_id": CODE, "credit_code": CODE}, office | {"unit_id": f"{CODE}~2"})
    after = ledger(office | {"unit_id": CODE}, {"unit_id": f"{CODE}~2", "credit_code": CODE})
    alone = ledger(office | {"unit_id": CODE})

    assert same_units(before, after) == {CODE: f"{CODE}~2", f"{CODE}~2": CODE}
    assert same_units(before, alone) == {f"{CODE}~2": CODE}


def test_shops_of_one_name_are_not_guessed() -> None:
    """Two of a name without codes: one stands where one stood, of the other nobody can tell.

    The other is known by name and township then: it is the only one of its name that is left.
    """
    before = ledger(*({"unit_id": f"a{i}", "address": f"{i}号"} for i in range(3)))
    after = ledger(*({"unit_id": f"b{i}", "address": f"{i}号"} for i in (2, 3, 4)))
    fewer = ledger(*({"unit_id": f"b{i}", "address": f"{i}号"} for i in (1, 2, 3)))

    assert same_units(before, after) == {"a2": "b2"}
    assert same_units(before, fewer) == {"a0": "b3", "a1": "b1", "a2": "b2"}


def test_a_move_is_another_township_or_another_place() -> None:
    """Another spelling of the address at the same spot is no move; 300 m away it is."""
    here = {"credit_code": CODE, "address": "一号", "lon": 105.0, "lat": 38.0}
    (was,) = ledger(here).values()

    def facts(**now: Any) -> tuple[UnitFact, ...]:
        (row,) = ledger(here | now).values()
        return facts_between(was, row)

    assert facts(address="东路一号") == ()
    assert facts(lat=38.0027) == ()  # the same address, found more exactly
    assert facts(address="二号", lat=38.0027) == (UnitFact.MOVED,)
    assert facts(township="西街道") == (UnitFact.MOVED,)


def test_what_a_unit_changed_of_itself() -> None:
    """Closed, back, renamed, more and fewer members; unknown counts say nothing."""
    (was,) = ledger({"credit_code": CODE, "operating_status": "operating"}).values()

    def facts(**now: Any) -> tuple[UnitFact, ...]:
        (row,) = ledger({"credit_code": CODE, "operating_status": "operating"} | now).values()
        return facts_between(was, row)

    assert facts(operating_status="closed") == (UnitFact.CLOSED,)
    assert facts(name="乙公司", full_members=3) == (UnitFact.RENAMED, UnitFact.MORE_MEMBERS)
    assert facts(full_members=0) == (UnitFact.FEWER_MEMBERS,)
    assert facts(full_members=None) == ()
    assert facts_between(None, was) == (UnitFact.NEW,)
    assert facts_between(was, None) == (UnitFact.GONE,)
