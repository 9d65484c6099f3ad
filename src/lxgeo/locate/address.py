"""A thin reading of an address: what each stretch of it is, by how it ends.

Good enough to locate by: which district and township an address names, where a road and its number
stand, where a building's name may begin. It knows no list of divisions, so 浙江义乌市 is a city to
it and a township without its ending (柳市) goes unseen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxgeo.locate.names import arabic, fold_character


@dataclass(frozen=True, slots=True)
class Span:
    """A labelled stretch of a folded text.

    Parameters
    ----------
    label
        ``prov city district devzone town community road roadno poi subpoi houseno cellno floorno
        roomno``.
    start, end
        Offsets, end exclusive.
    """

    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Part:
    """A labelled stretch of an address: its words, and offsets into the text as given."""

    label: str
    text: str
    start: int
    end: int


def parse(text: str) -> tuple[Part, ...]:
    """Return the parts of an address, in order.

    Parameters
    ----------
    text
        An address as given; anything else comes back as few parts or none.

    Returns
    -------
    tuple of Part
        Parts that don't overlap; what is none of the labels (brackets, commas) is left out.
    """
    folded, origin = [], []
    for i, character in enumerate(text):
        kept = fold_character(character)
        folded.append(kept)
        origin.extend([i] * len(kept))
    parts = []
    for span in spans("".join(folded)):
        start, end = origin[span.start], origin[span.end - 1] + 1
        parts.append(Part(span.label, text[start:end], start, end))
    return tuple(parts)


def spans(folded: str) -> tuple[Span, ...]:
    """Return the labelled stretches of a folded text, in order; time grows with its length only."""
    return tuple(_spans(folded))


def house_number(folded: str, start: int) -> tuple[str, int] | None:
    """Return the house number that a folded text goes on with after a road, and where it ends.

    ``12``, ``12-3``; 十二号 is 12, too.
    """
    found = _ROAD_NUMBER.match(folded, start)
    return (found.group(1) or arabic(found.group(2)), found.end()) if found else None


def is_district(name: str) -> bool:
    """Return whether a name with a district's ending is one, and no 社区, 工业区 or 东区."""
    return name in _DISTRICTS_ALL_THE_SAME or not name.endswith(_NO_DISTRICT)


# --- how stretches end

_HAN = "\u4e00-\u9fff"
_ONES = "一二三四五六七八九十"
_PROVINCES = (
    "河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南"
    "|陕西|甘肃|青海|台湾"
)
_REGIONS = "内蒙古|广西(?:壮族)?|西藏|宁夏(?:回族)?|新疆(?:维吾尔)?"
_CITIES = "北京|天津|上海|重庆"
_NO_DISTRICT = (
    *(
        "社区",
        "小区",
        "园区",
        "业区",
        "发区",
        "税区",
        "经开区",
        "示范区",
        "试验区",
        "功能区",
        "集聚区",
    ),
    *(
        "校区",
        "厂区",
        "片区",
        "库区",
        "度假区",
        "景区",
        "街区",
        "商务区",
        "生活区",
        "住宅区",
        "别墅区",
    ),
    *(
        "宿舍区",
        "心区",
        "东区",
        "西区",
        "南区",
        "北区",
        "中区",
        "老城区",
        "主城区",
        "高新区",
        "技术区",
    ),
    *("管理区", "合作区", "物流区", "加工区", "仓储区", "办公区", "安置区", "市区"),
    *(f"{number}区" for number in _ONES),
)
_DISTRICTS_ALL_THE_SAME = frozenset({"市中区", "市南区", "市北区"})
_DEVELOPMENT_ZONES = (
    "开发区|高新区|经开区|保税区|工业园区?|工业区|产业园区?|科技园区?"
    "|软件园|创意园|创业园|物流园|园区"
)
_COMMUNITIES = (
    "社区居委会|社区居民委员会|社区|居委会|居民委员会|村民委员会|村委会|村委|行政村|自然村|村"
)
_PLACES = (
    "大厦|大楼|广场|中心|花园|家园|公寓|市场|商场|商城|酒店|宾馆|学校|小学|中学|大学|学院|医院|银行"
    "|公司|新村|小区|山庄|别墅|国际|写字楼|综合楼|厂房|仓库|宿舍|城|园|苑|府|庭|居|厂|店|院|馆|站"
)


def _stem(least: int, most: int, without: str) -> str:
    """Return the pattern of a name before its ending: Han characters, as few as will do."""
    return rf"(?:(?![{without}])[{_HAN}]){{{least},{most}}}?"


