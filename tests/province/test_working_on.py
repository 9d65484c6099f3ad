"""Working on with one county of a divided run: exports, centres and instructors as alone."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from county_towns import Province

from command import Run
from lxgeo.errors import RunError
from lxgeo.read.partitioned import read_county_areas
from lxgeo.scenario.province.layers import layers_of_run
from lxgeo.tables import area_table

COUNTY = "330108"
LATER = (
    ("export", "--format", "geojson"),
    ("site", "--centres", "2"),
    ("instructors", "--capacity", "2"),
)


def test_what_is_made_of_a_county_is_what_is_made_of_it_alone(
    lxgeo: Run, province: Province, run: Path, tmp_path: Path
) -> None:
    """Every layer and workbook has the same bytes, the areas among them; the run still stands.

    Who was sent to whom in the run before is found in its county.
    """
    ledger = province.ledgers / f"county={COUNTY}" / "part-0.parquet"
    asked = ("plan", ledger, "--areas", province.areas / COUNTY, "--workers", 1)
    assert lxgeo(*asked, "--out", tmp_path / "alone", "--name", "r").code == 0
    county = run / f"county={COUNTY}"
    for command, *options in LATER:
        for place in (tmp_path / "alone" / "r", county):
            said = lxgeo(command, place, *options)
            assert said.code == 0, said.err
    mine, other = run / "export" / f"county={COUNTY}", tmp_path / "alone" / "r" / "export"
    names = {path.name for path in other.iterdir()}
    pages = {"centres.html", "instructors.html"}

    assert {path.name for path in mine.iterdir()} == names
    assert {f"{name}.geojson" for name in ("townships", "parks", "buildings", "hulls")} <= names
    assert {"centres.geojson", "instructors.xlsx", *pages} <= names
    assert [
        name
        for name in sorted(names - pages)
        if (mine / name).read_bytes() != (other / name).read_bytes()
    ] == []
    assert all(f"P {COUNTY}" in (mine / page).read_text(encoding="utf-8") for page in pages)
    again = lxgeo("instructors", county, "--capacity", "2", "--previous", county)
    assert again.code == 0, again.err
    assert "上次方案" in again.out
    assert lxgeo("verify", run).code == 0


@pytest.mark.parametrize("command", [("site", "--centres", 1), ("instructors", "--capacity", 3)])
def test_a_divided_run_is_worked_on_county_by_county(
    lxgeo: Run, run: Path, command: tuple[object, ...]
) -> None:
    """Without a county it is told how to name one."""
    said = lxgeo(command[0], run, *command[1:])

    assert said.code == 1
    assert "county=330106" in said.err


def test_a_run_that_kept_no_areas_is_told(run: Path) -> None:
    """An earlier version kept none: the sentence says what to do."""
    (run / "townships" / f"county={COUNTY}" / "part-0.parquet").unlink()

    with pytest.raises(RunError, match="重新运行 lxgeo plan"):
        layers_of_run(run / f"county={COUNTY}")


def test_a_county_s_lakes_stand_beside_its_rivers(tmp_path: Path) -> None:
    """Lines in one layer and polygons, as many parts each, in another: both as they were kept."""
    empty = gpd.GeoDataFrame(geometry=[], crs=4326)
    for name in ("townships", "parks", "buildings"):
        area_table(name).shaped(empty).to_parquet(tmp_path / f"{name}.parquet")
    lake, river = shapely.box(104, 30, 104.1, 30.1), shapely.LineString([(104, 30), (105, 31)])
    both = {"id": ["L1", "W1"], "name": ["湖", "江"]}
    barriers = gpd.GeoDataFrame(both, geometry=[lake, river], crs=4326)
    area_table("barriers").shaped(barriers).to_parquet(tmp_path / "barriers.parquet")

    layers = read_county_areas(lambda name: tmp_path / name)

    assert layers["barriers"]["id"].tolist() == ["W1"]
    assert layers["barriers_polygons"]["id"].tolist() == ["L1"]
    assert layers["barriers_polygons"].geometry.tolist() == [shapely.MultiPolygon([lake])]
