"""Which spreadsheet rows are no units: totals, footers, repeated headers, dividers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from lxgeo.errors import Words
from lxgeo.ledger.sheets.fields import field_words
from lxgeo.ledger.sheets.headers import Header, squeeze_header
from lxgeo.ledger.sheets.traditional import simplified
from lxgeo.ledger.values.counts import COUNT_FIELDS, read_count
from lxgeo.ledger.values.wording import blank, squeeze

TOTAL = Words("合计行", "a row of totals")
REPEATED_HEADER = Words("重复的表头", "a repeated header")
REPEATED_TITLE = Words("重复的标题", "a repeated title")
COLUMN_NUMBERS = Words("栏次行", "a row of column numbers")
ONLY_NUMBERED = Words("只有序号的空行", "an empty row with a running number")
FOOTER = Words("表尾（填表人、注等）", "a footer (who filled it in, notes)")
DIVIDER = Words("分类标题行，作为其下各行的类别", "a divider: the category of the rows below")
TOWNSHIP_DIVIDER = Words(
    "乡镇标题行，作为其下各行的乡镇", "a divider: the township of the rows below"
)
SECOND_LINE = Words(
    "上一行单位的续行，文字已接到上一行",
    "the second line of the unit above: its text was put on there",
)
NOTE = Words("横跨多列的说明文字", "a note across several columns")

_TOTAL = re.compile(
    r"[\u4e00-\u9fff]{0,12}(?P<word>合计|小计|总计|共计|累计)(?:\(.*\))?[:：]?(?:\d+[家个户人]?)?"
)
_SIGNED = (
    "填表人|填报人|填表单位|填报单位|填表时间|填报时间|填表日期|填报日期|制表人?|审核人?|审批人?|复核人?|"
    "单位负责人|负责人签字|负责人|联系人|联系电话|报送时间|统计负责人|经办人|盖章|单位\\(?盖章\\)?|签字"
)
_FOOTER = re.compile(
    rf"(?:{_SIGNED})(?:[:：(].*)?|(?:注|备注|附注|说明|填表说明|填报说明)(?:[:：].*|\d[.、:].*|)"
)
_NUMBERED_NOTE = re.compile(r"\(?\d{1,2}[.、)].+")
_DIVIDER = re.compile(
    r"(?:\(?[一二三四五六七八九十]+[)、.]|第[一二三四五六七八九十]+(?:类|部分)[:：]?)(.+)"
)
_ACROSS = 3  # fewer columns than this may be merged for a unit too
_TOWNSHIP = re.compile(r"[\u4e00-\u9fff]{1,10}(?:街道|镇|乡)")
_NO_TOWNSHIP = frozenset(
    (
        "乡镇",
        "各乡镇",
        "城镇",
        "村镇",
        "镇街",
        "街道",
        "各街道",
        "各镇",
        "各乡",
        "集镇",
        "下乡",
        "返乡",
    )
)
_LONGEST_TITLE = 60
_CATEGORIES = re.compile(
    "(新|两新)?(经济|社会)?组织|(非公|民营|私营|外资|规上|规下|规模以上|规模以下)?(有制)?(经济组织|企业)"
    "|非公有制(企业|经济组织)|个体工商户|民办非企业(单位)?|社会服务机构|社会团体|基金会|社会组织|行业协会"
    "|商会|(律师|会计师|税务师)事务所|专业合作社|中介组织"
)


def township_in(text: str) -> str | None:
    """Return the township that a title or a sheet's name is, or ends in after a colon."""
    if len(text) > _LONGEST_TITLE:
        return None
    last = re.split("[:：]", squeeze(text))[-1]
    last = re.sub(r"\([^()]*\)$|\d+$", "", last)
    return last if _TOWNSHIP.fullmatch(last) and last not in _NO_TOWNSHIP else None


def repeats_header(header: Header, cells: Sequence[object]) -> bool:
    """Whether a row says again what the header says, at least in half of its filled cells."""
    filled = [(i + 1, cell) for i, cell in enumerate(cells) if not blank(cell)]
    same = other = 0
    for column, cell in filled:
        known = isinstance(cell, str) and len(cell) <= _LONGEST_TITLE
        if known and squeeze_header(str(cell)) in header.spellings.get(column, ()):
            same += 1
        else:
            other += 1
        if other * 2 > len(filled):
            return False
    return same > 1


