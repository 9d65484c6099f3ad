"""One check tells everything wrong with a table."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import Point

from lxgeo.errors import TableError
from lxgeo.model import Reason, Rule
from lxgeo.tables import LEDGER, PLANNED, UNITS, Table, area_table

GOOD = {
    "unit_id": ["a", "b"],
    "row": ["s!2", "s!3"],
    "operating_status": ["operating", "closed"],
    "line": ["territorial", "sectoral"],
    "full_members": [1, None],
}


def ledger(**changes: object) -> pd.DataFrame:
    """Return a small good LEDGER with some columns changed."""
    return LEDGER.shaped(pd.DataFrame({**GOOD, **changes}))


def told(table: Table, frame: pd.DataFrame) -> str:
    """Return what the check says, in English."""
    with pytest.raises(TableError) as caught:
        table.check(frame)
    return caught.value.in_words("en")


def test_a_shaped_frame_passes_and_keeps_unknown_unknown() -> None:
    """A blank count is unknown, never zero."""
    frame = ledger()
    LEDGER.check(frame)

    assert frame["full_members"].isna().tolist() == [False, True]
    assert frame["findings"].tolist() == [(), ()]


def test_every_fault_is_told_at_once_with_its_rows() -> None:
    """A repeat, a negative count and a word that is none of the list: all three, by row."""
    text = told(LEDGER, ledger(unit_id=["a", "a"], full_members=[1, -2], line=["territorial", "x"]))

    assert text.splitlines() == [
        "table LEDGER: column 'unit_id' repeats a value in row(s) 2",
        "table LEDGER: column 'full_members' is below 0 in row(s) 2",
        "table LEDGER: column 'line' is none of attached, sectoral, territorial in row(s) 2",
    ]


def test_missing_columns_and_wrong_kinds_are_told() -> None:
    """A table that lost a column, or holds text for counts, is refused by name."""
    frame = ledger().drop(columns="line").assign(full_members=["1", "2"])

    assert told(LEDGER, frame).splitlines() == [
        "table LEDGER: column 'full_members' is str, not Int64",
        "table LEDGER: column 'line' is missing",
    ]


def test_faults_are_told_in_chinese_with_the_heading_and_the_first_rows() -> None:
    """Who calls from a notebook reads Chinese first; of many rows five stand for all."""
    with pytest.raises(TableError) as caught:
        LEDGER.check(LEDGER.shaped(pd.DataFrame({"unit_id": list("abcdefg"), "staff": [-1] * 7})))

    assert "表 LEDGER：“staff”列（从业人员）第 1、2、3、4、5 行等 7 行小于 0" in str(caught.value)


def test_reasons_must_be_reasons() -> None:
    """Words don't stand where codes and figures should."""
    frame = ledger()
    frame["findings"] = pd.Series([(Reason(Rule.CLOSED),), ("closed",)], dtype=object)

    assert "'findings' holds no reasons in row(s) 2" in told(LEDGER, frame)


def test_another_crs_is_refused_with_its_cure() -> None:
    """Tables are EPSG:4326 at every boundary."""
    frame = gpd.GeoDataFrame(
        {"id": ["1"], "name": ["园"], "geometry": [Point(0, 0)]}, crs="EPSG:4326"
    )
    table = area_table("buildings")
    shaped = table.shaped(frame)
    table.check(shaped)

    assert ".to_crs('EPSG:4326')" in told(table, shaped.to_crs("EPSG:3857"))
    assert ".set_crs('EPSG:4326')" in told(table, shaped.set_crs(None, allow_override=True))


def test_places_without_a_place_are_refused() -> None:
    """A plain table has no geometry, and neither has a geographic one that never got any."""
    table = area_table("buildings")
    bare = table.shaped(gpd.GeoDataFrame({"id": [], "name": []}, geometry=[])).drop(
        columns="geometry"
    )

    assert "has no geometry" in told(table, bare)
    assert "has no geometry" in told(table, gpd.GeoDataFrame(bare))


def test_townships_must_be_polygons() -> None:
    """A township that is a point can't hold anybody."""
    table = area_table("townships")
    frame = gpd.GeoDataFrame({"id": ["1"], "name": ["镇"]}, geometry=[Point(0, 0)], crs="EPSG:4326")

    assert "geometry should be MultiPolygon/Polygon, has Point" in told(table, table.shaped(frame))


def test_units_are_published_in_the_columns_of_the_contract() -> None:
    """Checks outside the repository read these names, in this order."""
    contract = """
        unit_id, row, name, credit_code, kind, address, industry_code, staff, full_members,
        probationary_members, affiliated_members, operating_status, township_id, township,
        village_id, park_id, park, building_id, building, line, jurisdiction, approver, precision,
        confidence, datum_in, lon_in, lat_in, lon, lat, outcome, level, mode, branch_id, is_host,
        distance_m, rule, reason, finding, proposed_outcome
    """

    assert [name.strip() for name in contract.split(",")] == UNITS.names


def test_nothing_of_a_person_leaves_the_house() -> None:
    """Kin majority is used and never written out."""
    assert "kin_majority" in PLANNED.names
    assert "kin_majority" not in UNITS.names
