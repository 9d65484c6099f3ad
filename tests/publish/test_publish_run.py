"""A run's folder: complete, vouched for, the same bytes again, and never half-written."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import json
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from lxgeo.errors import InputError, RunError
from lxgeo.publish import Record, Release, publish_run
from lxgeo.publish.folder import run as run_module
from lxgeo.publish.folder.exchange import Workshop, check_name, hold, workshop

FILES = [
    *("branches.geojson", "hulls.geojson", "links.geojson", "manifest.json", "plan.gpkg"),
    *("plan.xlsx", "summary.json", "units.csv", "units.geojson"),
]
PAGE = "<!doctype html><title>图</title>"


def digest(path: Path) -> str:
    """Return a file's SHA-256."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def everything(out: Path) -> dict[str, str]:
    """Return every file under a folder with its digest: what must not change."""
    found = sorted(path for path in out.rglob("*") if path.is_file())
    return {str(path.relative_to(out)): digest(path) for path in found}


def told(path: Path) -> dict[str, Any]:
    """Return a JSON file."""
    return dict(json.loads(path.read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory, release: Release) -> Path:
    """Return a folder in which the town was published."""
    folder = tmp_path_factory.mktemp("out")
    inputs = {"九家.csv": "00" * 32}
    publish_run(folder, "九家", release, Record({"lxgeo": "0.1.0"}, inputs, {"read": 0.5}), PAGE)
    return folder


def test_a_run_is_complete(out: Path) -> None:
    """Nine files in the run folder, the map beside the runs, and nothing else."""
    assert sorted(path.name for path in (out / "九家").iterdir()) == FILES
    assert sorted(path.name for path in out.iterdir()) == ["maps", "九家"]
    assert (out / "maps" / "九家.html").read_text(encoding="utf-8") == PAGE


def test_the_manifest_vouches_for_every_file(out: Path) -> None:
    """SHA-256 of every other file, the map by its way from the run folder, and the inputs."""
    manifest = told(out / "九家" / "manifest.json")

    assert set(manifest["files"]) == set(FILES) - {"manifest.json"} | {"../maps/九家.html"}
    for path, sha in manifest["files"].items():
        assert digest(out / "九家" / path) == sha
    assert (manifest["lxgeo"], manifest["run"]) == ("0.1.0", "九家")
    assert manifest["inputs"] == {"九家.csv": "00" * 32}


def test_the_summary_holds_every_key(out: Path) -> None:
    """The keys of the contract, with figures that sum up."""
    summary = told(out / "九家" / "summary.json")
    keys = (
        *("units", "outcomes", "joint_branches", "thin_branches", "must_join", "left_out"),
        *("left_out_min", "plan_cost_m", "bound_m", "gap", "mean_cost_m", "p95_distance_m"),
        *("unknown_trade_share", "regions", "coverage", "policy", "seed", "effort", "inputs"),
        *("seconds", "workers", "versions"),
    )

    assert set(keys) <= set(summary)
    assert sum(summary["outcomes"].values()) == summary["units"] == 9
    assert (summary["plan_cost_m"], summary["bound_m"]) == (15_125.0, 15_125.0)
    assert summary["regions"][0]["region"] == "township:T1|territorial"
    assert set(summary["regions"][0]) >= {
        *("region", "must_join", "cost_m", "bound_m", "gap", "status", "seconds"),
    }
    first = summary["coverage"]["after"][0]
    assert (first["name"], first["numerator"], first["denominator"]) == ("organisation", 6, 9)
    assert summary["policy"]["joint_max_units"] == 5
    assert summary["seconds"]["read"] == 0.5
    assert summary["seconds"]["publish"] > 0


@pytest.mark.usefixtures("quick")
def test_an_endless_gap_is_null(tmp_path: Path, release: Release, record: Record) -> None:
    """A region whose cost is all penalty has no finite gap; JSON has no word for infinity."""
    region = replace(release.plan.regions[0], cost_m=12_000.0, bound_m=0.0)
    plan = replace(release.plan, regions=(region,))
    publish_run(tmp_path, "run", replace(release, plan=plan), record, PAGE)

    assert told(tmp_path / "run" / "summary.json")["regions"][0]["gap"] is None


def test_the_same_release_gives_the_same_bytes(out: Path, release: Release, tmp_path: Path) -> None:
    """Published again in a later second, by other names of places, all but times are identical."""
    second = int(time.time())
    while int(time.time()) == second:  # a stamp of the time of writing would now differ
        pass
    publish_run(tmp_path / "deep" / "er", "九家", release, Record({"lxgeo": "0.1.0"}), PAGE)
    first, again = everything(out), everything(tmp_path / "deep" / "er")

    differing = {name for name in first if first[name] != again[name]}
    assert set(first) == set(again)
    assert differing <= {"九家/summary.json", "九家/manifest.json"}


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a run hold its lightest files only, where what they say is not looked at."""
    monkeypatch.setattr(run_module, "write_gis", lambda *_: None)
    monkeypatch.setattr(run_module, "write_lists", lambda *_: None)


QUICK_FILES = ["manifest.json", "summary.json", "units.csv"]


@pytest.mark.usefixtures("quick")
def test_a_new_run_takes_the_old_one_s_place(
    tmp_path: Path, release: Release, record: Record
) -> None:
    """Files of the old run that the new one lacks are gone; nothing temporary stays."""
    published = publish_run(tmp_path, "run", release, record, "old")
    (published.folder / "export").mkdir()
    (published.folder / "export" / "units.kml").write_text("old", encoding="utf-8")
    publish_run(tmp_path, "run", release, record, "new")

    assert sorted(path.name for path in published.folder.iterdir()) == QUICK_FILES
    assert published.map_page.read_text(encoding="utf-8") == "new"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["maps", "run"]


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("stage", ["write_csv", "write_gis", "write_lists", "write_json"])
def test_an_error_while_writing_leaves_the_old_run(
    tmp_path: Path,
    release: Release,
    record: Record,
    stage: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whichever file fails, the old run is whole and no trace of the new one stays."""
    publish_run(tmp_path, "run", release, record, "old")
    before = everything(tmp_path)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(run_module, stage, fail)
    with pytest.raises(InputError, match="No space left on device"):
        publish_run(tmp_path, "run", release, record, "new")

    assert everything(tmp_path) == before


@pytest.mark.usefixtures("quick")
def test_an_interrupt_leaves_the_old_run(
    tmp_path: Path, release: Release, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C while writing is no exception to it."""
    publish_run(tmp_path, "run", release, record, "old")
    before = everything(tmp_path)

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(run_module, "write_lists", interrupt)
    with pytest.raises(KeyboardInterrupt):
        publish_run(tmp_path, "run", release, record, "new")

    assert everything(tmp_path) == before


@pytest.mark.usefixtures("quick")
def test_a_first_run_that_fails_leaves_nothing(
    tmp_path: Path, release: Release, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without an old run there is none afterwards either."""

    def fail(*_: object) -> None:
        raise OSError(5, "broken disk")

    monkeypatch.setattr(run_module, "write_lists", fail)
    with pytest.raises(InputError):
        publish_run(tmp_path, "run", release, record, "new")

    assert list(tmp_path.iterdir()) == []


def test_an_exchange_that_was_finished_stays(tmp_path: Path) -> None:
    """Killed after the last move but before tidying up: the new run is the run."""
    (tmp_path / "run").mkdir()
    shop = Workshop(tmp_path / ".lxgeo-shop", tmp_path, "run")
    shop.root.mkdir()
    shop.run.mkdir()
    (shop.run / "new").touch()
    shop.map.write_text("new")
    shop.exchange()
    shop.restore()

    assert everything(tmp_path / "run").keys() == {"new"}
    assert (tmp_path / "maps" / "run.html").read_text() == "new"


def test_a_workshop_in_use_is_left_alone(tmp_path: Path) -> None:
    """Two processes may publish at once: neither clears away what the other is building."""
    with workshop(tmp_path, "run") as one, workshop(tmp_path, "run") as two:
        assert one.root != two.root
        assert one.run.is_dir()


def test_an_abandoned_workshop_is_cleared(tmp_path: Path) -> None:
    """What a killed run left of its building is gone once that run is published again."""
    with workshop(tmp_path, "run") as shop:
        name = shop.root.name
    (tmp_path / name).mkdir()
    (tmp_path / name / "lock").touch()
    (tmp_path / name / "run").mkdir()
    with workshop(tmp_path, "run"):
        assert not (tmp_path / name).exists()


def test_who_waits_for_a_lock_waits_until_it_is_free(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A system that gives up after ten seconds, as Windows does, is asked again."""
    answers = iter([OSError(errno.EDEADLK, ""), OSError(errno.EDEADLK, ""), None])

    def flock(*_: object) -> None:
        if (answer := next(answers)) is not None:
            raise answer

    monkeypatch.setattr(fcntl, "flock", flock)
    with (tmp_path / "lock").open("wb") as lock:
        assert hold(lock, wait=True)
        assert next(answers, "asked") == "asked"


@pytest.mark.parametrize("content", [None, "{}", "no json", '["lxgeo", "files"]'])
def test_a_folder_that_is_no_run_is_never_replaced(
    tmp_path: Path, release: Release, record: Record, content: str | None
) -> None:
    """A folder of the user's own by that name is kept, and the run refused."""
    (tmp_path / "照片").mkdir()
    (tmp_path / "照片" / "a.jpg").write_bytes(b"jpg")
    if content is not None:
        (tmp_path / "照片" / "manifest.json").write_text(content, encoding="utf-8")
    before = everything(tmp_path)
    with pytest.raises(RunError, match="--name"):
        publish_run(tmp_path, "照片", release, record, PAGE)

    assert everything(tmp_path) == before


def test_a_place_that_is_no_folder_is_told(
    tmp_path: Path, release: Release, record: Record
) -> None:
    """A file where the folder of runs should be is an input error, not a traceback."""
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    with pytest.raises(InputError, match="out"):
        publish_run(tmp_path / "out", "run", release, record, PAGE)


BAD_NAMES = [
    *("", " ", ".", "..", "../evil", "a/b", "a\\b", "/etc", "a..b", ".hidden", "maps", "MAPS"),
    *("con", "CON.2026", "nul .x", "com7", "LPT¹", "conin$"),
    *("a:b", "a*", "a?", "a\x00b", "a\nb", " a", "a ", "a.", "名" * 67),
]


@pytest.mark.parametrize("name", BAD_NAMES, ids=ascii)
def test_names_that_are_no_folder_s_are_refused(
    tmp_path: Path, release: Release, record: Record, name: str
) -> None:
    """Nothing can be written outside the folder of runs, on any system."""
    with pytest.raises(InputError):
        publish_run(tmp_path / "out", name, release, record, PAGE)

    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "name",
    ["九家", "2026年三季度 (改2)", "run-1_v2.0", "名" * 66, "con1", "com10", "a.con", "auxx"],
)
def test_usual_names_are_fine(name: str) -> None:
    """Chinese, spaces inside, brackets and dots inside, names that only look like a device's."""
    check_name(name)


@pytest.mark.usefixtures("quick")
def test_an_inspection_keeps_a_faulty_run_out(
    tmp_path: Path, release: Release, record: Record
) -> None:
    """Who looks at the finished folder may refuse it: the old run stays."""
    publish_run(tmp_path, "run", release, record, "old")
    before, seen = everything(tmp_path), []

    def refuse(folder: Path) -> None:
        seen.extend(sorted(path.name for path in folder.iterdir()))
        raise RunError

    with pytest.raises(RunError):
        publish_run(tmp_path, "run", release, record, "new", inspect=refuse)

    assert seen == ["summary.json", "units.csv"]
    assert everything(tmp_path) == before
