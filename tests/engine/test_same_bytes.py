"""In line, in one process or two, and on two of Dask's workers: the same files, byte for byte."""

from __future__ import annotations

import sys
from hashlib import sha256
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent.parent / "faults"))

from dask_cluster import dask_cluster
from district import build_district

from command import Run
from town import Town

_TIMES = {"summary.json", "manifest.json"}


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory) -> Town:
    """Return a district of six hundred units in six regions."""
    return build_district(tmp_path_factory.mktemp("wide"), 6, 100)


@pytest.mark.slow
def test_every_engine_writes_the_same_bytes(lxgeo: Run, wide: Town, tmp_path: Path) -> None:
    """All files but those that tell times, through the command line; the run verifies."""
    with dask_cluster(workers=2) as cluster:
        ways = {
            "in line": ("--workers", 1),
            "two processes": ("--workers", 2),
            "two workers": ("--engine", "dask", "--scheduler", cluster.address),
        }
        for way, asked in ways.items():
            out = tmp_path / way
            said = lxgeo(
                *("plan", wide.ledger, "--areas", wide.areas, "--out", out, "--name", "r"),
                *("--effort", "fast", *asked),
            )
            assert said.code == 0, said.err

    first, *others = (_content(tmp_path / way) for way in ways)
    assert len(first) > 8
    for other in others:
        assert other == first
    assert lxgeo("verify", tmp_path / "two workers" / "r").code == 0


def _content(out: Path) -> dict[str, str]:
    return {
        path.relative_to(out).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.name not in _TIMES
    }
