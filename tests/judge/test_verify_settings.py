"""What the judge allows a unit depends on the policy that the plan says it was made under."""

from __future__ import annotations

from typing import Any

import pytest
from hand_plan import hand_plan

from lxgeo.judge import BreachCode, verify
from lxgeo.policy import Policy


def unfounded(outcome: str, settings: dict[str, object], **unit: Any) -> bool:
    """Return whether U9, so changed, has an outcome that its counts don't allow."""
    script = hand_plan()
    script.units["U9"] |= {"outcome": outcome, **unit}
    script.summary["policy"] = Policy.from_mapping(settings).as_mapping()
    script.settle()
    found = verify(script.tables())
    return any(each.code is BreachCode.OUTCOME_UNFOUNDED for each in found)


@pytest.mark.parametrize(
    ("outcome", "settings", "unit"),
    [
        (
            "standalone",
            {"standalone_basis": "total"},
            {"full_members": 2, "probationary_members": 1},
        ),
        (
            "standalone",
            {"standalone_basis": "full"},
            {"full_members": 4, "affiliated_members": 1},
        ),
        ("temporary", {"count_part_time": True}, {"full_members": 2}),
        (
            "not_located",
            {"stable_only": True},
            {"full_members": 4, "operating_status": "suspended"},
        ),
        ("not_located", {"family_rule": "bar"}, {"full_members": 4}),
    ],
)
def test_an_outcome_stands_only_under_the_policy_that_allows_it(
    outcome: str, settings: dict[str, object], unit: dict[str, Any]
) -> None:
    """Allowed with the setting, unfounded under the national policy."""
    assert not unfounded(outcome, settings, **unit)
    assert unfounded(outcome, {}, **unit)


def test_a_unit_at_work_is_barred_by_no_rule_of_stability() -> None:
    """Four members and operating: under 乌当's rule of stability too it must stand alone."""
    assert unfounded("not_located", {"stable_only": True}, full_members=4)


@pytest.mark.parametrize(
    ("transfer", "line", "legal"),
    [(True, "sectoral", True), (True, "territorial", False), (False, "sectoral", False)],
)
def test_members_transfer_only_where_the_policy_lets_them(
    *, transfer: bool, line: str, legal: bool
) -> None:
    """U8 to its supervisor's organisation: on the sectoral line, under a policy that says so."""
    script = hand_plan()
    script.units["U8"] |= {"outcome": "transfer", "jurisdiction": f"township:T1|{line}"}
    script.summary["policy"]["transfer"] = transfer
    found = {each.code for each in verify(script.tables())}

    assert (BreachCode.TRANSFER_UNFOUNDED not in found) is legal


def test_whose_members_make_three_is_the_policys() -> None:
    """1 + 1 + 1, one of them affiliated elsewhere: three in all, two affiliated here."""
    script = hand_plan()
    script.units["U4"]["affiliated_members"] = 0
    assert verify(script.tables()) == ()

    script.summary["policy"]["joint_basis"] = "affiliated"
    assert BreachCode.TOO_FEW_MEMBERS in {each.code for each in verify(script.tables())}
