"""Country roads: between the city, the towns, the parks and the villages."""

from __future__ import annotations

import heapq
import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shapely import Geometry, LineString

from lxgeo.demo.dice import Dice
from lxgeo.demo.nouns import Grid, Park, Street, Township, Village
from lxgeo.demo.plane import XY

_STEP_M = 165.0
_TOUCH_M = 40.0
"""A road may cut so much of the corner of another place."""
_NEAR_M = 9_500.0
"""Towns nearer than this have a main road between them."""
Edge = tuple[int, int]


@dataclass(frozen=True)
class Stop:
    """A place that country roads lead to.

    Parameters
    ----------
    name
        What a road that leads there may be called after.
    heart
        Its middle.
    gates
        Where a road may enter: the ends of its streets.
    hull
        What no road to elsewhere may cross; None for a village.
    city
        Whether it is one of the city's gates: the city itself joins those.
    town
        Whether main roads lead there.
    """

    name: str
    heart: XY
    gates: tuple[XY, ...]
    hull: Geometry | None = None
    city: bool = False
    town: bool = False


def village_streets(villages: Sequence[Village], dice: Dice) -> tuple[Street, ...]:
    """Return one street without a name through each village of the country."""
    made = []
    for village in villages:
        if not village.name.endswith("村"):
            continue
        heading, half = dice.between(0, math.pi), math.sqrt(village.shape.area / math.pi) * 0.75
        made.append(
            Street(
                name="",
                highway="residential",
                path=tuple(
                    (
                        village.heart[0] + reach * half * math.cos(heading),
                        village.heart[1] + reach * half * math.sin(heading),
                    )
                    for reach in (-1.0, -0.5, 0.0, 0.5, 1.0)
                ),
                place="village",
            )
        )
    return tuple(made)


def stops(
    townships: Sequence[Township],
    grids: Sequence[Grid],
    parks: Sequence[tuple[Park, Grid]],
    villages: Sequence[Village],
) -> list[Stop]:
    """Return every place that needs a road.

    Parameters
    ----------
    townships, grids
        The rural townships with their grids; ``grids[0]`` is the city's and comes before them.
    parks
        Parks with the streets inside them.
    villages
        Villages; neighbourhoods of the city need none.
    """
    city = grids[0]
    # A gate every 30 degrees: the street end farthest out in that direction.
    middle = city.hull.centroid
    gates = {
        max(
            city.gates,
            key=lambda gate: (
                (gate[0] - middle.x) * math.cos(turn) + (gate[1] - middle.y) * math.sin(turn)
            ),
        ): None
        for turn in (math.radians(30 * k) for k in range(12))
    }
    return [
        *(Stop("岚川", gate, (gate,), city.hull, city=True) for gate in gates),
        *(
            Stop(town.word, town.heart, grid.gates, grid.hull, town=True)
            for town, grid in zip(townships, grids[1:], strict=True)
        ),
        *(Stop(park.word, _middle(park), grid.gates, park.shape) for park, grid in parks),
        *(
            Stop(village.name.removesuffix("村"), village.heart, (village.heart,))
            for village in villages
            if village.name.endswith("村")
        ),
    ]


def _middle(park: Park) -> XY:
    return (park.shape.centroid.x, park.shape.centroid.y)


def country_roads(stops: Sequence[Stop], dice: Dice) -> tuple[Street, ...]:
    """Return roads that join all stops.

    Two stops are joined where no third lies in the circle between them (a Gabriel graph), and no
    other place stands in the way. Roads from town to town and to the city are main roads, named
    after both ends; the others are named after a village.
    """
    edges = _joined(stops, _gabriel(stops))
    mains = _main_roads(stops, edges)
    made = []
    used: set[str] = set()
    far: dict[str, float] = {}
    for edge in edges:
        name = mains.get(edge) or _lane_name(stops, edge, used)
        used.add(name)
        highway = "secondary" if edge in mains else "unclassified"
        road = Street(name, highway, _path(stops, edge, dice), "country", far.get(name, 0.0))
        far[name] = road.from_m + road.line.length
        made.append(road)
    return tuple(made)


def _gabriel(stops: Sequence[Stop]) -> list[Edge]:
    hearts = [stop.heart for stop in stops]
    edges = []
    for a, b in itertools.combinations(range(len(stops)), 2):
        if stops[a].city and stops[b].city:
            continue
        middle = ((hearts[a][0] + hearts[b][0]) / 2, (hearts[a][1] + hearts[b][1]) / 2)
        radius = math.dist(hearts[a], hearts[b]) / 2
        others = (heart for k, heart in enumerate(hearts) if k not in {a, b})
        if all(math.dist(middle, heart) >= radius for heart in others):
            edges.append((a, b))
    return edges


