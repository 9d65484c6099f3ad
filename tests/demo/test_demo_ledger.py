"""The ledger looks like an office's, and the truth beside it is true."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest

from lxgeo.demo import LEDGER_FILE, Demo
from lxgeo.demo.codes import check_character, credit_code
from lxgeo.demo.dice import Dice
from lxgeo.demo.sheets import Page
from lxgeo.demo.trades import TRADES
from lxgeo.demo.traps import BETWEEN_ROWS, TRAPS


@pytest.fixture(scope="module")
def pages(demo: Demo) -> tuple[Page, ...]:
    """Return the sheets of units."""
    return tuple(page for page in demo.pages if not page.hidden)


def test_workbook_holds_what_was_laid_out(folder: Path, demo: Demo) -> None:
    """Every cell and every merged range of every sheet is in the file; text stays text."""
    book = openpyxl.load_workbook(folder / LEDGER_FILE)

    assert book.sheetnames == [page.name for page in demo.pages]
    for page in demo.pages:
        sheet = book[page.name]
        assert (sheet.sheet_state == "hidden") == page.hidden
        found = [list(row) for row in sheet.iter_rows(values_only=True)]
        width = max(len(row) for row in page.rows)
        assert found == [row + [None] * (width - len(row)) for row in page.rows]
        merged = {(m.min_row, m.min_col, m.max_row, m.max_col) for m in sheet.merged_cells.ranges}
        assert merged == set(page.merges)


def test_sheets_look_like_an_offices(pages: tuple[Page, ...]) -> None:
    """A merged title, the office's line, a two-level header, subtotals, a total, a footer."""
    for page in pages:
        kinds = page.kinds

        assert kinds[:4] == ["title", "office", "header", "header"]
        assert page.name in str(page.rows[0][0])
        assert "虚构" in str(page.rows[0][0])
        assert (1, 1, 1, 24) in page.merges
        assert Counter(kinds)["subtotal"] == 2
        assert Counter(kinds)["total"] == 1
        assert kinds[-3:] == ["footer", "note", "note"]
    assert any("divider" in page.kinds for page in pages)
    assert any(Counter(page.kinds)["header"] > 2 for page in pages)


def test_each_township_has_its_sheet(
    pages: tuple[Page, ...], layer: dict[str, gpd.GeoDataFrame]
) -> None:
    """Twelve sheets named as the townships, 3,000 rows in all, none of them empty of units."""
    assert [page.name for page in pages] == layer["townships"]["name"].tolist()
    assert sum(len(page.entries) for page in pages) == 3_000
    assert min(len(page.entries) for page in pages) > 60


def test_subtotals_are_the_sums_of_their_columns(pages: tuple[Page, ...]) -> None:
    """The last line is the sum of both subtotals, in staff, total, full and probationary."""
    for page in pages:
        parts = [row for row, kind in zip(page.rows, page.kinds, strict=True) if kind == "subtotal"]
        total = page.rows[page.kinds.index("total")]

        for column in (7, 8, 9, 10):
            assert total[column] == sum(int(str(row[column])) for row in parts)


def test_members_are_spread_as_in_life(pages: tuple[Page, ...]) -> None:
    """60 % of units have no full member, 20 % one, 10 % two, 10 % more; a few 50, a few 100."""
    entries = [entry for page in pages for entry in page.entries.values() if not entry.copy_of]
    full = Counter(min(entry.unit.full, 3) for entry in entries)
    share = {count: round(number / len(entries), 3) for count, number in full.items()}
    large = sorted((entry.unit.full for entry in entries), reverse=True)

    assert share == {0: 0.6, 1: 0.2, 2: 0.1, 3: 0.1}
    assert large[2] >= 100 > large[3] >= 50
    assert large[7] >= 50 > large[8]
    assert all(entry.unit.members <= entry.unit.staff for entry in entries)


def test_credit_codes_are_right_and_of_nobody() -> None:
    """Check characters fit; no county has the code 980203.

    The eighteenth character of 91350100M000100Y43, the example that checkers of GB 32100 share:
    the seventeen before it weigh 3^i mod 31, and 31 less the remainder of the sum is 3.
    """
    codes = {credit_code("非公企业", Dice(seed)) for seed in range(200)}

    assert check_character("91350100M000100Y4") == "3"
    assert len(codes) == 200
    assert all(code[:8] == "91980203" and check_character(code[:-1]) == code[-1] for code in codes)


