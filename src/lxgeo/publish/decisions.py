"""What only a superior can decide: places under several jurisdictions, branches over their cap."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from lxgeo.model import Outcome, Rule
from lxgeo.publish.papers import Papers

_MUST_JOIN = (Outcome.JOINT, Outcome.ATTACHED, Outcome.TRANSFER, Outcome.LEFT_OUT)
_PLACES = ("building", "park")
OVER_CAP = (
    *(Rule.JOINT_OVER_CAP, Rule.THREE_INSIDE_JOINT),
    *(Rule.JOINT_UNDER_THREE, Rule.JOINT_OF_ONE),
)
"""Findings on approved branches: they are locked, so a superior must say what becomes of them."""


@dataclass(frozen=True, slots=True)
class SplitPlace:
    """A building or park whose must-join units stand under several jurisdictions.

    Parameters
    ----------
    kind, name
        ``building`` or ``park``, and what it is called.
    jurisdictions
        Who is in charge of its must-join units, as codes, sorted.
    units
        Names of its must-join units, in ledger order.
    full_members
        Their full members together.
    left_out
        How many of them no branch could take.
    gains
        How many of those left out could be taken in at most, were they under one jurisdiction:
        all, where the place's full members suffice for a branch, else none.
    """

    kind: str
    name: str
    jurisdictions: tuple[str, ...]
    units: tuple[str, ...]
    full_members: int
    left_out: int
    gains: int


@dataclass(frozen=True, slots=True)
class LockedBranch:
    """An approved branch that the rules would now shape otherwise.

    Parameters
    ----------
    name, jurisdiction
        Which branch, and the code of who is in charge.
    members
        Names of its units in the ledger.
    findings
        What is wrong with it, in words; each once.
    units, full_members
        How large it is.
    proposed
        Outcomes that the rules would propose for its units, each once.
    """

    name: str
    jurisdiction: Any
    members: tuple[str, ...]
    findings: tuple[str, ...]
    units: int
    full_members: int | None
    proposed: tuple[str, ...]


def split_places(papers: Papers) -> list[SplitPlace]:
    """Return buildings and parks that jurisdictions divide; those that would gain most first."""
    joining = papers.units[papers.units["outcome"].isin(_MUST_JOIN)]
    found: list[SplitPlace] = []
    for kind in _PLACES:
        inside = joining[joining[f"{kind}_id"].notna() & joining["jurisdiction"].notna()]
        for place_id, units in inside.groupby(f"{kind}_id", sort=True):
            if len(set(units["jurisdiction"])) > 1:
                found.append(_split(papers, kind, str(place_id), units))
    return sorted(found, key=lambda each: (-each.gains, -each.left_out, -each.full_members))


def _split(papers: Papers, kind: str, place_id: str, units: pd.DataFrame) -> SplitPlace:
    named = units[kind].dropna()
    full = int(units["full_members"].fillna(units["affiliated_members"]).fillna(0).sum())
    left_out = int((units["outcome"] == Outcome.LEFT_OUT).sum())
    enough = full >= papers.release.plan.policy.joint_min_full
    return SplitPlace(
        kind=kind,
        name=str(named.iloc[0]) if len(named) else place_id,
        jurisdictions=tuple(sorted(units["jurisdiction"].unique())),
        units=tuple(papers.unit_names[each] for each in units["unit_id"]),
        full_members=full,
        left_out=left_out,
        gains=left_out if enough else 0,
    )


def locked_branches(papers: Papers) -> list[LockedBranch]:
    """Return approved branches with a finding, in the order of the branches."""
    return list(_locked(papers))


def _locked(papers: Papers) -> Iterator[LockedBranch]:
    faulty = papers.units[papers.found(*OVER_CAP)].groupby("branch_id")
    for branch in papers.branches.itertuples():
        if branch.branch_id not in faulty.groups:
            continue
        inside = faulty.get_group(branch.branch_id)
        yield LockedBranch(
            name=str(branch.name),
            jurisdiction=branch.jurisdiction,
            members=tuple(each.name for each in papers.members(str(branch.branch_id))),
            findings=tuple(dict.fromkeys(inside["finding"].dropna())),
            units=len(inside) if pd.isna(branch.units) else int(str(branch.units)),
            full_members=None if pd.isna(branch.full_members) else int(str(branch.full_members)),
            proposed=tuple(dict.fromkeys(inside["proposed_outcome"].dropna())),
        )