def _ends(stops: Sequence[Stop], edge: Edge) -> tuple[XY, XY]:
    """Return the two gates that a road runs between: the nearest pair."""
    pairs = itertools.product(stops[edge[0]].gates, stops[edge[1]].gates)
    return min(pairs, key=lambda pair: (math.dist(*pair), pair))


def _in_the_way(stops: Sequence[Stop], edge: Edge) -> bool:
    line = LineString(_ends(stops, edge))
    return any(
        stop.hull is not None and line.intersection(stop.hull).length > _TOUCH_M
        for k, stop in enumerate(stops)
        if k not in edge and not (stop.city and (stops[edge[0]].city or stops[edge[1]].city))
    )


def _joined(stops: Sequence[Stop], wished: Iterable[Edge]) -> list[Edge]:
    """Return the wished edges that nothing bars, and the shortest others that join all stops."""
    edges = [edge for edge in wished if not _in_the_way(stops, edge)]
    group = list(range(len(stops)))

    def find(k: int) -> int:
        while group[k] != k:
            k = group[k]
        return k

    city = [k for k, stop in enumerate(stops) if stop.city]
    for a, b in [*itertools.pairwise(city), *edges]:
        group[find(a)] = find(b)
    spare = (
        sorted(
            itertools.combinations(range(len(stops)), 2),
            key=lambda edge: (_in_the_way(stops, edge), math.dist(*_ends(stops, edge)), edge),
        )
        if len({find(k) for k in range(len(stops))}) > 1
        else []
    )
    for a, b in spare:
        if find(a) != find(b):
            group[find(a)] = find(b)
            edges.append((a, b))
    return sorted(edges)


def _main_roads(stops: Sequence[Stop], edges: Sequence[Edge]) -> dict[Edge, str]:
    """Return the edges that lie on the shortest way between two neighbouring towns, with names."""
    mains: dict[Edge, str] = {}
    towns = [k for k, stop in enumerate(stops) if stop.town]
    for k, town in enumerate(towns):
        others = [other for other in towns[:k] if _near(stops, town, other)]
        gates = [gate for gate, stop in enumerate(stops) if stop.city]
        gate = min(gates, key=lambda gate: (math.dist(stops[gate].heart, stops[town].heart), gate))
        for other in [gate, *others]:
            name = f"{stops[other].name[0]}{stops[town].name[0]}公路"
            for edge in _shortest(stops, edges, town, other):
                mains.setdefault(edge, name)
    return mains


def _near(stops: Sequence[Stop], a: int, b: int) -> bool:
    return math.dist(stops[a].heart, stops[b].heart) < _NEAR_M


def _shortest(stops: Sequence[Stop], edges: Sequence[Edge], start: int, end: int) -> list[Edge]:
    """Return the edges of the shortest way (Dijkstra), or none where the city must be crossed."""
    ways: list[list[tuple[float, int]]] = [[] for _ in stops]
    for a, b in edges:
        length = math.dist(stops[a].heart, stops[b].heart)
        ways[a].append((length, b))
        ways[b].append((length, a))
    came: dict[int, int] = {}
    heap = [(0.0, start, start)]
    while heap:
        far, here, last = heapq.heappop(heap)
        if here in came:
            continue
        came[here] = last
        for length, there in ways[here]:
            heapq.heappush(heap, (far + length, there, here))
    if end not in came:
        return []
    found = []
    while end != start:
        found.append((min(end, came[end]), max(end, came[end])))
        end = came[end]
    return found


def _lane_name(stops: Sequence[Stop], edge: Edge, used: set[str]) -> str:
    """Return a name after one of the ends that has none yet, else after both."""
    for k in reversed(edge):
        name = f"{stops[k].name}路"
        if not stops[k].city and not stops[k].town and name not in used:
            return name
    first, second = (stops[k].name for k in edge)
    name = f"{first}{second}路"
    return name if name not in used else f"{second}{first}路"


def _path(stops: Sequence[Stop], edge: Edge, dice: Dice) -> tuple[XY, ...]:
    """Return a winding line between two gates."""
    start, end = _ends(stops, edge)
    length = math.dist(start, end)
    steps = max(2, round(length / _STEP_M))
    waves = [(turns, dice.between(-1, 1) / turns) for turns in (1, 2, 3, 5)]
    east, north = (end[0] - start[0]) / length, (end[1] - start[1]) / length
    path = [start]
    for k in range(1, steps):
        share = k / steps
        swing = 0.055 * length * sum(w * math.sin(math.pi * n * share) for n, w in waves)
        path.append(
            (
                start[0] + share * length * east - swing * north,
                start[1] + share * length * north + swing * east,
            )
        )
    return (*path, end)
