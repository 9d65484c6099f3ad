"""What every list is made of: the plan's tables as published, and names to look up in them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import geopandas as gpd
import pandas as pd

from lxgeo.errors import Words
from lxgeo.ledger.corrections.worklist import Opinion, about
from lxgeo.model import Reason, Rule
from lxgeo.publish.folder.release import Release
from lxgeo.publish.rows import cells, plain

_SETTLED = frozenset({Rule.CONFIRMED, Rule.PINNED})
UNKNOWN_PLACE = Words(zh="（管辖不明）", en="(jurisdiction unknown)")


class Member(NamedTuple):
    """What the lists say of a unit wherever it is named.

    Parameters
    ----------
    unit_id, outcome
        Which unit, and what becomes of it.
    name
        Its name; its id where it has none.
    branch_id, township_id, approver
        Where it belongs; None where unknown.
    full_members
        None where unknown.
    is_host
        Whether it hosts its branch.
    """

    unit_id: str
    outcome: str
    name: str
    branch_id: str | None
    township_id: str | None
    approver: str | None
    full_members: int | None
    is_host: bool


@dataclass(frozen=True)
class Papers:
    """A release laid out for the lists.

    Parameters
    ----------
    release
        What is published.
    """

    release: Release

    @cached_property
    def units(self) -> gpd.GeoDataFrame:
        """`lxgeo.tables.UNITS` as published, with ``findings`` and ``total_members`` beside it."""
        words = self.release.published_units.reset_index(drop=True)
        planned = self.release.plan.units.set_index("unit_id")
        rows = planned.loc[words["unit_id"].tolist() if len(words) else []]
        return words.assign(
            findings=list(rows["findings"]),
            total_members=pd.Series(list(rows["total_members"]), dtype="Int64"),
        )

    @cached_property
    def branches(self) -> gpd.GeoDataFrame:
        """`lxgeo.tables.BRANCHES` as published."""
        return self.release.published_branches.reset_index(drop=True)

    @cached_property
    def branch_names(self) -> dict[str, str]:
        """Branch id → its name."""
        return dict(zip(self.branches["branch_id"], self.branches["name"], strict=True))

    @cached_property
    def unit_names(self) -> dict[str, str]:
        """Unit id → its name, the id itself where it has none."""
        return {member.unit_id: member.name for member in self.roll}

    @cached_property
    def _areas(self) -> dict[str, str]:
        """``township:ID`` and ``park:ID`` → the area's name."""
        layers = {"township": self.release.areas.townships, "park": self.release.areas.parks}
        return {
            f"{kind}:{each}": plain(name)
            for kind, layer in layers.items()
            for each, name in zip(layer["id"], layer["name"], strict=True)
        }

    def jurisdiction(self, code: Any) -> str:
        """Return a jurisdiction in words, such as ``township:T1|territorial`` as 甲街道 · 属地."""
        if pd.isna(code):
            return self.release.say(UNKNOWN_PLACE)
        area, _, line = str(code).rpartition("|")
        line, _, body = line.partition(":")  # who is in charge on that line, where it is known
        told = [self._areas.get(area, area), self.release.label("line", line), body]
        return " · ".join(each for each in told if each)

    @cached_property
    def by_township(self) -> dict[str, dict[str, Any]]:
        """The evaluation's counts: township id (empty where unknown) → column → count."""
        table: Any = self.release.evaluation.by_township
        keys = table["township_id"].fillna("").tolist()
        return dict(zip(keys, table.to_dict("records"), strict=True))

    @cached_property
    def opinions(self) -> dict[str, list[Opinion]]:
        """Unit id → what townships said of it, in the order it was read."""
        found: dict[str, list[Opinion]] = {}
        for each in self.release.opinions:
            found.setdefault(each.unit_id, []).append(each)
        return found

    @cached_property
    def places(self) -> dict[str, str]:
        """Unit id → its place in this plan, named as `about` does."""
        return {each.unit_id: about(each.outcome, each.branch_id) for each in self.roll}

    @cached_property
    def roll(self) -> tuple[Member, ...]:
        """Every unit as a `Member`, in ledger order."""
        return tuple(
            Member._make((*row[:2], row[2] or row[0], *row[3:]))
            for row in cells(self.units, Member._fields)
        )

    def members(self, branch_id: str) -> tuple[Member, ...]:
        """Return the units of a branch, in ledger order."""
        return self._by_branch.get(branch_id, ())

    @cached_property
    def _by_branch(self) -> dict[str, tuple[Member, ...]]:
        gathered: dict[str, list[Member]] = {}
        for member in self.roll:
            if member.branch_id is not None:
                gathered.setdefault(member.branch_id, []).append(member)
        return {branch_id: tuple(members) for branch_id, members in gathered.items()}

    @cached_property
    def doubtful(self) -> pd.Series:
        """Which units carry a finding that nobody has signed as right or settled by hand."""
        still = self.units["findings"].map(
            lambda reasons: any(each.code not in _SETTLED for each in reasons)
        )
        return self.units["finding"].notna() & still.astype(bool)

    def found(self, *codes: Rule) -> pd.Series:
        """Return which units carry one of these findings."""
        return self.units["findings"].map(lambda reasons: _any_of(reasons, codes)).astype(bool)


def _any_of(reasons: tuple[Reason, ...], codes: tuple[Rule, ...]) -> bool:
    return any(reason.code in codes for reason in reasons)
