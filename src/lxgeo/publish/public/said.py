"""The public page's words, zh and en."""

from __future__ import annotations

from lxgeo.errors import Lang, Words
from lxgeo.publish.public.guarded import LEAST_UNITS, Range

PROVISO = Words("测算建议，以党委审批为准", "A calculation for advice; the committee decides")
_HOW = Words(
    f"只列有{LEAST_UNITS}家以上单位的乡镇（街道）、园区和楼宇；数字均为区间，"
    "少数区域不列出，以免推知个别单位的情况。",
    f"Only townships, parks and buildings of at least {LEAST_UNITS} units are listed; all figures"
    " are ranges, and some places are withheld, so that nothing is told of any single unit.",
)
_HOW_BY_COUNTY = Words(
    f"数字均为区间；少于{LEAST_UNITS}家单位的县（市、区）不列数字。合计是各县区间之和，"
    "不含别的信息，与各县相减也推不出任何一县、一家单位的情况。",
    f"All figures are ranges; counties of fewer than {LEAST_UNITS} units are withheld. The total "
    "is the sum of the counties' ranges and holds nothing else: taking counties from it tells "
    "nothing of any county or unit.",
)
MAP_NUMBER = Words("审图号", "Map approval number")
MAP_SOURCE = Words("界线来源", "Boundaries from")
WITHHELD = Words("未列出", "withheld")
WITHIN = Words("所在乡镇（街道）", "Township")
HEADS = (
    Words("名称", "Name"),
    WITHIN,
    Words("单位数（家）", "Units"),
    Words("现有党组织的单位", "Organised now"),
    Words("批准后有党组织的单位", "Organised once approved"),
    Words("现状 → 批准后", "Now → once approved"),
)
LEVEL = {
    "county": Words("县（市、区）", "Counties"),
    "township": Words("乡镇（街道）", "Townships"),
    "park": Words("园区", "Parks"),
    "building": Words("楼宇", "Buildings"),
}
TITLE = Words("两新组织党的组织覆盖情况（汇总）", "Organisational coverage (aggregates)")
KEY = Words("批准后覆盖", "Covered once approved")
LEAST_SHARE = 0.05
"""Below it a share is only told to be below it."""
ROUGH = 45
"""Units from which on a share says anything, in tens."""


def how(top: str) -> Words:
    """Return what is told of how figures are shown, by the coarsest level of places."""
    return _HOW_BY_COUNTY if top == "county" else _HOW


def whole(top: str) -> Words:
    """Return what the whole is called."""
    return Words("合计", "All") if top == "county" else Words("全区合计", "All")


def range_said(held: Range | None, lang: Lang) -> str:
    """Return a range as it is read."""
    if held is None:
        return WITHHELD.in_lang(lang)
    if held.low == 0:
        return Words(f"少于{held.high + 1}", f"under {held.high + 1}").in_lang(lang)
    return f"{held.low:,}–{held.high:,}"


def share(part: Range | None, of: Range | None) -> float | None:
    """Return a share from ranges alone, to a twentieth; None where it would say nothing."""
    if part is None or of is None or of.low < ROUGH:
        return None
    return min(1.0, round(20 * part.middle / of.middle) / 20)
