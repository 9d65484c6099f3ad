"""Sixty Party branches that stand already, some of them against today's rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from lxgeo.demo.county import County
from lxgeo.demo.dice import Dice
from lxgeo.demo.plane import lonlat
from lxgeo.demo.sites import Site, nearest
from lxgeo.demo.units import COMMITTEE, ENOUGH, GENERAL_BRANCH, LEGAL_ENDS, Unit

STANDALONE, JOINT = "standalone", "joint"
_ALONE = 30
_OF_VILLAGES = 9
_CAP = 5


@dataclass(frozen=True)
class _Wish:
    """A joint branch to be: how many units, and what is wrong with it today, if anything.

    ``members`` are the full members that a unit of it may have.
    """

    units: int
    trap: str = ""
    members: tuple[int, ...] = (1, 2)
    leads: int = 0
    least: int = ENOUGH


_JOINT = (
    *(_Wish(units) for units in (3, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 2, 2, 2, 3)),
    _Wish(7, "joint_over_cap"),
    _Wish(6, "joint_over_cap"),
    _Wish(3, "three_inside_joint", leads=3),
    _Wish(4, "three_inside_joint", leads=5),
    _Wish(2, "joint_under_three", members=(1,), least=0),
    _Wish(1, "joint_of_one", members=(2,), least=0),
)


@dataclass(frozen=True)
class Branch:
    """A branch that stands.

    Parameters
    ----------
    name, kind
        Its name, and ``joint`` or ``standalone``.
    lon, lat, address
        Where it meets, WGS 84.
    full_members, units
        Counts.
    capacity
        How many units it may hold; None where nobody has said.
    unit_numbers
        Its units in the list of units; none for a branch of a village, which is in no ledger.
    trap
        What is wrong with it by today's rules; empty where nothing is.
    id
        Its number.
    """

    name: str
    kind: str
    lon: float
    lat: float
    address: str
    full_members: int
    units: int
    capacity: int | None
    unit_numbers: tuple[int, ...] = ()
    trap: str = ""
    id: str = ""


def branches(units: Sequence[Unit], county: County, dice: Dice) -> tuple[Branch, ...]:
    """Return sixty branches: thirty of one unit, twenty-one joint ones, nine of villages.

    Parameters
    ----------
    units
        The district's organisations; 115 or so turn out to be organised already.
    county
        Where they are, and which parks have a committee of their own.
    dice
        Who is organised.
    """
    taken: set[int] = set()
    made = _joint(units, county, dice.of("joint"), taken)
    made += _alone(units, dice.of("alone"), taken)
    made += _of_villages(county, dice.of("villages"))
    return tuple(replace(branch, id=f"E{n:03d}") for n, branch in enumerate(made, start=1))


def _joint(units: Sequence[Unit], county: County, dice: Dice, taken: set[int]) -> list[Branch]:
    names: Counter[str] = Counter()
    made: list[Branch] = []
    homes = _homes(units, county)
    first = dice.shuffled(range(len(units)))
    for wish in _JOINT:
        numbers = next(
            group
            for number in first
            if number not in taken
            and (group := _around(number, wish, units, homes, taken)) is not None
        )
        taken.update(numbers)
        base = _joint_name(units, numbers, county)
        names[base] += 1
        order = "" if names[base] == 1 else f"第{'一二三四五六七八九'[names[base] - 1]}"
        host = units[numbers[0]]
        made.append(
            Branch(
                name=f"{base}{order}联合党支部",
                kind=JOINT,
                lon=host.site.lon,
                lat=host.site.lat,
                address=host.address.text,
                full_members=sum(units[k].full for k in numbers),
                units=len(numbers),
                capacity=_CAP,
                unit_numbers=tuple(numbers),
                trap=wish.trap,
            )
        )
    return made


def _homes(units: Sequence[Unit], county: County) -> list[str]:
    """Return which body approves for each unit: its township, or its park's own committee."""
    own = {park.id for park in county.parks if park.has_committee}
    return [
        unit.site.park_id if unit.site.park_id in own else unit.site.township_id for unit in units
    ]


def _around(
    number: int, wish: _Wish, units: Sequence[Unit], homes: Sequence[str], taken: set[int]
) -> list[int] | None:
    """Return a group about a unit that fits the wish; None where there is none."""
    lead = units[number]
    wanted = (wish.leads,) if wish.leads else wish.members
    if lead.full not in wanted or lead.line != "属地":
        return None
    near = [
        k
        for k, unit in enumerate(units)
        if k != number
        and k not in taken
        and homes[k] == homes[number]
        and unit.full in wish.members
        and unit.line == "属地"
        and unit.site.kind == lead.site.kind
        and _same_place(unit.site, lead.site)
    ]
    order = nearest(lead.site, [units[k].site for k in near])
    group = [number, *(near[k] for k in order[: wish.units - 1])]
    if len(group) < wish.units or sum(units[k].full for k in group) < wish.least:
        return None
    return group


def _same_place(one: Site, other: Site) -> bool:
    """Return whether two sites share a building, a park or a village; streets only a township."""
    return (
        one.building_id == other.building_id
        and one.park_id == other.park_id
        and (one.kind != "village" or one.village_id == other.village_id)
    )


def _joint_name(units: Sequence[Unit], numbers: Sequence[int], county: County) -> str:
    site = units[numbers[0]].site
    if site.building:
        return site.building.name
    if site.park:
        return site.park.name
    if site.village:
        return f"{site.village.name}两新组织"
    return next(town.name for town in county.townships if town.id == site.township_id) + "商户"


def _alone(units: Sequence[Unit], dice: Dice, taken: set[int]) -> list[Branch]:
    """Return standalone branches of larger units; some say how many others they would take in."""
    large = [k for k, unit in enumerate(units) if unit.full >= ENOUGH and k not in taken]
    marks = {k: units[k].full * dice.between(0.2, 1.0) for k in large}
    chosen = sorted(large, key=lambda k: (-marks[k], k))[:_ALONE]
    taken.update(chosen)
    made: list[Branch] = []
    for k in sorted(chosen):
        unit = units[k]
        made.append(
            Branch(
                name=f"{_short(unit.name)}{_level(unit.members)}",
                kind=STANDALONE,
                lon=unit.site.lon,
                lat=unit.site.lat,
                address=unit.address.text,
                full_members=unit.full,
                units=1,
                capacity=dice.count(2, _CAP) if dice.happens(0.6) else None,
                unit_numbers=(k,),
            )
        )
    return made


def _level(members: int) -> str:
    if members >= COMMITTEE:
        return "党委"
    return "党总支" if members >= GENERAL_BRANCH else "党支部"


def _short(name: str) -> str:
    for end in LEGAL_ENDS:
        if name.endswith(end):
            return name.removesuffix(end)
    return name


def _of_villages(county: County, dice: Dice) -> list[Branch]:
    """Return branches of villages, which firms nearby may be attached to."""
    made: list[Branch] = []
    for village in dice.some(county.villages, _OF_VILLAGES):
        lon, lat = lonlat(*village.heart)
        made.append(
            Branch(
                name=f"{village.name}党支部",
                kind=STANDALONE,
                lon=lon,
                lat=lat,
                address=village.name,
                full_members=dice.count(9, 32),
                units=1,
                capacity=3,
            )
        )
    return made
