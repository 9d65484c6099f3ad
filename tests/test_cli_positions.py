"""What ``plan`` and ``locate`` tell about coordinates and gazetteers."""

from __future__ import annotations

from pathlib import Path

import pytest

from command import Run
from town import Town, lonlat

HOSTILE = "[red]表[bold]"


@pytest.fixture
def swapped(tmp_path: Path) -> Path:
    """Return a ledger whose longitude and latitude are exchanged, its file named like markup."""
    path = tmp_path / f"{HOSTILE}.csv"
    rows = [(lonlat(100 + 150 * i, 300)[::-1], i) for i in range(8)]
    text = "".join(f"甲{i}公司,甲街道,3,{lon},{lat}\n" for (lon, lat), i in rows)
    path.write_text(f"单位名称,地址,正式党员数,经度,纬度\n{text}", encoding="utf-8")
    return path


def arguments(command: str, folder: Path) -> tuple[object, ...]:
    """Return where a command writes."""
    return ("--out", folder / "out") if command == "plan" else ("-o", folder / "located.parquet")


@pytest.mark.parametrize("command", ["plan", "locate"])
def test_swapped_coordinates_are_told(
    lxgeo: Run, town: Town, swapped: Path, tmp_path: Path, command: str
) -> None:
    """Both commands say so, where and what to do; the name of the sheet stands as it is."""
    where = arguments(command, tmp_path)
    said = lxgeo(command, swapped, "--areas", town.areas, *where)

    assert said.code == 0, said.err
    (told,) = [line for line in said.out.splitlines() if "填反" in line]
    assert HOSTILE in told
    assert "--column" in told


def test_coordinates_that_fit_are_not_told(lxgeo: Run, town: Town, tmp_path: Path) -> None:
    """Nothing is said of a ledger whose coordinates are where its addresses are."""
    said = lxgeo("locate", town.ledger, "--areas", town.areas, *arguments("locate", tmp_path))

    assert "填反" not in said.out
    assert "地名库" not in said.out


@pytest.mark.parametrize("command", ["plan", "locate"])
def test_rows_of_a_gazetteer_without_a_place_are_counted(
    lxgeo: Run, town: Town, tmp_path: Path, command: str
) -> None:
    """One of two doors has no coordinates; the file's name stands as it is, unstyled."""
    lon, lat = lonlat(700, 700)
    places = tmp_path / "[red]门牌.csv"
    places.write_text(f"道路,门牌号,经度,纬度\n和平巷,9号,{lon},{lat}\n和平巷,11号,,\n", "utf-8")
    asked = (command, town.ledger, "--areas", town.areas, "--gazetteer", places)
    said = lxgeo(*asked, *arguments(command, tmp_path))
    english = lxgeo(*asked, *arguments(command, tmp_path), "--lang", "en")

    assert "地名库 [red]门牌.csv：1 行没有能读出的位置" in said.out
    assert "gazetteer [red]门牌.csv: 1 rows without a place" in english.out
