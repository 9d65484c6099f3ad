"""Parks and villages: each laid where it has room."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from shapely import Geometry, Point, Polygon, affinity, union_all
from shapely.prepared import prep

from lxgeo.demo.dice import Dice
from lxgeo.demo.names import COMMUNITIES, VILLAGES
from lxgeo.demo.nouns import Grid, Park, Township, Village
from lxgeo.demo.plane import XY

_STEP_M = 140.0


@dataclass(frozen=True)
class _Planned:
    """A park as it is planned, before there is ground for it."""

    name: str
    aliases: tuple[str, ...]
    towns: tuple[str, ...]
    width: float
    height: float
    word: str
    draws: tuple[str, ...]
    approver: str = ""


_PARKS = (
    _Planned(
        *("云溪经济开发区", ("云溪经开区", "经开区"), ("砚池镇",), 1900, 1300, "云开"),
        ("C36", "C38", "C33", "C40"),
        approver="中共云溪经济开发区工作委员会",
    ),
    _Planned(
        *("岚川高新软件园", ("高新软件园", "软件园"), ("望川街道",), 900, 700, "高软"),
        ("C39", "M73"),
        approver="中共岚川高新软件园工作委员会",
    ),
    _Planned(
        *("雁塘装备制造产业园", ("装备制造园", "装备园"), ("雁塘镇",), 1300, 950, "雁装"),
        ("C34", "C35", "C33"),
    ),
    _Planned(
        *("溪东现代物流园", ("溪东物流园",), ("新渠街道", "砚池镇"), 1200, 850, "溪东"), ("G5",)
    ),
    _Planned("梧柳食品工业园", ("梧柳食品园",), ("梧柳镇",), 950, 700, "梧工", ("C13", "C14")),
    _Planned(
        *("沙棘生物医药产业园", ("生物医药园", "医药园"), ("沙棘镇",), 1000, 750, "沙医"), ("C27",)
    ),
    _Planned(
        *("麦川农产品加工园", ("农产品加工园",), ("麦川镇",), 850, 650, "麦工"), ("C13", "C15")
    ),
    _Planned(
        *("苇湖新材料工业集中区", ("新材料集中区",), ("苇湖乡",), 1000, 700, "苇工"),
        ("C26", "C29", "C30"),
    ),
)
_VILLAGES_BY_KIND = {"urban": 3, "town": 5, "plain": 6, "mountain": 6}


def parks(townships: Sequence[Township], grids: Sequence[Grid], dice: Dice) -> tuple[Park, ...]:
    """Return the parks: seven inside one township each, one across the border of two.

    Parameters
    ----------
    townships
        Where they may lie.
    grids
        Streets of the city and the towns, which they keep clear of.
    dice
        Turns them.
    """
    taken: list[Geometry] = [grid.hull.buffer(180) for grid in grids]
    made = []
    for number, planned in enumerate(_PARKS, start=1):
        towns = [town for town in townships if town.name in planned.towns]
        angle = dice.between(-25, 25)
        shape = _park_shape(planned, towns, taken, angle)
        taken.append(shape.buffer(250))
        made.append(
            Park(
                id=f"P{number:02d}",
                name=planned.name,
                aliases=planned.aliases,
                shape=shape,
                has_committee=bool(planned.approver),
                approver=planned.approver,
                township_ids=tuple(town.id for town in towns),
                word=planned.word,
                draws=planned.draws,
                angle=angle,
            )
        )
    return tuple(made)


def _park_shape(
    planned: _Planned, towns: Sequence[Township], taken: Sequence[Geometry], angle: float
) -> Polygon:
    """Return the shape on the free spot nearest to what it serves, smaller if need be."""
    ground = union_all([town.shape for town in towns]).buffer(-120)
    clear = prep(ground.difference(union_all(list(taken))))
    seat = Point(0, 0) if len(towns) > 1 else Point(towns[0].heart)
    spots = sorted(_lattice(ground), key=lambda spot: (seat.distance(Point(spot)), spot))
    size = 1.0
    while True:
        for spot in spots:
            shape = _fenced(spot, planned.width * size, planned.height * size, angle)
            if clear.contains(shape) and _shared(shape, towns):
                return shape
        size *= 0.9


def _shared(shape: Polygon, towns: Sequence[Township]) -> bool:
    """Return whether each township has a fair part of the shape."""
    return all(shape.intersection(town.shape).area > 0.35 * shape.area for town in towns) or (
        len(towns) == 1
    )


def _fenced(middle: XY, width: float, height: float, angle: float) -> Polygon:
    """Return a rectangle with cut corners."""
    w, h, cut = width / 2, height / 2, min(width, height) / 9
    corners = [
        *((-w + cut, -h), (w - cut / 2, -h), (w, -h + cut / 2), (w, h - cut)),
        *((w - cut, h), (-w + cut, h), (-w, h - cut), (-w, -h + cut)),
    ]
    turned = affinity.rotate(Polygon(corners), angle, origin=(0, 0))
    return affinity.translate(turned, *middle)


def _lattice(ground: Geometry) -> list[XY]:
    west, south, east, north = ground.bounds
    inside = prep(ground)
    spots = [
        (west + _STEP_M * i, south + _STEP_M * j)
        for i in range(int((east - west) / _STEP_M) + 1)
        for j in range(int((north - south) / _STEP_M) + 1)
    ]
    return [spot for spot in spots if inside.contains(Point(spot))]


def villages(
    townships: Sequence[Township], grids: Sequence[Grid], parks: Sequence[Park], dice: Dice
) -> tuple[Village, ...]:
    """Return villages, well spread over each rural township, and neighbourhoods of the city.

    Parameters
    ----------
    townships
        Where they lie: five or six a rural township, three an urban one.
    grids, parks
        What villages keep clear of; the first grid is the city's, which holds the neighbourhoods.
    dice
        Their places and shapes.
    """
    taken = union_all(
        [*(grid.hull.buffer(500) for grid in grids), *(park.shape.buffer(500) for park in parks)]
    )
    rural, urban = iter(dice.shuffled(VILLAGES)), iter(COMMUNITIES)
    made: list[Village] = []
    for town in townships:
        if town.kind == "urban":
            free, radius = town.shape.intersection(grids[0].hull).buffer(-330), 260.0
        else:
            free, radius = town.shape.buffer(-620).difference(taken), 380.0
        spots = _spread_out(free, _VILLAGES_BY_KIND[town.kind], dice)
        for number, spot in enumerate(spots, start=1):
            name = f"{next(urban)}社区" if town.kind == "urban" else f"{next(rural)}村"
            shape = _rounded(spot, radius * dice.between(0.75, 1.1), dice)
            made.append(Village(f"{town.id}{200 + number}", name, town.id, spot, shape))
    return tuple(made)


def _spread_out(free: Geometry, n: int, dice: Dice) -> list[XY]:
    """Return spots, each the one of many throws that is farthest from those before it."""
    spots: list[XY] = []
    throws = [_thrown(free, dice) for _ in range(7 * n)]
    while len(spots) < n:
        spots.append(
            max(
                throws, key=lambda throw: min((math.dist(throw, spot) for spot in spots), default=0)
            )
        )
    return spots


def _thrown(free: Geometry, dice: Dice) -> XY:
    west, south, east, north = free.bounds
    while True:
        spot = (dice.between(west, east), dice.between(south, north))
        if free.contains(Point(spot)):
            return spot


def _rounded(middle: XY, radius: float, dice: Dice) -> Polygon:
    """Return an uneven round shape."""
    corners = []
    for k in range(14):
        turn, reach = 2 * math.pi * k / 14, radius * dice.between(0.78, 1.0)
        corners.append((middle[0] + reach * math.cos(turn), middle[1] + reach * math.sin(turn)))
    return Polygon(corners)
