"""What is told of changes from one plan to the next: of each unit, and of each joint branch."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from lxgeo.model import Outcome
from lxgeo.schema import Column, Table


class UnitChange(StrEnum):
    """What became of a unit."""

    NEW = "new"
    GONE = "gone"
    KEPT = "kept"
    NEW_COMPANIONS = "new_companions"
    APPROVED = "approved"
    MOVED = "moved"
    JOINED = "joined"
    NEWLY_STANDALONE = "newly_standalone"
    LEFT = "left"
    OTHERWISE = "otherwise"


class BranchChange(StrEnum):
    """What became of a joint branch."""

    NEW = "new"
    KEPT = "kept"
    APPROVED = "approved"
    CHANGED = "changed"
    SPLIT = "split"
    MERGED = "merged"
    UNDER_THREE = "under_three"
    DISSOLVED = "dissolved"


TEXT = ("name", "township", "approver")
"""What is told of a unit as it stands in its ledger."""

UNIT_CHANGES = Table(
    "UNIT_CHANGES",
    (
        Column("unit_id", "单位编号", needed=True, unique=True),
        *(Column(name, name) for name in TEXT),
        Column("change", "变化", needed=True, values=UnitChange),
        Column("old_outcome", "原结果", values=Outcome),
        Column("new_outcome", "现结果", values=Outcome),
        Column("old_branch", "原党支部"),
        Column("new_branch", "现党支部"),
        Column("full_members_before", "原正式党员", kind="integer", low=0),
        Column("full_members_after", "现正式党员", kind="integer", low=0),
        Column("facts", "单位本身的变化"),
        Column("name_before", "原名称"),
        Column("place_before", "原地址"),
        Column("code_before", "原信用代码"),
        Column("companions", "同支部的单位"),
        Column("old_id", "原单位编号"),
        Column("regrouped", "与原有单位重新组合", kind="flag", needed=True),
    ),
)
"""One row a unit of either plan: in the order of the new one, those that are gone after them.

``regrouped`` are those that lost or gained a companion which is in both ledgers: who came or went
is nobody's choice.

``facts`` are `lxgeo.judge.same_units.UnitFact`, joined by ``;``; what was before is empty where it
has not changed."""

BRANCH_CHANGES = Table(
    "BRANCH_CHANGES",
    (
        Column("branch_id", "党支部编号", needed=True),
        Column("name", "党支部名称", needed=True),
        Column("change", "变化", needed=True, values=BranchChange),
        Column("became", "现党支部"),
        Column("became_ids", "现党支部编号"),
        Column("kept_units", "留下的单位"),
        Column("came", "新来的单位"),
        Column("went", "离开的单位"),
        Column("full_members_before", "原正式党员", kind="integer", low=0),
        Column("full_members_after", "现正式党员", kind="integer", low=0),
        Column("over_cap", "超过上限", kind="flag", needed=True),
        Column("approver", "审批单位"),
        Column("township", "乡镇（街道）"),
        Column("old", "原方案中的", kind="flag", needed=True),
    ),
)
"""One row a joint branch of the old plan, and one a branch that is new; units and branches by name,
joined by 、; ``became_ids`` by ``;``, who took most units first."""


@dataclass(frozen=True, eq=False)
class Changes:
    """What changed between two plans.

    Parameters
    ----------
    units, branches
        `UNIT_CHANGES`, `BRANCH_CHANGES`.
    """

    units: pd.DataFrame
    branches: pd.DataFrame

    @property
    def changed_companions(self) -> float | None:
        """Share of the units joined in both plans whose companions are not the same."""
        joined = self._joined
        other = joined["change"].isin([UnitChange.NEW_COMPANIONS, UnitChange.MOVED])
        return float(other.sum() / len(joined)) if len(joined) else None

    @property
    def regrouped(self) -> float | None:
        """Of the same units the share that the plan has put together with others."""
        joined = self._joined
        return float(joined["regrouped"].sum() / len(joined)) if len(joined) else None

    @property
    def _joined(self) -> pd.DataFrame:
        return self.units[self.units["old_branch"].notna() & self.units["new_branch"].notna()]
