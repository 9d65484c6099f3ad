"""How few units any legal plan leaves out: a bound that looks at nothing but that.

The same relaxation as `lxgeo.decide.proof.bound`, over a region where leaving a unit out costs so
much that all ways together weigh less.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from lxgeo.decide.plans.found import LEFT_OUT, Columns, Found
from lxgeo.decide.proof.bound import prove
from lxgeo.decide.regions.instance import Instance

_MOST_UNITS = 5_000
_ALONE_CM = 10**10
_STEPS = 400


def least_left_out(instance: Instance, found: Found, stop: Callable[[], bool]) -> int:
    """Return a number of units that every legal plan leaves out at least.

    Parameters
    ----------
    instance
        The region.
    found
        A legal plan; where it leaves nobody out, nothing is to be proved.
    stop
        Asked now and then.
    """
    left_out = int((found.labels == LEFT_OUT).sum())
    ways_cm = int(100.0 * instance.units * instance.node["limit_m"].max())
    if not left_out or instance.units > _MOST_UNITS or ways_cm >= _ALONE_CM:
        return 0
    node = instance.node.copy()
    node["open_cm"], node["thin_cm"] = 0, 0
    node["alone_cm"][: instance.units] = _ALONE_CM
    weighed = instance._replace(node=node, trade_m=0.0)
    columns = Columns(found.columns.nodes, np.zeros_like(found.columns.cm))
    plan = Found(found.labels, left_out * _ALONE_CM, columns)
    bound = prove(weighed, plan, stop, _STEPS)
    return max(0, -((ways_cm - bound.cm) // _ALONE_CM))
