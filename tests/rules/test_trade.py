"""Trades: the distance between two GB/T 4754 codes."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from lxgeo.rules.trade import shared_trade, trade_gap, trade_levels


def gap(one: object, other: object) -> float:
    """Return the gap between two codes."""
    levels = trade_levels([one, other])
    return float(trade_gap(levels[0], levels[1]))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("C3912", "C3912", 0.0),  # one class
        ("C3912", "C3919", 0.25),  # one group, 391
        ("C3912", "C3921", 0.5),  # one division, 39
        ("C3912", "C4011", 0.75),  # one section, C
        ("C3912", "I6510", 1.0),  # nothing
        ("C39", "C3912", 0.5),  # the short code tells the division, no more
        ("C39", "C39", 0.5),  # two short codes may mean different groups
        ("C391", "C3912", 0.25),
        ("C391", "C391", 0.25),
        ("C", "C3912", 0.75),
        ("C", "C", 0.75),
        ("C39", "C40", 0.75),
        ("A01", "B01", 1.0),  # same digits under another section share nothing
    ],
)
def test_gap_follows_the_deepest_level_known_to_be_shared(
    one: str, other: str, expected: float
) -> None:
    """A code shares no level that its digits don't reach."""
    assert gap(one, other) == expected
    assert gap(other, one) == expected


@pytest.mark.parametrize("unknown", ["", None, np.nan, "3912", "c3912", "C3", "C39123", "Z39", 39])
def test_what_is_no_code_is_unknown(unknown: object) -> None:
    """An unknown trade is half a trade away from any, itself included."""
    assert gap(unknown, "C3912") == 0.5
    assert gap(unknown, unknown) == 0.5


def test_gaps_broadcast() -> None:
    """Many against many gives a table: three units by two hosts."""
    units = trade_levels(["C3912", "C39", ""])
    hosts = trade_levels(["C3911", "I6510"])

    table = trade_gap(units[:, None, :], hosts[None, :, :])

    assert table.tolist() == [[0.25, 1.0], [0.5, 1.0], [0.5, 0.5]]


def test_no_codes_at_all() -> None:
    """An empty list is an empty table."""
    assert trade_levels([]).shape == (0, 4)


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (["C3912", "C3912"], "C3912"),
        (["C3912", "C3919"], "C391"),
        (["C3912", "C39"], "C39"),
        (["C3912", "C3921", "C40"], "C"),
        (["C3912", "I6510"], ""),
        (["C3912", ""], ""),
        (["C3912", np.nan], ""),
        ([], ""),
    ],
)
def test_shared_trade_is_the_longest_code_over_all(codes: list[object], expected: str) -> None:
    """What all are known to lie under; one unknown trade and nothing is known."""
    assert shared_trade(codes) == expected


def test_shared_trade_and_gap_agree() -> None:
    """Two known trades share a code as long as their gap says."""
    codes = ["C", "C39", "C391", "C3912", "C3919", "C40", "I65", "I6510"]
    length = {1.0: 0, 0.75: 1, 0.5: 3, 0.25: 4, 0.0: 5}

    for one, other in product(codes, codes):
        assert len(shared_trade([one, other])) == length[gap(one, other)]
