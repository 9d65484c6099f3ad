"""One unit's cells read: every value that can be read, every doubt a finding."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from lxgeo.ledger.sheets.body import UNCALCULATED
from lxgeo.ledger.sheets.privacy import quoted, without_persons
from lxgeo.ledger.values import choices, coordinates, forms
from lxgeo.ledger.values.wording import squeeze, stated
from lxgeo.model import Datum, Line, OperatingStatus, Reason, Rule

ERRORS = frozenset(
    {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA"}
    | {
        UNCALCULATED,
        "#SPILL!",
        "#CALC!",
        "#BLOCKED!",
        "#FIELD!",
        "#UNKNOWN!",
        "#CONNECT!",
        "#BUSY!",
    }
)
"""What a spreadsheet shows where a formula failed: no text, whatever the column."""


def text(cell: object) -> str | None:
    """Return a cell's tidy text without persons' numbers; None where it states nothing."""
    said = stated(cell)
    return None if said is None or said in ERRORS else without_persons(said) or None


def quote(rule: Rule, field: str, cell: object) -> Reason:
    """Return a reason that quotes a cell."""
    return Reason(rule, {"field": field, "written": quoted(cell)})


def position(
    cells: Mapping[str, object], datum: Datum | None
) -> tuple[coordinates.Position, Datum | None, list[Reason]]:
    """Return a unit's position, its datum, and what is to be settled.

    Parameters
    ----------
    cells
        The unit's cells by field.
    datum
        The datum of coordinates that the unit doesn't declare.
    """
    place = coordinates.position(cells.get("lon"), cells.get("lat"), cells.get("coordinates"))
    if not place.unreadable:
        return place, coordinates.datum(cells.get("datum")) or datum, []
    said = [quoted(cells.get(name)) for name in ("lon", "lat", "coordinates")]
    figures = {"field": "lon, lat", "written": ", ".join(text for text in said if text)}
    return place, None, [Reason(Rule.COORDINATES_UNREADABLE, figures)]


def state(cells: Mapping[str, object]) -> tuple[dict[str, Any], list[Reason]]:
    """Return what the ledger's words say: status, line, kin, and the organisation as it stands."""
    findings: list[Reason] = []

    def read(field: str, reader: Callable[[object], Any]) -> Any:
        cell = cells.get(field)
        value = reader(cell)
        if value is None and stated(cell) is not None:
            findings.append(quote(Rule.VALUE_UNREADABLE, field, cells.get(field)))
        return value

    said = forms.form_said(cells.get("branch_kind"))
    branch = text(cells.get("branch_named"))
    branch = None if branch is not None and squeeze(branch) in {"否", "×", "x", "0"} else branch
    branch = branch or said.branch
    if said.partner is not None and branch is None:
        findings.append(Reason(Rule.JOINT_WITH, {"partner": said.partner}))
    form = read("branch_kind", _form)
    organised = read("organised", _organised)
    found = {
        "operating_status": read("operating_status", choices.operating_status)
        or OperatingStatus.OPERATING,
        "line": read("line", choices.line),
        "instructor": read("instructor", choices.yes_or_no),
        "kin_majority": read("kin_majority", choices.yes_or_no),
        "organised": True if organised is None and branch else organised,
        "branch_named": branch,
        "branch_kind": form
        or choices.branch_form(cells.get("organised"))
        or choices.branch_form_by_name(branch),
    }
    return {name: _plain(value) for name, value in found.items()}, findings


def _form(cell: object) -> Any:
    """Return the form of organisation; a no (否, ×, 未建) says that there is none."""
    form = choices.branch_form(cell)
    return False if form is None and choices.yes_or_no(cell) is False else form


def said_elsewhere(remarks: object, name: object, status: OperatingStatus) -> Iterator[Reason]:
    """Yield where name or remarks say that the unit is gone and its state says that it is not."""
    if status != OperatingStatus.OPERATING:
        return
    said = (
        ("name", forms.state_in_name(None if name is None else str(name))),
        ("remarks", remarked(remarks)),
    )
    for field, word in said:
        if word is not None:
            yield Reason(Rule.STATUS_IN_WORDS, {"field": field, "written": word})


def remarked(cell: object) -> str | None:
    """Return the word of remarks that says that a unit is not at work, or None."""
    return forms.state_word(stated(cell))


def _organised(cell: object) -> bool | None:
    """Return whether there is an organisation; naming its form says so too."""
    said = choices.yes_or_no(cell)
    return True if said is None and choices.branch_form(cell) is not None else said


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, OperatingStatus | Line) else value
