"""Why units share a branch, join one, or are left out: one sentence each, in both languages.

The rule is quoted from 《中国共产党支部工作条例（试行）》; no article number is given for it.
"""

from __future__ import annotations

from lxgeo.errors import Words
from lxgeo.model import Rule

_JOINT = Words(
    "[；其中{enough}家正式党员够数而按所用规则暂不单独组建，与其余单位成立联合党支部"
    "|；正式党员不足3名，成立联合党支部]（《支部工作条例（试行）》）",
    "[; {enough} of them have the members but no branch of their own by this policy: a joint branch"
    "|; fewer than 3 full members each: a joint branch] (Regulations on Branch Work, trial)",
)
_WHERE_TO = Words(
    "[；最近的合法去处是加入“{alternative}”][；最近的合法去处是挂靠“{attach_to}”][（相距{alternative_m}）]"
    "[；最近的合法去处是与{partners}联合]"
    "[，需把距离上限放宽到{wider_m}][；重新编组则放宽到{least_m}即可]"
    "[{nowhere}；同一管辖内即使放宽距离也无处可去]",
    "[; the nearest legal way is to join {alternative}]"
    "[; the nearest legal way is to be attached to {attach_to}][ ({alternative_m} away)]"
    "[; the nearest legal way is a branch with {partners}]"
    "[, with a limit of {wider_m}][; planned anew, {least_m} would do]"
    "[{nowhere}; no wider limit would place it under this body]",
)
_BY_HAND = Words(
    "[{pinned}；按人工调整][（{pin_who}）][，理由：{pin_why}]",
    "[{pinned}; settled by hand][ ({pin_who})][, because: {pin_why}]",
)
_CARE = Words("；由所在乡镇（街道）兜底管理", "; in the care of its township")
_LAW = Words(
    "（联合组建须地域相邻、正式党员够数、由一个党委审批：《支部工作条例（试行）》；距离上限为测算参数）",
    " (a joint branch needs neighbours, enough full members and one committee to approve it: "
    "Regulations on Branch Work, trial; the distance limit is a setting)",
)


def _left_out(hindrance: Words) -> Words:
    """Return a hindrance, then where else the unit could go, who cares for it, and the rule."""
    zh, en = ("".join(part) for part in zip(hindrance, _WHERE_TO, _CARE, _LAW, strict=True))
    return Words(zh, en)


HINDRANCES = {
    Rule.NO_PARTNER_IN_REACH: Words(
        "距离上限[{limit_m}]内没有可联合的单位[（行业相近的放宽到{like_limit_m}也没有）]"
        "[，同一管辖最近的在{nearest_m}处]",
        "no partner within the distance limit[ of {limit_m}]"
        "[, nor one of like trade within {like_limit_m}]"
        "[; the nearest under the same body is {nearest_m} away]",
    ),
    Rule.TOO_FEW_IN_REACH: Words(
        "距离上限[{limit_m}]内同一管辖的正式党员合计[{members_in_reach}名，]不足[{least}|3]名，"
        "不能成立联合党支部",
        "fewer than [{least}|3] full members[ ({members_in_reach})] within the distance limit"
        "[ of {limit_m}]: no joint branch can stand",
    ),
    Rule.NO_PLACE_LEFT: Words(
        "距离上限[{limit_m}]内的单位另编他处更合适或已编满[（上限{max_units}家）]，"
        "余下的凑不足[{least}|3]名正式党员[；最近的党支部“{branch}”][相距{nearest_m}]",
        "those within reach[ ({limit_m})] serve better in other branches or are full"
        "[ ({max_units} units)], and the rest have fewer than [{least}|3] full members"
        "[; the nearest branch is {branch}][, {nearest_m} away]",
    ),
    Rule.BRANCHES_FULL: Words(
        "距离上限[{limit_m}]内的党组织已无名额[：“{full_branch}”（{full_branch_units}家，"
        "相距{full_branch_m}）]，其余单位凑不足[{least}|3]名正式党员[（合计{members_in_reach}名）]",
        "the organisations within reach[ ({limit_m})] have no room[: {full_branch} "
        "({full_branch_units} units, {full_branch_m} away)], and the others have fewer than "
        "[{least}|3] full members[ ({members_in_reach})]",
    ),
    Rule.BODIES_APART: Words(
        "距离上限[{limit_m}]内另有[{apart_units}家]可联合单位[（正式党员{apart_full}名）]，"
        "但与本单位[（{own_body}、{line}）]不在同一管辖[，最近的一家属{apart_body}、{apart_line}]，"
        "跨管辖联合须由上级决定"
        "[；同一管辖的正式党员合计{members_in_reach}名]",
        "[{apart_units} ]units within reach[ ({limit_m})] could share a branch"
        "[ ({apart_full} full members)] but are under other bodies than this unit"
        "[ ({own_body}, {line})][, the nearest under {apart_body}, {apart_line}]: "
        "only the superior can decide"
        "[; those under the same body have {members_in_reach} full members]",
    ),
    Rule.LEFT_OUT_BY_PIN: Words(
        "按人工调整暂不纳入[（{pin_who}）][，理由：{pin_why}]",
        "left out by hand[ ({pin_who})][, because: {pin_why}]",
    ),
    Rule.NO_LIKE_TRADE: Words(
        "距离上限[{limit_m}]内没有行业相近的单位可联合[（所用规则要求既相邻又相近：同一{like_trade}）]，"
        "相邻的行业都不相近[；行业相近的正式党员合计{members_in_reach}名，不足{least}名]",
        "no unit of like trade within the distance limit[ of {limit_m}]"
        "[ (the policy asks for near and like: one {like_trade})]: those near are of other trades"
        "[; those of like trade have {members_in_reach} full members, {least} are needed]",
    ),
    Rule.BARRIER_BETWEEN: Words(
        "直线距离[{limit_m}]内有[{barred_units}家]可联合单位，但中间隔着河流、铁路、快速路等阻隔，"
        "实际路程超出上限",
        "[{barred_units} ]units lie within reach[ ({limit_m})] in a straight line, but a river, "
        "railway or motorway lies between: the way there is too long",
    ),
}
"""Rule → what hinders a unit that is left out."""

