"""A run takes its place: an error or a kill between any two steps, and what a reader sees then."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from lxgeo.errors import RunError
from lxgeo.publish.folder import exchange, run, swap
from lxgeo.publish.folder.exchange import workshop
from lxgeo.read.run import check_complete

Move: TypeAlias = Callable[[Path, Path], object]

SOURCE = Path(run.__file__).parents[2]
ONE_STEP, BY_NAME = "exchange", "renames"
STEPS = {ONE_STEP: ("swap", "replace"), BY_NAME: ("rename", "rename", "replace")}
"""What is done to folder and map, in order, where folders can be exchanged and where not."""

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="no exchange in one step there")


def everything(folder: Path) -> dict[str, str]:
    """Return every file under a folder with its text."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_text(encoding="utf-8") for path in found}


def manifest(page: str) -> str:
    """Return the manifest of a run that is nothing but its map."""
    sha = hashlib.sha256(page.encode()).hexdigest()
    return json.dumps({"lxgeo": "0", "run": "run", "files": {"../maps/run.html": sha}})


def old_run(out: Path) -> dict[str, str]:
    """Let the old run stand; return its files."""
    (out / "run").mkdir(parents=True)
    (out / "run" / "manifest.json").write_text(manifest("old"), encoding="utf-8")
    (out / "maps").mkdir()
    (out / "maps" / "run.html").write_text("old", encoding="utf-8")
    return everything(out)


def publish(out: Path) -> None:
    """Publish the new run."""
    with workshop(out, "run") as shop:
        (shop.run / "manifest.json").write_text(manifest("new"), encoding="utf-8")
        shop.map.write_text("new", encoding="utf-8")
        shop.exchange()


def seen(out: Path) -> str:
    """Return which run a reader finds: old or new, or what it is told."""
    try:
        check_complete(out / "run")
    except RunError as error:
        return "half" if "换到一半被中断" in error.faults[0].zh else error.faults[0].zh
    return (out / "maps" / "run.html").read_text(encoding="utf-8")


@on_linux
def test_two_folders_are_exchanged_in_one_step(tmp_path: Path) -> None:
    """Each holds what the other held; a missing one is an error for whoever renames then."""
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()

    assert swap.swapped(tmp_path / "a", tmp_path / "b")
    assert everything(tmp_path).keys() == {"a/b", "b/a"}
    assert not swap.swapped(tmp_path / "a", tmp_path / "c")


def refusing(step: str, steps: list[str], failing: int, move: Move) -> Move:
    """Return a move that is counted, and refused where it is the failing one."""

    def moved(one: Path, other: Path) -> object:
        steps.append(step)
        if len(steps) == failing:
            raise PermissionError(13, "held open by another program")
        return move(one, other)

    return moved


@pytest.mark.parametrize(
    ("way", "failing"),
    [pytest.param(ONE_STEP, 2, marks=on_linux), (BY_NAME, 1), (BY_NAME, 2), (BY_NAME, 3)],
)
def test_an_error_puts_the_old_run_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str, failing: int
) -> None:
    """Whichever step a system refuses, what was done before it is undone."""
    before = old_run(tmp_path)
    steps: list[str] = []
    for step in ("rename", "replace"):
        move = refusing(step, steps, failing, getattr(Path, step))
        monkeypatch.setattr(Path, step, move)
    swap_ = refusing("swap", steps, failing, exchange.swapped)
    monkeypatch.setattr(exchange, "swapped", swap_ if way == ONE_STEP else lambda *_: False)
    with pytest.raises(PermissionError):
        publish(tmp_path)

    assert tuple(steps[:failing]) == STEPS[way][:failing]
    assert everything(tmp_path) == before


def test_a_first_run_that_is_refused_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder is in its place when the map is refused: it goes again."""
    monkeypatch.setattr(Path, "replace", refusing("replace", [], 1, Path.replace))
    with pytest.raises(PermissionError):
        publish(tmp_path)

    assert everything(tmp_path) == {}


_KILLED = """
import os, shutil, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from lxgeo.publish.folder import exchange
from test_exchange import BY_NAME, CASES, ONE_STEP, publish

def killing(move, left):
    def moved(*paths, **options):
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
        left[0] -= 1
        return move(*paths, **options)
    return moved

for way, before, after, _ in CASES:
    if child := os.fork():
        assert os.waitpid(child, 0)[1] == signal.SIGKILL
        continue
    left = [after]
    for step in ("rename", "replace"):
        setattr(Path, step, killing(getattr(Path, step), left))
    swapped = exchange.swapped if way == ONE_STEP else lambda *_: False
    exchange.swapped = killing(swapped, left) if way == ONE_STEP else swapped
    shutil.rmtree = killing(shutil.rmtree, left)
    publish(Path(sys.argv[1]) / f"{way}-{before}-{after}")
    os._exit(0)
"""
_NONE = "none"
CASES = (
    *((ONE_STEP, "old", after, found) for after, found in enumerate(("old", "half", "new"))),
    *((BY_NAME, "old", after, found) for after, found in enumerate(("old", "half", "half", "new"))),
    *((BY_NAME, _NONE, after, found) for after, found in enumerate((_NONE, "half", "new"))),
)
"""How folders are exchanged, what stood there, steps done before the kill, what a reader finds."""


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of folders, in each of which publishing was killed after so many steps."""
    home = tmp_path_factory.mktemp("killed")
    for way, before, after, _ in CASES:
        if before == "old":
            old_run(home / f"{way}-{before}-{after}")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(SOURCE), *sys.path])}
    script = [sys.executable, "-c", _KILLED, str(home), str(Path(__file__).parent)]
    subprocess.run(script, env=environment, check=True)
    return home


@on_linux
@pytest.mark.parametrize(("way", "before", "after", "found"), CASES)
def test_a_reader_never_takes_a_half_for_a_whole(
    killed: Path, tmp_path: Path, way: str, before: str, after: int, found: str
) -> None:
    """Killed between any two steps: old, new, or a sentence; the next run puts the old one back."""
    out = tmp_path / "out"
    shutil.copytree(killed / f"{way}-{before}-{after}", out)
    whole = old_run(tmp_path / "whole") if before == "old" else {}
    said = seen(out)

    assert said == found or (found == _NONE and "不是写完的方案目录" in said)
    with pytest.raises(ZeroDivisionError), workshop(out, "run"):
        raise ZeroDivisionError
    if found == "new":
        assert seen(out) == "new"
    else:
        assert everything(out) == whole
