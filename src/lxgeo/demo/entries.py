"""What the office types for each unit, before anything goes wrong."""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from lxgeo.demo.between import BETWEEN_ROWS
from lxgeo.demo.branches import JOINT, Branch
from lxgeo.demo.county import County
from lxgeo.demo.dialects import dialect_of
from lxgeo.demo.dice import Dice
from lxgeo.demo.names import PEOPLE
from lxgeo.demo.nouns import Township
from lxgeo.demo.units import ENOUGH, Unit
from lxgeo.geo.datum import from_wgs84
from lxgeo.model import Datum, OperatingStatus, Precision


@dataclass(frozen=True)
class Formula:
    """A formula in a cell.

    Parameters
    ----------
    text
        What it says; ``{full}`` and the like stand for the row's cells.
    value
        The result that the file holds: an error such as ``#REF!``, or None where nobody has
        calculated it.
    """

    text: str
    value: int | str | None


Cell = str | int | float | dt.date | Formula | None

_WITH_COORDINATES = 0.24
_DATUMS = ((Datum.WGS84, 0.42), (Datum.GCJ02, 0.42), (Datum.CGCS2000, 0.16))
_DATUM_WORDS = {
    Datum.WGS84: ("WGS84", "WGS-84", "WGS 84"),
    Datum.GCJ02: ("GCJ-02", "GCJ02", "高德(GCJ-02)"),
    Datum.CGCS2000: ("CGCS2000", "国家2000"),
    Datum.BD09: ("BD-09", "百度(BD09)"),
}
_TYPED_DIGITS = 6


@dataclass(frozen=True)
class Entry:
    """One row of the ledger: what stands in it, and what a careful reader can know from it.

    Parameters
    ----------
    unit
        The organisation as it is in truth.
    township
        The sheet that it stands on.
    cells
        Field → what is typed; fields are those of `lxgeo.demo.sheets`.
    staff, full, probationary, affiliated, total
        Counts that the row really tells; None where it does not.
    status
        Whether the unit is at work.
    address, datum
        The address that it tells, and the datum of its coordinates.
    organised, form, founded
        Whether it says that there is a Party organisation, of which form, and since when.
    tells
        How exactly its coordinates or its address let one place it.
    branch
        The branch that it is in.
    trap, pattern
        Name of what is wrong with the row, and the pattern's number; empty where nothing is.
    flag, seen, repair
        Fields that a careful reader must ask about, where it shows, and fields that he mends.
    copy_of
        The entry that this one lists again.
    sheet
        The sheet that it stands on, where that is not its township's.
    colour, comments, hidden
        What the workbook does to the row: paints it, comments on cells of it, hides it.
    below
        What stands in a second line of the row; its name is merged over both where
        ``merged`` says so.
    """

    unit: Unit
    township: Township
    cells: Mapping[str, Cell]
    staff: int | None
    full: int | None
    probationary: int | None
    affiliated: int | None
    total: int | None
    tells: Precision
    address: str | None
    organised: bool | None
    datum: str | None = None
    form: str | None = None
    founded: str | None = None
    status: OperatingStatus = OperatingStatus.OPERATING
    branch: Branch | None = None
    trap: str = ""
    pattern: int | None = None
    flag: tuple[str, ...] = ()
    seen: str = ""
    repair: tuple[str, ...] = ()
    copy_of: Entry | None = field(default=None, repr=False)
    sheet: str = ""
    colour: str = ""
    comments: Mapping[str, str] = field(default_factory=dict)
    hidden: bool = False
    below: Mapping[str, Cell] = field(default_factory=dict)
    merged: bool = False

    def typed(self, cells: Mapping[str, Cell], **known: Any) -> Entry:
        """Return the entry with other cells, and with what is known from them now."""
        return replace(self, cells=MappingProxyType({**self.cells, **cells}), **known)

    def trapped(
        self,
        name: str,
        *,
        pattern: int,
        flag: tuple[str, ...] = (),
        repair: tuple[str, ...] = (),
        seen: str = "",
    ) -> Entry:
        """Return the entry under the name of what is wrong with it."""
        return replace(self, trap=name, pattern=pattern, flag=flag, repair=repair, seen=seen)

    def beside(self, name: str) -> Entry:
        """Return the entry under the name of what is wrong between it and other rows."""
        wrong = BETWEEN_ROWS[name]
        return self.trapped(name, pattern=wrong.pattern, flag=wrong.flag, seen=wrong.seen)

    @property
    def placed(self) -> bool:
        """Whether coordinates are typed."""
        return self.cells["lon"] is not None


