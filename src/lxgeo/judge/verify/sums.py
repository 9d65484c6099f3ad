"""What the summary tells: costs of regions and plan, bounds, gaps and counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import floor, inf
from typing import Any

from lxgeo.judge.verify.breach import Breach, BreachCode
from lxgeo.judge.verify.costs import THIN, Books, told_cm
from lxgeo.judge.verify.facts import Branch, Facts, brings, is_number
from lxgeo.judge.verify.measure import ROUNDING_M
from lxgeo.model import Outcome

_GAP_ROUNDING = 1e-4
"""How far a published gap may be off."""


@dataclass(frozen=True)
class Account:
    """What a region (or the whole plan) costs by our own adding.

    Parameters
    ----------
    cost_cm, left_out_cm
        Whole cost, and the penalties in it, centimetres.
    must_join, left_out, transferred
        Units that the planner had to place, those that it could not, and those of them that go to
        their supervising department's organisation: these cost what units left out cost.
    """

    cost_cm: int = 0
    left_out_cm: int = 0
    must_join: int = 0
    left_out: int = 0
    transferred: int = 0

    def plus(self, other: Account) -> Account:
        """Return two accounts together."""
        return Account(
            self.cost_cm + other.cost_cm,
            self.left_out_cm + other.left_out_cm,
            self.must_join + other.must_join,
            self.left_out + other.left_out,
            self.transferred + other.transferred,
        )


def accounts(book: Books) -> Mapping[str, Account]:
    """Return jurisdiction → what it costs, for all where the plan decides something."""
    found: dict[str, Account] = {}
    facts = book.facts
    for unit in facts.unit.values():
        if not unit.must_join:
            continue
        out, moved = unit.outcome == Outcome.LEFT_OUT, unit.outcome == Outcome.TRANSFER
        nowhere = out or moved
        penalty = floor(100 * facts.policy.left_out_m(facts.limit_m(unit)) + 0.5) if nowhere else 0
        region = str(facts.region_of(unit))
        entry = Account(penalty, penalty, must_join=1, left_out=int(out), transferred=int(moved))
        found[region] = found.get(region, Account()).plus(entry)
    for branch in facts.branch.values():
        if branch.new_joint or branch.named in facts.joining:
            region = str(facts.region_of(branch))
            entry = Account(cost_cm=book.settled(branch))
            found[region] = found.get(region, Account()).plus(entry)
    return found


def regions(book: Books) -> Iterator[Breach]:
    """Every region costs what its branches and its units left out cost; its bound is below."""
    own = accounts(book)
    told = book.facts.regions
    for region in sorted(set(own) - set(told)):
        yield Breach.at(BreachCode.REGION_UNKNOWN, region, must_join=own[region].must_join)
    for region, row in told.items():
        account = own.get(region, Account())
        if told_cm(row.get("cost_m")) != account.cost_cm:
            yield Breach.at(
                BreachCode.REGION_COST_WRONG,
                region,
                told=_figure(row.get("cost_m")),
                cost_m=account.cost_cm / 100,
            )
        if row.get("must_join") != account.must_join:
            yield Breach.at(
                BreachCode.FIGURE_WRONG,
                f"{region} must_join",
                told=_figure(row.get("must_join")),
                found=account.must_join,
            )
        yield from _proof(region, row, account)


def plan(book: Books) -> Iterator[Breach]:
    """Check that the plan costs what its regions cost, its bound is theirs, and its gap follows."""
    summary = book.facts.summary
    account = sum_of(accounts(book))
    if told_cm(summary.get("plan_cost_m")) != account.cost_cm:
        yield Breach.at(
            BreachCode.PLAN_COST_WRONG,
            "plan_cost_m",
            told=_figure(summary.get("plan_cost_m")),
            cost_m=account.cost_cm / 100,
        )
    bounds = [row.get("bound_m") for row in book.facts.regions.values()]
    summed = sum(bound for bound in bounds if is_number(bound))
    bound = summary.get("bound_m")
    if not is_number(bound) or abs(bound - summed) > ROUNDING_M * (1 + len(bounds)):
        yield Breach.at(
            BreachCode.BOUND_WRONG, "bound_m", told=_figure(bound), bound_m=round(summed, 2)
        )
    else:
        yield from _proof("plan", {**summary, "cost_m": summary.get("plan_cost_m")}, account)


def sum_of(parts: Mapping[str, Account]) -> Account:
    """Return all accounts together."""
    whole = Account()
    for part in parts.values():
        whole = whole.plus(part)
    return whole


def _proof(where: str, row: Mapping[str, Any], account: Account) -> Iterator[Breach]:
    """Yield what is wrong with a bound, or with the gap that it leaves to the told cost."""
    cost, bound, gap = (row.get(name) for name in ("cost_m", "bound_m", "gap"))
    if not is_number(bound) or not is_number(cost) or not 0 <= bound <= cost + ROUNDING_M:
        yield Breach.at(BreachCode.BOUND_WRONG, where, told=_figure(bound), cost_m=_figure(cost))
        return
    above, base = round(cost - bound, 6), round(cost - account.left_out_cm / 100, 6)
    should = 0.0 if above <= 0 else above / base if base > 0 else inf
    endless = should == inf and (gap is None or gap == inf)
    if not endless and not (is_number(gap) and abs(gap - should) <= _GAP_ROUNDING):
        yield Breach.at(BreachCode.GAP_WRONG, where, told=_figure(gap), gap=round(should, 6))


def counts(book: Books) -> Iterator[Breach]:
    """Check that the summary counts branches and units as they stand in the files."""
    facts, summary = book.facts, book.facts.summary
    account = sum_of(accounts(book))
    new = [branch for branch in facts.branch.values() if branch.new_joint]
    joined = account.must_join - account.left_out - account.transferred
    found: dict[str, int] = {
        "joint_branches": len(new),
        "thin_branches": sum(_counted(branch, facts) == THIN for branch in new),
        "must_join": account.must_join,
        "left_out": account.left_out,
    }
    for name, figure in found.items():
        if summary.get(name) != figure:
            yield Breach.at(
                BreachCode.FIGURE_WRONG, name, told=_figure(summary.get(name)), found=figure
            )
    least = summary.get("left_out_min")
    if not is_number(least) or not 0 <= least <= account.left_out + account.transferred:
        yield Breach.at(
            BreachCode.FIGURE_WRONG, "left_out_min", told=_figure(least), found=account.left_out
        )
    mean = summary.get("mean_cost_m")
    should = (account.cost_cm - account.left_out_cm) / 100 / joined if joined else None
    if not _near(mean, should):
        yield Breach.at(
            BreachCode.FIGURE_WRONG,
            "mean_cost_m",
            told=_figure(mean),
            found=None if should is None else round(should, 2),
        )


def _counted(branch: Branch, facts: Facts) -> int | None:
    """Return the full members of a new branch that count towards its three."""
    if facts.policy.joint_basis == "full":
        return branch.full_members
    return sum(brings(unit, facts.policy) for unit in facts.members_of(branch))


def _near(told: object, should: float | None) -> bool:
    if should is None:
        return told is None or told == 0
    return is_number(told) and abs(told - should) <= ROUNDING_M


def _figure(value: object) -> str | int | float | None:
    """Return a JSON value as a breach's figure."""
    if value is None or isinstance(value, str | int | float):
        return value
    return str(value)


CHECKS = (regions, plan, counts)
