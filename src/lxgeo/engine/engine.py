"""Which of the three ways regions are run in."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from lxgeo.engine.processes import in_processes
from lxgeo.engine.runners import Runner, in_line
from lxgeo.errors import InputError, Words

EngineKind = Literal["local", "dask"]


@dataclass(frozen=True)
class Engine:
    """Where regions are run.

    Parameters
    ----------
    kind
        ``local`` (in line or in processes) or ``dask``.
    workers
        Processes; with one, ``local`` runs in line. All cores if not given.
    scheduler
        Address of a Dask scheduler that stands already, such as ``tcp://10.0.0.5:8786``; without
        one, ``dask`` starts a cluster on this machine for the run.

    Raises
    ------
    InputError
        A scheduler without ``dask``.
    """

    kind: EngineKind = "local"
    workers: int | None = None
    scheduler: str | None = None

    def __post_init__(self) -> None:
        if self.scheduler is not None and self.kind != "dask":
            raise InputError(
                Words(
                    zh="--scheduler 要和 --engine dask 一起用",
                    en="--scheduler goes with --engine dask",
                )
            )

    @property
    def processes(self) -> int:
        """How many processes there are at most, where the engine starts them."""
        return self.workers or os.cpu_count() or 1


@contextmanager
def start(engine: Engine, tell: Callable[[Words], None] | None = None) -> Iterator[Runner]:
    """Give a runner; what was started for it ends with the block.

    Parameters
    ----------
    engine
        Where to run.
    tell
        Told what a person may want to look at: the address of Dask's dashboard.

    Yields
    ------
    Runner
        Takes a top-level function and its (picklable) tasks; answers come as they are done.

    Raises
    ------
    ServiceError
        No scheduler at that address, or it was lost on the way.
    """
    if engine.kind == "dask":
        # Dask takes a second or two to import: only who asks for it pays.
        from lxgeo.engine.cluster import on_dask

        with on_dask(engine.processes, engine.scheduler, tell or (lambda _: None)) as run:
            yield run
    elif engine.processes > 1:
        yield in_processes(engine.processes)
    else:
        yield in_line
