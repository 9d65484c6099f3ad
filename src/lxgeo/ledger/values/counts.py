"""A unit's counts: who is full, on probation, affiliated here; what contradicts is told.

A blank is unknown, never zero; what can't be read is unknown, with a reason that quotes it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from lxgeo.ledger.sheets.privacy import quoted
from lxgeo.ledger.values.numerals import MOST, Count, Reading, han_number, read_count
from lxgeo.model import Figure, Reason, Rule

__all__ = [
    "COUNT_FIELDS",
    "MEMBER_FIELDS",
    "MOST",
    "Count",
    "Members",
    "Reading",
    "han_number",
    "members",
    "read_count",
]

MEMBER_FIELDS = (
    *("full_members", "probationary_members", "total_members"),
    *("affiliated_members", "affiliated_total", "unaffiliated_total", "double_registered"),
)
COUNT_FIELDS = ("staff", *MEMBER_FIELDS)
_MEMBER_CELLS = ("full_members", "total_members")
_DOUBTED = {
    Reading.APPROXIMATE: Rule.VALUE_APPROXIMATE,
    Reading.SPLIT: Rule.VALUE_SPLIT,
    Reading.NOTED: Rule.VALUE_NOTED,
}
"""How a cell was read that has a value and is to be looked at, and how that is told."""


@dataclass(frozen=True, slots=True)
class Members:
    """A unit's counts, and what a person should look at.

    Unknown counts are None. ``findings`` holds exactly one of the codes ``MEMBERS_*`` or
    ``ONLY_TOTAL_KNOWN`` where ``full_members`` is unknown, and none of them where it is known.
    ``repaired`` names the fields that were not plain digits but can be read in one way only.
    """

    staff: int | None
    full_members: int | None
    probationary_members: int | None
    affiliated_members: int | None
    total_members: int | None
    findings: tuple[Reason, ...]
    repaired: tuple[str, ...]


def members(cells: Mapping[str, object], *, zeros: Collection[str] = ()) -> Members:
    """Return a unit's counts from its cells, by field; 预备 is never counted as 正式.

    Where only a total is given the full members are unknown, unless the total is zero or the
    probationary members are known too (full = total − probationary).

    Parameters
    ----------
    cells
        Field → cell.
    zeros
        Fields (of columns that the sheet has) whose blank means zero, because the office said so.
        A blank that the unit's other counts contradict stays unknown.
    """
    read = {field: read_count(cells.get(field)) for field in COUNT_FIELDS}
    read = _blanks_as_zero(read, zeros) if zeros else read
    full, full_findings = _full_members(read, cells)
    probationary = _probationary(read, full)
    total = read["total_members"].value
    if total is None and full is not None and probationary is not None:
        total = full + probationary
    affiliated, affiliated_findings = _affiliated(read, cells, full, probationary)
    staff = read["staff"].whole
    findings = [
        *full_findings,
        *_value_findings(read, cells),
        *affiliated_findings,
        *_disagreements(staff, full, probationary, total),
        *_twice(read),
    ]
    repaired = (field for field, count in read.items() if count.reading is Reading.REPAIRED)
    return Members(staff, full, probationary, affiliated, total, tuple(findings), tuple(repaired))


def _blanks_as_zero(read: Mapping[str, Count], zeros: Collection[str]) -> dict[str, Count]:
    """Return the counts with blanks taken for zero, first the probationary ones."""
    taken = dict(read)

    def take(field: str) -> None:
        if field in zeros and taken[field].reading is Reading.BLANK:
            taken[field] = Count(Reading.REPAIRED, 0)

    take("probationary_members")
    total, probationary = taken["total_members"], taken["probationary_members"]
    if total.reading is Reading.BLANK or total.value == (probationary.value or 0):
        take("full_members")
    if taken["full_members"].reading is Reading.BLANK:
        take("total_members")
    if "full_members" in zeros and taken["full_members"].reading is Reading.BLANK:
        # No full member and none on probation, but a total: that zero is not believed.
        taken["probationary_members"] = read["probationary_members"]
    for field in ("affiliated_members", "affiliated_total", "unaffiliated_total"):
        take(field)
    return taken


def _twice(read: Mapping[str, Count]) -> Iterator[Reason]:
    """Yield that members are registered here and elsewhere: they are counted once, and told."""
    said = (read["double_registered"].whole, *(read[field].double for field in _MEMBER_CELLS))
    most = max((count for count in said if count is not None), default=0)
    if most:
        yield Reason(Rule.DOUBLE_REGISTERED, {"members": most})


def _disagreements(
    staff: int | None, full: int | None, probationary: int | None, total: int | None
) -> Iterator[Reason]:
    """Yield counts that can't all be right; none is mended, a person has to."""
    if total is not None and full is not None:
        rest = probationary if probationary is not None else max(0, total - full)
        if total != full + rest:
            figures = {"total": total, "full": full, "probationary": probationary}
            yield Reason(Rule.COUNTS_DISAGREE, figures)
    most = max((count for count in (total, full) if count is not None), default=0)
    if staff is not None and most > staff:
        yield Reason(Rule.MEMBERS_OVER_STAFF, {"members": most, "staff": staff})


