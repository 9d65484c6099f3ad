"""A clean process in which a hostile file is read, and what that cost."""

from __future__ import annotations

import multiprocessing
import os
import sys
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

_HANGS_S = 600
"""By the clock: nothing takes as long, however busy the machine."""

KIB = 1024 if sys.platform != "darwin" else 1


@dataclass(frozen=True)
class Outcome:
    """How a reading ended.

    Parameters
    ----------
    error, words
        Class and text of the error; empty where there was none.
    seconds
        Processor time of the process that reads and of those that it starts, where the system
        tells of these: a busy machine is not the reader's.
    parent_mib, child_mib
        Greatest memory of the process that reads, and of the processes that it starts; 0 where the
        system does not tell.
    """

    error: str
    words: str
    seconds: float
    parent_mib: int
    child_mib: int


def _read(path: Path, told: Connection) -> None:
    from lxgeo.ledger import clean
    from lxgeo.read import read_cells

    error, words, start = "", "", _processor()
    try:
        clean(read_cells(path))
    except BaseException as fault:  # noqa: BLE001 -- whatever it is, it is what the test is about
        error, words = type(fault).__name__, str(fault)
    seconds = _processor() - start
    told.send(Outcome(error, words, seconds, *_memory()))


def _processor() -> float:
    return sum(os.times()[:4])  # its own and its children's


def _memory() -> tuple[int, int]:
    try:
        import resource
    except ImportError:
        return 0, 0
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return tuple(resource.getrusage(each).ru_maxrss * KIB >> 20 for each in whose)  # type: ignore[return-value]


def read_apart(path: Path) -> Outcome:
    """Read a ledger in a process of its own, which starts clean so that what it costs shows."""
    kind = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(kind)
    if kind == "forkserver":
        context.set_forkserver_preload(["lxgeo.ledger", "lxgeo.read", "lxgeo.read.ledger"])
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_read, args=(path, there))
    process.start()
    there.close()
    try:
        if not here.poll(_HANGS_S):
            return Outcome("hang", "", _HANGS_S, 0, 0)
        return here.recv()  # type: ignore[no-any-return]
    except EOFError:
        return Outcome("lost", "", 0, 0, 0)
    finally:
        process.kill()
        process.join()
        process.close()
        here.close()
