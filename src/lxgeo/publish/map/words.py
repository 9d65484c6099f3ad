"""The page's own words, zh and en: headings, buttons, and labels of outcomes, modes, precision."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from lxgeo.errors import Lang, Words
from lxgeo.publish.map.editing_words import EDITING

_OUTCOMES = {
    "standalone": Words("单独组建", "Standalone"),
    "temporary": Words("临时党组织", "Temporary organisation"),
    "joint": Words("联合组建", "Joint branch"),
    "attached": Words("挂靠组建", "Attached"),
    "transfer": Words("转入主管部门", "Transfer to the supervisor"),
    "existing": Words("已建党组织", "Existing organisation"),
    "left_out": Words("未纳入", "Left out"),
    "no_members": Words("无正式党员", "No full member"),
    "unknown_members": Words("党员数不明", "Members unknown"),
    "not_located": Words("无法定位", "Not located"),
    "excluded": Words("不计入", "Excluded"),
    "unbuilt": Words("有党员未建组织", "Members, no organisation"),
}

_MODES = {
    "standalone": Words("单独组建", "Standalone"),
    "building": Words("楼宇联建", "By building"),
    "park": Words("园区联建", "By park"),
    "market": Words("市场联建", "By market"),
    "block": Words("街区联建", "By block"),
    "corridor": Words("走廊联建", "By corridor"),
    "area": Words("划片联建", "By area"),
    "trade": Words("行业联建", "By trade"),
    "host": Words("挂靠联建", "Attached to a host"),
    "village": Words("村企联建", "Village and enterprise"),
}

_PRECISIONS = {
    "given": Words("台账坐标", "given coordinates"),
    "building": Words("楼宇", "building"),
    "house_number": Words("门牌号", "house number"),
    "road": Words("道路", "road"),
    "park": Words("园区", "park"),
    "village": Words("村（社区）", "village"),
    "township": Words("乡镇（街道）", "township"),
    "district": Words("区县", "district"),
    "none": Words("未能定位", "no position"),
}

_CODES = {
    "level.branch": Words("党支部", "branch"),
    "level.general_branch": Words("党总支", "general branch"),
    "level.committee": Words("党委", "committee"),
    "line.territorial": Words("属地管理", "Territorial"),
    "line.sectoral": Words("归口管理", "Sectoral"),
    "line.attached": Words("挂靠管理", "Attached"),
    "status.existing": Words("已批准", "Approved"),
    "status.proposed": Words("建议", "Proposed"),
    "operating_status.operating": Words("在营", "Operating"),
    "operating_status.suspended": Words("停业", "Suspended"),
    "operating_status.closed": Words("注销吊销", "Closed"),
    "operating_status.shell": Words("空壳", "Shell"),
    "operating_status.moved_out": Words("迁出", "Moved out"),
    "rate.organisation": Words("党的组织覆盖率", "Organisation coverage"),
    "rate.standalone": Words("单独组建率", "Standalone rate"),
    "rate.with_members": Words("有党员单位组织覆盖率", "Coverage of units with members"),
    "rate.should_build": Words("应建已建率", "Rate of branches due that are set up"),
    "over.operating_units": Words("实体运营单位", "operating units"),
    "over.units_with_members": Words("有正式党员的单位", "units with a full member"),
    "over.units_of_three": Words(
        "正式党员达到单独组建人数的单位", "units with enough full members to stand alone"
    ),
    "over.units_with_members_unknown_low": Words(
        "有正式党员的单位（不明按零计）", "units with a full member (unknown taken at zero)"
    ),
    "over.units_with_members_unknown_high": Words(
        "有正式党员的单位（不明按总数计）",
        "units with a full member (unknown taken at their total)",
    ),
    "over.units_of_three_unknown_low": Words(
        "正式党员达到单独组建人数的单位（不明按零计）",
        "units with enough full members to stand alone (unknown taken at zero)",
    ),
    "over.units_of_three_unknown_high": Words(
        "正式党员达到单独组建人数的单位（不明按总数计）",
        "units with enough full members to stand alone (unknown taken at their total)",
    ),
    "layer.townships": Words("乡镇（街道）", "Township"),
    "layer.villages": Words("村（社区）", "Village"),
    "layer.parks": Words("园区", "Park"),
    "layer.corridors": Words("经济走廊", "Corridor"),
    "layer.markets": Words("专业市场", "Market"),
    "layer.blocks": Words("商业街区", "Block"),
    "layer.buildings": Words("楼宇", "Building"),
    "layer.roads": Words("道路", "Road"),
    "layer.hotspots": Words("聚集区", "Dense place"),
}

_SECTIONS = {
    "A": Words("农林牧渔", "Farming"),
    "B": Words("采矿", "Mining"),
    "C": Words("制造", "Manufacturing"),
    "D": Words("电热燃水", "Utilities"),
    "E": Words("建筑", "Construction"),
    "F": Words("批发零售", "Trade"),
    "G": Words("交通仓储邮政", "Transport, post"),
    "H": Words("住宿餐饮", "Hotels, catering"),
    "I": Words("信息软件", "Information, software"),
    "J": Words("金融", "Finance"),
    "K": Words("房地产", "Real estate"),
    "L": Words("租赁商务", "Leasing, business services"),
    "M": Words("科研技术", "Science, technology"),
    "N": Words("水利环境公共设施", "Water, environment"),
    "O": Words("居民服务", "Household services"),
    "P": Words("教育", "Education"),
    "Q": Words("卫生社会工作", "Health, social work"),
    "R": Words("文体娱乐", "Culture, sport"),
    "S": Words("公共管理社会组织", "Public bodies, associations"),
    "T": Words("国际组织", "International bodies"),
}
"""Sections of GB/T 4754-2017, in short."""

_PAGE = {
    "untitled": Words("两新组织党组织组建方案", "Plan of branches"),
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
    "search": Words("单位、信用代码、党支部、拼音", "Unit, credit code, branch, pinyin"),
    "map_how": Words(
        "地图：方向键移动，加减键缩放，回车选取十字处",
        "Map: arrows move, plus and minus zoom, Enter takes what is at the cross",
    ),
    "when": Words("现状与批准后", "Now or once approved"),
    "once_approved": Words("批准后：{outcome}", "Once approved: {outcome}"),
    "filters": Words("更多筛选", "More filters"),
    "filters_on": Words("已用 {n} 项", "{n} on"),
    "any": Words("全部", "All"),
    "not_known": Words("未填或不详", "Not given"),
    "trade": Words("行业门类", "Trade"),
    "trades": Words("行业大类", "Trade divisions"),
    "size": Words("从业人数", "Staff"),
    "members": Words("正式党员数", "Full members"),
    "staff_from_to": Words("{low}–{high} 人", "{low}–{high}"),
    "staff_from": Words("{low} 人以上", "{low} or more"),
    "persons_from": Words("{n} 名以上", "{n} or more"),
    "layers": Words("图层", "Layers"),
    "layer_branches": Words("联合党支部范围与连线", "Joint branches: extent and links"),
    "layer_names": Words("地名与单位名", "Names"),
    "layer_hotspots": Words("聚集区（无边界资料）", "Dense places without a boundary"),
    "layer_findings": Words("待核与提示", "To be checked"),
    "layer_matters": Words("需上级决定", "For a superior to decide"),
    "matters": Words("需上级决定", "For a superior to decide"),
    "matter_divided": Words(
        "应建单位分属 {bodies} 个管辖，是否由一方牵头合并组建？合计正式党员 {full} 名，"
        "其中 {left_out} 家未纳入。",
        "Its units stand under {bodies} jurisdictions: may one of them lead? "
        "{full} full members together; {left_out} left out.",
    ),
    "units_concerned": Words("涉及单位", "Units concerned"),
    "key_matter": Words("需上级决定（虚线框为涉及单位）", "For a superior (frame: its units)"),
    "key_finding": Words("待核与提示", "To be checked"),
    "table": Words("表格", "Table"),
    "table_branches": Words("党支部", "Branches"),
    "table_left_out": Words("未纳入单位", "Left-out units"),
    "table_units": Words("全部单位", "All units"),
    "rows": Words("{n} 行", "{n} rows"),
    "csv": Words("导出 CSV", "Save CSV"),
    "picture": Words("存为图片", "Save picture"),
    "night": Words("深色或浅色", "Dark or light"),
    "measure": Words("测距", "Measure"),
    "measure_how": Words("点击地图量距离，Esc 结束", "Click to measure, Esc ends"),
    "measured": Words("全长 {length}", "{length} in all"),
    "paper": Words("纸张", "Paper"),
    "a4": Words("A4 横向", "A4 landscape"),
    "a4p": Words("A4 纵向", "A4 portrait"),
    "a3": Words("A3 横向", "A3 landscape"),
    "a3p": Words("A3 纵向", "A3 portrait"),
    "scale": Words("比例尺 1:{n}", "Scale 1:{n}"),
    "state_before": Words("现状", "As things stand"),
    "state_after": Words("批准后（测算建议）", "Once approved (advice)"),
    "made_on": Words("制图日期 {date}", "Drawn {date}"),
    "map_number": Words("审图号：{number}", "Map approval number: {number}"),
    "no_number": Words("无审图号，限内部使用", "No map approval number: for internal use only"),
    "outcome": Words("结果", "Outcome"),
    "state": Words("状态", "Status"),
    "reason": Words("理由", "Reason"),
    "branch_id": Words("党支部编号", "Branch id"),
    "search_none": Words("没有找到", "Nothing found"),
    "search_more": Words("还有 {n} 条，请输入更多字", "{n} more, type on to narrow down"),
    "township": Words("乡镇（街道）", "Township"),
    "township_all": Words("全部乡镇（街道）", "All townships"),
    "township_unknown": Words("乡镇不明", "Township unknown"),
    "legend": Words("图例", "Legend"),
    "coverage": Words("覆盖率", "Coverage"),
    "lists": Words("清单", "Lists"),
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
    "by_township": Words("分乡镇（街道）", "By township"),
    "other_rates": Words("其他口径", "Counted otherwise"),
    "no_rate": Words("—", "—"),
    "left_out": Words("未纳入", "Left out"),
    "unplaced": Words("没有可靠位置", "No reliable position"),
    "to_check": Words("待核与提示", "To be checked"),
    "list_empty": Words("无", "None"),
    "more": Words("再显示 {n} 条", "Show {n} more"),
    "tiles_lost": Words(
        "在线底图未能取得，已改用本页的矢量底图",
        "Online tiles did not come: the page's own base map",
    ),
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
        **{f"page.{code}": said for code, said in {**_PAGE, **EDITING}.items()},
        **{f"outcome.{code}": said for code, said in _OUTCOMES.items()},
        **{f"mode.{code}": said for code, said in _MODES.items()},
        **{f"precision.{code}": said for code, said in _PRECISIONS.items()},
        **{f"section.{code}": said for code, said in _SECTIONS.items()},
        **_CODES,
    }
    return MappingProxyType({**{key: said.in_lang(lang) for key, said in own.items()}, **texts})
