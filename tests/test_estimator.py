"""The scikit-learn face: by hand, and by scikit-learn's own checks."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pytest
from sklearn.base import clone
from sklearn.utils.estimator_checks import estimator_checks_generator

from lxgeo.policy import Policy
from lxgeo.scenario.estimator import JointBranches

FORBIDDEN = {
    "check_clustering": "a branch holds five units at most; the blobs that it asks for hold more",
}
"""Checks that the rules forbid to pass, each with its reason."""

NOT_ASKED = {"check_array_api_input"}
"""Checks of what it never claims, which scikit-learn skips."""

QUICK = JointBranches(effort="fast")
CHECKS = [
    check
    for _, check in estimator_checks_generator(QUICK, legacy=True)
    if getattr(check, "func", check).__name__ not in NOT_ASKED
]


def test_two_branches_and_one_left_out() -> None:
    """Three on a street 100 m apart, two with two members 50 m apart, one 9 km away.

    500 + 300 + 2 × (100 + 150) and 500 + (50 + 150), trades unknown: 0.5 × 300; left out 20,000.
    """
    metres = np.array([[0.0, 0], [100, 0], [3000, 0], [200, 0], [3050, 0], [9000, 0]])
    found = JointBranches().fit(metres, full_members=[1, 1, 2, 1, 2, 1])

    assert found.labels_.tolist() == [0, 0, 1, 0, 1, -1]
    assert found.cost_m_ == found.bound_m_ == 1300 + 700 + 20_000
    assert (found.n_branches_, found.gap_) == (2, 0)


def test_a_frame_brings_its_columns() -> None:
    """Members, trades and buildings come from the columns; a third dimension counts too."""
    frame = gpd.GeoDataFrame(
        {"full_members": [1, 2, 1], "industry_code": ["C3912"] * 3, "building_id": ["B"] * 3},
        geometry=gpd.points_from_xy([0, 10, 20], [0, 0, 0]),
    )
    found = JointBranches().fit(frame)
    high = JointBranches().fit(np.array([[0.0, 0, 0], [0, 0, 30], [0, 40, 30]]))

    # One building, one class: 500 to open, four members.
    assert (found.labels_.tolist(), found.cost_m_) == ([0, 0, 0], 500)
    # The second is 30 m from one and 40 m from the other.
    assert high.cost_m_ == 500 + 300 + 30 + 40 + 2 * 150


def test_settings_are_taken_and_faults_told() -> None:
    """A cap of two makes three of two members one pair and one left out; faults are told."""
    metres = np.array([[0.0, 0], [10, 0], [20, 0]])
    pairs = JointBranches(Policy(joint_max_units=2)).fit_predict(metres, full_members=[2, 2, 2])

    assert sorted(pairs.tolist()) == [-1, 0, 0]
    assert clone(JointBranches(Policy(joint_max_units=2))).policy.joint_max_units == 2
    for members in ([1, 1], [1, 1, -1], [1, 1, 0.5]):
        with pytest.raises(ValueError):  # noqa: PT011 - the sentences differ
            JointBranches().fit(metres, full_members=members)
    with pytest.raises(ValueError, match="effort"):
        JointBranches(effort="much").fit(metres)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: getattr(check, "func", check).__name__)
def test_scikit_learns_own_checks(check: Any) -> None:
    """All pass but those that the rules forbid; those must fail, or they are none."""
    name = getattr(check, "func", check).__name__
    if name in FORBIDDEN:
        with pytest.raises(AssertionError):
            check(clone(QUICK))
        return
    check(clone(QUICK))
