"""What a person should look at in the ledger's cells, in words."""

from __future__ import annotations

from lxgeo.errors import Words
from lxgeo.model import Rule

VALUE_FINDINGS = {
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

SAME_FINDINGS = {
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

SETTLED = {
    Rule.CONFIRMED: Words(
        "[{field}|有一项]填写的[“{written}”]已核对无误[（{post}，{day}）]",
        "[{field}|a value] is right as it stands[: {written}][ ({post}, {day})]",
    ),
}
