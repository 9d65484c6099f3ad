"""What each table holds: columns, kinds, units, CRS; one ``check`` that tells every fault at once.

A ledger becomes a plan table by table, each a new one with more columns::

    LEDGER ──locate──▶ LOCATED ──triage──▶ TRIAGED ──propose──▶ PLANNED ──put into words──▶ UNITS

In memory a reason is a `lxgeo.model.Reason` (columns ``why`` and ``findings``); in the tables that
leave the house (`UNITS`, `BRANCHES`) it stands in words.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from lxgeo.model import Datum, Level, Line, Mode, OperatingStatus, Outcome, Precision
from lxgeo.schema import CRS, Column, Table

__all__ = [
    "BRANCHES",
    "CRS",
    "EXISTING",
    "GAZETTEER",
    "HOTSPOTS",
    "HULLS",
    "LEDGER",
    "LINKS",
    "LOCATED",
    "PLANNED",
    "PLANNED_BRANCHES",
    "ROADS",
    "TRIAGED",
    "UNITS",
    "BranchStatus",
    "Column",
    "CoordinateForm",
    "Table",
    "area_table",
]

_COUNT: dict[str, Any] = {"kind": "integer", "low": 0}
_LON: dict[str, Any] = {"kind": "number", "unit": "°", "low": -180, "high": 180}
_LAT: dict[str, Any] = {"kind": "number", "unit": "°", "low": -90, "high": 90}

_LEDGER = (
    Column("unit_id", "单位编号", needed=True, unique=True),
    Column("row", "台账行", needed=True, unique=True),
    Column("name", "单位名称"),
    Column("credit_code", "统一社会信用代码"),
    Column("kind", "单位类别"),
    Column("address", "地址"),
    Column("industry_code", "行业代码"),
    Column("staff", "从业人员", unit="人", **_COUNT),
    Column("full_members", "正式党员", unit="人", **_COUNT),
    Column("probationary_members", "预备党员", unit="人", **_COUNT),
    Column("affiliated_members", "组织关系已转入正式党员", unit="人", **_COUNT),
    Column("total_members", "党员总数", unit="人", **_COUNT),
    Column("operating_status", "经营状态", needed=True, values=OperatingStatus),
    Column("township_named", "所属乡镇(街道)"),
    Column("village_named", "所属村(社区)"),
    Column("park_named", "所属园区"),
    Column("building_named", "所属楼宇"),
    Column("line", "管理线", values=Line),
    Column("supervisor", "业务主管单位"),
    Column("approver_named", "台账所写审批单位"),
    Column("association_members", "会员数", **_COUNT),
    Column("part_time_members", "兼职满六个月正式党员", unit="人", **_COUNT),
    Column("instructor", "已派党建指导员或联络员", kind="flag"),
    Column("kin_majority", "亲属党员过半", kind="flag"),
    Column("organised", "是否建立党组织", kind="flag"),
    Column("branch_named", "所在党组织"),
    Column("branch_kind", "党组织形式", values=Outcome),
    Column("duplicate_of", "重复于"),
    Column("datum_in", "坐标基准", values=Datum),
    Column("lon_in", "原经度", kind="number", unit="°"),
    Column("lat_in", "原纬度", kind="number", unit="°"),
    Column("findings", "待核", kind="reasons", needed=True),
)

_POSITION = (
    Column("lon", "经度", **_LON),
    Column("lat", "纬度", **_LAT),
    Column("precision", "定位精度", needed=True, values=Precision),
    Column("confidence", "定位把握", kind="number", low=0, high=1),
    Column("matched", "定位依据"),
    Column("candidates", "候选位置"),
    Column("township_id", "乡镇编号"),
    Column("township", "乡镇(街道)"),
    Column("village_id", "村(社区)编号"),
    Column("park_id", "园区编号"),
    Column("park", "园区"),
    Column("building_id", "楼宇编号"),
    Column("building", "楼宇"),
    Column("corridor_id", "经济走廊编号"),
    Column("market_id", "专业市场编号"),
    Column("block_id", "商业街区编号"),
    Column("grid_id", "网格编号"),
    Column("hotspot_id", "聚集区编号"),
)

_TRIAGE = (
    Column("jurisdiction", "管辖"),
    Column("approver", "审批单位"),
    Column("outcome", "结果", values=Outcome),
    Column("level", "组织层级", values=Level),
    Column("why", "理由", kind="reason"),
    Column("proposed_outcome", "建议结果", values=Outcome),
    Column("max_distance_m", "距离上限", kind="number", unit="m", low=0),
)

_DECISION = (
    Column("mode", "组建方式", values=Mode),
    Column("branch_id", "党支部编号"),
    Column("is_host", "是否牵头", kind="flag", needed=True),
    Column("distance_m", "到牵头单位距离", kind="number", unit="m", low=0),
)

_POINT = frozenset({"Point"})
_POLYGON = frozenset({"Polygon", "MultiPolygon"})


class CoordinateForm(StrEnum):
    """What a pair of given coordinates looks like; only degrees are used, the rest is told."""

    DEGREES = "degrees"
    SWAPPED = "swapped"
    MINUTES = "minutes"
    SECONDS = "seconds"
    SCALED = "scaled"
    METRES = "metres"
    ZERO = "zero"
    HALF = "half"
    ODD = "odd"


LEDGER = Table("LEDGER", _LEDGER)
"""One row a ledger row: what stands there, cleaned, nothing guessed."""

LOCATED = Table("LOCATED", _LEDGER + _POSITION, _POINT)
"""`LEDGER` with positions (lon, lat to 7 decimals, WGS 84) and the areas that hold them."""

TRIAGED = Table("TRIAGED", _LEDGER + _POSITION + _TRIAGE, _POINT)
"""`LOCATED` with what the rules say; ``outcome`` is empty where the unit must join."""

PLANNED = Table("PLANNED", _LEDGER + _POSITION + _TRIAGE + _DECISION, _POINT)
"""`TRIAGED` with what was decided; every row has an outcome and a why."""

_BY_NAME = {column.name: column for column in PLANNED.columns}


def _published(*names: str) -> tuple[Column, ...]:
    return tuple(_BY_NAME[name] for name in names)


UNITS = Table(
    "units",
    (
        *_published(
            *("unit_id", "row", "name", "credit_code", "kind", "address", "industry_code"),
            *("staff", "full_members", "probationary_members", "affiliated_members"),
            *("operating_status", "township_id", "township", "village_id", "park_id", "park"),
            *("building_id", "building", "line", "jurisdiction", "approver", "precision"),
            *("confidence", "datum_in", "lon_in", "lat_in", "lon", "lat"),
        ),
        Column("outcome", "结果", needed=True, values=Outcome),
        *_published("level", "mode", "branch_id", "is_host", "distance_m"),
        Column("rule", "依据", needed=True),
        Column("reason", "理由", needed=True),
        Column("finding", "待核与提示"),
        *_published("proposed_outcome"),
    ),
    _POINT,
)
"""Every ledger row as it leaves the house, in ledger order."""


class BranchStatus(StrEnum):
    """Whether a branch stands already or is proposed."""

    EXISTING = "existing"
    PROPOSED = "proposed"


_BRANCH = (
    Column("branch_id", "党支部编号", needed=True, unique=True),
    Column("name", "党支部名称", needed=True),
    Column("outcome", "类型", needed=True, values=Outcome),
    Column("mode", "组建方式", values=Mode),
    Column("status", "状态", needed=True, values=BranchStatus),
    Column("host_id", "牵头单位编号"),
    Column("venue_id", "活动场所编号"),
    Column("unit_ids", "成员单位编号"),
    Column("units", "单位数", unit="家", **_COUNT),
    Column("full_members", "正式党员", unit="人", **_COUNT),
    Column("total_members", "党员总数", unit="人", **_COUNT),
    Column("jurisdiction", "管辖"),
    Column("approver", "审批单位"),
    Column("span_m", "跨度", kind="number", unit="m", low=0),
    Column("max_distance_m", "距离上限", kind="number", unit="m", low=0),
    Column("cost_m", "成本", kind="number", unit="m", low=0),
    Column("runner_up_cost_m", "次优成本", kind="number", unit="m", low=0),
)

PLANNED_BRANCHES = Table("PLANNED_BRANCHES", (*_BRANCH, _BY_NAME["why"]), _POINT)
"""Branches in memory: the point is the host's position."""

