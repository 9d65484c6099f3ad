"""The real case of Shenzhen: its ledger and its areas are taken as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from lxgeo.ledger import clean
from lxgeo.read import read_areas, read_cells
from lxgeo.tables import LEDGER, area_table


@pytest.fixture(scope="module")
def shenzhen(cases: Path) -> Path:
    """Return the folder of the case."""
    return cases / "shenzhen"


def test_the_ledger_is_read_as_it_is(shenzhen: Path) -> None:
    """693 units with their own ids; 240 points in GCJ-02, 4 of unknown datum, 449 without."""
    ledger, report = clean(
        read_cells(shenzhen / "units.csv"), columns={"full_members": "party_members"}
    )

    LEDGER.check(ledger)
    assert len(ledger) == 693
    assert ledger["unit_id"].iloc[0] == "B0006"
    assert ledger["row"].iloc[0] == "units!2"
    assert ledger["datum_in"].value_counts().to_dict() == {"gcj02": 240, "unknown": 4}
    assert ledger["lon_in"].notna().sum() == 244
    assert ledger["full_members"].notna().all()
    assert ledger["industry_code"].isna().all()
    assert report.sheets[0].dropped == ()
    assert report.refused == ()


def test_the_areas_are_read_as_they_are(shenzhen: Path) -> None:
    """26 townships with codes as ids, named roads of Futian."""
    areas = read_areas(shenzhen)

    area_table("townships").check(areas.townships)
    assert len(areas.townships) == 26
    assert areas.townships.geometry.is_valid.all()
    assert areas.townships["district"].isin(["罗湖区", "福田区", "盐田区"]).all()
    assert areas.roads["name"].is_unique
    assert len(areas.roads) > 100
