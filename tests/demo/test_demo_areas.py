"""The district's areas hold together as a real district's would."""

from __future__ import annotations

import json
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from lxgeo.demo.plane import lonlat, plane

METRIC = "EPSG:4544"  # CGCS2000, 3-degree zone about 105° E
LAYERS = {"townships", "parks", "buildings", "villages", "branches", "venues", "barriers"}


def test_plane_leads_back_to_where_it_came_from() -> None:
    """A place of the plane, written with 7 decimals, is found again within 2 cm.

    At 38.6° N a degree of longitude is cos 38.6° · 111.32 km ≈ 87.1 km and one of latitude
    ≈ 111.0 km, so 10 km are about 0.1148° and 0.0901°.
    """
    lon, lat = lonlat(10_000, 10_000)

    assert (round(lon - 104, 3), round(lat - 38.6, 3)) == (0.115, 0.090)
    assert plane(lon, lat) == pytest.approx((10_000, 10_000), abs=0.02)


def test_every_layer_is_wgs84_valid_and_named(layer: dict[str, gpd.GeoDataFrame]) -> None:
    """Each layer opens in EPSG:4326 with valid shapes, unique ids and names, 7 decimals at most."""
    assert layer.keys() == LAYERS
    for frame in layer.values():
        assert frame.crs == "EPSG:4326"
        assert frame.geometry.is_valid.all()
        assert frame["id"].is_unique
        assert frame["name"].is_unique
        corners = shapely.get_coordinates(frame.geometry)
        assert np.array_equal(corners, corners.round(7))


def test_geojson_is_as_rfc_7946_says(folder: Path) -> None:
    """No crs member, longitude first, outer rings counterclockwise and closed."""
    files = sorted(folder.glob("*.geojson"))
    assert {file.stem for file in files} >= LAYERS
    for file in files:
        collection = json.loads(file.read_text(encoding="utf-8"))

        assert collection["type"] == "FeatureCollection"
        assert "crs" not in collection
        for feature in collection["features"]:
            shape = shapely.geometry.shape(feature["geometry"])
            assert 103 < shape.centroid.x < 105
            if shape.geom_type == "Polygon":
                rings = feature["geometry"]["coordinates"]
                assert all(ring[0] == ring[-1] for ring in rings)
                assert shape.exterior.is_ccw


def test_townships_tile_the_district(layer: dict[str, gpd.GeoDataFrame]) -> None:
    """Twelve townships share every corner of their borders: no gap, no overlap, one outline."""
    shapes = layer["townships"].geometry
    whole = shapely.union_all(shapes)

    assert len(shapes) == 12
    assert shapely.coverage_is_valid(shapes.to_numpy())
    assert whole.geom_type == "Polygon"
    assert len(whole.interiors) == 0
    assert shapely.area(shapes.to_numpy()).sum() == pytest.approx(whole.area, rel=1e-12)


def test_district_has_the_size_and_mix_of_a_county(layer: dict[str, gpd.GeoDataFrame]) -> None:
    """About 30 by 24 km; four streets, five towns, three rural townships; four kinds of land."""
    towns = layer["townships"]
    west, south, east, north = towns.to_crs(METRIC).total_bounds

    assert (east - west) / 1000 == pytest.approx(30, abs=1.5)
    assert (north - south) / 1000 == pytest.approx(24, abs=1.5)
    assert towns["name"].str[-1].value_counts().to_dict() == {"道": 4, "镇": 5, "乡": 3}
    assert set(towns["kind"]) == {"urban", "town", "plain", "mountain"}
    assert (towns["kind"] == "urban").equals(towns["name"].str.endswith("街道"))
    assert set(towns["district"]) == {"云溪区"}
    assert towns["id"].str.fullmatch(r"98\d{7}").all()