def _quote(rule: Rule, field: str, cells: Mapping[str, object]) -> Reason:
    return Reason(rule, {"field": field, "written": quoted(cells.get(field))})


def _with(reason: Reason, **figures: Figure) -> Reason:
    return replace(reason, figures={**reason.figures, **figures})


def _full_members(
    read: Mapping[str, Count], cells: Mapping[str, object]
) -> tuple[int | None, list[Reason]]:
    """Return the full members, or None and the reason why nobody knows them."""
    full, total = read["full_members"], read["total_members"]
    if full.value is not None:
        return full.value - (full.probationary or 0), []
    for field in _MEMBER_CELLS:
        if read[field].faulty:
            negative = read[field].reading is Reading.NEGATIVE
            rule = Rule.MEMBERS_NEGATIVE if negative else Rule.MEMBERS_UNREADABLE
            return None, [_with(_quote(rule, field, cells), **_ends(read[field]))]
    if total.value is None:
        return None, [Reason(Rule.MEMBERS_BLANK, {"field": "full_members"})]
    if total.value == 0:
        return 0, []
    probationary = _first(total.probationary, read["probationary_members"].whole)
    if probationary is not None and probationary <= total.value:
        return total.value - probationary, []
    findings = [Reason(Rule.ONLY_TOTAL_KNOWN, {"total": total.value})]
    if probationary is not None:
        figures = {"total": total.value, "probationary": probationary}
        findings.append(Reason(Rule.COUNTS_DISAGREE, figures))
    return None, findings


def _first(*values: int | None) -> int | None:
    return next((value for value in values if value is not None), None)


def _probationary(read: Mapping[str, Count], full: int | None) -> int | None:
    cell = read["probationary_members"]
    if cell.reading is not Reading.BLANK:
        return cell.whole
    said = _first(read["full_members"].probationary, read["total_members"].probationary)
    if said is not None:
        return said
    total = read["total_members"].value
    if total is None or full is None or total < full:
        return None
    return total - full


def _affiliated(
    read: Mapping[str, Count],
    cells: Mapping[str, object],
    full: int | None,
    probationary: int | None,
) -> tuple[int | None, list[Reason]]:
    """Return the full members whose affiliation is here, at least.

    A column that counts all members whose affiliation is here may count probationary ones: of
    those it says nothing about, as many as there are probationary members are taken off.
    """
    stated = read["affiliated_members"].whole
    if stated is not None:
        over = full is not None and stated > full
        disagree = Reason(Rule.COUNTS_DISAGREE, {"affiliated": stated, "full": full})
        return stated, [disagree] if over else []
    here, elsewhere = read["affiliated_total"].whole, read["unaffiliated_total"].whole
    if full is None:
        return None, []
    if here is None and elsewhere is None:
        # 3人(1名待转): the cell itself is told already.
        noted = _first(*(read[field].elsewhere for field in _MEMBER_CELLS))
        return (None if noted is None else max(0, full - noted)), []
    if here is not None:
        most = min(here, full)
        if probationary is not None and here >= full + probationary:
            return full, []
        least = max(0, here - (probationary or 0))
        sure = probationary == 0 or here == 0
        field = "affiliated_total"
    else:
        most, field = full, "unaffiliated_total"
        least = max(0, full - (elsewhere or 0))
        sure = probationary == 0 or elsewhere == 0
    value = min(most, least)
    told = _with(_quote(Rule.AFFILIATED_AT_LEAST, field, cells), least=value)
    return value, [] if sure else [told]


def _value_findings(read: Mapping[str, Count], cells: Mapping[str, object]) -> Iterator[Reason]:
    for field, count in read.items():
        if count.reading in _DOUBTED:
            split_elsewhere = count.probationary is not None and field not in _MEMBER_CELLS
            yield (
                _quote(Rule.VALUE_UNREADABLE, field, cells)
                if split_elsewhere
                else _with(_quote(_DOUBTED[count.reading], field, cells), **_parts(count))
            )
        elif count.faulty and not _decides_full(field, read):
            ranged = count.reading is Reading.RANGE
            rule = Rule.VALUE_RANGE if ranged else Rule.VALUE_UNREADABLE
            yield _with(_quote(rule, field, cells), **_ends(count))


def _ends(count: Count) -> dict[str, Figure]:
    """Return the ends of a range, None where open; nothing where the cell is none."""
    if count.reading is not Reading.RANGE:
        return {}
    # 不足10人 says nothing of its lower end.
    return {"low": count.low or None, "high": count.high}


def _parts(count: Count) -> dict[str, Figure]:
    """Return what a cell that tells several things was read as; nothing where it tells one."""
    if count.reading is Reading.APPROXIMATE:
        return {}
    parts: dict[str, Figure] = {"probationary": count.probationary, "elsewhere": count.elsewhere}
    told = {name: part for name, part in (parts | {"double": count.double}).items() if part}
    return {"count": count.value, **told}


def _decides_full(field: str, read: Mapping[str, Count]) -> bool:
    """Whether a faulty cell is already told as the reason why the full members are unknown."""
    if field == "full_members":
        return True
    return field == "total_members" and read["full_members"].reading is Reading.BLANK
