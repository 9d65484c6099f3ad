"""A PostgreSQL server with PostGIS of the tests' own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from postgres import BINARIES, NEEDED, Server, running


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Start a throw-away cluster on loopback; users need no password, except ``locked``."""
    if not (BINARIES / "initdb").exists():
        pytest.skip(f"no PostgreSQL in {BINARIES}: {NEEDED}")
    with running() as started:
        yield started
