"""docs/check.md: what it tells a clerk is what the check workbook holds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from test_check_book import SHEETS

from lxgeo.ledger.corrections.titles import FILLED, RIGHT, TITLES

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE = (DOCS / "check.md").read_text(encoding="utf-8")
LARGEST = 200_000  # bytes of a picture: pages are read over slow lines


def test_the_page_tells_every_sheet_and_every_column_to_fill_in() -> None:
    """Sheets stand in its table; the four yellow columns and 核对无误 are explained."""
    told = "、".join(re.findall(r"^\| ([^|]+) \|", PAGE, re.MULTILINE))

    assert [
        name for name in (*SHEETS, "登记比对", "更正记录", "未采用的更正") if name not in told
    ] == []
    assert [name for name in FILLED if TITLES[name].zh not in PAGE] == []
    assert RIGHT.zh in PAGE
    assert "不得录入涉密数据" in PAGE


@pytest.mark.parametrize("picture", re.findall(r"!\[[^\]]*\]\((.+?)\)", PAGE))
def test_its_pictures_are_there_and_small(picture: str) -> None:
    """Each is a PNG below the limit."""
    data = (DOCS / picture).read_bytes()

    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert len(data) < LARGEST
