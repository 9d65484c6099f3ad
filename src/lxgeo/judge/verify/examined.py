"""The checks of a run by name: how much each was held against, and what it found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
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
    trades,
)
from lxgeo.judge.verify.breach import Breach
from lxgeo.judge.verify.facts import Facts, RunTables, gather


class Check(StrEnum):
    """What is checked of a run; put into words by `lxgeo.text`."""

    POLICY = "policy"
    ROWS = "rows"
    FILES = "files"
    LINKS = "links"
    MEMBERS = "members"
    LEGALITY = "legality"
    PINS = "pins"
    DISTANCES = "distances"
    BARRIERS = "barriers"
    COSTS = "costs"
    SUMS = "sums"


@dataclass(frozen=True, slots=True)
class Examined:
    """One check of a run.

    Parameters
    ----------
    check
        Which.
    count
        How many settings, rows, links, branches, pins, units or regions it looked at; 0 where
        the run holds nothing that it could look at.
    breaches
        What is broken.
    """

    check: Check
    count: int
    breaches: tuple[Breach, ...]


def examine(tables: RunTables) -> tuple[Examined, ...]:
    """Return every check of a run in its order; never raises on a damaged run.

    Parameters
    ----------
    tables
        A run's files as they were found.
    """
    return tuple(
        Examined(check, count, tuple(found)) for check, count, found in _examinations(tables)
    )


def _examinations(tables: RunTables) -> Iterator[tuple[Check, int, Iterator[Breach]]]:
    facts, policy = gather(tables)
    places, untrusted = measure.survey(facts)
    book = costs.books(facts, places)
    joining = sum(len(units) for units in facts.joining.values())
    reckoned = sum(each.new_joint or each.named in facts.joining for each in facts.branches)
    compared = len(tables.points) + len(tables.gpkg_units) + len(tables.gpkg_branches)

    yield Check.POLICY, len(facts.policy.as_mapping()), iter(policy)
    yield Check.ROWS, len(facts.units), _all(check(facts) for check in rows.CHECKS)
    yield Check.FILES, compared, files.agree(tables)
    yield Check.LINKS, len(tables.links), files.links(tables)
    yield Check.MEMBERS, len(facts.branches), _all(check(facts) for check in members.CHECKS)
    new = sum(each.new_joint for each in facts.branches)
    lawful = (*legality.CHECKS, *trades.CHECKS)
    yield Check.LEGALITY, new, _all(check(facts) for check in lawful)
    yield Check.PINS, len(facts.pins), pins.kept(facts)
    measured = (check(facts, places) for check in measure.CHECKS)
    distances = chain(untrusted, measure.limits(facts), _all(measured))
    yield Check.DISTANCES, joining, distances
    yield Check.BARRIERS, joining if _tells_barriers(facts) else 0, barriers.crossings(facts)
    yield Check.COSTS, reckoned, _all(check(book) for check in costs.CHECKS)
    yield Check.SUMS, len(facts.regions), _all(check(book) for check in sums.CHECKS)


def _all(found: Iterator[Iterator[Breach]]) -> Iterator[Breach]:
    return chain.from_iterable(found)


def _tells_barriers(facts: Facts) -> bool:
    return facts.barriers is not None and not facts.walked
