"""A real Dask cluster of scheduler and worker processes, to be broken."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from distributed import LocalCluster

HERE = Path(__file__).parent


@dataclass
class DaskCluster:
    """Where the scheduler is, and its process."""

    address: str
    scheduler: subprocess.Popen[str]

    def kill_scheduler(self) -> None:
        """Kill it as a crash would."""
        self.scheduler.kill()
        self.scheduler.wait()


@contextmanager
def dask_cluster(workers: int) -> Iterator[DaskCluster]:
    """Start a scheduler and its workers; all end with the block."""
    with ExitStack() as stack:
        scheduler = _started(stack, "scheduler", "--host", "127.0.0.1", "--port", "0")
        assert scheduler.stderr is not None
        found = None
        while found is None:
            found = re.search(
                r"Scheduler at:\s+(tcp://[\d.:]+)", line := scheduler.stderr.readline()
            )
            assert line, "the scheduler ended before it told its address"
        for _ in range(workers):
            _started(stack, "worker", found[1], "--nthreads", "1", "--no-dashboard")
        yield DaskCluster(found[1], scheduler)


@contextmanager
def quiet_cluster() -> Iterator[LocalCluster]:
    """Start a cluster of this process's, without a worker: processes come when it is told."""
    with LocalCluster(
        n_workers=0, threads_per_worker=1, processes=True, dashboard_address="127.0.0.1:0"
    ) as cluster:
        yield cluster


def _started(stack: ExitStack, *args: str) -> subprocess.Popen[str]:
    process = stack.enter_context(
        subprocess.Popen(
            [sys.executable, "-m", "dask", *args],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE if args[0] == "scheduler" else subprocess.DEVNULL,
            text=True,
            env=os.environ | {"PYTHONPATH": str(HERE)},
        )
    )
    stack.callback(process.kill)
    return process
