"""From sheets to the LEDGER: one row a unit, what stands there, cleaned, nothing guessed."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from lxgeo.errors import LedgerError, Words
from lxgeo.ledger.doubts.branch_spellings import told_spellings
from lxgeo.ledger.doubts.likeness import told_alike
from lxgeo.ledger.frame import ledger_frame
from lxgeo.ledger.identity import Identities, identities, own_id_fault
from lxgeo.ledger.report import LedgerReport, SheetReport
from lxgeo.ledger.sheets.body import Body
from lxgeo.ledger.sheets.dropping import township_in
from lxgeo.ledger.sheets.headers import Header, field_named, find_header
from lxgeo.ledger.sheets.marks import told_marks
from lxgeo.ledger.sheets.rows import read_rows, refuse_persons
from lxgeo.ledger.sheets.sheet import Sheet
from lxgeo.ledger.sheets.vocabulary import FIELDS
from lxgeo.ledger.values.coordinates import datums_in
from lxgeo.ledger.values.counts import MEMBER_FIELDS
from lxgeo.ledger.values.units import Units, read_units
from lxgeo.model import Datum

_LISTED_HEADS = 60

_SURE = 2
"""A header of fewer known columns counts only where no sheet has a better one."""


@dataclass(frozen=True)
class _Found:
    """A sheet with its header."""

    sheet: Sheet
    header: Header


def clean(
    sheets: Sequence[Sheet],
    *,
    columns: Mapping[str, str] = {},
    datum: Datum | None = None,
    blank_is_zero: bool = False,
) -> tuple[pd.DataFrame, LedgerReport]:
    """Return a ledger's units, and what was found while reading them.

    Parameters
    ----------
    sheets
        The ledger as it came.
    columns
        Field → header, as a person decided it; goes before the vocabulary.
    datum
        Datum of the coordinates in rows that declare none; WGS 84 is assumed, and told, if None.
    blank_is_zero
        Whether a blank count is a zero: only where the office says that it writes none for zero.

    Returns
    -------
    pandas.DataFrame
        `lxgeo.tables.LEDGER`, in the ledger's order.
    LedgerReport
        Per sheet what was read, refused, dropped and mended; what was skipped and assumed.

    Raises
    ------
    LedgerError
        Nothing in it, no header, no name column, a header in ``columns`` that no sheet has, or one
        that heads persons. Every fault is told.
    """
    decided = _decided(columns)
    found, skipped = _headers(_told_apart(sheets), decided)
    _check_decided(found, decided)
    ledgers, more = _with_names(found)
    bodies = [read_rows(each.sheet, each.header) for each in ledgers]
    units = [
        read_units(
            body,
            township=_township(each),
            datum=_datum(each.header) or datum,
            zeros=each.header.fields.keys() & set(MEMBER_FIELDS) if blank_is_zero else (),
        )
        for each, body in zip(ledgers, bodies, strict=True)
    ]
    if not any(len(body) for body in bodies):
        raise LedgerError(
            Words(
                "台账只有表头，没有一行单位；请核对文件和工作表",
                "the ledger has a header but no unit below it; check the file and its sheets",
            )
        )
    together = identities(units)
    report = LedgerReport(
        sheets=tuple(map(_sheet_report, ledgers, bodies, units)),
        skipped=(*skipped, *more),
        assumptions=tuple(_assumptions(units, together, ledgers, datum)),
    )
    return told_spellings(told_alike(ledger_frame(units, together), together)), report


def _decided(columns: Mapping[str, str]) -> dict[str, str]:
    decided, faults = {}, []
    for said, header in columns.items():
        field = field_named(said)
        if field is None:
            near = difflib.get_close_matches(said, FIELDS, n=1)
            zh = f"，是否为 {near[0]}？" if near else f"；可用：{'、'.join(FIELDS)}"
            en = f", did you mean {near[0]}?" if near else f"; known: {', '.join(FIELDS)}"
            faults.append(Words(f"--column：没有字段 {said}{zh}", f"--column: no field {said}{en}"))
        else:
            decided[field] = header
    if faults:
        raise LedgerError(*faults)
    return decided


def _told_apart(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Return the sheets with names of their own: a row is found again by its sheet's name."""
    taken: set[str] = set()
    named = []
    for sheet in sheets:
        again = sheet
        number = 1
        while again.label in taken:
            number += 1
            again = replace(sheet, name=f"{sheet.name}~{number}")
        taken.add(again.label)
        named.append(again)
    return named


def _headers(
    sheets: Sequence[Sheet], decided: Mapping[str, str]
) -> tuple[list[_Found], list[Words]]:
    """Return the sheets that have a header, and why others are skipped."""
    found: list[_Found] = []
    skipped: list[Words] = []
    for sheet in sheets:
        if not any(column.holds_anything() for column in sheet.columns):
            skipped.append(Words(f"工作表“{sheet.name}”是空的", f"sheet '{sheet.name}' is empty"))
            continue
        header = find_header(sheet, decided)
        if sheet.hidden and (header is None or not _lists_units(header)):
            skipped.append(
                Words(
                    f"工作表“{sheet.name}”是隐藏的，未读",
                    f"sheet '{sheet.name}' is hidden: not read",
                )
            )
        elif header is not None:
            found.append(_Found(sheet, refuse_persons(sheet, header)))
        else:
            skipped.append(
                Words(
                    f"工作表“{sheet.name}”没有可识别的表头，未读",
                    f"sheet '{sheet.name}' has no header that a ledger has: not read",
                )
            )
    if not found:
        raise LedgerError(
            *skipped,
            Words(
                "台账中没有找到表头：应有一行写明单位名称、地址、正式党员等列名；"
                "可用 --column name=列名 指明",
                "no header found in the ledger: a row should name its columns (name, address, "
                "full_members, …); say which with --column name=HEADER",
            ),
        )
    return found, skipped


