"""A measured piece of work, and how it is measured: in a process of its own, least of some runs."""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_KIB_PER_MB = 1024


@dataclass(frozen=True)
class Rated:
    """A piece of work beside what a bare library or another makes of it in the same run.

    Parameters
    ----------
    part, what
        Where it stands in the table, and what was done.
    rows
        How many rows, addresses, points or units.
    seconds
        Processor seconds, children's among them.
    mb
        Peak memory, MB: of all processes' greatest, or what was added to what stood before.
    beside
        What it is measured beside; empty where nothing does the same.
    beside_s, beside_mb
        What that took.
    note
        What else is to be told.
    """

    part: str
    what: str
    rows: int
    seconds: float
    mb: float | None = None
    beside: str = ""
    beside_s: float | None = None
    beside_mb: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times as long it takes as what it is measured beside."""
        return self.seconds / self.beside_s if self.beside_s else None


def processor_s() -> float:
    """Return what this process and the children that it has waited for have used of a core."""
    told = os.times()
    return told.user + told.system + told.children_user + told.children_system


def memory_mb(line: str) -> float:
    """Return ``VmRSS`` or ``VmHWM`` of this process, MB, as Linux tells it."""
    told = Path("/proc/self/status").read_text(encoding="ascii")
    (found,) = (each for each in told.splitlines() if each.startswith(line))
    return int(found.split()[1]) / _KIB_PER_MB


def forget_peak() -> None:
    """Let the peak memory of this process count from here."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def apart(work: Callable[[], Any], runs: int = 1) -> tuple[float, float]:
    """Do a piece of work in processes of its own.

    Parameters
    ----------
    work
        What to do; it finds everything that this process holds.
    runs
        How often.

    Returns
    -------
    tuple of float
        The least processor seconds, and the most MB that it added to what stood before.
    """
    told = [_once(work) for _ in range(runs)]
    return min(each[0] for each in told), max(each[1] for each in told)


def _once(work: Callable[[], Any]) -> tuple[float, float]:
    read, write = os.pipe()
    if (child := os.fork()) == 0:
        gc.collect()
        forget_peak()
        stood, began = memory_mb("VmRSS"), time.process_time()
        work()
        figures = f"{time.process_time() - began} {memory_mb('VmHWM') - stood}"
        os.write(write, figures.encode())
        os._exit(0)
    os.close(write)
    if os.waitpid(child, 0)[1]:
        sys.exit("a piece of work failed")
    with os.fdopen(read) as told:
        seconds, grown = told.read().split()
    return float(seconds), float(grown)
