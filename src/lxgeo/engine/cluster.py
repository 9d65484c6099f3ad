"""Dask: a cluster of this machine started for the run, or a scheduler that stands elsewhere."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from typing import Any

import dask
from distributed import Client, Future, KilledWorker, LocalCluster, as_completed

from lxgeo.engine.runners import Runner, Task, tell_failed
from lxgeo.errors import LxgeoError, ServiceError, Words

_AHEAD = 3
"""Tasks handed out for each thread: enough to keep all busy, few enough to hold in memory."""
_CONNECT_S = 15


@contextmanager
def on_dask(workers: int, scheduler: str | None, tell: Callable[[Words], None]) -> Iterator[Runner]:
    """Give a runner on a Dask cluster.

    Workers may come, go and die (adaptive clusters do that by themselves): what one was doing is
    done by another.

    Parameters
    ----------
    workers
        Processes of a cluster on this machine, one thread each, where no scheduler is given.
    scheduler
        Its address. Its workers need this version of lxgeo.
    tell
        Told the address of the dashboard.

    Raises
    ------
    ServiceError
        Nothing answers at the address, or the scheduler was lost on the way.
    """
    # A worker's log is for its keeper; what matters here is raised or told. Some of it is said
    # only as the process ends, so it stays quiet.
    for name in ("asyncio", *logging.root.manager.loggerDict):
        if name.partition(".")[0] in {"distributed", "tornado", "asyncio"}:
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    with dask.config.set({"logging.distributed": "critical"}):
        if scheduler is None:
            cluster = LocalCluster(
                n_workers=max(1, workers), threads_per_worker=1, dashboard_address="127.0.0.1:0"
            )
            with cluster, Client(cluster) as client:
                yield _runner(client, tell)
        else:
            with _connected(scheduler) as client:
                yield _runner(client, tell)


def _connected(scheduler: str) -> Client:
    try:
        return Client(scheduler, timeout=_CONNECT_S)
    except (OSError, ValueError, TimeoutError) as fault:
        raise ServiceError(
            Words(
                zh=f"连不上调度器 {scheduler}：请确认地址（如 tcp://10.0.0.5:8786）和网络，"
                "或去掉 --scheduler 在本机运行",
                en=f"no scheduler answers at {scheduler}: check the address (such as"
                " tcp://10.0.0.5:8786) and the network, or run here without --scheduler",
            )
        ) from fault


def _runner(client: Client, tell: Callable[[Words], None]) -> Runner:
    tell(
        Words(
            zh=f"Dask 面板：{client.dashboard_link}",
            en=f"Dask's dashboard: {client.dashboard_link}",
        )
    )

    def run(function: Callable[[Any], Any], tasks: Iterable[Task]) -> Iterator[Any]:
        yield from _Errand(client, function, tasks)

    return run


class _Errand:
    """Tasks handed out to a cluster, a few ahead of those that are done.

    Where a worker dies, Dask gives all that it held to others, and after several such deaths
    suspects each of those tasks. Suspects are handed out again one by one, when all else is done:
    one that kills workers even then has failed, the others were only in bad company.
    """

    def __init__(
        self, client: Client, function: Callable[[Any], Any], tasks: Iterable[Task]
    ) -> None:
        self.client = client
        self.function = function
        self.waiting = deque(tasks)
        self.out: dict[Future[Any], Task] = {}
        self.suspects: deque[Task] = deque()
        self.alone = False
        self.failed: dict[str, BaseException] = {}

    def __iter__(self) -> Iterator[Any]:
        done = as_completed()
        try:
            self._hand_out(done)
            for future in done:
                yield from self._answer(future, self.out.pop(future))
                future.release()
                self._hand_out(done)
        finally:
            self.client.cancel(list(self.out))
        tell_failed(self.failed)

    def _hand_out(self, done: as_completed) -> None:
        """Keep every thread busy, whether workers came or went."""
        try:
            threads = sum(self.client.nthreads().values())
            while self.waiting and len(self.out) < _AHEAD * max(1, threads):
                self._submit(self.waiting.popleft(), done)
            if self.suspects and not self.out:
                self.alone = True
                self._submit(self.suspects.popleft(), done)
        except (OSError, RuntimeError) as fault:
            raise _lost() from fault

    def _submit(self, task: Task, done: as_completed) -> None:
        future = self.client.submit(self.function, task, pure=False)
        self.out[future] = task
        done.add(future)

    def _answer(self, future: Future[Any], task: Task) -> Iterator[Any]:
        """Yield a task's answer; nothing where it failed or is handed out once more."""
        try:
            answer = future.result()
        except KilledWorker as fault:
            if self.alone:
                self.failed[task.region] = fault
            else:
                self.suspects.append(task)
        except LxgeoError:
            raise
        except CancelledError as fault:
            raise _lost() from fault
        except Exception as fault:  # noqa: BLE001 - told by name once the others are done
            self.failed[task.region] = fault
        else:
            yield answer


def _lost() -> ServiceError:
    return ServiceError(
        Words(
            zh="与 Dask 调度器的连接中断；已算完的片区都已保存，"
            "调度器恢复后重新运行同一命令即可接着算",
            en="the connection to Dask's scheduler was lost; regions that are done are kept: run"
            " the same command again once it stands",
        )
    )
