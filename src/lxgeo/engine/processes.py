"""Processes of this machine, started afresh where one of them dies."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import connection, get_context, parent_process
from typing import Any

from lxgeo.engine.runners import Runner, Task, tell_failed
from lxgeo.errors import LxgeoError

_POOLS = 3
"""Pools that may break before tasks are run alone, to find the one that breaks them."""


def in_processes(workers: int) -> Runner:
    """Return a runner on so many processes.

    A process that dies (killed, or out of memory) takes its pool along: its tasks are run again in
    a new one. A task during which a process of its own died is told as failed.

    Parameters
    ----------
    workers
        How many processes at most: no more than there are tasks. They end with the run.
    """

    def run(function: Callable[[Any], Any], tasks: Iterable[Task]) -> Iterator[Any]:
        waiting = list(tasks)
        failed: dict[str, BaseException] = {}
        for _ in range(_POOLS):
            waiting = yield from _pool_run(workers, function, waiting, failed)
            if not waiting:
                break
        for task in waiting:
            if (yield from _pool_run(1, function, [task], failed)):
                failed[task.region] = BrokenProcessPool("进程被终止 / its process was killed")
        tell_failed(failed)

    return run


def _pool_run(
    workers: int,
    function: Callable[[Any], Any],
    tasks: list[Task],
    failed: dict[str, BaseException],
) -> Generator[Any, None, list[Task]]:
    """Yield answers from one pool; return the tasks that are still to do where it broke."""
    broken: list[Task] = []
    # Started afresh, not forked: a forked copy of a threaded numeric library can hang. Such a pool
    # starts all of its processes with the first task, whether there is work for them or not.
    processes = max(1, min(workers, len(tasks)))
    pool = ProcessPoolExecutor(processes, get_context("spawn"), initializer=end_with_parent)
    try:
        futures: dict[Future[Any], Task] = {}
        for task in tasks:
            try:
                futures[pool.submit(function, task)] = task
            except BrokenProcessPool:
                broken.append(task)
        for future in as_completed(futures):
            try:
                answer = future.result()
            except BrokenProcessPool:
                broken.append(futures[future])
            except LxgeoError:
                raise
            except Exception as fault:  # noqa: BLE001 - told by name once the others are done
                failed[futures[future].region] = fault
            else:
                yield answer
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
    return broken


def end_with_parent() -> None:
    """Let this process end when the one that started it does, even where that was killed.

    A pool's process waits for work from a pipe that it holds open itself: without this it would
    wait for ever.
    """
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_watch, args=(parent.sentinel,), daemon=True).start()


def _watch(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)
