"""LEDGER → LOCATED: where each unit is, how exactly, and in which areas."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from lxgeo.locate.assign import Assigned, Positions, assign
from lxgeo.locate.coordinates import Declared, declared_coordinates
from lxgeo.locate.gazetteer import Gazetteer, build_gazetteer
from lxgeo.locate.places import DIGITS
from lxgeo.locate.reading import RowText, read_row
from lxgeo.locate.resolve import Fix, resolve
from lxgeo.model import Areas, Precision, Reason, Rule
from lxgeo.tables import CRS, LEDGER, LOCATED

CONFIDENCE = {
    Precision.GIVEN: 1.0,
    Precision.BUILDING: 0.9,
    Precision.HOUSE_NUMBER: 0.8,
    Precision.PARK: 0.6,
    Precision.VILLAGE: 0.5,
    Precision.ROAD: 0.4,
    Precision.TOWNSHIP: 0.2,
    Precision.DISTRICT: 0.1,
    Precision.NONE: 0.0,
}
"""How sure a position of each precision is; half of it where something speaks against it. An order
to sort by, not a probability."""

_DOUBTS = frozenset(
    {
        Rule.DATUM_UNKNOWN,
        Rule.COORDINATES_OUTSIDE,
        Rule.ADDRESS_DISAGREES,
        Rule.PLACE_AMBIGUOUS,
    }
)


def locate(ledger: pd.DataFrame, areas: Areas) -> gpd.GeoDataFrame:
    """Return the ledger with positions and the areas that hold them.

    Coordinates that the ledger gives come first, converted to WGS 84; where there are none, or they
    can't be read or lie far outside the district, the names and numbers of the row decide (see
    `lxgeo.locate.resolve`). A row known by its township or district only has no coordinates.

    Parameters
    ----------
    ledger
        `lxgeo.tables.LEDGER`.
    areas
        The district's areas, EPSG:4326.

    Returns
    -------
    GeoDataFrame
        `lxgeo.tables.LOCATED`: every row of the ledger, in its order, with ``findings`` added
        (``datum_unknown``, ``coordinates_unreadable``, ``coordinates_outside``,
        ``place_ambiguous``, ``address_disagrees``).

    Raises
    ------
    TableError
        The ledger is no `LEDGER`.
    """
    LEDGER.check(ledger)
    gazetteer = build_gazetteer(areas)
    declared = declared_coordinates(ledger, areas.townships)
    positions = _positions(_texts(ledger), declared, gazetteer)
    assigned = assign(positions, areas, gazetteer)
    return _located(ledger, areas, positions, declared, assigned)


def _texts(ledger: pd.DataFrame) -> list[RowText]:
    columns = ("address", "township_named", "village_named", "park_named", "building_named")
    filled = (ledger[column].fillna("").tolist() for column in columns)
    return [RowText(*texts) for texts in zip(*filled, strict=True)]


def _positions(texts: list[RowText], declared: Declared, gazetteer: Gazetteer) -> Positions:
    """Return each row's point: as declared, else where its names put it."""
    readings = {text: read_row(text, gazetteer) for text in dict.fromkeys(texts)}
    fixes = {text: resolve(reading, gazetteer) for text, reading in readings.items()}
    # Coordinates far outside give way to what the row names, if that is a place at all.
    vague = {Precision.DISTRICT, Precision.NONE}
    named = np.array([fixes[text].precision not in vague for text in texts], dtype=bool)
    given = np.isfinite(declared.lon) & ~(declared.astray & named)
    found = [Fix(Precision.GIVEN) if given[i] else fixes[text] for i, text in enumerate(texts)]
    points = np.array([fix.point or (np.nan, np.nan) for fix in found]).reshape(-1, 2)
    return Positions(
        lon=np.where(given, declared.lon, np.round(points[:, 0], DIGITS)),
        lat=np.where(given, declared.lat, np.round(points[:, 1], DIGITS)),
        precision=[fix.precision for fix in found],
        readings=[readings[text] for text in texts],
        fixes=found,
    )


def _located(
    ledger: pd.DataFrame,
    areas: Areas,
    positions: Positions,
    declared: Declared,
    assigned: Assigned,
) -> gpd.GeoDataFrame:
    findings = [
        (*mine, *given, *fix.findings, *more)
        for mine, given, fix, more in zip(
            ledger["findings"], declared.findings, positions.fixes, assigned.findings, strict=True
        )
    ]
    columns: dict[str, Sequence[Any] | NDArray[Any]] = {
        "lon": positions.lon,
        "lat": positions.lat,
        "precision": [str(each) for each in positions.precision],
        "confidence": list(map(_confidence, positions.precision, findings)),
        "township_id": assigned.township,
        "township": _names(assigned.township, areas.townships),
        "village_id": assigned.village,
        "park_id": assigned.park,
        "park": _names(assigned.park, areas.parks),
        "building_id": assigned.building,
        "building": _names(assigned.building, areas.buildings),
        "findings": _objects(findings),
        "geometry": _points(positions.lon, positions.lat),
    }
    located = ledger.assign(
        **{name: pd.Series(values, index=ledger.index) for name, values in columns.items()}
    )
    return LOCATED.shaped(located)


def _confidence(precision: Precision, findings: tuple[Reason, ...]) -> float:
    doubted = any(finding.code in _DOUBTS for finding in findings)
    return CONFIDENCE[precision] / 2 if doubted else CONFIDENCE[precision]


def _names(ids: NDArray[Any], areas: gpd.GeoDataFrame) -> list[str | None]:
    names: dict[str | None, str] = dict(zip(areas["id"], areas["name"], strict=True))
    return [names.get(each) for each in ids]


def _objects(values: list[tuple[Reason, ...]]) -> NDArray[Any]:
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array


def _points(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> Any:
    points = np.full(len(lon), None, dtype=object)
    known = np.isfinite(lon)
    points[known] = shapely.points(lon[known], lat[known])
    return gpd.GeoSeries(points, crs=CRS).array
