"""A run exported for a GIS: every format opened again, whole and in its place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import geocoordinates_ffi as other
import geopandas as gpd
import numpy as np
import pyogrio
import pytest
import rfc7946
import shapely
from exported import differences, metres_apart, opened, units_of
from pyproj import Transformer

from lxgeo.errors import InputError, RunError
from lxgeo.publish import Record, Release, publish_run
from lxgeo.publish.export import write as export_write
from lxgeo.read import read_run
from lxgeo.read.run_layers import read_layers
from lxgeo.scenario import serving
from lxgeo.scenario.exporting import export_run
from lxgeo.tables import UNITS, area_table

FORMATS = ("geojson", "gpkg", "parquet", "fgb", "shp", "kml")
LAYERS = ("units", "branches", "links", "hulls", "townships", "parks", "buildings")

# A degree of latitude is 111 km: a millimetre in degrees.
MILLIMETRE = 1e-8

LAKE = shapely.box(104.1, 30.0, 104.12, 30.03) - shapely.box(104.105, 30.01, 104.11, 30.02)
"""A lake with an island."""


@pytest.mark.parametrize("fmt", FORMATS)
def test_every_attribute_comes_back(run_folder: Path, fmt: str) -> None:
    """Nine units, hostile and rare names among them, as another reader sees them; none is lost."""
    done = export_run(run_folder, fmt)

    units = read_layers(run_folder)["units"]
    found = units_of(run_folder, fmt)
    assert differences(units, found) == []
    assert "𠮷㐂䶮有限公司" in set(found["name"])
    assert metres_apart(gpd.GeoSeries(found["geometry"]), units["lon"], units["lat"]) < MILLIMETRE
    assert found["geometry"].isna().sum() == 1
    assert done.counts["units"] == 9
    assert all(path.is_file() for path in done.paths)


@pytest.mark.parametrize("fmt", FORMATS)
def test_every_layer_is_there_in_wgs84(run_folder: Path, fmt: str) -> None:
    """Seven layers, each of one kind of shape, each stating WGS 84."""
    export_run(run_folder, fmt)

    for name in LAYERS:
        layer = opened(run_folder / "export" / f"{name}.{fmt}")
        assert layer.crs.to_epsg(min_confidence=20) == 4326
        assert layer.geometry.dropna().geom_type.str.removeprefix("Multi").nunique() == 1
    assert {path.name for path in (run_folder / "export").iterdir()} >= {f"fields_{fmt}.csv"}


@pytest.fixture
def run_by_a_river(release: Release, record: Record, tmp_path: Path) -> Path:
    """Return a run of the town with a river in two parts, a road and two lakes in its midst."""
    lines = [
        shapely.MultiLineString([[(104.0, 30.0), (104.1, 30.1)], [(104.1, 30.1), (104.2, 30.1)]]),
        shapely.LineString([(104.0, 30.2), (104.2, 30.2)]),
        LAKE,
        shapely.MultiPolygon([shapely.box(104.2, 30, 104.21, 30.01), LAKE]),
    ]
    layers = dict(release.areas.layers)
    layers["barriers"] = area_table("barriers").shaped(
        gpd.GeoDataFrame(
            {"id": ["W1", "W2", "L1", "L2"], "name": ["江", "快速路", "湖", "两湖"]},
            geometry=lines,
            crs=4326,
        )
    )
    by_river = replace(release, areas=replace(release.areas, layers=layers))
    return publish_run(tmp_path, "江边", by_river, record, "<html></html>").folder


@pytest.mark.parametrize("fmt", FORMATS)
def test_rivers_and_roads_stay_lines(run_by_a_river: Path, fmt: str) -> None:
    """What lies between units comes back as lines, each point of it where it was."""
    export_run(run_by_a_river, fmt)

    found = opened(run_by_a_river / "export" / f"barriers.{fmt}").to_crs(4326)
    held = read_layers(run_by_a_river)["barriers"]
    parts = [shapely.line_merge(each) for each in found.sort_values("id").geometry]
    assert [each.geom_type for each in parts] == ["LineString", "LineString"]
    assert all(
        one.equals_exact(shapely.line_merge(other), 1e-9)
        for one, other in zip(parts, held.geometry, strict=True)
    )


@pytest.mark.parametrize("fmt", FORMATS)
def test_lakes_come_along_as_polygons(run_by_a_river: Path, fmt: str) -> None:
    """L1 with its island and the two parts of L2, in a layer beside the lines."""
    export_run(run_by_a_river, fmt)

    found = opened(run_by_a_river / "export" / f"barriers_polygons.{fmt}").to_crs(4326)
    lake, two = found.sort_values("id").geometry
    assert lake.symmetric_difference(LAKE).area < MILLIMETRE**2
    assert len(lake.interiors if lake.geom_type == "Polygon" else lake.geoms[0].interiors) == 1
    assert len(two.geoms) == 2


def test_maps_of_sites_know_all_that_lies_between(
    run_by_a_river: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The areas that a map of centres or instructors is made of: lines and lakes."""
    drawn: list[Any] = []
    monkeypatch.setattr(serving, "draw_map", lambda layers, **_: drawn.append(layers))
    serving.ground_of(run_by_a_river).map("选址", (), "zh")

    assert drawn[0].areas.layers["barriers"]["id"].tolist() == ["W1", "W2", "L1", "L2"]