BRANCHES = Table(
    "branches",
    (*_BRANCH, Column("rule", "依据", needed=True), Column("reason", "理由", needed=True)),
    _POINT,
)
"""Branches as they leave the house."""

EXISTING = Table(
    "EXISTING",
    (
        Column("branch_id", "党支部编号", needed=True, unique=True),
        Column("name", "党支部名称", needed=True),
        Column("outcome", "类型", needed=True, values=Outcome),
        Column("jurisdiction", "管辖"),
        Column("approver", "审批单位"),
        Column("host_id", "牵头单位编号"),
        Column("unit_ids", "成员单位编号"),
        Column("units", "单位数", needed=True, **_COUNT),
        Column("full_members", "正式党员", **_COUNT),
        Column("total_members", "党员总数", **_COUNT),
        Column("room", "还可容纳单位", needed=True, **_COUNT),
        Column("building_id", "楼宇编号"),
        Column("park_id", "园区编号"),
        Column("industry_code", "行业代码"),
        Column("max_distance_m", "距离上限", kind="number", low=0),
    ),
    _POINT,
)
"""Approved branches, from the areas and the ledger; ``outcome`` tells joint from standalone."""

LINKS = Table(
    "links",
    (
        Column("unit_id", "单位编号", needed=True),
        Column("branch_id", "党支部编号", needed=True),
        Column("host_id", "牵头单位编号"),
        Column("distance_m", "距离", kind="number", unit="m", low=0),
    ),
    frozenset({"LineString"}),
)
"""A line from each unit of a branch to its host."""

