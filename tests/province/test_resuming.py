"""What is done is not done again, what fails is told by name, and costs no other county."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from county_towns import COUNTIES, Plan, Province, build_province, figures_of, ledger_of

from command import Run
from lxgeo.errors import InputError, RunError
from lxgeo.publish.folder.exchange import hold
from lxgeo.read import read_run
from town import Town


def went(planned: object) -> dict[str, str]:
    """Return county → how it went."""
    return {each.region: each.went for each in planned.answers}  # type: ignore[attr-defined]


def test_only_what_changed_is_planned_again(own: Province, plan: Plan, run: Path) -> None:
    """The same command twice plans nothing; a changed ledger, its county; another seed, all."""
    same = plan(own.ledgers, own.areas, run.parent, lists=True)
    path = own.ledgers / "county=330108" / "part-0.parquet"
    ledger = pd.read_parquet(path)
    ledger.loc[ledger["unit_id"] == "330108-U5", "full_members"] = 3
    ledger.to_parquet(path, index=False)
    changed = plan(own.ledgers, own.areas, run.parent, lists=True)

    assert went(same) == dict.fromkeys(COUNTIES, "kept")
    assert went(changed) == {"330106": "kept", "330108": "done", "330110": "kept"}
    outcomes = figures_of(run)["outcomes"]
    assert outcomes["standalone"] == 4  # type: ignore[index]
    assert sorted(path.name for path in run.parent.iterdir()) == ["P", "maps"]


def said_by(*command: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a process of its own."""
    return subprocess.run(
        [sys.executable, *command], capture_output=True, text=True, encoding="utf-8", check=False
    )


_KILLED_AT_THE_SECOND = """
import os, signal, sys
from lxgeo.cli import main
from lxgeo.scenario.province import planning

plan_county, begun = planning.plan_county, []


def dying(task):
    begun.append(task)
    if len(begun) == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return plan_county(task)


planning.plan_county = dying
main()
"""


def test_a_killed_run_goes_on_where_it_was(own: Province, tmp_path: Path) -> None:
    """Killed as the second county begins; the second run keeps the first and plans the others."""
    out = tmp_path / "out"
    asked = (
        *("plan", str(own.ledgers), "--areas", str(own.areas), "--by-county", "--workers", "1"),
        *("--out", str(out), "--name", "P"),
    )
    killed = said_by("-c", _KILLED_AT_THE_SECOND, *asked)
    left = [each.name for each in out.iterdir()]
    again = said_by("-m", "lxgeo", *asked)

    assert killed.returncode == -signal.SIGKILL
    assert killed.stdout.startswith("[1/3]")
    assert "P" not in left
    assert again.returncode == 0, again.stderr
    assert again.stdout.count("沿用上次结果") == 1
    assert again.stdout.count("已测算") == 2
    assert sorted(each.name for each in out.iterdir()) == ["P", "maps"]


def test_a_county_that_fails_is_told_and_costs_no_other(
    lxgeo: Run, own: Province, tmp_path: Path
) -> None:
    """Exit 1, its name and reason; the others are published; mended, only it is planned."""
    path = own.ledgers / "county=330108" / "part-0.parquet"
    sound = path.read_bytes()
    pd.DataFrame({"甲": ["x"], "乙": ["y"]}).to_parquet(path, index=False)
    asked = (
        *("plan", own.ledgers, "--areas", own.areas, "--by-county", "--workers", 1),
        *("--out", tmp_path / "out", "--name", "P"),
    )
    said = lxgeo(*asked)
    run = tmp_path / "out" / "P"
    checked = lxgeo("verify", run)
    index = gpd.read_parquet(run / "index.parquet").set_index("county")
    figures = figures_of(run)
    page = (run.parent / "maps" / "P.html").read_text(encoding="utf-8")
    path.write_bytes(sound)
    mended = lxgeo(*asked)

    assert said.code == 1
    assert "330108" in said.err
    assert "只补算" in said.err
    assert figures["units"] == 18
    assert figures["counties"] == {"planned": 2, "empty": 0, "failed": ["330108"]}
    assert index.loc["330108", "status"] == "failed"
    assert index.loc["330108", "why"]
    assert "<script" in page
    assert checked.code == 1
    assert "330108 没有算成" in checked.err
    assert mended.code == 0, mended.err
    assert mended.out.count("沿用上次结果") == 2
    assert figures_of(run)["units"] == 27
    assert lxgeo("verify", run).code == 0


