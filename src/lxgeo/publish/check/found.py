"""The check workbook's sheets of what was found: repairs, rows left out, columns, four scores."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from lxgeo.errors import Words
from lxgeo.ledger.doubts.completeness import CLEAR_FIELDS, COMPLETENESS, Clear
from lxgeo.ledger.places import cell_name, column_letters, split_row
from lxgeo.ledger.report import LedgerReport, SheetReport
from lxgeo.ledger.sheets.fields import field_words, nearest_field
from lxgeo.publish.check.pages import CLEAR, COLUMNS, LEFT_OUT, MENDED, NOTES
from lxgeo.publish.check.voice import CheckVoice
from lxgeo.publish.check.words import CLEAR_WORDS, HOW_TO
from lxgeo.publish.listing import Head, Listing, Row, heads_said
from lxgeo.publish.rows import Cell, cells, plain


def repairs_listing(ledger: pd.DataFrame, report: LedgerReport, voice: CheckVoice) -> Listing:
    """Return 已修正: values that can be read in one way only and were read so."""
    names = dict(zip(ledger["row"], ledger["name"], strict=True))
    rows = [
        (
            *_place(repair.row, told.columns.get(repair.field)),
            _name(names.get(repair.row)),
            voice.say(field_words(repair.field)),
            plain(repair.written),
            plain(repair.read),
        )
        for told in report.sheets
        for repair in sorted(
            told.repairs,
            key=lambda each: (split_row(each.row)[1], told.columns.get(each.field, 0)),
        )
    ]
    return MENDED.listing(
        voice,
        rows,
        note=Words(
            f"{len(rows)} 处写法不规范但只有一种读法，已照读；有误的写在“补充更正”",
            f"{len(rows)} values can be read in one way only; correct any in Own corrections",
        ),
    )


def _place(row: str, column: int | None) -> tuple[Cell, ...]:
    sheet, number = split_row(row)
    return plain(sheet), number, None if column is None else cell_name(number, column)


def _name(name: object) -> str | None:
    return plain(name) if isinstance(name, str) else None


def left_out_listing(report: LedgerReport, voice: CheckVoice) -> Listing:
    """Return 未计入的行: rows that are no units, and totals held against the rows they sum up."""
    row_kind = voice.say(Words("不是单位", "no unit"))
    note_kind = voice.say(Words("合计与提示", "totals, notes"))
    sheet_kind = voice.say(Words("未读工作表", "sheet not read"))
    rows: list[Row] = []
    for told in report.sheets:
        rows += [
            (note_kind, plain(told.sheet), None, plain(voice.say(note))) for note in told.notes
        ]
        rows += [
            (row_kind, *_place(each.row, None)[:2], plain(voice.say(each.why)))
            for each in told.dropped
        ]
    rows += [(sheet_kind, None, None, plain(voice.say(words))) for words in report.skipped]
    dropped = sum(len(told.dropped) for told in report.sheets)
    return LEFT_OUT.listing(
        voice,
        rows,
        note=Words(
            f"{dropped} 行不是单位；合计行不计入，只与其上各行之和比对",
            f"{dropped} rows are no units; totals are held against the rows above, not counted",
        ),
    )


def columns_listing(report: LedgerReport, voice: CheckVoice) -> Listing:
    """Return 列对应: which column was read as what; columns of persons by their header only."""
    where: dict[Row, list[str]] = {}
    for told in report.sheets:
        for row in _columns(told, voice):
            where.setdefault(row, []).append(told.sheet)
    rows = [(*row, _sheets(sheets, len(report.sheets), voice)) for row, sheets in where.items()]
    return COLUMNS.listing(
        voice,
        rows,
        note=Words(
            "未采用而应采用的列，用 --column 字段=列名 指明；个人信息列不读入，只列列名",
            "Say --column FIELD=HEADER for a column that should be read; "
            "columns of persons are refused, only their headers are named",
        ),
    )


def _columns(told: SheetReport, voice: CheckVoice) -> Iterator[Row]:
    read = voice.say(Words("已采用", "read"))
    unread = voice.say(Words("未采用", "not read"))
    refused = voice.say(Words("个人信息，拒收", "persons: refused"))
    by_place = sorted(told.mapped.items(), key=lambda each: told.columns.get(each[0], 0))
    for field, header in by_place:
        column = told.columns.get(field)
        letters = None if column is None else column_letters(column)
        yield (plain(header), letters, read, _called(field, voice), None)
    for header in told.unread:
        near = nearest_field(header)
        yield (plain(header), None, unread, None, near and _called(near, voice))
    for header in told.refused:
        yield (plain(header), None, refused, None, None)


def _sheets(sheets: list[str], of: int, voice: CheckVoice) -> str:
    """Return the sheets that a column stands on alike."""
    if len(sheets) == of > 1:
        return voice.say(Words(f"全部 {of} 张", f"all {of}"))
    return plain(voice.say(Words("、", ", ")).join(sheets))


def _called(field: str, voice: CheckVoice) -> str:
    """Return a field's name for people, and its own for --column."""
    words = voice.say(field_words(field))
    return words if words == field else f"{words}（{field}）"


