"""Scenarios on the nine-unit town, by hand (see town.py).

As it stands: one joint branch (U2, U3, U4) and U7 attached: four units covered; ways to the host
0, 400 and 600 m: mean 333.33. Of the three that are no host, U3 shares the host's division, U4 does
not, U7 (I6490 under I6510) does not: one of three.
With the reach in towns at 500 m U7 is left out: three covered, ways 0 and 400, mean 200.
With trade ten times as dear U4 still joins: 400 + 3,000 is less than 12,000 left out.
"""

from __future__ import annotations

import base64
import csv
import json
from pathlib import Path

import openpyxl
import pytest

from command import Run
from lxgeo.judge.compare import front
from lxgeo.publish import charts
from lxgeo.publish.comparison import SAID
from lxgeo.publish.comparison import write as comparison
from town import Town

SCENARIOS = {
    "现行": "",
    "就近": "[policy]\nmax_distance_m_by_kind = { town = 500.0 }\n",
    "重行业": "[policy]\ntrade_m = 3000.0\n",
}


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Return three scenario files."""
    paths = []
    for name, text in SCENARIOS.items():
        path = tmp_path / f"{name}.toml"
        path.write_text(f'name = "{name}"\n{text}', encoding="utf-8")
        paths.append(path)
    return paths


def test_table_charts_and_summaries(
    lxgeo: Run, town: Town, files: list[Path], tmp_path: Path
) -> None:
    """Figures are those worked out by hand, and the same in table, workbook and summaries."""
    out = tmp_path / "out"
    asked = [word for path in files for word in ("--scenario", path)]
    said = lxgeo("compare", town.ledger, "--areas", town.areas, *asked, "--out", out)

    assert said.code == 0, said.err
    told = {
        name: json.loads((out / name / "summary.json").read_text("utf-8")) for name in SCENARIOS
    }
    assert [each["covered"] for each in told.values()] == [4, 3, 4]
    assert [each["left_out"] for each in told.values()] == [1, 2, 1]
    assert told["现行"]["mean_distance_m"] == pytest.approx(333.33, abs=0.02)
    assert told["就近"]["mean_distance_m"] == pytest.approx(200, abs=0.02)
    assert told["现行"]["same_trade_share"] == pytest.approx(1 / 3, abs=1e-6)
    assert told["就近"]["same_trade_share"] == 0.5
    written = json.loads((out / "compare.json").read_text("utf-8"))
    table = written["scenarios"]
    # U7 alone fares otherwise where towns reach less far.
    assert written["apart"] == [[0, 1, 0], [1, 0, 1], [0, 1, 0]]
    book = openpyxl.load_workbook(out / "compare.xlsx")
    lines = {row[1]: row for row in book["情景比较"].iter_rows(values_only=True)}
    for row in table:
        summary = told[row["scenario"]]
        assert {name: row[name] for name in SAID} == {name: summary[name] for name in SAID}
        assert lines[row["scenario"]][2:-1] == tuple(summary[name] for name in SAID)
        assert row["townships"] == summary["townships"]
    assert [row["on_front"] for row in table] == [False, True, False]
    assert table[1]["changed"]["max_distance_m_by_kind.town"] == [1500, 500]
    assert {path.name for path in out.glob("*.png")} == {
        *("front.png", "figures.png", "sensitivity.png", "maps.png")
    }
    assert {path.stem for path in (out / "maps").iterdir()} == set(SCENARIOS)
    # U2, U3 and U4 hold in all three; U7 is attached in two of them.
    firm = {row[1]: row[4] for row in book["稳定度"].iter_rows(values_only=True)}
    assert firm["创业电子有限公司"] == 1
    assert firm["乙北网络有限公司"] == pytest.approx(1 / 3, abs=1e-6)


def test_each_scenario_is_what_planning_it_alone_gives(
    lxgeo: Run, town: Town, files: list[Path], tmp_path: Path
) -> None:
    """Every figure of the comparison stands in the summary of the plan alone, or follows from it.

    What the plan's own summary does not tell is counted again from its files, by hand.
    """
    out = tmp_path / "out"
    asked = [word for path in files for word in ("--scenario", path)]
    assert lxgeo("compare", town.ledger, "--areas", town.areas, *asked, "--out", out).code == 0
    for name, text in SCENARIOS.items():
        policy = tmp_path / f"alone_{name}.toml"
        policy.write_text(f'name = "{name}"\n{text.removeprefix("[policy]")}', encoding="utf-8")
        where = ("--areas", town.areas, "--out", tmp_path, "--name", f"alone {name}")
        assert lxgeo("plan", town.ledger, *where, "--policy", policy).code == 0
        run = tmp_path / f"alone {name}"
        alone = json.loads((run / "summary.json").read_text("utf-8"))
        here = json.loads((out / name / "summary.json").read_text("utf-8"))
        told = {key for key in here if key in alone} - {"seconds"}

        assert {key: here[key] for key in told} == {key: alone[key] for key in told}
        assert {"joint_branches", "thin_branches", "plan_cost_m", "gap", "coverage"} < told
        counted = figures_of(run)
        assert counted == {key: pytest.approx(here[key], abs=0.006) for key in counted}
        # What is still open is how long it took, and who is called what.
        assert set(here) - told - set(counted) == {"scenario", "seconds", "townships"}
        assert here["townships"] == townships_of(run)


def figures_of(run: Path) -> dict[str, object]:
    """Return the figures that a plan's own summary does not tell, from its files."""
    units = read_units(run)
    features = json.loads((run / "branches.geojson").read_text("utf-8"))["features"]
    branches = {each["properties"]["branch_id"]: each["properties"] for each in features}
    trade = {each["unit_id"]: each["industry_code"] for each in units}
    joined = [each for each in units if each["outcome"] in {"joint", "attached"}]
    under = [each for each in joined if each["is_host"] == "false"]
    ways = [float(each["distance_m"]) for each in under]
    alike = [
        trade[each["unit_id"]][:3] == trade[branches[each["branch_id"]]["host_id"]][:3]
        for each in under
    ]
    spans = [
        each["span_m"]
        for each in branches.values()
        if (each["outcome"], each["status"]) == ("joint", "proposed")
    ]
    organised = {"standalone", "joint", "attached", "existing", "temporary"}
    return {
        "covered": len(joined),
        "mean_distance_m": sum(ways) / len(ways),
        "mean_span_m": sum(spans) / len(spans),
        "longest_span_m": max(spans),
        "same_trade_share": sum(alike) / len(alike),
        # U1 and U6, which has a branch of its own, of nine.
        "standalone_rate": 2 / 9,
        "organisation_rate": sum(each["outcome"] in organised for each in units) / len(units),
    }


