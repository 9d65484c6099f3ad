"""Next quarter on the demo: how many companions change, and what keeping them costs.

    python benchmarks/replan.py [fast|standard|best]

In the first quarter 3 % of the units are not there yet, in the second 3 % of the others are gone.
The second quarter is planned afresh, and once more keeping to the first. *Companions changed* is
the share of units, joined in both quarters, that have lost or gained a companion who was there in
both: who came or went is nobody's choice.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np

from lxgeo.decide import propose
from lxgeo.decide.replan import Former
from lxgeo.judge import evaluate
from lxgeo.model import Plan
from lxgeo.policy import Policy
from lxgeo.rules import existing_branches, triage
from lxgeo.scenario import Scenario, locate_scenario

DEMO = Path("data/boundaries/demo")
SHARE = 0.03


def companies(plan: Plan, known: set[str]) -> dict[str, frozenset[str]]:
    """Return, of each unit that is joined, its companions among those known."""
    units = plan.units[plan.units["outcome"].isin(["joint", "attached"])]
    together = units.groupby("branch_id")["unit_id"].agg(frozenset)
    pairs = zip(units["unit_id"], units["branch_id"], strict=True)
    return {unit: together[branch] & known for unit, branch in pairs if unit in known}


def hosts_of(plan: Plan) -> dict[str, str]:
    """Return unit → host of the plan's proposals: a unit, or the approved branch it joins."""
    branches = plan.branches.set_index("branch_id")
    units = plan.units[plan.units["outcome"].isin(["joint", "attached"])]
    return {
        unit: str(branches.loc[branch, "host_id"])
        if branches.loc[branch, "status"] == "proposed"
        else branch
        for unit, branch in zip(units["unit_id"], units["branch_id"], strict=True)
    }


def main() -> None:
    """Print what changes and what it costs."""
    effort = sys.argv[1] if len(sys.argv) > 1 else "standard"
    policy = Policy()
    found = locate_scenario(Scenario(DEMO / "ledger.xlsx", DEMO))
    drawn = np.random.default_rng(0).random(len(found.located))
    quarters = [found.located[drawn >= SHARE], found.located[drawn < 1 - SHARE]]
    first, second = (triage(each.reset_index(drop=True), found.areas, policy) for each in quarters)
    old = propose(
        first,
        existing_branches(first, found.areas, policy),
        policy,
        areas=found.areas,
        effort=effort,
    )
    standing = existing_branches(second, found.areas, policy)
    both = set(first["unit_id"]) & set(second["unit_id"])
    was = companies(old, both)
    cost = 0.0
    for name, former in (("fresh", None), ("kept to", Former(hosts_of(old)))):
        start = time.perf_counter()
        plan = propose(second, standing, policy, areas=found.areas, former=former, effort=effort)
        seconds = time.perf_counter() - start
        now = companies(plan, both)
        joined = [unit for unit in was if unit in now]
        changed = sum(was[unit] != now[unit] for unit in joined)
        figures = evaluate(plan).figures
        paid = float(str(figures["plan_cost_m"]))
        cost = cost or paid
        print(
            f"{name:8s} companions changed {changed}/{len(joined)} = {changed / len(joined):.1%}"
            f"  cost {paid:,.2f} m ({paid / cost - 1:+.2%})  left out {figures['left_out']}"
            f"  {seconds:.1f} s"
        )


if __name__ == "__main__":
    main()
