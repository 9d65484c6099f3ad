"""The rules' figures as one frozen, checked value.

Distances, weights and kinds are 测算参数，非政策规定: what the planner reckons with, not what any
document prescribes. Thresholds that a document does prescribe name it in ``source``.
"""

from __future__ import annotations

import dataclasses
import difflib
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal, cast, get_args

from lxgeo.errors import PolicyError, Words
from lxgeo.model import Line, UnitKind

CountBasis = Literal["affiliated", "full", "total"]
JointBasis = Literal["full", "affiliated"]
JointBy = Literal["near", "near_and_like", "near_or_like"]
LikeTrade = Literal["section", "division", "group", "class"]
UnknownTrade = Literal["check", "unlike"]
FamilyRule = Literal["notice", "bar"]
LevelBoundary = Literal["ge", "gt"]
Unaffiliated = Literal["ask", "temporary", "functional"]
TargetReading = Literal["kinds", "coverages"]
TargetOver = Literal["operating_units", "units_with_members", "units_of_three", "key_units"]
Distance = Literal["straight", "walk"]
CrossLine = Literal["none", "same_building", "same_park", "all"]

_MAX_DISTANCE_M: dict[str, float] = {
    "urban": 1200.0,
    "town": 1500.0,
    "plain": 3000.0,
    "mountain": 8000.0,
}
_BY_SECTOR = frozenset({UnitKind.ASSOCIATION, UnitKind.PROFESSIONAL})
_LINES: dict[str, str] = {
    kind.value: (Line.SECTORAL if kind in _BY_SECTOR else Line.TERRITORIAL).value
    for kind in UnitKind
}
_DEPARTMENTS: dict[str, str] = {kind.value: "" for kind in UnitKind}


def _setting(  # noqa: PLR0913 - what an options table tells of a setting
    zh: str,
    default: object,
    *,
    unit: str = "",
    least: float | None = None,
    most: float | None = None,
    above: float | None = None,
    keys: str = "",
) -> Any:
    """Return a field that carries its own line of the options table and its own limits.

    ``keys`` is the kind of code that a table is keyed by (`lxgeo.text.texts`).
    """
    limits = {"least": least, "most": most, "above": above}
    meta = {"zh": zh, "unit": unit, "keys": keys, **limits}
    if isinstance(default, Mapping):
        return field(default_factory=lambda: default, metadata=meta)
    return field(default=default, metadata=meta)


