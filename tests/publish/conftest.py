"""What is published in these tests: the nine-unit town, planned by hand."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from changing_town import Changing, build_changing
from town_plan import HOSTILE, planned_branches, planned_units, release_of

from lxgeo.publish import Record, Release, publish_run


@pytest.fixture(scope="session")
def release() -> Release:
    """Return the nine-unit town, planned."""
    return release_of(planned_units(), planned_branches())


@pytest.fixture(scope="session")
def hostile() -> Release:
    """Return the same town with hostile text in every name and address."""
    return release_of(planned_units(HOSTILE), planned_branches(HOSTILE))


@pytest.fixture
def record() -> Record:
    """Return how the town's run was made."""
    return Record(
        versions={"lxgeo": "0.1.0"},
        inputs={"九家.csv": "00" * 32},
        seconds={"read": 0.5},
        workers=1,
    )


@pytest.fixture
def changed() -> Callable[[dict[str, dict[str, Any]]], Release]:
    """Return a maker of releases in which some units' cells are changed."""

    def make(changes: dict[str, dict[str, Any]]) -> Release:
        units = planned_units()
        for unit_id, cells in changes.items():
            at = units.index[units["unit_id"] == unit_id][0]
            for column, value in cells.items():
                units.at[at, column] = value
        return release_of(units, planned_branches())

    return make


@pytest.fixture(scope="session")
def finished(hostile: Release, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a finished run of the town with hostile text, to be copied."""
    made = Record(versions={"lxgeo": "0.1.0"})
    out = tmp_path_factory.mktemp("finished")
    return publish_run(out, "九家", hostile, made, "<html></html>").folder


@pytest.fixture
def run_folder(finished: Path, tmp_path: Path) -> Path:
    """Return a finished run of one's own."""
    shutil.copytree(finished.parent, tmp_path / "out")
    return tmp_path / "out" / finished.name


@pytest.fixture(scope="session")
def changing(tmp_path_factory: pytest.TempPathFactory) -> Changing:
    """Return the planned town that is changed on the map."""
    return build_changing(tmp_path_factory.mktemp("changing"))
