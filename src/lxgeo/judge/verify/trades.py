"""Trades by their codes (GB/T 4754): how far apart two are, and what they let share a branch.

``joint_by`` of the policy: whoever is near (地域相邻); near and of like trade (业务相近、地域相邻);
or near, and those of like trade farther (区域相邻或行业相近).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxgeo.judge.verify.breach import Breach, BreachCode
from lxgeo.judge.verify.facts import Branch, Facts
from lxgeo.policy import Policy

_CODE = re.compile(r"[A-T]([0-9]{2,4})?")
_LENGTHS = {"section": 1, "division": 3, "group": 4, "class": 5}
"""Level of a code → its letters and digits down to it."""
_SHARED = ((5, 0.0), (4, 0.25), (3, 0.5))
"""Letters and digits of a code that are shared → distance between the trades."""
_UNKNOWN_TRADE = 0.5


def trade_gap(one: str | None, other: str | None) -> float:
    """Return how far apart two trades are, from 0 (one class) to 1 (no section shared).

    By the deepest level that both codes are known to share; a half where one is unknown.
    """
    here, there = _code(one), _code(other)
    if not (here and there):
        return _UNKNOWN_TRADE
    for length, gap in _SHARED:
        if len(here) >= length <= len(there) and here[:length] == there[:length]:
            return gap
    return 0.75 if here[0] == there[0] else 1.0


def alike(one: str | None, other: str | None, policy: Policy) -> bool | None:
    """Return whether two trades are alike, None where their codes do not tell."""
    length = _LENGTHS[policy.like_trade]
    here, there = _code(one)[:length], _code(other)[:length]
    known = min(len(here), len(there))
    if here[:known] != there[:known]:
        return False
    return True if known == length else None


def times_the_limit(one: str | None, other: str | None, policy: Policy) -> float:
    """Return how many distance limits two of these trades may be apart."""
    farther = policy.joint_by == "near_or_like" and alike(one, other, policy)
    return policy.like_reach if farther else 1.0


def too_unlike(one: str | None, other: str | None, policy: Policy) -> bool:
    """Return whether trade alone keeps two from sharing a branch."""
    if policy.joint_by != "near_and_like":
        return False
    told = alike(one, other, policy)
    return policy.unknown_trade == "unlike" if told is None else not told


def code_of_host(branch: Branch, facts: Facts) -> str | None:
    """Return the trade of a branch's host, None where no row of the ledger tells it."""
    host = facts.unit.get(branch.host_id or "")
    return None if host is None else host.industry_code


def like_hosts(facts: Facts) -> Iterator[Breach]:
    """Every unit is of like trade with its host, where the policy asks for that."""
    for branch in facts.branch.values():
        code = code_of_host(branch, facts)
        for unit in facts.joining.get(branch.named, ()):
            host = unit.unit_id == branch.host_id
            if not host and too_unlike(unit.industry_code, code, facts.policy):
                yield Breach.at(
                    BreachCode.UNLIKE_TRADE,
                    unit.named,
                    branch=branch.named,
                    told=unit.industry_code,
                    should=code,
                )


def _code(text: str | None) -> str:
    """Return a code, or nothing where a text is none."""
    return text if text is not None and _CODE.fullmatch(text) else ""


CHECKS = (like_hosts,)