@dataclass(frozen=True, slots=True)
class Policy:
    """Thresholds, weights and targets of a plan.

    Every field's meaning stands in its ``metadata`` and is printed by ``lxgeo policy show``.
    Sources of the defaults: 《中国共产党章程》第三十条 (three full members),
    《中国共产党支部工作条例(试行)》 (joint branches, at most five units as a rule, branches of at
    most fifty members, a committee at seven full members).

    Raises
    ------
    PolicyError
        A figure out of its range; every fault is told at once.
    """

    name: str = _setting("规则名称", "national")
    title: str = _setting("规则标题", "全国通用规则")
    source: str = _setting("依据", "《中国共产党章程》第三十条；《中国共产党支部工作条例（试行）》")
    note: str = _setting("说明", "各地规定不同之处，均列为参数；没有全国性条文的目标不设")

    standalone_min_full: int = _setting("单独组建所需党员", 3, unit="人", least=1)
    standalone_basis: CountBasis = _setting(
        "单独组建按哪些党员计：affiliated 组织关系已转入的正式党员（不明时按正式党员），"
        "full 全部正式党员，total 正式和预备党员",
        "affiliated",
    )
    stable_only: bool = _setting("停业等生产经营不稳定的单位不单独组建", default=False)
    family_rule: FamilyRule = _setting("亲属党员过半：notice 仅提示，bar 不宜单独组建", "notice")
    unaffiliated: Unaffiliated = _setting(
        "正式党员够数而组织关系未转入：ask 先转接，不能转的请上级确定；temporary 设临时党组织；"
        "functional 设功能型党组织",
        "ask",
    )
    count_part_time: bool = _setting("兼职满六个月的正式党员计入临时党组织所需人数", default=False)
    joint_min_full: int = _setting("联合党支部所需正式党员", 3, unit="人", least=1)
    joint_basis: JointBasis = _setting(
        "联合党支部按哪些正式党员计：full 全部正式党员，"
        "affiliated 组织关系已转入的正式党员（不明时按正式党员）",
        "full",
    )
    joint_max_units: int = _setting("联合党支部覆盖单位上限", 5, unit="家", least=2, most=7)
    branch_max_members: int = _setting("党支部党员人数上限", 50, unit="人", least=3)
    general_branch_min: int = _setting("可设党总支的党员人数", 50, unit="人", least=1)
    committee_min: int = _setting("可设党委的党员人数", 100, unit="人", least=1)
    level_boundary: LevelBoundary = _setting("层级界线：ge 含本数，gt 不含本数", "ge")
    level_basis: CountBasis = _setting(
        "层级按哪些党员计：total 正式和预备党员，full 正式党员，affiliated 已转入的正式党员",
        "total",
    )
    branch_committee_min: int = _setting("应设支部委员会的正式党员", 7, unit="人", least=1)
    absorb_zero: bool = _setting("无党员单位就近联系党支部（只计工作覆盖）", default=False)
    transfer: bool = _setting(
        "未能就近联合的，可将党员组织关系转入业务主管单位党组织", default=False
    )
    line_by_kind: Mapping[str, str] = _setting(
        "台账未写明管理方式时，各类单位的管理线：territorial 属地，sectoral 归口，attached 挂靠",
        MappingProxyType(_LINES),
        keys="unit_kind",
    )
    department_by_kind: Mapping[str, str] = _setting(
        "归口管理而台账未写明业务主管单位时，各类单位的主管部门；空白为不明",
        MappingProxyType(_DEPARTMENTS),
        keys="unit_kind",
    )

    distance: Distance = _setting("距离算法：straight 直线，walk 沿路步行", "straight")
    cross_line: CrossLine = _setting(
        "跨管理线联合（须上级决定）：none 不允许，same_building 限同一楼宇，"
        "same_park 限同一园区，all 均可",
        "none",
    )
    max_distance_m: float = _setting(
        "单位到牵头单位的距离上限（乡镇类别不明时）", 2000.0, unit="m", above=0
    )
    max_distance_m_by_kind: Mapping[str, float] = _setting(
        "各类乡镇的距离上限", MappingProxyType(_MAX_DISTANCE_M), unit="m", keys="township_kind"
    )

    joint_by: JointBy = _setting(
        "地域相邻与行业相近：near 相邻即可，行业相近的优先（计入成本）；"
        "near_and_like 既要相邻又要相近；near_or_like 相邻或相近，相近的可以远一些",
        "near",
    )
    like_trade: LikeTrade = _setting(
        "与牵头单位同属一个什么算行业相近（GB/T 4754）：section 门类，division 大类，"
        "group 中类，class 小类",
        "division",
    )
    unknown_trade: UnknownTrade = _setting(
        "行业不明、判断不了是否相近的：check 相邻的仍可联合，标明待核实；unlike 按不相近处理。"
        "不因行业不明放宽距离",
        "check",
    )
    like_reach: float = _setting(
        "相邻或相近（near_or_like）的，行业相近的单位距离上限放宽到几倍", 2.0, unit="倍", least=1
    )

    branch_m: float = _setting("新建一个党支部折合距离", 500.0, unit="m", least=0)
    thin_m: float = _setting("恰好三名正式党员的加价", 300.0, unit="m", least=0)
    attach_m: float = _setting("挂靠单独党支部折合距离", 800.0, unit="m", least=0)
    trade_m: float = _setting("行业完全不同折合距离", 300.0, unit="m", least=0)
    left_out_factor: float = _setting("未纳入单位的代价：距离上限的倍数", 10.0, above=0)
    same_building: float = _setting("同楼宇的距离折扣", 0.0, least=0, most=1)
    same_park: float = _setting("同园区的距离折扣", 0.5, least=0, most=1)

    # No national figure is known: those of Tianjin 2017 are what offices usually compare with.
    target_enterprise: float = _setting(
        "非公企业党的组织覆盖目标（常用值取自天津 2017 年要求，非全国规定），0 为未设",
        0.90,
        least=0,
        most=1,
    )
    target_social: float = _setting(
        "社会组织党的组织覆盖目标（常用值取自天津 2017 年要求，非全国规定），0 为未设",
        0.95,
        least=0,
        most=1,
    )
    target_over: TargetOver = _setting(
        "目标的分母：operating_units 实体运营单位，units_with_members 有正式党员的单位，"
        "units_of_three 应建单位，key_units 重点单位",
        "operating_units",
    )
    target_reading: TargetReading = _setting(
        "两个目标怎样理解：kinds 分别指非公企业、社会组织，"
        "coverages 分别指全部单位的组织覆盖、工作覆盖",
        "kinds",
    )
    key_staff: int = _setting("从业人员达到此数而没有党员的，列入重点发展", 50, unit="人", least=1)
    key_association_members: int = _setting(
        "会员达到此数、有专职人员的社会团体，列为重点", 80, unit="家（人）", least=1
    )
    key_service_staff: int = _setting(
        "从业人员达到此数的民办非企业单位、中介组织，列为重点", 30, unit="人", least=1
    )

    def __post_init__(self) -> None:
        # A policy names the kinds that differ; the others keep what they have.
        for name, usual in _TABLES.items():
            whole: dict[str, Any] = {**usual, **getattr(self, name)}
            object.__setattr__(self, name, MappingProxyType(whole))
        if faults := list(self._faults()):
            raise PolicyError(*faults)

    def __reduce__(self) -> tuple[Callable[..., Policy], tuple[dict[str, Any]]]:
        # A read-only mapping can't be pickled, and a policy travels to worker processes.
        return Policy.from_mapping, (self.as_mapping(),)

    def _faults(self) -> Iterator[Words]:
        for each in dataclasses.fields(self):
            yield from _limit_faults(each.name, getattr(self, each.name), each.metadata)
        for name, choices in _CHOICES.items():
            yield from _choice_faults(name, getattr(self, name), choices)
        if self.committee_min < self.general_branch_min:
            low = "general_branch_min"
            yield _fault("committee_min", f"不应小于 {low}", f"is below {low}")
        yield from self._table_faults()

    def _table_faults(self) -> Iterator[Words]:
        for name, usual in _TABLES.items():
            known = [f"{name}.{kind}" for kind in usual]
            for kind in getattr(self, name):
                if kind not in usual:
                    yield _unknown(f"{name}.{kind}", known)
        for kind, metres in cast("Mapping[str, object]", self.max_distance_m_by_kind).items():
            if isinstance(metres, bool) or not isinstance(metres, (int, float)):
                yield _fault(f"max_distance_m_by_kind.{kind}", "应为米数", "should be metres")
            else:
                yield from _limit_faults(f"max_distance_m_by_kind.{kind}", metres, {"above": 0})
        for kind, line in self.line_by_kind.items():
            yield from _choice_faults(f"line_by_kind.{kind}", line, tuple(Line))
        for kind, department in cast("Mapping[str, object]", self.department_by_kind).items():
            if not isinstance(department, str):
                yield _fault(f"department_by_kind.{kind}", "应为部门名称", "should be a name")

    @classmethod
    def from_mapping(cls, values: Mapping[str, Any], *, base: Policy | None = None) -> Policy:
        """Return a policy from plain values, such as a TOML table.

        Parameters
        ----------
        values
            Field name → value. What is not named stays as in ``base``.
        base
            The policy to start from; the national one if not given.

        Raises
        ------
        PolicyError
            An unknown key (the nearest known one is named), or a value of the wrong type or range.
        """
        base = base or cls()
        changes: dict[str, Any] = {}
        faults: list[Words] = []
        known = list(cls.__dataclass_fields__)
        for key, value in values.items():
            if key not in known:
                faults.append(_unknown(key, known))
                continue
            was = getattr(base, key)
            changes[key] = _fitting(value, was)
            if changes[key] is None:
                kind = _kind_of(was)
                zh, en = f"的值 {value!r} 不对，应为{kind.zh}", f"is {value!r}, not {kind.en}"
                faults.append(_fault(key, zh, en))
        if faults:
            raise PolicyError(*faults)
        return dataclasses.replace(base, **changes)

    def as_mapping(self) -> dict[str, Any]:
        """Return all fields as plain values, for `summary.json`."""
        values = {each.name: getattr(self, each.name) for each in dataclasses.fields(self)}
        return values | {name: dict(values[name]) for name in _TABLES}

    def counted(
        self, basis: CountBasis, full: int | None, affiliated: int | None, probationary: int | None
    ) -> int | None:
        """Return the members of a unit that a threshold counts; None where nobody knows them.

        Parameters
        ----------
        basis
            Such as ``standalone_basis`` or ``level_basis``.
        full, affiliated, probationary
            Full members, those of them whose affiliation is here, and members on probation; None
            where unknown. Unknown probationary members count as none.
        """
        first, second = (affiliated, full) if basis == "affiliated" else (full, affiliated)
        known = second if first is None else first
        if known is None or basis != "total":
            return known
        return known + (probationary or 0)

    @property
    def widening(self) -> float:
        """How many times the distance limit units of like trade may be apart."""
        return self.like_reach if self.joint_by == "near_or_like" else 1.0

    def reach_m(self, kind: str | None) -> float:
        """Return the distance limit in a township of this kind, metres."""
        return self.max_distance_m_by_kind.get(kind or "", self.max_distance_m)

    def left_out_m(self, reach_m: float) -> float:
        """Return what leaving a unit out costs where the distance limit is ``reach_m``, metres."""
        return self.left_out_factor * reach_m


