"""units, branches, links and hulls as GeoJSON: what the standard and the contract promise."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import shapely
from pyproj import Transformer
from rfc7946 import faults

from lxgeo.publish import Release
from lxgeo.publish.gis.geojson import write_geojson
from lxgeo.publish.gis.layers import hulls, links, write_gis
from lxgeo.tables import BRANCHES, HULLS, LINKS, UNITS
from town import EPSG, lonlat

FILES = {
    "units.geojson": (UNITS, "Point"),
    "branches.geojson": (BRANCHES, "Point"),
    "links.geojson": (LINKS, "LineString"),
    "hulls.geojson": (HULLS, "Polygon"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, release: Release) -> Path:
    """Return a folder with the town's GIS files."""
    made = tmp_path_factory.mktemp("gis")
    write_gis(made, release)
    return made


def features(path: Path) -> list[dict[str, Any]]:
    """Return a file's features."""
    return list(json.loads(path.read_text(encoding="utf-8"))["features"])


@pytest.mark.parametrize("name", FILES)
def test_every_file_is_strict_geojson(folder: Path, name: str) -> None:
    """A strict reader of RFC 7946 refuses nothing, and there is something to read."""
    assert features(folder / name)
    assert faults((folder / name).read_bytes()) == []


@pytest.mark.parametrize("name", FILES)
def test_columns_and_shapes_are_the_contract_s(folder: Path, name: str) -> None:
    """Properties are the table's columns in order; one kind of geometry a file."""
    table, shape = FILES[name]

    for feature in features(folder / name):
        assert list(feature["properties"]) == table.names
        assert feature["geometry"]["type"] == shape


def test_units_stand_where_they_are(folder: Path) -> None:
    """Every row with a position is there, in ledger order; U9, without one, is not."""
    found = features(folder / "units.geojson")

    assert [each["properties"]["unit_id"] for each in found] == [f"U{i}" for i in range(1, 9)]
    assert found[0]["geometry"]["coordinates"] == list(lonlat(300, 500))
    assert found[0]["properties"]["lon"] == found[0]["geometry"]["coordinates"][0]


def test_values_keep_their_kind(folder: Path) -> None:
    """Whole numbers are numbers, flags true or false, what is unknown is null."""
    first, second = (each["properties"] for each in features(folder / "units.geojson")[:2])

    assert (first["full_members"], first["is_host"], second["is_host"]) == (5, False, True)
    assert type(first["full_members"]) is int
    assert first["credit_code"] is None
    assert first["branch_id"] is None
    assert first["distance_m"] is None


def test_links_lead_from_each_unit_to_its_host(folder: Path) -> None:
    """U3 and U4 lead to U2, U7 to U6; hosts have no link, units in no branch neither."""
    found = features(folder / "links.geojson")
    told = [(each["properties"]["unit_id"], each["properties"]["host_id"]) for each in found]

    assert told == [("U3", "U2"), ("U4", "U2"), ("U7", "U6")]
    assert found[1]["geometry"]["coordinates"] == [
        list(lonlat(1000, 1400)),
        list(lonlat(1000, 1000)),
    ]
    assert found[1]["properties"]["distance_m"] == 400.0


def test_hulls_reach_thirty_metres_beyond_the_units(folder: Path) -> None:
    """Around U2, U3 (one point) and U4, 400 m apart: 400 × 60 m and a disc of 30 m."""
    joint, old = features(folder / "hulls.geojson")
    to_metres = Transformer.from_crs(4326, EPSG, always_xy=True).transform
    drawn = shapely.transform(
        shapely.geometry.shape(joint["geometry"]), to_metres, interleaved=False
    )

    assert drawn.area == pytest.approx(400 * 60 + 3.1416 * 30**2, rel=0.01)
    assert joint["properties"]["units"] == 3
    assert old["properties"]["branch_id"] == "Eaaaaaaaaaa"


def test_branches_without_a_located_unit_have_no_hull_and_no_link(release: Release) -> None:
    """A branch known from the areas only is one feature of branches, and nothing to surround."""
    units = release.units[release.units["branch_id"] != "Eaaaaaaaaaa"]

    assert hulls(units, release.branches)["branch_id"].tolist() == ["B0a1b2c3d4e"]
    assert links(units, release.branches)["unit_id"].tolist() == ["U3", "U4"]


def test_units_looked_after_are_no_part_of_a_branch(release: Release) -> None:
    """A unit without members may name the branch that looks after it: no link, no larger hull."""
    units = release.units.copy()
    units.loc[units["unit_id"] == "U5", "branch_id"] = "B0a1b2c3d4e"

    assert "U5" not in links(units, release.branches)["unit_id"].tolist()
    before, after = (hulls(each, release.branches) for each in (release.units, units))
    assert before.geometry.geom_equals(after.geometry).all()


def test_a_branch_without_a_position_is_an_unlocated_feature(
    tmp_path: Path, release: Release
) -> None:
    """It stands among the branches with geometry null, as RFC 7946 3.2 has it."""
    branches = release.branches.copy()
    branches.loc[1, "geometry"] = None
    write_geojson(tmp_path / "b.geojson", branches, BRANCHES)

    assert faults((tmp_path / "b.geojson").read_bytes()) == []
    assert [each["geometry"] is None for each in features(tmp_path / "b.geojson")] == [False, True]


def test_nothing_to_draw_is_an_empty_collection(tmp_path: Path, release: Release) -> None:
    """A plan without branches writes whole, empty files."""
    units, none = release.units, release.branches.iloc[:0]
    write_geojson(tmp_path / "links.geojson", links(units, none), LINKS)
    write_geojson(tmp_path / "hulls.geojson", hulls(units, none), HULLS)

    for name in ("links.geojson", "hulls.geojson"):
        assert faults((tmp_path / name).read_bytes()) == []
        assert features(tmp_path / name) == []


@pytest.mark.parametrize(
    ("spoilt", "section"),
    [
        ('{"type":"FeatureCollection","crs":{},"features":[]}', "4: holds a crs"),
        ('{"type":"FeatureCollection","bbox":[1,2,1,3],"features":[FEATURE]}', "5: bbox"),
        ('{"type":"FeatureCollection","features":[FEATURE]}', "5: bbox"),
    ],
)
def test_the_strict_reader_refuses_what_it_should(spoilt: str, section: str) -> None:
    """The reader that these tests trust does find faults."""
    point = '{"type":"Feature","geometry":{"type":"Point","coordinates":[1,2]},"properties":{}}'
    found = faults(spoilt.replace("FEATURE", point).encode())

    assert any(fault.startswith(section) for fault in found)


def test_the_strict_reader_refuses_a_clockwise_ring() -> None:
    """The right-hand rule is looked at."""
    ring = [[0, 0], [0, 1], [1, 1], [0, 0]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    feature = {"type": "Feature", "geometry": shape, "properties": {}}
    text = json.dumps({"type": "FeatureCollection", "bbox": [0, 0, 1, 1], "features": [feature]})

    assert faults(text.encode()) == ["feature 0: 3.1.6: a ring against the right-hand rule"]
