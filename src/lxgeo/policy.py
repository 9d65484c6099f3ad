"""The rules' figures as one frozen, checked value.

Distances, weights and kinds are 测算参数，非政策规定: what the planner reckons with, not what any
document prescribes. Thresholds that a document does prescribe name it in ``source``.
"""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal, get_args

from lxgeo.errors import PolicyError, Words

FamilyRule = Literal["notice", "bar"]
LevelBoundary = Literal["ge", "gt"]
Distance = Literal["straight"]
CrossLine = Literal["none"]

_MAX_DISTANCE_M: dict[str, float] = {
    "urban": 1200.0,
    "town": 1500.0,
    "plain": 3000.0,
    "mountain": 8000.0,
}


def _setting(
    zh: str,
    default: object,
    *,
    unit: str = "",
    least: float | None = None,
    most: float | None = None,
    above: float | None = None,
) -> Any:
    """Return a field that carries its own line of the options table and its own limits."""
    meta = {"zh": zh, "unit": unit, "least": least, "most": most, "above": above}
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

    standalone_min_full: int = _setting("单独组建所需正式党员", 3, unit="人", least=1)
    joint_min_full: int = _setting("联合党支部所需正式党员", 3, unit="人", least=1)
    joint_max_units: int = _setting("联合党支部覆盖单位上限", 5, unit="家", least=2, most=7)
    branch_max_members: int = _setting("党支部党员人数上限", 50, unit="人", least=3)
    general_branch_min: int = _setting("可设党总支的党员人数", 50, unit="人", least=1)
    committee_min: int = _setting("可设党委的党员人数", 100, unit="人", least=1)
    level_boundary: LevelBoundary = _setting("层级界线：ge 含本数，gt 不含本数", "ge")
    branch_committee_min: int = _setting("应设支部委员会的正式党员", 7, unit="人", least=1)
    family_rule: FamilyRule = _setting("亲属党员过半：notice 仅提示，bar 不宜单独组建", "notice")
    absorb_zero: bool = _setting("无党员单位就近联系党支部（只计工作覆盖）", default=False)

    distance: Distance = _setting("距离算法：straight 直线", "straight")
    cross_line: CrossLine = _setting("跨管理线联合：none 不允许", "none")
    max_distance_m: float = _setting(
        "单位到牵头单位的距离上限（乡镇类别不明时）", 2000.0, unit="m", above=0
    )
    max_distance_m_by_kind: Mapping[str, float] = _setting(
        "各类乡镇的距离上限", MappingProxyType(_MAX_DISTANCE_M), unit="m"
    )

    branch_m: float = _setting("新建一个党支部折合距离", 500.0, unit="m", least=0)
    thin_m: float = _setting("恰好三名正式党员的加价", 300.0, unit="m", least=0)
    attach_m: float = _setting("挂靠单独党支部折合距离", 800.0, unit="m", least=0)
    trade_m: float = _setting("行业完全不同折合距离", 300.0, unit="m", least=0)
    left_out_factor: float = _setting("未纳入单位的代价：距离上限的倍数", 10.0, above=0)
    same_building: float = _setting("同楼宇的距离折扣", 0.0, least=0, most=1)
    same_park: float = _setting("同园区的距离折扣", 0.5, least=0, most=1)

    target_enterprise: float = _setting("非公企业党的组织覆盖目标", 0.90, least=0, most=1)
    target_social: float = _setting("社会组织党的组织覆盖目标", 0.95, least=0, most=1)

    def __post_init__(self) -> None:
        # A policy names the kinds that differ; the others keep their limit.
        by_kind = _MAX_DISTANCE_M | dict(self.max_distance_m_by_kind)
        object.__setattr__(self, "max_distance_m_by_kind", MappingProxyType(by_kind))
        faults = list(self._faults())
        if faults:
            raise PolicyError(*faults)

    def __reduce__(self) -> tuple[Callable[..., Policy], tuple[dict[str, Any]]]:
        # A read-only mapping can't be pickled, and a policy travels to worker processes.
        return Policy.from_mapping, (self.as_mapping(),)

    def _faults(self) -> Iterator[Words]:
        for each in dataclasses.fields(self):
            yield from _limit_faults(each.name, getattr(self, each.name), each.metadata)
        for name, choices in _CHOICES.items():
            if getattr(self, name) not in choices:
                yield _fault(name, f"只能是 {' | '.join(choices)}", f"is none of {choices}")
        if self.committee_min < self.general_branch_min:
            yield _fault(
                "committee_min", "不应小于 general_branch_min", "is below general_branch_min"
            )
        for kind, metres in self.max_distance_m_by_kind.items():
            name = f"max_distance_m_by_kind.{kind}"
            if kind not in _MAX_DISTANCE_M:
                known = "、".join(_MAX_DISTANCE_M)
                yield _fault(name, f"不是乡镇类别（{known}）", f"is no township kind ({known})")
            yield from _limit_faults(name, metres, {"above": 0})

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
        for key, value in values.items():
            if not hasattr(base, key) or key not in cls.__dataclass_fields__:
                faults.append(_unknown(key, list(cls.__dataclass_fields__)))
                continue
            was = getattr(base, key)
            fitting = _fitting(value, was)
            if fitting is None:
                kind = "table" if isinstance(was, Mapping) else type(was).__name__
                faults.append(
                    _fault(
                        key, f"的值 {value!r} 类型不对，应为 {kind}", f"is {value!r}, not a {kind}"
                    )
                )
            changes[key] = fitting
        if faults:
            raise PolicyError(*faults)
        return dataclasses.replace(base, **changes)

    def as_mapping(self) -> dict[str, Any]:
        """Return all fields as plain values, for `summary.json`."""
        values = {each.name: getattr(self, each.name) for each in dataclasses.fields(self)}
        values["max_distance_m_by_kind"] = dict(self.max_distance_m_by_kind)
        return values

    def reach_m(self, kind: str | None) -> float:
        """Return the distance limit in a township of this kind, metres."""
        return self.max_distance_m_by_kind.get(kind or "", self.max_distance_m)

    def left_out_m(self, reach_m: float) -> float:
        """Return what leaving a unit out costs where the distance limit is ``reach_m``, metres."""
        return self.left_out_factor * reach_m


