"""How offices write where a unit is, and how exactly one can tell from it."""

from __future__ import annotations

from dataclasses import dataclass

from lxgeo.demo.dice import Dice
from lxgeo.demo.nouns import CITY, DISTRICT, Building, Front, Park, Village
from lxgeo.demo.sites import Site
from lxgeo.model import Precision

_FLOORS = "一二三四五六七八九十"


@dataclass(frozen=True)
class Address:
    """An address as written.

    Parameters
    ----------
    text
        What stands in the ledger.
    tells
        How exactly the district's areas and roads let one place it.
    """

    text: str
    tells: Precision


def written(site: Site, township: str, dice: Dice) -> Address:
    """Return an address for a site.

    Parameters
    ----------
    site
        Where the unit sits.
    township
        Name of its township.
    dice
        How the office writes.
    """
    lead = _lead(township, dice)
    if site.building:
        return _of_building(site.building, lead, dice)
    if site.park and site.front:
        return _of_plot(site.park, site.front, lead, dice)
    if site.village:
        return _of_village(site.village, lead or township, dice)
    if site.front:
        return _of_door(site.front, lead, dice)
    return Address(f"{CITY}{DISTRICT}{township}", Precision.TOWNSHIP)


def _lead(township: str, dice: Dice) -> str:
    """Return what comes before the street: all, some or none of city, district and township."""
    ways = (
        (f"{CITY}{DISTRICT}{township}", 0.34),
        (f"{DISTRICT}{township}", 0.22),
        (township, 0.16),
        (f"{CITY}{DISTRICT}", 0.12),
        (DISTRICT, 0.06),
        ("", 0.10),
    )
    return dice.weighted([way for way, _ in ways], [share for _, share in ways])


def _of_building(building: Building, lead: str, dice: Dice) -> Address:
    name = building.name
    if building.aliases and dice.happens(0.3):
        name = dice.one_of(building.aliases)
    room = _room(building, dice)
    way = dice.weighted(("number", "number and name", "name"), (0.2, 0.35, 0.45))
    if way == "number":
        return Address(f"{lead}{building.address}{room}", Precision.HOUSE_NUMBER)
    street = building.address if way == "number and name" else ""
    return Address(f"{lead}{street}{name}{room}", Precision.BUILDING)


def _room(building: Building, dice: Dice) -> str:
    floor = dice.count(1, min(building.floors, 10))
    room = f"{floor}{dice.count(1, 18):02d}"
    ways = [
        *(f"{floor}楼{room}室", f"{floor}层{room}室", f"{room}室", f"{floor}F", f"{floor}楼"),
        *(f"{_FLOORS[floor - 1]}层{room}", f"{floor}层"),
    ]
    if not building.name.endswith("号楼"):
        # A building that is itself one tower of many has no towers of its own.
        ways += [f"A座{room}室", f"B座{room}"]
    return dice.one_of(ways)


def _of_plot(park: Park, front: Front, lead: str, dice: Dice) -> Address:
    name = park.name if dice.happens(0.65) else dice.one_of(park.aliases)
    street = f"{front.street}{front.number}号"
    area, number = dice.one_of("ABCD"), dice.count(1, 28)
    way = dice.weighted(("park and street", "street", "plot"), (0.28, 0.08, 0.64))
    if way != "plot":
        return Address(f"{lead}{name if way != 'street' else ''}{street}", Precision.ROAD)
    plot = dice.one_of(
        (
            f"{area}区{number}号厂房",
            f"{number}号厂房",
            f"{area}-{number:02d}地块",
            f"标准化厂房{number}栋",
            "",
        )
    )
    return Address(f"{lead}{name}{plot}", Precision.PARK)


def _of_door(front: Front, lead: str, dice: Dice) -> Address:
    tail = dice.one_of(
        ("", "", "", "一层", "1-2层", "底商", f"附{dice.count(1, 6)}号", "商铺", "院内")
    )
    if dice.happens(0.06):
        part = dice.one_of(("中段", "路口", "东侧", "沿线"))
        return Address(f"{lead}{front.street}{part}", Precision.ROAD)
    return Address(f"{lead}{front.street}{front.number}号{tail}", Precision.ROAD)


def _of_village(village: Village, lead: str, dice: Dice) -> Address:
    rural = village.name.endswith("村")
    tails = (
        (
            f"{dice.count(1, 8)}组",
            f"{dice.count(1, 8)}社{dice.count(1, 60)}号",
            "村委会旁",
            "村口",
            "",
        )
        if rural
        else (f"{dice.count(1, 30)}号楼底商", "便民服务站旁", f"{dice.count(1, 12)}号院", "")
    )
    return Address(f"{lead}{village.name}{dice.one_of(tails)}", Precision.VILLAGE)