def townships_of(run: Path) -> list[dict[str, object]]:
    """Return the counts of each township, from the list of units."""
    units = read_units(run)
    organised = {"standalone", "joint", "attached", "existing"}
    return [
        {
            "township": name,
            "operating_units": len(here),
            "organisation": sum(each["outcome"] in organised for each in here),
            "standalone": sum(each["outcome"] in {"standalone", "existing"} for each in here),
            "joined": sum(each["outcome"] in {"joint", "attached"} for each in here),
            "left_out": sum(each["outcome"] == "left_out" for each in here),
        }
        for name in ("甲街道", "乙镇")
        for here in [[each for each in units if each["township"] == name]]
    ]


def read_units(run: Path) -> list[dict[str, str]]:
    """Return the rows of a run's list of units."""
    with (run / "units.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_sensitivity_is_told_setting_by_setting(
    lxgeo: Run, town: Town, files: list[Path], tmp_path: Path
) -> None:
    """The reach of towns and the weight of trades each change alone; two at once are told so."""
    both = tmp_path / "两样都改.toml"
    both.write_text('name = "两样都改"\n[policy]\nbranch_m = 900.0\nthin_m = 0.0\n', "utf-8")
    out = tmp_path / "out"
    asked = [word for path in (*files, both) for word in ("--scenario", path)]
    said = lxgeo("compare", town.ledger, "--areas", town.areas, *asked, "--out", out)
    table = json.loads((out / "compare.json").read_text("utf-8"))
    steps = {each["setting"]: each for each in table["sensitivity"]}
    sheet = openpyxl.load_workbook(out / "compare.xlsx")["灵敏度"]
    cells = [cell for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]

    assert said.code == 0, said.err
    assert set(steps) == {"max_distance_m_by_kind.town", "trade_m"}
    # The reach of towns from 500 to 1,500 m: U7 is attached, 600 m from U6.
    nearer = steps["max_distance_m_by_kind.town"]
    assert (nearer["from"], nearer["to"], nearer["scenarios"]) == (500, 1500, ["就近", "现行"])
    assert (nearer["moved"]["covered"], nearer["moved"]["left_out"]) == (1, -1)
    assert nearer["moved"]["mean_distance_m"] == pytest.approx(333.33 - 200, abs=0.02)
    # Trade from 300 to 3,000 m changes who joins whom in nothing, and the cost by U4's 2,700 m and
    # three quarters of as much for U7.
    dearer = steps["trade_m"]["moved"]
    assert (dearer["covered"], dearer["mean_distance_m"]) == (0, 0)
    assert dearer["plan_cost_m"] == pytest.approx(2700 * 1.75, abs=0.05)
    assert [(each["setting"], each["with"]) for each in table["entangled"]] == [
        ("branch_m", ["thin_m"]),
        ("thin_m", ["branch_m"]),
    ]
    assert "各类乡镇的距离上限（镇）" in cells
    assert "500米" in cells
    untold = "“恰好三名正式党员的加价”没有单独改动过"
    assert any(untold in str(each) for each in cells)
    assert untold in said.out


