"""What became of a unit, in words: each outcome's rule, its figures and its source."""

from __future__ import annotations

from lxgeo.errors import Words
from lxgeo.model import Rule


def _not_counted(zh: str, en: str) -> Words:
    """Return why a unit is in no denominator: rates are over units that really operate."""
    return Words(
        f"{zh}，不计入各项统计（统计口径：分母为实体运营单位）",
        f"{en}; counted nowhere (rates are over operating units)",
    )


def _unknown(zh: str, en: str) -> Words:
    """Return why nobody knows how many full members a unit has, and why that matters."""
    return Words(
        f"{zh}（单独组建按正式党员计：《党章》第三十条）",
        f"{en} (full members decide: Party Constitution, article 30)",
    )


_NEAR = Words(
    "（联合组建须地域相邻：《支部工作条例（试行）》）",
    " (units of a joint branch are neighbours: Regulations on Branch Work, trial)",
)

OUT = {
    Rule.CLOSED: _not_counted("已注销或吊销", "closed or struck off"),
    Rule.SHELL: _not_counted("空壳单位，没有实体运营", "a shell without operations"),
    Rule.MOVED_OUT: _not_counted("已迁出本地", "moved away"),
    Rule.DUPLICATE: Words(
        "与[{of}|台账另一行]重复，一家单位只计一次，本行不计入（党内统计报表填报说明：一处统计）",
        "a repeat of [{of}|another row]; a unit is counted once, not here "
        "(instructions for the Party statistics)",
    ),
    Rule.NO_NAME: Words(
        "没有单位名称，无法核对是哪家，本行不计入（以登记的单位为准）",
        "no name to check; not counted (registered units are)",
    ),
    Rule.APPROVED_BRANCH: Words(
        "经批准的党组织[“{branch}”]，保持不变[；拟有{joining}家单位加入]"
        "（调整、撤销须经批准：《支部工作条例（试行）》）",
        "an approved organisation[ ({branch})], kept as it is[; {joining} units to join] "
        "(only the superior adjusts or dissolves it: Regulations on Branch Work, trial)",
    ),
}

UNKNOWN = {
    Rule.MEMBERS_BLANK: _unknown(
        "台账未填正式党员数，按不明处理，请补填", "full members left blank: unknown, please fill in"
    ),
    Rule.MEMBERS_UNREADABLE: _unknown(
        "[{field}|党员数]填写的[“{written}”]不能读成人数[，不少于{low}][，不超过{high}]，按不明处理，请更正",
        "[{field}|members] is no number[: {written}][, {low} at least][, {high} at most]; "
        "unknown, please correct",
    ),
    Rule.MEMBERS_NEGATIVE: _unknown(
        "[{field}|党员数]为负数[（{written}）]，按不明处理，请更正",
        "[{field}|members] is below zero[: {written}]; unknown, please correct",
    ),
    Rule.ONLY_TOTAL_KNOWN: _unknown(
        "只有党员总数[{total}名]，未分正式与预备，正式党员按不明处理，请补填",
        "only the total is known[: {total}], not how many are full members; please fill in",
    ),
}

THREE = {
    Rule.THREE_FULL_MEMBERS: Words(
        "正式党员[{full}名]≥[{least}|3]名，应单独组建党支部（《党章》第三十条）"
        "[；党员总数已可设{higher}，由上级党组织批准]"
        "[{committee}；正式党员{committee_least}名以上，应设支部委员会（按“{rules}”）"
        "|{committee}；正式党员7名以上，应设支部委员会（《支部工作条例（试行）》）]",
        "[{full} ]full members ≥ [{least}|3]: a branch of its own is due (Party Constitution, "
        "article 30)[; by its total it may be a {higher}, if the superior approves]"
        "[{committee}; with {committee_least} or more full members it elects a branch committee "
        "({rules})|{committee}; with 7 or more full members it elects a branch committee]",
    ),
    Rule.THREE_MEMBERS_IN_ALL: Words(
        "正式和预备党员[共{total}名]≥[{least}|3]名，[按“{rules}”]应单独组建党支部"
        "；其中正式党员[{full}名]，而《党章》第三十条按正式党员计，报批前请核实"
        "[；党员总数已可设{higher}，由上级党组织批准]",
        "[{total} ]full and probationary members ≥ [{least}|3]: a branch of its own is due"
        "[ ({rules})]; the Party Constitution (article 30) counts full members[, here {full}]: "
        "please check before applying"
        "[; by its total it may be a {higher}, if the superior approves]",
    ),
    Rule.AFFILIATION_ELSEWHERE: Words(
        "正式党员[{full}名][（另有兼职满六个月的{part_time}名）]，已够[{least}|3]名，"
        "但组织关系转入的[{affiliated}名]不足[{least}|3]名：先转接组织关系"
        "（党内统计报表填报说明：党员在组织关系所在处统计）"
        "[{ask}；暂不能转的，请上级党组织确定设临时党组织还是功能型党组织]"
        "[{temporary}；暂不能转的，报上级批准设临时党组织]"
        "[{functional}；暂不能转的，报上级批准设功能型党组织]"
        "[（按“{rules}”）]",
        "[{full} ]full members[ and {part_time} part-time ones] make [{least}|3], but fewer have "
        "their affiliation here[ ({affiliated})]: transfer affiliations first, members are counted "
        "where they are affiliated (instructions for the Party statistics)"
        "[{ask}; where that can't be, the superior decides on a temporary "
        "or a functional organisation][{temporary}; else ask for a temporary organisation]"
        "[{functional}; else ask for a functional organisation]"
        "[ ({rules})]",
    ),
}

JOIN = {
    Rule.POSITION_TOO_COARSE: Words(
        f"位置只能定到[{{precision}}|乡镇]，不足以就近联合，请补详细地址{_NEAR.zh}",
        "its position is known only to the [{precision}|township]; please give a full address"
        f"{_NEAR.en}",
    ),
    Rule.NO_POSITION: Words(
        f"没有可用的地址或坐标，无法定位，请补填{_NEAR.zh}",
        f"no address or coordinates to locate it by{_NEAR.en}",
    ),
    Rule.OUTSIDE_AREAS: Words(
        "位置不在所给的乡镇（街道）范围内，请核对地址和坐标（党支部由所在乡镇（街道）或单位党委审批："
        "《支部工作条例（试行）》）",
        "its position lies in none of the townships given; please check (the committee of the "
        "township or unit approves branches: Regulations on Branch Work, trial)",
    ),
    Rule.NO_TOWNSHIPS: Words(
        "没有本县的乡镇（街道）图层，无法定位，也无从判断由谁审批（乡镇（街道）或单位党委："
        "《支部工作条例（试行）》）；请补上图层后重新测算",
        "there is no layer of townships, so it can't be placed nor told who approves (a township's "
        "or unit's committee: Regulations on Branch Work, trial); add the layer and plan again",
    ),
    Rule.NO_FULL_MEMBER: Words(
        "没有正式党员[（预备党员{probationary}名）]："
        "[{instructed}已派党建指导员或联络员|选派党建指导员或联络员]，"
        "先建工会、共青团等群团组织（参照中办发〔2012〕11号）",
        "no full member[ ({probationary} probationary)]: "
        "[{instructed}an instructor or liaison officer is there|an instructor or liaison officer], "
        "and mass organisations first (after a national opinion of 2012)",
    ),
}
