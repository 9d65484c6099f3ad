"""Counts as offices write them: what goes wrong in the columns of people."""

from __future__ import annotations

from lxgeo.demo.dialects import TRADE_SHEET, dialect_of
from lxgeo.demo.dice import Dice
from lxgeo.demo.entries import Cell, Entry
from lxgeo.demo.trades import SOCIAL
from lxgeo.demo.trap import (
    BELOW,
    Seen,
    Trap,
    enough_members,
    no_members,
    several_members,
    some_members,
    unplaced,
    with_probationary,
)

_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_LARGE = 20
_HAN = "零一两三四五六七八九十"
_MEMBERS = ("total", "full", "probationary", "affiliated", "floating")
_READ = ("full_members", "probationary_members", "total_members")


def _full_width(entry: Entry, _: Dice) -> Entry:
    fields = ("staff", "total", "full", "probationary")
    return entry.typed({name: str(entry.cells[name]).translate(_FULL_WIDTH) for name in fields})


def _as_text(entry: Entry, dice: Dice) -> Entry:
    end = dice.one_of((" ", ".0", "。"))
    return entry.typed({"staff": str(entry.staff), "full": f"{entry.full}{end}"})


def _with_unit(entry: Entry, dice: Dice) -> Entry:
    unit = dice.one_of(("人", "名"))
    return entry.typed({"staff": f"{entry.staff}{unit}", "full": f"{entry.full}{unit}"})


def _in_han(entry: Entry, dice: Dice) -> Entry:
    said = _HAN[entry.unit.full] if entry.unit.full < len(_HAN) else f"十{_HAN[1]}"
    return entry.typed({"full": said + dice.one_of(("", "名", "人"))})


def _none_as_word(entry: Entry, dice: Dice) -> Entry:
    word = dice.one_of(("无", "没有", "/", "-", "—", "〇", "×", "零"))
    return entry.typed(dict.fromkeys(_MEMBERS, word))


def _staff_about(entry: Entry, dice: Dice) -> Entry:
    people = max(10, round(entry.unit.staff, -1))
    said = dice.one_of((f"约{people}", f"{people}余人", f"{people}人左右"))
    return entry.typed({"staff": said}, staff=people)


def _full_about(entry: Entry, dice: Dice) -> Entry:
    number = entry.unit.full
    return entry.typed({"full": dice.one_of((f"约{number}", f"{number}人左右"))})


def _staff_range(entry: Entry, dice: Dice) -> Entry:
    low = entry.unit.staff // 10 * 10
    said = dice.one_of((f"{low}-{low + 10}", f"{low}～{low + 10}人", f"{low}人以上"))
    return entry.typed({"staff": said}, staff=None)


def _members_blank(entry: Entry, _: Dice) -> Entry:
    blank: dict[str, Cell] = dict.fromkeys(_MEMBERS)
    return entry.typed(blank, full=None, probationary=None, affiliated=None, total=None)


def _only_total(entry: Entry, _: Dice) -> Entry:
    blank: dict[str, Cell] = dict.fromkeys(_MEMBERS[1:])
    return entry.typed(blank, full=None, probationary=None, affiliated=None)


def _no_probationary_column(entry: Entry, _: Dice) -> Entry:
    """Move an entry to the sheet of a line authority, which counts members only."""
    return entry.typed({}, full=None, probationary=None, affiliated=None, sheet=TRADE_SHEET)


def _negative(entry: Entry, _: Dice) -> Entry:
    cells: dict[str, Cell] = {"full": -1, "total": None, "affiliated": None, "floating": None}
    return entry.typed(cells, full=None, affiliated=None, total=None)


def _disagreeing(entry: Entry, dice: Dice) -> Entry:
    total = entry.unit.members + dice.count(1, 3)
    return entry.typed({"total": total}, total=total)


def _over_staff(entry: Entry, _: Dice) -> Entry:
    people = entry.unit.members - 1
    return entry.typed({"staff": people}, staff=people)


def _combined(entry: Entry, dice: Dice) -> Entry:
    full, young = entry.unit.full, entry.unit.probationary
    said = dice.one_of((f"{full + young}(其中预备{young})", f"{full + young}（含预备{young}人）"))
    return entry.typed({"total": said, "full": None, "probationary": None})


def _combined_briefly(entry: Entry, dice: Dice) -> Entry:
    full, young = entry.unit.full, entry.unit.probationary
    said = dice.one_of((f"{full}+{young}", f"{full}/{young}"))
    return entry.typed({"total": said, "full": None, "probationary": None})


def _pending(entry: Entry, dice: Dice) -> Entry:
    number = entry.unit.full
    return entry.typed({"full": dice.one_of((f"{number}人(1名待转)", f"{number}（1人待转）"))})


