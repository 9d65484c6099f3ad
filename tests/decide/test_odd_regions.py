"""Regions as they are seldom: none is left at a first answer that may be far off."""

from __future__ import annotations

import numpy as np
import pytest
from odd_regions import KINDS, crowded, odd_region
from small_region import SmallRegion, region

from lxgeo.decide import solve as solving
from lxgeo.decide.plans.found import LEFT_OUT
from lxgeo.decide.solve import Answer, Task, solve

FAR_OFF = 0.05
CASES = [
    (kind, count, seed)
    for kind in sorted(KINDS)
    for count, seed in ((3, 1), (9, 1), (30, 1), (60, 2), (210, 1))
]
"""Tiny ones, middling ones, and one beyond what the standard effort tightens by itself."""


def never() -> bool:
    """Never stop."""
    return False


def gap_of(here: SmallRegion, answer: Answer) -> float:
    """Return how far the plan may be from the best, penalties not counted below the line."""
    alone = here.instance.node["alone_cm"][: len(here.sites)][answer.labels == LEFT_OUT].sum()
    return float((answer.cost_cm - answer.bound_cm) / max(1, answer.cost_cm - int(alone)))


@pytest.mark.parametrize(("kind", "count", "seed"), CASES)
def test_no_odd_region_stays_far_from_its_bound(kind: str, count: int, seed: int) -> None:
    """The standard effort: legal, bound below cost, at most 5 % left unproved."""
    here = odd_region(kind, count, seed)
    answer = answer_of(here)
    left_out = int((answer.labels == LEFT_OUT).sum())
    gap = gap_of(here, answer)

    assert here.cost_of(answer.labels) == answer.cost_cm
    assert 0 <= answer.bound_cm <= answer.cost_cm
    assert answer.left_out_min <= left_out
    assert gap <= FAR_OFF, f"{kind}, {count} units, seed {seed}: {gap:.1%}"


def test_what_is_far_off_is_tightened_whatever_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond what the standard effort tightens: only where the gap is too wide, and it helps."""
    here = odd_region("all_ones", 220, 1)
    near, far = (
        (monkeypatch.setattr(solving, "_NEVER_THE_LAST_WORD", share), answer_of(here))[1]
        for share in (0.05, 0.001)
    )

    assert 0.001 < gap_of(here, near) <= FAR_OFF
    assert gap_of(here, far) < gap_of(here, near)
    assert far.bound_cm > near.bound_cm
    assert far.cost_cm <= near.cost_cm


def answer_of(here: SmallRegion) -> Answer:
    """Return the standard effort's answer."""
    return solve(Task("one", here.instance, "standard", 0, never))


def test_a_crowded_region_takes_bounded_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few members fit beside large units: choices cut short by work stay legal and bounded."""
    here = region(crowded(np.random.default_rng(1), 60))
    whole = answer_of(here)
    monkeypatch.setattr(solving, "_WORK", 1)
    short = answer_of(here)

    assert here.cost_of(short.labels) == short.cost_cm
    assert 0 <= short.bound_cm <= whole.cost_cm <= short.cost_cm
    assert whole.bound_cm >= short.bound_cm
