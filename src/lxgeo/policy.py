"""The rules' figures as one frozen, checked value.

Distances, weights and kinds are 测算参数，非政策规定: what the planner reckons with, not what any
document prescribes. Thresholds that a document does prescribe name it in ``source``.
"""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal, get_args

from lxgeo.errors import PolicyError, Words

FamilyRule = Literal["notice", "bar"]
LevelBoundary = Literal["ge", "gt"]
Kind = Literal["urban", "town", "plain", "mountain"]
Distance = Literal["straight"]
CrossLine = Literal["none"]

_MAX_DISTANCE_M: dict[str, float] = {
    "urban": 1200.0,
    "town": 1500.0,
    "plain": 3000.0,
    "mountain": 8000.0,
}


def _doc(zh: str, *, default: Any = dataclasses.MISSING, unit: str = "") -> Any:
    """Return a field that carries its own line of the options table."""
    return field(default=default, metadata={"zh": zh, "unit": unit})


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

    name: str = _doc("规则名称", default="national")
    title: str = _doc("规则标题", default="全国通用规则")
    source: str = _doc(
        "依据", default="《中国共产党章程》第三十条；《中国共产党支部工作条例（试行）》"
    )

    standalone_min_full: int = _doc("单独组建所需正式党员", default=3, unit="人")
    joint_min_full: int = _doc("联合党支部所需正式党员", default=3, unit="人")
    joint_max_units: int = _doc("联合党支部覆盖单位上限", default=5, unit="家")
    branch_max_members: int = _doc("党支部党员人数上限", default=50, unit="人")
    general_branch_min: int = _doc("可设党总支的党员人数", default=50, unit="人")
    committee_min: int = _doc("可设党委的党员人数", default=100, unit="人")
    level_boundary: LevelBoundary = _doc(
        "层级界线：ge 含本数，gt 不含本数", default="ge"
    )
    branch_committee_min: int = _doc("应设支部委员会的正式党员", default=7, unit="人")
    family_rule: FamilyRule = _doc(
        "亲属党员过半：notice 仅提示，bar 不宜单独组建", default="notice"
    )
    absorb_zero: bool = _doc("无党员单位就近联系党支部（只计工作覆盖）", default=False)

    max_distance_m: float = _doc("单位到牵头单位的距离上限（乡镇类别不明时）", default=2000.0, unit="m")
    max_distance_m_by_kind: Mapping[str, float] = field(
        default_factory=lambda: MappingProxyType(dict(_MAX_DISTANCE_M)),
        metadata={"zh": "各类乡镇的距离上限", "unit": "m"},
    )

    distance: Distance = _doc("距离算法：straight 直线", default="straight")
    cross_line: CrossLine = _doc("跨管理线联合：none 不允许", default="none")

    branch_m: float = _doc("新建一个党支部折合距离", default=500.0, unit="m")
    thin_m: float = _doc("恰好三名正式党员的加价", default=300.0, unit="m")
    attach_m: float = _doc("挂靠单独党支部折合距离", default=800.0, unit="m")
    trade_m: float = _doc("行业完全不同折合距离", default=300.0, unit="m")
    left_out_factor: float = _doc("未纳入单位的代价：距离上限的倍数", default=10.0)
    same_building: float = _doc("同楼宇的距离折扣", default=0.0)
    same_park: float = _doc("同园区的距离折扣", default=0.5)

    target_enterprise: float = _doc("非公企业党的组织覆盖目标", default=0.90)
    target_social: float = _doc("社会组织党的组织覆盖目标", default=0.95)

    def __post_init__(self) -> None:
        by_kind = {str(kind): float(value) for kind, value in self.max_distance_m_by_kind.items()}
        object.__setattr__(self, "max_distance_m_by_kind", MappingProxyType(by_kind))
        faults = list(self._faults())
        if faults:
            raise PolicyError(*faults)

    def _faults(self) -> list[Words]:
        found: list[tuple[str, str, str]] = []
        for name in ("standalone_min_full", "joint_min_full", "general_branch_min"):
            if getattr(self, name) < 1:
                found.append((name, "应不小于 1", "should be at least 1"))
        if not 2 <= self.joint_max_units <= 7:
            found.append(("joint_max_units", "应在 2 到 7 之间", "should be between 2 and 7"))
        if self.committee_min < self.general_branch_min:
            found.append(
                ("committee_min", "不应小于 general_branch_min", "is below general_branch_min")
            )
        for name in ("max_distance_m", "left_out_factor"):
            if not getattr(self, name) > 0:
                found.append((name, "应大于 0", "should be above 0"))
        for name in ("branch_m", "thin_m", "attach_m", "trade_m"):
            if not getattr(self, name) >= 0:
                found.append((name, "不应小于 0", "should not be below 0"))
        for name in ("same_building", "same_park", "target_enterprise", "target_social"):
            if not 0 <= getattr(self, name) <= 1:
                found.append((name, "应在 0 到 1 之间", "should be between 0 and 1"))
        choices_of = {
            "family_rule": FamilyRule,
            "level_boundary": LevelBoundary,
            "distance": Distance,
            "cross_line": CrossLine,
        }
        for name, choices in choices_of.items():
            allowed = get_args(choices)
            if getattr(self, name) not in allowed:
                said = " | ".join(allowed)
                found.append((name, f"只能是 {said}", f"should be one of {said}"))
        for kind, metres in self.max_distance_m_by_kind.items():
            if kind not in get_args(Kind):
                said = "、".join(get_args(Kind))
                found.append((f"max_distance_m_by_kind.{kind}", f"不是乡镇类别（{said}）", "is no kind of township"))
            elif not metres > 0:
                found.append((f"max_distance_m_by_kind.{kind}", "应大于 0", "should be above 0"))
        return [
            Words(zh=f"规则参数 {name} {zh}", en=f"policy field {name} {en}")
            for name, zh, en in found
        ]

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
        fields = {each.name: each for each in dataclasses.fields(cls)}
        faults = []
        changes: dict[str, Any] = {}
        for key, value in values.items():
            if key not in fields:
                near = difflib.get_close_matches(key, fields, n=1)
                zh = f"，是否为 {near[0]}？" if near else "；可用参数见 lxgeo policy show national"
                en = f", did you mean {near[0]}?" if near else "; see lxgeo policy show national"
                faults.append(Words(zh=f"没有名为 {key} 的规则参数{zh}", en=f"no policy field {key}{en}"))
                continue
            was = getattr(base, key)
            if isinstance(was, Mapping):
                changes[key] = {**was, **value} if isinstance(value, Mapping) else None
            elif isinstance(was, bool) or isinstance(was, str):
                changes[key] = value if isinstance(value, type(was)) else None
            elif isinstance(was, int):
                changes[key] = value if type(value) is int else None
            else:
                changes[key] = float(value) if type(value) in {int, float} else None
            if changes[key] is None:
                kind = "table" if isinstance(was, Mapping) else type(was).__name__
                faults.append(Words(
                    zh=f"规则参数 {key} 的值 {value!r} 类型不对，应为 {kind}",
                    en=f"policy field {key} is {value!r}, should be {kind}",
                ))
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
