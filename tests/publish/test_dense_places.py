"""聚集区 in the workbook: dense places without a boundary, what must join there, what to do."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import geopandas as gpd
import openpyxl
import pytest
import shapely
from town_plan import HOSTILE, planned_branches, planned_units, release_of

from lxgeo.publish import Release
from lxgeo.publish.lists.dense_places import dense_places_sheet
from lxgeo.publish.lists.papers import Papers
from lxgeo.publish.lists.workbook import write_lists
from lxgeo.tables import CRS, HOTSPOTS


def places(*names: str) -> gpd.GeoDataFrame:
    """Return H1, H2, ... of these names: squares of a hundredth of a degree from 104.0, 30.0 on."""
    numbers = range(1, len(names) + 1)
    return HOTSPOTS.shaped(
        gpd.GeoDataFrame(
            {
                "id": [f"H{number}" for number in numbers],
                "name": names,
                "units": [5, 1, 1][: len(names)],
                "full_members": [5, 0, 5][: len(names)],
                "span_m": [312.5, 0.0, 0.0][: len(names)],
            },
            geometry=[shapely.box(104, 30, 104 + 0.01 * n, 30.01) for n in numbers],
            crs=CRS,
        )
    )


def crowded(*names: str, **more: Any) -> Release:
    """Return the town with U2, U3, U4, U8 and U7 in H1, U5 in H2, U1 in H3."""
    units = planned_units()
    stands = dict.fromkeys(("U2", "U3", "U4", "U8", "U7"), "H1") | {"U5": "H2", "U1": "H3"}
    units["hotspot_id"] = units["unit_id"].map(stands).astype("str")
    return replace(release_of(units, planned_branches()), hotspots=places(*names), **more)


def test_each_place_tells_who_must_join_and_what_to_do() -> None:
    """H1: three joint, one left out and one attached, four of five in 甲街道; H2: no members."""
    first, second, third = dense_places_sheet(Papers(crowded("新桥街", "北门", "甲园"))).rows

    assert first[:9] == (1, "新桥街", "甲街道", 5, 5, 1, 5, 312.5, "104.00500, 30.00500")
    assert first[9].endswith("重算；未纳入的1家，理由见“未纳入”表")
    assert first[10] == "H1"
    assert second[3:6] == (1, 0, 0)
    assert second[9] == third[9] == "没有应联合的单位：可统一选派指导员、联络员"


@pytest.mark.parametrize(("lang", "sheet"), [("zh", "聚集区"), ("en", "Dense places")])
def test_the_sheet_stands_where_there_are_any(
    tmp_path: Path, release: Release, lang: Any, sheet: str
) -> None:
    """After the lists to keep an eye on, before what was settled; not in a plan without any."""
    write_lists(tmp_path / "with.xlsx", crowded("新桥街", lang=lang))
    none = replace(release, hotspots=places(), lang=lang)
    write_lists(tmp_path / "without.xlsx", none)

    assert openpyxl.load_workbook(tmp_path / "with.xlsx").sheetnames[-1] == sheet
    assert sheet not in openpyxl.load_workbook(tmp_path / "without.xlsx").sheetnames


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_stay_text(tmp_path: Path, name: str) -> None:
    """A place is called what addresses say: it is text, whatever stands there."""
    write_lists(tmp_path / "plan.xlsx", crowded(name))

    cell = openpyxl.load_workbook(tmp_path / "plan.xlsx")["聚集区"]["B4"]
    assert cell.data_type == "s"
    assert cell.value == name.replace("\x00", "").replace("\x07", "").replace("\ufffe", "")
