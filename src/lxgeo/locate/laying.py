"""Roads and doors put together: which doors stand on which street, in what order, how surely."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from lxgeo.locate.streets import (
    ACROSS_GAP_M,
    FEW,
    MOST_GAP_M,
    STRAIGHT,
    Door,
    Side,
    Street,
    Trust,
    asides,
)

ON_STREET_M = 150.0
"""A door farther from every line of its road stands on another road of that name."""
_ONE_ROAD_M = 60.0
"""Stretches of a name no farther apart are one road: carriageways, a gap at a crossing."""
_ONE_PLACE_M = 500.0
"""Doors of a name without a line, no farther apart, are on one road."""
_CELL_M = 50.0
_ABOVE_M = 1e6
_SPREAD_M = 100.0
_LINK_M = 50.0
_IN_ORDER = 0.9
_STEP_M = 5.0
"""Doors may stand out of order by as much: fronts are not measured to the metre."""
_TRIED = 30


def lay_streets(
    lines: Mapping[str, Any], doors: Mapping[str, Sequence[Door]]
) -> dict[str, tuple[Street, ...]]:
    """Return the streets of each name.

    Parameters
    ----------
    lines
        Name → its line or lines, metres.
    doors
        Name → the doors that say so, in any order; as if they stood on no line.
    """
    laid: dict[str, list[Street]] = {}
    loose: list[list[Door]] = []
    for name in sorted({*lines, *doors}):
        laid[name], left = _on_roads(name, lines.get(name), doors.get(name, ()))
        loose.append(left)
    for (name, streets), groups in zip(laid.items(), _together(loose), strict=True):
        streets += [_street(name, (), _on_axis(group)) for group in groups]
    return {name: tuple(streets) for name, streets in laid.items()}


def _on_roads(name: str, line: Any, doors: Sequence[Door]) -> tuple[list[Street], list[Door]]:
    """Return the streets of a name that have lines, and the doors that stand on none of them."""
    if line is None:
        return [], list(doors)
    roads = _roads(list(shapely.get_parts(line)))
    points = shapely.points([(door.x, door.y) for door in doors]) if doors else np.array([])
    home = _nearest(roads, points)
    streets = []
    for number, road in enumerate(roads):
        mine = np.flatnonzero(home == number)
        placed = _on_lines(road, [doors[i] for i in mine.tolist()], points[mine])
        streets.append(_street(name, road, placed))
    return streets, [doors[i] for i in np.flatnonzero(home < 0).tolist()]


def _roads(parts: list[Any]) -> list[tuple[Any, ...]]:
    """Return the stretches of a name as roads: those that hang together."""
    if not parts:
        return []
    tree = shapely.STRtree(parts)
    one, other = tree.query(parts, predicate="dwithin", distance=_ONE_ROAD_M)
    count, label = _hanging_together(one, other, len(parts))
    roads = []
    for number in range(count):
        lines = [parts[i] for i in np.flatnonzero(label == number)]
        long = [line for line in lines if line.length > _LINK_M]
        roads.append(tuple(sorted(long or lines, key=lambda line: (-line.length, line.wkb))))
    return roads


def _nearest(roads: list[tuple[Any, ...]], points: NDArray[Any]) -> NDArray[np.int64]:
    """Return the road that each point stands on, -1 where it is too far from all."""
    home = np.full(len(points), -1)
    if roads and len(points):
        apart = np.array([shapely.distance(shapely.multilinestrings(r), points) for r in roads])
        home = np.argmin(apart, axis=0)
        home[apart.min(axis=0) > ON_STREET_M] = -1
    return home


def _on_lines(road: tuple[Any, ...], doors: list[Door], points: NDArray[Any]) -> list[Door]:
    if not doors:
        return []
    nearest = np.argmin([shapely.distance(line, points) for line in road], axis=0)
    placed: list[Door] = list(doors)
    for k, line in enumerate(road):
        mine = np.flatnonzero(nearest == k)
        along = shapely.line_locate_point(line, points[mine])
        for i, far, left in zip(mine, along, asides(line, points[mine], along), strict=True):
            placed[i] = doors[i]._replace(line=k, along=float(far), aside=float(left))
    return placed


def _together(loose: Sequence[Sequence[Door]]) -> list[list[list[Door]]]:
    """Return the doors of each name that stand on no line in groups that hang together.

    All names at once: as if each were a thousand kilometres above the one before.
    """
    from scipy.spatial import cKDTree  # slow to import, and not needed to parse an address

    doors = [door for each in loose for door in each]
    groups: list[list[list[Door]]] = [[] for _ in loose]
    if not doors:
        return groups
    of = np.repeat(np.arange(len(loose)), [len(each) for each in loose])
    # By cells: a thousand doors of one estate would be half a million pairs.
    cells = np.floor(np.array([(door.x, door.y) for door in doors]) / _CELL_M)
    each, cell = np.unique(np.column_stack([of, cells]), axis=0, return_inverse=True)
    tree = cKDTree(each * (_ABOVE_M, _CELL_M, _CELL_M))
    near = tree.query_pairs(_ONE_PLACE_M, output_type="ndarray")
    _, label = _hanging_together(near[:, 0], near[:, 1], len(each))
    group = label[cell.reshape(-1)]
    order = np.argsort(group, kind="stable")
    for rows in np.split(order, np.flatnonzero(np.diff(group[order])) + 1):
        groups[of[rows[0]]].append([doors[i] for i in rows.tolist()])
    return groups


def _hanging_together(
    one: NDArray[Any], other: NDArray[Any], count: int
) -> tuple[int, NDArray[np.int32]]:
    """Return how many groups some links make of things, and the group of each."""
    from scipy.sparse import coo_array  # slow to import, and not needed to parse an address
    from scipy.sparse.csgraph import connected_components

    links = coo_array((np.ones(len(one)), (one, other)), shape=(count, count))
    groups, label = connected_components(links, directed=False)
    return int(groups), label


def _on_axis(doors: list[Door]) -> list[Door]:
    """Return doors with how far along they stand on the axis that they lie about."""
    points = np.array([(door.x, door.y) for door in doors])
    points = points - points.mean(axis=0)
    axis = np.linalg.svd(points, full_matrices=False)[2][0]
    along = points @ axis
    return [door._replace(along=float(far)) for door, far in zip(doors, along, strict=True)]


def _street(name: str, lines: tuple[Any, ...], doors: list[Door]) -> Street:
    known: dict[int, list[Door]] = {}
    for door in sorted(doors, key=lambda door: (door.number, door.x, door.y)):
        known.setdefault(door.number.number, []).append(door)
    sides, doubted = [], list[Door]()
    for parity in (0, 1):
        side, odd = _in_order([d for n, d in sorted(known.items()) if n % 2 == parity])
        sides.append(side)
        doubted += odd
    houses = {number: tuple(each) for number, each in known.items()}
    return Street(name, lines, houses, (sides[0], sides[1]), frozenset(doubted))


def _in_order(houses: Iterable[list[Door]]) -> tuple[Side, list[Door]]:
    """Return the doors of a side that stand in order on each line, and those that do not.

    Of the doors of one number the one in the middle counts, unless they lie apart. Where most of a
    line's doors stand in no order, none does.
    """
    by_line: dict[int, list[Door]] = {}
    for house in houses:
        alongs = [door.along for door in house]
        if max(alongs) - min(alongs) <= _SPREAD_M and len({door.line for door in house}) == 1:
            middle = sorted(house, key=lambda door: door.along)[len(house) // 2]
            by_line.setdefault(middle.line, []).append(middle)
    ordered: list[Door] = []
    doubted: list[Door] = []
    for doors in by_line.values():
        along = np.array([door.along for door in doors])
        up, down = _longest_rise(along), _longest_rise(-along)
        keep = up if len(up) >= len(down) else down
        if len(doors) < FEW or len(keep) >= _IN_ORDER * len(doors):
            ordered += [doors[i] for i in keep]
            kept = set(keep)
            doubted += [door for i, door in enumerate(doors) if i not in kept]
    return Side(tuple(sorted(ordered, key=lambda door: door.number))), doubted


def _longest_rise(values: NDArray[np.float64]) -> list[int]:
    """Return the indices of a longest run of values, in order, none of which falls back."""
    tops: list[float] = []
    at: list[int] = []
    before: list[int] = []
    steps = np.round(values / _STEP_M)
    for i, value in enumerate(steps.tolist()):
        k = bisect.bisect_right(tops, value)
        before.append(at[k - 1] if k else -1)
        tops[k : k + 1] = [value]
        at[k : k + 1] = [i]
    chain = []
    i = at[-1] if at else -1
    while i >= 0:
        chain.append(i)
        i = before[i]
    return chain[::-1]


# --- how far to trust them: every known door worked out from its neighbours


def trust_in(streets: Iterable[Street]) -> Trust:
    """Return what errors to expect of numbers between doors, from the doors that are known."""
    shares, metres = [np.zeros(0)], [np.zeros(0)]
    for street in streets:
        for side, other in (street.sides, street.sides[::-1]):
            shares.append(_left_out(side))
            metres.append(_from_opposite(side, other))
    same, across = np.concatenate(shares), np.concatenate(metres)
    return Trust(
        same_side=float(np.quantile(same, 0.95)) if len(same) >= _TRIED else None,
        across_m=float(np.quantile(across, 0.95)) if len(across) >= _TRIED else None,
    )


def _columns(side: Side) -> tuple[NDArray[np.float64], ...]:
    rows = [(d.number.number, d.along, d.aside, d.line) for d in side.doors]
    return tuple(np.array(rows, dtype=np.float64).reshape(-1, 4).T)


def _left_out(side: Side) -> NDArray[np.float64]:
    """Return each inner door's error, worked out without it, as a share of its neighbours' gap."""
    number, along, _, line = _columns(side)
    if len(number) <= 2:  # noqa: PLR2004 -- a door and its neighbours
        return np.zeros(0)
    gap = along[2:] - along[:-2]
    share = (number[1:-1] - number[:-2]) / (number[2:] - number[:-2])
    error = np.abs(along[:-2] + share * gap - along[1:-1])
    tried = (line[2:] == line[:-2]) & (line[1:-1] == line[2:]) & (np.abs(gap) <= MOST_GAP_M)
    tried &= np.abs(gap) > 0
    return error[tried] / np.abs(gap[tried])


def _from_opposite(side: Side, other: Side) -> NDArray[np.float64]:
    """Return each door's error in metres, worked out from the doors on the other side."""
    number, along, _, line = _columns(side)
    theirs, along_there, _, line_there = _columns(other)
    if len(theirs) <= 1 or not len(number):
        return np.zeros(0)
    at = np.searchsorted(theirs, number)
    inner = np.flatnonzero((at > 0) & (at < len(theirs)))
    at = at[inner]
    first, last = at - 1, at
    gap = along_there[last] - along_there[first]
    share = (number[inner] - theirs[first]) / (theirs[last] - theirs[first])
    error = np.abs(along_there[first] + share * gap - along[inner])
    tried = (line_there[first] == line_there[last]) & (line_there[first] == line[inner])
    tried &= (np.abs(gap) <= ACROSS_GAP_M) & (line[inner] != STRAIGHT)
    return error[tried]
