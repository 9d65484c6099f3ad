"""The table that locating leaves: every row, in order, whatever stands in it."""

from __future__ import annotations

import pandas as pd
import pytest
from little_district import LITTLE, areas, codes, ledger, place

from lxgeo.errors import AreasError, TableError
from lxgeo.locate import locate
from lxgeo.model import Precision, Reason, Rule
from lxgeo.tables import LOCATED


def test_every_row_comes_back_in_order_and_the_ledger_is_untouched() -> None:
    """Same rows, same order, earlier findings first, nothing of the argument changed."""
    before = Reason(Rule.VALUE_APPROXIMATE, {"field": "staff"})
    units = ledger(
        {"address": "青山镇", "findings": (before,)},
        {"lon_in": 0.0, "lat_in": 0.0, "findings": (before,)},
        {"address": "创业大厦", "findings": ()},
    ).iloc[::-1]
    copy = units.copy(deep=True)

    located = locate(units, LITTLE)

    LOCATED.check(located)
    pd.testing.assert_frame_equal(units, copy)
    assert located["unit_id"].tolist() == ["U2", "U1", "U0"]
    assert codes(located.iloc[1]) == [Rule.VALUE_APPROXIMATE, Rule.COORDINATES_UNREADABLE]


def test_the_order_of_rows_and_areas_changes_nothing() -> None:
    """A unit's place is its own affair."""
    units = ledger(
        *({"address": text} for text in ("金融中心", "沙头街道人民路9号", "时代广场", "新民村"))
    )
    backwards = areas(
        **{
            layer: table.iloc[::-1].to_dict("records")
            for layer, table in LITTLE.layers.items()
            if len(table)
        }
    )

    there = locate(units, LITTLE)
    back = locate(units.iloc[::-1], backwards).iloc[::-1]

    pd.testing.assert_frame_equal(pd.DataFrame(there), pd.DataFrame(back))


def test_an_empty_ledger_and_areas_of_townships_only() -> None:
    """No units, no parks, no buildings, no roads: tables all the same."""
    bare = areas(parks=[], buildings=[], villages=[])

    LOCATED.check(locate(ledger(), bare))
    LOCATED.check(locate(ledger({"address": "沙头街道人民路"}), bare))


def test_a_building_nobody_has_drawn_places_nobody() -> None:
    """A row of an areas layer without a geometry is a name without a place."""
    undrawn = areas(buildings=[{"id": "B", "name": "创业大厦", "aliases": "甲", "geometry": None}])

    unit = locate(ledger({"address": "沙头街道创业大厦"}), undrawn).iloc[0]

    assert (unit.precision, place(unit)) == ("township", None)


def test_precision_tells_whether_there_is_a_point() -> None:
    """Joinable precisions have coordinates, the others never."""
    texts = ("创业大厦", "人民路12号", "青山工业园", "河湾社区", "沙头路", "青山镇", "乌山区", "无")
    located = locate(
        ledger({"lon_in": 106.61, "lat_in": 26.51}, *({"address": text} for text in texts)),
        LITTLE,
    )

    joinable = [Precision(each).joinable for each in located["precision"]]
    assert located["precision"].tolist() == [str(each) for each in _IN_ORDER]
    assert joinable == located["lon"].notna().tolist() == located.geometry.notna().tolist()


_IN_ORDER = (
    *(Precision.GIVEN, Precision.BUILDING, Precision.HOUSE_NUMBER, Precision.PARK),
    *(Precision.VILLAGE, Precision.ROAD, Precision.TOWNSHIP, Precision.DISTRICT, Precision.NONE),
)


def test_faults_as_a_whole_are_errors() -> None:
    """No township, or a table that is no ledger, stops the run and says why."""
    with pytest.raises(AreasError, match="townships"):
        locate(ledger({}), areas(townships=[]))
    with pytest.raises(TableError, match="unit_id"):
        locate(ledger({}).drop(columns="unit_id"), LITTLE)


HOSTILE = (
    "{{7*7}}",
    "<img src=x onerror=alert(1)>",
    "(((((((((([[[[*+?.^$|\\",
    "创业大厦\x00\x00",
    "\x00" * 50,
    "路" * 10_000,
    "1栋" * 5_000 + "x",
    "沙头街道" * 2_500,
    "(" * 10_000,
    "人民路12号" * 1_500,
    "\U0001f600\u202e\ufeff\ud7ff",
    "=HYPERLINK(1)",
)


@pytest.mark.parametrize(
    "column", ["address", "township_named", "village_named", "park_named", "building_named"]
)
def test_hostile_text_is_only_text(column: str) -> None:
    """Templates, patterns, NUL and 10,000 characters end in rows like any other."""
    located = locate(ledger(*({column: text} for text in HOSTILE)), LITTLE)

    LOCATED.check(located)
    figures = [
        str(each) for told in located["findings"] for why in told for each in why.figures.values()
    ]
    assert located[column].tolist() == list(HOSTILE)
    assert max(map(len, figures), default=0) < 100
