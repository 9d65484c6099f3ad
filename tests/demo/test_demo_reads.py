"""The district passes through the doors that users' data pass through."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from lxgeo.demo import LEDGER_FILE
from lxgeo.demo.dialects import OTHER_SHEETS
from lxgeo.ledger import LedgerReport, clean
from lxgeo.ledger.sheets.headers import squeeze_header
from lxgeo.locate import locate
from lxgeo.model import Areas, Datum
from lxgeo.read import read_areas, read_cells
from lxgeo.tables import ROADS, area_table


@pytest.fixture(scope="module")
def read(folder: Path) -> tuple[pd.DataFrame, LedgerReport]:
    """Return the ledger as it is read and cleaned, by row, and what was found on the way."""
    ledger, report = clean(read_cells(folder / LEDGER_FILE))
    return ledger.set_index("row", drop=False), report


@pytest.fixture(scope="module")
def areas(folder: Path) -> Areas:
    """Return the areas as they are read."""
    return read_areas(folder)


def test_persons_are_left_at_the_door(read: tuple[pd.DataFrame, LedgerReport]) -> None:
    """The columns of contacts and phones are refused, and no cell of theirs is in the table."""
    ledger, report = read
    text = ledger.astype(str).to_csv()

    refused = {
        frozenset(squeeze_header(head) for head in sheet.refused)
        for sheet in report.sheets
        if sheet.sheet not in OTHER_SHEETS
    }
    assert refused == {frozenset({"联系人", "联系电话"})}
    assert "1000000" not in text
    assert "某甲" not in text


def test_areas_are_read_as_layers(areas: Areas) -> None:
    """Every layer and the roads pass the check of their tables."""
    for name, layer in areas.layers.items():
        area_table(name).check(layer)
    ROADS.check(areas.roads)

    assert (len(areas.townships), len(areas.parks), len(areas.buildings)) == (12, 8, 60)
    assert (areas.branches["kind"] == "joint").sum() == 21
    assert {"岚光大道", "岚川大街"} <= set(areas.roads["name"])


def test_places_are_found_as_exactly_as_the_rows_tell(
    read: tuple[pd.DataFrame, LedgerReport], areas: Areas, truth: pd.DataFrame
) -> None:
    """Rows that name a building, its number or a park lead there; declared coordinates are true.

    Coordinates were typed to 6 decimals, so a true one is found again within 1e-6 degree.
    """
    ledger, _ = read
    located = locate(ledger.reset_index(drop=True), areas).set_index("row")
    plain = truth["trap"] == ""
    for told, held in (("building", "building"), ("house_number", "building"), ("park", "park")):
        rows = truth.index[(truth["tells"] == told) & plain]
        assert len(rows) > 50
        assert located.loc[rows, "precision"].eq(told).all()
        assert located.loc[rows, f"{held}_id"].tolist() == truth.loc[rows, f"{held}_id"].tolist()
    declared = truth.index[(truth["tells"] == "given") & plain]
    for axis in ("lon", "lat"):
        off = (located.loc[declared, axis] - truth.loc[declared, axis].astype(float)).abs()
        assert off.max() < 1.1e-6
    shifted = ledger.loc[declared, "datum_in"].eq(Datum.GCJ02)
    assert shifted.sum() > 200
