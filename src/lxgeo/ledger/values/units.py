"""A sheet's units column by column: every value read once, every doubt a finding of its row."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from lxgeo.ledger.report import Repair
from lxgeo.ledger.sheets.body import Body
from lxgeo.ledger.sheets.column import Cells, Codes, combined
from lxgeo.ledger.sheets.privacy import quoted, without_persons
from lxgeo.ledger.texts.arrow import Texts, chosen, joined
from lxgeo.ledger.texts.letters import Flags
from lxgeo.ledger.texts.plain import BRACKET, DIGIT, OTHER, POINT, with_round_brackets
from lxgeo.ledger.values import codes, coordinates, counts, dates, forms
from lxgeo.ledger.values.unit import (
    ERRORS,
    position,
    quote,
    remarked,
    said_elsewhere,
    state,
    text,
)
from lxgeo.model import Datum, OperatingStatus, Reason, Rule

Degrees = npt.NDArray[np.float64]

_TEXTS = (
    *("name", "township_named", "village_named", "park_named", "building_named"),
    *("supervisor", "approver_named"),
)
_OTHER_COUNTS = ("association_members", "part_time_members")
_ORGANISATION = ("organised", "branch_named", "branch_kind")
_STATE = ("operating_status", "line", "kin_majority", "instructor")
_PLACE = ("lon", "lat", "coordinates")
_SAID = (*_TEXTS, "kind", "address", "registered_address", "industry_code", "branch_named")
_MOST_LON, _MOST_LAT = 180.0, 90.0


@dataclass
class Units:
    """The units of a sheet as read, before they have ids.

    Parameters
    ----------
    label
        The sheet, as its rows are named.
    rows
        Row number of each, (units,).
    columns
        LEDGER column → what it holds, (units,); ids, duplicates and positions not among them.
    lon, lat
        Degrees as written, NaN where nothing can be read, (units,).
    own_ids
        What the ledger's own id column says, (units,).
    valid_codes
        Credit codes that identify a unit, None for others, (units,).
    continues
        Row → the row that it goes on with.
    datum_assumed
        Whether a unit has coordinates that nothing declares a datum for, (units,).
    findings
        What is to be settled, by unit.
    repairs
        Values that were mended, in the ledger's order.
    """

    label: str
    rows: Codes
    columns: dict[str, Cells]
    lon: Degrees
    lat: Degrees
    own_ids: Cells
    valid_codes: Cells
    continues: Mapping[int, int]
    datum_assumed: Flags
    findings: list[tuple[Reason, ...]]
    repairs: tuple[Repair, ...]


def read_units(
    body: Body, *, township: str | None, datum: Datum | None, zeros: Collection[str] = ()
) -> Units:
    """Return a sheet's units read.

    Parameters
    ----------
    body
        Their cells.
    township
        The township that the sheet is of, where the row names none.
    datum
        The datum of coordinates that a row doesn't declare: the header's, else as declared for
        the whole ledger; None where nobody said.
    zeros
        Count fields whose blanks mean zero.
    """
    return _Reader(body, datum, zeros).read(township)


class _Reader:
    """Reads the units of one sheet, column by column, and gathers findings and repairs by unit."""

    def __init__(self, body: Body, datum: Datum | None, zeros: Collection[str]) -> None:
        self.body = body
        self.numbers = body.rows.tolist()
        self.nothing = Cells(np.zeros(len(body), dtype=np.int64), [None])
        self.datum = datum
        self.zeros = zeros
        self.findings: list[tuple[Reason, ...]] = []
        self.repairs: list[tuple[int, Repair]] = []
        self.columns: dict[str, Cells] = {}

    def read(self, township: str | None) -> Units:
        """Read the fields in the order in which their findings are told."""
        texts = {name: self._texts(name) for name in (*_TEXTS, "kind")}
        self._taken_from_above()
        self._members()
        valid_codes = self._credit_codes()
        self._add_findings(self._of_rows(self.body.findings))
        self._add_findings(self._errors())
        for name in _OTHER_COUNTS:
            self._add_findings(self._other_count(name))
        self._state()
        lon, lat = self._positions()
        self._said_elsewhere(texts["name"])
        here = Cells(np.zeros(len(self.body), dtype=np.int64), [township])
        industries = self._cells("industry_code")
        self.columns |= {
            **texts,
            "kind": first_known(texts["kind"], self.body.kinds),
            "address": first_known(self._texts("address"), self._texts("registered_address")),
            "industry_code": Cells(industries.codes, industries.read(codes.industry_code)),
            "township_named": first_known(texts["township_named"], self.body.townships, here),
        }
        self.repairs.sort(key=lambda told: told[0])
        return Units(
            label=self.body.label,
            rows=self.body.rows,
            columns=self.columns,
            lon=lon,
            lat=lat,
            own_ids=self._texts("unit_id"),
            valid_codes=valid_codes,
            continues=self.body.continues,
            datum_assumed=~np.isnan(lon) & ~self.columns["datum_in"].known,
            findings=self.findings,
            repairs=tuple(repair for _, repair in self.repairs),
        )

    def _named(self, at: int) -> str:
        return f"{self.body.label}!{self.numbers[at]}"

    def _cells(self, name: str) -> Cells:
        """Return a field's cells; all None where the sheet has no such column."""
        return self.body.cells.get(name, self.nothing)

    def _row(self, at: int, fields: Iterable[str]) -> dict[str, object]:
        """Return some of a unit's cells by field, blank ones left out."""
        cells = {name: self.body.cells[name][at] for name in fields if name in self.body.cells}
        return {name: cell for name, cell in cells.items() if cell is not None}

    def _texts(self, name: str) -> Cells:
        """Return a field's texts tidy; plain ones are so as they stand."""
        cells = self._cells(name)
        looks = cells.looks
        harmless = np.flatnonzero(~looks.plain & looks.harmless)
        rest = np.flatnonzero(~looks.harmless)
        tidied = cells.mended(harmless, with_round_brackets(cells.values, harmless))
        return tidied.mended(rest, list(map(text, chosen(cells.values, rest))))

    def _add_findings(self, told: Iterable[tuple[int, Iterable[Reason]]]) -> None:
        for at, reasons in told:
            self.findings[at] = (*self.findings[at], *reasons)

    def _of_rows(self, told: Mapping[int, tuple[Any, ...]]) -> Iterator[tuple[int, Any]]:
        """Yield what is told of rows by the place of their unit."""
        for row, each in sorted(told.items()):
            at = int(np.searchsorted(self.body.rows, row))
            if at < len(self.body.rows) and self.body.rows[at] == row:
                yield at, each

    def _taken_from_above(self) -> None:
        for at, repairs in self._of_rows(self.body.repairs):
            self.repairs += [(at, repair) for repair in repairs]

    def _by_tuple(
        self, fields: Sequence[str], read: Callable[[Mapping[str, object]], Any], rows: Codes
    ) -> tuple[Codes, list[Any]]:
        """Return what is read from several cells together: each combination is read once."""
        have = [name for name in fields if name in self.body.cells]
        if not have or not len(rows):
            return np.zeros(len(rows), dtype=np.int64), [read({})]
        which, first = combined([self.body.cells[name].take(rows) for name in have])
        return which, [read(self._row(int(rows[at]), have)) for at in first]

    def _members(self) -> None:
        """Read the counts; a plain number of staff, not below the members, changes nothing else."""
        everybody = np.arange(len(self.body))
        which, read = self._by_tuple(counts.MEMBER_FIELDS, self._count, everybody)
        staff = self._cells("staff")
        staff_read = staff.read(counts.read_count)
        whole = np.array([-1 if c.whole is None else c.whole for c in staff_read])[staff.codes]
        easy = np.array(
            [c.reading in {counts.Reading.PLAIN, counts.Reading.BLANK} for c in staff_read]
        )[staff.codes]
        most = np.array([max(m.total_members or 0, m.full_members or 0) for m in read])[which]
        rest = np.flatnonzero(~easy | ((whole >= 0) & (whole < most)))
        rest_which, rest_read = self._by_tuple(counts.COUNT_FIELDS, self._count, rest)
        which[rest] = rest_which + len(read)
        read = [*read, *rest_read]
        for name in ("full_members", "probationary_members", "affiliated_members"):
            self.columns[name] = Cells(which, [getattr(m, name) for m in read])
        self.columns["total_members"] = Cells(which, [m.total_members for m in read])
        staff_codes = staff.codes.copy()
        staff_codes[rest] = len(staff_read) + which[rest]
        known = [c.whole for c in staff_read]
        self.columns["staff"] = Cells(staff_codes, [*known, *(m.staff for m in read)])
        told = [m.findings for m in read]
        self.findings = list(map(told.__getitem__, which.tolist()))
        self._repair_counts(which, [m.repaired for m in read])

    def _other_count(self, name: str) -> Iterator[tuple[int, list[Reason]]]:
        """Read a count that stands for itself; yield the cells that state no number."""
        cells = self._cells(name)
        read = cells.read(counts.read_count)
        self.columns[name] = Cells(cells.codes, [count.whole for count in read])
        odd = [count.whole is None and count.reading is not counts.Reading.BLANK for count in read]
        for at in np.flatnonzero(np.array(odd)[cells.codes]).tolist():
            yield at, [quote(Rule.VALUE_UNREADABLE, name, cells[at])]

    def _count(self, cells: Mapping[str, object]) -> counts.Members:
        return counts.members(cells, zeros=self.zeros)

    def _repair_counts(self, which: Codes, repaired: Sequence[tuple[str, ...]]) -> None:
        for name in counts.COUNT_FIELDS:
            some = np.array([name in fields for fields in repaired])
            found = np.flatnonzero(some[which])
            cells = self._cells(name).take(found)
            spoken: dict[int, tuple[str, str]] = {}
            for at, code in zip(found.tolist(), cells.codes.tolist(), strict=True):
                if code not in spoken:
                    cell = cells.values[code]
                    spoken[code] = quoted(cell), str(counts.read_count(cell).value or 0)
                self.repairs.append((at, Repair(self._named(at), name, *spoken[code])))

    def _credit_codes(self) -> Cells:
        """Read the credit codes; return those that identify a unit."""
        cells = self._cells("credit_code")
        texts: list[str | None] = []
        valid: list[str | None] = []
        odd: dict[int, tuple[Reason | None, str | None]] = {}
        unfit = np.flatnonzero(~cells.fits)
        for i, cell in zip(unfit.tolist(), chosen(cells.values, unfit), strict=True):
            code = codes.credit_code(cell)
            said = code.text if code.valid else without_persons(code.text or "") or None
            texts.append(said)
            valid.append(code.text if code.valid else None)
            fault = quote(code.fault, "credit_code", cell) if code.fault else None
            mended = said if cell is not None and said and str(cell) != said else None
            if fault or mended:
                odd[i] = fault, mended
        self.columns["credit_code"] = cells.mended(unfit, texts)
        for at in np.flatnonzero(np.isin(cells.codes, list(odd))).tolist():
            fault, mended = odd[int(cells.codes[at])]
            if fault:
                self._add_findings([(at, [fault])])
            if mended:
                written = quoted(cells[at])
                repair = Repair(self._named(at), "credit_code", written, mended)
                self.repairs.append((at, repair))
        return cells.mended(unfit, valid)

    def _errors(self) -> Iterator[tuple[int, list[Reason]]]:
        """Yield texts that are a formula's error, and dates that are none: nobody knows them."""
        for name in _SAID:
            cells = self._cells(name)
            for at in np.flatnonzero(cells.odd(ERRORS.__contains__)).tolist():
                yield at, [quote(Rule.VALUE_UNREADABLE, name, cells[at])]
        founded = self._cells("founded")
        for at in np.flatnonzero(founded.where(dates.not_a_date)).tolist():
            yield at, [quote(Rule.VALUE_UNREADABLE, "founded", founded[at])]

    def _state(self) -> None:
        everybody = np.arange(len(self.body))
        for fields in (_ORGANISATION, _STATE):
            which, read = self._by_tuple(fields, state, everybody)
            for name in fields:
                self.columns[name] = Cells(which, [values[name] for values, _ in read])
            told = [findings for _, findings in read]
            some = np.array([bool(findings) for findings in told])
            found = np.flatnonzero(some[which]).tolist()
            self._add_findings((at, told[which[at]]) for at in found)

    def _positions(self) -> tuple[Degrees, Degrees]:
        """Return positions read, NaN where there is none."""
        lon, lat = self._cells("lon"), self._cells("lat")
        x, y = (_degrees(cells)[cells.codes] for cells in (lon, lat))
        inside = (np.abs(x) <= _MOST_LON) & (np.abs(y) <= _MOST_LAT) & ((x != 0) | (y != 0))
        x, y = np.where(inside, x, np.nan), np.where(inside, y, np.nan)
        datums = self._cells("datum")
        said = [coordinates.datum(cell) or self.datum for cell in datums.values]
        datum_codes = datums.codes.copy()
        rest = np.flatnonzero(
            ~inside & np.any([self._cells(name).known for name in _PLACE], axis=0)
        )
        which, read = self._by_tuple(
            (*_PLACE, "datum"), lambda cells: position(cells, self.datum), rest
        )
        datum_codes[rest] = which + len(said)
        for at, code in zip(rest.tolist(), which.tolist(), strict=True):
            place, _, findings = read[code]
            if place.lon is not None:
                x[at], y[at] = place.lon, place.lat
            self._add_findings([(at, findings)])
        datum_values = [None if each is None else str(each) for each in said]
        datum_values += [None if each is None else str(each) for _, each, _ in read]
        datum_codes[np.isnan(x)] = len(datum_values)
        self.columns["datum_in"] = Cells(datum_codes, [*datum_values, None])
        return x, y

    def _said_elsewhere(self, names: Cells) -> None:
        """Tell where name or remarks say that a unit is gone and its state says that it is not."""
        remarks = self._cells("remarks")
        told = _states_named(names)[names.codes] | remarks.where(remarked)
        told &= self.columns["operating_status"].where(str(OperatingStatus.OPERATING).__eq__)
        for at in np.flatnonzero(told).tolist():
            said = said_elsewhere(remarks[at], names[at], OperatingStatus.OPERATING)
            self._add_findings([(at, said)])


