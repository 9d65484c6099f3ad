"""The planner as scikit-learn knows estimators: points in, labels out."""

from __future__ import annotations

from typing import Any, Self

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.spatial.distance import pdist, squareform
from sklearn.base import BaseEstimator, ClusterMixin
from sklearn.utils.validation import check_array, check_consistent_length, validate_data

from lxgeo.decide.plans.found import LEFT_OUT
from lxgeo.decide.regions.instance import FixedHosts, build_instance
from lxgeo.decide.serving.siting import go_on
from lxgeo.decide.solve import EFFORTS, Task, solve
from lxgeo.geo.metric import metric_crs, project
from lxgeo.model import gap
from lxgeo.policy import Policy
from lxgeo.rules.between import WALKED, Between, nothing_between
from lxgeo.rules.cost import NOWHERE, Sites, to_m
from lxgeo.rules.trade import trade_levels
from lxgeo.tables import CRS

_PLANE = 2
_FARTHEST_M = 1e7


class JointBranches(ClusterMixin, BaseEstimator):  # type: ignore[misc]
    """Joint branches as clusters: at most so many units, at least so many members, short ways.

    Every point is a unit that must join; all lie in one jurisdiction. Who stands alone, and who may
    share a branch with whom by its management line, is settled before (`lxgeo.triage`).

    Parameters
    ----------
    policy
        Thresholds and weights; the national ones if not given.
    effort
        ``fast``, ``standard`` or ``best``.
    random_state
        Where chance starts from; the same one gives the same labels.

    Attributes
    ----------
    labels_ : ndarray of int64, shape (units,)
        Branch of each unit, numbered in order of their first units; -1 where it is left out.
    n_branches_
        How many branches there are.
    cost_m_, bound_m_
        What the plan costs, and what no legal plan is below, metres.
    gap_
        Distance from the bound, relative to the cost without the left-out penalty.
    n_features_in_
        Columns seen in `fit`.
    """

    def __init__(
        self,
        policy: Policy | None = None,
        *,
        effort: str = "standard",
        random_state: int = 0,
    ) -> None:
        self.policy = policy
        self.effort = effort
        self.random_state = random_state

    def fit(self, X: Any, y: Any = None, *, full_members: ArrayLike | None = None) -> Self:  # noqa: ARG002, N803 - as scikit-learn calls them
        """Find the branches.

        Parameters
        ----------
        X : array_like of shape (units, dimensions) or GeoDataFrame
            Positions in metres; the distance is Euclid's. Of a GeoDataFrame its points, in any
            CRS, and of its columns ``full_members``, ``industry_code``, ``building_id`` and
            ``park_id`` those that are there.
        y
            Not used.
        full_members : array_like of int, shape (units,)
            Full members of each unit; one each if neither given nor a column.

        Raises
        ------
        ValueError
            No such effort; positions or members that are no finite numbers, or do not go together.
        """
        if self.effort not in EFFORTS:
            raise ValueError(f"effort is one of {', '.join(EFFORTS)}, not {self.effort!r}")
        policy = self.policy or Policy()
        frame = X if isinstance(X, gpd.GeoDataFrame) else None
        metres = validate_data(self, X if frame is None else _metres(frame), dtype=np.float64)
        members = _members(frame, full_members, len(metres))
        sites = _sites(metres, frame, policy)
        nobody = sites.take(np.zeros(0, dtype=np.intp))
        none = np.zeros(0, dtype=np.int64)
        fixed = FixedHosts(nobody, none.astype(bool), none, none, none)
        instance = build_instance(sites, members, members, fixed, policy)
        answer = solve(Task("", instance, self.effort, self.random_state, go_on))
        self.labels_ = _numbered(answer.labels)
        self.n_branches_ = int(self.labels_.max(initial=LEFT_OUT)) + 1
        self.cost_m_, self.bound_m_ = to_m(answer.cost_cm), to_m(answer.bound_cm)
        alone = instance.node["alone_cm"][self.labels_ == LEFT_OUT]
        self.gap_ = gap(self.cost_m_, self.bound_m_, to_m(int(alone.sum())))
        return self


def _metres(frame: gpd.GeoDataFrame) -> NDArray[np.float64]:
    """Return the points of a frame in one metric CRS; a frame without a CRS is in metres."""
    points = frame.geometry.representative_point()
    if frame.crs is None:
        return np.column_stack([points.x, points.y])
    there = points.to_crs(CRS)
    lon, lat = there.x.to_numpy(), there.y.to_numpy()
    return np.column_stack(project(lon, lat, metric_crs(float(np.mean(lon)))))


def _members(
    frame: gpd.GeoDataFrame | None, given: ArrayLike | None, count: int
) -> NDArray[np.int64]:
    if given is None:
        if frame is None or "full_members" not in frame:
            return np.ones(count, dtype=np.int64)
        given = frame["full_members"]
    members = check_array(given, ensure_2d=False, dtype=np.float64)
    check_consistent_length(members, np.empty(count))
    if (members < 0).any() or (members != np.floor(members)).any():
        raise ValueError("full_members are whole numbers from 0")
    counted: NDArray[np.int64] = members.astype(np.int64)
    return counted


def _sites(metres: NDArray[np.float64], frame: gpd.GeoDataFrame | None, policy: Policy) -> Sites:
    count, dimensions = metres.shape
    columns = pd.DataFrame(index=range(count)) if frame is None else pd.DataFrame(frame)
    between, x, y = nothing_between(), np.zeros(count), np.zeros(count)
    if dimensions <= _PLANE:
        x, y = metres[:, 0], metres[:, 1] if dimensions == _PLANE else y
    else:
        between = _apart(metres)
    codes = columns["industry_code"] if "industry_code" in columns else [None] * count
    return Sites(
        x=x.copy(),
        y=y.copy(),
        building=_numbers(columns, "building_id"),
        park=_numbers(columns, "park_id"),
        trade=trade_levels(codes),
        limit_m=np.full(count, policy.max_distance_m),
        spot=np.arange(count, dtype=np.int32),
        between=between,
    )


def _apart(metres: NDArray[np.float64]) -> Between:
    """Return the distances of points in more than a plane, as ways between spots."""
    count = len(metres)
    away = np.minimum(squareform(pdist(metres)), _FARTHEST_M)
    apart = ~np.eye(count, dtype=bool)
    first = np.arange(count + 1, dtype=np.int64) * (count - 1)
    _, other = np.nonzero(apart)
    return Between(WALKED, first, other.astype(np.int32), np.round(away[apart], 2))


def _numbers(columns: pd.DataFrame, name: str) -> NDArray[np.int32]:
    if name not in columns:
        return np.full(len(columns), NOWHERE, dtype=np.int32)
    codes = pd.factorize(columns[name], sort=True)[0]
    return np.where(codes < 0, NOWHERE, codes).astype(np.int32)


def _numbered(labels: NDArray[np.int32]) -> NDArray[np.int64]:
    """Return labels 0, 1, … in order of their first units; left out stays -1."""
    codes = pd.factorize(labels[labels != LEFT_OUT])[0]
    numbered = np.full(len(labels), LEFT_OUT, dtype=np.int64)
    numbered[labels != LEFT_OUT] = codes
    return numbered
