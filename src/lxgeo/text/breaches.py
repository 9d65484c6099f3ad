"""One sentence in both languages for each thing that can be broken in a run."""

from __future__ import annotations

from types import MappingProxyType

from lxgeo.errors import Lang, Words
from lxgeo.judge.verify import Breach, BreachCode, Unchecked
from lxgeo.text.figures import quoted, told
from lxgeo.text.sentences import fill

_FILES = {
    BreachCode.FILE_EDITED: Words(
        "文件 {where} 写成之后被改动过", "file {where} was changed after it was written"
    ),
    BreachCode.FILE_MISSING: Words("文件 {where} 缺失", "file {where} is missing"),
    BreachCode.FILE_UNLISTED: Words(
        "文件 {where} 不在清单 manifest.json 中", "file {where} is not listed in manifest.json"
    ),
    BreachCode.COLUMN_MISSING: Words(
        "[{file}：]缺少列 {where}", "[{file}: ]column {where} is missing"
    ),
    BreachCode.VALUE_UNREADABLE: Words(
        "[{file}：]{where}[ 的 {column}]填写的[“{written}”]不能读取",
        "[{file}: ]{where}: [{column} ]can't be read[: {written}]",
    ),
    BreachCode.FILES_DISAGREE: Words(
        "{where}：units.csv 或 branches.geojson 与[{file}|另一文件]不一致[，列 {column}]"
        "[：{here}][，另为 {there}]",
        "{where}: the files disagree with [{file}|another one][ in {column}][: {here}]"
        "[ against {there}]",
    ),
    BreachCode.LINK_WRONG: Words(
        "{where}：连线与单位不一致[（党支部 {branch}）]",
        "{where}: its link is missing, repeated or wrong[ (branch {branch})]",
    ),
}
_POLICY = {
    BreachCode.POLICY_INCOMPLETE: Words(
        "summary.json 的规则参数 {where} 缺失或无效[：{text}]",
        "policy field {where} in summary.json is missing or not valid[: {text}]",
    ),
    BreachCode.LIMIT_WRONG: Words(
        "{where} 的距离上限[ {found}]不是规则参数给定的值",
        "{where}: no policy gives its limit[ {found}]",
    ),
}
_ROWS = {
    BreachCode.NO_UNIT_ID: Words("台账行 {where} 没有单位编号", "row {where} has no unit id"),
    BreachCode.UNIT_REPEATED: Words(
        "单位 {where} 重复出现[ {times} 次]", "unit {where} stands [{times} times|more than once]"
    ),
    BreachCode.ROW_REPEATED: Words(
        "台账行 {where} 重复出现[ {times} 次]", "row {where} stands [{times} times|more than once]"
    ),
    BreachCode.ROW_OUT_OF_ORDER: Words(
        "单位 {where} 不在台账次序上[（{row}）]", "unit {where} is out of ledger order[ ({row})]"
    ),
    BreachCode.ROWS_MISSING: Words(
        "{where} 少了台账行[：应有 {told} 行][，只有 {found} 行]",
        "{where} lacks ledger rows[: {told} told][, {found} found]",
    ),
    BreachCode.ROWS_ADDED: Words(
        "{where} 多出台账行[：应有 {told} 行][，却有 {found} 行]",
        "{where} has rows too many[: {told} told][, {found} found]",
    ),
    BreachCode.NO_OUTCOME: Words(
        "单位 {where} 没有结果[（{outcome}）]", "unit {where} has no outcome[ ({outcome})]"
    ),
    BreachCode.NO_REASON: Words(
        "单位 {where} 没有依据或理由[（{rule}）]", "unit {where} has no rule or reason[ ({rule})]"
    ),
    BreachCode.OUTCOMES_MISCOUNTED: Words(
        "结果计数不符（{where}）[：所述 {told}][，实有 {found}]",
        "outcomes are miscounted ({where})[: {told} told][, {found} found]",
    ),
    BreachCode.OUTCOME_UNFOUNDED: Words(
        "单位 {where} 的结果[“{outcome}”]与其人数、状态不符[：正式 {full}][，已转入 {affiliated}]",
        "unit {where}: its counts and status do not allow its outcome[ {outcome}][: full {full}]"
        "[, affiliated {affiliated}]",
    ),
}
_MEMBERS = {
    BreachCode.BRANCH_REPEATED: Words("党支部 {where} 重复出现", "branch {where} is repeated"),
    BreachCode.BRANCH_UNKNOWN: Words(
        "单位 {where} 所在党支部[ {branch} ]不存在",
        "unit {where} is in a branch[ {branch}] unknown",
    ),
    BreachCode.BRANCH_UNFOUNDED: Words(
        "单位 {where} 的结果[“{outcome}”]不应在党支部[ {branch} ]内",
        "unit {where}: its outcome[ {outcome}] gives it no such branch[ {branch}]",
    ),
    BreachCode.BRANCH_ID_WRONG: Words(
        "党支部编号 {where} 与其成员单位不符[，应为 {should}]",
        "branch id {where} is not that of its units[, {should} would be]",
    ),
    BreachCode.BRANCH_MISCOUNTED: Words(
        "党支部 {where} 的[ {figure} ]计数不符[：所述 {told}][，实有 {found}]",
        "branch {where} miscounts[ {figure}][: {told} told][, {found} found]",
    ),
    BreachCode.UNIT_IN_TWO_BRANCHES: Words(
        "单位 {where} 同时在多个党支部内[：{branches}]",
        "unit {where} is in two branches[: {branches}]",
    ),
    BreachCode.MEMBERS_DISAGREE: Words(
        "单位 {where} 与党支部的成员名单不一致[（单位所述 {branch}）][（名单所列 {listed}）]",
        "unit {where} and the branches' lists disagree[ (it says {branch})][ (listed by {listed})]",
    ),
}
_LAW = {
    BreachCode.TOO_FEW_UNITS: Words(
        "党支部 {where} 单位太少[：{found} 家][，应不少于 {limit} 家]",
        "branch {where} has too few units[: {found}][ < {limit}]",
    ),
    BreachCode.TOO_MANY_UNITS: Words(
        "党支部 {where} 单位太多[：{found} 家][，上限 {limit} 家]",
        "branch {where} has too many units[: {found}][ > {limit}]",
    ),
    BreachCode.TOO_FEW_MEMBERS: Words(
        "党支部 {where} 正式党员太少[：{found} 名][，应不少于 {limit} 名]",
        "branch {where} has too few full members[: {found}][ < {limit}]",
    ),
    BreachCode.TOO_MANY_MEMBERS: Words(
        "党支部 {where} 党员太多[：{found} 名][，上限 {limit} 名]",
        "branch {where} has too many members[: {found}][ > {limit}]",
    ),
    BreachCode.NO_ROOM: Words(
        "已有党支部 {where} 加入后[ {found} 家单位，]超过上限[ {limit} 家]",
        "existing branch {where} has no room for those that join[: {found}][ > {limit}]",
    ),
    BreachCode.TWO_JURISDICTIONS: Words(
        "党支部 {where} 跨了管辖[：{found}]", "branch {where} crosses jurisdictions[: {found}]"
    ),
    BreachCode.LEVEL_WRONG: Words(
        "{where} 的组织层级[ {told}]与党员人数[ {total}]不符[，应为 {should}]",
        "{where}: its level[ {told}] does not go with its members[ ({total})]"
        "[, should be {should}]",
    ),
    BreachCode.MODE_WRONG: Words(
        "党支部 {where} 的组建方式[ {mode}]与所含单位不符",
        "branch {where}: its units do not share what its mode[ {mode}] says",
    ),
    BreachCode.TRANSFER_UNFOUNDED: Words(
        "单位 {where} 不应转入业务主管单位党组织：规则不允许，或不在归口、挂靠线上[（{line}）]",
        "unit {where} may not transfer to a supervisor's organisation: the policy does not allow "
        "it, or it is on no such line[ ({line})]",
    ),
    BreachCode.TWO_TOWNSHIPS: Words(
        "党支部 {where} 跨了乡镇（街道）界[：{found}][，应在 {should}]",
        "branch {where} crosses a township line[: {found}][, should be in {should}]",
    ),
    BreachCode.NOT_JOINABLE: Words(
        "单位 {where} 的位置不足以参加联合[（精度：{precision}）]",
        "unit {where}: its position is too coarse to join on[ ({precision})]",
    ),
    BreachCode.HOST_NOT_MEMBER: Words(
        "党支部 {where} 的牵头单位[ {host} ]不是其成员或标记不符",
        "branch {where}: its host[ {host}] is no member, or not the one marked",
    ),
    BreachCode.PIN_BROKEN: Words(
        "单位 {where}：方案没有做到已采纳的人工调整[“{pin_action}”][（对方 {other}）]",
        "unit {where}: the plan does not keep to what was settled by hand[ ({pin_action})]"
        "[, with {other}]",
    ),
    BreachCode.HOST_NOT_CHEAPEST: Words(
        "党支部 {where} 的牵头单位[ {host} ]不是最优的[：{cheaper} 更合适][（{cheaper_m}）]",
        "branch {where}: its host[ {host}] is not the cheapest[: {cheaper} is][ ({cheaper_m})]",
    ),
}
_MEASURES = {
    BreachCode.CRS_WRONG: Words(
        "片区 {where} 的坐标系[ {crs} ]不能用于量距",
        "region {where}: its CRS[ {crs}] can't measure metres",
    ),
    BreachCode.CROSSES_BARRIER: Words(
        "单位 {where} 与牵头单位之间隔着河流、高速公路等阻隔[（党支部 {branch}）]",
        "unit {where}: a barrier lies between it and its host[ (branch {branch})]",
    ),
    BreachCode.TOO_FAR: Words(
        "单位 {where} 离牵头单位太远[：{distance_m}][，上限 {limit_m}]",
        "unit {where} is too far from its host[: {distance_m}][, limit {limit_m}]",
    ),
    BreachCode.UNLIKE_TRADE: Words(
        "单位 {where} 与牵头单位行业不相近[：{told}][，牵头单位为 {should}]"
        "，所用规则要求既相邻又相近[（党支部 {branch}）]",
        "unit {where}: its trade[ {told}] is not like its host's[ {should}], and the policy asks "
        "for near and like[ (branch {branch})]",
    ),
    BreachCode.DISTANCE_WRONG: Words(
        "单位 {where} 的距离不符[：所述 {told}][，实为 {distance_m}]",
        "unit {where}: its distance is wrong[: {told} told][, {distance_m} measured]",
    ),
    BreachCode.SPAN_WRONG: Words(
        "党支部 {where} 的跨度不符[：所述 {told}][，实为 {span_m}]",
        "branch {where}: its span is wrong[: {told} told][, {span_m} measured]",
    ),
}
_SUMS = {
    BreachCode.RUNNER_UP_WRONG: Words(
        "党支部 {where} 的次优牵头单位[折合 {told}]比选定的[折合 {cost_m}]更省",
        "branch {where}: the runner-up host[ ({told})] is cheaper than the one chosen[ ({cost_m})]",
    ),
    BreachCode.COST_WRONG: Words(
        "党支部 {where} 的成本不符[：所述 {told}][，应为 {cost_m}]",
        "branch {where}: its cost is wrong[: {told} told][, should be {cost_m}]",
    ),
    BreachCode.REGION_UNKNOWN: Words(
        "summary.json 没有片区 {where}", "summary.json lacks region {where}"
    ),
    BreachCode.REGION_COST_WRONG: Words(
        "片区 {where} 的成本不符[：所述 {told}][，应为 {cost_m}]",
        "region {where}: its cost is wrong[: {told} told][, should be {cost_m}]",
    ),
    BreachCode.PLAN_COST_WRONG: Words(
        "方案成本 {where} 不符[：所述 {told}][，应为 {cost_m}]",
        "the plan's cost {where} is wrong[: {told} told][, should be {cost_m}]",
    ),
    BreachCode.BOUND_WRONG: Words(
        "下界不成立（{where}）[：所述 {told}][，成本 {cost_m}]",
        "the bound does not hold ({where})[: {told} told][, cost {cost_m}]",
    ),
    BreachCode.GAP_WRONG: Words(
        "差距不符（{where}）[：所述 {told}][，应为 {gap}]",
        "the gap is wrong ({where})[: {told} told][, should be {gap}]",
    ),
    BreachCode.FIGURE_WRONG: Words(
        "summary.json 的 {where} 不符[：所述 {told}][，应为 {found}]",
        "{where} in summary.json is wrong[: {told} told][, should be {found}]",
    ),
}

