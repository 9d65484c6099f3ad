"""One sentence in both languages for each rule, with its figures and its source.

Article numbers stand only where the article was seen; other sources are named without one.
"""

from __future__ import annotations

from types import MappingProxyType

from lxgeo.errors import Lang, Words
from lxgeo.model import Reason, Rule
from lxgeo.text.figures import told
from lxgeo.text.labels import in_lang
from lxgeo.text.sentences import fill

_OUT = {
    Rule.CLOSED: Words(
        "已注销或吊销，不计入各项统计", "closed or struck off; counted in no denominator"
    ),
    Rule.SHELL: Words(
        "空壳单位，没有实体运营，不计入各项统计", "a shell without operations; counted nowhere"
    ),
    Rule.MOVED_OUT: Words("已迁出本地，不计入各项统计", "moved away; counted nowhere"),
    Rule.DUPLICATE: Words(
        "与[{of}|台账另一行]重复，一家单位只计一次，本行不计入",
        "a repeat of [{of}|another row]; a unit is counted once, not here",
    ),
    Rule.NO_NAME: Words("没有单位名称，无法核对，本行不计入", "no name to check; not counted"),
    Rule.APPROVED_BRANCH: Words(
        "经批准的党组织[“{branch}”]，保持不变[；拟有{joining}家单位加入]",
        "an approved organisation[ ({branch})], kept as it is[; {joining} units to join]",
    ),
}

_UNKNOWN = {
    Rule.MEMBERS_BLANK: Words(
        "台账未填正式党员数，按不明处理，请补填", "full members left blank: unknown, please fill in"
    ),
    Rule.MEMBERS_UNREADABLE: Words(
        "[{field}|党员数]填写的[“{written}”]不能读成人数，按不明处理，请更正",
        "[{field}|members] is no number[: {written}]; unknown, please correct",
    ),
    Rule.MEMBERS_NEGATIVE: Words(
        "[{field}|党员数]为负数[（{written}）]，按不明处理，请更正",
        "[{field}|members] is below zero[: {written}]; unknown, please correct",
    ),
    Rule.ONLY_TOTAL_KNOWN: Words(
        "只有党员总数[{total}名]，未分正式与预备，正式党员按不明处理，请补填",
        "only the total is known[: {total}], not how many are full members; please fill in",
    ),
}

_THREE = {
    Rule.THREE_FULL_MEMBERS: Words(
        "正式党员[{full}名]≥[{least}|3]名，应单独组建党支部（《党章》第三十条）"
        "[；党员总数已可设{higher}，由上级党组织批准]"
        "[{committee}；正式党员7名以上，应设支部委员会（《支部工作条例（试行）》）]",
        "[{full} ]full members ≥ [{least}|3]: a branch of its own is due (Party Constitution, "
        "article 30)[; by its total it may be a {higher}, if the superior approves]"
        "[{committee}; with 7 or more full members it elects a branch committee]",
    ),
    Rule.AFFILIATION_ELSEWHERE: Words(
        "正式党员[{full}名]≥[{least}|3]名，但组织关系转入的[{affiliated}名]不足[{least}|3]名："
        "先转接组织关系，暂不能转的报上级批准设临时党组织",
        "[{full} ]full members ≥ [{least}|3], but fewer have their affiliation here"
        "[ ({affiliated})]: transfer affiliations first, else ask for a temporary organisation",
    ),
}

