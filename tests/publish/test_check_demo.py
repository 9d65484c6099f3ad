"""The fictional district's ledger, dirty as they come: every problem listed can be corrected."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

import lxgeo
from lxgeo import text
from lxgeo.ledger import Sheet, clean
from lxgeo.ledger.corrections.applying import Corrected, apply_corrections
from lxgeo.ledger.sheets.fields import field_called
from lxgeo.publish.check.book import Check, write_check
from lxgeo.read import read_cells
from lxgeo.read.corrections import read_corrections

LEDGER = Path(lxgeo.__file__).parents[2] / "data" / "boundaries" / "demo" / "ledger.xlsx"

# A value that the field reads; counts are three.
VALUES = {
    "credit_code": "91350100M000100Y43",
    "name": "更名有限公司",
    "address": "人民路1号",
    "operating_status": "在营",
    "lon": "103.98",
    "lat": "38.61",
    "organised": "是",
    "branch_named": "某党支部",
    "branch_kind": "联合",
    "industry_code": "C39",
    "township_named": "岚光街道",
}
ASSIGNED = ["unit_id", "duplicate_of", "findings"]  # they depend on other rows too


@pytest.fixture(scope="module")
def sheets() -> tuple[Sheet, ...]:
    """Return the demo ledger as it comes."""
    return read_cells(LEDGER)


@pytest.fixture(scope="module")
def before(sheets: tuple[Sheet, ...]) -> Any:
    """Return the LEDGER and its report."""
    return clean(sheets)


@pytest.fixture(scope="module")
def corrected(
    tmp_path_factory: pytest.TempPathFactory, sheets: tuple[Sheet, ...], before: Any
) -> Corrected:
    """Return the ledger with every listed cell corrected through the workbook."""
    path = tmp_path_factory.mktemp("demo") / "check.xlsx"
    write_check(path, Check(sheets, *before), reason=text.reason, texts=text.texts())
    book = openpyxl.load_workbook(path)
    sheet = book["问题"]
    field_at = [cell.value for cell in sheet[3]].index("字段")
    for row in sheet.iter_rows(min_row=4):
        field = field_called(str(row[field_at].value or "")) or ""
        signed = (VALUES.get(field, "3"), "组织干事", "2026-01-31", "已核实")
        for cell, value in zip(row[-4:], signed, strict=True):
            cell.value = value
    book.save(path)
    return apply_corrections(sheets, read_corrections(path))


def test_every_listed_cell_takes_its_correction(corrected: Corrected) -> None:
    """What the check says of a cell is what the correction finds there: none is stale.

    Only names that are merged over two rows are left to the ledger itself.
    """
    assert len(corrected.applied) > 100
    assert {each.why.zh for each in corrected.refused} <= {
        "单位名称是合并单元格；请直接在台账中更正"
    }


def test_no_other_row_reads_differently(before: Any, corrected: Corrected) -> None:
    """Merged cells were taken apart, columns added: the rows that nobody corrected are the same."""
    ledger: pd.DataFrame = before[0]
    after = clean(corrected.sheets)[0]
    touched = set(corrected.applied["row"])
    same = [
        table[~table["row"].isin(touched)].drop(columns=ASSIGNED).reset_index(drop=True)
        for table in (ledger, after)
    ]

    assert after["row"].tolist() == ledger["row"].tolist()
    assert len(same[0]) > 2000
    pd.testing.assert_frame_equal(*same)


def test_what_was_unknown_is_known(before: Any, corrected: Corrected) -> None:
    """After all corrections no row's full members are unknown, and many were."""
    unknown = before[0]["full_members"].isna()

    assert unknown.sum() > 10
    assert not clean(corrected.sheets)[0]["full_members"].isna().any()
