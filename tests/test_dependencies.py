"""What is depended on is written down, up to date, and under licences that are allowed."""

from __future__ import annotations

import hashlib
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

from audit import House, page  # noqa: E402 - found just now

HOUSE = House(ROOT)


def _rows(text: str) -> list[list[str]]:
    """Return the cells of every table; of a direct dependency, all but its size."""
    cells = [
        [cell.strip() for cell in line.strip("|").split(" | ")]
        for line in text.splitlines()
        if line.startswith("| ")
    ]
    return [row[:5] for row in cells]


def test_the_page_is_in_step() -> None:
    """Names, versions, licences, reasons and maintainers, as pyproject and the lock say today."""
    told = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    assert _rows(told) == _rows(page(HOUSE)), "run python scripts/audit.py"
    assert "?" not in {cell for row in _rows(told) for cell in row}


def test_every_direct_dependency_has_its_reason_and_no_other() -> None:
    """A dependency without a reason is one too many; so is a reason for none."""
    direct = {name for names in HOUSE.groups.values() for name in names}
    assert HOUSE.said["why"].keys() == direct
    assert HOUSE.said["licence"].keys() <= HOUSE.locked.keys()


def test_every_locked_package_is_on_the_page() -> None:
    """Whatever is installed has its row: needed, optional, for tests, or brought by another."""
    told = {row[0] for row in _rows((ROOT / "docs" / "dependencies.md").read_text("utf-8"))}
    assert {f"`{name}`" for name in HOUSE.locked} <= told


def test_what_a_package_would_bring_with_extras_nobody_asks_for_is_not_counted() -> None:
    """Pandas can use numba and pytest, and brings neither; psycopg's binary is asked for."""
    assert not {"numba", "pytest"} & HOUSE.tree("pandas")
    assert "numpy" in HOUSE.tree("pandas")
    assert "psycopg-binary" in HOUSE.tree("psycopg")


def test_no_other_licence_came_in() -> None:
    """Each locked package's licence is allowed, and what is written by hand fits its metadata."""
    refused = {
        name: HOUSE.licence(name) for name in HOUSE.locked if not HOUSE.allowed(HOUSE.licence(name))
    }
    assert refused == {}


@pytest.mark.parametrize(
    ("licence", "allowed"),
    [
        ("MIT", True),
        ("MIT OR GPL-3.0-only", True),
        ("BSD-3-Clause AND MIT", True),
        ("Apache-2.0 WITH LLVM-exception AND (MIT OR GPL-2.0-only)", True),
        ("MIT AND GPL-3.0-only", False),
        ("GPL-3.0-or-later", False),
        ("AGPL-3.0-only", False),
        ("", False),
        ("MIT-like", False),
    ],
)
def test_how_licences_are_judged(licence: str, allowed: bool) -> None:  # noqa: FBT001
    """Of those joined by AND each, of those by OR one must be on the list; nothing else is."""
    assert HOUSE.allowed(licence) is allowed


def test_what_is_written_by_hand_is_not_another_licence() -> None:
    """Where the metadata has a classifier, the licence read in the file is of that family."""
    families = {"BSD License": "BSD", "MIT License": "MIT", "Apache Software License": "Apache",
                "ISC License (ISCL)": "ISC", "Mozilla Public License 2.0 (MPL 2.0)": "MPL",
                "Python Software Foundation License": "PSF"}  # fmt: skip
    looked_at = 0
    for name, licence in HOUSE.said["licence"].items():
        if name in HOUSE.installed:
            told = HOUSE.installed[name].metadata.get_all("Classifier") or []
            ends = [each.rpartition(" :: ")[2] for each in told if each.startswith("License")]
            for family in {families[end] for end in ends if end in families}:
                assert family in licence, name
                looked_at += 1
    assert looked_at > 15


def test_what_the_map_carries_is_on_the_page_with_its_sum() -> None:
    """Version, licence and SHA-256 of each vendored file, as the file is today."""
    told = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    folder = ROOT / "src/lxgeo/publish/map/assets/vendor"
    rows = dict(re.findall(r"^\| `([\w.]+)` \|.*\| `([0-9a-f]{64})` \|$", told, re.MULTILINE))
    held = {path.name for path in folder.iterdir()} - {"VENDOR.md"}
    assert rows == {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in held}
    for version in ("leaflet 1.9.4", "fflate 0.8.3", "pypinyin 0.55.0"):
        assert version in told
