"""What goes wrong in ledgers, planted on purpose: the one place where it happens.

Every trap has a name, which the truth file tells row by row. To add one, write what it does to an
entry and list it in `TRAPS` with how many rows it is to spoil; nothing else needs to know.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from lxgeo.demo.dice import Dice
from lxgeo.demo.entries import Cell, Entry, placed
from lxgeo.demo.nouns import CITY, DISTRICT, Township
from lxgeo.demo.units import ENOUGH
from lxgeo.model import Datum, OperatingStatus, Precision

_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_LARGE = 20
_HAN = "零一两三四五六七八九十"


@dataclass(frozen=True)
class Trap:
    """One thing that goes wrong.

    Parameters
    ----------
    name, zh
        What the truth file calls it, and what the folder's README says of it.
    rows
        How many entries it spoils.
    spoil
        What it does to an entry.
    fits
        Which entries it can happen to.
    """

    name: str
    zh: str
    rows: int
    spoil: Callable[[Entry, Dice], Entry]
    fits: Callable[[Entry], bool] = lambda _: True


def planted(entries: Sequence[Entry], dice: Dice) -> list[Entry]:
    """Return the entries with every trap planted, at most one an entry, and none in a branch.

    Parameters
    ----------
    entries
        Faultless entries, in ledger order.
    dice
        Which ones go wrong.
    """
    result = list(entries)
    for trap in TRAPS:
        chance = dice.of(trap.name)
        free = [
            k
            for k, entry in enumerate(result)
            if not entry.trap and entry.branch is None and trap.fits(entry)
        ]
        for k in sorted(chance.some(free, trap.rows)):
            result[k] = replace(trap.spoil(result[k], chance), trap=trap.name)
    return _misspelt_branches(result, dice.of("branch_misspelt"))


# Counts


def _full_width(entry: Entry, _: Dice) -> Entry:
    fields = ("staff", "total", "full", "probationary")
    return entry.typed({name: str(entry.cells[name]).translate(_FULL_WIDTH) for name in fields})


def _as_text(entry: Entry, dice: Dice) -> Entry:
    return entry.typed({"staff": str(entry.staff), "full": f"{entry.full}{dice.one_of(('', ' '))}"})


def _with_unit(entry: Entry, dice: Dice) -> Entry:
    unit = dice.one_of(("人", "名"))
    return entry.typed({"staff": f"{entry.staff}{unit}", "full": f"{entry.full}{unit}"})


def _in_han(entry: Entry, dice: Dice) -> Entry:
    said = _HAN[entry.unit.full]
    return entry.typed({"full": said + dice.one_of(("", "名", "人"))})


def _none_as_word(entry: Entry, dice: Dice) -> Entry:
    word = dice.one_of(("无", "没有", "/", "-", "—", "〇"))
    return entry.typed(dict.fromkeys(("total", "full", "probationary", "affiliated"), word))


def _about(entry: Entry, dice: Dice) -> Entry:
    people = max(10, round(entry.unit.staff, -1))
    said = dice.one_of((f"约{people}", f"{people}余人", f"{people}人左右"))
    return entry.typed({"staff": said}, staff=people)


_MEMBERS = ("total", "full", "probationary", "affiliated")


def _members_blank(entry: Entry, _: Dice) -> Entry:
    blank: dict[str, Cell] = dict.fromkeys(_MEMBERS)
    return entry.typed(blank, full=None, probationary=None, affiliated=None)


def _only_total(entry: Entry, _: Dice) -> Entry:
    blank: dict[str, Cell] = dict.fromkeys(_MEMBERS[1:])
    return entry.typed(blank, full=None, probationary=None, affiliated=None)


def _negative(entry: Entry, _: Dice) -> Entry:
    return entry.typed({"full": -1, "total": None, "affiliated": None}, full=None, affiliated=None)


def _disagreeing(entry: Entry, dice: Dice) -> Entry:
    return entry.typed({"total": entry.unit.members + dice.count(1, 3)})


def _over_staff(entry: Entry, _: Dice) -> Entry:
    people = entry.unit.members - 1
    return entry.typed({"staff": people}, staff=people)


def _combined(entry: Entry, dice: Dice) -> Entry:
    full, young = entry.unit.full, entry.unit.probationary
    said = dice.one_of((f"{full + young}(其中预备{young})", f"{full + young}（含预备{young}人）"))
    return entry.typed({"total": said, "full": None, "probationary": None})


def _elsewhere(entry: Entry, dice: Dice) -> Entry:
    here = dice.below(3)
    return entry.typed({"affiliated": here}, affiliated=here)


def _kin(entry: Entry, _: Dice) -> Entry:
    return entry.typed({"kin": "是"})


# Names and codes


def _spaced_name(entry: Entry, _: Dice) -> Entry:
    name = entry.unit.name
    return entry.typed({"name": f" {name[:2]} {name[2:]}　"})


def _no_code(entry: Entry, dice: Dice) -> Entry:
    return entry.typed({"credit_code": dice.one_of((None, "无", "/"))})


def _code_as_number(entry: Entry, _: Dice) -> Entry:
    # What a spreadsheet makes of 18 digits typed without an apostrophe: fifteen are left.
    return entry.typed({"credit_code": float(entry.unit.credit_code[:8] + "0" * 10)})


def _code_untidy(entry: Entry, _: Dice) -> Entry:
    code = entry.unit.credit_code
    return entry.typed({"credit_code": f"{code[:8].lower()} {code[8:].lower()}"})


def _code_wrong(entry: Entry, _: Dice) -> Entry:
    code = entry.unit.credit_code
    return entry.typed({"credit_code": code[:-1] + ("1" if code[-1] != "1" else "2")})


# Whether it is at work


def _status(words: tuple[str, ...], status: OperatingStatus) -> Callable[[Entry, Dice], Entry]:
    return lambda entry, dice: entry.typed({"status": dice.one_of(words)}, status=status)


def _no_status(entry: Entry, _: Dice) -> Entry:
    return entry.typed({"status": None})


# Coordinates: where they can't be trusted, the address is what tells


def _swapped(entry: Entry, _: Dice) -> Entry:
    lon, lat = entry.cells["lon"], entry.cells["lat"]
    return entry.typed({"lon": lat, "lat": lon}, tells=entry.unit.address.tells)


def _at_zero(entry: Entry, _: Dice) -> Entry:
    return entry.typed({"lon": 0, "lat": 0}, tells=entry.unit.address.tells)


def _far_away(entry: Entry, _: Dice) -> Entry:
    lon = round(entry.unit.site.lon + 1.3, 6)
    return entry.typed({"lon": lon}, tells=entry.unit.address.tells)


def _datum_blank(entry: Entry, dice: Dice) -> Entry:
    return placed(entry, Datum.WGS84, dice).typed({"datum": None})


def _datum_unknown(entry: Entry, dice: Dice) -> Entry:
    said = dice.one_of(("地方坐标系", "不详"))
    return entry.typed({"datum": said}, tells=entry.unit.address.tells)


def _in_bd09(entry: Entry, dice: Dice) -> Entry:
    return placed(entry, Datum.BD09, dice)


# Addresses


def _address(texts: tuple[str | None, ...], tells: Precision) -> Callable[[Entry, Dice], Entry]:
    return lambda entry, dice: entry.typed(
        {"address": dice.one_of(texts), "village": None}, tells=tells
    )


def _township_only(entry: Entry, dice: Dice) -> Entry:
    lead = dice.one_of((f"{CITY}{DISTRICT}", DISTRICT, ""))
    said = f"{lead}{entry.township.name}"
    return entry.typed({"address": said, "village": None}, tells=Precision.TOWNSHIP)


def _unplaced(entry: Entry) -> bool:
    return not entry.placed


def _placed(entry: Entry) -> bool:
    return entry.placed


def _none(entry: Entry) -> bool:
    return entry.unit.members == 0


def _some(entry: Entry) -> bool:
    return entry.unit.full >= 1


def _several(entry: Entry) -> bool:
    return entry.unit.members > 1


def _few(entry: Entry) -> bool:
    return 0 < entry.unit.full < len(_HAN)


def _with_probationary(entry: Entry) -> bool:
    return _some(entry) and entry.unit.probationary > 0


def _large(entry: Entry) -> bool:
    return entry.unit.staff >= _LARGE


def _three(entry: Entry) -> bool:
    return entry.unit.full >= ENOUGH


TRAPS: tuple[Trap, ...] = (
    Trap("closed", "已注销、吊销", 52, _status(("注销", "吊销", "已注销"), OperatingStatus.CLOSED)),
    Trap(
        *("shell", "空壳、查无、失联", 30),
        _status(("空壳", "查无", "僵尸企业", "失联"), OperatingStatus.SHELL),
    ),
    Trap("moved_out", "已迁出", 9, _status(("迁出", "已迁出"), OperatingStatus.MOVED_OUT)),
    Trap("suspended", "停业、歇业", 14, _status(("停业", "歇业"), OperatingStatus.SUSPENDED)),
    Trap("status_blank", "经营状态未填", 20, _no_status),
    Trap("members_blank", "党员数未填", 60, _members_blank),
    Trap("only_total", "只填党员总数", 10, _only_total, _few),
    Trap("negative", "党员数为负", 2, _negative, _some),
    Trap("total_disagrees", "总数不等于正式加预备", 5, _disagreeing, _some),
    Trap("over_staff", "党员多于从业人员", 4, _over_staff, _several),
    Trap("combined", "正式、预备合写一格", 4, _combined, _with_probationary),
    Trap("relation_elsewhere", "组织关系多未转入", 18, _elsewhere, _three),
    Trap("kin_majority", "亲属党员过半", 10, _kin, _three),
    Trap("full_width_digits", "全角数字", 60, _full_width),
    Trap("number_as_text", "文本型数字", 30, _as_text),
    Trap("number_with_unit", "数字带单位", 20, _with_unit),
    Trap("chinese_numeral", "汉字数字", 10, _in_han, _few),
    Trap("zero_as_word", "以“无”等代零", 90, _none_as_word, _none),
    Trap("staff_about", "从业人员为约数", 6, _about, _large),
    Trap("name_spaced", "名称中有空格", 8, _spaced_name),
    Trap("code_blank", "信用代码未填", 50, _no_code),
    Trap("code_as_number", "信用代码变成数值，末几位已失", 5, _code_as_number),
    Trap("code_untidy", "信用代码有空格、小写", 8, _code_untidy),
    Trap("code_wrong", "信用代码校验位不对", 4, _code_wrong),
    Trap("coordinates_swapped", "经纬度颠倒", 3, _swapped, _placed),
    Trap("coordinates_zero", "经纬度为零", 3, _at_zero, _placed),
    Trap("coordinates_far", "坐标在区外", 3, _far_away, _placed),
    Trap("datum_blank", "坐标系未填（实为 WGS 84）", 12, _datum_blank, _placed),
    Trap("datum_unknown", "坐标系不明", 4, _datum_unknown, _placed),
    Trap("datum_bd09", "坐标为 BD-09", 10, _in_bd09, _placed),
    Trap("address_blank", "地址未填", 25, _address((None, "无"), Precision.NONE), _unplaced),
    Trap(
        *("address_vague", "地址无从查找", 25),
        _address(("见营业执照", "待核实", "老地方", "市场内", "详见附件", "ASDF"), Precision.NONE),
        _unplaced,
    ),
    Trap(
        *("district_only", "地址只到区", 45),
        _address((DISTRICT, f"{CITY}{DISTRICT}", f"{CITY}{DISTRICT}城区"), Precision.DISTRICT),
        _unplaced,
    ),
    Trap("township_only", "地址只到乡镇、街道", 45, _township_only, _unplaced),
)
"""Everything that goes wrong within one row, in the order in which it is planted."""


# What goes wrong between rows

BETWEEN_ROWS: dict[str, str] = {
    "duplicate_on_sheet": "同一工作表内重复",
    "duplicate_on_other_sheet": "两个工作表内重复",
    "duplicate_renamed": "改名后重复，信用代码相同",
    "branch_misspelt": "党组织名称写法与其他成员不同",
    "joint_over_cap": "所在联合党支部超过 5 家单位",
    "three_inside_joint": "所在联合党支部含三名以上正式党员的单位",
    "joint_under_three": "所在联合党支部正式党员合计不足三名",
    "joint_of_one": "所在联合党支部只有一家单位",
}
"""Names of what shows only when rows are compared, or read beside the approved branches."""


def _misspelt_branches(entries: list[Entry], dice: Dice) -> list[Entry]:
    """Let three units of joint branches spell their branch's name in their own way."""
    members = Counter(entry.branch.id for entry in entries if entry.branch)
    joint = [
        k
        for k, entry in enumerate(entries)
        if entry.branch and not entry.trap and members[entry.branch.id] >= ENOUGH
    ]
    for k in dice.some(joint, 3):
        name = str(entries[k].cells["branch"]).replace("联合党支部", "联合支部")
        entries[k] = replace(entries[k].typed({"branch": name}), trap="branch_misspelt")
    return entries


