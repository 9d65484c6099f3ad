"""What the overview page says."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from lxgeo.errors import Words

RATES: Mapping[str, Words] = MappingProxyType(
    {
        "organisation": Words("党的组织覆盖率", "organised"),
        "standalone": Words("单独组建率", "standing alone"),
        "with_members": Words("有党员的单位组建率", "organised, of those with members"),
        "should_build": Words("应建已建率", "organised, of those of three or more"),
    }
)
"""The rates that counties are shaded by."""

FIGURES: Mapping[str, Words] = MappingProxyType(
    {
        "units": Words("单位", "units"),
        "joint_branches": Words("联合党支部", "joint branches"),
        "must_join": Words("需联合组建", "must join"),
        "left_out": Words("未纳入", "left out"),
        "gap": Words("距最优不超过", "gap"),
    }
)
"""The table's figures, in their order."""

PAGE: Mapping[str, Words] = MappingProxyType(
    {
        "proviso": Words(
            "测算建议，以党委审批为准。内部资料，不得外传。",
            "A calculation for a committee to decide on. For internal use only.",
        ),
        "all": Words("全部", "all"),
        "county": Words("县（市、区）", "county"),
        "code": Words("代码", "code"),
        "shade": Words("着色", "shade by"),
        "before": Words("现状", "today"),
        "after": Words("批准后", "once approved"),
        "change": Words("提高（百分点）", "gain (points)"),
        "left_share": Words("未纳入占比", "share left out"),
        "gap": Words("距最优不超过", "gap"),
        "open": Words("打开地图", "open its map"),
        "map": Words("地图", "map"),
        "failed": Words("测算失败", "failed"),
        "empty": Words("台账无单位", "no unit in its ledger"),
        "none": Words("无数据", "no figure"),
        "search": Words("查找县", "find a county"),
        "shown": Words("{n} 个县", "{n} counties"),
        "sort": Words("点表头排序", "click a heading to sort"),
        "least": Words("最低", "lowest"),
        "most": Words("最高", "highest"),
        "rate_note": Words(
            "每项比率都是单位数之比，鼠标停留可见分子和分母；全部一行为各县之和的比率。",
            "Each rate is units over units: hover to see both; the line of all counties is the "
            "rate of their sums.",
        ),
        "no_shape": Words(
            "没有乡镇图层或没有算成的县不在图上，见表：{names}",
            "not drawn, for want of townships or of a plan; see the table: {names}",
        ),
    }
)
