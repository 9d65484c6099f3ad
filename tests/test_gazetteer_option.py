"""``--gazetteer``, and the gazetteer of an areas folder, from end to end in the nine-unit town."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from command import Run
from lxgeo.scenario import Scenario, locate_scenario
from lxgeo.scenario.intake import input_hashes
from town import build_town, lonlat

NINTH = "甲某咨询中心"
DOOR = (700, 700)


def place(located: gpd.GeoDataFrame) -> tuple[str, float, float]:
    """Return how exactly U9 is known, and where."""
    unit = located.set_index("name").loc[NINTH]
    return unit["precision"], unit["lon"], unit["lat"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the town, U9's address completed, and a list of one door beside it."""
    town = build_town(tmp_path)
    text = town.ledger.read_text(encoding="utf-8-sig")
    written = text.replace(f"{NINTH},甲街道", f"{NINTH},甲街道和平巷9号")
    town.ledger.write_text(written, encoding="utf-8-sig")
    lon, lat = lonlat(*DOOR)
    (tmp_path / "门牌.csv").write_text(f"道路,门牌号,经度,纬度\n和平巷,9号,{lon},{lat}\n", "utf-8")
    return tmp_path


def test_a_door_of_the_gazetteer_is_found(folder: Path, lxgeo: Run) -> None:
    """U9 is known by its township alone until the list says where 和平巷9号 is."""
    asked = ("locate", folder / "九家.csv", "--areas", folder / "areas")
    out = folder / "located.parquet"

    assert lxgeo(*asked, "-o", out).code == 0
    assert place(gpd.read_parquet(out))[0] == "township"
    assert lxgeo(*asked, "--gazetteer", folder / "门牌.csv", "-o", out).code == 0
    assert place(gpd.read_parquet(out)) == ("house_number", *lonlat(*DOOR))


def test_a_gazetteer_that_is_none_ends_the_run(folder: Path, lxgeo: Run) -> None:
    """What is wrong is told, and nothing is written."""
    asked = ("locate", folder / "九家.csv", "--areas", folder / "areas")
    out = folder / "located.parquet"

    said = lxgeo(*asked, "--gazetteer", folder / "没有.csv", "-o", out)

    assert said.code == 1
    assert "没有.csv" in said.out + said.err
    assert not out.exists()


def test_the_areas_folder_brings_its_own(folder: Path) -> None:
    """A layer ``gazetteer`` there joins by itself, and is one of the inputs that are hashed."""
    layer = gpd.GeoDataFrame(
        {"road": ["和平巷"], "house_number": ["9"]},
        geometry=[shapely.Point(lonlat(*DOOR))],
        crs=4326,
    )
    layer.to_file(folder / "areas" / "gazetteer.geojson")
    scenario = Scenario(folder / "九家.csv", folder / "areas")

    found = locate_scenario(scenario)

    assert place(found.located) == ("house_number", *lonlat(*DOOR))
    path = (folder / "areas" / "gazetteer.geojson").as_posix()
    assert path in input_hashes(scenario, found.intake)
