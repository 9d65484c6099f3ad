"""What a person should look at in approved branches and levels, in words."""

from __future__ import annotations

from lxgeo.errors import Words
from lxgeo.model import Rule

BRANCH_FINDINGS = {
    # That relatives are the majority is never written out: only that a person should look.
    Rule.KIN_MAJORITY: Words(
        "单独组建前，请上级党组织按当地规定核实组建条件",
        "before a branch of its own, the superior should check the local conditions",
    ),
    Rule.NOT_STABLE: Words(
        "停业，生产经营不稳定[，按“{rules}”]，暂不单独组建，可就近联合",
        "suspended, its business is not stable: no branch of its own for now[ ({rules})], "
        "it may share one",
    ),
    Rule.THREE_INSIDE_JOINT: Words(
        "正式党员[{full}名]≥3名，现在联合党支部[“{branch}”]内，应改为单独组建（《党章》第三十条）"
        "[；分出后原支部余{partners_left}家单位]",
        "[{full} ]full members ≥ 3 inside a joint branch[ ({branch})]: a branch of its own is due "
        "(Party Constitution, article 30)[; {partners_left} units are left in the joint branch]",
    ),
    Rule.JOINT_OVER_CAP: Words(
        "联合党支部[“{branch}”]覆盖单位[{units}家，]超过[{max_units}家的]上限，宜划小组建单元"
        "[，至少分为{branches}个]（《支部工作条例（试行）》）",
        "the joint branch[ ({branch})] covers[ {units} units,] more than the cap[ of {max_units}]"
        "[: split it into {branches} at least] (Regulations on Branch Work, trial)",
    ),
    Rule.JOINT_UNDER_THREE: Words(
        "联合党支部[“{branch}”]正式党员[{full}名，]不足[{least}|3]名，"
        "应由上级党组织及时调整或撤销（《支部工作条例（试行）》）"
        "[；变动最少的办法：就近纳入{partners}][（最远{partner_m}）]"
        "[{dissolve}；距离上限内没有可纳入的单位，宜撤销并入其他党支部]",
        "the joint branch[ ({branch})] has[ {full},] fewer than [{least}|3] full members: "
        "the superior should adjust or dissolve it (Regulations on Branch Work, trial)"
        "[; the smallest change: take in {partners}][ ({partner_m} at most)]"
        "[{dissolve}; nobody within reach to take in: better dissolved into other branches]",
    ),
    Rule.JOINT_OF_ONE: Words(
        "联合党支部[“{branch}”]只有一家单位，请核对",
        "the joint branch[ ({branch})] has one unit only",
    ),
    Rule.JOINT_ACROSS: Words(
        "联合党支部[“{branch}”]的其他单位在[{home}|另一乡镇（街道）]，"
        "本单位在[{township}|本乡镇（街道）]，不由同一党委审批，"
        "转出还是保留由上级决定（《支部工作条例（试行）》）",
        "the others of the joint branch[ ({branch})] are in [{home}|another township], this one in "
        "[{township}|its own], under another body: the superior decides whether it stays "
        "(Regulations on Branch Work, trial)",
    ),
    Rule.LEVEL_AT_BOUNDARY: Words(
        "党员总数[{total}名]正在组织层级的界线上，是否含本数各地规定不同，请核对",
        "its total members[ ({total})] are right at a level's boundary; rules differ, please check",
    ),
    Rule.PINNED_OVER_CAP: Words(
        "联合党支部[“{branch}”]覆盖单位[{units}家，]超过一般不超过[{max_units}|5]个的规定，"
        "按人工调整保留[（{pin_who}）][，理由：{pin_why}]，须由[{approver}|上级党组织]批准"
        "（《支部工作条例（试行）》）",
        "the joint branch[ ({branch})] covers[ {units} units,] more than[ {max_units}| 5] "
        "as a rule: kept as settled by hand[ ({pin_who})][, because: {pin_why}], "
        "[{approver}|the superior] has to approve (Regulations on Branch Work, trial)",
    ),
    Rule.PINNED: Words(
        "人工调整，方案已采纳[：{pin_action}][，对方{pin_other}][（{pin_who}）][，理由：{pin_why}]"
        "[，时间{pin_when}]",
        "settled by hand, and kept to[: {pin_action}][, with {pin_other}][ ({pin_who})]"
        "[, because: {pin_why}][, on {pin_when}]",
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
