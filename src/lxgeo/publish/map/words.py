"""The page's own words, zh and en: headings, buttons, and labels of outcomes, modes, precision."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from lxgeo.errors import Lang, Words

_OUTCOMES = {
    "standalone": Words("单独组建", "Standalone"),
    "temporary": Words("临时党支部", "Temporary branch"),
    "joint": Words("联合组建", "Joint branch"),
    "attached": Words("挂靠组建", "Attached"),
    "transfer": Words("转入主管部门", "Transfer"),
    "existing": Words("已建党组织", "Existing branch"),
    "left_out": Words("未纳入", "Left out"),
    "no_members": Words("无正式党员", "No full member"),
    "unknown_members": Words("党员数不明", "Members unknown"),
    "not_located": Words("无法定位", "Not located"),
    "excluded": Words("不计入", "Excluded"),
}

_MODES = {
    "standalone": Words("单独组建", "Standalone"),
    "building": Words("楼宇联建", "By building"),
    "park": Words("园区联建", "By park"),
    "market": Words("市场联建", "By market"),
    "block": Words("商圈联建", "By block"),
    "corridor": Words("走廊联建", "By corridor"),
    "area": Words("划片联建", "By area"),
    "trade": Words("行业联建", "By trade"),
    "host": Words("挂靠联建", "Attached to a host"),
    "village": Words("村企联建", "Village and enterprise"),
}

_PRECISIONS = {
    "given": Words("台账坐标", "Given coordinates"),
    "building": Words("楼宇", "Building"),
    "house_number": Words("门牌号", "House number"),
    "road": Words("道路，待核", "Road only, to be checked"),
    "park": Words("园区范围", "Park only"),
    "village": Words("村（社区）范围", "Village only"),
    "township": Words("仅到乡镇（街道）", "Township only"),
    "district": Words("仅到区县", "District only"),
    "none": Words("未能定位", "No position"),
}

_CODES = {
    "level.branch": Words("党支部", "Branch"),
    "level.general_branch": Words("党总支", "General branch"),
    "level.committee": Words("党委", "Committee"),
    "line.territorial": Words("属地管理", "Territorial"),
    "line.sectoral": Words("归口管理", "Sectoral"),
    "line.attached": Words("挂靠管理", "Attached"),
    "status.existing": Words("已批准", "Approved"),
    "status.proposed": Words("建议", "Proposed"),
    "operating_status.operating": Words("在营", "Operating"),
    "operating_status.suspended": Words("停业", "Suspended"),
    "operating_status.closed": Words("注销", "Closed"),
    "operating_status.shell": Words("空壳", "Shell"),
    "operating_status.moved_out": Words("迁出", "Moved out"),
    "rate.organisation": Words("党的组织覆盖率", "Organisational coverage"),
    "rate.standalone": Words("单独组建率", "Standalone rate"),
    "rate.with_members": Words("有党员单位组建率", "Set-up rate, units with members"),
    "rate.should_build": Words("应建已建率", "Set-up rate, units of three"),
    "over.operating_units": Words("实体运营的单位", "operating units"),
    "over.units_with_members": Words("有正式党员的单位", "units with a full member"),
    "over.units_of_three": Words("满三名正式党员的单位", "units of three or more full members"),
    "over.units_with_members_unknown_low": Words(
        "有正式党员的单位（党员数不明的按零计）",
        "units with a full member (unknown counts as none)",
    ),
    "over.units_with_members_unknown_high": Words(
        "有正式党员的单位（党员数不明的按总数计）",
        "units with a full member (unknown counts as their total)",
    ),
    "over.units_of_three_unknown_low": Words(
        "满三名正式党员的单位（党员数不明的按零计）",
        "units of three or more (unknown counts as none)",
    ),
    "over.units_of_three_unknown_high": Words(
        "满三名正式党员的单位（党员数不明的按总数计）",
        "units of three or more (unknown counts as their total)",
    ),
    "layer.townships": Words("乡镇（街道）", "Township"),
    "layer.villages": Words("村（社区）", "Village"),
    "layer.parks": Words("园区", "Park"),
    "layer.corridors": Words("经济走廊", "Corridor"),
    "layer.markets": Words("专业市场", "Market"),
    "layer.blocks": Words("商业街区", "Block"),
    "layer.buildings": Words("楼宇", "Building"),
    "layer.roads": Words("道路", "Road"),
}

_PAGE = {
    "marking": Words("内部资料", "Internal"),
    "proviso": Words(
        "测算建议，以党委审批为准",
        "A calculation for advice; the Party committee's approval decides",
    ),
    "borders": Words("界线仅作示意，不作划界依据", "Boundaries are a sketch and settle no border"),
    "needs_script": Words(
        "此页需要启用 JavaScript 才能显示地图。", "This page needs JavaScript to draw the map."
    ),
    "unreadable": Words(
        "地图数据未能读出，文件可能不完整，请重新复制一份。",
        "The map's data can't be read; the file may be incomplete, copy it again.",
    ),
    "panel": Words("查询与图例", "Search and legend"),
    "map": Words("地图", "Map"),
    "search": Words("搜索单位、信用代码或党支部", "Search units, credit codes, branches"),
    "search_none": Words("没有找到", "Nothing found"),
    "search_more": Words("还有 {n} 条，请输入更多字", "{n} more, type on to narrow down"),
    "township": Words("乡镇（街道）", "Township"),
    "township_all": Words("全部乡镇（街道）", "All townships"),
    "township_unknown": Words("乡镇不明", "Township unknown"),
    "legend": Words("图例", "Legend"),
    "coverage": Words("覆盖率", "Coverage"),
    "lists": Words("清单", "Lists"),
    "units": Words("单位", "units"),
    "shown": Words("显示 {n} / {of} 家", "{n} of {of} units shown"),
    "show_all": Words("全部显示", "Show all"),
    "show_only": Words("仅看", "only"),
    "show_only_of": Words("仅看{label}", "Show only: {label}"),
    "not_drawn": Words(
        "其中 {n} 家没有可靠位置，不在图上", "{n} of them have no reliable position"
    ),
    "key_branch": Words("联合党支部范围与牵头连线", "Joint branch: extent and links to its host"),
    "key_host": Words("牵头单位（加粗）", "Host unit (bold)"),
    "key_hollow": Words("空心：位置为约略，待核", "Hollow: position is rough, to be checked"),
    "key_donut": Words("聚合：数字为单位数", "Cluster: the number counts units"),
    "key_seat": Words("现有党支部（台账外）", "Existing branch (not in the ledger)"),
    "before": Words("现状", "Now"),
    "after": Words("批准后", "Once approved"),
    "denominator": Words("分母", "Denominator"),
    "of": Words("{n} / {of}", "{n} / {of}"),
    "by_township": Words("分乡镇（街道）", "By township"),
    "other_rates": Words("其他口径", "Counted otherwise"),
    "no_rate": Words("—", "—"),
    "left_out": Words("未纳入", "Left out"),
    "unplaced": Words("没有可靠位置", "No reliable position"),
    "to_check": Words("待核与提示", "To be checked"),
    "list_empty": Words("无", "None"),
    "more": Words("再显示 {n} 条", "Show {n} more"),
    "close": Words("关闭", "Close"),
    "zoom_in": Words("放大", "Zoom in"),
    "zoom_out": Words("缩小", "Zoom out"),
    "whole": Words("全图", "Whole district"),
    "print": Words("打印", "Print"),
    "metres": Words("{n} 米", "{n} m"),
    "kilometres": Words("{n} 公里", "{n} km"),
    "households": Words("{n} 家", "{n}"),
    "persons": Words("{n} 名", "{n}"),
    "unknown": Words("未知", "unknown"),
    "unnamed": Words("（名称缺失）", "(no name)"),
    "here": Words("此处 {n} 家单位", "{n} units here"),
    "cluster": Words("{n} 家单位，点击放大", "{n} units, click to zoom in"),
    "position_to_check": Words("位置待核", "Position to be checked"),
    "position_rough": Words("位置约略", "Rough position"),
    "ledger": Words("台账信息", "From the ledger"),
    "finding": Words("待核与提示", "To be checked"),
    "full_members": Words("正式党员", "Full members"),
    "probationary_members": Words("预备党员", "Probationary members"),
    "affiliated_members": Words("组织关系已转入", "Affiliated full members"),
    "total_members": Words("党员总数", "All members"),
    "staff": Words("从业人员", "Staff"),
    "kind": Words("类别", "Kind"),
    "industry_code": Words("行业代码", "Trade code"),
    "credit_code": Words("信用代码", "Credit code"),
    "address": Words("地址", "Address"),
    "park": Words("园区", "Park"),
    "building": Words("楼宇", "Building"),
    "line": Words("管理线", "Line"),
    "approver": Words("审批单位", "Approver"),
    "precision": Words("定位精度", "Position"),
    "level": Words("组织层级", "Level"),
    "mode": Words("组建方式", "Mode"),
    "operating_status": Words("经营状态", "Status"),
    "row": Words("台账行", "Ledger row"),
    "proposed_outcome": Words("建议改为", "Proposed instead"),
    "distance_m": Words("距牵头单位", "Distance to host"),
    "unit_count": Words("单位数", "Units"),
    "span_m": Words("跨度", "Span"),
    "max_distance_m": Words("距离上限", "Distance limit"),
    "cost_m": Words("折合成本", "Cost as distance"),
    "runner_up_cost_m": Words("次优方案成本", "Cost of the runner-up"),
    "members_of_branch": Words("成员单位", "Units of the branch"),
    "host": Words("牵头", "Host"),
    "branch": Words("党支部", "Branch"),
    "unit": Words("单位", "Unit"),
}


def words(lang: Lang, texts: Mapping[str, str]) -> Mapping[str, str]:
    """Return all labels of the page by ``kind.code``.

    Parameters
    ----------
    lang
        Which language.
    texts
        Labels handed in; they stand before the page's own.
    """
    own = {
        **{f"page.{code}": said for code, said in _PAGE.items()},
        **{f"outcome.{code}": said for code, said in _OUTCOMES.items()},
        **{f"mode.{code}": said for code, said in _MODES.items()},
        **{f"precision.{code}": said for code, said in _PRECISIONS.items()},
        **_CODES,
    }
    return MappingProxyType({**{key: getattr(said, lang) for key, said in own.items()}, **texts})