_CHOICES: dict[str, tuple[str, ...]] = {
    "family_rule": get_args(FamilyRule),
    "level_boundary": get_args(LevelBoundary),
    "distance": get_args(Distance),
    "cross_line": get_args(CrossLine),
}


def _fault(name: str, zh: str, en: str) -> Words:
    return Words(zh=f"规则参数 {name} {zh}", en=f"policy field {name} {en}")


def _limit_faults(name: str, value: object, limits: Mapping[str, Any]) -> Iterator[Words]:
    if not isinstance(value, (int, float)):
        return
    least, most, above = (limits.get(key) for key in ("least", "most", "above"))
    if least is not None and not value >= least:
        yield _fault(name, f"不应小于 {least}", f"should be at least {least}")
    if most is not None and not value <= most:
        yield _fault(name, f"不应大于 {most}", f"should be at most {most}")
    if above is not None and not value > above:
        yield _fault(name, f"应大于 {above}", f"should be above {above}")


def _unknown(key: str, known: list[str]) -> Words:
    near = difflib.get_close_matches(key, known, n=1)
    if near:
        return _fault(key, f"不存在，是否为 {near[0]}？", f"is unknown, did you mean {near[0]}?")
    return _fault(
        key, "不存在，可用的见 lxgeo policy show national", "is unknown, see lxgeo policy show"
    )


def _fitting(value: object, was: object) -> object:
    """Return the value as the field's kind, or None where it does not fit."""
    if isinstance(was, Mapping):
        return {**was, **value} if isinstance(value, Mapping) else None
    if isinstance(was, (bool, str)):
        return value if isinstance(value, type(was)) else None
    if isinstance(was, int):
        return value if type(value) is int else None
    return float(value) if isinstance(value, (int, float)) and type(value) is not bool else None