def _degrees(cells: Cells) -> Degrees:
    """Return for each value the angle that is written plainly, or can be read alone; NaN else."""
    looks = cells.looks
    decimal = looks.only(DIGIT | POINT) & (looks.first == DIGIT)
    if isinstance(cells.values, Texts):
        told = cells.values.numbers(decimal)
        rest = np.flatnonzero(~np.isfinite(told))
        read = map(coordinates.degrees, chosen(cells.values, rest))
        told[rest] = np.array(list(read), dtype=float)
        return told
    values: list[Any] = list(cells.values)
    try:
        for i in np.flatnonzero(decimal).tolist():
            values[i] = float(values[i])
    except ValueError:  # 113-30, 113.5.2: each has to be looked at
        values = list(cells.values)
    return np.array(
        [v if type(v) is float and v - v == 0 else coordinates.degrees(v) for v in values],
        dtype=float,
    )


def _states_named(names: Cells) -> Flags:
    """Return which names tell a unit's state in brackets: names of one ending are asked once."""
    told = np.zeros(len(names.values), dtype=bool)
    known: dict[str, bool] = {}
    noted = np.flatnonzero(names.looks.has & (BRACKET | OTHER))
    for i, name in zip(noted.tolist(), chosen(names.values, noted), strict=True):
        _, bracket, rest = str(name).partition("(")
        note = bracket + rest
        if note not in known:
            known[note] = forms.state_in_name(note) is not None
        told[i] = known[note]
    return told


def first_known(*columns: Cells) -> Cells:
    """Return for every row the first cell that is not None."""
    first, *rest = columns
    for column in rest:
        known = first.known
        if not known.all() and column.holds_anything():
            which = np.where(known, first.codes, column.codes + len(first.values))
            first = Cells(which, joined(first.values, column.values))
    return first
