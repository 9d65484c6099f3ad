"""Service centres for the nine-unit town, by hand; and equal to the textbook model.

Places: 创业大厦 at (1000, 1000), the park's middle at (300, 500). Members with those on probation:
U1 6, U2 1, U3 2, U4 1, U5 0, U6 3, U7 2, U8 1; U9 has no position. From 创业大厦, straight: U1
860.23 × 6, U4 400, U6 2,000 × 3, U7 2,088.06 × 2, U8 1,343.50: 17,081 m; from the park 19,329 m.
Without roads a way is 1.3 straight lines: 22,205 m, over 16 members 1,388 m each.
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

import geopandas as gpd
import numpy as np
import openpyxl
import pytest
import shapely

from command import Run
from lxgeo.decide.serving.siting import median
from lxgeo.geo.walk import WalkGraph
from lxgeo.scenario.centre_places import places_of
from lxgeo.scenario.centre_walks import walks_of
from lxgeo.scenario.centres import Wanted, site_centres
from town import Town, lonlat

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmarks"))

from siting import compact


@pytest.fixture(scope="module")
def planned(town: Town, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the town's run."""
    from lxgeo.scenario import Scenario, plan_scenario, publish_scenario

    out = tmp_path_factory.mktemp("site")
    return publish_scenario(plan_scenario(Scenario(town.ledger, town.areas)), out, "town").folder


def test_one_centre(lxgeo: Run, planned: Path) -> None:
    """It stands in 创业大厦; the layer and the list say whom it serves and how far that is."""
    said = lxgeo("site", planned, "--centres", "1")

    assert said.code == 0, said.err
    assert "平均路程 1,388 米" in said.out
    assert "已证明最优" in said.out
    layer = json.loads((planned / "export/centres.geojson").read_text(encoding="utf-8"))
    (feature,) = layer["features"]
    assert feature["properties"]["name"] == "创业大厦"
    assert (feature["properties"]["units"], feature["properties"]["members"]) == (8, 16)
    assert feature["properties"]["longest_m"] == pytest.approx(1.3 * 2088.06, abs=0.1)
    book = openpyxl.load_workbook(planned / "export/centres.xlsx")
    rows = [row[1:5] for row in book["服务单位"].iter_rows(values_only=True) if row[0] in range(9)]
    assert ("乙镇软件有限公司", "乙镇", 3, "创业大厦") in rows
    assert lxgeo("verify", planned).code == 0


def test_walking_areas_and_the_map(lxgeo: Run, planned: Path) -> None:
    """Without roads an area is a circle: 5 min × 80 m ÷ 1.3 is 308 m across each half, told so."""
    lxgeo("site", planned, "--centres", "1", "--walk-min", "20")
    walks = json.loads((planned / "export/centre_walks.geojson").read_text(encoding="utf-8"))
    each = {row["properties"]["minutes"]: row["geometry"] for row in walks["features"]}
    lat = [north for _, north in each[5]["coordinates"][0]]
    page = (planned / "export/centres.html").read_text(encoding="utf-8")

    assert list(each) == [20, 15, 10, 5]
    assert {row["properties"]["by_road"] for row in walks["features"]} == {False}
    # A degree of latitude is 110,996 m here (WGS 84, 37.9° N).
    assert (max(lat) - min(lat)) * 110_996 == pytest.approx(2 * 5 * 80 / 1.3, abs=1)
    assert 'http-equiv="Content-Security-Policy"' in page


def test_walking_areas_follow_the_roads() -> None:
    """A street of 800 m from the centre on: in 5 min one is 400 m along it, and 60 m beside."""
    street = shapely.LineString([lonlat(1000, 1000), lonlat(1800, 1000)])
    centre = gpd.GeoDataFrame(
        {"centre_id": ["B1", "P1"], "name": ["创业大厦", "甲园工业园"], "place": "buildings"},
        geometry=gpd.points_from_xy(*zip(lonlat(1000, 1000), lonlat(300, 500), strict=True)),
        crs=4326,
    )
    walks = walks_of(centre, WalkGraph.of_lines([street]), (5,)).set_index("centre_id")
    area = walks.geometry["B1"]

    assert walks["by_road"].tolist() == [True, False]
    assert shapely.contains_xy(area, *lonlat(1450, 1000))
    assert not shapely.contains_xy(area, *lonlat(1470, 1000))
    assert not shapely.contains_xy(area, *lonlat(1000, 1100))


def test_a_kept_place_and_minutes(planned: Path) -> None:
    """With the park kept, one centre is the park; 400 m × 1.3 is 6.5 min, 860 m × 1.3 is 14."""
    kept = site_centres(planned, Wanted(centres=1, keep=("P1",)))
    near = site_centres(planned, Wanted(walk_min=7, weight="units", centres=1))

    assert kept.centres["name"].tolist() == ["甲园工业园"]
    assert kept.centres["kept"].tolist() == [True]
    # U2, U3 and U4 of eight from the building, U1 alone from the park.
    assert near.covered == 3 / 8
    assert near.served["centre"].notna().sum() == 3


