"""Check a plan against the rules, independently of whatever made it.

This room imports the words alone (errors, model, pin, policy, tables): it shares no rule, no
distance and no cost with the rooms that plan. Each check is its own function and yields what it
finds; ``examine`` runs them all, by name, and never raises on a damaged run; ``verify`` returns
what they found.
"""

from __future__ import annotations

from itertools import chain

from lxgeo.judge.verify.barriers import Unchecked, unchecked
from lxgeo.judge.verify.breach import Breach, BreachCode
from lxgeo.judge.verify.examined import Check, Examined, examine
from lxgeo.judge.verify.facts import RunTables

__all__ = [
    "Breach",
    "BreachCode",
    "Check",
    "Examined",
    "RunTables",
    "Unchecked",
    "examine",
    "unchecked",
    "verify",
]


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
    return tuple(chain.from_iterable(each.breaches for each in examine(tables)))
