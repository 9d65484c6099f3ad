"""What a workbook does beside its values: formulas, colours, comments, hidden and split rows."""

from __future__ import annotations

from dataclasses import replace

from lxgeo.demo.dialects import HIDDEN_SHEET, dialect_of
from lxgeo.demo.dice import Dice
from lxgeo.demo.entries import Entry, Formula
from lxgeo.demo.trap import BELOW, Seen, Trap, some_members, unplaced

RED = "FF0000"
HIDDEN_STATUS = "在业"
"""The state whose rows the filter hides; no other row is said to be in it."""

_LONG = 12


def _error(entry: Entry, dice: Dice) -> Entry:
    said = dice.one_of(("#REF!", "#N/A", "#VALUE!"))
    formula = Formula({"#REF!": "=#REF!+1", "#N/A": "=NA()"}.get(said, '="x"+1'), said)
    return entry.typed({"staff": formula}, staff=None)


def _member_error(entry: Entry, _: Dice) -> Entry:
    return entry.typed(
        {"full": Formula("=#REF!", "#REF!"), "affiliated": None, "floating": None},
        full=None,
        affiliated=None,
    )


def _uncalculated(entry: Entry, _: Dice) -> Entry:
    return entry.typed({"staff": Formula("={total}+3", None)}, staff=None)


def _comment(entry: Entry, _: Dice) -> Entry:
    return replace(entry, comments={"full": "电话核实：其中 1 名拟转出（虚构批注）"})


def _red(entry: Entry, _: Dice) -> Entry:
    return replace(entry.typed({"status": None}), colour=RED)


def _hidden(entry: Entry, _: Dice) -> Entry:
    return entry.typed({"status": HIDDEN_STATUS}, hidden=True)


def _on_hidden_sheet(entry: Entry, _: Dice) -> Entry:
    return entry.typed({}, sheet=HIDDEN_SHEET, affiliated=None)


def _split(entry: Entry, _: Dice) -> Entry:
    said = str(entry.cells["address"])
    cut = len(said) // 2
    return entry.typed({"address": said[:cut]}, below={"address": said[cut:]})


def _split_merged(entry: Entry, _: Dice) -> Entry:
    return entry.typed({}, below={"note": "（接上行）原址拆迁，已搬至现址"}, merged=True)


def _filtered(entry: Entry) -> bool:
    return dialect_of(entry.township).filtered


def _plain(entry: Entry) -> bool:
    return unplaced(entry) and entry.unit.line == "属地"


def _long(entry: Entry) -> bool:
    return _plain(entry) and len(entry.unit.address.text) > _LONG


CELLS: tuple[Trap, ...] = (
    Trap(*("hidden_row", "被筛选隐藏的行", 6, _hidden, _filtered), pattern=46),
    Trap(*("hidden_sheet", "在隐藏的工作表上", 6, _on_hidden_sheet, _plain), pattern=46),
    Trap(*("formula_error", "从业人员是出错的公式", 4, _error), pattern=46, flag=("staff",)),
    Trap(
        *("member_formula_error", "正式党员是出错的公式", 3, _member_error, some_members),
        pattern=46,
        flag=("full_members",),
    ),
    Trap(
        *("formula_uncalculated", "公式没有算出的值", 4, _uncalculated),
        pattern=46,
        flag=("staff",),
    ),
    Trap(
        *("comment", "单元格有批注", 4, _comment, some_members),
        pattern=46,
        flag=("full_members",),
        seen=Seen.REPORT,
    ),
    Trap(
        *("painted_red", "整行标红（表末注明红色为已注销）", 4, _red),
        pattern=46,
        flag=("operating_status",),
        seen=Seen.REPORT,
    ),
    Trap(*("split_row", "一家单位写成两行", 3, _split, _long), pattern=BELOW, repair=("address",)),
    Trap(
        *("split_row_merged", "一家单位占两行，名称合并", 2, _split_merged, _plain), pattern=BELOW
    ),
)
"""What goes wrong in the workbook, in the order in which it is planted."""