def test_pins_hold_in_every_scenario_but_one_with_its_own(
    lxgeo: Run, town: Town, tmp_path: Path
) -> None:
    """U7 is left out by hand where the common pins hold; other pins are told as a setting.

    A scenario of its own pins asks for U8 with U2, who is farther than U8's limit: refused.
    """
    common = tmp_path / "共同.csv"
    common.write_text("unit_id,action,other_id\nU7,leave_out,\n", encoding="utf-8")
    (tmp_path / "另行.csv").write_text("unit_id,action,other_id\nU8,lock,U2\n", encoding="utf-8")
    asked: list[object] = []
    for name, pins in {"共同": "", "放开": 'pins = ""', "另行": 'pins = "另行.csv"'}.items():
        path = tmp_path / f"{name}.toml"
        path.write_text(f'name = "{name}"\n{pins}\n', encoding="utf-8")
        asked += ["--scenario", path]
    out = tmp_path / "out"
    where = ("--areas", town.areas, "--pins", common)
    said = lxgeo("compare", town.ledger, *where, *asked, "--workers", "1", "--out", out)
    assert said.code == 0, said.err
    alone = lxgeo("plan", town.ledger, *where, "--out", tmp_path, "--name", "alone")
    assert alone.code == 0

    written = json.loads((out / "compare.json").read_text("utf-8"))
    told = {each["scenario"]: each for each in written["scenarios"]}
    assert [each["covered"] for each in told.values()] == [3, 4, 4]
    assert [each["changed"] for each in told.values()] == [
        {},
        {"pins": ["共同.csv", ""]},
        {"pins": ["共同.csv", "另行.csv"]},
    ]
    steps = [(each["setting"], each["moved"]["covered"]) for each in written["sensitivity"]]
    assert steps == [("pins", 1), ("pins", 0)]
    plan = json.loads((tmp_path / "alone" / "summary.json").read_text("utf-8"))
    assert told["共同"]["plan_cost_m"] == plan["plan_cost_m"]
    kept = json.loads((out / "共同" / "summary.json").read_text("utf-8"))["pins"]
    assert kept == json.loads((tmp_path / "alone" / "pins.json").read_text("utf-8"))
    book = openpyxl.load_workbook(out / "compare.xlsx")
    rows = [row[1:6] for row in book["人工调整"].iter_rows(min_row=4, values_only=True)]
    assert rows == [
        ("共同", "已采纳", "乙北网络有限公司", "不纳入", None),
        ("另行", "未采纳", "甲角电机有限公司", "锁定", "创业电子有限公司"),
    ]
    assert "人工调整：采纳 0 项，未采纳 1 项" in said.out
    page = (out / "compare.html").read_text("utf-8")
    data = base64.b64decode(page.partition('id="data">')[2].partition("<")[0]).decode()
    assert json.loads(data)["settings"] == [
        {"name": "人工调整", "values": ["共同.csv", "无", "另行.csv"]}
    ]


