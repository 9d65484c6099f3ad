"""Shapefiles: names that fit, long texts split, and an error before a loss."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyogrio
import pytest
from exported import differences, units_of
from hypothesis import given, settings
from hypothesis import strategies as st

from lxgeo.errors import InputError
from lxgeo.model import AREA_LAYERS
from lxgeo.publish import Record, Release, publish_run
from lxgeo.publish.export.shapefile import ENCODING, _split
from lxgeo.publish.export.short_names import short_name
from lxgeo.read.run_layers import read_layers
from lxgeo.scenario.exporting import export_run
from lxgeo.tables import BRANCHES, HULLS, LINKS, UNITS, area_table

TABLES = (UNITS, BRANCHES, LINKS, HULLS, *(area_table(name) for name in AREA_LAYERS))


@pytest.fixture
def run_with(
    changed: Callable[[dict[str, dict[str, Any]]], Release], record: Record, tmp_path: Path
) -> Callable[[str], Path]:
    """Return a maker of runs in which unit U2 has another name."""

    def make(name: str) -> Path:
        release = changed({"U2": {"name": name}})
        return publish_run(tmp_path / "out", "九家", release, record, "<html></html>").folder

    return make


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_column_has_a_short_name_of_its_own(table: Any) -> None:
    """ASCII, ten bytes at most, no two alike even where upper and lower case are one."""
    names = [short_name(column.name).lower() for column in table.columns]

    assert all(name.isascii() and len(name) <= 10 for name in names)
    assert len(set(names)) == len(names)


def test_a_column_without_a_short_name_is_refused() -> None:
    """A name is never cut: who adds a column names it."""
    with pytest.raises(InputError, match="字段名 a_column_too_long 超过 Shapefile 的 10 字节"):
        short_name("a_column_too_long")


def test_the_files_say_what_they_are(run_folder: Path) -> None:
    """GB18030 stands in the .cpg, CGCS2000 in the .prj; every field stands in the dictionary."""
    export_run(run_folder, "shp", "EPSG:4490")
    folder = run_folder / "export"

    assert (folder / "units.cpg").read_text() == "GB18030"
    assert "CGCS2000" in (folder / "units.prj").read_text()
    with (folder / "fields_shp.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = [line for line in csv.reader(file) if line[0] == "units"]
    fields = [str(each) for each in pyogrio.read_info(folder / "units.shp")["fields"]]
    assert [line[1] for line in lines] == fields
    said = {line[1]: line[2:] for line in lines}
    assert said["prob_memb"][:4] == ["probationary_members", "预备党员", "整数 integer", "人"]
    assert said["prob_memb"][-1] == "EPSG:4490 China Geodetic Coordinate System 2000"
    assert said["level"][-2] == "branch;general_branch;committee"


def test_a_long_text_goes_on_in_further_fields(run_with: Callable[[str], Path]) -> None:
    """Three hundred rare characters are 1,200 bytes: five fields, the same text once joined."""
    run = run_with("𠮷" * 300)
    export_run(run, "shp")

    fields = list(pyogrio.read_info(run / "export" / "units.shp")["fields"])
    assert [each for each in fields if each.startswith("name")] == [
        "name", "name_2", "name_3", "name_4", "name_5",
    ]  # fmt: skip
    assert differences(read_layers(run)["units"], units_of(run, "shp")) == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("宏" * 2_000, "图层 units 的 name 过长，Shapefile 放不下：U2；请导出 GeoPackage"),
        ("宏达 ", "图层 units 的 name 有首尾空格，Shapefile 存不住：U2；请导出 GeoPackage"),
        (" 宏达", "首尾空格"),
        ("宏" + " " * 120 + "达", "首尾空格"),
    ],
)
def test_what_a_table_would_change_is_refused_by_name(
    run_with: Callable[[str], Path], name: str, words: str
) -> None:
    """The row and the column are told, and that a GeoPackage holds it; nothing is written."""
    run = run_with(name)
    with pytest.raises(InputError, match=words):
        export_run(run, "shp")

    assert list((run / "export").iterdir()) == []
    export_run(run, "gpkg")
    assert differences(read_layers(run)["units"], units_of(run, "gpkg")) == []


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("a 宏𠮷é"), min_size=1, max_size=900).map(str.strip))
def test_pieces_make_the_text_again(text: str) -> None:
    """Whatever the text: pieces fit a field, none has a space at an end, joined they are it."""
    pieces = _split(text)

    assert "".join(pieces) == text
    assert all(len(each.encode(ENCODING)) <= 254 for each in pieces)
    assert all(each == each.strip(" ") for each in pieces)
