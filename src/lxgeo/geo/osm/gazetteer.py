"""Named places and addresses of OpenStreetMap as a gazetteer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import geopandas as gpd
import pandas as pd

from lxgeo.geo.osm.elements import Feature, Tags
from lxgeo.tables import CRS, GAZETTEER

_OTHER_NAMES: Final = (
    *("name:zh", "name:zh-Hans", "official_name", "short_name", "alt_name", "loc_name"),
    *("old_name", "name:zh-Hant", "brand", "operator:short"),
)
_KINDS: Final = (
    *("amenity", "shop", "office", "craft", "tourism", "leisure", "healthcare", "historic"),
    *("railway", "public_transport", "aeroway", "man_made", "industrial", "club"),
)
_PARKS: Final = frozenset({"industrial", "commercial", "retail"})
_NO: Final = frozenset({"no", "none"})
_RAILWAY_STOPS: Final = frozenset({"station", "halt", "subway_entrance", "tram_stop"})


def gazetteer(features: Iterable[Feature]) -> gpd.GeoDataFrame:
    """Return what can be found by name or by road and house number.

    Parameters
    ----------
    features
        Points and areas; a line is no place.

    Returns
    -------
    geopandas.GeoDataFrame
        `lxgeo.tables.GAZETTEER`: kinds ``building``, ``poi``, ``park``, ``place`` and, for an
        address without a name, ``house``. ``source`` says which element it was.
    """
    rows = [row for feature in features if (row := _row(feature)) is not None]
    frame = pd.DataFrame(rows, columns=[*GAZETTEER.names, "geometry"], dtype=object)
    table = GAZETTEER.shaped(gpd.GeoDataFrame(frame, geometry="geometry", crs=CRS))
    GAZETTEER.check(table)
    return table


def named(tags: Tags) -> str | None:
    """Return the name that tags give, in Chinese where there is one."""
    return tidy(tags.get("name")) or tidy(tags.get("name:zh"))


def other_names(tags: Tags) -> str | None:
    """Return the other names that tags give, joined by semicolons."""
    found: dict[str, None] = {}
    for key in _OTHER_NAMES:
        for each in tags.get(key, "").split(";"):
            if (name := tidy(each)) and name != named(tags):
                found[name] = None
    return ";".join(found) or None


def address(tags: Tags) -> str | None:
    """Return the address that tags give, in Chinese order."""
    if full := tidy(tags.get("addr:full")):
        return full
    keys = ("province", "city", "district", "subdistrict", "place", "street", "housenumber")
    parts = [tidy(tags.get(f"addr:{key}")) or "" for key in keys]
    if parts[-1] and parts[-1][-1:].isdigit():
        parts[-1] += "号"
    return "".join(parts) or None


def tidy(text: str | None) -> str | None:
    """Return a text on one line without spaces around it; None where nothing is left."""
    return " ".join((text or "").split()) or None


def _row(feature: Feature) -> dict[str, Any] | None:
    tags, shape = feature.tags, feature.shape
    if shape.geom_type not in {"Point", "Polygon", "MultiPolygon"}:
        return None
    name, number = named(tags), tidy(tags.get("addr:housenumber"))
    road = tidy(tags.get("addr:street"))
    kind = _kind(tags)
    if kind is None or name is None:
        if not (number and road):
            return None
        kind = kind or "house"
    return {
        "name": name,
        "aliases": other_names(tags) if name else None,
        "kind": kind,
        "township": tidy(tags.get("addr:subdistrict")),
        "district": tidy(tags.get("addr:district")),
        "road": road,
        "house_number": number,
        "address": address(tags),
        "source": f"OpenStreetMap {feature.osm}",
        "geometry": shape,
    }


def _kind(tags: Tags) -> str | None:
    """Return what kind of place tags stand for; None where it is none to be found by name."""
    if tags.get("landuse") in _PARKS:
        return "park"
    if tags.get("building", "no") not in _NO:
        return "building"
    if "railway" in tags and tags["railway"] not in _RAILWAY_STOPS:
        return None
    if any(tags.get(key, "no") not in _NO for key in _KINDS):
        return "poi"
    return "place" if "place" in tags else None
