"""Rows that lean on the row above: 同上 in a cell, and a unit split over two lines."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxgeo.ledger.report import Repair
from lxgeo.ledger.sheets.privacy import quoted
from lxgeo.ledger.values.wording import ditto, tidy
from lxgeo.model import Reason, Rule

_PLACES = ("address", "registered_address", "building_named", "park_named")
DITTO_FIELDS = frozenset(
    {"name", "kind", "industry_code", "operating_status", "township_named", "village_named"}
    | {"line", "organised", "branch_named", "branch_kind", "kin_majority", "datum", *_PLACES}
)
"""Fields whose 同上 takes the value above. A count or a code of its own is never another's."""

SPLIT_FIELDS = frozenset({"name", "branch_named", *_PLACES})
_TAIL = re.compile(
    r"[)）].*|(?:(?:股份|责任|集团)?(?:有限|责任)*公司|(?:有限)?责任公司|限公司|限责任公司|任公司|份有限公司|公司)"
    r"(?:.{0,6}(?:分公司|分店|分部))?|.{0,6}(?:分公司|分店|分部|党支部|支部|合作社|事务所)"
)
_WHOLE_ADDRESS = re.compile(r".*(?:路|街|道|巷|村|大道).*\d+(?:-\d+)?号.*")


@dataclass(frozen=True, slots=True)
class Leaning:
    """A row's cells once what it says of the row above is put in.

    Parameters
    ----------
    cells
        Field → cell.
    repairs
        Cells that take the value above.
    findings
        Cells that say 同上 where nothing stands above, or where nothing can be taken.
    """

    cells: dict[str, object]
    repairs: tuple[Repair, ...] = ()
    findings: tuple[Reason, ...] = ()


def says_ditto(cells: Mapping[str, object]) -> bool:
    """Whether a row says 同上 anywhere where a value could be taken."""
    return any(ditto(cells[field]) for field in DITTO_FIELDS & cells.keys())


def as_above(row: str, cells: Mapping[str, object], above: Mapping[str, object]) -> Leaning:
    """Return a row's cells with 同上 and 〃 replaced by what stands in the unit above.

    Parameters
    ----------
    row
        Where it stands, for the trace.
    cells
        Its cells.
    above
        The cells of the last unit before it, themselves replaced already.
    """
    read, repairs, findings = dict(cells), [], []
    for field, cell in cells.items():
        if field not in DITTO_FIELDS or not ditto(cell):
            continue
        if field in above:
            read[field] = above[field]
            repairs.append(Repair(row, field, quoted(cell), quoted(above[field])))
        else:
            del read[field]
            figures = {"field": field, "written": quoted(cell)}
            findings.append(Reason(Rule.VALUE_UNREADABLE, figures))
    return Leaning(read, tuple(repairs), tuple(findings))


def goes_on(cells: Mapping[str, object], above: Mapping[str, object]) -> bool:
    """Whether a row without a number and a count is the second line of the unit above.

    It holds nothing but the end of texts that the unit above has too: the end of its name
    (有限公司), or of its address (3楼305室), not a whole address.

    Parameters
    ----------
    cells
        The row's cells, all of them.
    above
        The cells of the unit in the row right above.
    """
    if not cells or not cells.keys() <= SPLIT_FIELDS & above.keys():
        return False
    return all(_ends(field, tidy(cell), tidy(above[field])) for field, cell in cells.items())


def _ends(field: str, text: str, above: str) -> bool:
    if field in {"name", "branch_named"}:
        unclosed = above.count("(") > above.count(")") and ")" in text
        return unclosed or bool(_TAIL.fullmatch(text))
    return not (_WHOLE_ADDRESS.fullmatch(text) and _WHOLE_ADDRESS.fullmatch(above))


def joined(row: str, cells: Mapping[str, object], above: Mapping[str, object]) -> Leaning:
    """Return the unit above with the texts of its second line put on.

    Parameters
    ----------
    row
        Where the unit above stands.
    cells
        Its second line.
    above
        Its own cells.
    """
    whole = {field: tidy(above[field]) + tidy(cell) for field, cell in cells.items()}
    repairs = (
        Repair(row, field, f"{quoted(above[field])} | {quoted(cells[field])}", quoted(text))
        for field, text in whole.items()
    )
    return Leaning({**above, **whole}, tuple(repairs))
