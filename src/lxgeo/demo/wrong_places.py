"""Coordinates and addresses that tell less than they should, or something else."""

from __future__ import annotations

from collections.abc import Callable

from lxgeo.demo.dialects import dialect_of
from lxgeo.demo.dice import Dice
from lxgeo.demo.entries import Entry
from lxgeo.demo.entries import placed as with_coordinates
from lxgeo.demo.nouns import CITY, DISTRICT, OLD_NAMES
from lxgeo.demo.plane import lonlat
from lxgeo.demo.trap import Seen, Trap, placed, unplaced
from lxgeo.model import Datum, Precision

_PILE, _OFFICE = "002", "003"
"""Ends of the ids of townships: where many firms share one door, and where a clerk typed the
coordinates of his own office."""


# Coordinates: where they can't be trusted, the address is what tells


def _swapped(entry: Entry, _: Dice) -> Entry:
    lon, lat = entry.cells["lon"], entry.cells["lat"]
    return entry.typed({"lon": lat, "lat": lon}, tells=entry.unit.address.tells, datum=None)


def _at_zero(entry: Entry, _: Dice) -> Entry:
    return entry.typed({"lon": 0, "lat": 0}, tells=entry.unit.address.tells, datum=None)


def _far_away(entry: Entry, _: Dice) -> Entry:
    lon = round(entry.unit.site.lon + 1.3, 6)
    return entry.typed({"lon": lon}, tells=entry.unit.address.tells)


def _in_minutes(entry: Entry, dice: Dice) -> Entry:
    exact = with_coordinates(entry, Datum.WGS84, dice)
    site = entry.unit.site
    return exact.typed({"lon": _minutes(site.lon), "lat": _minutes(site.lat)})


def _minutes(angle: float) -> str:
    """Return an angle in degrees, minutes and seconds of two decimals (about 0.3 m)."""
    seconds = round(angle * 3600, 2)
    degrees, rest = divmod(seconds, 3600)
    return f"{int(degrees)}°{int(rest // 60)}′{rest % 60:.2f}″"


def _of_office(entry: Entry, _: Dice) -> Entry:
    lon, lat = lonlat(*entry.township.heart)
    return entry.typed(
        {"lon": round(lon, 6), "lat": round(lat, 6), "datum": "WGS84"},
        tells=entry.unit.address.tells,
        datum=str(Datum.WGS84),
    )


def _datum_blank(entry: Entry, dice: Dice) -> Entry:
    return with_coordinates(entry, Datum.WGS84, dice).typed({"datum": None})


def _datum_unknown(entry: Entry, dice: Dice) -> Entry:
    said = dice.one_of(("地方坐标系", "不详"))
    unknown = str(Datum.UNKNOWN)
    return entry.typed({"datum": said}, tells=entry.unit.address.tells, datum=unknown)


def _in_bd09(entry: Entry, dice: Dice) -> Entry:
    return with_coordinates(entry, Datum.BD09, dice)


# Addresses


def _told(entry: Entry, said: str | None, tells: Precision) -> Entry:
    cells = {"address": said, "registered": said, "village": None}
    return entry.typed(cells, tells=tells, address=None if said == "无" else said)


def _address(texts: tuple[str | None, ...], tells: Precision) -> Callable[[Entry, Dice], Entry]:
    return lambda entry, dice: _told(entry, dice.one_of(texts), tells)


def _township_only(entry: Entry, dice: Dice) -> Entry:
    lead = dice.one_of((f"{CITY}{DISTRICT}", DISTRICT, ""))
    return _told(entry, f"{lead}{entry.township.name}", Precision.TOWNSHIP)


def _one_door(entry: Entry, _: Dice) -> Entry:
    said = f"{DISTRICT}{entry.township.name}政务服务中心1号窗口（集群注册）"
    return _told(entry, said, Precision.TOWNSHIP)


