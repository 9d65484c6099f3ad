"""Run one function over many regions: in line, or in processes on this machine.

Both give the same results in the same order; only the time differs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing import get_context
from time import perf_counter
from typing import Any

Runner = Callable[[Callable[[Any], Any], Iterable[Any]], Iterable[Any]]


@dataclass(frozen=True)
class Timed:
    """A function whose answers tell how long they took.

    Parameters
    ----------
    function
        Returns a dataclass with a field ``seconds``.
    """

    function: Callable[[Any], Any]

    def __call__(self, task: Any) -> Any:
        """Return the function's answer with its wall time, seconds."""
        start = perf_counter()
        answer = self.function(task)
        return replace(answer, seconds=perf_counter() - start)


def timed(run: Runner) -> Runner:
    """Return a runner whose answers tell how long they took."""
    return lambda function, tasks: run(Timed(function), tasks)


@contextmanager
def runner(workers: int) -> Iterator[Runner]:
    """Give a function like ``map`` that runs in line or on several processes.

    Parameters
    ----------
    workers
        1 runs in line; more start so many processes, ended on leaving.

    Yields
    ------
    Runner
        Takes a top-level function and its (picklable) arguments; results keep their order.
    """
    if workers <= 1:
        yield map
        return
    # Started afresh, not forked: a forked copy of a threaded numeric library can hang.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield pool.map