def test_where_every_county_fails_nothing_is_written(
    town: Town, plan: Plan, tmp_path: Path
) -> None:
    """All reasons are told, by county; no run stands."""
    own = build_province(tmp_path, town, ("330106", "330108"))
    for path in own.ledgers.glob("*/*"):
        path.write_bytes(b"PAR1 is what it says")
    with pytest.raises(InputError) as refused:
        plan(own.ledgers, own.areas, tmp_path / "out")

    assert "330106" in str(refused.value)
    assert "330108" in str(refused.value)
    assert not (tmp_path / "out" / "P").exists()


def test_odd_partitions_end_in_words(town: Town, plan: Plan, tmp_path: Path) -> None:
    """An empty part is told, and parts of different columns are one ledger.

    330106 comes in two parts, the second with other columns in another order; 330108 has no row.
    """
    own = build_province(tmp_path, town, ("330106", "330108"))
    first = own.ledgers / "county=330106" / "part-0.parquet"
    ledger = pd.read_parquet(first)
    ledger.iloc[:4].to_parquet(first, index=False)
    rest = ledger.iloc[4:].drop(columns="staff").rename(columns={"name": "单位名称"})
    rest[rest.columns[::-1]].to_parquet(first.with_name("part-1.parquet"), index=False)
    empty = own.ledgers / "county=330108" / "part-0.parquet"
    pd.read_parquet(empty).iloc[:0].to_parquet(empty, index=False)
    planned = plan(own.ledgers, own.areas, tmp_path / "out")
    run = planned.published.folder
    units = read_run(run / "county=330106").tables.units

    assert went(planned) == {"330106": "done", "330108": "empty"}
    assert figures_of(run)["units"] == 9
    assert units["unit_id"].tolist() == [f"U{number}" for number in range(1, 10)]
    assert units["row"].str.contains("part-1").sum() == 5


@pytest.mark.parametrize("left", ["nothing", "a folder without townships", "no folder"])
def test_a_county_without_townships_is_planned_all_the_same(
    town: Town, plan: Plan, lxgeo: Run, tmp_path: Path, left: str
) -> None:
    """Its nine rows are there: those that must join are not located, and say why.

    U1 stands alone, U5 has no members and U6 has its branch, wherever they are. The run stands
    before the independent check, and ``plan`` for the county alone refuses as ever.
    """
    own = build_province(tmp_path, town, ("330106", "330108"))
    areas = own.areas / "330108"
    if left == "a folder without townships":
        (areas / "townships.geojson").unlink()
    else:
        shutil.rmtree(areas)
    if left == "nothing":
        areas.mkdir()
    planned = plan(own.ledgers, own.areas, tmp_path / "out", lists=True)
    run = planned.published.folder
    units = read_run(run / "county=330108").tables.units.set_index("unit_id")
    outcomes = units["outcome"].value_counts().to_dict()
    checked = lxgeo("verify", run)
    alone = lxgeo(
        *("plan", own.ledgers / "county=330108", "--areas", areas, "--out", tmp_path / "alone")
    )

    assert went(planned) == {"330106": "done", "330108": "done"}
    assert figures_of(run)["units"] == 18
    assert outcomes == {"not_located": 6, "standalone": 1, "no_members": 1, "existing": 1}
    nowhere = units[units["outcome"] == "not_located"]
    assert nowhere["reason"].str.startswith("没有本县的乡镇（街道）图层").all()
    assert [each.zh.split("：")[0] for each in planned.answers[1].notes] == ["没有乡镇（街道）图层"]
    assert checked.code == 0, checked.err
    assert alone.code == 1
    assert "townships" in alone.err


