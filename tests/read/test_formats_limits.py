"""What a file may ask of the machine grows with the file."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict, replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
from same_ledger import FORMATS, write

from lxgeo.errors import LedgerError
from lxgeo.read import bounded, parsed, read_cells
from lxgeo.read.guard import LIMITS, LONGEST_LINE, check_text
from lxgeo.read.parsed import Parsed

MIB = 1 << 20


def test_a_small_file_has_a_small_claim() -> None:
    """One kilobyte: 512 MiB of memory, 7 s; the sizes of cells and sheets stay as they are."""
    small = LIMITS.fitting(1024)

    assert small.memory_bytes >> 20 == 512
    assert small.seconds == 7
    assert small.unpacked_bytes >> 20 == 64
    assert small.output_bytes >> 20 == 32
    assert (small.cells, small.cell_characters) == (LIMITS.cells, LIMITS.cell_characters)


def test_a_big_honest_file_gets_what_it_needs() -> None:
    """200,000 rows of 20 columns are 18 MiB, 144 MiB unpacked: 512 + 18 * 60 MiB of memory."""
    fair = LIMITS.fitting(18 * MIB)

    assert fair.unpacked_bytes >> 20 == LIMITS.unpacked_bytes >> 20 == 600
    assert fair.memory_bytes >> 20 == 1592
    assert fair.seconds == 43
    assert fair.output_bytes == LIMITS.output_bytes


def test_nothing_gets_more_than_the_limits() -> None:
    """The greatest file gets the limits, and limits set lower stay lower."""
    strict = replace(LIMITS, memory_bytes=MIB, seconds=1)

    assert LIMITS.fitting(LIMITS.file_bytes) == LIMITS
    assert strict.fitting(100 * MIB).memory_bytes == MIB
    assert strict.fitting(100 * MIB).seconds == 1


def test_an_honest_layer_stays_well_within_its_claim(tmp_path: Path) -> None:
    """20,000 points need 400 MiB of addresses at most, whatever allocators would reserve ahead."""
    points = gpd.GeoSeries.from_xy(np.linspace(103, 104, 20_000), 30.0, crs=4326)
    columns = {f"第{which}列": [f"{which}之{row}" for row in range(20_000)] for which in range(15)}
    path = tmp_path / "a.parquet"
    gpd.GeoDataFrame(columns, geometry=points).to_parquet(path)

    claim = replace(LIMITS, memory_bytes=400 * MIB)
    assert claim.memory_bytes < LIMITS.fitting(path.stat().st_size).memory_bytes
    (sheet,) = Parsed(path, "layers").sheets(claim)
    assert len(sheet.rows) == 20_001


@pytest.mark.parametrize("end", [b"\n", b"\r"])
def test_a_long_line_is_seen_without_reading_all(tmp_path: Path, end: bytes) -> None:
    """A line may be a MiB long, not two; any kind of line end counts."""
    path = tmp_path / "a.csv"
    path.write_bytes((b"B" * (LONGEST_LINE - 1) + end) * 3)
    check_text(path)

    path.write_bytes(b"a" + end + b"B" * (2 * LONGEST_LINE))
    with pytest.raises(LedgerError, match="有一行过长"):
        check_text(path)


def test_commas_alone_are_no_table(tmp_path: Path) -> None:
    """Ten cells are within ten; eleven are not where most are empty, and are where they are not."""
    path, few = tmp_path / "a.csv", replace(LIMITS, cells=10)
    path.write_text("," * 10)
    check_text(path, few)
    path.write_text("甲乙," * 11, encoding="utf-8")
    check_text(path, few)

    path.write_text("," * 11)
    with pytest.raises(LedgerError, match="几乎全是空单元格"):
        check_text(path, few)


FOREIGN = [form for form in FORMATS if form.endswith((".ods", ".geojson", ".gpkg", ".parquet"))]


@pytest.mark.parametrize("form", ["台账.et", "网页 UTF-8 台账.xls", *FOREIGN])
@pytest.mark.parametrize(
    ("limits", "words"),
    [
        (replace(LIMITS, seconds=0), "限定时间"),
        (replace(LIMITS, output_bytes=10), "内容过多"),
        (replace(LIMITS, cell_characters=3), "文字过长"),
        (replace(LIMITS, memory_bytes=MIB), "内存|无法安全读取"),
    ],
)
def test_each_limit_holds_in_every_format(
    tmp_path: Path, form: str, limits: object, words: str
) -> None:
    """Time, output, text and memory end in words, not only for workbooks."""
    path = write(form, tmp_path)

    with pytest.raises(LedgerError, match=words):
        read_cells(path, limits)  # type: ignore[arg-type]


def test_a_busy_machine_is_no_fault_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where processor seconds are counted the clock is far looser; elsewhere it is all there is."""
    monkeypatch.setattr(sys, "platform", "linux")
    counted = LIMITS.fitting(1024).wall_seconds
    monkeypatch.setattr(sys, "platform", "win32")
    clocked = LIMITS.fitting(1024).wall_seconds

    assert (counted, clocked) == (105, 7)


def test_a_parser_that_only_computes_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One second of the processor's, long before the clock is up: told as time, not as a crash."""
    (tmp_path / "endless.py").write_text("def lines(path, most):\n    while True:\n        pass\n")
    (tmp_path / "a.et").write_bytes(b"")
    monkeypatch.setattr(parsed, "_PARSERS", tmp_path)

    with pytest.raises(LedgerError, match="限定时间"):
        Parsed(tmp_path / "a.et", "endless").sheets(replace(LIMITS, seconds=1))


def test_a_system_without_limits_is_left_to_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows has no such limits: the child goes on without, it does not fail."""
    monkeypatch.setitem(sys.modules, "resource", None)

    bounded._limit(1, 1)


@pytest.mark.parametrize("form", ["网页 UTF-8 台账.xls", "台账.xlsx", "台账.et"])
def test_the_child_loads_its_parser_and_nothing_of_the_project(tmp_path: Path, form: str) -> None:
    """It starts in a blink: none of the libraries that lxgeo stands on."""
    path = write(form, tmp_path)
    name = {".xlsx": "workbook", ".et": "old_workbook"}.get(path.suffix, "web_page")
    parser = Path(bounded.__file__).parent / "parsers" / f"{name}.py"
    limits = json.dumps(asdict(LIMITS))
    code = (
        "import runpy, sys;"
        f"sys.argv = ['bounded', {str(parser)!r}, {str(path)!r}, {limits!r}];"
        f"runpy.run_path({bounded.__file__!r}, run_name='__main__');"
        "sys.stdout.flush();"
        "print('\\n', sorted({'lxgeo', 'numpy', 'pandas', 'pyarrow'} & set(sys.modules)))"
    )

    done = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, check=True)

    assert done.stdout.startswith(bounded.PART)
    assert done.stdout.splitlines()[-1] == b" []"