def _rules(*rules: tuple[str, tuple[str, ...]]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((label, re.compile("|".join(ways))) for label, ways in rules)


_INNER = _stem(0, 7, "省市区县镇乡路街道号村")
_ROAD_FOLLOWS = "[东西南北中]?(?:[路街]|大道)"
_DIVISION_FOLLOWS = rf"(?=(?![{_ONES}东南西北中]{{0,2}}[路街道大])[{_HAN}]{{1,7}}?[市州盟区县])"

_DIVISIONS = _rules(
    (
        "prov",
        (
            rf"(?:{_PROVINCES})省|(?:{_REGIONS})自治区|(?:香港|澳门)(?:特别行政区)?",
            rf"(?:{_PROVINCES}|{_REGIONS}|{_CITIES})(?!市){_DIVISION_FOLLOWS}",
        ),
    ),
    ("city", (rf"[{_HAN}]{{2}}{_INNER}(?:自治州|地区|盟|(?<![超夜集])市(?![场民部]))",)),
    ("district", (rf"[{_HAN}]{_INNER}(?:自治县|新区|[区县旗]|市(?![场民部]))",)),
    (
        "town",
        (
            rf"[{_HAN}]{_stem(0, 7, '省市区县号路')}路?(?:街道办事处|街道办|街道)",
            rf"[{_HAN}]{_INNER}(?:办事处|[镇乡](?!路)|苏木)",
        ),
    ),
    ("community", (rf"[{_HAN}]{_stem(0, 7, '路号道')}(?:{_COMMUNITIES})(?!{_ROAD_FOLLOWS})",)),
)
_LEVEL = {label: i for i, (label, _) in enumerate(_DIVISIONS)}

_ROAD_ENDS = "大道|大街|公路|胡同|路|街(?!道)|(?<!街)道(?![具德理教场])|巷|弄"
_ROAD = re.compile(
    r"[GSX]?[0-9]{1,3}[国省县乡]道|[0-9]{1,4}号?(?:路|大街|街|弄|巷)(?!口)"
    rf"|[{_HAN}]{_stem(0, 7, '号厦楼栋幢层室镇乡')}[0-9]{{0,3}}(?:{_ROAD_ENDS})(?![路街]|大道)"
    r"(?:[东南西北中]段)?"
)
_NO_DOOR = "(?![楼栋幢座库线])"
_ROAD_NUMBER = re.compile(
    rf"[东西南北]?[附甲乙]?(?:([0-9]{{1,5}}(?:-[0-9]{{1,4}})?)(?:号院|号{_NO_DOOR}|(?=$|[,()]))"
    rf"|([{_ONES}]{{1,3}})号{_NO_DOOR})"
)
_INSIDE = _rules(
    ("devzone", (rf"{_stem(0, 10, '路号')}(?:{_DEVELOPMENT_ZONES})(?!{_ROAD_FOLLOWS})",)),
    (
        "houseno",
        (
            r"[0-9A-Z]{1,4}(?:[-,][0-9A-Z]{1,3})*(?:号楼|号?[栋幢座]|#楼?)",
            rf"[甲乙丙丁东南西北主副裙{_ONES}]{{1,3}}(?:[座栋幢]|号楼)",
        ),
    ),
    ("cellno", (rf"[0-9A-Z{_ONES}]{{1,2}}(?:单元|门洞)",)),
    ("floorno", (rf"(?:地下|负|B)?[0-9{_ONES}]{{1,3}}(?:楼层|层|楼|F(?![A-Z0-9]))",)),
    ("subpoi", (rf"[0-9A-Z{_ONES}]{{1,2}}[期区]|[东南西北中]区",)),
    ("houseno", (r"[0-9]{1,5}(?:-[0-9]{1,4})?号(?![房铺])",)),
    ("roomno", (r"[0-9A-Z#]{1,8}(?:-[0-9A-Z]{1,6}){0,3}(?:号房|号铺|室|房|铺)?",)),
    ("poi", (rf"[{_HAN}A-Z]{{1,20}}?(?:{_PLACES})(?!{_PLACES})", rf"[{_HAN}]{{1,20}}")),
)


def _spans(text: str) -> Iterator[Span]:
    at, level, seen = 0, -1, dict[str, str]()
    last = ""
    while at < len(text):
        span = (
            _repeated(text, at, seen) or _division(text, at, level) or _street(text, at, last)
        ) or _inside(text, at)
        if span is None:
            at, last = at + 1, ""
            continue
        level = max(level, _LEVEL.get(span.label, _LEVEL["town"]))
        if span.label in _LEVEL:
            seen.setdefault(text[at : span.end], span.label)
        yield span
        at, last = span.end, span.label


def _repeated(text: str, at: int, seen: dict[str, str]) -> Span | None:
    """Return a division that the address has named before (福新社区福田区福中三路)."""
    for name, label in seen.items():
        if text.startswith(name, at):
            return Span(label, at, at + len(name))
    return None


def _division(text: str, at: int, level: int) -> Span | None:
    """Return a division below those already named."""
    for label, pattern in _DIVISIONS[level + 1 :]:
        found = pattern.match(text, at)
        if found and (label != "district" or is_district(found.group())):
            return Span(label, at, found.end())
    return None


def _street(text: str, at: int, last: str) -> Span | None:
    if last == "road" and (found := _ROAD_NUMBER.match(text, at)):
        return Span("roadno", at, found.end())
    found = _ROAD.match(text, at)
    return Span("road", at, found.end()) if found else None


def _inside(text: str, at: int) -> Span | None:
    for label, pattern in _INSIDE:
        if found := pattern.match(text, at):
            return Span(label, at, found.end())
    return None
