"""What all tests share: the nine-unit town, the real cases where they are, no silent skips."""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path

import pytest

from command import Run, runner
from town import Town, build_town

ROOT = Path(__file__).resolve().parent.parent
CASES = Path(os.environ.get("LXGEO_CASES", ROOT.parent / "shared" / "cases"))
REQUIRE_ALL = os.environ.get("LXGEO_REQUIRE_ALL") == "1"

# Tests of real cases are no part of the suite where the cases are not at hand.
collect_ignore_glob = [] if CASES.is_dir() else ["**/test_case_*.py", "test_case_*.py"]


def pytest_report_header() -> list[str]:
    """Say at the top what this run leaves out."""
    cases = "at hand" if CASES.is_dir() else "NOT at hand: tests/**/test_case_*.py are left out"
    skips = "fails" if REQUIRE_ALL else "is told at the end"
    return [f"real cases: {cases}", f"a skipped test {skips} (LXGEO_REQUIRE_ALL)"]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skip into a failure where everything is required."""
    report = yield
    if REQUIRE_ALL and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, and LXGEO_REQUIRE_ALL=1 allows no skip: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def cases() -> Path:
    """Return the folder of real cases."""
    return CASES


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    """Return the nine-unit town, written as files: its ledger and its areas (see town.py)."""
    return build_town(tmp_path_factory.mktemp("town"))


@pytest.fixture
def lxgeo(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs one command (see command.py)."""
    return runner(monkeypatch, capsys)
