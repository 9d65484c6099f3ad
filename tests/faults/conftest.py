"""What the faults share: a small district, its undisturbed run, and a database to be broken."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent / "engine"), str(HERE.parent / "services")]

from district import build_district  # noqa: E402 - found just now
from postgres import BINARIES, NEEDED, Server, running  # noqa: E402
from runs_apart import REGIONS, Command, Ended  # noqa: E402


@pytest.fixture(scope="session")
def command(tmp_path_factory: pytest.TempPathFactory) -> Command:
    """Return the command line on a district of four regions with six units each."""
    return Command(build_district(tmp_path_factory.mktemp("district"), REGIONS, 6))


@pytest.fixture(scope="session")
def plain(command: Command, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a run in which nothing broke."""
    out = tmp_path_factory.mktemp("plain")
    assert command.plan(out, "--workers", 1) == Ended(0, "")
    return out


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Start a throw-away database server."""
    if not (BINARIES / "initdb").exists():
        pytest.skip(f"no PostgreSQL in {BINARIES}: {NEEDED}")
    with running() as started:
        yield started
