"""Counties drawn at random, as the planner's tables.

A county has fifteen bodies that approve branches; their units lie on top of each other, so that
only the rules keep them apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
from hypothesis import strategies as st
from tables_by_hand import STANDALONE, existing, triaged

from lxgeo.model import Line, Reason, Rule
from lxgeo.policy import Policy

_LIMITS = {"T1": 1200.0, "T2": 1500.0, "T3": 2000.0}
_BODIES = (
    *(f"township:{name}|{line}" for name in _LIMITS for line in Line),
    *(f"park:{name}|{line}" for name in ("P1", "P2") for line in Line),
)
_CODES = ("C3912", "C3911", "C3921", "C4011", "C39", "I6510", "I65", "I", "", "9999")


@dataclass(frozen=True, eq=False, repr=False)
class County:
    """Units, approved branches and the rules' figures."""

    units: gpd.GeoDataFrame
    branches: gpd.GeoDataFrame
    policy: Policy

    @property
    def bodies(self) -> list[str]:
        """The bodies that have a unit to place."""
        return sorted(self.units.loc[self.units["outcome"].isna(), "jurisdiction"].unique())

    def shuffled(self, seed: int) -> County:
        """Return the same county from a ledger in another order."""
        units = self.units.sample(frac=1.0, random_state=seed)
        units["row"] = self.units["row"].tolist()
        return County(units, self.branches.sample(frac=1.0, random_state=seed), self.policy)


@st.composite
def counties(draw: st.DrawFn, *, bodies: int = 15, least: int = 1, most: int = 10) -> County:
    """Draw a county whose bodies have ``least`` to ``most`` units to place each.

    Few places, so that ties, shared buildings and full houses are common. Every other body also has
    two approved branches that nobody reaches: it then has to be planned as large regions are.
    """
    scale = draw(st.sampled_from([10.0, 400.0, 900.0] if most <= 10 else [250.0, 900.0]))
    units: list[dict[str, Any]] = []
    branches: list[dict[str, Any]] = []
    for number, body in enumerate(draw(st.permutations(_BODIES))[:bodies]):
        rows = draw(st.lists(_rows(body, scale, most), min_size=least, max_size=most))
        units += [{"unit_id": f"U{number:02d}{i:02d}", **row} for i, row in enumerate(rows)]
        hosts = draw(st.lists(_approved(body, scale), max_size=3))
        if draw(st.booleans()):
            hosts += [_far_away(body, 1), _far_away(body, 2)]
        for i, host in enumerate(hosts):
            branches.append({"branch_id": f"E{number:02d}{i}", **host})
    units += _bystanders(draw, branches)
    policy = draw(_policies())
    for branch in branches:
        branch["room"] = max(0, policy.joint_max_units - branch["units"])
    return County(triaged(*units), existing(*branches), policy)


def _places(scale: float, most: int = 10) -> st.SearchStrategy[tuple[float, float]]:
    edge = 3 if most <= 10 else 8
    numbers = st.integers(-edge, edge)
    return st.tuples(numbers, numbers).map(lambda at: (at[0] * scale, at[1] * scale))


@st.composite
def _rows(draw: st.DrawFn, body: str, scale: float, most: int) -> dict[str, Any]:
    full = draw(st.sampled_from([1, 1, 2]))
    probationary = draw(st.sampled_from([0, 0, 0, 0, 1, 3, 20, 46]))
    return {
        "at": draw(_places(scale, most)),
        "full_members": full,
        "affiliated_members": draw(st.sampled_from([None, None, 0, 1, full])),
        "probationary_members": probationary,
        "total_members": full + probationary,
        "building_id": draw(st.sampled_from([None, None, "B1", "B2"])),
        "industry_code": draw(st.sampled_from(_CODES)) or None,
        **_under(body, draw(st.sampled_from(sorted(_LIMITS))), draw(st.sampled_from([None, "P9"]))),
    }


def _under(body: str, township: str, park: str | None) -> dict[str, Any]:
    """Return what says who approves: a park's units may lie in any township."""
    kind, _, name = body.partition("|")[0].partition(":")
    township = name if kind == "township" else township
    return {
        "jurisdiction": body,
        "line": body.partition("|")[2],
        "township_id": township,
        "max_distance_m": _LIMITS[township],
        "park_id": name if kind == "park" else park,
    }