def test_trades_are_written_as_gb_4754_writes_them() -> None:
    """A section letter and four digits, the division inside its section (GB/T 4754-2017)."""
    first = {"A": 1, "B": 6, "C": 13, "D": 44, "E": 47, "F": 51, "G": 53, "H": 61, "I": 63, "J": 66}
    first |= {"K": 70, "L": 71, "M": 73, "N": 76, "O": 80, "P": 83, "Q": 84, "R": 86, "S": 91}
    after = dict(zip(first, [*list(first.values())[1:], 97], strict=True))

    assert len({trade.code for trade in TRADES}) > 80
    for trade in TRADES:
        assert len(trade.code) == 5
        assert first[trade.code[0]] <= int(trade.code[1:3]) < after[trade.code[0]]


def test_persons_are_nobody(written: pd.DataFrame) -> None:
    """Contacts are 某甲 and the like, phones begin with 1000000: no person, no number in use."""
    assert written["contact"].str.fullmatch("某[甲乙丙丁戊己庚辛壬癸]").all()
    assert written["phone"].str.fullmatch(r"1000000\d{4}").all()


def test_truth_tells_which_areas_hold_each_unit(
    truth: pd.DataFrame, layer: dict[str, gpd.GeoDataFrame]
) -> None:
    """Townships, parks, buildings and villages of the truth are those that hold its positions."""
    points = gpd.GeoDataFrame(
        truth,
        geometry=gpd.points_from_xy(truth["lon"].astype(float), truth["lat"].astype(float)),
        crs="EPSG:4326",
    )

    for name in ("township", "park", "building", "village"):
        areas = layer[f"{name}s"][["id", "geometry"]]
        found = gpd.sjoin(points, areas, how="left", predicate="within")["id"].fillna("")
        assert found.index.is_unique
        assert found.to_dict() == truth[f"{name}_id"].to_dict()


def test_every_trap_is_planted_as_often_as_it_says(truth: pd.DataFrame) -> None:
    """Each named trap spoils as many rows as listed; four rows in five have none."""
    found = Counter(truth["trap"])
    free = found.pop("")

    assert {trap.name: found.pop(trap.name) for trap in TRAPS} == {
        trap.name: trap.rows for trap in TRAPS
    }
    assert found.keys() == BETWEEN_ROWS.keys()
    assert 2_000 < free < 2_700


def test_rows_told_twice_follow_the_first(truth: pd.DataFrame) -> None:
    """A row that lists a unit again stands below or on a later sheet, and names the first."""
    order = {row: number for number, row in enumerate(truth.index)}
    again = truth[truth["duplicate_of"] != ""]

    assert len(again) == 12
    assert again["trap"].str.startswith("duplicate").all()
    assert all(order[first] < order[row] for row, first in again["duplicate_of"].items())
    same = ["credit_code", "lon", "lat", "full_members"]
    first = truth.loc[again["duplicate_of"], same]
    assert first.to_numpy().tolist() == again[same].to_numpy().tolist()


def test_coordinates_are_shifted_as_declared(truth: pd.DataFrame, written: pd.DataFrame) -> None:
    """WGS 84 and CGCS2000 rows bear their true place to 6 decimals; GCJ-02 rows lie 300–700 m off.

    0.004° of longitude is 350 m here; the shift about 104° E 38.6° N is around 500 m.
    """
    given = written[written["lon"].map(lambda value: isinstance(value, float))]
    given = given[(truth.loc[given.index, "tells"] == "given") & given["datum"].notna()]
    off = (given["lon"].astype(float) - truth.loc[given.index, "lon"].astype(float)).abs()
    plain = given["datum"].str.contains("84|2000")
    shifted = given["datum"].str.contains("GCJ")

    assert (plain.sum(), shifted.sum()) > (300, 200)
    assert off[plain].max() < 1e-6
    assert off[shifted].between(0.002, 0.009).all()