def _double(entry: Entry, dice: Dice) -> Entry:
    number = entry.unit.members
    said = dice.one_of((f"{number}（含双登记1人）", f"{number}(其中双登记1)"))
    return entry.typed({"total": said})


def _floating(entry: Entry, dice: Dice) -> Entry:
    away = dice.count(1, min(2, entry.unit.full))
    return entry.typed({"floating": away}, affiliated=entry.unit.full - away)


def _elsewhere(entry: Entry, dice: Dice) -> Entry:
    here = dice.below(3)
    return entry.typed({"affiliated": here}, affiliated=here)


def _kin(entry: Entry, _: Dice) -> Entry:
    return entry.typed({"kin": "是"})


def _few(entry: Entry) -> bool:
    return 0 < entry.unit.full < len(_HAN)


def _large(entry: Entry) -> bool:
    return entry.unit.staff >= _LARGE


def _of_a_line(entry: Entry) -> bool:
    of_line = entry.unit.kind in SOCIAL and entry.unit.line == "归口"
    return _few(entry) and of_line and unplaced(entry)


def _tells_affiliated(entry: Entry) -> bool:
    return enough_members(entry) and "affiliated" in dialect_of(entry.township).fields


def _tells_floating(entry: Entry) -> bool:
    whole = some_members(entry) and entry.unit.probationary == 0
    return whole and "floating" in dialect_of(entry.township).fields


COUNTS: tuple[Trap, ...] = (
    Trap(
        *("members_blank", "党员数未填", 12, _members_blank),
        pattern=12,
        flag=("full_members",),
    ),
    Trap(
        *("probationary_missing", "整张表只有党员数，没有正式、预备之分", 8),
        *(_no_probationary_column, _of_a_line),
        pattern=22,
        flag=("full_members",),
    ),
    Trap(
        *("only_total", "只填党员总数", 8, _only_total, _few),
        pattern=22,
        flag=("full_members",),
    ),
    Trap(
        *("negative", "党员数为负", 2, _negative, some_members),
        pattern=20,
        flag=("full_members",),
    ),
    Trap(
        *("total_disagrees", "总数不等于正式加预备", 5, _disagreeing, some_members),
        pattern=20,
        flag=("total_members",),
    ),
    Trap(
        *("over_staff", "党员多于从业人员", 4, _over_staff, several_members),
        pattern=21,
        flag=("staff",),
    ),
    Trap(
        *("combined", "正式、预备合写一格，如 5(其中预备1)", 5, _combined, with_probationary),
        pattern=19,
        flag=("total_members",),
    ),
    Trap(
        *("combined_briefly", "正式、预备合写一格，如 3+1、5/1", 4, _combined_briefly),
        with_probationary,
        pattern=19,
        flag=("total_members",),
    ),
    Trap(
        *("pending", "括注待转，如 3人(1名待转)", 3, _pending, several_members),
        pattern=BELOW,
        flag=("full_members",),
    ),
    Trap(
        *("double_registered", "含双登记党员", 4, _double, several_members),
        pattern=33,
        flag=("total_members",),
    ),
    Trap(*("floating_members", "有流动党员", 4, _floating, _tells_floating), pattern=33),
    Trap(
        *("relation_elsewhere", "组织关系多未转入", 8, _elsewhere, _tells_affiliated),
        pattern=33,
    ),
    Trap(
        *("kin_majority", "亲属党员过半", 6, _kin, enough_members),
        pattern=BELOW,
        flag=("kin_majority",),
        seen=Seen.TRIAGE,
    ),
    Trap(
        *("full_width_digits", "全角数字", 9, _full_width),
        pattern=14,
        repair=("staff", *_READ),
    ),
    Trap(
        *("number_as_text", "文本型数字，带空格、句号或 .0", 8, _as_text),
        pattern=18,
        repair=("full_members",),
    ),
    Trap(
        *("number_with_unit", "数字带单位", 8, _with_unit),
        pattern=15,
        repair=("staff", "full_members"),
    ),
    Trap(*("chinese_numeral", "汉字数字", 8, _in_han, _few), pattern=16, repair=("full_members",)),
    Trap(
        *("zero_as_word", "以“无”等代零", 8, _none_as_word, no_members),
        pattern=13,
        repair=_READ,
    ),
    Trap(*("staff_about", "从业人员为约数", 5, _staff_about, _large), pattern=15, flag=("staff",)),
    Trap(
        *("members_about", "党员为约数", 3, _full_about, several_members),
        pattern=15,
        flag=("full_members",),
    ),
    Trap(
        *("staff_range", "从业人员为区间，如 10-20、50人以上", 5, _staff_range, _large),
        pattern=17,
        flag=("staff",),
    ),
)
"""What goes wrong in counts, in the order in which it is planted."""