def test_a_crowd_without_an_area_is_a_place_to_choose() -> None:
    """Forty units within 120 m of each other, and no layer: one hotspot among them."""
    at = [lonlat(1000 + 20 * (k % 7), 1000 + 20 * (k // 7)) for k in range(40)]
    units = gpd.GeoDataFrame(
        {"unit_id": [f"U{k}" for k in range(40)], "name": "甲", "full_members": 1},
        geometry=gpd.points_from_xy(*zip(*at, strict=True)),
        crs=4326,
    ).assign(lon=[lon for lon, _ in at], lat=[lat for _, lat in at], precision="given")
    (place,) = places_of({}, None, units).itertuples()

    assert place.place == "hotspots"
    assert shapely.Point(lonlat(1060, 1050)).distance(place.geometry) < 0.001


def test_wrong_usage_is_told(lxgeo: Run, planned: Path) -> None:
    """Neither number nor minutes is wrong usage; an unknown place to keep is a fault."""
    assert lxgeo("site", planned).code == 2
    assert lxgeo("site", planned, "--centres", "3").code == 1
    said = lxgeo("site", planned, "--centres", "1", "--keep", "没有的楼")
    assert said.code == 1
    assert "--keep" in said.err


def test_instructors(lxgeo: Run, planned: Path) -> None:
    """U5 and the joint branch are 707.1 m apart: one instructor, 919 m × 1/2 on average.

    With one each there are two, and nobody goes anywhere.
    """
    said = lxgeo("instructors", planned, "--capacity", "5")
    book = openpyxl.load_workbook(planned / "export/instructors.xlsx")
    rows = [row for row in book["联系对象"].iter_rows(values_only=True) if row[0] in {1, 2}]
    layer = json.loads((planned / "export/instructors.geojson").read_text(encoding="utf-8"))

    assert said.code == 0, said.err
    assert "最少共 1 名，平均路程 460 米" in said.out
    assert {row[1] for row in rows} == {"无党员单位", "联合党支部"}
    assert {row[4] for row in rows} == {"甲街道指导员（联络员）1"}
    (feature,) = layer["features"]
    assert feature["properties"]["longest_m"] == pytest.approx(1.3 * 707.1, abs=0.2)
    assert feature["properties"]["light"] is True
    assert "最少共 2 名，平均路程 0 米" in lxgeo("instructors", planned, "--capacity", "1").out
    assert lxgeo("verify", planned).code == 0


def test_who_has_an_instructor_already(lxgeo: Run, town: Town, tmp_path: Path) -> None:
    """U5 has one by the ledger; the joint branch has one by the run before, which names the post.

    Both are assigned all the same, and flagged in the list.
    """
    rows = list(csv.reader(town.ledger.read_text(encoding="utf-8-sig").splitlines()))
    ledger = tmp_path / "派驻.csv"
    with ledger.open("w", encoding="utf-8-sig", newline="") as file:
        sent = ["是否派驻党建指导员", *("是" if row[0] == "U5" else "否" for row in rows[1:])]
        csv.writer(file).writerows([*row, each] for row, each in zip(rows, sent, strict=True))
    asked = ("plan", ledger, "--areas", town.areas, "--out", tmp_path, "--name")
    assert (lxgeo(*asked, "一季度").code, lxgeo(*asked, "二季度").code) == (0, 0)
    first = lxgeo("instructors", tmp_path / "一季度", "--capacity", "1")
    layer = tmp_path / "一季度/export/instructor_posts.geojson"
    posts = json.loads(layer.read_text(encoding="utf-8"))
    posts["features"] = [each for each in posts["features"] if each["properties"]["kind"] != "unit"]
    layer.write_text(json.dumps(posts), encoding="utf-8")
    again = ("instructors", tmp_path / "二季度", "--capacity", "2", "--previous")
    second = lxgeo(*again, tmp_path / "一季度")
    book = openpyxl.load_workbook(tmp_path / "二季度/export/instructors.xlsx")
    had = {
        row[1]: row[6] for row in book["联系对象"].iter_rows(values_only=True) if row[0] in {1, 2}
    }

    assert "其中 1 个已派（台账写明 1 个，上次方案 0 个），其余 1 个待派" in first.out
    assert "其中 2 个已派（台账写明 1 个，上次方案 1 个），其余 0 个待派" in second.out
    assert had["无党员单位"] == "台账写明已派"
    assert had["联合党支部"].startswith("上次已派：甲街道指导员（联络员）")
    assert (tmp_path / "二季度/export/instructors.html").is_file()
    assert lxgeo(*again, tmp_path / "二季度" / "export").code == 1


@pytest.mark.parametrize("centres", range(1, 11))
def test_equal_to_the_compact_model(centres: int) -> None:
    """Forty places to serve, fourteen sites: what HiGHS proves of the textbook's model."""
    random = np.random.default_rng(centres)
    away = random.uniform(0, 5000, (40, 1, 2)) - random.uniform(0, 5000, (1, 14, 2))
    metres = np.round(np.hypot(away[..., 0], away[..., 1]), 2)
    weight = random.integers(1, 9, 40)
    found = median(metres, weight, centres)

    assert found.gap == 0
    assert found.value == pytest.approx(compact(metres, weight, centres), abs=0.01)
