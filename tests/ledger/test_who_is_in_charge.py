"""What a ledger says of who is in charge of a unit, and of counts that are no staff nor members."""

from __future__ import annotations

import pandas as pd

from lxgeo.ledger import Sheet, clean
from lxgeo.model import Rule

_HEADS = (
    *("单位名称", "正式党员", "管理方式", "业务主管单位", "审批单位", "会员数"),
    *("兼职满6个月正式党员", "是否派驻党建指导员"),
)


def read(*cells: object) -> pd.Series:
    """Return the one unit whose cells, after its name and members, are given."""
    ledger, _ = clean([Sheet("甲", (_HEADS, ("甲协会", 1, *cells)))])
    return ledger.iloc[0]


def test_line_department_and_approver_are_read_as_they_stand() -> None:
    """归口 is sectoral; the department and the body that approves are told by name."""
    unit = read("归口管理", "区民政局", "区直机关工委", 120, 2, "是")

    assert unit[["line", "supervisor", "approver_named"]].tolist() == [
        "sectoral",
        "区民政局",
        "区直机关工委",
    ]
    assert unit[["association_members", "part_time_members"]].tolist() == [120, 2]
    assert bool(unit["instructor"]) is True


def test_what_is_blank_stays_unknown() -> None:
    """No line is guessed by the ledger: the rules decide by the unit's kind."""
    unit = read(None, None, None, None, None, None)
    fields = ["line", "supervisor", "association_members", "part_time_members", "instructor"]

    assert unit[fields].isna().all()
    assert unit["findings"] == ()


def test_a_count_that_is_no_number_is_told() -> None:
    """若干 members of an association are nobody's number."""
    unit = read(None, None, None, "若干", None, None)

    assert pd.isna(unit["association_members"])
    assert [(each.code, each.figures["written"]) for each in unit["findings"]] == [
        (Rule.VALUE_UNREADABLE, "若干")
    ]