SENTENCES = MappingProxyType(_FILES | _POLICY | _ROWS | _MEMBERS | _LAW | _MEASURES | _SUMS)
"""Breach code → its sentence in both languages."""


_UNCHECKED = {
    Unchecked.BARRIERS: Words(
        "未核验：方案文件里没有河流、快速路图层，不知道单位与牵头单位之间是否有阻隔",
        "not checked: the run holds no rivers or motorways; whether any lies between a unit and its"
        " host is not known",
    ),
    Unchecked.WAYS: Words(
        "未核验：方案文件里没有路网，步行距离只核验了不短于直线距离",
        "not checked: the run holds no roads; walking distances are only known to be no shorter"
        " than the straight line",
    ),
}


def unchecked(what: Unchecked) -> Words:
    """Return in words what no check of a run can see."""
    return _UNCHECKED[what]


def breach(broken: Breach, lang: Lang = "zh") -> str:
    """Return a breach as a sentence, without a full stop.

    Parameters
    ----------
    broken
        What `lxgeo.judge.verify` found, or what a reader found in a run's files.
    lang
        Language.
    """
    figures = told(broken.figures, lang)
    for name, value in broken.figures.items():
        if name.endswith("_m") and isinstance(value, float):
            figures[name] = f"{value:.2f} m" if lang == "en" else f"{value:.2f}米"
    figures["where"] = quoted(broken.where)
    return fill(SENTENCES[broken.code].in_lang(lang), figures)
