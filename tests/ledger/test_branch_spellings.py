"""A branch misspelt by a letter is asked about in its own place, and never joined."""

from __future__ import annotations

import pytest

from lxgeo.ledger import clean
from lxgeo.ledger.sheets.sheet import Sheet
from lxgeo.model import Rule

HEADER = ("单位名称", "地址", "正式党员", "是否建立党组织", "所在党组织", "所属街道")


def asked(*branches: str, townships: tuple[str, ...] = ()) -> list[str | None]:
    """Return for every unit the branch that it is asked about, if any."""
    places = townships or ("城关街道",) * len(branches)
    rows = (
        (f"单位{i}号公司", f"{i}号", 1, "是", branch, place)
        for i, (branch, place) in enumerate(zip(branches, places, strict=True))
    )
    ledger, _ = clean([Sheet("甲", (HEADER, *rows))])
    assert ledger["branch_named"].tolist() == list(branches)
    return [
        next((str(f.figures["name"]) for f in each if f.code is Rule.SAME_BRANCH_MAYBE), None)
        for each in ledger["findings"]
    ]


USUAL = "东门创业大厦联合党支部"


@pytest.mark.parametrize(
    "slip",
    [
        "东门创业大夏联合党支部",
        "东门创业大厦厦联合党支部",
        "东门创业大联合支部",
        "中共东门创亚大厦联合党支部",
    ],
)
def test_a_slip_of_one_letter_is_asked_about(slip: str) -> None:
    """Another letter, one too many, one too few, in other words too: the rarer one asks."""
    assert asked(slip, USUAL, USUAL) == [USUAL, None, None]


@pytest.mark.parametrize(
    "other",
    [
        "东门创业小厦联合党支部",  # 大 and 小 are told apart on purpose
        "东门创业大厦一联合党支部",
        "东门创业大厦B联合党支部",
        "东门创新大夏联合党支部",  # two letters
        "东门创业大夏党支部",  # not a joint one
    ],
)
def test_what_differs_on_purpose_is_not_asked_about(other: str) -> None:
    """Numbers, directions, another form, two letters: another branch."""
    assert asked(other, USUAL, USUAL) == [None, None, None]


def test_short_names_are_not_asked_about() -> None:
    """李村 and 王村 are two villages."""
    assert asked("李家村党支部", "王家村党支部", "王家村党支部") == [None, None, None]


def test_another_township_has_branches_of_its_own() -> None:
    """The same slip elsewhere is another branch."""
    places = ("城北街道", "城关街道", "城关街道")

    assert asked("东门创业大夏联合党支部", USUAL, USUAL, townships=places) == [None, None, None]


def test_of_two_joint_branches_of_one_unit_the_later_asks() -> None:
    """No joint branch has a single unit; a unit's own branch may be called nearly as another's."""
    assert asked(USUAL, "东门创业大夏联合党支部") == [None, USUAL]
    assert asked("宏达机械党支部", "宏达机诫党支部") == [None, None]


def test_the_most_usual_of_several_is_meant() -> None:
    """A slip is near to two: it is asked about the one that more units name."""
    assert asked(
        "东门创业大夏联合党支部", "东门创业大厦联合党支部", USUAL, USUAL, "东门创业大楼联合党支部"
    ) == [
        USUAL,
        None,
        None,
        None,
        USUAL,
    ]