def test_a_unit_in_two_counties_is_told(town: Town, plan: Plan, tmp_path: Path) -> None:
    """It counts in both, for nobody but a person can say where it belongs; all are listed."""
    own = build_province(tmp_path, town, ("330106", "330108"))
    path = own.ledgers / "county=330108" / "part-0.parquet"
    ledger = ledger_of(town, "330108", 1)
    ledger.loc[ledger["unit_id"] == "330108-U5", "unit_id"] = "U5"
    ledger.to_parquet(path, index=False)
    planned = plan(own.ledgers, own.areas, tmp_path / "out")
    repeated = pd.read_parquet(planned.published.folder / "repeated.parquet")

    assert repeated.to_dict("records") == [
        {"unit_id": "U5", "county": "330106"},
        {"unit_id": "U5", "county": "330108"},
    ]
    assert figures_of(planned.published.folder)["repeated_units"] == 1
    assert [note.zh for note in planned.notes if "U5（330106、330108）" in note.zh]


def test_two_processes_do_not_make_one_run(own: Province, plan: Plan, tmp_path: Path) -> None:
    """The second is told, and nothing of the first is touched."""
    (tmp_path / "out").mkdir()
    with (tmp_path / "out" / ".P.counties.lock").open("wb") as lock:
        assert hold(lock)
        with pytest.raises(RunError, match="另一个进程"):
            plan(own.ledgers, own.areas, tmp_path / "out")


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (("--pins", "pins.csv"), "--pins"),
        (("--previous", "plain"), "不是按县分开的方案"),
    ],
)
def test_what_does_not_go_by_county_is_refused(
    lxgeo: Run, own: Province, tmp_path: Path, more: tuple[str, str], told: str
) -> None:
    """One file of pins for all, a plain run before."""
    (tmp_path / "pins.csv").write_text("unit_id,action\n", encoding="utf-8")
    (tmp_path / "plain").mkdir()
    said = lxgeo(
        *("plan", own.ledgers, "--areas", own.areas, "--by-county", "--workers", 1),
        *("--out", tmp_path / "out", more[0], tmp_path / more[1]),
    )

    assert said.code == 1
    assert told in said.err
    assert not (tmp_path / "out" / "ledgers").exists()


def test_options_of_provinces_go_with_by_county(lxgeo: Run, own: Province) -> None:
    """Wrong usage, exit 2: alone they would be passed over in silence."""
    assert lxgeo("plan", own.ledgers, "--areas", own.areas, "--lists").code == 2
    said = lxgeo("plan", own.ledgers, own.ledgers, "--areas", own.areas, "--by-county")
    assert said.code == 2
    assert "一个位置" in said.err


def test_pins_by_county_are_kept(town: Town, plan: Plan, tmp_path: Path) -> None:
    """A file of pins a county: U4 is left out in 330106, and its partners with it."""
    own = build_province(tmp_path, town, ("330106", "330108"))
    pins = tmp_path / "pins"
    pins.mkdir()
    (pins / "330106.csv").write_text(
        "unit_id,action,other_id,why,who,when\nU4,leave_out,,已停业,某某,2026-11-01\n",
        encoding="utf-8",
    )
    run = plan(own.ledgers, own.areas, tmp_path / "out", pins=pins).published.folder
    outcomes = [
        read_run(run / f"county={county}").tables.units.set_index("unit_id")["outcome"]
        for county in ("330106", "330108")
    ]
    listed = json.loads((run / "manifest.json").read_text(encoding="utf-8"))["files"]

    assert outcomes[0]["U4"] == "left_out"
    assert outcomes[1]["330108-U4"] == "joint"
    assert [name for name in listed if name.startswith("pins/")] == ["pins/330106.json"]