@st.composite
def _approved(draw: st.DrawFn, body: str, scale: float) -> dict[str, Any]:
    outcome = draw(st.sampled_from(["joint", "standalone"]))
    full = draw(st.sampled_from([1, 2, 3, 4, None] if outcome == "joint" else [3, 5, None]))
    total = draw(st.sampled_from([0, 0, 1, 40])) + (full or 3)
    return {
        "at": draw(st.one_of(_places(scale), st.none()) if draw(st.booleans()) else _places(scale)),
        "outcome": outcome,
        "jurisdiction": body,
        "full_members": full,
        "total_members": total,
        "units": 1 if outcome == "standalone" else draw(st.integers(2, 5)),
        "building_id": draw(st.sampled_from([None, "B1"])),
        "park_id": draw(st.sampled_from([None, "P9"])),
        "industry_code": None,  # known only of branches whose host stands in the ledger
        "max_distance_m": draw(st.sampled_from([1200.0, 1500.0])),
    }


def _far_away(body: str, number: int) -> dict[str, Any]:
    return {
        "at": (60_000.0 + 9_000.0 * number, 0.0),
        "outcome": "joint",
        "jurisdiction": body,
        "full_members": 3,
        "total_members": 3,
        "units": 2,
    }


def _bystanders(draw: st.DrawFn, branches: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield rows that are decided already, those inside approved standalone branches among them."""
    kept = {"max_distance_m": 1200.0}
    yield {"unit_id": "X1", "at": (0, 0), "full_members": 3, "outcome": "standalone"} | {
        "why": STANDALONE,
        "level": "branch",
    }
    nobody = Reason(Rule.NO_FULL_MEMBER)
    yield {"unit_id": "X2", "at": (0, 0), "full_members": 0, "outcome": "no_members"} | {
        "why": nobody
    }
    lost = Reason(Rule.NO_POSITION)
    yield {"unit_id": "X3", "at": None, "outcome": "not_located", "why": lost} | kept
    for branch in branches:
        if branch["outcome"] != "standalone" or branch["at"] is None or not draw(st.booleans()):
            continue
        unit_id = "X" + branch["branch_id"]
        branch |= {"unit_ids": unit_id, "host_id": unit_id, "full_members": 3, "total_members": 3}
        branch["industry_code"] = draw(st.sampled_from(_CODES)) or None
        shared = ("at", "jurisdiction", "building_id", "industry_code")
        row = {"unit_id": unit_id, "full_members": 3, "outcome": "existing"}
        row |= {name: branch[name] for name in shared}
        row |= _under(branch["jurisdiction"], "T1", branch["park_id"])
        branch |= {"park_id": row["park_id"], "max_distance_m": row["max_distance_m"]}
        yield row | {"why": Reason(Rule.APPROVED_BRANCH, {"branch": branch["branch_id"]})}


@st.composite
def _policies(draw: st.DrawFn) -> Policy:
    return Policy(
        joint_max_units=draw(st.sampled_from([5, 5, 5, 2, 3, 7])),
        joint_basis=draw(st.sampled_from(["full", "full", "affiliated"])),
        joint_by=draw(st.sampled_from(["near", "near_and_like", "near_or_like"])),
        like_trade=draw(st.sampled_from(["section", "division", "group", "class"])),
        unknown_trade=draw(st.sampled_from(["check", "unlike"])),
        like_reach=draw(st.sampled_from([2.0, 1.0, 1.25])),
        joint_min_full=draw(st.sampled_from([3, 3, 3, 2, 4])),
        branch_max_members=draw(st.sampled_from([50, 50, 6])),
        branch_m=draw(st.sampled_from([500.0, 0.0])),
        thin_m=draw(st.sampled_from([300.0, 0.0])),
        attach_m=draw(st.sampled_from([800.0, 0.0])),
        left_out_factor=draw(st.sampled_from([10.0, 0.5])),
        same_building=draw(st.sampled_from([0.0, 1.0])),
        same_park=draw(st.sampled_from([0.5, 1.0])),
    )
