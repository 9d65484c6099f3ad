"""What is true of every row of the ledger: for tests, never read by the planner."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxgeo.demo.dialects import OTHER_SHEETS
from lxgeo.demo.entries import Cell, Entry
from lxgeo.demo.sheets import Page

COLUMNS = (
    *("row", "name", "credit_code", "kind", "address", "lon", "lat", "township_id", "park_id"),
    *("building_id", "village_id", "industry_code", "staff", "full_members"),
    *("probationary_members", "affiliated_members", "total_members", "operating_status"),
    *("line", "organised", "branch_kind", "founded", "datum_in", "township_named"),
    *("building_named", "branch_id", "site", "tells", "duplicate_of"),
    *("trap", "pattern", "flag", "flag_field", "flag_at", "repair_field"),
)
ROW_COLUMNS = ("row", "is", "trap", "pattern")
"""Columns of the file that tells what the other rows of the ledger are."""

_LINES = {"属地": "territorial", "归口": "sectoral", "挂靠": "attached"}
_WORDS = {True: "true", False: "false", None: None}
_BETWEEN = ";"


def truth(pages: Sequence[Page]) -> Iterator[dict[str, Cell]]:
    """Yield what is true of each unit's row, in ledger order.

    Positions and areas are where the unit really is. Counts and words are what a careful reader
    can know from the row: empty where it does not say.
    """
    rows = {
        id(entry): f"{page.name}!{row}" for page in pages for row, entry in page.entries.items()
    }
    for page in pages:
        shown = page.dialect.fields if page.dialect else ()
        tells_town = page.name not in OTHER_SHEETS or "town" in shown
        for row, entry in page.entries.items():
            first = rows[id(entry.copy_of)] if entry.copy_of else None
            yield {
                "row": f"{page.name}!{row}",
                "duplicate_of": first,
                **_of(entry),
                **_told(entry),
                "township_named": entry.township.name if tells_town else None,
                "building_named": entry.cells["building"] if "building" in shown else None,
                **_advice(entry),
            }


def _of(entry: Entry) -> dict[str, Cell]:
    site = entry.unit.site
    return {
        "name": entry.unit.name,
        "credit_code": entry.unit.credit_code,
        "kind": entry.unit.kind,
        "lon": site.lon,
        "lat": site.lat,
        "township_id": site.township_id,
        "park_id": site.park_id,
        "building_id": site.building_id,
        "village_id": site.village_id,
        "industry_code": entry.unit.trade,
        "line": _LINES[entry.unit.line],
        "branch_id": entry.branch.id if entry.branch else None,
        "site": site.kind,
    }


def _told(entry: Entry) -> dict[str, Cell]:
    """Return what the row itself lets a careful reader know."""
    return {
        "address": entry.address,
        "staff": entry.staff,
        "full_members": entry.full,
        "probationary_members": entry.probationary,
        "affiliated_members": entry.affiliated,
        "total_members": entry.total,
        "operating_status": str(entry.status),
        "organised": _WORDS[entry.organised],
        "branch_kind": entry.form,
        "founded": entry.founded,
        "datum_in": entry.datum,
        "tells": str(entry.tells),
    }


def _advice(entry: Entry) -> dict[str, Cell]:
    """Return what is wrong with the row, and what a careful reader makes of it."""
    return {
        "trap": entry.trap,
        "pattern": entry.pattern,
        "flag": "true" if entry.flag else "false",
        "flag_field": _BETWEEN.join(entry.flag),
        "flag_at": entry.seen,
        "repair_field": _BETWEEN.join(entry.repair),
    }


def other_rows(pages: Sequence[Page]) -> Iterator[dict[str, Cell]]:
    """Yield what every row that is no unit is, such as a title or a subtotal."""
    for page in pages:
        for row, kind in enumerate(page.kinds, start=1):
            if kind not in {"unit", "blank"}:
                trap, pattern = page.wrong.get(row, (None, None))
                yield {"row": f"{page.name}!{row}", "is": kind, "trap": trap, "pattern": pattern}
