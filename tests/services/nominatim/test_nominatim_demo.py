"""The demo district, asked for at a real Nominatim (see scripts/nominatim_demo.py).

Collected only with ``LXGEO_NOMINATIM=http://127.0.0.1:8099``.
"""

from __future__ import annotations

import os
from pathlib import Path

import geopandas as gpd
import pytest
from shapely import Point

from lxgeo.locate.geocoder import Answer
from lxgeo.model import Datum, Precision
from lxgeo.read import read_areas
from lxgeo.services.geocoders import open_geocoder

DEMO = Path(__file__).resolve().parents[3] / "data" / "boundaries" / "demo"
METRES = "EPSG:4544"
"""CGCS2000, 3 degrees, central meridian 105° E: a fixed choice for 104° E."""


@pytest.fixture(scope="module")
def buildings() -> gpd.GeoDataFrame:
    """Return the demo's buildings."""
    return gpd.read_file(DEMO / "buildings.geojson")


def ask(addresses: list[str], cache: Path, monkeypatch: pytest.MonkeyPatch) -> list[Answer | None]:
    """Return Nominatim's answers."""
    monkeypatch.setenv("LXGEO_NOMINATIM_URL", os.environ["LXGEO_NOMINATIM"])
    geocoder = open_geocoder("nominatim", allow_upload=True, cache=cache)
    return list(geocoder.geocode(addresses))


def metres(answers: list[Answer], shapes: gpd.GeoSeries) -> list[float]:
    """Return how far each answer is from its shape."""
    points = gpd.GeoSeries([Point(a.lon, a.lat) for a in answers], crs="EPSG:4326")
    return points.to_crs(METRES).distance(shapes.to_crs(METRES).reset_index(drop=True)).tolist()


def test_a_door_is_found_by_road_and_number(
    buildings: gpd.GeoDataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All addresses of buildings, with township, floor and room: the point lies in the building."""
    addresses = [f"{address}3楼302室" for address in buildings["address"]]
    answers = ask(addresses, tmp_path, monkeypatch)

    assert None not in answers
    found = [answer for answer in answers if answer]
    assert {answer.datum for answer in found} == {Datum.WGS84}
    assert {answer.precision for answer in found} == {Precision.BUILDING}
    assert max(metres(found, buildings.geometry)) < 1


def test_a_building_is_found_by_its_name(
    buildings: gpd.GeoDataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The point lies in it."""
    answers = ask(buildings["name"].tolist(), tmp_path, monkeypatch)
    found = [answer for answer in answers if answer]

    assert len(found) == len(buildings)
    assert {answer.precision for answer in found} == {Precision.BUILDING}
    assert max(metres(found, buildings.geometry)) < 1


def test_a_number_that_is_not_in_the_map_is_its_road(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The road is what is claimed, and the point lies on it."""
    roads = read_areas(DEMO).roads.dissolve("name")
    names = sorted(roads.index)
    answers = ask([f"{name}99999号" for name in names], tmp_path, monkeypatch)
    found = [answer for answer in answers if answer]

    assert len(found) == len(names) > 50
    assert {answer.precision for answer in found} == {Precision.ROAD}
    assert max(metres(found, roads.geometry)) < 1


def test_a_township_is_a_township_and_nowhere_is_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither is joined on."""
    township, nowhere = ask(["岚光街道", "没有这条路12号"], tmp_path, monkeypatch)

    assert township is None or not township.precision.joinable
    assert nowhere is None
