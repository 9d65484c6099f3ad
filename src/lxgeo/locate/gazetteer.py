"""The index from names to places that a district's areas give."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from lxgeo.errors import AreasError, Words
from lxgeo.geo import metric_crs, project
from lxgeo.locate.address import house_number, spans
from lxgeo.locate.extent import Part, held_by, parts
from lxgeo.locate.finder import Finder
from lxgeo.locate.names import (
    aliases,
    district_forms,
    fold,
    says_only_a_type,
    split_tail,
    township_forms,
    village_forms,
)
from lxgeo.locate.places import DIGITS, SLIVER, Layer, Place
from lxgeo.model import Areas

_SHORT = 3
_WELL_DEGREES = 0.0005  # some 50 m


@dataclass(frozen=True)
class Gazetteer:
    """Names and numbers of a district's areas.

    Parameters
    ----------
    finder
        Names as they stand in addresses → the places that bear them.
    exact
        (layer, name) → places, short forms included: for columns that hold a name alone.
    numbered
        (road, house number) → the buildings and parks that stand there.
    streets
        Road name → its line in the district's metric CRS.
    district_stems
        Names of the townships' districts without their endings.
    township_names
        Township id → its name.
    """

    finder: Finder
    exact: Mapping[tuple[Layer, str], tuple[Place, ...]]
    numbered: Mapping[tuple[str, str], tuple[Place, ...]]
    streets: Mapping[str, Any]
    district_stems: frozenset[str]
    township_names: Mapping[str, str]


def build_gazetteer(areas: Areas) -> Gazetteer:
    """Return the index over a district's areas.

    Parameters
    ----------
    areas
        All layers in EPSG:4326. Townships, their districts, villages, parks, buildings and named
        roads become findable by name and alias; buildings and parks by their address, too.

    Raises
    ------
    AreasError
        No township.
    """
    if areas.townships.empty:
        raise AreasError(
            Words(
                zh="乡镇图层 townships 没有任何乡镇：请检查该文件",
                en="the layer 'townships' holds no township: look into that file",
            )
        )
    crs = _district_crs(areas.townships)
    townships, districts = _townships(areas.townships)
    villages = _area_places(Layer.VILLAGES, areas.layers["villages"], areas, crs)
    parks = _area_places(Layer.PARKS, areas.parks, areas, crs)
    buildings = _area_places(Layer.BUILDINGS, areas.buildings, areas, crs)
    roads, streets = _roads(areas, {park.id: park for park, _ in parks}, crs)
    known_roads = Finder.of({road.name: (road,) for road in roads})
    sited = [_sited(place, address, known_roads) for place, address in [*buildings, *parks]]
    unmapped = sorted({place.road for place, _ in sited if place.road} - set(known_roads.places))
    roads += [Place(Layer.ROADS, name, name) for name in unmapped]

    index = _Index()
    for place in [*townships, *districts, *(village for village, _ in villages), *roads]:
        index.add(place)
    numbered: dict[tuple[str, str], list[Place]] = {}
    for place, number in sited:
        index.add(place)
        if place.road and number:
            numbered.setdefault((place.road, number), []).append(place)
    for layer, table in areas.layers.items():
        if layer in {each.value for each in Layer}:
            index.add_aliases(Layer(layer), table)
    return Gazetteer(
        finder=Finder.of(index.in_addresses()),
        exact=index.exactly(),
        numbered={key: tuple(places) for key, places in numbered.items()},
        streets=streets,
        district_stems=frozenset(district_forms(fold(each.name))[1] for each in districts),
        township_names={township.id: township.name for township in townships},
    )


class _Index:
    """Names gathered for a gazetteer: those found inside addresses, and those that stand alone."""

    def __init__(self) -> None:
        self._inside: dict[str, dict[tuple[str, str, str], Place]] = {}
        self._alone: dict[tuple[Layer, str], dict[tuple[str, str, str], Place]] = {}
        self._places: dict[tuple[Layer, str], Place] = {}

    def add(self, place: Place) -> None:
        """Add a place under its own name."""
        self._places[place.layer, place.id] = place
        self._add_name(place, fold(place.name))

    def add_aliases(self, layer: Layer, table: gpd.GeoDataFrame) -> None:
        """Add a layer's places under their aliases."""
        for place_id, also in zip(table["id"], table["aliases"].fillna(""), strict=True):
            place = self._places.get((layer, place_id))
            if place is not None:
                for alias in aliases(fold(also)):
                    self._add_name(place, alias)

    def _add_name(self, place: Place, name: str) -> None:
        if place.layer is Layer.TOWNSHIPS:
            forms, stem = township_forms(name)
            self._add_forms(place, forms, (name, stem))
        elif place.layer is Layer.DISTRICTS:
            forms, stem = district_forms(name)
            self._add_forms(place, forms, (stem,))
        elif place.layer is Layer.VILLAGES:
            forms, stem = village_forms(name)
            self._add_forms(place, forms, (name, stem))
        elif place.layer in {Layer.BUILDINGS, Layer.PARKS}:
            base, tail = split_tail(name)
            vague = len(base) < _SHORT or says_only_a_type(base)
            place = dataclasses.replace(place, tail=tail, vague=vague)
            self._add_forms(place, (base,), (base,))
            if not tail:
                self._add_forms(place, (name,), (name,))
        else:
            self._add_forms(place, (name,), (name,))

    def _add_forms(self, place: Place, inside: Iterable[str], alone: Iterable[str]) -> None:
        key = (place.layer, place.id, ",".join(sorted(place.tail)))
        for form in inside:
            self._inside.setdefault(form, {})[key] = place
        for form in [*inside, *alone]:
            self._alone.setdefault((place.layer, form), {})[key] = place

    def in_addresses(self) -> dict[str, tuple[Place, ...]]:
        """Return name → places, sorted by layer and id."""
        return {form: _sorted(places) for form, places in self._inside.items() if len(form) > 1}

    def exactly(self) -> dict[tuple[Layer, str], tuple[Place, ...]]:
        """Return (layer, name) → places, sorted by id."""
        return {key: _sorted(places) for key, places in self._alone.items()}


