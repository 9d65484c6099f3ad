"""Tasks and functions that worker processes can import: some sleep, some die."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Chore:
    """Numbers to add up, and where to note that it was done."""

    region: str
    numbers: NDArray[np.int64]
    notes: str = ""


@dataclass(frozen=True, eq=False)
class Sum:
    """A chore's answer."""

    region: str
    running: NDArray[np.int64]
    total: int
    whole: bool = True
    seconds: float = 0.0


def chores(count: int, notes: Path | None = None) -> list[Chore]:
    """Return chores of growing length: chore i adds the numbers 0 … i."""
    return [Chore(f"片区{i}", np.arange(i + 1), str(notes or "")) for i in range(count)]


def add_up(chore: Chore) -> Sum:
    """Add a chore's numbers, and note that it was done."""
    if chore.notes:
        _note(chore, "done")
    return Sum(chore.region, np.cumsum(chore.numbers), int(chore.numbers.sum()))


def die_once(chore: Chore) -> Sum:
    """Kill the own process the first three times that a chore with an odd name is begun."""
    if chore.region in {"片区1", "片区3", "片区5"} and not _noted(chore, "died"):
        _note(chore, "died")
        os.kill(os.getpid(), signal.SIGKILL)
    return add_up(chore)


def take_time(chore: Chore) -> Sum:
    """Add up slowly."""
    time.sleep(0.4)
    return add_up(chore)


def poisoned(chore: Chore) -> Sum:
    """Kill the own process whenever chore 2 is begun."""
    if chore.region == "片区2":
        os.kill(os.getpid(), signal.SIGKILL)
    return add_up(chore)


def faulty(chore: Chore) -> Sum:
    """Fail on chore 2."""
    if chore.region == "片区2":
        message = "no such number"
        raise ArithmeticError(message)
    return add_up(chore)


def times_done(notes: Path, region: str) -> int:
    """Return how often a chore was done."""
    return len(list(notes.glob(f"{region} done *")))


def _noted(chore: Chore, what: str) -> bool:
    return any(Path(chore.notes).glob(f"{chore.region} {what} *"))


def _note(chore: Chore, what: str) -> None:
    notes = Path(chore.notes)
    count = len(list(notes.glob(f"{chore.region} {what} *")))
    (notes / f"{chore.region} {what} {count}").touch()