def listed_twice(
    entries: Sequence[Entry], towns: Sequence[Township], dice: Dice, *, rows: int
) -> list[Entry]:
    """Return entries that list a unit again, for the end of a sheet.

    A third of them stand on the same sheet, a third on a later one (at work in one township,
    registered in another), a third on the same sheet under a new name with the old code.

    Parameters
    ----------
    entries
        What the ledger holds.
    towns
        The sheets, in order.
    dice
        Who is listed twice.
    rows
        How many.
    """
    free = [entry for entry in entries if not entry.trap and entry.branch is None]
    copies = []
    for number, entry in enumerate(dice.some(free, rows)):
        later = towns[towns.index(entry.township) + 1 :] or [entry.township]
        copy = replace(entry, copy_of=entry)
        if number % 3 == 0:
            copies.append(replace(copy, trap="duplicate_on_sheet"))
        elif number % 3 == 1:
            away = replace(copy, township=dice.one_of(later))
            copies.append(replace(away, trap="duplicate_on_other_sheet"))
        else:
            renamed = replace(entry.unit, name=_renamed(entry.unit.name))
            copy = replace(copy.typed({"name": renamed.name}), unit=renamed)
            copies.append(replace(copy, trap="duplicate_renamed"))
    return copies


def _renamed(name: str) -> str:
    """Return a new name: the old one with 新 after the place that it leads with."""
    place = next((p for p in (CITY, DISTRICT, CITY[:2], DISTRICT[:2]) if name.startswith(p)), "")
    return f"{place}新{name.removeprefix(place)}"
