"""What a plan asks an office to do: one task a branch to be approved."""

from __future__ import annotations

from dataclasses import dataclass

from lxgeo.errors import Words
from lxgeo.ledger.corrections.worklist import task_key
from lxgeo.model import Outcome
from lxgeo.policy import Policy
from lxgeo.publish.lists.papers import Member, Papers
from lxgeo.tables import BranchStatus

_WHAT = {
    Outcome.JOINT: Words(
        zh="征求各单位意见，报批成立联合党支部，明确书记人选和活动场所",
        en="Ask the units, apply for the joint branch, settle its secretary post and room",
    ),
    Outcome.ATTACHED: Words(
        zh="商依托党组织同意后，报批挂靠", en="Ask the host branch's consent, apply to attach"
    ),
    Outcome.STANDALONE: Words(zh="应建尽建，报批单独成立", en="Apply for a branch of its own"),
    Outcome.TEMPORARY: Words(
        zh="先转接组织关系；暂不能转的，请上级确定设临时党组织还是功能型党组织",
        en="Transfer affiliations first; else ask which organisation to apply for: temporary or "
        "functional",
    ),
    Outcome.TRANSFER: Words(
        zh="党员组织关系转入业务主管单位党组织",
        en="Transfer the members to the supervising department's organisation",
    ),
}
"""What each outcome asks for; outcomes that ask for nothing are not in it."""

_UNAFFILIATED = {
    "ask": _WHAT[Outcome.TEMPORARY],
    "temporary": Words(
        zh="先转接组织关系；暂不能转的，报批成立临时党组织",
        en="Transfer affiliations first; else apply for a temporary organisation",
    ),
    "functional": Words(
        zh="先转接组织关系；暂不能转的，报批成立功能型党组织",
        en="Transfer affiliations first; else apply for a functional organisation",
    ),
}
"""What units ask for whose members are affiliated elsewhere, by the policy's ``unaffiliated``."""

_JOINING = Words(zh="报批加入现有联合党支部", en="Apply to join the existing joint branch")


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to be approved.

    Parameters
    ----------
    key
        The same task has the same from run to run.
    outcome
        What it makes of its units.
    name
        The branch's suggested name; empty where the plan names none.
    units, unit_ids
        Names and ids of the units concerned, in ledger order.
    full_members
        Their full members together, where all are known.
    approver
        The body that would approve.
    what
        What to do.
    """

    key: str
    outcome: Outcome
    name: str
    units: tuple[str, ...]
    unit_ids: tuple[str, ...]
    full_members: int | None
    approver: str | None
    what: Words


def tasks(papers: Papers) -> list[Task]:
    """Return the plan's tasks: joint branches first, then attachments, then single units."""
    together: dict[tuple[str, str], list[Member]] = {}
    for member in papers.roll:
        # A unit without a branch is a task of its own.
        key = member.branch_id or f"unit {member.unit_id}"
        together.setdefault((member.outcome, key), []).append(member)
    order = {str(outcome): place for place, outcome in enumerate(_WHAT)}
    asked = [key for key in together if key[0] in order]
    existing = _existing(papers)
    return [
        _task(papers, Outcome(outcome), branch_id, together[outcome, branch_id], existing)
        for outcome, branch_id in sorted(asked, key=lambda key: order[key[0]])
    ]


def _task(
    papers: Papers, outcome: Outcome, branch_id: str, members: list[Member], existing: set[str]
) -> Task:
    counts = [each.full_members for each in members if each.full_members is not None]
    approvers = [each.approver for each in members if each.approver is not None]
    joins = outcome is Outcome.JOINT and branch_id in existing
    return Task(
        key=task_key(
            outcome,
            branch_id.removeprefix("unit "),
            (each.unit_id for each in members) if branch_id in existing else (),
        ),
        outcome=outcome,
        name=papers.branch_names.get(branch_id, ""),
        units=tuple(each.name for each in members),
        unit_ids=tuple(each.unit_id for each in members),
        full_members=sum(counts) if len(counts) == len(members) else None,
        approver=approvers[0] if approvers else None,
        what=_JOINING if joins else _what(outcome, papers.release.plan.policy),
    )


def _what(outcome: Outcome, policy: Policy) -> Words:
    temporary = outcome is Outcome.TEMPORARY
    return _UNAFFILIATED[policy.unaffiliated] if temporary else _WHAT[outcome]


def _existing(papers: Papers) -> set[str]:
    standing = papers.branches["status"] == BranchStatus.EXISTING
    return set(papers.branches.loc[standing, "branch_id"])
