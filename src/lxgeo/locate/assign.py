"""Which areas a positioned row lies in: by polygon where the point is its own, else by name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lxgeo.locate.areas_named import Named, Points, areas_named, only_named, settle
from lxgeo.locate.extent import held_by
from lxgeo.locate.gazetteer import Gazetteer
from lxgeo.locate.places import Layer, Place
from lxgeo.locate.reading import Mention, Reading
from lxgeo.locate.resolve import Fix
from lxgeo.model import Areas, Precision, Reason, Rule

AT_BUILDING_M = 30.0
"""A point no farther from a footprint is in the building where its address names it."""
AT_AREA_M = 50.0
"""A point no farther from a park, market, block or corridor is in it where its address names it:
their borders are drawn no finer."""

_OWN_POINT = frozenset({Precision.GIVEN, Precision.BUILDING, Precision.HOUSE_NUMBER})
"""Precisions whose point is the unit's own. The point on a road, in a park or a village only stands
for it: which park or building happens to lie there says nothing."""
_BY_NAME_TOO = ("corridors", "markets", "blocks")


@dataclass(frozen=True)
class Positions:
    """Where each row is, before areas are assigned.

    Parameters
    ----------
    lon, lat
        Degrees WGS 84, NaN where unknown.
    precision
        `Precision` per row.
    readings, fixes
        What each row names, and where that puts it.
    addresses
        Each row's address, folded; none where no names of corridors, markets or blocks are to be
        looked for.
    """

    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    precision: Sequence[Precision]
    readings: Sequence[Reading]
    fixes: Sequence[Fix]
    addresses: Sequence[str] = ()

    def of_own_point(self) -> NDArray[np.bool_]:
        """Return the rows whose point is their own."""
        return np.array([each in _OWN_POINT for each in self.precision], dtype=bool)

    def given(self) -> NDArray[np.bool_]:
        """Return the rows whose point is the ledger's."""
        return np.array([each is Precision.GIVEN for each in self.precision], dtype=bool)


@dataclass(frozen=True)
class Assigned:
    """The areas of each row: ids, None where there is none, and what disagrees."""

    township: NDArray[Any]
    village: NDArray[Any]
    park: NDArray[Any]
    building: NDArray[Any]
    corridor: NDArray[Any]
    market: NDArray[Any]
    block: NDArray[Any]
    grid: NDArray[Any]
    findings: tuple[tuple[Reason, ...], ...]

    @classmethod
    def nowhere(cls, rows: int) -> Assigned:
        """Return so many rows that are in no area."""
        ids = (each.name for each in fields(cls) if each.name != "findings")
        none: dict[str, Any] = {name: np.full(rows, None, dtype=object) for name in ids}
        return cls(**none, findings=((),) * rows)


def assign(positions: Positions, areas: Areas, gazetteer: Gazetteer) -> Assigned:
    """Return the areas that rows lie in.

    Parameters
    ----------
    positions
        Rows with their points and what they name.
    areas
        The district's areas.
    gazetteer
        The index over the same areas.

    Returns
    -------
    Assigned
        A row whose point is its own lies where the polygons say; where none holds it, in the
        building (`AT_BUILDING_M`), park, market, block or corridor (`AT_AREA_M`) that it names and
        is near to, and in the township that it names. Any other row lies where its names say, and
        in no grid.

        Where they disagree the point decides, and the row tells both: ``address_disagrees``
        (``named``, ``township``) for townships; ``place_disagrees`` (``named``, ``lies``,
        ``distance_m``) for the others, where the ledger's own coordinates are clearly not at the
        place that the address names.
    """
    own, given = positions.of_own_point(), positions.given()
    lon, lat = np.where(own, positions.lon, np.nan), np.where(own, positions.lat, np.nan)
    ids = {
        layer: held_ids(lon, lat, areas.layers[layer])
        for layer in ("townships", "villages", "parks", "grids", *_BY_NAME_TOO)
    }
    ids["buildings"] = held_ids(np.where(given, lon, np.nan), lat, areas.buildings)
    outside = own & pd.isna(ids["townships"])
    for i, fix in enumerate(positions.fixes):
        if not own[i]:
            ids["townships"][i] = fix.township
            ids["villages"][i], ids["parks"][i] = _id(fix.village), _id(fix.park)
        elif outside[i]:
            ids["townships"][i] = _named_township(positions.readings[i])
        if not given[i]:
            ids["buildings"][i] = _id(fix.building)

    findings = [
        _disagreements(reading, township, gazetteer)
        for reading, township in zip(positions.readings, ids["townships"], strict=True)
    ]
    points = Points(positions.lon, positions.lat, own, given)
    for layer, named in _named(positions, areas).items():
        near_m = AT_BUILDING_M if layer == "buildings" else AT_AREA_M
        where = replace(points, own=given) if layer == "buildings" else points
        ids[layer], told = settle(ids[layer], named, where, areas.layers[layer], near_m)
        for i, reason in told:
            findings[i] = (*findings[i], reason)
        if layer in _BY_NAME_TOO:
            for i, area in only_named(named, ~own).items():
                ids[layer][i] = area
    singular = {layer.removesuffix("s"): found for layer, found in ids.items()}
    return Assigned(**singular, findings=tuple(findings))


def held_ids(lon: NDArray[np.float64], lat: NDArray[np.float64], areas: gpd.GeoDataFrame) -> Any:
    """Return the id of the area that holds each point, None where none does.

    Parameters
    ----------
    lon, lat
        Degrees WGS 84; NaN where unknown.
    areas
        An areas layer (see `lxgeo.locate.extent.held_by`).
    """
    ids = np.array([*areas["id"], None], dtype=object)
    return ids[held_by(lon, lat, areas)]


def _named(positions: Positions, areas: Areas) -> dict[str, list[Named]]:
    """Return what rows name in the layers that are settled by name, too."""
    named = {
        "buildings": _mentioned(reading.buildings for reading in positions.readings),
        "parks": _mentioned(reading.parks for reading in positions.readings),
    }
    for layer in _BY_NAME_TOO:
        named[layer] = areas_named(positions.addresses, areas.layers[layer], Layer(layer))
    return named


def _mentioned(rows: Iterable[tuple[Mention, ...]]) -> list[Named]:
    """Return every place that a name in a row may mean."""
    named = []
    for i, mentions in enumerate(rows):
        for each in mentions:
            for place in each.places:
                area = place if place.ours else place.home
                if area is not None:
                    real = not place.vague and len(each.places) == 1
                    named.append(Named(i, area.id, real))
    return named


def _id(place: Place | None) -> str | None:
    return None if place is None else place.id


def _named_township(reading: Reading) -> str | None:
    if reading.township is None or len(reading.township.places) != 1:
        return None
    return reading.township.places[0].id


def _disagreements(
    reading: Reading, township: str | None, gazetteer: Gazetteer
) -> tuple[Reason, ...]:
    if township is None:
        return ()
    lies = gazetteer.township_names[township]
    return tuple(
        Reason(Rule.ADDRESS_DISAGREES, {"named": said.name, "township": lies})
        for said in reading.said
        if township not in said.townships
    )
