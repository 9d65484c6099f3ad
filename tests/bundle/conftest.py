"""Bundles made once for all tests; wheels are kept in build/, as `make bundle` keeps them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "scripts"))

from bundling.target import Target
from made import Made, Make

import bundle


@pytest.fixture(scope="session")
def make(tmp_path_factory: pytest.TempPathFactory) -> Make:
    """Return a function that makes the bundle for a target, once."""
    made: dict[Target, Made] = {}

    def run(target: Target) -> Made:
        if target not in made:
            out = tmp_path_factory.mktemp("dist")
            options = [f"--platform={target.platform}", f"--python={target.version}"]
            assert bundle.main([*options, f"--out={out}"]) == 0
            (path,) = out.glob("*.zip")
            made[target] = Made(path, target)
        return made[target]

    return run


@pytest.fixture(scope="session")
def windows(make: Make) -> Made:
    """Return the bundle for an office PC with Windows."""
    return make(Target("windows-x64", (3, 11)))