def test_geojson_is_strict(run_folder: Path) -> None:
    """RFC 7946 to the letter, for points, lines, polygons and polygons of many parts."""
    export_run(run_folder, "geojson")

    for name in LAYERS:
        assert rfc7946.faults((run_folder / "export" / f"{name}.geojson").read_bytes()) == []


@pytest.mark.parametrize("fmt", ["gpkg", "parquet", "fgb", "shp"])
@pytest.mark.parametrize("crs", ["EPSG:4490", "4547", "auto", "epsg:3857"])
def test_positions_agree_with_pyproj(run_folder: Path, fmt: str, crs: str) -> None:
    """Each unit lies within a millimetre of where pyproj puts its lon and lat."""
    done = export_run(run_folder, fmt, crs)

    units = read_layers(run_folder)["units"]
    # The town lies at 104.0° E: its three-degree zone is that of 105° E.
    code = {"4547": 4547, "auto": 4544, "epsg:3857": 3857}.get(crs, 4490)
    assert done.reference.name == f"EPSG:{code}"
    found = units_of(run_folder, fmt)
    assert opened(run_folder / "export" / f"units.{fmt}").crs.to_epsg(min_confidence=20) == code
    x, y = Transformer.from_crs(4326, code, always_xy=True).transform(units["lon"], units["lat"])
    within = MILLIMETRE if code == 4490 else 0.001
    assert metres_apart(gpd.GeoSeries(found["geometry"]), x, y) < within


def test_the_shifted_copy_is_named_so_and_shifted(run_folder: Path) -> None:
    """GCJ-02 is hundreds of metres off, in files named so; another hand says the same."""
    done = export_run(run_folder, "gpkg", gcj02=True)

    assert all("_gcj02" in path.name for path in done.paths)
    units = read_layers(run_folder)["units"]
    shifted = units_of(run_folder, "gpkg", "_gcj02")
    known = shifted["geometry"].notna().to_numpy()
    points = gpd.GeoSeries(shifted["geometry"])[known]
    lon, lat = units.loc[known, "lon"].to_numpy(), units.loc[known, "lat"].to_numpy()
    off_m = np.hypot((points.x - lon) * 90_000, (points.y - lat) * 111_000)
    assert ((off_m > 100) & (off_m < 900)).all()
    theirs = [
        other.wgs84_to_gcj02(other.Wgs84(lon=x, lat=y)) for x, y in zip(lon, lat, strict=True)
    ]
    assert np.allclose(points.x, [each.lon for each in theirs], rtol=0, atol=MILLIMETRE)
    assert np.allclose(points.y, [each.lat for each in theirs], rtol=0, atol=MILLIMETRE)
    crs = pyogrio.read_info(run_folder / "export" / "units_gcj02.gpkg", layer="units_gcj02")["crs"]
    assert "GCJ-02" in crs
    assert "偏移" in done.notes[0].zh
    assert not (run_folder / "export" / "units.gpkg").exists()


