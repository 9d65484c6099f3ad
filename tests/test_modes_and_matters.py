"""Modes, venues, transfers and a superior's matters, from files to files, and verified there."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import openpyxl
import pytest

from lxgeo.policy import Policy
from lxgeo.scenario import Planned, Scenario, plan_scenario, publish_scenario, verify_run
from town import build_town, lonlat

LINE = "管理线"


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Planned:
    """Return the nine-unit town with a line for each unit, a venue, and U4 in 创业大厦.

    U8 is attached and alone, so it may transfer; U4 is sectoral: apart from U2 and U3 all three go
    without a branch, together they would be one of three.
    """
    folder = tmp_path_factory.mktemp("modes")
    town = build_town(folder)
    with town.ledger.open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file)
    lines, house = {"U4": "归口", "U8": "挂靠"}, lonlat(1000, 1000)
    for row in rows:
        if row[0] == "U4":
            row[head.index("lon")], row[head.index("lat")] = map(str, house)
    with town.ledger.open("w", encoding="utf-8-sig", newline="") as file:
        write = csv.writer(file)
        write.writerow([*head, LINE])
        write.writerows([*row, lines.get(row[0], "属地")] for row in rows)
    venue = {"type": "Point", "coordinates": list(lonlat(1000, 1300))}
    properties = {"id": "F1", "name": "甲街道党群服务中心"}
    layer = {
        "type": "FeatureCollection",
        "features": [{"type": "Feature", "properties": properties, "geometry": venue}],
    }
    text = json.dumps(layer, ensure_ascii=False)
    (town.areas / "venues.geojson").write_text(text, encoding="utf-8")
    policy = Policy(transfer=True)
    return plan_scenario(Scenario(town.ledger, town.areas, policy=policy))


def test_a_transfer_is_verified_and_costs_what_being_left_out_costs(
    planned: Planned, tmp_path: Path
) -> None:
    """U4 and U8 transfer, U2 and U3 are left out: four penalties of 12,000 m, told and added up."""
    published = publish_scenario(planned, tmp_path, "town")
    verdict = verify_run(published.folder)
    summary = json.loads((published.folder / "summary.json").read_text(encoding="utf-8"))

    assert verdict.breaches == ()
    assert summary["outcomes"]["transfer"] == 2
    assert (summary["must_join"], summary["left_out"]) == (5, 2)
    assert summary["plan_cost_m"] == pytest.approx(4 * 12_000 + 1_625, abs=0.05)


def test_the_venue_stands_in_every_proposed_branch(planned: Planned) -> None:
    """U1's own branch meets at the one venue there is; an approved branch has its own room."""
    branches = planned.branches.set_index("host_id")

    assert branches.loc["U1", "venue_id"] == "F1"
    assert branches["venue_id"].isna().sum() == 1


def test_the_workbook_asks_the_superior_with_figures(planned: Planned, tmp_path: Path) -> None:
    """Merged: 500 + 300 + 300 (no trade shared) instead of three penalties: 34,900 m less."""
    published = publish_scenario(planned, tmp_path, "town")
    sheet = openpyxl.load_workbook(published.folder / "plan.xlsx")["需上级决定"]
    (row,) = sheet.iter_rows(min_row=4, values_only=True)

    assert row[1:4] == ("楼宇", "创业大厦", "甲街道 · 归口管理\n甲街道 · 属地管理")
    assert row[5:10] == (3, 3, 3, 3, pytest.approx(34_900, abs=0.05))
    assert row[10] == (
        "3家应建单位分属2个管辖，是否由一方牵头合并组建？共有正式党员3名；"
        "经测算，合并后可多编入3家，成本折合减少34900米"
    )