_JOIN = {
    Rule.NEW_JOINT_BRANCH: Words(
        "[{members}=][{full}名正式党员（≥{least}）][，{units}家单位（≤{max_units}）][，同属{township}]"
        "[，最远{farthest_m}（≤{limit_m}）][，{place}][，行业同属{trade}][；牵头单位{host}]"
        "[；成本折合{cost_m}][，次优牵头方案{runner_up_cost_m}]；"
        "正式党员不足3名，成立联合党支部（《支部工作条例（试行）》）",
        "[{members} = ][{full} full members (≥ {least})][, {units} units (≤ {max_units})]"
        "[, all in {township}][, farthest {farthest_m} (≤ {limit_m})][, {place}]"
        "[, trade {trade}][; host {host}]"
        "[; cost as {cost_m}][, runner-up {runner_up_cost_m}]; "
        "fewer than 3 full members each: a joint branch (Regulations on Branch Work, trial)",
    ),
    Rule.JOINS_EXISTING_BRANCH: Words(
        "正式党员[{full}名]不足3名，就近加入已有联合党支部[“{branch}”]"
        "[，相距{distance_m}（≤{limit_m}）][，加入后{units}家单位（≤{max_units}）][，{place}]"
        "（《支部工作条例（试行）》）",
        "fewer than 3 full members[ ({full})]: joins an existing joint branch[ ({branch})]"
        "[, {distance_m} away (≤ {limit_m})][, {units} units with it (≤ {max_units})][, {place}]"
        " (Regulations on Branch Work, trial)",
    ),
    Rule.ATTACHED_TO_BRANCH: Words(
        "正式党员[{full}名]不足3名，就近挂靠已建党组织[“{branch}”]"
        "[，相距{distance_m}（≤{limit_m}）][，{place}]，须征得其同意",
        "fewer than 3 full members[ ({full})]: attached to a standing organisation[ ({branch})]"
        "[, {distance_m} away (≤ {limit_m})][, {place}], with its consent",
    ),
    Rule.NO_PARTNER_IN_REACH: Words(
        "距离上限[{limit_m}]内没有可联合的单位[，最近的在{nearest_m}处]；由所在乡镇（街道）兜底管理",
        "no partner within the distance limit[ of {limit_m}][; the nearest is {nearest_m} away]; "
        "in the care of its township",
    ),
    Rule.TOO_FEW_IN_REACH: Words(
        "距离上限[{limit_m}]内同一管辖的正式党员合计[{members_in_reach}名，]不足[{least}|3]名，"
        "不能成立联合党支部；由所在乡镇（街道）兜底管理",
        "fewer than [{least}|3] full members[ ({members_in_reach})] within the distance limit"
        "[ of {limit_m}]: no joint branch can stand; in the care of its township",
    ),
    Rule.NO_PLACE_LEFT: Words(
        "距离上限[{limit_m}]内的单位另编他处更合适或已编满[（上限{max_units}家）]，"
        "余下的凑不足[{least}|3]名正式党员[；最近的党支部“{branch}”][相距{nearest_m}]；"
        "由所在乡镇（街道）兜底管理",
        "those within reach[ ({limit_m})] serve better in other branches or are full"
        "[ ({max_units} units)], and the rest have fewer than [{least}|3] full members"
        "[; the nearest branch is {branch}][, {nearest_m} away]; "
        "in the care of its township",
    ),
    Rule.POSITION_TOO_COARSE: Words(
        "位置只能定到[{precision}|乡镇]，不足以就近联合，请补详细地址",
        "its position is known only to the [{precision}|township]; please give a full address",
    ),
    Rule.NO_POSITION: Words(
        "没有可用的地址或坐标，无法定位，请补填", "no address or coordinates to locate it by"
    ),
    Rule.OUTSIDE_AREAS: Words(
        "位置不在所给的乡镇（街道）范围内，请核对地址和坐标",
        "its position lies in none of the townships given; please check",
    ),
    Rule.NO_FULL_MEMBER: Words(
        "没有正式党员[（预备党员{probationary}名）]：选派党建指导员或联络员，先建工会、共青团等群团组织",
        "no full member[ ({probationary} probationary)]: an instructor or liaison officer, "
        "and mass organisations first",
    ),
}

