"""units.csv: every row, in ledger order, with nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lxgeo.publish import Release
from lxgeo.publish.rows import published
from lxgeo.publish.table import in_csv, write_csv
from lxgeo.tables import UNITS, Column
from town import lonlat

NAME = Column("name", "单位名称")


def written(path: Path, release: Release) -> list[dict[str, str]]:
    """Write a release's units and read them back as text."""
    write_csv(path, published(release.units, UNITS))
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_every_row_is_there_in_ledger_order(tmp_path: Path, release: Release) -> None:
    """Nine rows, U9 without a position among them, under the contract's columns."""
    rows = written(tmp_path / "u.csv", release)

    assert [row["unit_id"] for row in rows] == [f"U{i}" for i in range(1, 10)]
    assert list(rows[0]) == UNITS.names


def test_a_spreadsheet_reads_it_as_utf_8(tmp_path: Path, release: Release) -> None:
    """A byte order mark leads, or Excel would take Chinese for something else."""
    written(tmp_path / "u.csv", release)

    assert (tmp_path / "u.csv").read_bytes().startswith(b"\xef\xbb\xbfunit_id,row,name")


def test_values_are_written_as_promised(tmp_path: Path, release: Release) -> None:
    """Flags true/false, unknown empty, degrees to 7 decimals, metres to 2, counts whole."""
    rows = {row["unit_id"]: row for row in written(tmp_path / "u.csv", release)}
    lon, lat = lonlat(1000, 1400)

    assert (rows["U2"]["is_host"], rows["U4"]["is_host"]) == ("true", "false")
    assert (rows["U4"]["lon"], rows["U4"]["lat"]) == (f"{lon:.7f}", f"{lat:.7f}")
    assert (rows["U4"]["distance_m"], rows["U2"]["distance_m"]) == ("400.00", "0.00")
    assert (rows["U1"]["full_members"], rows["U5"]["full_members"]) == ("5", "0")
    assert (rows["U9"]["lon"], rows["U1"]["distance_m"], rows["U1"]["credit_code"]) == ("", "", "")


def test_metres_round_half_up(
    tmp_path: Path, changed: Callable[[dict[str, dict[str, Any]]], Release]
) -> None:
    """400.125 m is exactly half-way (binary) and goes up, as distances are reckoned elsewhere."""
    rows = written(tmp_path / "u.csv", changed({"U4": {"distance_m": 400.125}}))

    assert rows[3]["distance_m"] == "400.13"


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_what_could_start_a_formula_is_led_by_a_quote(sign: str) -> None:
    """Also the wide signs that East Asian spreadsheets know."""
    assert in_csv(NAME, f"{sign}1+1") == f"'{sign}1+1"


@pytest.mark.parametrize("text", ["a=1", "1-2", "甲公司", "'quoted", ""])
def test_other_text_stays_as_it_is(text: str) -> None:
    """Only the first character counts."""
    assert in_csv(NAME, text) == text


def test_numbers_below_zero_are_no_formulas() -> None:
    """A western longitude keeps its minus: it is a number, not text."""
    assert in_csv(Column("lon", "经度", kind="number", unit="°"), -71.0589) == "-71.0589000"
