"""What a survey of the district's doors knows: some of them, and not all of those right."""

from __future__ import annotations

from collections.abc import Iterator

from shapely import Point

from lxgeo.demo.county import County
from lxgeo.demo.dice import Dice
from lxgeo.demo.fronts import Door
from lxgeo.demo.nouns import DISTRICT, Building
from lxgeo.demo.plane import lonlat
from lxgeo.geo.datum import from_wgs84
from lxgeo.model import Datum

Row = dict[str, str | float | None]

COLUMNS = ("名称", "别名", "类别", "地址", "道路", "门牌号", "经度", "纬度", "坐标系")

_SURVEYED = {"city": 0.27, "town": 0.22, "country": 0.011}
"""Share of doors that are known, by where their street lies."""
_IN_PARKS = 0.14
_STREETS_LEFT_OUT = 0.15
_WRONG_NUMBER = 0.01
_FROM_WEB_MAP = 0.06
_OFF_M = 4.0
_DIGITS = 6

_INSTITUTIONS = (
    *(("中心小学", "学校"), ("中学", "学校"), ("卫生院", "医疗"), ("文化站", "文化")),
    *(("农贸市场", "市场"), ("供销社", "商业"), ("加油站", "商业")),
)


def gazetteer(county: County, dice: Dice) -> tuple[Row, ...]:
    """Return the rows of the survey: doors, buildings, and institutions of each township.

    Some streets were left out, one door in a hundred bears a wrong number, and some coordinates
    were picked from a web map (GCJ-02, and say so).

    Parameters
    ----------
    county
        The district as laid out.
    dice
        What the survey got to see.
    """
    return (*_buildings(county, dice), *_institutions(county, dice), *_doors(county, dice))


def _buildings(county: County, dice: Dice) -> Iterator[Row]:
    for building in county.buildings:
        middle = building.shape.centroid
        yield _row(dice, middle.x, middle.y) | _named(building)


def _named(building: Building) -> Row:
    return {
        "名称": building.name,
        "别名": ";".join(building.aliases) or None,
        "类别": "楼宇",
        "地址": f"{DISTRICT}{building.address}",
    }


def _institutions(county: County, dice: Dice) -> Iterator[Row]:
    for town in county.townships:
        doors = [each for each in county.doors if each.township_id == town.id]
        near = sorted(doors, key=lambda each: each.front.point.distance(Point(town.heart)))
        for (kind, sort), door in zip(_INSTITUTIONS, dice.some(near[:60], 7), strict=True):
            yield _row(dice, door.front.x, door.front.y) | {
                "名称": town.word + kind,
                "类别": sort,
                "地址": f"{DISTRICT}{town.name}{door.front.street}{door.front.number}号",
            }


def _doors(county: County, dice: Dice) -> Iterator[Row]:
    streets = sorted({door.front.street for door in county.doors})
    left_out = {street for street in streets if dice.happens(_STREETS_LEFT_OUT)}
    for door in county.doors:
        known = dice.happens(_SURVEYED.get(door.place, _IN_PARKS))
        if known and door.front.street not in left_out:
            yield _row(dice, door.front.x, door.front.y) | _numbered(door, dice)


def _numbered(door: Door, dice: Dice) -> Row:
    number = door.front.number
    if dice.happens(_WRONG_NUMBER):
        number += 2 * dice.count(20, 90)
    return {"道路": door.front.street, "门牌号": f"{number}号"}


def _row(dice: Dice, x: float, y: float) -> Row:
    """Return a row at a place of the plane, seen to a few metres."""
    seen = lonlat(x + dice.between(-_OFF_M, _OFF_M), y + dice.between(-_OFF_M, _OFF_M))
    datum = Datum.GCJ02 if dice.happens(_FROM_WEB_MAP) else Datum.WGS84
    lon, lat = from_wgs84(*seen, datum)
    return {
        "经度": round(float(lon), _DIGITS),
        "纬度": round(float(lat), _DIGITS),
        "坐标系": "GCJ-02" if datum is Datum.GCJ02 else None,
    }