JOINT = {
    Rule.NEW_JOINT_BRANCH: Words(
        "[{members}=][{full}名正式党员（≥{least}）][{by_affiliation}（只计组织关系已转入的）]"
        "[，{units}家单位（≤{max_units}）]"
        "[，同属{governed_by}][（{line}）]"
        "[，离牵头单位最远{farthest_m}（≤{limit_m}）][{farther}（行业相近，距离上限放宽）]"
        "[，相距最远的两家{span_m}]"
        "[，{place}][（{shared}）][，行业同属{trade}]"
        "[，其中{trades_to_check}家行业不明，是否与牵头单位相近请核实]"
        "[；牵头单位{host}][（{host_by}）][，成本折合{cost_m}]"
        "[；次优牵头方案折合{runner_up_cost_m}][（{runner_up}）]"
        "[；就近活动场所{venue}][（{venue_m}）]"
        f"{_BY_HAND.zh}{_JOINT.zh}",
        "[{members} = ][{full} full members (≥ {least})]"
        "[{by_affiliation} (affiliated here)][, {units} units (≤ {max_units})]"
        "[, all under {governed_by}][ ({line})]"
        "[, farthest from the host {farthest_m} (≤ {limit_m})]"
        "[{farther} (of like trade: a wider limit)][, farthest pair {span_m}]"
        "[, {place}][ ({shared})][, trade {trade}]"
        "[, of {trades_to_check} units the trade is not known well enough: check]"
        "[; host {host}][ ({host_by})][, cost as {cost_m}]"
        "[; the next best host costs {runner_up_cost_m}][ ({runner_up})]"
        "[; nearest room {venue}][ ({venue_m} away)]"
        f"{_BY_HAND.en}{_JOINT.en}",
    ),
    Rule.JOINS_EXISTING_BRANCH: Words(
        "正式党员[{full}名]不足3名，就近加入已有联合党支部[“{branch}”]"
        "[，相距{distance_m}（≤{limit_m}）][，加入后{units}家单位（≤{max_units}）][，{place}]"
        f"{_BY_HAND.zh}（《支部工作条例（试行）》）",
        "fewer than 3 full members[ ({full})]: joins an existing joint branch[ ({branch})]"
        "[, {distance_m} away (≤ {limit_m})][, {units} units with it (≤ {max_units})][, {place}]"
        f"{_BY_HAND.en} (Regulations on Branch Work, trial)",
    ),
    Rule.ATTACHED_TO_BRANCH: Words(
        "正式党员[{full}名]不足3名，就近挂靠已建党组织[“{branch}”]"
        f"[，相距{{distance_m}}（≤{{limit_m}}）][，{{place}}]，须征得其同意{_BY_HAND.zh}"
        "（参照经开区挂靠联建，地方做法）",
        "fewer than 3 full members[ ({full})]: attached to a standing organisation[ ({branch})]"
        f"[, {{distance_m}} away (≤ {{limit_m}})][, {{place}}], with its consent{_BY_HAND.en}"
        " (after a local practice, Jingkai)",
    ),
    Rule.TRANSFER_TO_SUPERVISOR: Words(
        "正式党员[{full}名]不足3名，同一管辖内编不进联合党支部[（距离上限{limit_m}）]，"
        "按规则参数把党员组织关系转入[{approver}|业务主管单位党组织]"
        "（参照温州市 2010 年意见，地方规定）",
        "fewer than 3 full members[ ({full})] and no branch under the same body takes it in"
        "[ (limit {limit_m})]: by the policy its members transfer to "
        "[{approver}|the supervising department's organisation] (after Wenzhou, 2010, local)",
    ),
    **{code: _left_out(words) for code, words in HINDRANCES.items()},
}
"""Rule → its sentence, for units with one or two full members."""