_BRANCH_FINDINGS = {
    # That relatives are the majority is never written out: only that a person should look.
    Rule.KIN_MAJORITY: Words(
        "单独组建前，请上级党组织按当地规定核实组建条件",
        "before a branch of its own, the superior should check the local conditions",
    ),
    Rule.THREE_INSIDE_JOINT: Words(
        "正式党员[{full}名]≥3名，现在联合党支部[“{branch}”]内，应改为单独组建（《党章》第三十条）"
        "[；其余{partners_left}家单位另行安排]",
        "[{full} ]full members ≥ 3 inside a joint branch[ ({branch})]: a branch of its own is due "
        "(Party Constitution, article 30)[; {partners_left} other units need a new home]",
    ),
    Rule.JOINT_OVER_CAP: Words(
        "联合党支部[“{branch}”]覆盖单位[{units}家，]超过[{max_units}家的]上限，宜划小组建单元"
        "[，至少分为{branches}个]（《支部工作条例（试行）》）",
        "the joint branch[ ({branch})] covers[ {units} units,] more than the cap[ of {max_units}]"
        "[: split it into {branches} at least] (Regulations on Branch Work, trial)",
    ),
    Rule.JOINT_UNDER_THREE: Words(
        "联合党支部[“{branch}”]正式党员[{full}名，]不足[{least}|3]名，"
        "应由上级党组织及时调整或撤销（《支部工作条例（试行）》）",
        "the joint branch[ ({branch})] has[ {full},] fewer than [{least}|3] full members: "
        "the superior should adjust or dissolve it (Regulations on Branch Work, trial)",
    ),
    Rule.JOINT_OF_ONE: Words(
        "联合党支部[“{branch}”]只有一家单位，请核对",
        "the joint branch[ ({branch})] has one unit only",
    ),
    Rule.LEVEL_AT_BOUNDARY: Words(
        "党员总数[{total}名]正在组织层级的界线上，是否含本数各地规定不同，请核对",
        "its total members[ ({total})] are right at a level's boundary; rules differ, please check",
    ),
    Rule.SPLIT_BY_JURISDICTION: Words(
        "同一[{place}|楼宇或园区]的单位分属不同管辖，是否合并需上级决定",
        "units of one [{place}|building or park] are under different bodies: "
        "the superior decides whether to merge",
    ),
    Rule.WORK_COVERAGE: Words(
        "由就近党组织[“{branch}”][（相距{distance_m}）]联系，只计党的工作覆盖，不作其成员单位",
        "looked after by the nearest organisation[ ({branch})][, {distance_m} away]: "
        "work coverage only, no member of it",
    ),
}

_VALUE_FINDINGS = {
    Rule.COUNTS_DISAGREE: Words(
        "党员数互相矛盾[：总数{total}][，正式{full}][，预备{probationary}][，已转入{affiliated}]，请核对",
        "the counts contradict each other[: total {total}][, full {full}]"
        "[, probationary {probationary}][, affiliated {affiliated}]; please check",
    ),
    Rule.MEMBERS_OVER_STAFF: Words(
        "党员[{members}名]多于从业人员[{staff}人]，请核对",
        "more members[ ({members})] than staff[ ({staff})]; please check",
    ),
    Rule.VALUE_UNREADABLE: Words(
        "[{field}|有一项]填写的[“{written}”]不能识别，按空白处理",
        "[{field}|a value] can't be read[: {written}]; taken as blank",
    ),
    Rule.VALUE_APPROXIMATE: Words(
        "[{field}|有一项]填写的[“{written}”]只是约数，请核对",
        "[{field}|a value] is approximate[: {written}]; please check",
    ),
    Rule.VALUE_RANGE: Words(
        "[{field}|有一项]填写的[“{written}”]是一个范围[，不少于{low}][，不超过{high}]，按不明处理，请填准数",
        "[{field}|a value] is a range[: {written}][, {low} at least][, {high} at most]; "
        "taken as unknown, please enter the number",
    ),
    Rule.VALUE_SPLIT: Words(
        "[{field}|有一项]填写的[“{written}”]是几项写在一格[：读作共{count}名][，其中预备{probationary}名]"
        "[，组织关系不在本单位{elsewhere}名][，双登记{double}名]，请核对",
        "[{field}|a value] tells several counts in one cell[: {written}][, read as {count} in all]"
        "[, {probationary} on probation][, {elsewhere} affiliated elsewhere]"
        "[, {double} registered twice]; please check",
    ),
    Rule.VALUE_NOTED: Words(
        "[{field}|有一项]填写的[“{written}”]带有说明，只读了人数[{count}]，请核对",
        "[{field}|a value] carries a note[: {written}]; only the number was read[: {count}], "
        "please check",
    ),
    Rule.AFFILIATED_AT_LEAST: Words(
        "[{field}|组织关系]填写的[“{written}”]未分正式和预备，已转入的正式党员按至少[{least}名]计，请核对",
        "[{field}|affiliation] does not part full members from those on probation[: {written}]; "
        "counted as [{least} ]full members here at least, please check",
    ),
    Rule.DOUBLE_REGISTERED: Words(
        "有[{members}名]双登记党员，只按台账所填计一次，请核对组织关系在何处",
        "[{members} of ]its members are registered twice: counted once as written; "
        "please check where they are affiliated",
    ),
    Rule.CREDIT_CODE_LOST: Words(
        "统一社会信用代码[“{written}”]已被表格软件改成数字，无法还原，请按文本重填",
        "the credit code was turned into a number and is lost[: {written}]; enter it as text",
    ),
    Rule.CREDIT_CODE_WRONG: Words(
        "统一社会信用代码[“{written}”]校验不符，请核对",
        "the credit code fails its check digit[: {written}]; please check",
    ),
    Rule.CREDIT_CODE_OLD: Words(
        "填写的[“{written}”]是旧的注册号或组织机构代码，请换成18位统一社会信用代码",
        "an old registration or organisation number[: {written}]; enter the credit code of 18 "
        "characters",
    ),
    Rule.STATUS_IN_WORDS: Words(
        "[{field}|台账]写有[“{written}”]字样，经营状态未据此改动，请核对",
        "[{field}|the ledger] says[ {written}]: its operating status was not changed by it; "
        "please check",
    ),
    Rule.JOINT_WITH: Words(
        "写明与[“{partner}”]联合组建，请补填联合党支部的名称",
        "joined with[ {partner}], it says; enter the name of the joint branch",
    ),
}

