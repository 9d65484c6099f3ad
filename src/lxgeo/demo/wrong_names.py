"""Names and credit codes as offices write them."""

from __future__ import annotations

from dataclasses import replace

from lxgeo.demo.dice import Dice
from lxgeo.demo.entries import Entry
from lxgeo.demo.trap import BELOW, Trap

_ZERO_WIDTH = "\u200b"
_TRADITIONAL = str.maketrans(
    {"云": "雲", "岚": "嵐", "区": "區", "业": "業", "贸": "貿", "务": "務", "网": "網"}
    | {"电": "電", "车": "車", "机": "機", "饭": "飯", "馆": "館", "门": "門", "药": "藥"}
)
_BRACKETS = ("（{}）", "【{}】", "〔{}〕", "({})")
_SHORTER = 17


def _spaced(entry: Entry, _: Dice) -> Entry:
    name = entry.unit.name
    return entry.typed({"name": f" {name[:2]} {name[2:]}　"})


def _unseen(entry: Entry, _: Dice) -> Entry:
    name = entry.unit.name
    return entry.typed({"name": f"{name[:3]}{_ZERO_WIDTH}{name[3:]}{_ZERO_WIDTH}"})


def _bracketed(entry: Entry, dice: Dice) -> Entry:
    """Give the unit a name that ends in a note, in some office's brackets."""
    note = dice.one_of(("云溪", "普通合伙", "一期"))
    unit = replace(entry.unit, name=f"{entry.unit.name}({note})")
    said = entry.unit.name + dice.one_of(_BRACKETS).format(note)
    return replace(entry.typed({"name": said}), unit=unit)


def _traditional(entry: Entry, _: Dice) -> Entry:
    """Write the name in traditional characters: a name of its own, nothing to be put right."""
    unit = replace(entry.unit, name=entry.unit.name.translate(_TRADITIONAL))
    return replace(entry.typed({"name": unit.name}), unit=unit)


def _no_code(entry: Entry, dice: Dice) -> Entry:
    return entry.typed({"credit_code": dice.one_of((None, "无", "/"))})


def _code_as_number(entry: Entry, _: Dice) -> Entry:
    # What a spreadsheet makes of 18 digits typed without an apostrophe: fifteen are left.
    return entry.typed({"credit_code": float(entry.unit.credit_code[:8] + "0" * 10)})


def _code_scientific(entry: Entry, dice: Dice) -> Entry:
    said = dice.one_of(("9.1980203E+17", "9.19802E+17", "919802030000000000"))
    return entry.typed({"credit_code": said})


def _code_untidy(entry: Entry, _: Dice) -> Entry:
    code = entry.unit.credit_code
    return entry.typed({"credit_code": f"{code[:8].lower()} {code[8:].lower()}"})


def _code_lookalike(entry: Entry, _: Dice) -> Entry:
    # 91980203…: the first zero typed as a letter.
    return entry.typed({"credit_code": entry.unit.credit_code.replace("0", "O", 1)})


def _code_wrong(entry: Entry, _: Dice) -> Entry:
    code = entry.unit.credit_code
    return entry.typed({"credit_code": code[:-1] + ("1" if code[-1] != "1" else "2")})


def _code_short(entry: Entry, dice: Dice) -> Entry:
    code = entry.unit.credit_code
    return entry.typed({"credit_code": dice.one_of((code[:_SHORTER], code + "0"))})


NAMES: tuple[Trap, ...] = (
    Trap(*("name_spaced", "名称中有空格", 5, _spaced), pattern=28),
    Trap(*("name_unseen", "名称中有零宽字符", 4, _unseen), pattern=28),
    Trap(*("name_brackets", "名称中的括号各式各样", 5, _bracketed), pattern=28),
    Trap(*("name_traditional", "名称写成繁体", 3, _traditional), pattern=BELOW),
    Trap(*("code_blank", "信用代码未填", 8, _no_code), pattern=25),
    Trap(
        *("code_as_number", "信用代码变成数值，末几位已失", 4, _code_as_number),
        pattern=24,
        flag=("credit_code",),
    ),
    Trap(
        *("code_scientific", "信用代码为科学计数法或只剩十五位", 4, _code_scientific),
        pattern=24,
        flag=("credit_code",),
    ),
    Trap(
        *("code_untidy", "信用代码有空格、小写", 5, _code_untidy),
        pattern=25,
        repair=("credit_code",),
    ),
    Trap(
        *("code_lookalike", "信用代码中 0 写成 O", 4, _code_lookalike),
        pattern=25,
        repair=("credit_code",),
    ),
    Trap(*("code_wrong", "信用代码校验位不对", 4, _code_wrong), pattern=25, flag=("credit_code",)),
    Trap(*("code_short", "信用代码位数不对", 3, _code_short), pattern=25, flag=("credit_code",)),
)
"""What goes wrong in names and codes, in the order in which it is planted."""
