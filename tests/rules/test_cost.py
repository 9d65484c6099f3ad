"""What a branch costs, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from lxgeo.policy import Policy
from lxgeo.rules import cost
from lxgeo.rules.cost import NOWHERE, Sites
from lxgeo.rules.trade import trade_levels


def sites(*rows: tuple[float, float, int, int, str]) -> Sites:
    """Return sites from (x, y, building, park, code), reach 1,200 m."""
    x, y, building, park, codes = zip(*rows, strict=True)
    return Sites(
        np.array(x, dtype=float),
        np.array(y, dtype=float),
        np.array(building, dtype=np.int32),
        np.array(park, dtype=np.int32),
        trade_levels(codes),
        np.full(len(rows), 1200.0),
    )


TOWN = sites(
    (0, 0, 1, 7, "C3912"),
    (300, 400, NOWHERE, 7, "C3919"),
    (0, 0, 1, NOWHERE, "I6510"),
    (0, 1300, NOWHERE, NOWHERE, ""),
)
"""500 m apart in one park; at one point in one building; 1,300 m north, trade unknown."""


def test_pairs_by_hand() -> None:
    """Distance counts half in one park, nothing in one building; 300 m by trade.

    To host 0: the second is 0.5·500 + 300·0.25 = 325 m, the third 0 + 300·1 = 300 m, the fourth
    1,300 + 300·0.5 = 1,450 m.
    """
    pairs = cost.pairs_cm(TOWN, TOWN, Policy())

    assert pairs[:, 0].tolist() == [0, 32_500, 30_000, 145_000]
    assert (pairs == pairs.T).all()


def test_reach_uses_the_plain_distance() -> None:
    """1,300 m is beyond 1,200 m, and the smaller of both limits decides; the limit itself is in."""
    reach = cost.within_reach(TOWN, TOWN)
    wide = Sites(
        *(getattr(TOWN, name) for name in ("x", "y", "building", "park", "trade")),
        limit_m=np.array([1300.0, 1200.0, 1200.0, 1300.0]),
    )

    assert reach[:, 0].tolist() == [True, True, True, False]
    assert cost.within_reach(wide, wide)[3].tolist() == [True, True, False, True]


def test_new_branch_by_hand() -> None:
    """500 to open, 300 if exactly three full members, and the pairs: 500 + 300 + 625 = 1,425 m."""
    pairs = np.array([0, 32_500, 30_000])

    assert cost.new_branch_cm(3, pairs, Policy()) == 142_500
    assert cost.new_branch_cm(4, pairs, Policy()) == 112_500
    assert cost.new_branch_cm(5, pairs, Policy(branch_m=0.0)) == 62_500


def test_joining_by_hand() -> None:
    """A joint branch opens for nothing, a standalone one for 800 m, once; nobody, nothing."""
    pairs = np.array([10_000, 20_000])

    assert cost.joining_cm(pairs, Policy(), standalone=False) == 30_000
    assert cost.joining_cm(pairs, Policy(), standalone=True) == 110_000
    assert cost.joining_cm(pairs[:0], Policy(), standalone=True) == 0


@pytest.mark.parametrize(
    ("metres", "expected"), [(0.0, 0), (0.004, 0), (0.005, 1), (1.0, 100), (12.345, 1235)]
)
def test_centimetres_round_halves_up(metres: float, expected: int) -> None:
    """Whole centimetres, halves upwards."""
    assert cost.to_cm(metres) == expected
    assert cost.to_m(expected) == pytest.approx(metres, abs=0.006)


def test_leaving_out_costs_ten_limits() -> None:
    """Ten times the township's limit, or as often as the policy says."""
    assert cost.left_out_cm(1200.0, Policy()) == 1_200_000
    assert cost.left_out_cm(1200.0, Policy(left_out_factor=2.0)) == 240_000


def test_taking_some_sites() -> None:
    """Taking sites keeps the order asked for."""
    some = TOWN.take(np.array([3, 1]))

    assert some.y.tolist() == [1300.0, 400.0]
    assert len(some) == 2
