"""The ledger looks like an office's, and the truth beside it is true."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections import Counter
from pathlib import Path

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest

from lxgeo.demo import LEDGER_FILE, Demo
from lxgeo.demo.between import BETWEEN_ROWS
from lxgeo.demo.codes import check_character, credit_code
from lxgeo.demo.dialects import OTHER_SHEETS
from lxgeo.demo.dice import Dice
from lxgeo.demo.entries import Cell, Formula
from lxgeo.demo.sheets import Page
from lxgeo.demo.trades import TRADES
from lxgeo.demo.traps import TRAPS


@pytest.fixture(scope="module")
def pages(demo: Demo) -> tuple[Page, ...]:
    """Return the sheets of units."""
    return tuple(page for page in demo.pages if page.name not in {*OTHER_SHEETS, "字典"})


def typed(cell: Cell) -> object:
    """Return a cell as openpyxl gives it: a formula as its text, a date with the time of day."""
    if isinstance(cell, Formula):
        return cell.text
    return dt.datetime.fromisoformat(f"{cell}") if isinstance(cell, dt.date) else cell


@pytest.fixture(scope="module")
def book(folder: Path) -> openpyxl.Workbook:
    """Return the workbook as another program reads it."""
    return openpyxl.load_workbook(folder / LEDGER_FILE)


def test_workbook_holds_what_was_laid_out(book: openpyxl.Workbook, demo: Demo) -> None:
    """Every cell and every merged range of every sheet is in the file; text stays text."""
    assert book.sheetnames == [page.name for page in demo.pages]
    for page in demo.pages:
        sheet = book[page.name]
        assert (sheet.sheet_state == "hidden") == page.hidden
        found = [list(row) for row in sheet.iter_rows(values_only=True)]
        width = max(len(row) for row in page.rows)
        assert found == [
            [typed(cell) for cell in row] + [None] * (width - len(row)) for row in page.rows
        ]
        merged = {(m.min_row, m.min_col, m.max_row, m.max_col) for m in sheet.merged_cells.ranges}
        assert merged == set(page.merges)


def test_sheets_look_like_an_offices(pages: tuple[Page, ...]) -> None:
    """A merged title, the office's line, a header of levels, subtotals, a total, a footer."""
    for page in pages:
        kinds = [kind for kind in page.kinds if kind != "continuation"]
        width = len(page.dialect.fields) if page.dialect else 0

        assert kinds[:4] == ["title", "office", "header", "header"]
        assert page.name in str(page.rows[0][0])
        assert "虚构" in str(page.rows[0][0])
        assert (1, 1, 1, width) in page.merges
        assert Counter(kinds)["subtotal"] == 2
        assert Counter(kinds)["total"] == 1
        assert kinds[kinds.index("footer") :][:3] == ["footer", "note", "note"]
    assert any("divider" in page.kinds for page in pages)
    assert any(Counter(page.kinds)["header"] > 2 for page in pages)


def test_each_township_has_its_sheet(
    pages: tuple[Page, ...], demo: Demo, layer: dict[str, gpd.GeoDataFrame]
) -> None:
    """Twelve sheets named as the townships; with two others they hold 3,000 units."""
    assert [page.name for page in pages] == layer["townships"]["name"].tolist()
    assert min(len(page.entries) for page in pages) > 60
    assert sum(len(page.entries) for page in demo.pages) == 3_000
    assert {page.name: page.hidden for page in demo.pages if page not in pages} == {
        "行业主管部门": False,
        "待补录": True,
        "字典": True,
    }


def test_subtotals_are_the_sums_of_their_columns(pages: tuple[Page, ...]) -> None:
    """The last line is the sum of both subtotals, but for members on one sheet: one too many.

    On one sheet the subtotals are formulas that nobody has calculated: they have no value.
    """
    off = {}
    for page in pages:
        parts = [row for row, kind in zip(page.rows, page.kinds, strict=True) if kind == "subtotal"]
        total = page.rows[page.kinds.index("total")]
        assert page.dialect
        for name in ("staff", "total", "full", "probationary"):
            column = page.dialect.fields.index(name)
            said = [value(row[column]) for row in parts]
            if None in said:
                assert page.name == "石崖乡"
            elif over := sum(int(str(each)) for each in said) - int(str(total[column])):
                off[page.name, name] = over

    assert off == {("沙棘镇", "total"): 1}


def value(cell: Cell) -> Cell:
    """Return a cell's value; a formula's is the one that the file holds."""
    return cell.value if isinstance(cell, Formula) else cell


