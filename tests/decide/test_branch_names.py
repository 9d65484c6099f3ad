"""Suggested names: plain where one branch has the place to itself, numbered where not."""

from __future__ import annotations

import pytest

from lxgeo.decide.branches.names import JOINT, Wanted, in_chinese, settle

HOUSE = Wanted("创业大厦", JOINT)
PARK = Wanted("甲园", JOINT)


def test_alone_in_its_place() -> None:
    """One branch, one plain name."""
    assert settle([HOUSE, PARK], []) == ["创业大厦联合党支部", "甲园联合党支部"]


def test_several_share_a_place() -> None:
    """All of them are numbered, in order."""
    assert settle([HOUSE, PARK, HOUSE, HOUSE], []) == [
        "创业大厦第一联合党支部",
        "甲园联合党支部",
        "创业大厦第二联合党支部",
        "创业大厦第三联合党支部",
    ]


def test_an_approved_branch_keeps_its_name() -> None:
    """Where an approved branch bears the plain name, new ones count on from it."""
    assert settle([HOUSE, HOUSE], ["创业大厦联合党支部"]) == [
        "创业大厦第二联合党支部",
        "创业大厦第三联合党支部",
    ]
    assert settle([HOUSE], ["创业大厦联合党支部", "创业大厦第二联合党支部"]) == [
        "创业大厦第三联合党支部"
    ]


def test_no_name_twice() -> None:
    """A place that is itself called like a numbered branch still gets a name of its own."""
    odd = Wanted("创业大厦第一", JOINT)
    names = settle([HOUSE, HOUSE, odd], [])

    assert len(set(names)) == 3


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (1, "一"),
        (9, "九"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (21, "二十一"),
        (99, "九十九"),
        (100, "100"),
    ],
)
def test_numerals(number: int, expected: str) -> None:
    """Chinese below a hundred."""
    assert in_chinese(number) == expected