def _lists_units(header: Header) -> bool:
    """Whether a hidden sheet lists units: it is read, and told; a hidden 字典 is left alone."""
    return "name" in header.fields and header.known > _SURE


def _check_decided(found: Sequence[_Found], decided: Mapping[str, str]) -> None:
    """Raise where a decided header is on no sheet, or heads persons."""
    listed = _listed(found)
    faults = []
    for field, said in decided.items():
        places = [each.header.said(said) for each in found]
        if not any(places):
            faults.append(
                Words(
                    f"--column {field}={said}：台账没有这个列名；现有：{listed}",
                    f"--column {field}={said}: no such header; the ledger has: {listed}",
                )
            )
        elif any(
            head is not None and head.column in each.header.refused
            for head, each in zip(places, found, strict=True)
        ):
            faults.append(
                Words(
                    f"--column {field}={said}：该列是个人信息，不读入",
                    f"--column {field}={said}: the column holds persons and is refused",
                )
            )
    if faults:
        raise LedgerError(*faults)


def _listed(found: Sequence[_Found]) -> str:
    """Return the headers that there are, each once."""
    heads = list(dict.fromkeys(head.text for each in found for head in each.header.heads))
    more = f" …（共 {len(heads)} 列）" if len(heads) > _LISTED_HEADS else ""
    return "、".join(heads[:_LISTED_HEADS]) + more


def _with_names(found: Sequence[_Found]) -> tuple[list[_Found], list[Words]]:
    """Return the sheets that list units: those with a name column.

    A sheet without one that still has addresses or credit codes lists units too: that is a fault,
    not a table of statistics to be passed over.
    """
    named = [each for each in found if "name" in each.header.fields]
    best = max((each.header.known for each in named), default=0)
    ledgers = [each for each in named if each.header.known >= min(best, _SURE)]
    rest = [each for each in found if each not in ledgers]
    lists_units = ("address", "registered_address", "credit_code")
    faulty = [
        each
        for each in rest
        if not ledgers
        or ("name" not in each.header.fields and any(f in each.header.fields for f in lists_units))
    ]
    if faulty:
        raise LedgerError(*(_nameless(each) for each in faulty))
    return ledgers, [
        Words(
            f"工作表“{each.sheet.name}”没有单位名称列，未读",
            f"sheet '{each.sheet.name}' has no name column: not read",
        )
        for each in rest
    ]


def _nameless(each: _Found) -> Words:
    heads = _listed([each])
    where = f"“{each.sheet.name}”第 {each.header.last} 行"
    return Words(
        f"{where}的表头没有单位名称列；找到的列名：{heads}。"
        "请用 --column name=列名 指明哪一列是单位名称",
        f"sheet '{each.sheet.name}', row {each.header.last}: no column of names; found: {heads}. "
        "Say which one it is with --column name=HEADER",
    )


def _township(each: _Found) -> str | None:
    """Return the township that a sheet is of: by its name, else by a title above its header."""
    if place := township_in(each.sheet.name):
        return place
    titles = [cell for row in each.sheet.rows[: each.header.first - 1] for cell in row]
    return next((place for cell in titles if (place := township_in(str(cell or "")))), None)


def _datum(header: Header) -> Datum | None:
    """Return the datum that the headers of the coordinates state: 经度(GCJ-02)."""
    columns = [header.fields.get(name) for name in ("lon", "lat", "coordinates")]
    text = " ".join(header.head(column).text for column in columns if column is not None)
    named = datums_in(text)
    return named[0] if len(named) == 1 else None


def _sheet_report(each: _Found, body: Body, units: Units) -> SheetReport:
    header = each.header
    return SheetReport(
        sheet=each.sheet.label,
        header_rows=(header.first, header.last),
        mapped=header.mapped,
        unread=header.unread,
        refused=tuple(
            header.head(column).text or f"第 {column} 列" for column in sorted(header.refused)
        ),
        units=len(body),
        dropped=body.dropped,
        repairs=units.repairs,
        notes=(
            *each.sheet.notes,
            *header.notes,
            *body.notes,
            *told_marks(each.sheet, header, body.dropped),
        ),
        columns=header.fields,
        width=each.sheet.width,
    )


def _assumptions(
    units: Sequence[Units],
    together: Identities,
    ledgers: Sequence[_Found],
    datum: Datum | None,
) -> list[Words]:
    told = []
    zeros = sum(not repair.written for sheet in units for repair in sheet.repairs)
    if zeros:
        told.append(
            Words(
                f"按要求把 {zeros} 个空白的人数格读作 0",
                f"{zeros} blank count(s) taken for 0, as asked",
            )
        )
    fault = own_id_fault(together.own)
    if fault is not None:
        told.append(fault)
    assumed = sum(int(sheet.datum_assumed.sum()) for sheet in units)
    if assumed and datum is None:
        told.append(
            Words(
                f"{assumed} 行坐标未注明坐标系，按 WGS 84 处理；如不是，请用 --datum 指明",
                f"{assumed} row(s) of coordinates state no datum: taken for WGS 84; "
                "say otherwise with --datum",
            )
        )
    if not any("line" in each.header.fields for each in ledgers):
        told.append(
            Words(
                "台账没有管理方式列，按单位类别的通常隶属处理，可用规则参数 line_by_kind 改定",
                "no column of lines: each unit is taken to be on its kind's usual one, "
                "see line_by_kind of the policy",
            )
        )
    if not any("operating_status" in each.header.fields for each in ledgers):
        told.append(
            Words(
                "台账没有经营状态列，全部按在营处理",
                "no column of operating status: all taken as operating",
            )
        )
    return told
