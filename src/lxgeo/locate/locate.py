"""LEDGER → LOCATED: where each unit is, how exactly, and in which areas."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from lxgeo.geo.metric import DIGITS
from lxgeo.locate.assign import Assigned, Positions, assign
from lxgeo.locate.candidates import CONFIDENCE, written
from lxgeo.locate.coordinates import Declared, declared_coordinates
from lxgeo.locate.crowds import with_hotspots
from lxgeo.locate.divisions import Divisions
from lxgeo.locate.gazetteer import Gazetteer, build_gazetteer
from lxgeo.locate.geocoder import Geocoder
from lxgeo.locate.guard import CoordinateReport, examine_coordinates
from lxgeo.locate.lattice import Wordings
from lxgeo.locate.names import fold
from lxgeo.locate.online import with_answers
from lxgeo.locate.piles import find_piles, in_footprints
from lxgeo.locate.reading import Reading, Rows, RowText, Said
from lxgeo.locate.resolve import Fix, resolve
from lxgeo.model import Areas, Precision, Reason, Rule
from lxgeo.tables import CRS, GAZETTEER, HOTSPOTS, LEDGER, LOCATED

_DOUBTS = frozenset(
    {
        Rule.DATUM_UNKNOWN,
        Rule.COORDINATES_OUTSIDE,
        Rule.DATUM_SUSPECTED,
        Rule.DATUMS_MIXED,
        Rule.ADDRESS_DISAGREES,
        Rule.PLACE_AMBIGUOUS,
        Rule.PLACE_DISAGREES,
        Rule.POSITION_PILED,
    }
)
_TEXTS = ("address", "township_named", "village_named", "park_named", "building_named")
_VAGUE = frozenset({Precision.DISTRICT, Precision.NONE})
_FINE = frozenset({Precision.BUILDING, Precision.HOUSE_NUMBER, Precision.ROAD})


class Survey(NamedTuple):
    """What locating a ledger found.

    Parameters
    ----------
    located
        `lxgeo.tables.LOCATED`.
    coordinates
        Whether the coordinates that it gives are what they are taken for.
    hotspots
        `lxgeo.tables.HOTSPOTS`: dense places that no area is known for.
    """

    located: gpd.GeoDataFrame
    coordinates: CoordinateReport
    hotspots: gpd.GeoDataFrame


def locate(
    ledger: pd.DataFrame,
    areas: Areas,
    *,
    divisions: Divisions | None = None,
    gazetteer: gpd.GeoDataFrame | None = None,
    geocoder: Geocoder | None = None,
) -> gpd.GeoDataFrame:
    """Return the ledger with positions and the areas that hold them.

    Coordinates that the ledger gives come first, converted to WGS 84; where there are none, or they
    can't be read or lie far outside the district, the names and numbers of the row decide (see
    `lxgeo.locate.resolve`). A row known by its township or district only has no coordinates.

    Parameters
    ----------
    ledger
        `lxgeo.tables.LEDGER`.
    areas
        The district's areas, EPSG:4326; their names, addresses and roads are looked for, too.
    divisions
        The table of divisions (`lxgeo.read.read_divisions`), to tell addresses elsewhere by;
        without it, what the areas know must do.
    gazetteer
        `lxgeo.tables.GAZETTEER`: more names and addresses whose places are known.
    geocoder
        Asked, once, for the addresses that are known no better than by their road.

    Returns
    -------
    GeoDataFrame
        `lxgeo.tables.LOCATED`: every row of the ledger, in its order, with ``findings`` added
        (``datum_unknown``, ``coordinates_unreadable``, ``coordinates_outside``,
        ``datum_suspected``, ``datums_mixed``, ``place_ambiguous``, ``place_alike``,
        ``address_disagrees``, ``place_disagrees``, ``geocoded_elsewhere``, ``position_piled``).
        ``matched`` is what the position rests on; ``candidates`` holds up to three places as JSON,
        where there was a doubt.

    Raises
    ------
    TableError
        The ledger is no `LEDGER`, or the gazetteer no `GAZETTEER`.
    ServiceError
        The geocoder failed.
    """
    return survey(
        ledger, areas, divisions=divisions, gazetteer=gazetteer, geocoder=geocoder
    ).located


def survey(
    ledger: pd.DataFrame,
    areas: Areas,
    *,
    divisions: Divisions | None = None,
    gazetteer: gpd.GeoDataFrame | None = None,
    geocoder: Geocoder | None = None,
) -> Survey:
    """Return the ledger as `locate` does, and what else there is to tell about its positions."""
    LEDGER.check(ledger)
    if gazetteer is not None:
        GAZETTEER.check(gazetteer)
    known = build_gazetteer(areas, divisions, gazetteer)
    declared = declared_coordinates(ledger, areas.townships)
    texts = _texts(ledger)
    folded = {text.address: fold(text.address) for text in texts}
    addresses = Wordings(folded.values(), known.divisions, known.figures_tell)
    rows = Rows(addresses, known)
    readings = {text: rows.read(text, folded[text.address]) for text in dict.fromkeys(texts)}
    places = {each: resolve(each, known) for each in dict.fromkeys(readings.values())}
    fixes = {text: places[reading] for text, reading in readings.items()}
    if geocoder is not None:
        unplaced = np.flatnonzero(np.isnan(declared.lon) | declared.astray).tolist()
        wanted = [texts[i] for i in unplaced]
        fixes = with_answers(fixes, readings, wanted, areas.townships, geocoder)
    named = [fixes[text] for text in texts]
    positions = _positions(
        [readings[text] for text in texts],
        named,
        declared,
        [folded[text.address] for text in texts],
    )
    assigned = assign(positions, areas, known)
    piled = _piled(ledger, positions, named, areas, known)
    claims = [_claimed(reading.said) for reading in positions.readings]
    coordinates = examine_coordinates(ledger, areas, claims)
    located = _located(ledger, areas, positions, declared, (assigned, piled, coordinates))
    crowded = with_hotspots(located, addresses)
    return Survey(crowded.located, coordinates, crowded.hotspots)


def survey_unmapped(ledger: pd.DataFrame, areas: Areas) -> Survey:
    """Return a ledger's rows where no township is known: coordinates as given, and nothing else.

    Parameters
    ----------
    ledger
        `lxgeo.tables.LEDGER`.
    areas
        Areas without a township: names and numbers then mean no place, and whether coordinates
        are what they are taken for can't be told.

    Returns
    -------
    Survey
        Every row, in no area; ``precision`` is ``given`` or ``none``.
    """
    LEDGER.check(ledger)
    declared = declared_coordinates(ledger, areas.townships)
    given = np.isfinite(declared.lon)
    fixes = [Fix(Precision.GIVEN if each else Precision.NONE) for each in given]
    positions = Positions(declared.lon, declared.lat, [fix.precision for fix in fixes], [], fixes)
    assigned = Assigned.nowhere(len(ledger))
    unseen = CoordinateReport((), {}, assigned.findings)
    located = _located(ledger, areas, positions, declared, (assigned, {}, unseen))
    return Survey(located, unseen, HOTSPOTS.shaped(gpd.GeoDataFrame(geometry=[], crs=CRS)))


def _claimed(said: tuple[Said, ...]) -> frozenset[str]:
    """Return the townships that fit all that a row claims; none where its claims differ."""
    fits = [each.townships for each in said]
    return frozenset.intersection(*fits) if fits else frozenset()


def _texts(ledger: pd.DataFrame) -> list[RowText]:
    filled = (ledger[column].fillna("").tolist() for column in _TEXTS)
    return [RowText(*texts) for texts in zip(*filled, strict=True)]


def _positions(
    readings: list[Reading], named: list[Fix], declared: Declared, addresses: list[str]
) -> Positions:
    """Return each row's point: as declared, else where its names put it."""
    # Coordinates far outside give way to what the row names, if that is a place at all.
    places = np.array([fix.precision not in _VAGUE for fix in named], dtype=bool)
    given = np.isfinite(declared.lon) & ~(declared.astray & places)
    found = [Fix(Precision.GIVEN) if given[i] else fix for i, fix in enumerate(named)]
    points = np.array([fix.point or (np.nan, np.nan) for fix in found]).reshape(-1, 2)
    return Positions(
        lon=np.where(given, declared.lon, np.round(points[:, 0], DIGITS)),
        lat=np.where(given, declared.lat, np.round(points[:, 1], DIGITS)),
        precision=[fix.precision for fix in found],
        readings=readings,
        fixes=found,
        addresses=addresses,
    )