_SAME_FINDINGS = {
    Rule.NAMES_DIFFER: Words(
        "同一信用代码[在{row}]另有名称[“{name}”]，可能已更名，请核对",
        "its credit code stands under another name too[: {name}][, in {row}]; renamed? "
        "please check",
    ),
    Rule.SAME_UNIT_MAYBE: Words(
        "与[{row}的][“{name}”|另一行]可能是同一单位，未合并，请核对",
        "may be the same unit as[ {name}][, {row}]; not merged, please check",
    ),
    Rule.SAME_BRANCH_MAYBE: Words(
        "所在党组织[“{branch}”]与[{row}|别处][的“{name}”]写法不同，可能是同一个党组织，"
        "未合并，请统一写法或确认无误",
        "its branch[ ({branch})] may be the one that is spelt otherwise[ ({name})][, {row}]; not "
        "merged, please use one spelling or confirm",
    ),
    Rule.ON_TWO_SHEETS: Words(
        "同一单位另列在其他工作表[（{row}）]，由谁管理请上级确定",
        "the same unit stands on another sheet too[: {row}]; the superior decides whose it is",
    ),
    Rule.PLACE_SHARED: Words(
        "[{units}家]单位填同一[{field}|位置][“{written}”]，可能是代办地址或填表单位的位置，请填实际经营地址",
        "[{units} ]units give the same [{field}|place][: {written}]: an agency's, or the place of "
        "whoever filled it in? please enter where they work",
    ),
}