def test_same_run_same_bytes(run_folder: Path) -> None:
    """Every format twice: not a byte differs."""

    def files() -> dict[str, bytes]:
        for fmt in FORMATS:
            export_run(run_folder, fmt)
        return {path.name: path.read_bytes() for path in (run_folder / "export").iterdir()}

    assert files() == files()


def test_kml_and_geojson_stay_wgs84(run_folder: Path) -> None:
    """KML says so and goes on; GeoJSON in another CRS is refused, with what to use instead."""
    done = export_run(run_folder, "kml", "EPSG:4547")

    assert "KML 只有 WGS 84" in done.notes[0].zh
    assert done.reference.name == "EPSG:4326"
    with pytest.raises(InputError, match=r"GeoJSON（RFC 7946）只有 WGS 84.*gpkg"):
        export_run(run_folder, "geojson", "4490")
    with pytest.raises(InputError, match="GCJ-02 副本不能再指定坐标系"):
        export_run(run_folder, "kml", gcj02=True)


@pytest.mark.parametrize(
    ("fmt", "crs", "words"),
    [
        ("mapinfo", None, "没有这种格式：'mapinfo'；可用 geojson, gpkg"),
        ("gpkg", "北京54", "坐标系 .* 不能用"),
        ("gpkg", "EPSG:999999", "坐标系 'EPSG:999999' 不能用"),
        ("gpkg", "EPSG:5773", "坐标系 'EPSG:5773' 不能用"),  # heights alone
    ],
)
def test_what_can_not_be_is_refused(
    run_folder: Path, fmt: str, crs: str | None, words: str
) -> None:
    """A sentence says what there is; nothing is written."""
    with pytest.raises(InputError, match=words):
        export_run(run_folder, fmt, crs)
    assert not (run_folder / "export").exists()


def test_a_zone_far_away_is_told(run_folder: Path) -> None:
    """EPSG:4547 is meant for 112.5-115.5° E; the town lies at 104° E: the note says so."""
    done = export_run(run_folder, "gpkg", "EPSG:4547")

    assert any("112.5–115.5" in note.zh for note in done.notes)
    assert not any("112.5–115.5" in note.zh for note in export_run(run_folder, "gpkg").notes)


def test_a_failed_export_leaves_the_old_one(
    run_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full at the third layer: every file stands as it was, none half-made."""
    export_run(run_folder, "gpkg")
    before = {path: path.read_bytes() for path in (run_folder / "export").iterdir()}
    true = export_write.write_layer

    def fails(fmt: Any, path: Path, layer: Any, *more: Any) -> Any:
        if layer.name == "links":
            raise OSError(28, "No space left on device")
        return true(fmt, path, layer, *more)

    monkeypatch.setattr(export_write, "write_layer", fails)
    with pytest.raises(InputError, match="No space left on device"):
        export_run(run_folder, "gpkg", "EPSG:4490")
    assert {path: path.read_bytes() for path in (run_folder / "export").iterdir()} == before


def test_what_a_killed_export_left_is_cleared(run_folder: Path) -> None:
    """A workshop that no process holds is removed by the next export."""
    left = run_folder / "export" / ".lxgeo-export-dead"
    left.mkdir(parents=True)
    (left / "lock").touch()

    export_run(run_folder, "kml")

    assert not left.exists()


def test_a_run_stays_whole_and_an_edited_one_is_refused(run_folder: Path) -> None:
    """Exports are no change to a run; a changed GeoPackage is, and nothing is exported from it."""
    export_run(run_folder, "shp")
    assert read_run(run_folder).faults == ()

    with (run_folder / "plan.gpkg").open("ab") as file:
        file.write(b"x")
    with pytest.raises(RunError, match=r"plan\.gpkg 写成之后被改动过"):
        export_run(run_folder, "kml")


def test_unit_tables_hold_what_the_run_holds(run_folder: Path) -> None:
    """The layers that are exported are the run's own rows, in its order."""
    units = read_layers(run_folder)["units"]

    UNITS.check(units)
    assert units["unit_id"].tolist() == [f"U{i}" for i in range(1, 10)]
