"""Random ledgers: what is true of units, and the dirt that offices write it in.

Everything that is drawn at random is drawn here; `office.written` then puts it on sheets.
"""

from __future__ import annotations

import datetime as dt
import os

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from lxgeo.ledger import Sheet
from office import LEVELS, Cell, Entry, Layout, Unit, Written, written

# The same examples on every machine; LXGEO_EXPLORE=1000 looks for new ones, and for the smallest.
_MORE = int(os.environ.get("LXGEO_EXPLORE", "0"))
_SLOW_START = [HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile(
    "same",
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=_SLOW_START,
)
settings.register_profile("explore", deadline=None, suppress_health_check=_SLOW_START)
settings.load_profile("explore" if _MORE else "same")


def examples(count: int) -> settings:
    """Return settings for so many examples; more where somebody explores."""
    return settings(max_examples=max(count, _MORE))


# What is true

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_TRADES = (
    *("机械有限公司", "电子厂", "商行", "(集团)有限公司", "便利店", "幼儿园", "商会"),
    "律师事务所",
)
_STREETS = ("人民路", "解放大道", "莞太路", "东门街")


def coded(body: str) -> str:
    """Return seventeen characters with the check character of GB 32100."""
    total = sum(w * _ALPHABET.index(c) for w, c in zip(_WEIGHTS, body, strict=True))
    return body + _ALPHABET[(31 - total % 31) % 31]


def identity(body: str) -> str:
    """Return seventeen digits with the check digit of a resident's number (GB 11643)."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(w * int(c) for w, c in zip(weights, body, strict=True))
    return body + "10X98765432"[total % 11]


@st.composite
def units(draw: st.DrawFn) -> Unit:
    """Draw what is true of a unit."""
    number = draw(st.integers(0, 10**8 - 1))
    codes = st.just(coded(f"91350100M{number:08d}"))
    counts = st.one_of(st.integers(0, 6), st.integers(0, 200))
    return Unit(
        name=draw(st.text("宏达兴旺金信瑞丰恒泰", min_size=2, max_size=4))
        + draw(st.sampled_from(_TRADES)),
        code=draw(st.one_of(codes, st.none())),
        address=f"{draw(st.sampled_from(_STREETS))}{draw(st.integers(1, 999))}号",
        staff=draw(st.one_of(st.integers(0, 30), st.integers(0, 20_000))),
        full=draw(counts),
        probationary=draw(st.integers(0, 4)),
    )


# How it is written

_HAN = "零一二三四五六七八九"
_UNSEEN = ("", "\u200b", "\ufeff", "\u202e", "\u00ad")
_ZEROS = ("无", "没有", "/", "-", "—", "〇", "×", "零")
_UNREADABLE = (
    *("若干", "见附件", "#REF!", "3人或许4人", "数人", True),
    dt.date(2020, 5, 3),
    2.5,
    "？",
)
_BLANKS = (None, "", "  ", "\u3000", "\n", "\u200b")
_WIDE = str.maketrans("0123456789()", "０１２３４５６７８９（）")


def han(number: int) -> str:
    """Return a number below a hundred as people write it in characters."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _HAN[ones]
    return ("" if tens == 1 else _HAN[tens]) + "十" + (_HAN[ones] if ones else "")


def _plainly(n: int) -> list[object]:
    """Return everything that is read as this number and nothing else."""
    text = str(n)
    ways: list[object] = [n, float(n), text, text.translate(_WIDE), f"{n}人", f" {n} 名", f"{n}。"]
    ways += [f"{n:,}", f"{text[:1]}\u200b{text[1:]}", f"{n}\n人"]
    ways += [han(n), f"{han(n)}名", f"{han(n)}人"] if n < 100 else []
    return ways + (list(_ZEROS) if n == 0 else [])


@st.composite
def counts(draw: st.DrawFn, n: int) -> Cell:
    """Draw how a count is written: mostly plainly, else about, as a range, not at all."""
    how = draw(st.sampled_from(("sure", "sure", "sure", "about", "unknown", "blank", "blank")))
    if how == "sure":
        return Cell(draw(st.sampled_from(_plainly(n))))
    if how == "about":
        return Cell(draw(st.sampled_from((f"约{n}", f"{n}人左右", f"近{n}人", f"{n}余人"))), how)
    if how == "blank":
        return Cell(draw(st.sampled_from(_BLANKS)), how)
    ranges = (f"{n}-{n + 5}", f"{n}人以上", f"不超过{n + 1}人", f"{max(0, n - 2)}至{n + 1}人")
    negative = (-n, f"-{n}") if n else ()
    return Cell(draw(st.sampled_from((*ranges, *negative, *_UNREADABLE))), how)


def _split(unit: Unit) -> list[object]:
    """Return ways to write all members in one cell, those on probation told apart."""
    full, probationary, total = unit.full, unit.probationary, unit.total
    return [
        *(
            f"{full}+{probationary}",
            f"{full}/{probationary}",
            f"正式{full}人，预备{probationary}人",
        ),
        *(f"{total}(其中预备{probationary})", f"共{total}人，其中预备党员{probationary}名"),
    ]


@st.composite
def names(draw: st.DrawFn, name: str) -> Cell:
    """Draw how a name is written: wide brackets, unseen characters, stray spaces."""
    at = draw(st.integers(0, len(name)))
    dirty = name[:at] + draw(st.sampled_from((*_UNSEEN, " ", "\n"))) + name[at:]
    dirty = dirty.translate(draw(st.sampled_from(({}, _WIDE))))
    return Cell(
        draw(st.sampled_from(("", " ", "\u3000"))) + dirty + draw(st.sampled_from(("", "。", " ")))
    )


@st.composite
def codes(draw: st.DrawFn, code: str | None) -> Cell:
    """Draw how a credit code is written: lower case, parted by spaces, wide digits, O for 0."""
    if code is None:
        return Cell(draw(st.sampled_from((*_BLANKS, "无", "/"))), "blank")
    parted = f"{code[:8]} {code[8:]}"
    wrong = code.replace("0", "O")
    return Cell(draw(st.sampled_from((code, code.lower(), parted, code.translate(_WIDE), wrong))))


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    """Draw a unit and how an office wrote it down."""
    unit = draw(units())
    total = draw(counts(unit.total))
    if draw(st.integers(0, 3)) == 0:
        total = Cell(draw(st.sampled_from(_split(unit))), "about")
    cells = {
        "name": draw(names(unit.name)),
        "credit_code": draw(codes(unit.code)),
        "address": Cell(draw(st.sampled_from((unit.address, unit.address.translate(_WIDE))))),
        "staff": draw(counts(unit.staff)),
        "full_members": draw(counts(unit.full)),
        "probationary_members": draw(counts(unit.probationary)),
        "total_members": total,
    }
    return Entry(unit, cells, draw(secrets()))


RARE = "龘靐齉爨麤灪爩鱻"


@st.composite
def secrets(draw: st.DrawFn) -> tuple[str, ...]:
    """Draw what columns of persons hold: a name that nothing else holds, a phone, an id number."""
    name = draw(st.text(RARE, min_size=2, max_size=3))
    number = draw(st.integers(0, 999))
    phone = f"13{draw(st.integers(10**8, 10**9 - 1))}"
    return name, phone, identity(f"11010119900307{number:03d}")


# How its sheet looks

SYNONYMS = {
    "name": ("单位名称", "企业名称", "单 位 名 称", "单位名称(全称)", "*组织名称", "單位名稱"),
    "credit_code": ("统一社会信用代码", "信用代码", "统一社会\n信用代码"),
    "address": ("地址", "经营地址", "详细地址（门牌号）"),
    "staff": ("从业人员数", "职工人数（人）", "员工数"),
    "full_members": ("正式党员", "其中：正式党员数", "正式党员\n（人）"),
    "probationary_members": ("预备党员", "其中:预备党员数", "预备党员（人）"),
    "total_members": ("党员总数", "党员数（人）", "党员\n人数", "中共党员人数", "黨員數"),
    "serial": ("序号", "编号"),
    "person0": ("法定代表人", "负责人姓名", "书记", "党员姓名", "联系人"),
    "person1": ("联系电话", "手机号码", "法人联系方式"),
    "person2": ("身份证号", "出生日期", "证件号码"),
    "other0": ("备注", "楼上的事", "登记情况说明", "说明"),
    "other1": ("号码", "填写内容", "备用"),
}
"""Field → headers that mean it."""

_MEMBERS = (
    ("full_members",),
    ("total_members",),
    ("full_members", "probationary_members"),
    ("probationary_members", "total_members"),
    ("full_members", "probationary_members", "total_members"),
)
_TOWNSHIPS = ("城关镇", "东街道", "河西乡", "Sheet1", "附件2")


@st.composite
def layouts(draw: st.DrawFn, name: str, most: int) -> Layout:
    """Draw how a sheet of at most so many entries looks."""
    members = draw(st.sampled_from(_MEMBERS))
    others = st.lists(
        st.sampled_from(("credit_code", "address", "staff", "serial", *SYNONYMS)), unique=True
    )
    some = [each for each in draw(others) if each not in LEVELS and each != "name"]
    order = draw(st.permutations(["name", *some, "members"]))
    fields = [each for name in order for each in (members if name == "members" else (name,))]
    things = st.sampled_from(("blank", "header", "divider"))
    return Layout(
        name=name,
        heads=tuple((each, draw(st.sampled_from(SYNONYMS[each]))) for each in fields),
        titles=draw(
            st.sampled_from(((), ("两新组织党建工作台账",), ("附件1", "填表人：龘龘 13812345678")))
        ),
        levels=len(members) > 1 and draw(st.booleans()),
        between=draw(st.dictionaries(st.integers(0, most), things, max_size=2)),
        ends=draw(
            st.sampled_from(
                ((), ("合计",), ("合计", "填表人：龘靐 电话：13912345678"), ("注：按月报送",))
            )
        ),
    )


@st.composite
def ledgers(draw: st.DrawFn, most: int = 5) -> list[Written]:
    """Draw a ledger of one to three sheets; no two units have a name or a code in common."""
    wrote = draw(
        st.lists(
            entries(),
            min_size=1,
            max_size=most,
            unique_by=(lambda each: each.unit.name, lambda each: each.unit.code or each.unit.name),
        )
    )
    names_ = draw(st.lists(st.sampled_from(_TOWNSHIPS), min_size=1, max_size=3, unique=True))
    cut = draw(st.lists(st.integers(0, len(names_) - 1), min_size=len(wrote), max_size=len(wrote)))
    sheets = [
        (name, [e for e, at in zip(wrote, cut, strict=True) if at == i])
        for i, name in enumerate(names_)
    ]
    return [written(draw(layouts(name, len(some))), some) for name, some in sheets if some]


# Anything at all

_NOON = dt.datetime.combine(dt.date(2020, 2, 29), dt.time(12, 30))
_NASTY = (
    *("\x00", "a\x00b", "\u202e逆\u202c", "😀" * 3, "汉" * 100_000, "x" * 100_000, "\ud800"),
    "\uffff",
    *(10**400, -(10**30), 2**63, float("nan"), float("inf"), -float("inf"), -0.0, 1e308, 5e-324),
    *(dt.date.min, dt.date.max, _NOON, True, False),
    *("合计", "小计", "同上", "〃", "填表人：", "注：", "一、企业", "1、", "（", "))(("),
    *("正式党员", "单位名称"),
    *("=1+1", "{{7*7}}", "%s%n", "9" * 30, "1" * 5000, "9.1E+17", "１３８００１３８０００", "-"),
    *("/", ""),
    *("113.7,23.0", "181", "113°45'30\"E", "百度", "GCJ-02", "5(其中预备", "3+", "+", "十百"),
    "零零",
    *("2020年13月45日", "０", "²", "①", "Ⅷ", "५", "一二", "\u3000", "\u200b", "\n", "a\u0301" * 40),
)


def anything() -> st.SearchStrategy[object]:
    """Return cells of any kind that a reader hands over, the nastier the better."""
    return st.one_of(
        st.sampled_from(_NASTY),
        st.none(),
        st.text(max_size=12),
        st.integers(),
        st.floats(),
        st.dates(),
        st.datetimes(),
        st.booleans(),
    )


@st.composite
def chaos(draw: st.DrawFn) -> Sheet:
    """Draw a sheet of anything, mostly below a header that is one."""
    heads = [spelling for row in SYNONYMS.values() for spelling in row]
    more = (
        *("经度", "纬度", "坐标", "坐标系", "行业代码", "经营状态", "组建方式", "所在党组织"),
        *("id", "街道"),
    )
    header = draw(st.lists(st.sampled_from((*heads, *more)), min_size=1, max_size=8))
    if draw(st.booleans()):
        header.append("单位名称")
    body = draw(st.lists(st.lists(anything(), max_size=len(header) + 1), max_size=6))
    above = draw(st.lists(st.lists(anything(), max_size=3), max_size=2))
    place = st.integers(1, 9)
    merges = draw(st.lists(st.tuples(place, place, place, place), max_size=2))
    rows = [*above, header, *body]
    inside = st.tuples(st.integers(1, len(rows)), st.integers(1, max(map(len, rows))))
    return Sheet(
        draw(st.text(max_size=8)),
        tuple(map(tuple, rows)),
        tuple((min(t, b), min(a, z), max(t, b), max(a, z)) for t, a, b, z in merges),
        hidden_rows=frozenset(draw(st.lists(place, max_size=2))),
        faulty=draw(st.dictionaries(inside, st.just("#REF!"), max_size=2)),
    )