_POSITION_FINDINGS = {
    Rule.DATUM_UNKNOWN: Words(
        "坐标基准[“{written}”]不明，暂按原值使用，可能偏差数百米，请核对",
        "the coordinates' datum is unknown[: {written}]; used as they are, they may be hundreds of "
        "metres off; please check",
    ),
    Rule.COORDINATES_UNREADABLE: Words(
        "坐标[“{written}”]不能识别[，像是{form}][（即{meant}）]，未予采用，请核对改正",
        "the coordinates can't be read[: {written}][; they look like {form}][, that is {meant}]; "
        "not used, please check and correct",
    ),
    Rule.DATUM_SUSPECTED: Words(
        "坐标像是[{datum}|另一坐标系][，而不是{declared}]"
        "[（写明乡镇或街道的{of}家中，按现值{inside_as_is}家在所写之处，按前者{inside}家）]"
        "；未作换算，请核对坐标来源",
        "the coordinates look like [{datum}|another datum][, not {declared}]"
        "[ (of {of} units that name a township, {inside_as_is} lie in it as they are, {inside} "
        "if converted)]; nothing was converted, please check where they come from",
    ),
    Rule.DATUMS_MIXED: Words(
        "同一来源的坐标像是混用了[{declared}|所注坐标系]和[{datum}|另一坐标系]"
        "[，本行按{here}才落在所写乡镇内]；未作换算，请逐行核对",
        "coordinates of one source look like a mix of [{declared}|the datum stated] and "
        "[{datum}|another][; this row lies in the township it names only if {here}]; "
        "nothing was converted, please check row by row",
    ),
    Rule.COORDINATES_OUTSIDE: Words(
        "坐标不在本地范围内[（相距{distance_m}）]，请核对",
        "the coordinates lie outside the district[ ({distance_m} away)]; please check",
    ),
    Rule.ADDRESS_DISAGREES: Words(
        "地址与位置不一致[：台账为{named}][，位置在{township}][，相差{distance_m}]，请核对",
        "address and position disagree[: the ledger says {named}][, it lies in {township}]"
        "[, {distance_m} apart]; please check",
    ),
    Rule.PLACE_DISAGREES: Words(
        "台账写的是[“{named}”|另一处]，坐标在[“{lies}”内|其外][，相距{distance_m}]；以坐标为准，请核对",
        "the ledger says [{named}|another place], the coordinates lie in [{lies}|none of that name]"
        "[, {distance_m} apart]; the coordinates decided, please check",
    ),
    Rule.POSITION_BY_ROAD: Words(
        "位置按道路[“{road}”]推定，待核",
        "its position is by its road[ ({road})] only, to be checked",
    ),
    Rule.PLACE_AMBIGUOUS: Words(
        "地名[“{name}”]对应[{places}|多]处[：{candidates}]，位置待核",
        "its place name[ ({name})] means [{places}|several] places[: {candidates}]; to be checked",
    ),
    Rule.PLACE_ALIKE: Words(
        "地名[“{name}”]按写法相近的[“{known}”|已知地名]定位[（另有{others}）]，请核对",
        "its place name[ ({name})] was taken for the one spelt alike[: {known}]"
        "[ (or {others})]; please check",
    ),
    Rule.POSITION_PILED: Words(
        "[{units}家]单位的位置同在一点[（{where}）]，可能是代办（集群）注册地址或定位不到时的默认点，"
        "请填实际经营地址",
        "[{units} ]units lie at one point[ ({where})]: an agency's address, or a default point for "
        "what could not be located? please enter where they work",
    ),
    Rule.GEOCODED_ELSEWHERE: Words(
        "在线地理编码[（{provider}）]给出的位置在[{lies}|本地之外]，与台账所写[“{named}”|不一致]，未予采用",
        "the geocoder[ ({provider})] says that it lies in [{lies}|none of the townships], against "
        "the ledger[: {named}]; not used",
    ),
}

_SETTLED = {
    Rule.CONFIRMED: Words(
        "[{field}|有一项]填写的[“{written}”]已核对无误[（{post}，{day}）]",
        "[{field}|a value] is right as it stands[: {written}][ ({post}, {day})]",
    ),
}

SENTENCES = MappingProxyType(
    _OUT
    | _UNKNOWN
    | _THREE
    | _JOIN
    | _BRANCH_FINDINGS
    | _VALUE_FINDINGS
    | _SAME_FINDINGS
    | _POSITION_FINDINGS
    | _SETTLED
)
"""Rule → its sentence in both languages (see `lxgeo.text.sentences` for the brackets)."""

_HIGHER = frozenset({"general_branch", "committee"})
_ALSO_CALLED = {"text": "written", "township_named": "named", "value": "written"}
"""Figures that some rooms give under another name."""


def reason(why: Reason, lang: Lang = "zh") -> str:
    """Return a reason as a sentence, without a full stop.

    Parameters
    ----------
    why
        A rule's code and its figures. Figures that are missing leave their part out; figures that
        the sentence does not know are not told.
    lang
        Language.

    Returns
    -------
    str
        One line. Ledger text in it is quoted as a value: still hostile to whatever displays it.
    """
    figures = dict(why.figures)
    for name, usual in _ALSO_CALLED.items():
        if name in figures:
            figures.setdefault(usual, figures[name])
    if figures.get("level") in _HIGHER:
        figures["higher"] = figures["level"]
    if figures.get("place") == "trade" and figures.get("trade"):
        del figures["place"]  # the trade itself is told
    if not figures.get("joining"):
        figures.pop("joining", None)
    return fill(in_lang(SENTENCES[why.code], lang), told(figures, lang))


def rule_name(code: Rule, lang: Lang = "zh") -> str:
    """Return a rule as a sentence without any figures."""
    return reason(Reason(code), lang)