def test_pins_that_can_not_be_read_are_told_with_the_other_faults(
    lxgeo: Run, town: Town, files: list[Path], tmp_path: Path
) -> None:
    """A scenario's pins are missing, another has an unknown key: both are told."""
    files[0].write_text('pins = "没有.json"\n', encoding="utf-8")
    files[1].write_text('nam = "乙"\n', encoding="utf-8")
    asked = [word for path in files for word in ("--scenario", path)]
    said = lxgeo("compare", town.ledger, "--areas", town.areas, *asked, "--out", tmp_path / "out")

    assert said.code == 1
    assert "没有.json" in said.err
    assert "nam" in said.err


def test_faulty_scenarios_are_told_at_once(
    lxgeo: Run, town: Town, files: list[Path], tmp_path: Path
) -> None:
    """An unknown setting and an unknown key are told together; nothing is written."""
    files[0].write_text('name = "甲"\n[policy]\ntrade = 3\n', encoding="utf-8")
    files[1].write_text('nam = "乙"\n', encoding="utf-8")
    asked = [word for path in files for word in ("--scenario", path)]
    out = tmp_path / "out"
    said = lxgeo("compare", town.ledger, "--areas", town.areas, *asked, "--out", out)

    assert said.code == 1
    assert "trade_m" in said.err
    assert "nam" in said.err
    assert not out.exists()
    alone = lxgeo(
        *("compare", town.ledger, "--areas", town.areas, "--scenario", files[2], "--out", out)
    )
    assert alone.code == 1


@pytest.mark.parametrize("name", ["a/b", "compare.xlsx", "Maps.PNG", "maps", "现行"])
def test_names_that_can_be_no_files_are_told_before_anything_is_planned(
    lxgeo: Run, town: Town, files: list[Path], tmp_path: Path, name: str
) -> None:
    """A path, a file of ours in whatever capitals, another scenario: told, nothing written."""
    other = tmp_path / "other.toml"
    other.write_text(f"name = {json.dumps(name)}\n", encoding="utf-8")
    out = tmp_path / "out"
    where = ("--areas", town.areas, "--out", out)
    said = lxgeo("compare", town.ledger, *where, "--scenario", files[0], "--scenario", other)

    assert said.code == 1
    assert name in said.err
    assert not out.exists()


def test_the_front() -> None:
    """Nearer and less alike does not beat; worse in one and equal in the other is beaten."""
    points = [(100, 0.5), (90, 0.4), (100, 0.4), (80, 0.4), (None, 0.9)]
    figures = [{"mean_distance_m": x, "same_trade_share": y} for x, y in points]

    assert front(figures) == [True, False, False, True, False]


def test_without_a_chinese_font_charts_are_in_english(
    lxgeo: Run,
    town: Town,
    files: list[Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is told, and no glyph is missing: that would be a warning, which is an error here."""
    monkeypatch.setattr(charts, "chinese_font", lambda: None)
    asked = [word for path in files for word in ("--scenario", path)]
    out = tmp_path / "out"
    said = lxgeo("compare", town.ledger, "--areas", town.areas, *asked, "--out", out)

    assert said.code == 0, said.err
    assert json.loads((out / "compare.json").read_text("utf-8"))["notes"] == [charts.NO_FONT.zh]
    assert charts.NO_FONT.zh in said.out
    assert len(list(out.glob("*.png"))) == 4


def test_without_matplotlib_there_are_no_charts(
    lxgeo: Run,
    town: Town,
    files: list[Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is told how to get them; table, maps and page are written all the same."""
    monkeypatch.setattr(comparison, "can_draw", lambda: False)
    asked = [word for path in files for word in ("--scenario", path)]
    out = tmp_path / "out"
    said = lxgeo("compare", town.ledger, "--areas", town.areas, *asked, "--out", out)

    assert charts.NO_CHARTS.zh in said.out
    assert not list(out.glob("*.png"))
    assert (out / "compare.html").is_file()


def test_a_font_installed_since_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The drawing library keeps a list of fonts; one that is not on it yet is looked for."""
    from matplotlib import font_manager

    listed = [each for each in font_manager.fontManager.ttflist if each.name not in charts.FONTS]
    monkeypatch.setattr(font_manager.fontManager, "ttflist", listed)

    assert charts.chinese_font() in charts.FONTS
