"""How a branch is put together (组建方式): by what its units share.

The first that fits, from what binds most to what binds least:

1. ``building``: all in one building, or in one declared group of buildings;
2. ``trade``: one division of GB/T 4754, on a sectoral or attached line: there an association or a
   department builds by trade, wherever its units sit;
3. ``market``, ``block``, ``park``, ``corridor``: all in one of these;
4. ``village``: all in one village (村); a residents' community (社区) is an area;
5. ``area``: all in one community, hotspot or grid, or merely neighbours.

Units that join an approved branch come by ``host``; by ``village``, if it is a village's branch.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from lxgeo.decide.regions.places import Places
from lxgeo.model import Line, Mode
from lxgeo.rules.trade import shared_trade
from lxgeo.rules.trade_names import trade_name

_DIVISION = 3  # letters and digits of a code that goes down to the division
_ANCHORS = (
    ("market", Mode.MARKET),
    ("block", Mode.BLOCK),
    ("park", Mode.PARK),
    ("corridor", Mode.CORRIDOR),
)
_COMMUNITY = ("社区", "居委会", "居民委员会", "居")
_OF_A_VILLAGE = re.compile(r"村(村民委员会|委会)?(党|总?支部)")


class Shared(NamedTuple):
    """What units share.

    Parameters
    ----------
    mode
        How they come together by it.
    name
        What it is called, None where that is unknown or there is nothing to name.
    """

    mode: Mode
    name: str | None


def shared_by(units: Sequence[Any], places: Places) -> Shared:
    """Return what binds some units of one jurisdiction.

    Parameters
    ----------
    units
        Rows of `lxgeo.tables.TRIAGED`.
    places
        Names of places, groups of buildings.
    """
    return (
        _building(units, places)
        or _trade(units)
        or _anchor(units, places)
        or _neighbourhood(units, places)
    )


def of_a_village(branch_name: str) -> bool:
    """Return whether an approved branch is a village's, by its name (红星村党支部)."""
    return bool(_OF_A_VILLAGE.search(branch_name))


def _building(units: Sequence[Any], places: Places) -> Shared | None:
    building = _same([unit.building_id for unit in units])
    if building is not None:
        told = _same([unit.building for unit in units])
        return Shared(Mode.BUILDING, told or places.name_of("building", building))
    group = _same([places.groups.get(unit.building_id) for unit in units])
    return None if group is None else Shared(Mode.BUILDING, group)


def _trade(units: Sequence[Any]) -> Shared | None:
    if any(unit.line == Line.TERRITORIAL for unit in units):
        return None
    trade = shared_trade(unit.industry_code for unit in units)
    return Shared(Mode.TRADE, trade_name(trade)) if len(trade) >= _DIVISION else None


def _anchor(units: Sequence[Any], places: Places) -> Shared | None:
    for kind, mode in _ANCHORS:
        place = _same([getattr(unit, f"{kind}_id") for unit in units])
        if place is not None:
            told = _same([unit.park for unit in units]) if mode is Mode.PARK else None
            return Shared(mode, told or places.name_of(kind, place))
    return None


def _neighbourhood(units: Sequence[Any], places: Places) -> Shared:
    village = places.name_of("village", _same([unit.village_id for unit in units]))
    if village is not None:
        return Shared(Mode.AREA if village.endswith(_COMMUNITY) else Mode.VILLAGE, village)
    hotspot = places.name_of("hotspot", _same([unit.hotspot_id for unit in units]))
    grid = places.name_of("grid", _same([unit.grid_id for unit in units]))
    return Shared(Mode.AREA, hotspot or grid)


def _same(values: Sequence[Any]) -> str | None:
    """Return the text that all of them are, None where they differ or one is unknown."""
    first = values[0]
    return first if isinstance(first, str) and all(each == first for each in values) else None
