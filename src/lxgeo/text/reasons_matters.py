"""What only a superior can decide (需上级决定), put as a question with its figures."""

from __future__ import annotations

from lxgeo.errors import Words
from lxgeo.model import Rule

MATTERS = {
    Rule.MERGING_WOULD_GAIN: Words(
        "[{units}家]应建单位分属[{bodies}个]管辖，是否由一方牵头合并组建？[共有正式党员{full}名]"
        "[{solved}；经测算，合并后可多编入{gained_units}家]"
        "[{estimated}；单位较多或时间不够，仅作估计：最多可多编入{gained_units}家]"
        "[{cheaper}；经测算，合并后编入单位数不变]"
        "[，成本折合减少{gained_m}]"
        "[{nothing}；合并后没有增益，建议维持现状]",
        "[{units} ]units due for a joint branch stand under [{bodies}|several] bodies: may one of "
        "them lead?[ {full} full members together]"
        "[{solved}; merged, {gained_units} more could be placed]"
        "[{estimated}; too many, or too little time, to reckon: at most {gained_units} more could "
        "be placed]"
        "[{cheaper}; merged, as many would be placed]"
        "[, {gained_m} of cost saved][{nothing}; merging gains nothing: leave it as it is]",
    ),
    Rule.PARK_COMMITTEE_UNKNOWN: Words(
        "未注明园区是否设有党工委，现按所在乡镇（街道）分别组建[（涉及{bodies}个管辖）]"
        "[；若由园区党工委管理，可多覆盖{gained_units}家][（估计上限{estimated}）]"
        "[{cheaper}；若由园区党工委管理，覆盖数不变]"
        "[，成本折合减少{gained_m}][{nothing}；若由园区党工委管理，覆盖数不变]；请核定",
        "it is not told whether the park has a working committee: planned by township"
        "[ ({bodies} bodies)][; under a committee of the park {gained_units} more would be covered]"
        "[ (an estimate{estimated})]"
        "[{cheaper}; under a committee of the park as many would be covered]"
        "[, {gained_m} of cost saved]"
        "[{nothing}; under a committee of the park as many would be covered]; please settle",
    ),
    Rule.SPLIT_OVER_CAP: Words(
        "现有[{units}家，]超过上限[（{max_units}家）]，是否划小？"
        "[{fewest}变动最少的办法：][{leaving}（{leaving_units}家）另行组建，]"
        "[{moving}转入“{into}”，][其余{staying_units}家、正式党员{staying_full}名保留原支部]"
        "[{unsolved}；在台账内找不到合规的划分，请补全成员单位后再测算]",
        "[{units} units,] over the cap[ of {max_units}]: split it?"
        "[{fewest} With the fewest changes:][ {leaving} ({leaving_units}) found their own,]"
        "[ {moving} would move to {into},]"
        "[ the other {staying_units} ({staying_full} full members) keep the branch]"
        "[{unsolved}; the ledger allows no legal split: please complete its units]",
    ),
    Rule.CONDITIONS_TO_CHECK: Words(
        "正式党员[{full}名]已够单独组建人数[（{least}名）]"
        "[{barred}，按本规则参数暂未列为单独组建]；请上级党组织按当地规定核实组建条件",
        "[{full} ]full members are enough to stand alone[ ({least})]"
        "[{barred}, but this policy does not propose it]; the superior should check the local "
        "conditions",
    ),
}
"""Rule → its sentence, for `lxgeo.model.Matter`."""