_TABLES: dict[str, Mapping[str, Any]] = {
    "max_distance_m_by_kind": _MAX_DISTANCE_M,
    "line_by_kind": _LINES,
    "department_by_kind": _DEPARTMENTS,
}
"""Settings that are tables, and what stands in them where a policy says nothing else."""

_CHOICES: dict[str, tuple[str, ...]] = {
    "standalone_basis": get_args(CountBasis),
    "level_basis": get_args(CountBasis),
    "joint_basis": get_args(JointBasis),
    "joint_by": get_args(JointBy),
    "like_trade": get_args(LikeTrade),
    "unknown_trade": get_args(UnknownTrade),
    "unaffiliated": get_args(Unaffiliated),
    "target_over": get_args(TargetOver),
    "target_reading": get_args(TargetReading),
    "family_rule": get_args(FamilyRule),
    "level_boundary": get_args(LevelBoundary),
    "distance": get_args(Distance),
    "cross_line": get_args(CrossLine),
}


def _fault(name: str, zh: str, en: str) -> Words:
    return Words(zh=f"规则参数 {name} {zh}", en=f"policy field {name} {en}")


def _choice_faults(name: str, value: object, choices: Sequence[str]) -> Iterator[Words]:
    if value not in choices:
        listed, near = " | ".join(choices), _near(str(value), choices) or Words("", "")
        yield _fault(name, f"只能是 {listed}{near.zh}", f"should be {listed}{near.en}")


