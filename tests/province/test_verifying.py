"""A divided run is checked county by county, and that its counties add up."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pytest

from command import Run

Damage = Callable[[Path], None]


def vouch_again(run: Path) -> None:
    """Make the manifest agree with the files as they are: a forger's work."""
    path = run / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    for name in manifest["files"]:
        data = (run / name).read_bytes()
        manifest["files"][name] = hashlib.sha256(data).hexdigest()
    path.write_text(json.dumps(manifest), encoding="utf-8")


def _units(path: Path) -> gpd.GeoDataFrame:
    with path.open("rb") as file:  # by itself: its folder's name is no column of it
        return gpd.read_parquet(file)


def moved(run: Path) -> None:
    """Say that a unit of 330108 that is left out is joined."""
    path = run / "units" / "county=330108" / "part-0.parquet"
    units = _units(path)
    units.loc[units["outcome"] == "left_out", "outcome"] = "joint"
    units.to_parquet(path, index=False)


def cheaper(run: Path) -> None:
    """Say that the province costs less."""
    path = run / "summary.json"
    told = json.loads(path.read_text(encoding="utf-8"))
    told["plan_cost_m"] -= 100
    path.write_text(json.dumps(told), encoding="utf-8")


def better(run: Path) -> None:
    """Say in the index that 330110 leaves nobody out."""
    index = gpd.read_parquet(run / "index.parquet")
    index.loc[index["county"] == "330110", "left_out"] = 0
    index.to_parquet(run / "index.parquet", index=False)


def garbled(run: Path) -> None:
    """Cut a county's branches short."""
    path = run / "branches" / "county=330106" / "part-0.parquet"
    path.write_bytes(path.read_bytes()[:200])


def retyped(run: Path) -> None:
    """Write a county's counts as text, one of them no number."""
    path = run / "units" / "county=330106" / "part-0.parquet"
    units = _units(path)
    units["full_members"] = units["full_members"].astype(str).replace("5", "五")
    units.to_parquet(path, index=False)


def gone(run: Path) -> None:
    """Take a county's links away."""
    (run / "links" / "county=330106" / "part-0.parquet").unlink()


def added(run: Path) -> None:
    """Put a part of nobody's beside a county's."""
    (run / "units" / "county=330106" / "part-1.parquet").write_bytes(b"x")


def test_a_sound_run_stands(lxgeo: Run, run: Path, tmp_path: Path) -> None:
    """Every county is named with its units; what was checked can be written as data."""
    said = lxgeo("verify", run, "-o", tmp_path / "told.json")
    told = json.loads((tmp_path / "told.json").read_text(encoding="utf-8"))

    assert said.code == 0, said.err
    assert "3 个县全部核验通过（27 家单位）" in said.out
    assert told["breaches"] == 0
    assert {name: each["units"] for name, each in told["counties"].items()} == {
        "330106": 9,
        "330108": 9,
        "330110": 9,
    }
    assert lxgeo("verify", run, "-o", tmp_path / "told.txt").code == 1


@pytest.mark.parametrize(
    ("damage", "forged", "told"),
    [
        (moved, False, "330108"),
        (moved, True, "330108"),
        (cheaper, False, "summary.json"),
        (cheaper, True, "summary.json plan_cost_m"),
        (better, True, "index.parquet 330110 left_out"),
        (garbled, True, "branches/county=330106"),
        (retyped, True, "330106"),
        (gone, False, "links/county=330106"),
        (added, False, "part-1.parquet"),
    ],
)
def test_damage_is_told_with_the_county(
    lxgeo: Run, run: Path, *, damage: Damage, forged: bool, told: str
) -> None:
    """Exit 1, the county or the figure named, even where the manifest was made to agree."""
    damage(run)
    if forged:
        vouch_again(run)
    said = lxgeo("verify", run)

    assert said.code == 1
    assert told in said.err


def test_a_run_that_was_never_finished_is_none(lxgeo: Run, run: Path) -> None:
    """Without its manifest nothing is vouched for."""
    (run / "manifest.json").unlink()
    said = lxgeo("verify", run)

    assert said.code == 1
    assert "manifest.json" in said.err
