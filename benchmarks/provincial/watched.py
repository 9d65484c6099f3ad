"""What a command takes: wall and processor seconds, and the most memory of all its processes."""

from __future__ import annotations

import resource
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

_EVERY_S = 0.1
_PAGE = resource.getpagesize()


@dataclass(frozen=True)
class Watched:
    """A command that was run.

    Parameters
    ----------
    code
        How it ended.
    out
        What it printed.
    wall_s, processor_s
        How long it took, by the clock and on all cores.
    peak_bytes
        The most that its processes held together, of what is theirs alone and what they share;
        looked at ten times a second.
    """

    code: int
    out: str
    wall_s: float
    processor_s: float
    peak_bytes: int


def watch(command: Sequence[str]) -> Watched:
    """Run a command to its end and return what it took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began, peak = time.perf_counter(), 0
    # Into a file: a pipe that nobody empties would make a talkative process wait for ever.
    with TemporaryFile() as told:
        with subprocess.Popen(  # noqa: S603 -- our own command
            command, stdout=told, stderr=subprocess.STDOUT
        ) as process:
            while process.poll() is None:
                peak = max(peak, _held(process.pid))
                time.sleep(_EVERY_S)
        told.seek(0)
        out = told.read().decode("utf-8", errors="replace")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Watched(process.returncode, out, time.perf_counter() - began, spent, peak)


def _held(root: int) -> int:
    """Return the resident bytes of a process and all that it started."""
    parents, sizes = {}, {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
            parents[int(stat.parent.name)] = int(fields[1])
            sizes[int(stat.parent.name)] = int(fields[21]) * _PAGE
        except (OSError, ValueError, IndexError):
            continue  # it has ended meanwhile
    ours = {root}
    while more := {each for each, parent in parents.items() if parent in ours} - ours:
        ours |= more
    return sum(sizes.get(each, 0) for each in ours)
