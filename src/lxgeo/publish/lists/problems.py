"""What is wrong, unit by unit, and what to do about it: a list to be worked off."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from lxgeo.errors import Words
from lxgeo.model import Outcome
from lxgeo.publish.folder.release import Release
from lxgeo.publish.listing import NUMBER, Listing, Row, heads_of, heads_said, numbered, rows_of
from lxgeo.publish.lists.decisions import OVER_CAP
from lxgeo.publish.lists.papers import Papers
from lxgeo.publish.lists.states import IN_A_QUARTER, IN_HALF_A_YEAR, state_cells, state_heads
from lxgeo.publish.rows import cells
from lxgeo.tables import UNITS

_MEASURES = {
    Outcome.LEFT_OUT: Words(
        zh="由所在乡镇（街道）兜底管理；条件变化后重新测算",
        en="In the care of the township; plan again when things change",
    ),
    Outcome.NOT_LOCATED: Words(
        zh="补正经营地址或坐标后重新测算", en="Correct the address or coordinates, plan again"
    ),
    Outcome.UNKNOWN_MEMBERS: Words(
        zh="核实正式党员、预备党员人数", en="Find out full and probationary members"
    ),
}
"""Outcomes that are a problem in themselves, and what to do."""

_CHECK = Words(zh="逐项核实，改台账后重新测算", en="Check each point, correct the ledger")
_ASK = Words(zh="报上级党组织决定（见“需上级决定”）", en="For the superior (see For decision)")

_SHOWN = (("township", 12), ("name", 30), ("row", 14), ("full_members", 8), ("outcome", 12))
_WHO = (("approver", 16),)


def problems_sheet(papers: Papers) -> Listing:
    """Return 问题清单: units with a finding, without a position, members or place in a branch."""
    release, units = papers.release, papers.units
    problem = units["outcome"].isin(list(_MEASURES)) | papers.doubtful
    chosen = units[problem & (units["outcome"] != Outcome.EXCLUDED)]
    parts = zip(
        rows_of(chosen, UNITS, _SHOWN, release),
        _problems(chosen, release),
        _measures(chosen, papers),
        rows_of(chosen, UNITS, _WHO, release),
        _states(chosen, papers),
        strict=True,
    )
    what = heads_said(
        release, (Words("问题", "Problem"), 64, "text"), (Words("建议措施", "Measure"), 30, "text")
    )
    return Listing(
        sheet=release.say(Words(zh="问题清单", en="Problems")),
        title=release.say(Words(zh="问题清单", en="Problems")),
        note=release.say(Words(zh=f"共 {len(chosen)} 家", en=f"{len(chosen)} units")),
        heads=(
            *heads_said(release, NUMBER),
            *heads_of(UNITS, _SHOWN, release),
            *what,
            *heads_of(UNITS, _WHO, release),
            *state_heads(release),
        ),
        rows=tuple(
            numbered(
                (*unit, problem, measure, *who, *state)
                for unit, problem, measure, who, state in parts
            )
        ),
        nothing=release.say(Words(zh="没有问题。", en="There is no problem.")),
        paper="A3",
        frozen=3,
        tints=tuple(Outcome(each) for each in chosen["outcome"]),
        tinted=5,
        unprinted=1,
    )


def _problems(units: pd.DataFrame, release: Release) -> list[str]:
    """Return what is wrong: the reason where the outcome itself is the problem, and findings."""
    between = release.say(Words(zh="；", en="; "))
    problems = []
    for outcome, reason, finding in cells(units, ["outcome", "reason", "finding"]):
        found = str(finding or "")
        # A finding may be the reason itself: it is said once.
        why = str(reason) if outcome in _MEASURES and str(reason) not in found else ""
        problems.append(between.join(said for said in (why, found) if said))
    return problems


def _states(units: pd.DataFrame, papers: Papers) -> Iterator[Row]:
    """Yield how each problem stands: who is left out is looked at again in half a year."""
    for unit_id, outcome in cells(units, ["unit_id", "outcome"]):
        due = IN_HALF_A_YEAR if outcome == Outcome.LEFT_OUT else IN_A_QUARTER
        yield state_cells(papers, f"problem:{unit_id}", due)


def _measures(units: pd.DataFrame, papers: Papers) -> list[str]:
    asked = papers.found(*OVER_CAP)[units.index]
    return [
        papers.release.say(_ASK if ask else _MEASURES.get(Outcome(outcome), _CHECK))
        for ask, outcome in zip(asked, units["outcome"], strict=True)
    ]
