"""One unit's cells as one LEDGER row: every value read, every doubt a finding."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxgeo.ledger import codes, coordinates, counts, values
from lxgeo.ledger.privacy import quoted, without_persons
from lxgeo.ledger.report import Repair
from lxgeo.ledger.rows import Record
from lxgeo.ledger.wording import blank, squeeze, stated
from lxgeo.model import Datum, Line, OperatingStatus, Reason, Rule

_TEXTS = ("name", "township_named", "village_named", "park_named", "building_named")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as read, before it has an id.

    Parameters
    ----------
    row
        LEDGER column → value, ids and duplicates not among them.
    own_id
        What the ledger's own id column says.
    credit
        The credit code as read; it identifies the unit only where it is valid.
    continues
        The row that this one goes on with.
    datum_assumed
        Whether it has coordinates that nothing declares a datum for.
    repairs
        Values that were mended.
    """

    row: Mapping[str, Any]
    own_id: str | None
    credit: codes.CreditCode
    continues: str | None
    datum_assumed: bool
    repairs: tuple[Repair, ...]


def read_unit(record: Record, *, township: str | None, datum: Datum | None) -> Unit:
    """Return a record read.

    Parameters
    ----------
    record
        The unit's cells.
    township
        The township that the sheet is of, where the row names none.
    datum
        The datum of coordinates that the row doesn't declare: the header's, else as declared for
        the whole ledger; None where nobody said.
    """
    cells = record.cells
    credit = codes.credit_code(cells.get("credit_code"))
    members = counts.members(cells)
    place, datum_in, place_findings = _position(cells, datum)
    state, state_findings = _state(cells)
    texts = {name: _text(cells.get(name)) for name in _TEXTS}
    credit_findings = [_quote(credit.fault, "credit_code", cells)] if credit.fault else []
    row = {
        **texts,
        **state,
        "row": record.row,
        "credit_code": credit.text if credit.valid else without_persons(credit.text or "") or None,
        "kind": _text(cells.get("kind")) or record.kind,
        "address": _text(cells.get("address")) or _text(cells.get("registered_address")),
        "industry_code": codes.industry_code(cells.get("industry_code")),
        "township_named": texts["township_named"] or record.township or township,
        "staff": members.staff,
        "full_members": members.full_members,
        "probationary_members": members.probationary_members,
        "affiliated_members": members.affiliated_members,
        "total_members": members.total_members,
        "datum_in": datum_in if place.lon is not None else None,
        "lon_in": place.lon,
        "lat_in": place.lat,
        "findings": (*members.findings, *credit_findings, *state_findings, *place_findings),
    }
    return Unit(
        row=row,
        own_id=_text(cells.get("unit_id")),
        credit=credit,
        continues=record.continues,
        datum_assumed=place.lon is not None and datum_in is None,
        repairs=tuple(_repairs(record, members, row)),
    )


def _text(cell: object) -> str | None:
    text = stated(cell)
    return None if text is None else without_persons(text) or None


def _quote(rule: Rule, field: str, cells: Mapping[str, object]) -> Reason:
    return Reason(rule, {"field": field, "written": quoted(cells.get(field))})


def _position(
    cells: Mapping[str, object], datum: Datum | None
) -> tuple[coordinates.Position, Datum | None, list[Reason]]:
    place = coordinates.position(cells.get("lon"), cells.get("lat"), cells.get("coordinates"))
    if not place.unreadable:
        return place, coordinates.datum(cells.get("datum")) or datum, []
    said = [quoted(cells.get(name)) for name in ("lon", "lat", "coordinates")]
    figures = {"field": "lon, lat", "written": ", ".join(text for text in said if text)}
    return place, None, [Reason(Rule.COORDINATES_UNREADABLE, figures)]


def _state(cells: Mapping[str, object]) -> tuple[dict[str, Any], list[Reason]]:
    """Return what the ledger's words say: status, line, kin, and the organisation as it stands."""
    findings: list[Reason] = []

    def read(field: str, reader: Callable[[object], Any]) -> Any:
        cell = cells.get(field)
        value = reader(cell)
        if value is None and stated(cell) is not None:
            findings.append(_quote(Rule.VALUE_UNREADABLE, field, cells))
        return value

    branch = _text(cells.get("branch_named"))
    branch = None if branch is not None and squeeze(branch) in {"否", "×", "x", "0"} else branch
    form = read("branch_kind", _form)
    organised = read("organised", _organised)
    state = {
        "operating_status": read("operating_status", values.operating_status)
        or OperatingStatus.OPERATING,
        "line": read("line", values.line) or Line.TERRITORIAL,
        "kin_majority": read("kin_majority", values.yes_or_no),
        "organised": True if organised is None and branch else organised,
        "branch_named": branch,
        "branch_kind": form
        or values.branch_form(cells.get("organised"))
        or values.branch_form_by_name(branch),
    }
    return {name: _plain(value) for name, value in state.items()}, findings


def _form(cell: object) -> Any:
    """Return the form of organisation; a no (否, ×, 未建) says that there is none."""
    form = values.branch_form(cell)
    return False if form is None and values.yes_or_no(cell) is False else form


def _organised(cell: object) -> bool | None:
    """Return whether there is an organisation; naming its form says so too."""
    said = values.yes_or_no(cell)
    return True if said is None and values.branch_form(cell) is not None else said


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, OperatingStatus | Line) else value


def _repairs(record: Record, members: counts.Members, row: Mapping[str, Any]) -> Iterator[Repair]:
    for field in members.repaired:
        cell = record.cells.get(field)
        yield Repair(record.row, field, quoted(cell), str(counts.read_count(cell).value))
    code = record.cells.get("credit_code")
    if not blank(code) and row["credit_code"] and str(code) != row["credit_code"]:
        yield Repair(record.row, "credit_code", quoted(code), row["credit_code"])
