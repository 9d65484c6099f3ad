"""Scenarios on the nine-unit town, by hand (see town.py).

As it stands: one joint branch (U2, U3, U4) and U7 attached: four units covered; ways to the host
0, 400 and 600 m: mean 333.33. Of the three that are no host, U3 shares the host's division, U4 does
not, U7 (I6490 under I6510) does not: one of three.
With the reach in towns at 500 m U7 is left out: three covered, ways 0 and 400, mean 200.
With trade ten times as dear U4 still joins: 400 + 3,000 is less than 12,000 left out.
"""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from command import Run
from lxgeo.judge.compare import front
from lxgeo.publish import charts
from lxgeo.publish.comparison import SAID
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
    table = json.loads((out / "compare.json").read_text("utf-8"))["scenarios"]
    book = openpyxl.load_workbook(out / "compare.xlsx")
    lines = {row[1]: row for row in book["情景比较"].iter_rows(values_only=True)}
    for row in table:
        summary = told[row["scenario"]]
        assert {name: row[name] for name in SAID} == {name: summary[name] for name in SAID}
        assert lines[row["scenario"]][2:-1] == tuple(summary[name] for name in SAID)
        assert row["townships"] == summary["townships"]
    assert [row["on_front"] for row in table] == [False, True, False]
    assert table[1]["changed"]["max_distance_m_by_kind"][1]["town"] == 500
    assert {path.name for path in out.glob("*.png")} == {"front.png", "figures.png"}
    # U2, U3 and U4 hold in all three; U7 is attached in two of them.
    firm = {row[1]: row[4] for row in book["稳定度"].iter_rows(values_only=True)}
    assert firm["创业电子有限公司"] == 1
    assert firm["乙北网络有限公司"] == pytest.approx(1 / 3, abs=1e-6)


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


def test_the_front() -> None:
    """Nearer and less alike does not beat; worse in one and equal in the other is beaten."""
    points = [(100, 0.5), (90, 0.4), (100, 0.4), (80, 0.4), (None, 0.9)]
    figures = [{"mean_distance_m": x, "same_trade_share": y} for x, y in points]

    assert front(figures) == [True, False, False, True, False]


def test_without_a_chinese_font_charts_are_in_english(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told, and no glyph is missing: that would be a warning, which is an error here."""
    monkeypatch.setattr(charts, "chinese_font", lambda: None)
    figures = dict.fromkeys(charts.BARS, 1) | {"mean_distance_m": 5.0, "same_trade_share": 0.5}
    told = charts.draw_charts(tmp_path, [{"scenario": "甲", **figures}] * 2, [True, True], "zh")

    assert told == (charts.NO_FONT,)
    assert (tmp_path / "front.png").stat().st_size > 0


def test_without_matplotlib_there_are_no_charts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told how to get them."""
    monkeypatch.setattr(charts, "find_spec", lambda _: None)

    assert charts.draw_charts(tmp_path, [], [], "zh") == (charts.NO_CHARTS,)