def _piled(
    ledger: pd.DataFrame,
    positions: Positions,
    named: list[Fix],
    areas: Areas,
    gazetteer: Gazetteer,
) -> dict[int, Reason]:
    """Return the rows that lie in a pile of units, but those whose ledger has told it already."""
    solid = in_footprints(positions.lon, positions.lat, areas.buildings)
    solid |= np.array([fix.solid for fix in positions.fixes], dtype=bool)
    piles = find_piles(
        (positions.lon, positions.lat),
        positions.precision,
        [fix.point if fix.precision in _FINE else None for fix in named],
        solid,
        areas.townships,
        gazetteer.crs,
    )
    told = ledger["findings"].map(lambda has: any(each.code is Rule.PLACE_SHARED for each in has))
    return {i: reason for i, reason in piles.items() if not told.iloc[i]}


def _located(
    ledger: pd.DataFrame,
    areas: Areas,
    positions: Positions,
    declared: Declared,
    found: tuple[Assigned, dict[int, Reason], CoordinateReport],
) -> gpd.GeoDataFrame:
    assigned, piled, coordinates = found
    findings = [
        (*mine, *given, *fix.findings, *more, *([piled[i]] if i in piled else []))
        for i, (mine, given, fix, more) in enumerate(
            zip(
                *(ledger["findings"], declared.findings, positions.fixes, assigned.findings),
                strict=True,
            )
        )
    ]
    findings = coordinates.joined(findings)
    columns: dict[str, Sequence[Any] | NDArray[Any]] = {
        "lon": positions.lon,
        "lat": positions.lat,
        "precision": [str(each) for each in positions.precision],
        "confidence": list(map(_confidence, positions.fixes, findings)),
        "matched": [fix.matched or None for fix in positions.fixes],
        "candidates": [written(fix.candidates) for fix in positions.fixes],
        "township_id": assigned.township,
        "township": _names(assigned.township, areas.townships),
        "village_id": assigned.village,
        "park_id": assigned.park,
        "park": _names(assigned.park, areas.parks),
        "building_id": assigned.building,
        "building": _names(assigned.building, areas.buildings),
        "corridor_id": assigned.corridor,
        "market_id": assigned.market,
        "block_id": assigned.block,
        "grid_id": assigned.grid,
        "findings": _objects(findings),
        "geometry": _points(positions.lon, positions.lat),
    }
    located = ledger.assign(
        **{name: pd.Series(values, index=ledger.index) for name, values in columns.items()}
    )
    return LOCATED.shaped(located)


def _confidence(fix: Fix, findings: tuple[Reason, ...]) -> float:
    sure = CONFIDENCE[fix.precision] if fix.confidence is None else fix.confidence
    return sure / 2 if any(finding.code in _DOUBTS for finding in findings) else sure


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
