"""Every command line of the documentation runs to its end, in the order of its page.

Each page gets a folder of its own that holds what the page takes for granted: a ledger, areas,
a file of pins. The ledger is the town's (see `town`). Lines that need a network end as they must
without one: with exit code 3 (a service failed), or 1 where a key is missing, and a sentence.
"""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import openpyxl
import pytest

from command import Run
from test_documented_commands import PAGES, _lines
from town import Town

ONLINE = {"fetch-osm 深圳市南山区": 3, "fetch-osm Nanshan, Shenzhen": 3, "--allow-upload": 1}
"""What a line holds that needs a network → its exit code without one."""

ELSEWHERE = {
    "province.md": "tests/province/test_province_page.py",
    "osm.md": "tests/services/test_fetch_osm_command.py",
}
"""Pages whose lines have a test of their own."""

VENUES = ["梧柳镇党群服务中心", *(f"甲街道第{number}会议室" for number in "一二三四五六")]

YEAR = "history 一季度 二季度 三季度 四季度 --branch 乙街联合党支部"
"""Run in `tests/test_year.py`, on the year that the page tells of."""


def _ledger(town: Town, path: Path) -> None:
    """Write the town's ledger as a workbook; U4 moves into 创业大厦, whose name a branch gets."""
    with town.ledger.open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    place = slice(header.index("lon"), header.index("lat") + 1)
    (third,) = (row for row in rows if row[0] == "U3")
    book = openpyxl.Workbook()
    for row in [header, *rows]:
        if row[0] == "U4":
            row[place] = third[place]
        book.active.append([int(cell) if cell.isdigit() else cell for cell in row])
    book.save(path)


def _areas(town: Town, path: Path) -> None:
    shutil.copytree(town.areas, path)
    townships = json.loads((path / "townships.geojson").read_text("utf-8"))
    west, south = townships["features"][0]["geometry"]["coordinates"][0][0]
    venues = [
        {
            "type": "Feature",
            "properties": {"name": name},
            "geometry": {"type": "Point", "coordinates": [west + 0.003 * i, south + 0.004]},
        }
        for i, name in enumerate(VENUES)
    ]
    layer = {"type": "FeatureCollection", "features": venues}
    (path / "venues.geojson").write_text(json.dumps(layer), encoding="utf-8")


def _pins(path: Path) -> None:
    pin = {"unit_id": "U2", "action": "together", "other_id": "U3", "why": "同楼", "who": "组织科"}
    path.write_text(json.dumps([pin | {"when": "2026-01-31"}]), encoding="utf-8")


def _office(town: Town, folder: Path) -> None:
    """Put into the folder what the pages speak of."""
    for name in ("台账.xlsx", "新台账.xlsx", "ledger.xlsx"):
        _ledger(town, folder / name)
    for name in ("区域图层文件夹", "区域图层", "区域", "areas"):
        _areas(town, folder / name)
    _pins(folder / "调整.json")
    (folder / "地址.txt").write_text("云溪区甲街道中山路1号\n", encoding="utf-8")
    (folder / "已批准.txt").write_text("创业大厦联合党支部\n", encoding="utf-8")
    for name, distance in (("A", 300), ("B", 600)):
        (folder / f"{name}.toml").write_text(f"[policy]\ntrade_m = {distance}\n", encoding="utf-8")


def _province(town: Town, folder: Path) -> None:
    for ledgers, areas in (("全省台账", "全省区域图层"), ("ledgers", "areas")):
        (folder / ledgers).mkdir()
        shutil.copy(town.ledger, folder / ledgers / "330106.csv")
        shutil.rmtree(folder / areas, ignore_errors=True)
        shutil.copytree(town.areas, folder / areas / "330106")


BEFORE = {
    "export.md": ["方案名"],
    "whatif.md": ["台账", "一季度", "三季度"],
}
"""Runs that a page takes for granted."""


HERE = [page for page in PAGES if page.name not in ELSEWHERE and _lines(page)]


@pytest.mark.parametrize("page", HERE, ids=lambda page: page.name)
def test_every_command_line_runs(
    page: Path, town: Town, tmp_path: Path, lxgeo: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To exit code 0, but for what needs a network."""
    monkeypatch.chdir(tmp_path)
    for variable in ("LXGEO_AMAP_KEY", "LXGEO_TILES_KEY"):
        monkeypatch.delenv(variable, raising=False)
    _office(town, tmp_path)
    for name in BEFORE.get(page.name, []):
        said = lxgeo("plan", "台账.xlsx", "--areas", "区域图层", "--name", name)
        assert said.code == 0, said.err
    for words in _lines(page):
        line = " ".join(words)
        if line == YEAR:
            continue
        if "--by-county" in words:
            _province(town, tmp_path)
        with (tmp_path / "地址.txt").open(encoding="utf-8") as addresses:
            monkeypatch.setattr("sys.stdin", addresses)
            said = lxgeo(*words)
        expected = next((code for sign, code in ONLINE.items() if sign in line), 0)
        assert said.code == expected, f"{page.name}: lxgeo {line}: {said.code} {said.err}"
        assert said.code == 0 or said.err.strip()


def test_pages_with_a_test_of_their_own_have_it() -> None:
    """So that no page is left out by being named."""
    root = PAGES[0].parent
    for page, test in ELSEWHERE.items():
        assert (root / "docs" / page).is_file()
        assert page.removesuffix(".md") in (root / test).read_text("utf-8")