def clear_listing(scores: pd.DataFrame, voice: CheckVoice) -> Listing:
    """Return 四个清楚: by sheet, of how many units everything is known that must be.

    Under each of the four the units that each field is clear of, those that all are, and the share.
    """
    total = voice.say(Words("合计", "Total"))
    by_sheet: dict[str | None, list[tuple[Cell, ...]]] = {}
    for sheet, *score in cells(scores, COMPLETENESS.names):
        by_sheet.setdefault(None if sheet is None else str(sheet), []).append(tuple(score))
    ordered = [*(sheet for sheet in by_sheet if sheet is not None), None]
    rows = [
        (total if sheet is None else plain(sheet), *_scores(by_sheet[sheet]))
        for sheet in ordered
        if sheet in by_sheet
    ]
    return CLEAR.listing(
        voice,
        rows,
        note=Words(
            "应清楚单位：在营和停业单位（注销、空壳、迁出和重复行除外）；"
            "各列为该项清楚的单位数；有待核的不算清楚",
            "Of units operating or suspended, each once; a value that is doubted is not clear",
        ),
        more=(
            *heads_said(voice, (Words("应清楚单位", "Of units"), 9, "count")),
            *(head for clear in CLEAR_FIELDS for head in _clear_heads(clear, voice)),
        ),
        strong=frozenset({len(rows) - 1}),
    )


def _scores(scores: list[tuple[Cell, ...]]) -> Iterator[Cell]:
    """Yield a sheet's counts, for each of the four its fields first, then all of them."""
    yield scores[0][-1]
    for clear, fields in CLEAR_FIELDS.items():
        known = {field: (n, of) for each, field, n, of in scores if each == clear}
        yield from (known[field][0] for field in fields)
        together, of = (int(each or 0) for each in known[None])
        yield together
        yield together / of if of else None


def _clear_heads(clear: Clear, voice: CheckVoice) -> Iterator[Head]:
    group = voice.say(CLEAR_WORDS[clear])
    for field in CLEAR_FIELDS[clear]:
        yield Head(_clear_name(field, voice), 9, "count", group=group)
    yield Head(voice.say(Words("全部清楚", "All clear")), 8, "count", group=group)
    yield Head(voice.say(Words("比例", "Share")), 8, "share", group=group)


def _clear_name(field: str, voice: CheckVoice) -> str:
    if field == "address":
        return voice.say(Words("地址或坐标", "address or coordinates"))
    return voice.say(field_words(field))


def notes_listing(report: LedgerReport, voice: CheckVoice) -> Listing:
    """Return 说明: how to work the book, and what was taken for granted while reading."""
    how, taken = Words("怎样更正", "How to correct"), Words("读取时的假定", "Assumed")
    rows: list[Row] = [(voice.say(how), voice.say(each)) for each in HOW_TO]
    rows += [(voice.say(taken), plain(voice.say(each))) for each in report.assumptions]
    rows += [
        (
            voice.say(Words("读取情况", "Read")),
            plain(
                voice.say(
                    Words(
                        f"{told.sheet}：表头第 {told.header_rows[0]}—{told.header_rows[1]} 行，"
                        f"{told.units} 家单位，{len(told.dropped)} 行不是单位",
                        f"{told.sheet}: header in rows {told.header_rows[0]} to "
                        f"{told.header_rows[1]}, {told.units} units, "
                        f"{len(told.dropped)} rows that are none",
                    )
                )
            ),
        )
        for told in report.sheets
    ]
    return NOTES.listing(voice, rows)
