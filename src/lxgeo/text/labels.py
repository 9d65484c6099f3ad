"""What people read for a code: outcomes, modes, levels, lines, precision, statuses, rates."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from lxgeo.errors import Lang, Words
from lxgeo.model import (
    Datum,
    Level,
    Line,
    Mode,
    OperatingStatus,
    Outcome,
    Precision,
)
from lxgeo.pin import PinAction
from lxgeo.tables import BranchStatus, CoordinateForm

_OUTCOMES: dict[str, Words] = {
    Outcome.STANDALONE: Words("单独组建", "Standalone"),
    Outcome.TEMPORARY: Words("临时党组织", "Temporary organisation"),
    Outcome.JOINT: Words("联合组建", "Joint branch"),
    Outcome.ATTACHED: Words("挂靠组建", "Attached"),
    Outcome.TRANSFER: Words("转入主管部门", "Transfer to the supervisor"),
    Outcome.EXISTING: Words("已建党组织", "Existing organisation"),
    Outcome.LEFT_OUT: Words("未纳入", "Left out"),
    Outcome.NO_MEMBERS: Words("无正式党员", "No full member"),
    Outcome.UNKNOWN_MEMBERS: Words("党员数不明", "Members unknown"),
    Outcome.NOT_LOCATED: Words("无法定位", "Not located"),
    Outcome.EXCLUDED: Words("不计入", "Excluded"),
}
_MODES: dict[str, Words] = {
    Mode.STANDALONE: Words("单独组建", "Standalone"),
    Mode.BUILDING: Words("楼宇联建", "By building"),
    Mode.PARK: Words("园区联建", "By park"),
    Mode.MARKET: Words("市场联建", "By market"),
    Mode.BLOCK: Words("街区联建", "By block"),
    Mode.CORRIDOR: Words("走廊联建", "By corridor"),
    Mode.AREA: Words("划片联建", "By area"),
    Mode.TRADE: Words("行业联建", "By trade"),
    Mode.HOST: Words("挂靠联建", "Attached to a host"),
    Mode.VILLAGE: Words("村企联建", "Village and enterprise"),
}
_LEVELS: dict[str, Words] = {
    Level.BRANCH: Words("党支部", "branch"),
    Level.GENERAL_BRANCH: Words("党总支", "general branch"),
    Level.COMMITTEE: Words("党委", "committee"),
}
_LINES: dict[str, Words] = {
    Line.TERRITORIAL: Words("属地管理", "Territorial"),
    Line.SECTORAL: Words("归口管理", "Sectoral"),
    Line.ATTACHED: Words("挂靠管理", "Attached"),
}
_PRECISIONS: dict[str, Words] = {
    Precision.GIVEN: Words("台账坐标", "given coordinates"),
    Precision.BUILDING: Words("楼宇", "building"),
    Precision.HOUSE_NUMBER: Words("门牌号", "house number"),
    Precision.ROAD: Words("道路", "road"),
    Precision.PARK: Words("园区", "park"),
    Precision.VILLAGE: Words("村（社区）", "village"),
    Precision.TOWNSHIP: Words("乡镇（街道）", "township"),
    Precision.DISTRICT: Words("区县", "district"),
    Precision.NONE: Words("未能定位", "no position"),
}
_DATUMS: dict[str, Words] = {
    Datum.WGS84: Words("WGS 84", "WGS 84"),
    Datum.CGCS2000: Words("CGCS2000（国家大地坐标系）", "CGCS2000"),
    Datum.GCJ02: Words("GCJ-02（火星坐标）", "GCJ-02"),
    Datum.BD09: Words("BD-09（百度坐标）", "BD-09"),
    Datum.UNKNOWN: Words("不明", "unknown"),
}
_FORMS: dict[str, Words] = {
    CoordinateForm.DEGREES: Words("十进制度", "decimal degrees"),
    CoordinateForm.SWAPPED: Words("经度和纬度填反", "longitude and latitude swapped"),
    CoordinateForm.MINUTES: Words("度分连写（dddmm.mmmm）", "degrees and minutes as dddmm.mmmm"),
    CoordinateForm.SECONDS: Words("度分秒连写（dddmmss）", "degrees to seconds as dddmmss"),
    CoordinateForm.SCALED: Words("丢了小数点的度", "degrees that lost their decimal point"),
    CoordinateForm.METRES: Words("投影坐标（米）", "projected metres"),
    CoordinateForm.ZERO: Words("零值", "zeros"),
    CoordinateForm.HALF: Words("只填一半", "half a pair"),
    CoordinateForm.ODD: Words("别的写法", "something else"),
}
_OPERATING: dict[str, Words] = {
    OperatingStatus.OPERATING: Words("在营", "Operating"),
    OperatingStatus.SUSPENDED: Words("停业", "Suspended"),
    OperatingStatus.CLOSED: Words("注销吊销", "Closed"),
    OperatingStatus.SHELL: Words("空壳", "Shell"),
    OperatingStatus.MOVED_OUT: Words("迁出", "Moved out"),
}
_STATUSES: dict[str, Words] = {
    BranchStatus.EXISTING: Words("已批准", "Approved"),
    BranchStatus.PROPOSED: Words("建议", "Proposed"),
}
_ENUMS: Mapping[type[StrEnum], tuple[str, Mapping[str, Words]]] = MappingProxyType(
    {
        Outcome: ("outcome", _OUTCOMES),
        Mode: ("mode", _MODES),
        Level: ("level", _LEVELS),
        Line: ("line", _LINES),
        Precision: ("precision", _PRECISIONS),
        Datum: ("datum", _DATUMS),
        CoordinateForm: ("coordinate_form", _FORMS),
        OperatingStatus: ("operating_status", _OPERATING),
        BranchStatus: ("status", _STATUSES),
        PinAction: ("pin_action", {action: action.said for action in PinAction}),
    }
)
"""Closed list → its kind, and what people read for each of its codes."""

_OTHERS = {
    "rate.organisation": Words("党的组织覆盖率", "Organisation coverage"),
    "rate.standalone": Words("单独组建率", "Standalone rate"),
    "rate.with_members": Words("有党员单位组织覆盖率", "Coverage of units with members"),
    "rate.should_build": Words("应建已建率", "Rate of branches due that are set up"),
    "over.operating_units": Words("实体运营单位", "operating units"),
    "over.units_with_members": Words("有正式党员的单位", "units with a full member"),
    "over.units_of_three": Words(
        "正式党员达到单独组建人数的单位", "units with enough full members to stand alone"
    ),
    "over.key_units": Words("重点单位", "key units"),
    "target.enterprises": Words("非公企业党的组织覆盖", "Organisation coverage of enterprises"),
    "target.social": Words("社会组织党的组织覆盖", "Organisation coverage, social organisations"),
    "target.organisation": Words("党的组织覆盖", "Organisation coverage"),
    "target.work": Words("党的工作覆盖", "Work coverage"),
    "township_kind.urban": Words("城区", "urban"),
    "township_kind.town": Words("镇", "town"),
    "township_kind.plain": Words("平原乡", "plain"),
    "township_kind.mountain": Words("山区乡", "mountain"),
    "unit_kind.enterprise": Words("企业", "enterprise"),
    "unit_kind.household": Words("个体工商户", "self-employed household"),
    "unit_kind.cooperative": Words("农民专业合作社", "farmers' cooperative"),
    "unit_kind.association": Words("社会团体（协会、商会）", "association"),
    "unit_kind.foundation": Words("基金会", "foundation"),
    "unit_kind.service": Words("民办非企业单位（学校、诊所、培训）", "private non-enterprise unit"),
    "unit_kind.professional": Words("律师、会计师、税务师、建筑师事务所", "professional firm"),
    "unit_kind.other": Words("其他、未注明", "other, not told"),
    "region_status.optimal": Words("已证明最优", "proved optimal"),
    "region_status.bounded": Words("已给出下界", "bounded"),
    "region_status.stopped": Words("到时停止", "stopped by the time limit"),
}
_UNKNOWN = {
    "_unknown_low": Words("（不明按零计）", " (unknown taken at zero)"),
    "_unknown_high": Words("（不明按总数计）", " (unknown taken at their total)"),
}
_FIGURES: Mapping[str, Mapping[str, Words]] = MappingProxyType(
    {
        "place": {
            "building": Words("同楼宇", "in one building"),
            "park": Words("同园区", "in one park"),
            "market": Words("同市场", "in one market"),
            "block": Words("同商业街区", "in one block"),
            "corridor": Words("同经济走廊", "in one corridor"),
            "village": Words("同村（社区）", "in one village"),
            "trade": Words("同行业", "in one trade"),
            "area": Words("地域相邻", "neighbours"),
        },
        "host_by": {
            "cost": Words("到各成员单位折合距离最短", "nearest to all units, as reckoned"),
            "members": Words(
                "折合距离相同，正式党员较多", "as near as another, with more full members"
            ),
            "order": Words("折合距离和党员数相同，按编号在前", "as near and as large, first by id"),
            "pin": Words("按人工调整", "settled by hand"),
        },
        "like_trade": {
            "section": Words("行业门类", "section"),
            "division": Words("行业大类", "division"),
            "group": Words("行业中类", "group"),
            "class": Words("行业小类", "class"),
        },
    }
)
"""Figure of a reason → what people read for each of its codes."""


def label(code: StrEnum, lang: Lang = "zh") -> str:
    """Return what people read for a code of a closed list.

    Parameters
    ----------
    code
        Such as ``Outcome.JOINT`` or ``Precision.ROAD``.
    lang
        Language.
    """
    _, words = _ENUMS[type(code)]
    return words[code].in_lang(lang)


def rate_name(name: str, lang: Lang = "zh") -> str:
    """Return what people read for a rate, by its code (`lxgeo.model.Rate.name`)."""
    return _suffixed("rate", name, lang)


def over_name(over: str, lang: Lang = "zh") -> str:
    """Return what a rate's denominator counts, by its code (`lxgeo.model.Rate.over`)."""
    return _suffixed("over", over, lang)


