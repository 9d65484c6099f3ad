"""How far a plan is from the targets (目标) that its policy sets, each over a named denominator.

"90 % and 95 % respectively" can be read in two ways, and documents count over different units: both
are settings, and neither is chosen silently (`Policy.target_reading`, `Policy.target_over`).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

import pandas as pd

from lxgeo.judge.coverage import Standing, standing_after, standing_before
from lxgeo.model import Outcome, Plan, Rate, Rule
from lxgeo.rules.kinds import kinds_of
from lxgeo.rules.lists import key_units


@dataclass(frozen=True, slots=True)
class Target:
    """A target, and where the plan stands.

    Parameters
    ----------
    name
        ``enterprises``, ``social``, ``organisation`` or ``work``: put into words by `lxgeo.text`
        as ``target.NAME``.
    goal
        The share to be reached.
    before, after
        The rate as things stand and once the plan is approved.
    """

    name: str
    goal: float
    before: Rate
    after: Rate

    @property
    def missing(self) -> int:
        """How many more units it would take once the plan is approved."""
        # What 0.9 × 10 comes to is a little above 9.
        needed = ceil(round(self.goal * self.after.denominator, 6))
        return max(0, needed - self.after.numerator)


def targets(plan: Plan) -> tuple[Target, ...]:
    """Return the targets that the plan's policy sets; none where it sets none.

    Parameters
    ----------
    plan
        Units as `lxgeo.tables.PLANNED`.
    """
    policy, units = plan.policy, plan.units
    before, after = standing_before(plan, "aside"), standing_after(plan, "aside")
    counted = _denominator(plan, after)
    if policy.target_reading == "coverages":
        reached = _reached(units)
        asked = (
            ("organisation", counted, before.organised, after.organised),
            ("work", counted, before.organised | reached, after.organised | reached),
        )
    else:
        kinds = kinds_of(units["kind"], units["name"])
        social = pd.Series([kind.social for kind in kinds], index=units.index)
        asked = (
            ("enterprises", counted & ~social, before.organised, after.organised),
            ("social", counted & social, before.organised, after.organised),
        )
    goals = (policy.target_enterprise, policy.target_social)
    over = policy.target_over
    return tuple(
        Target(name, goal, _rate(name, was, of, over), _rate(name, will, of, over))
        for goal, (name, of, was, will) in zip(goals, asked, strict=True)
        if goal
    )


def _denominator(plan: Plan, standing: Standing) -> pd.Series:
    """Return which units the targets are counted over."""
    named = {
        "operating_units": standing.operating,
        "units_with_members": standing.with_members,
        "units_of_three": standing.of_three,
    }
    over = plan.policy.target_over
    return named[over] if over in named else standing.operating & key_units(plan.units, plan.policy)


def _reached(units: pd.DataFrame) -> pd.Series:
    """Return which units the Party's work reaches without an organisation.

    Those with an instructor or liaison officer, and those that a branch looks after.
    """
    looked_after = units["findings"].map(
        lambda findings: any(each.code is Rule.WORK_COVERAGE for each in findings)
    )
    sent = units["instructor"].fillna(value=False).astype(bool)
    operating = units["outcome"] != Outcome.EXCLUDED
    return operating & (looked_after.astype(bool) | sent)


def _rate(name: str, has: pd.Series, of: pd.Series, over: str) -> Rate:
    return Rate(name, int((has & of).sum()), int(of.sum()), over)