def _limit_faults(name: str, value: object, limits: Mapping[str, Any]) -> Iterator[Words]:
    if not isinstance(value, (int, float)):
        return
    if abs(value) > _GREATEST:
        yield _fault(name, "应为有限的数", "should be a finite number")
    least, most, above = (limits.get(key) for key in ("least", "most", "above"))
    if least is not None and not value >= least:
        yield _fault(name, f"不应小于 {least}", f"should be at least {least}")
    if most is not None and not value <= most:
        yield _fault(name, f"不应大于 {most}", f"should be at most {most}")
    if above is not None and not value > above:
        yield _fault(name, f"应大于 {above}", f"should be above {above}")


def _unknown(key: str, known: Sequence[str]) -> Words:
    show = "lxgeo policy show national"
    hint = _near(key, known) or Words(f"，可用的见 {show}", f", see {show}")
    return _fault(key, f"不存在{hint.zh}", f"is unknown{hint.en}")


def _near(said: str, known: Sequence[str]) -> Words | None:
    """Return the question whether a known name is meant that is spelt alike."""
    near = difflib.get_close_matches(said, known, n=1)
    return Words(f"，是否为 {near[0]}？", f", did you mean {near[0]}?") if near else None


_GREATEST = sys.float_info.max
_KINDS: tuple[tuple[type, Words], ...] = (
    (Mapping, Words("一张表（[…]）", "a table")),
    (bool, Words(" true 或 false", "true or false")),
    (str, Words("文字（写在引号内）", "a text in quotes")),
    (int, Words("整数", "a whole number")),
    (float, Words("数", "a number")),
)
"""Kind of a setting's value → what a person is told to write; to Python a flag is a number, too."""


def _fitting(value: object, was: object) -> object:
    """Return the value as the field's kind, or None where it does not fit."""
    if isinstance(was, Mapping):
        return {**was, **value} if isinstance(value, Mapping) else None
    if isinstance(was, (bool, str)):
        return value if isinstance(value, type(was)) else None
    if type(value) is bool or not isinstance(value, (int, float)) or abs(value) > _GREATEST:
        return None
    if isinstance(was, int):
        return value if isinstance(value, int) else None
    return float(value)


def _kind_of(value: object) -> Words:
    return next(words for kind, words in _KINDS if isinstance(value, kind))
