"""What the form of an organisation says besides its kind: 挂靠商会党支部, 与宏达公司联合."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxgeo.ledger.sheets.privacy import without_persons
from lxgeo.ledger.sheets.traditional import simplified
from lxgeo.ledger.values.choices import branch_form
from lxgeo.ledger.values.wording import stated
from lxgeo.model import Outcome

_ORGANISATION = "(?:党总支部?|党支部|支部|总支部?|党委|委员会)"
_HOST = re.compile(rf"挂靠(?:在|于|到|至)?(?P<branch>.{{2,}}?{_ORGANISATION})")
_OF_ALL = re.compile(
    rf"(?:联合|联建)(?:党?支部)?[(:](?P<branch>.{{2,}}?{_ORGANISATION})\)?"
    rf"|(?:参加|纳入|编入|并入)(?P<joined>.{{2,}}?联合{_ORGANISATION})"
)
_PARTNER = re.compile(
    r"(?:与|同|和|跟)(?P<partner>.{2,}?)(?:等(?:\d+家)?(?:单位|企业)?)?(?:联合|联建|共建|合建).*"
)


@dataclass(frozen=True, slots=True)
class Form:
    """A form as a cell states it.

    Parameters
    ----------
    kind
        Which kind of organisation; None where the cell names none.
    branch
        The branch that it names (挂靠商会党支部).
    partner
        The unit that it is joined with (与宏达公司联合).
    """

    kind: Outcome | None = None
    branch: str | None = None
    partner: str | None = None


def form_said(cell: object) -> Form:
    """Return what a cell says of the form of an organisation."""
    said = stated(cell)
    if said is None:
        return Form()
    kind = branch_form(said)
    # Characters are turned one for one: what is found in one script stands there in the other.
    text = simplified(said)
    if match := _HOST.fullmatch(text) or _OF_ALL.fullmatch(text):
        name = "branch" if match["branch"] else "joined"
        start, end = match.span(name)
        return Form(kind, branch=without_persons(said[start:end]) or None)
    if match := _PARTNER.fullmatch(text):
        start, end = match.span("partner")
        return Form(kind or Outcome.JOINT, partner=without_persons(said[start:end]) or None)
    return Form(kind)


_GONE = re.compile(
    "(?<![未无非没])(?:注销|吊销|撤销|停业|歇业|倒闭|破产|空壳|僵尸|查无|失联|迁出|外迁|搬离|搬迁|关闭)"
)
_IN_BRACKETS = re.compile(r"\(([^()]*)\)")


def state_in_name(name: str | None) -> str | None:
    """Return the word of a state in a name's brackets, 宏达公司(已注销); None where none is."""
    if name is None or "(" not in name:
        return None
    return next((word for note in _IN_BRACKETS.findall(name) if (word := state_word(note))), None)


def state_word(text: str | None) -> str | None:
    """Return the first word in a text that says that a unit is not at work; None if none does."""
    match = _GONE.search(simplified(text)) if text else None
    return match[0] if match else None