def _old_name(entry: Entry, dice: Dice) -> Entry:
    old = OLD_NAMES[entry.township.name]
    said = dice.one_of((f"{DISTRICT}{old}", f"{CITY}{DISTRICT}{old}", old))
    return _told(entry, said, Precision.TOWNSHIP)


def _registered_only(entry: Entry, _: Dice) -> Entry:
    return entry.typed({"address": None})


def _registered_elsewhere(entry: Entry, _: Dice) -> Entry:
    return entry.typed({"registered": f"{CITY}{DISTRICT}政务服务中心2楼"})


def _other_tower(entry: Entry, dice: Dice) -> Entry:
    said = entry.unit.address.text.replace("A座", dice.one_of(("A栋", "甲座", "Ａ座")))
    return entry.typed({"address": said, "registered": said}, address=said)


def _in_tower(entry: Entry) -> bool:
    return "A座" in entry.unit.address.text


def _registers(entry: Entry) -> bool:
    return unplaced(entry) and "registered" in dialect_of(entry.township).fields


def _renamed_town(entry: Entry) -> bool:
    return unplaced(entry) and entry.township.name in OLD_NAMES


def _at_pile(entry: Entry) -> bool:
    return unplaced(entry) and entry.township.id.endswith(_PILE)


def _at_office(entry: Entry) -> bool:
    return placed(entry) and entry.township.id.endswith(_OFFICE)


PLACES: tuple[Trap, ...] = (
    Trap(
        *("coordinates_of_office", "坐标是填表单位自己的", 5, _of_office, _at_office),
        pattern=40,
        flag=("coordinates",),
    ),
    Trap(
        *("one_door", "多家单位同一注册地址", 30, _one_door, _at_pile),
        pattern=37,
        flag=("address",),
    ),
    Trap(*("tower_in_other_words", "A座、A栋、甲座", 4, _other_tower, _in_tower), pattern=38),
    Trap(*("old_township", "用撤并前的乡镇名", 4, _old_name, _renamed_town), pattern=39),
    Trap(*("registered_only", "只有注册地址", 4, _registered_only, _registers), pattern=6),
    Trap(
        *("registered_elsewhere", "注册地址与经营地址不同", 4, _registered_elsewhere, _registers),
        pattern=6,
    ),
    Trap(
        *("coordinates_swapped", "经纬度颠倒", 3, _swapped, placed),
        pattern=40,
        flag=("coordinates",),
    ),
    Trap(
        *("coordinates_zero", "经纬度为零", 3, _at_zero, placed),
        pattern=40,
        flag=("coordinates",),
    ),
    Trap(
        *("coordinates_far", "坐标在区外", 3, _far_away, placed),
        pattern=40,
        flag=("coordinates",),
        seen=Seen.LOCATE,
    ),
    Trap(*("coordinates_minutes", "经纬度写成度分秒", 4, _in_minutes, placed), pattern=40),
    Trap(*("datum_blank", "坐标系未填（实为 WGS 84）", 5, _datum_blank, placed), pattern=40),
    Trap(
        *("datum_unknown", "坐标系不明", 4, _datum_unknown, placed),
        pattern=40,
        flag=("datum",),
        seen=Seen.LOCATE,
    ),
    Trap(*("datum_bd09", "坐标为 BD-09", 5, _in_bd09, placed), pattern=40),
    Trap(
        *("address_blank", "地址未填", 6, _address((None, "无"), Precision.NONE), unplaced),
        pattern=35,
    ),
    Trap(
        *("address_vague", "地址无从查找", 6),
        _address(("见营业执照", "待核实", "老地方", "市场内", "详见附件", "ASDF"), Precision.NONE),
        unplaced,
        pattern=35,
    ),
    Trap(
        *("district_only", "地址只到区", 6),
        _address((DISTRICT, f"{CITY}{DISTRICT}", f"{CITY}{DISTRICT}城区"), Precision.DISTRICT),
        unplaced,
        pattern=35,
    ),
    Trap(*("township_only", "地址只到乡镇、街道", 6, _township_only, unplaced), pattern=36),
)
"""What goes wrong in positions, in the order in which it is planted."""
