"""What is true of every row of the ledger: for tests, never read by the planner."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxgeo.demo.entries import Cell, Entry
from lxgeo.demo.sheets import Page

COLUMNS = (
    *("row", "name", "credit_code", "lon", "lat", "township_id", "park_id", "building_id"),
    *("village_id", "industry_code", "staff", "full_members", "probationary_members"),
    *("affiliated_members", "operating_status", "line", "branch_id", "site", "tells"),
    *("duplicate_of", "trap"),
)
ROW_COLUMNS = ("row", "is")
"""Columns of the file that tells what the other rows of the ledger are."""

_LINES = {"属地": "territorial", "归口": "sectoral", "挂靠": "attached"}


def truth(pages: Sequence[Page]) -> Iterator[dict[str, Cell]]:
    """Yield what is true of each unit's row, in ledger order.

    Positions and areas are where the unit really is. Counts are what a careful reader can know
    from the row: empty where it does not say.
    """
    rows = {
        id(entry): f"{page.name}!{row}" for page in pages for row, entry in page.entries.items()
    }
    for page in pages:
        for row, entry in page.entries.items():
            first = rows[id(entry.copy_of)] if entry.copy_of else None
            yield {"row": f"{page.name}!{row}", "duplicate_of": first, **_of(entry)}


def _of(entry: Entry) -> dict[str, Cell]:
    site = entry.unit.site
    return {
        "name": entry.unit.name,
        "credit_code": entry.unit.credit_code,
        "lon": site.lon,
        "lat": site.lat,
        "township_id": site.township_id,
        "park_id": site.park_id,
        "building_id": site.building_id,
        "village_id": site.village_id,
        "industry_code": entry.unit.trade,
        "staff": entry.staff,
        "full_members": entry.full,
        "probationary_members": entry.probationary,
        "affiliated_members": entry.affiliated,
        "operating_status": str(entry.status),
        "line": _LINES[entry.unit.line],
        "branch_id": entry.branch.id if entry.branch else None,
        "site": site.kind,
        "tells": str(entry.tells),
        "trap": entry.trap,
    }


def other_rows(pages: Sequence[Page]) -> Iterator[dict[str, Cell]]:
    """Yield what every row that is no unit is, such as a title or a subtotal."""
    for page in pages:
        for row, kind in enumerate(page.kinds, start=1):
            if kind not in {"unit", "blank"}:
                yield {"row": f"{page.name}!{row}", "is": kind}
