"""An office suite opens what is published: each sheet and the report come out as pages."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest

from lxgeo.publish import Record, Release
from lxgeo.publish.lists.clerk_books import write_clerk_books
from lxgeo.publish.lists.workbook import write_lists
from lxgeo.publish.report import write_report

OFFICE = shutil.which("soffice")
NEEDED = "apt-get install --no-install-recommends libreoffice-calc libreoffice-writer"
_PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")


@pytest.fixture(scope="module")
def pages(release: Release, tmp_path_factory: pytest.TempPathFactory) -> dict[str, int]:
    """Return how many pages LibreOffice makes of each paper of the nine-unit town."""
    if OFFICE is None:
        pytest.skip(f"no LibreOffice: {NEEDED}")
    home = tmp_path_factory.mktemp("office")
    write_lists(home / "plan.xlsx", release)
    write_report(home, "town", release, Record({"lxgeo": "0.1.0"}), str)
    papers = [home / "plan.xlsx", home / "report.docx", *write_clerk_books(home, release)]
    profile = f"-env:UserInstallation={(home / 'profile').as_uri()}"
    asked = [OFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", str(home / "pdf")]
    subprocess.run([*asked, *map(str, papers)], check=True, capture_output=True, timeout=300)
    made = {path: home / "pdf" / f"{path.stem}.pdf" for path in papers}
    return {path.name: len(_PAGE.findall(pdf.read_bytes())) for path, pdf in made.items()}


def test_every_paper_is_printed_as_it_stands(
    pages: dict[str, int], release: Release, tmp_path: Path
) -> None:
    """Nine units: a sheet is a page, but the settings, which are long; a report is two at most."""
    write_lists(tmp_path / "plan.xlsx", release)
    sheets = openpyxl.load_workbook(tmp_path / "plan.xlsx").sheetnames

    assert pages.keys() == {"plan.xlsx", "report.docx", "甲街道.xlsx", "乙镇.xlsx"}
    assert (pages["甲街道.xlsx"], pages["乙镇.xlsx"]) == (1, 1)
    assert 1 <= pages["report.docx"] <= 2
    assert len(sheets) <= pages["plan.xlsx"] <= len(sheets) + 5
