"""Names as they are compared: folded, without their tails, in all forms that a township has."""

from __future__ import annotations

import functools
import re
import unicodedata

_CLEAN = re.compile(r"[0-9A-Z()#,\-\u4e00-\u9fff]*")
_BRACKETS = {**dict.fromkeys("[{【〔「『《〈<", "("), **dict.fromkeys("]}】〕」』》〉>", ")")}
_SEPARATORS = dict.fromkeys("、。;:|!?/\\", ",")
_RADICALS = "⻄西⺠民⻋车⻓长⻔门⻢马⻥鱼⻩黄⻬齐⻰龙⻘青⻛风⻜飞⻆角⻉贝⻅见⻦鸟⻨麦⻚页"
"""Radicals that look like characters and come out of PDFs, each before its character."""
_MARKS = {
    **_BRACKETS,
    **_SEPARATORS,
    "~": "-",
    **dict(zip(_RADICALS[::2], _RADICALS[1::2], strict=True)),
}


def fold(text: str) -> str:
    """Return a text as names are compared.

    Full-width forms and radicals become ordinary characters (NFKC), letters capitals; blanks,
    control characters, quotes and other marks go, brackets become round, dashes ``-``, separators
    commas. Every character is folded by itself, so that offsets can be traced back.
    """
    if _CLEAN.fullmatch(text):
        return text
    return "".join(map(fold_character, text))


@functools.lru_cache(maxsize=8192)
def fold_character(character: str) -> str:
    """Return what `fold` makes of one character: nothing, one or several characters."""
    return "".join(map(_folded, unicodedata.normalize("NFKC", character).upper()))


def _folded(character: str) -> str:
    if character in _MARKS:
        return _MARKS[character]
    category = unicodedata.category(character)
    if category == "Pd":
        return "-"
    kept = category[0] in "LN" or character in "(),-#."
    return character if kept else ""


# --- tails: which tower, block or phase of a building

_COUNT = "[0-9]{1,4}|[A-Z]{1,2}[0-9]{0,2}|[一二三四五六七八九十]{1,3}|[甲乙丙丁东南西北中主副裙]"
_TAIL = re.compile(rf"\(?({_COUNT})(号?[栋幢座]|号楼|期|塔楼|塔)\)?")
_TAILS_AT_END = re.compile(rf"(?:{_TAIL.pattern})+$")
_FLOOR_AT_END = re.compile(r"(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})(?:层|楼)$")
_NOTE_AT_END = re.compile(r"\([^()]*\)$")
_DIGIT = {character: i for i, character in enumerate("零一二三四五六七八九")}


def split_tail(name: str) -> tuple[str, frozenset[str]]:
    """Return a building's folded name without its tail, and what the tail says.

    ``创业大厦A座`` and ``创业大厦(A栋)`` are both ``创业大厦`` and ``{"A"}``; ``天安广场一期`` is
    ``天安广场`` and ``{"1期"}``. A floor is dropped, as is a note in brackets.
    """
    base = _FLOOR_AT_END.sub("", name)
    found = _TAILS_AT_END.search(base)
    if found and found.start() > 0:
        return base[: found.start()], tail_at(base, found.start())
    plain = _NOTE_AT_END.sub("", base)
    return (plain or base), frozenset()


def tail_at(text: str, start: int) -> frozenset[str]:
    """Return what the tail says that a folded text goes on with: towers, blocks, phases."""
    parts = set()
    while found := _TAIL.match(text, start):
        number, unit = found.groups()
        parts.add(arabic(number) + ("期" if unit == "期" else ""))
        start = found.end()
    return frozenset(parts)


def arabic(number: str) -> str:
    """Return a count of at most 99 in digits; letters and directions stay."""
    tens, ten, ones = number.rpartition("十")
    if ten:
        return str(10 * _DIGIT.get(tens, 1) + _DIGIT.get(ones, 0))
    return str(_DIGIT.get(number, number))


_TYPE_ONLY = re.compile(
    r"(?:(?:科技|工业|产业|软件|物流|创意|创业|高新)(?:园区|园|区|城|基地)|(?:商务|商业|服务|购物)?中心"
    r"|(?:综合|办公|写字)?楼|大楼|大厦|广场|市场|商场|商城|厂房|花园|公寓|小区|酒店)+"
)


def says_only_a_type(base: str) -> bool:
    """Return whether a name says what a place is but not which: 科技园, 商务中心."""
    return bool(_TYPE_ONLY.fullmatch(base))


# --- townships, districts, villages

_OFFICES = ("街道", "街道办事处", "街道办", "办事处")
_PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水"
    "|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克"
    "|俄罗斯|鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺"
)
_TOWNSHIP = re.compile(rf"(.+?)(街道办事处|街道办|办事处|街道|镇|(?:(?:{_PEOPLES})族)+乡|乡|苏木)")
_OTHER_END = re.compile(r".*[区园场城岛县市旗)]")
_ABOVE = re.compile(r"(?:.{2,}?[省市](?=..))+")
_DISTRICT = re.compile(r"(.+?)(自治县|林区|特区|新区|区|县|市|旗)")
_COMMITTEES = {
    "社区": ("社区", "社区居委会", "社区居民委员会", "社区工作站"),
    "村": ("村", "村委会", "村民委员会", "村村委会", "村村民委员会", "行政村"),
}


def township_forms(name: str) -> tuple[tuple[str, ...], str]:
    """Return the forms in which a township's folded name is written in full, and its stem.

    沙头街道 is also 沙头街道办事处, 沙头街道办, 沙头办事处, and 沙头 in short. A name of another
    kind (福田保税区) has one form and is its own stem.
    """
    found = _TOWNSHIP.fullmatch(name)
    if found:
        stem, kind = found.groups()
        ends: tuple[str, ...] = (kind,) if kind[-1] in "镇乡木" else _OFFICES
    elif _OTHER_END.fullmatch(name):
        return (name,), name
    else:
        stem, ends = name, (*_OFFICES, "镇", "乡")
    return tuple(stem + end for end in ends), stem


def village_forms(name: str) -> tuple[tuple[str, ...], str]:
    """Return the forms in which a village's or community's folded name is written in full.

    Also its stem: 河湾社区 and 河湾社区居委会 are 河湾 in short.
    """
    for forms in _COMMITTEES.values():
        for end in sorted(forms, key=len, reverse=True):
            if name.endswith(end) and name != end:
                stem = name.removesuffix(end)
                return tuple(stem + form for form in forms), stem
    return tuple(name + form for forms in _COMMITTEES.values() for form in forms), name


def district_forms(name: str) -> tuple[tuple[str, ...], str]:
    """Return the forms in which a district's folded name is written in full, and its stem.

    The province and city before it go: 深圳市福田区 is 福田区, in short 福田.
    """
    own = _ABOVE.sub("", name, count=1) if _ABOVE.match(name) else name
    found = _DISTRICT.fullmatch(own)
    return ((own,), found.group(1)) if found else (tuple(own + end for end in "区县市"), own)


def aliases(text: str) -> tuple[str, ...]:
    """Return the names in a folded list of aliases, which commas part."""
    return tuple(alias for alias in text.split(",") if alias)