def _sorted(places: Mapping[tuple[str, str, str], Place]) -> tuple[Place, ...]:
    return tuple(places[key] for key in sorted(places))


def _district_crs(townships: gpd.GeoDataFrame) -> str:
    west, _, east, _ = townships.total_bounds
    return metric_crs(float(west + east) / 2)


def _townships(table: gpd.GeoDataFrame) -> tuple[list[Place], list[Place]]:
    """Return the townships, and the districts that they name themselves part of."""
    whole = {each: Part(each, 1.0, np.nan, np.nan) for each in table["id"]}
    townships = [
        Place(Layer.TOWNSHIPS, each, name, (whole[each],))
        for each, name in zip(table["id"], table["name"], strict=True)
    ]
    members: dict[str, list[Part]] = {}
    for each, name in sorted(zip(table["id"], table["district"], strict=True)):
        if not pd.isna(name):
            members.setdefault(name, []).append(whole[each])
    districts = [
        Place(Layer.DISTRICTS, name, name, tuple(inside)) for name, inside in members.items()
    ]
    return townships, districts


def _area_places(
    layer: Layer, table: gpd.GeoDataFrame, areas: Areas, crs: str
) -> list[tuple[Place, str]]:
    """Return a layer's places, each with its folded address; those without a geometry go."""
    table = table[table.geometry.notna() & ~table.geometry.is_empty]
    points = shapely.point_on_surface(table.geometry.to_numpy())
    lon, lat = np.round(shapely.get_x(points), DIGITS), np.round(shapely.get_y(points), DIGITS)
    x, y = project(lon, lat, crs)
    if layer is Layer.BUILDINGS:
        inside = _of_points(lon, lat, areas.townships)
    else:
        inside = parts(table.geometry.to_numpy(), areas.townships)
    addresses = table["address"].fillna("")
    return [
        (
            Place(
                layer,
                each,
                name,
                parts=inside[i],
                point=(float(lon[i]), float(lat[i])),
                metres=(float(x[i]), float(y[i])),
                tail=split_tail(fold(name))[1],
            ),
            fold(address),
        )
        for i, (each, name, address) in enumerate(
            zip(table["id"], table["name"], addresses, strict=True)
        )
    ]


def _of_points(
    lon: NDArray[np.float64], lat: NDArray[np.float64], townships: gpd.GeoDataFrame
) -> list[tuple[Part, ...]]:
    """Return the one township of each point, as its only part; none outside all townships."""
    ids = townships["id"].to_numpy(dtype=object)
    return [
        (Part(ids[at], 1.0, float(lon[i]), float(lat[i])),) if at >= 0 else ()
        for i, at in enumerate(held_by(lon, lat, townships))
    ]


def _sited(place: Place, address: str, roads: Finder) -> tuple[Place, str | None]:
    """Return a place with the road of its address, and its house number there."""
    labelled = spans(address)
    cuts = [at for span in labelled for at in (span.start, span.end)]
    for found in roads.find(address, cuts):
        road = found.places[0].name
        return dataclasses.replace(place, road=road), _number_at(address, found.end)
    for span in labelled:
        if span.label == "road":
            road = address[span.start : span.end]
            return dataclasses.replace(place, road=road), _number_at(address, span.end)
    return place, None


def _number_at(address: str, start: int) -> str | None:
    number = house_number(address, start)
    return number[0] if number else None


def _roads(
    areas: Areas, parks: Mapping[str, Place], crs: str
) -> tuple[list[Place], dict[str, Any]]:
    """Return the named roads, each as one place, and their lines in metres."""
    lines: dict[str, list[Any]] = {}
    for name, line in zip(areas.roads["name"], areas.roads.geometry, strict=True):
        if line is not None and fold(name):
            lines.setdefault(fold(name), []).append(line)
    names = sorted(lines)
    merged = np.empty(len(names), dtype=object)
    merged[:] = [shapely.line_merge(shapely.union_all(lines[name])) for name in names]
    by_township = parts(merged, areas.townships)
    by_park = parts(merged, areas.parks)
    ends = _ends_inside(merged, by_township, areas)
    roads = [
        Place(
            Layer.ROADS,
            name,
            name,
            parts=by_township[i],
            park=next((parks[part.area] for part in by_park[i] if part.share > 1 - SLIVER), None),
            ends_inside=bool(ends[i]),
        )
        for i, name in enumerate(names)
    ]
    metres = shapely.transform(merged, lambda xy: np.column_stack(project(xy[:, 0], xy[:, 1], crs)))
    return roads, cast("dict[str, Any]", dict(zip(names, metres, strict=True)))


def _ends_inside(
    roads: NDArray[Any], by_township: list[tuple[Part, ...]], areas: Areas
) -> NDArray[np.bool_]:
    """Return which roads end well inside one township and well inside the mapped ground."""
    border = dict(
        zip(areas.townships["id"], shapely.boundary(areas.townships.geometry), strict=True)
    )
    only = np.array(
        [border[each[0].area] if len(each) == 1 else None for each in by_township], dtype=object
    )
    edge = shapely.boundary(shapely.box(*areas.roads.total_bounds))
    crosses = shapely.dwithin(roads, only, _WELL_DEGREES) | shapely.dwithin(
        roads, edge, _WELL_DEGREES
    )
    return ~shapely.is_missing(only) & ~crosses
