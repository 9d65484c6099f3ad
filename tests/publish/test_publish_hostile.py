"""Names from a ledger stay text in every file, whatever they look like."""

from __future__ import annotations

import csv
import json
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import geopandas as gpd
import openpyxl
import pytest
from python_calamine import CalamineWorkbook
from rfc7946 import faults
from town_plan import HOSTILE

from lxgeo.publish import Record, Release, publish_run
from lxgeo.publish.list_sheet import as_held
from lxgeo.publish.rows import plain

CLEAN = [text.replace("\x00", "").replace("\x07", "").replace("\ufffe", "") for text in HOSTILE]
"""What no format can hold (NUL and its like) is left out; everything else is kept."""


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory, hostile: Release) -> Path:
    """Return the run folder of the town with hostile names."""
    out = tmp_path_factory.mktemp("hostile")
    return publish_run(out, "run", hostile, Record({"lxgeo": "0.1.0"}), "").folder


def test_the_names_test_what_they_should() -> None:
    """One has a NUL, one starts a formula, one lies beyond the basic plane."""
    assert any("\x00" in text for text in HOSTILE)
    assert any(text.startswith("=") for text in HOSTILE)
    assert any(ord(letter) > 0xFFFF for text in HOSTILE for letter in text)


def test_in_csv(run: Path) -> None:
    """Formulas are led by a quote; quotes, commas, line breaks and templates are kept."""
    with (run / "units.csv").open(encoding="utf-8-sig", newline="") as file:
        names = [row["name"] for row in csv.DictReader(file)]

    assert names == [f"'{text}" if text[0] in "=+" else text for text in CLEAN]


def test_in_geojson(run: Path) -> None:
    """GIS files keep text as it is: no quote is put before a formula there."""
    data = (run / "units.geojson").read_bytes()
    names = [each["properties"]["name"] for each in json.loads(data)["features"]]

    assert faults(data) == []
    assert names == CLEAN[:8]


@pytest.mark.parametrize("name", ["branches", "hulls"])
def test_in_branch_names(run: Path, name: str) -> None:
    """Branch names come from unit names, so they are as hostile."""
    data = (run / f"{name}.geojson").read_bytes()
    names = [each["properties"]["name"] for each in json.loads(data)["features"]]

    assert faults(data) == []
    assert names == CLEAN[:2]


def test_in_the_geopackage(run: Path) -> None:
    """Text columns hold the names; the styles are sound XML."""
    units = gpd.read_file(run / "plan.gpkg", layer="units")

    assert units["name"].tolist() == CLEAN
    with closing(sqlite3.connect(run / "plan.gpkg")) as connection:
        for (text,) in connection.execute("SELECT styleQML FROM layer_styles"):
            assert ET.fromstring(text).tag == "qgis"  # noqa: S314 - written by ourselves


def cells(path: Path) -> Iterator[Any]:
    """Yield every cell of a workbook."""
    for sheet in openpyxl.load_workbook(path):
        for row in sheet.iter_rows():
            yield from row


def test_in_the_workbook(run: Path) -> None:
    """No cell is a formula or a link in any sheet; names read back as they are."""
    found = list(cells(run / "plan.xlsx"))

    assert not [cell for cell in found if cell.data_type == "f" or cell.hyperlink]
    sheet = openpyxl.load_workbook(run / "plan.xlsx")["方案"]
    assert [sheet.cell(row, 3).value for row in range(4, 13)] == CLEAN


def test_the_workbook_s_xml_holds_no_formula(run: Path) -> None:
    """Nor is there an external link, a macro or a formula element in the package itself."""
    with zipfile.ZipFile(run / "plan.xlsx") as package:
        names = package.namelist()
        sheets = [package.read(name) for name in names if name.startswith("xl/worksheets/sheet")]

    assert not [name for name in names if "external" in name.lower() or "vba" in name.lower()]
    assert sheets
    assert not [text for text in sheets if b"<f>" in text or b"<hyperlink" in text]


def test_another_reader_sees_the_same(run: Path) -> None:
    """Calamine, which knows nothing of openpyxl, reads the same names."""
    rows = CalamineWorkbook.from_path(run / "plan.xlsx").get_sheet_by_name("方案").to_python()

    assert [row[2] for row in rows if row[0] in range(1, 10)] == CLEAN


def test_lone_surrogates_and_escapes_can_be_written() -> None:
    """What UTF-8 or XML can't carry is left out; an escape that looks like one is just text."""
    assert plain("a\ud800b\ufffec\x1bd\x7f\te\n") == "abcd\te\n"
    assert plain("_x0041_ 𠮷㐂䶮") == "_x0041_ 𠮷㐂䶮"


def test_a_text_longer_than_a_cell_is_cut_in_sight() -> None:
    """A cell takes 32,767 UTF-16 characters; without this the whole text would be dropped."""
    assert as_held("名" * 32_767) == "名" * 32_767
    assert as_held("名" * 32_768).endswith("…")
    assert len(as_held("𠮷" * 20_000).encode("utf-16-le")) <= 2 * 32_767