HULLS = Table(
    "hulls",
    (
        Column("branch_id", "党支部编号", needed=True, unique=True),
        Column("name", "党支部名称", needed=True),
        Column("outcome", "类型", needed=True, values=Outcome),
        Column("units", "单位数", needed=True, **_COUNT),
        Column("full_members", "正式党员", **_COUNT),
    ),
    _POLYGON,
)
"""A polygon around the units of each branch."""

HOTSPOTS = Table(
    "hotspots",
    (
        Column("id", "编号", needed=True, unique=True),
        Column("name", "名称", needed=True),
        Column("units", "单位数", needed=True, unit="家", **_COUNT),
        Column("full_members", "正式党员", needed=True, unit="人", **_COUNT),
        Column("span_m", "跨度", needed=True, kind="number", unit="m", low=0),
    ),
    _POLYGON,
)
"""Dense places that no area is known for (聚集区): a hull around each."""

_AREA = (
    Column("id", "编号", needed=True, unique=True),
    Column("name", "名称", needed=True),
    Column("aliases", "别名"),
    Column("address", "地址"),
)
_EXTRA: dict[str, tuple[Column, ...]] = {
    "townships": (Column("kind", "地形类别"), Column("district", "区县")),
    "parks": (
        Column("has_committee", "设有党工委", kind="flag"),
        Column("approver", "审批单位"),
    ),
    "buildings": (Column("group", "楼宇组"),),
    "venues": (Column("kind", "类型"),),
    "branches": (
        Column("kind", "类型"),
        Column("full_members", "正式党员", **_COUNT),
        Column("units", "单位数", **_COUNT),
        Column("capacity", "单位上限", **_COUNT),
    ),
}
_SHAPES: dict[str, frozenset[str]] = {
    "townships": _POLYGON,
    "branches": _POINT,
    "venues": _POINT | _POLYGON,
    "barriers": frozenset({"LineString", "MultiLineString"}) | _POLYGON,
}


def area_table(layer: str) -> Table:
    """Return the schema of an areas layer.

    Parameters
    ----------
    layer
        One of `lxgeo.model.AREA_LAYERS`.

    Returns
    -------
    Table
        The columns of every area and the layer's own; its shapes, points and polygons where the
        layer names no others.
    """
    shapes = _SHAPES.get(layer, _POINT | _POLYGON)
    return Table(layer, _AREA + _EXTRA.get(layer, ()), shapes)


ROADS = Table(
    "roads",
    (Column("name", "道路名称", needed=True),),
    frozenset({"LineString", "MultiLineString"}),
)
"""Named roads."""

GAZETTEER = Table(
    "GAZETTEER",
    (
        Column("name", "名称"),
        Column("aliases", "别名"),
        Column("kind", "类别"),
        Column("township", "乡镇(街道)"),
        Column("district", "区县"),
        Column("road", "道路"),
        Column("house_number", "门牌号"),
        Column("address", "地址"),
        Column("source", "来源"),
    ),
    _POINT | _POLYGON | frozenset({"LineString", "MultiLineString", "MultiPoint"}),
)
"""Known names and addresses and where they are; all but the geometry may be missing."""