def column_numbers(cells: Sequence[object]) -> bool:
    """Whether a row below the header numbers the columns: 甲 乙 1 2 3, or (1) (2) (3)."""
    texts = [squeeze(cell).strip("()") for cell in cells]
    filled = [text for text in texts if text]
    numbers = [int(text) for text in filled if re.fullmatch(r"\d{1,2}", text)]
    letters = len(filled) - len(numbers)
    return (
        len(numbers) > 1
        and len(filled) >= _ACROSS
        and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        and numbers[0] in {0, 1, letters + 1}
        and all(re.fullmatch(r"\d{1,2}|[甲乙丙丁戊己庚]", text) for text in filled)
    )


def total_word(cells: Mapping[str, object], leading: Iterable[object]) -> str | None:
    """Return the word of a total row (合计, 小计 …), or None where it is a unit.

    Parameters
    ----------
    cells
        The row's cells by field.
    leading
        The cells where such a word stands: running number, name, the first one filled.
    """
    said = (simplified(squeeze(cells.get(name))) for name in ("credit_code", "address"))
    if any(text and not _TOTAL.fullmatch(text) for text in said):
        return None
    for cell in (*leading, cells.get("name")):
        if match := _TOTAL.fullmatch(simplified(squeeze(cell))):
            return match["word"]
    return None


def footer(cells: Mapping[str, object], first: object, *, alone: bool, after_footer: bool) -> bool:
    """Whether a row belongs below the table: 填表人：…, 注：…, and the numbered notes after it."""
    code = simplified(squeeze(cells.get("credit_code")))
    if (code and not _FOOTER.fullmatch(code)) or any(
        read_count(cells.get(name)).value is not None for name in COUNT_FIELDS
    ):
        return False
    text = simplified(squeeze(first))
    return bool(_FOOTER.fullmatch(text)) or (
        after_footer and alone and bool(_NUMBERED_NOTE.fullmatch(text))
    )


def divider(text: str, *, named: bool, across: int) -> tuple[Words, str] | None:
    """Return what a row of one text is a heading of, and its words; None where it is a unit.

    Parameters
    ----------
    text
        The only text of the row.
    named
        Whether it stands in the name column alone, where a unit's name would stand.
    across
        How many columns it is merged across.
    """
    bare = re.sub(r"\([^()]*\)|[:：]$", "", squeeze(text))
    match = _DIVIDER.fullmatch(bare)
    heading = match[1] if match else bare
    if _CATEGORIES.fullmatch(heading) or (match and not named):
        place = township_in(heading)
        return (TOWNSHIP_DIVIDER, place) if place else (DIVIDER, heading)
    if not named and (place := township_in(heading)):
        return TOWNSHIP_DIVIDER, place
    return (NOTE, "") if across >= _ACROSS else None


@dataclass
class Sums:
    """Running sums of a sheet's counts, to hold its own totals against."""

    part: dict[str, int] = field(default_factory=dict)
    all: dict[str, int] = field(default_factory=dict)

    def add(self, cells: Mapping[str, object]) -> None:
        """Count a unit in."""
        self.add_all({name: read_count(cells.get(name)).value or 0 for name in COUNT_FIELDS})

    def add_all(self, counts: Mapping[str, int]) -> None:
        """Count units in by the sums of their counts."""
        for name, value in counts.items():
            self.part[name] = self.part.get(name, 0) + value
            self.all[name] = self.all.get(name, 0) + value

    def against(self, row: str, cells: Mapping[str, object]) -> list[Words]:
        """Return where a total row differs from the units since the last one, and from all."""
        notes = []
        for name in COUNT_FIELDS:
            said = read_count(cells.get(name)).value
            sums = (self.part.get(name, 0), self.all.get(name, 0))
            if said is not None and said not in sums:
                field_zh, field_en = field_words(name)
                notes.append(
                    Words(
                        f"{row} 的合计“{field_zh}”写 {said}，其上各行之和为 {sums[0]}"
                        f"（全表 {sums[1]}）",
                        f"{row}: total of {field_en} says {said}, the rows above sum to {sums[0]}"
                        f" (the whole sheet to {sums[1]})",
                    )
                )
        self.part = {}
        return notes
