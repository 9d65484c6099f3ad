"""When a branch is legal."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from lxgeo.policy import Policy
from lxgeo.rules.legality import Draft, Fault, faults, full_members, legal, total_members

GOOD = Draft(
    full_members=(1, 1, 1),
    total_members=(1, 2, 1),
    jurisdictions=("township:T1|territorial",) * 3,
    distances_m=(0.0, 1200.0, 300.0),
    limits_m=(1200.0, 1200.0, 1200.0),
)


def test_three_neighbours_with_three_members_are_legal() -> None:
    """Everything at its limit is still legal."""
    assert legal(GOOD, Policy())
    assert faults(GOOD, Policy()) == ()


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"full_members": (1, 1, 0)}, Fault.TOO_FEW_MEMBERS),
        ({"total_members": (49, 1, 1)}, Fault.TOO_MANY_MEMBERS),
        ({"jurisdictions": ("a", "a", "b")}, Fault.TWO_JURISDICTIONS),
        ({"distances_m": (0.0, 1200.01, 300.0)}, Fault.TOO_FAR),
    ],
)
def test_each_rule_is_told_by_name(change: dict[str, tuple[float, ...]], expected: Fault) -> None:
    """One thing wrong, one fault."""
    assert faults(replace(GOOD, **change), Policy()) == (expected,)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("units", "most", "expected"),
    [
        (1, 5, (Fault.TOO_FEW_UNITS,)),
        (2, 5, ()),
        (5, 5, ()),
        (6, 5, (Fault.TOO_MANY_UNITS,)),
        (6, 6, ()),
    ],
)
def test_number_of_units(units: int, most: int, expected: tuple[Fault, ...]) -> None:
    """Two to five units, or to as many as the policy says; three members each are no excuse."""
    each = Draft((3,) * units, (3,) * units, ("a",) * units, (0.0,) * units, (1.0,) * units)

    assert faults(each, Policy(joint_max_units=most)) == expected


def test_every_fault_is_told_at_once() -> None:
    """One person's branch with nobody in it breaks two rules."""
    nobody = Draft((0,), (0,), ("a",), (0.0,), (1.0,))

    assert faults(nobody, Policy()) == (Fault.TOO_FEW_UNITS, Fault.TOO_FEW_MEMBERS)


def test_full_members_count_wherever_their_affiliation_is() -> None:
    """All full members; affiliated ones where only they are known; none where nothing is."""
    units = _counts(full=[2, 2, None, None], affiliated=[1, None, 1, None])

    assert full_members(units).tolist() == [2, 2, 1, 0]


def test_total_is_at_least_full_and_probationary() -> None:
    """A total of 9 stands; one of 1 beside 2 + 1 is raised to 3; unknown ones are added up."""
    units = _counts(
        full=[2, 2, 2, None],
        affiliated=[None, None, None, 1],
        probationary=[1, 1, None, 2],
        total=[9, 1, None, None],
    )

    assert total_members(units).tolist() == [9, 3, 2, 3]


def _counts(**columns: list[int | None]) -> pd.DataFrame:
    names = {name: f"{name}_members" for name in ("full", "affiliated", "probationary", "total")}
    rows = len(columns["full"])
    return pd.DataFrame(
        {
            column: pd.array(columns.get(name, [None] * rows), dtype="Int64")
            for name, column in names.items()
        }
    )