def test_borders_are_no_straight_lines(layer: dict[str, gpd.GeoDataFrame]) -> None:
    """Each border winds: it has many corners and turns both ways."""
    for shape in layer["townships"].geometry:
        corners = shapely.get_coordinates(shape)
        steps = np.diff(corners, axis=0)
        turns = steps[:-1, 0] * steps[1:, 1] - steps[:-1, 1] * steps[1:, 0]

        assert len(corners) > 60
        assert 0.15 < (turns < 0).mean() < 0.85


def test_parks_lie_where_they_say(layer: dict[str, gpd.GeoDataFrame]) -> None:
    """Eight parks: two with a committee that approves, one across two townships, none touching."""
    parks, towns = layer["parks"], layer["townships"]
    shares = {
        park["name"]: [
            round(park.geometry.intersection(town).area / park.geometry.area, 2)
            for town in towns.geometry
            if park.geometry.intersects(town)
        ]
        for _, park in parks.iterrows()
    }
    across = [name for name, parts in shares.items() if len(parts) > 1]

    assert len(parks) == 8
    assert parks["has_committee"].sum() == 2
    assert parks["approver"].notna().equals(parks["has_committee"])
    assert across == ["溪东现代物流园"]
    assert min(shares["溪东现代物流园"]) > 0.3
    assert len(gpd.sjoin(parks, parks, predicate="intersects")) == 8


def test_buildings_stand_apart_and_in_one_township_each(
    layer: dict[str, gpd.GeoDataFrame],
) -> None:
    """Sixty footprints, each with an address of its own, most in the city; some have aliases."""
    buildings, towns = layer["buildings"], layer["townships"]
    home = gpd.sjoin(buildings, towns[["kind", "geometry"]], predicate="within")
    sides = buildings.to_crs(METRIC).area

    assert len(buildings) == len(home) == 60
    assert (home["kind"] == "urban").sum() > 40
    assert len(gpd.sjoin(buildings, buildings, predicate="intersects")) == 60
    assert buildings["address"].str.fullmatch(r"\w+[路街道]\d+号").all()
    assert buildings["address"].is_unique
    assert 10 <= buildings["aliases"].notna().sum() < 60
    assert sides.between(500, 4000).all()


def test_villages_lie_in_their_townships(layer: dict[str, gpd.GeoDataFrame]) -> None:
    """Each village's polygon lies in the township that it names, and no two overlap."""
    villages, towns = layer["villages"], layer["townships"]
    inside = [
        towns.geometry[village["township_id"]].contains(village.geometry)
        for _, village in villages.iterrows()
    ]

    assert len(villages) > 40
    assert all(inside)
    assert len(gpd.sjoin(villages, villages, predicate="overlaps")) == 0


def test_branches_count_what_the_ledger_counts(
    layer: dict[str, gpd.GeoDataFrame], truth: pd.DataFrame
) -> None:
    """A branch's units and full members are those of its rows; village branches have none."""
    branches = layer["branches"]
    rows = truth[truth["branch_id"] != ""]
    units = rows.groupby("branch_id").size()
    full = rows["full_members"].astype(int).groupby(rows["branch_id"]).sum()
    known = branches.loc[units.index]

    assert len(branches) == 60
    assert known["units"].tolist() == units.tolist()
    assert known["full_members"].tolist() == full.tolist()
    assert branches.drop(units.index)["name"].str.endswith("村党支部").all()
    assert set(branches["kind"]) == {"joint", "standalone"}
    assert (branches.loc[branches["kind"] == "standalone", "units"] == 1).all()


def test_some_branches_break_todays_rules(layer: dict[str, gpd.GeoDataFrame]) -> None:
    """Two joint branches exceed five units, one is of a single unit, two have under three."""
    joint = layer["branches"].query("kind == 'joint'")

    assert len(joint) == 21
    assert (joint["units"] > 5).sum() == 2
    assert (joint["units"] == 1).sum() == 1
    assert (joint["full_members"] < 3).sum() == 2
    assert (joint["capacity"] == 5).all()