def figure_name(figure: str, code: str, lang: Lang = "zh") -> str | None:
    """Return what people read for a reason's figure that is a code; None where it is none of ours.

    Parameters
    ----------
    figure
        ``place`` (how units lie together: 同楼宇, 同园区…), ``host_by`` (why a unit hosts its
        branch) or ``like_trade`` (a level of the tree of trades).
    code
        What stands there.
    lang
        Language.
    """
    words = _FIGURES.get(figure, {}).get(code)
    return None if words is None else words.in_lang(lang)


def texts(lang: Lang = "zh") -> dict[str, str]:
    """Return what people read for every code, by ``kind.code`` such as ``outcome.joint``.

    Kinds: those of the closed lists (``outcome``, ``mode``, ``level``, ``line``, ``precision``,
    ``datum``, ``coordinate_form``, ``operating_status``, ``status``, ``pin_action``), and ``rate``,
    ``over``, ``target``, ``township_kind``, ``unit_kind``, ``region_status``.
    """
    found = {
        f"{kind}.{code}": words.in_lang(lang)
        for kind, codes in _ENUMS.values()
        for code, words in codes.items()
    }
    for key, words in _OTHERS.items():
        found[key] = words.in_lang(lang)
        if key.startswith(("rate.", "over.")):
            found |= {key + end: found[key] + said.in_lang(lang) for end, said in _UNKNOWN.items()}
    return found


def _suffixed(kind: str, code: str, lang: Lang) -> str:
    return texts(lang).get(f"{kind}.{code}", code)
