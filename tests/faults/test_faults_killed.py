"""SIGKILL of the command and of its workers, and what a damaged checkpoint costs."""

from __future__ import annotations

import os
import shutil
import signal
import time
from pathlib import Path

import pytest
from runs_apart import REGIONS, Command, Ended, content, planned

KEPT = 2


@pytest.fixture(scope="module")
def killed(command: Command, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return what a command leaves that was killed once two of its four regions were kept."""
    out, notes = tmp_path_factory.mktemp("killed"), tmp_path_factory.mktemp("notes")
    assert command.plan(out, "--workers", 2, NOTES=notes, DIE_KEPT=KEPT).code == -signal.SIGKILL
    workers = {int(path.name.rpartition(" ")[2]) for path in notes.iterdir()}
    assert workers
    _wait_for_the_end_of(workers)
    return out


def test_a_killed_run_leaves_what_it_kept_and_nothing_else(killed: Path) -> None:
    """No run folder, no map, no half: only the regions that were done (its workers are gone)."""
    (folder,) = killed.iterdir()

    assert folder.name == ".多家.checkpoints"
    assert len(list(folder.glob("*.npz"))) == KEPT


def test_a_killed_run_goes_on_where_it_was(
    command: Command, killed: Path, plain: Path, tmp_path: Path
) -> None:
    """The same command plans the other two regions only, and writes the same bytes."""
    out, notes = _copied(killed, tmp_path)

    assert command.plan(out, "--workers", 1, NOTES=notes) == Ended(0, "")
    assert planned(notes) == REGIONS - KEPT
    assert content(out) == content(plain)


def test_a_damaged_checkpoint_is_planned_again(
    command: Command, killed: Path, plain: Path, tmp_path: Path
) -> None:
    """One of the two is cut short, and a third is half written: three regions are planned."""
    out, notes = _copied(killed, tmp_path)
    folder = out / ".多家.checkpoints"
    damaged = min(folder.glob("*.npz"))
    damaged.write_bytes(damaged.read_bytes()[:100])
    (folder / "tmp1234.part").write_bytes(b"PK")

    assert command.plan(out, "--workers", 1, NOTES=notes) == Ended(0, "")
    assert planned(notes) == REGIONS - KEPT + 1
    assert content(out) == content(plain)


@pytest.mark.parametrize("engine", ["local", "dask"])
def test_killed_workers_cost_nothing(
    command: Command, plain: Path, tmp_path: Path, engine: str
) -> None:
    """Three worker processes are killed in one run: it is complete, to the byte."""
    out, notes = tmp_path / "out", tmp_path / "notes"
    notes.mkdir()
    asked = ("--engine", engine, "--workers", 2)

    assert command.plan(out, *asked, NOTES=notes, DIE_WORKER=3) == Ended(0, "")
    assert len(list(notes.glob("died *"))) >= 3
    assert content(out) == content(plain)


def _copied(killed: Path, tmp_path: Path) -> tuple[Path, Path]:
    notes = tmp_path / "notes"
    notes.mkdir()
    return Path(shutil.copytree(killed, tmp_path / "out")), notes


def _wait_for_the_end_of(workers: set[int]) -> None:
    """Wait until processes are gone; a worker that outlived its command would stay for ever."""
    until = time.monotonic() + 60
    while alive := {pid for pid in workers if _lives(pid)}:
        assert time.monotonic() < until, f"{alive} outlived the command that started them"


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    # What has ended and was fetched by nobody yet (a bare container has no init) is gone, too.
    return (
        Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    )
