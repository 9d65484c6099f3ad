"""The rules' figures and each unit's distance limit, for what is checked in the page."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lxgeo.model import Areas
from lxgeo.policy import Policy
from lxgeo.publish.map.order import Ordered

_FIGURES = (
    *("standalone_min_full", "joint_min_full", "joint_max_units", "branch_max_members"),
    *("general_branch_min", "committee_min", "same_building", "same_park"),
    *("branch_m", "thin_m", "attach_m", "trade_m", "left_out_factor", "distance", "cross_line"),
    *("joint_basis", "joint_by", "like_trade", "unknown_trade", "like_reach"),
)


def rules_note(policy: Policy | None) -> dict[str, object] | None:
    """Return the thresholds and weights by their names in the policy."""
    if policy is None:
        return None
    held = policy.as_mapping()
    return {name: held[name] for name in _FIGURES}


def limits_m(units: Ordered, areas: Areas, policy: Policy | None) -> NDArray[np.float64] | None:
    """Return how far each unit may lie from its host, metres: that of its township's kind."""
    if policy is None:
        return None
    kinds = dict(zip(areas.townships["id"], areas.townships["kind"], strict=True))
    reach = {
        key: policy.reach_m(None if pd.isna(kind) else str(kind)) for key, kind in kinds.items()
    }
    limits = units["township_id"].map(reach).fillna(policy.max_distance_m)
    return limits.to_numpy(dtype=float)
