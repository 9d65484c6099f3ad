"""Peers that group by nearness: agglomerative clustering, and MDAV of microaggregation."""

from __future__ import annotations

import numpy as np
from sklearn.cluster import AgglomerativeClustering

from planning.peers import FAR_CM, FREE, Groups, Problem


def _mean_units(problem: Problem) -> int:
    """Return how many units a group should have: about as many as in the cheapest plans."""
    return 4 if problem.policy.branch_m > 0 else 2


def agglomerative(problem: Problem) -> Groups:
    """Return clusters of average linkage on the cost of pairs."""
    far = problem.cm >= FAR_CM
    worst = 10 * int(problem.cm[~far].max(initial=1))
    dear = np.where(far, worst, problem.cm).astype(float)
    clusters = max(1, len(problem) // _mean_units(problem))
    model = AgglomerativeClustering(clusters, metric="precomputed", linkage="average")
    groups: Groups = model.fit_predict((dear + dear.T) / 2).astype(np.int64)
    return groups


def mdav(problem: Problem) -> Groups:
    """Return groups by MDAV (maximum distance to average vector), on the cost of pairs.

    The unit farthest from all others gathers its nearest, then the unit farthest from that one
    does; a group grows until it has its full members, one to spare where branches cost something.
    """
    groups = np.full(len(problem), FREE, dtype=np.int64)
    cost = np.minimum(problem.cm, problem.cm.T)
    reach = np.where(cost >= FAR_CM, np.nan, cost)
    remote = np.nanmean(reach, axis=1)
    number, at = 0, int(np.argmax(remote))
    while (groups == FREE).any():
        groups[_gathered(problem, cost, groups, at)] = number
        number += 1
        free = np.flatnonzero(groups == FREE)
        if len(free):
            opposite = number % 2 == 1
            at = int(free[np.argmax(cost[free, at] if opposite else remote[free])])
    return groups


def _gathered(problem: Problem, cost: Groups, groups: Groups, at: int) -> Groups:
    """Return a unit and its nearest free ones, enough of them for a branch."""
    free = np.flatnonzero(groups == FREE)
    near = free[np.argsort(cost[free, at], kind="stable")]
    near = near[(cost[near, at] < FAR_CM) & (near != at)]
    members = np.array([at, *near])
    full = np.cumsum(problem.full[members])
    least = problem.policy.joint_min_full + (problem.policy.branch_m > 0)
    enough = int(np.searchsorted(full, least)) + 1
    size = min(max(enough, _mean_units(problem)), problem.policy.joint_max_units)
    taken: Groups = members[:size]
    return taken
