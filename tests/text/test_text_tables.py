"""The plan's tables in words: same rows, contract columns, sentences for reasons."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import Point

from lxgeo import text
from lxgeo.model import Reason, Rule
from lxgeo.tables import BRANCHES, CRS, PLANNED, PLANNED_BRANCHES, UNITS


@pytest.fixture
def planned() -> gpd.GeoDataFrame:
    """Return two units: one with two findings and a position, one with neither."""
    frame = pd.DataFrame(
        {
            "unit_id": ["b", "a"],
            "row": ["S!2", "S!3"],
            "operating_status": "operating",
            "line": "territorial",
            "precision": ["given", "none"],
            "is_host": False,
            "outcome": ["standalone", "not_located"],
            "why": [
                Reason(Rule.THREE_FULL_MEMBERS, {"full": 4, "level": "branch"}),
                Reason(Rule.NO_POSITION),
            ],
            "findings": [
                (Reason(Rule.MEMBERS_OVER_STAFF, {"members": 4, "staff": 2}),) * 2
                + (Reason(Rule.POSITION_BY_ROAD),),
                (),
            ],
        }
    )
    points = gpd.GeoSeries([Point(114, 22), None], crs=CRS)
    return PLANNED.shaped(gpd.GeoDataFrame(frame, geometry=points))


def test_units_in_words(planned: gpd.GeoDataFrame) -> None:
    """Rule is the code, reason its sentence, finding all sentences, each once; order is kept."""
    PLANNED.check(planned)
    units = text.units_in_words(planned)

    UNITS.check(units)
    assert list(units["unit_id"]) == ["b", "a"]
    assert list(units["rule"]) == ["three_full_members", "no_position"]
    assert units["reason"][0] == "正式党员4名≥3名，应单独组建党支部（《党章》第三十条）"
    assert units["finding"][0] == "党员4名多于从业人员2人，请核对；位置按道路推定，待核"
    assert pd.isna(units["finding"][1])
    assert list(units.columns) == [*UNITS.names, "geometry"]


def test_equal_figures_of_other_kinds_are_said_in_their_own_way(
    planned: gpd.GeoDataFrame,
) -> None:
    """True and 1 are equal figures; a sentence that was told of one isn't told of the other."""
    whys = [Reason(Rule.MEMBERS_OVER_STAFF, {"members": each, "staff": 2}) for each in (1, True)]
    assert whys[0] == whys[1]
    units = text.units_in_words(planned.assign(why=whys))
    assert list(units["reason"]) == [text.reason(each) for each in whys]
    assert units["reason"][0] != units["reason"][1]


def test_units_in_english(planned: gpd.GeoDataFrame) -> None:
    """The other language fills the same columns."""
    units = text.units_in_words(planned, "en")

    assert units["finding"][0] == (
        "more members (4) than staff (2); please check; "
        "its position is by its road only, to be checked"
    )


def test_the_planned_table_is_left_as_it_was(planned: gpd.GeoDataFrame) -> None:
    """Putting into words makes a new table."""
    before = planned.copy(deep=True)
    text.units_in_words(planned)

    pd.testing.assert_frame_equal(pd.DataFrame(planned), pd.DataFrame(before))


def test_branches_in_words() -> None:
    """A branch keeps its figures; its rule and reason take the place of its why."""
    frame = pd.DataFrame(
        {
            "branch_id": ["E1"],
            "name": ["商会联合党支部"],
            "outcome": ["joint"],
            "status": ["existing"],
            "units": [3],
            "why": [Reason(Rule.APPROVED_BRANCH, {"branch": "商会联合党支部", "joining": 1})],
        }
    )
    shaped = PLANNED_BRANCHES.shaped(
        gpd.GeoDataFrame(frame, geometry=gpd.GeoSeries([Point(114, 22)], crs=CRS))
    )
    branches = text.branches_in_words(shaped)

    BRANCHES.check(branches)
    assert branches["rule"][0] == "approved_branch"
    assert branches["reason"][0] == (
        "经批准的党组织“商会联合党支部”，保持不变；拟有1家单位加入"
        "（调整、撤销须经批准：《支部工作条例（试行）》）"
    )


def test_no_rows_are_no_trouble(planned: gpd.GeoDataFrame) -> None:
    """An empty plan gives empty tables."""
    units = text.units_in_words(planned.iloc[:0])
    empty = PLANNED_BRANCHES.shaped(
        gpd.GeoDataFrame({"branch_id": []}, geometry=gpd.GeoSeries([], crs=CRS))
    )

    UNITS.check(units)
    BRANCHES.check(text.branches_in_words(empty))


def test_a_finding_that_is_the_reason_is_said_once(planned: gpd.GeoDataFrame) -> None:
    """A blank count is why the members are unknown; the finding column does not repeat it."""
    blank = Reason(Rule.MEMBERS_BLANK)
    unit = planned.iloc[[1]].assign(why=[blank], findings=[(blank,)])
    words = text.units_in_words(unit)

    assert words["reason"].iloc[0] == text.reason(blank, "zh")
    assert pd.isna(words["finding"].iloc[0])