def entries(
    units: Sequence[Unit], branches: Sequence[Branch], county: County, dice: Dice
) -> list[Entry]:
    """Return one faultless entry a unit, in the order of the units.

    Parameters
    ----------
    units, branches
        Who there is, and who is organised.
    county
        Names of townships and villages.
    dice
        How the offices write.
    """
    home = {number: branch for branch in branches for number in branch.unit_numbers}
    towns = {town.id: town for town in county.townships}
    villages = {village.id: village.name for village in county.villages}
    made = []
    for number, unit in enumerate(units):
        branch = home.get(number)
        town = towns[unit.site.township_id]
        in_building = unit.site.building if "building" in dialect_of(town).fields else None
        since = _founded(branch)
        told = dice.happens(0.7 if unit.site.kind == "village" else 0.3)
        cells: dict[str, Cell] = {
            "name": unit.name,
            "credit_code": unit.credit_code,
            "kind": unit.kind,
            "industry": unit.trade,
            "address": unit.address.text,
            "registered": unit.address.text,
            "town": town.name,
            "building": in_building.name if in_building else None,
            "village": villages.get(unit.site.village_id) if told else None,
            "staff": unit.staff,
            "total": unit.members,
            "full": unit.full,
            "probationary": unit.probationary,
            "affiliated": unit.full,
            "floating": 0,
            "kin": "否" if unit.full >= ENOUGH and dice.happens(0.5) else None,
            "organised": "是" if branch else "否",
            "branch": branch.name if branch else None,
            "form": _form(branch),
            "founded": since,
            "line": unit.line,
            "status": dice.weighted(("在营", "存续", "正常"), (0.6, 0.3, 0.1)),
            "lon": None,
            "lat": None,
            "datum": None,
            "contact": f"某{dice.one_of(PEOPLE)}",
            "phone": f"1000000{dice.below(10_000):04d}",
            "note": None,
        }
        entry = Entry(
            unit=unit,
            township=town,
            cells=MappingProxyType(cells),
            staff=unit.staff,
            full=unit.full,
            probationary=unit.probationary,
            affiliated=unit.full,
            total=unit.members,
            tells=Precision.BUILDING if in_building else unit.address.tells,
            address=unit.address.text,
            organised=branch is not None,
            form=branch.kind if branch else None,
            founded=since.isoformat() if since else None,
            branch=branch,
        )
        if branch and branch.trap:
            entry = entry.beside(branch.trap)
        made.append(_maybe_placed(entry, dice))
    return made


def _founded(branch: Branch | None) -> dt.date | None:
    """Return the day that a branch was approved: its own, whoever of its units tells it."""
    if branch is None:
        return None
    number = zlib.crc32(branch.name.encode())
    return dt.date(2008 + number % 17, 1 + number // 17 % 12, 1 + number // 204 % 28)


def _form(branch: Branch | None) -> str | None:
    if branch is None:
        return None
    return "联合党支部" if branch.kind == JOINT else "单独组建"


def _maybe_placed(entry: Entry, dice: Dice) -> Entry:
    """Return the entry with coordinates and their declared datum, for about a quarter of rows."""
    datum = dice.weighted([datum for datum, _ in _DATUMS], [share for _, share in _DATUMS])
    return placed(entry, datum, dice) if dice.happens(_WITH_COORDINATES) else entry


def placed(entry: Entry, datum: Datum, dice: Dice) -> Entry:
    """Return the entry with its true coordinates in a datum, declared, to six decimals."""
    lon, lat = from_wgs84([entry.unit.site.lon], [entry.unit.site.lat], datum)
    return entry.typed(
        {
            "lon": round(float(lon[0]), _TYPED_DIGITS),
            "lat": round(float(lat[0]), _TYPED_DIGITS),
            "datum": dice.one_of(_DATUM_WORDS[datum]),
        },
        tells=Precision.GIVEN,
        datum=str(datum),
    )
