"""How the regions of a scenario are run: where, in what order, until when, and what is kept."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxgeo.decide.solve import Answer, Task
from lxgeo.engine import Checkpoints, Runner, counted, largest_first, small_in_line, start, timed
from lxgeo.engine.runners import in_line
from lxgeo.errors import Words
from lxgeo.scenario.asked import Scenario

_WORTH_PROCESSES = 3_000
"""Units and hosts of all regions from which starting processes takes less time than it saves."""
_WORTH_WAITING_S = 10.0
"""Time limit from which it does so: to start processes and load what they run takes seconds."""


@dataclass(frozen=True)
class Following:
    """What a person is told while regions are planned.

    Parameters
    ----------
    regions
        Called with how many of how many are done.
    note
        Called with a sentence, such as the address of a dashboard.
    """

    regions: Callable[[int, int], None] = lambda done, of: None  # noqa: ARG005
    note: Callable[[Words], None] = lambda words: None  # noqa: ARG005


@contextmanager
def regions_runner(scenario: Scenario, following: Following) -> Iterator[Runner]:
    """Give what maps the solver over a scenario's regions: the largest first, each kept when done.

    Parameters
    ----------
    scenario
        Where to run, and where to keep.
    following
        What to tell on the way.

    Raises
    ------
    ServiceError
        A region failed, or the cluster; what was done is kept.
    """
    with start(scenario.engine, following.note) as run:
        answering = timed(_where_worth_it(run, scenario))
        if scenario.checkpoints is not None:
            answering = kept_regions(scenario.checkpoints).around(answering)
        yield counted(largest_first(answering, _nodes), following.regions)


def _where_worth_it(run: Runner, scenario: Scenario) -> Runner:
    """Return a runner that starts no processes where that would take longer, if nobody asks."""
    if scenario.engine.workers is not None or scenario.engine.kind != "local":
        return run
    if scenario.time_limit_s is not None and scenario.time_limit_s < _WORTH_WAITING_S:
        return in_line
    return small_in_line(run, _nodes, _WORTH_PROCESSES)


def kept_regions(folder: Path) -> Checkpoints:
    """Return the folder where the plans of a scenario's regions are kept until all are done."""
    return Checkpoints(folder, Answer, _whole)


def _nodes(task: Task) -> int:
    return task.instance.nodes


def _whole(answer: Answer) -> bool:
    return not answer.stopped


@dataclass(frozen=True)
class Deadline:
    """A stop rule that can travel to worker processes: stop once some seconds have passed.

    It counts on the steady clock of the machine that it is on, in all its processes. On the way to
    another machine it carries the wall clock's hour; a clock that jumps meanwhile can't lengthen
    what is left.

    Parameters
    ----------
    at
        The moment on this machine's steady clock, seconds.
    """

    at: float

    @classmethod
    def after(cls, seconds: float) -> Deadline:
        """Return the deadline that lies so many seconds ahead."""
        return cls(time.monotonic() + seconds)

    def __call__(self) -> bool:
        """Return whether the moment has passed."""
        return time.monotonic() >= self.at

    def __reduce__(self) -> tuple[Callable[..., Deadline], tuple[Any, ...]]:
        left = self.at - time.monotonic()
        return _arrived, (self.at, _machine(), left, time.time() + left)


def _arrived(at: float, machine: str, left: float, hour: float) -> Deadline:
    """Return a deadline as it counts on the machine where it arrived."""
    if machine and machine == _machine():
        return Deadline(at)
    return Deadline.after(min(left, hour - time.time()))


def _machine() -> str:
    """Return what names this machine since it was started; nothing where that is not known."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii")
    except OSError:
        return ""