def test_members_are_spread_as_in_life(demo: Demo) -> None:
    """60 % of units have no full member, 20 % one, 10 % two, 10 % more; a few 50, a few 100."""
    every = [entry for page in demo.pages for entry in page.entries.values()]
    entries = [entry for entry in every if not entry.copy_of]
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
    """Each named trap spoils as many rows as listed; 85 rows in a hundred have none."""
    found = Counter(truth["trap"])
    free = found.pop("")

    assert {trap.name: found.pop(trap.name) for trap in TRAPS} == {
        trap.name: trap.rows for trap in TRAPS
    }
    assert found.keys() == BETWEEN_ROWS.keys()
    assert free >= 2_550


def test_every_pattern_of_one_workbook_is_planted(truth: pd.DataFrame, demo: Demo) -> None:
    """Of the 46 patterns all are in rows or in the sheets' layout, but the kinds of files (45)."""
    in_rows = {int(number) for number in truth["pattern"] if number}
    in_layout = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 22, 33, 35, 36, 38, 46}

    assert {trap.pattern for trap in TRAPS} <= in_rows
    assert {*range(1, 47)} - in_rows - in_layout == {45}
    assert "subtotal_wrong" in {name for page in demo.pages for name, _ in page.wrong.values()}


def test_rows_told_twice_follow_the_first(truth: pd.DataFrame) -> None:
    """A row that lists a unit again stands below or on a later sheet, and names the first."""
    order = {row: number for number, row in enumerate(truth.index)}
    again = truth[truth["duplicate_of"] != ""]

    assert Counter(again["trap"]) == {name: 2 for name in BETWEEN_ROWS if "duplicate" in name}
    assert all(order[first] < order[row] for row, first in again["duplicate_of"].items())
    same = ["lon", "lat", "full_members", "address"]
    first = truth.loc[again["duplicate_of"], same]
    assert first.to_numpy().tolist() == again[same].to_numpy().tolist()


def test_coordinates_are_shifted_as_declared(truth: pd.DataFrame, written: pd.DataFrame) -> None:
    """WGS 84 and CGCS2000 rows bear their true place to 6 decimals; GCJ-02 rows lie 300–700 m off.

    0.004° of longitude is 350 m here; the shift about 104° E 38.6° N is around 500 m.
    """
    given = written[written["lon"].map(lambda degrees: isinstance(degrees, float))]
    given = given[(truth.loc[given.index, "tells"] == "given") & given["datum"].notna()]
    off = (given["lon"].astype(float) - truth.loc[given.index, "lon"].astype(float)).abs()
    plain = given["datum"].str.contains("84|2000")
    shifted = given["datum"].str.contains("GCJ")

    assert (plain.sum(), shifted.sum()) > (300, 200)
    assert off[plain].max() < 1e-6
    assert off[shifted].between(0.002, 0.009).all()


def test_workbook_marks_what_offices_mark(
    folder: Path, book: openpyxl.Workbook, truth: pd.DataFrame
) -> None:
    """Errors are errors and not text, uncalculated formulas have no value, red rows are red.

    A filter is on, and hides the rows that it should; comments and a stamp are there.
    """
    values = openpyxl.load_workbook(folder / LEDGER_FILE, data_only=True)
    found: Counter[tuple[str, str]] = Counter()
    for row, trap in truth["trap"].items():
        sheet, number = str(row).split("!")
        cells, held = book[sheet][int(number)], values[sheet][int(number)]
        formulas = [(c, v) for c, v in zip(cells, held, strict=True) if c.data_type == "f"]
        found["error", trap] += sum(v.data_type == "e" for _, v in formulas)
        found["uncalculated", trap] += sum(v.value is None for _, v in formulas)
        found["red", trap] += cells[0].fill.fgColor.rgb == "FFFF0000"
        found["comment", trap] += sum(cell.comment is not None for cell in cells)
        found["hidden", trap] += bool(book[sheet].row_dimensions[int(number)].hidden)
    with zipfile.ZipFile(folder / LEDGER_FILE) as archive:
        texts = {name: archive.read(name).decode() for name in archive.namelist()}

    assert {key: count for key, count in found.items() if count} == {
        ("error", "formula_error"): 4,
        ("error", "member_formula_error"): 3,
        ("uncalculated", "formula_uncalculated"): 4,
        ("red", "painted_red"): 4,
        ("comment", "comment"): 4,
        ("hidden", "hidden_row"): 6,
    }
    assert book["苇湖乡"].auto_filter.ref
    assert sum(dim.hidden for dim in book["苇湖乡"].column_dimensions.values()) > 0
    assert any("演示专用章" in text for text in texts.values())
