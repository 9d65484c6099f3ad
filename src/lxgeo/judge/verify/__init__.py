"""Check a plan against the rules, independently of whatever made it.

This room imports the words alone (errors, model, policy, tables): it shares no rule, no distance
and no cost with the rooms that plan. Each check is its own function and yields what it finds;
``verify`` runs them all and never raises on a damaged run.
"""

from __future__ import annotations

from itertools import chain

from lxgeo.judge.verify import (
    barriers,
    costs,
    files,
    legality,
    measure,
    members,
    pins,
    rows,
    sums,
)
from lxgeo.judge.verify.barriers import Unchecked, unchecked
from lxgeo.judge.verify.breach import Breach, BreachCode
from lxgeo.judge.verify.facts import RunTables, gather

__all__ = ["Breach", "BreachCode", "RunTables", "Unchecked", "unchecked", "verify"]


def verify(tables: RunTables) -> tuple[Breach, ...]:
    """Return everything that is broken in a run; empty for a plan that stands.

    Parameters
    ----------
    tables
        A run's files as they were found.

    Returns
    -------
    tuple of Breach
        In the order of the checks: the rows, the files against each other, units and branches,
        legality, what was settled by hand, distances, costs, sums.
    """
    facts, policy = gather(tables)
    places, untrusted = measure.survey(facts)
    book = costs.books(facts, places)
    return tuple(
        chain(
            policy,
            *(check(facts) for check in rows.CHECKS),
            files.agree(tables),
            files.links(tables),
            *(check(facts) for check in members.CHECKS),
            *(check(facts) for check in legality.CHECKS),
            pins.kept(facts),
            untrusted,
            measure.limits(facts),
            *(check(facts, places) for check in measure.CHECKS),
            barriers.crossings(facts),
            *(check(book) for check in (*costs.CHECKS, *sums.CHECKS)),
        )
    )
