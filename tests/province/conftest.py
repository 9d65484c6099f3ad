"""The little province of these tests, planned once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from county_towns import Plan, Province, build_province

from lxgeo.engine import Engine
from lxgeo.scenario import Scenario
from lxgeo.scenario.province.asked import Province as Asked
from lxgeo.scenario.province.planning import ProvincePlanned, plan_province
from town import Town


@pytest.fixture(scope="session")
def province(town: Town, tmp_path_factory: pytest.TempPathFactory) -> Province:
    """Return three counties as files; to be read only."""
    return build_province(tmp_path_factory.mktemp("province"), town)


@pytest.fixture(scope="session")
def plan() -> Plan:
    """Return what plans a province in this process: places, folder of runs, and what differs."""

    def planning(
        ledgers: object,
        areas: object,
        out: Path,
        *,
        lists: bool = False,
        at_once: int | None = None,
        **asked: object,
    ) -> ProvincePlanned:
        engine = Engine("local", 1 if at_once is None else at_once)
        scenario = Scenario(Path(), Path(), engine=engine, **asked)  # type: ignore[arg-type]
        return plan_province(
            Asked(str(ledgers), str(areas), scenario, at_once, lists=lists), out, "P"
        )

    return planning


@pytest.fixture(scope="session")
def finished(province: Province, plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the planned province, lists and all; to be copied."""
    out = tmp_path_factory.mktemp("finished")
    return plan(province.ledgers, province.areas, out, lists=True).published.folder


@pytest.fixture
def run(finished: Path, tmp_path: Path) -> Path:
    """Return the planned province's folder, to be done with as one likes."""
    shutil.copytree(finished.parent, tmp_path / "out")
    return tmp_path / "out" / finished.name


@pytest.fixture
def own(province: Province, tmp_path: Path) -> Province:
    """Return the province's files, to be done with as one likes."""
    shutil.copytree(province.ledgers, tmp_path / "ledgers")
    shutil.copytree(province.areas, tmp_path / "areas")
    return Province(tmp_path / "ledgers", tmp_path / "areas")
