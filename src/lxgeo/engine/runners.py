"""Runners: what maps a function over tasks, and what can be put around one.

A runner yields answers as they are done, in any order. It answers for every task: where one fails,
the others are done first, then the failed ones are told by name. An error of ours is no failed task
but ends the run at once: a full disk or a lost scheduler would meet every other task as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Any, Protocol

from lxgeo.errors import LxgeoError, ServiceError, Words


class Task(Protocol):
    """What a function is run on."""

    @property
    def region(self) -> str:
        """The name that it is told by."""
        ...


Runner = Callable[[Callable[[Any], Any], Iterable[Any]], Iterable[Any]]


def in_line(function: Callable[[Any], Any], tasks: Iterable[Task]) -> Iterator[Any]:
    """Yield the function's answers, one task after the other, in this process.

    Raises
    ------
    ServiceError
        Some tasks failed; all others were answered before.
    LxgeoError
        The function itself raised it.
    """
    failed: dict[str, BaseException] = {}
    for task in tasks:
        try:
            yield function(task)
        except LxgeoError:
            raise
        except Exception as fault:  # noqa: BLE001 - one region's fault must not cost the others
            failed[task.region] = fault
    tell_failed(failed)


def tell_failed(failed: Mapping[str, BaseException]) -> None:
    """Raise where tasks failed, naming each with what happened to it.

    Raises
    ------
    ServiceError
        One sentence a region, by name; the fault of the one that failed first is its cause.
    """
    if not failed:
        return
    raise ServiceError(
        *(
            Words(
                zh=f"片区 {region} 测算失败（{type(fault).__name__}: {fault}）；其余片区已算完，"
                "排除原因后重新运行同一命令，只补算这一片区",
                en=f"region {region} failed ({type(fault).__name__}: {fault}); all others are done:"
                " mend the cause and run the same command again, only this region is redone",
            )
            for region, fault in sorted(failed.items())
        )
    ) from next(iter(failed.values()))


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
        began = perf_counter()
        answer = self.function(task)
        return replace(answer, seconds=perf_counter() - began)


def timed(run: Runner) -> Runner:
    """Return a runner whose answers tell how long they took."""
    return lambda function, tasks: run(Timed(function), tasks)


def largest_first(run: Runner, size: Callable[[Any], int]) -> Runner:
    """Return a runner that begins with the largest tasks, so that none is left for the end.

    Parameters
    ----------
    run
        What runs them.
    size
        How large a task is.
    """
    return lambda function, tasks: run(function, sorted(tasks, key=size, reverse=True))


def counted(run: Runner, tell: Callable[[int, int], None]) -> Runner:
    """Return a runner that tells how many of how many tasks are done, as each one is.

    Parameters
    ----------
    run
        What runs them.
    tell
        Called with done and all.
    """

    def counting(function: Callable[[Any], Any], tasks: Iterable[Any]) -> Iterator[Any]:
        tasks = list(tasks)
        tell(0, len(tasks))
        for done, answer in enumerate(run(function, tasks), start=1):
            tell(done, len(tasks))
            yield answer

    return counting


def small_in_line(run: Runner, size: Callable[[Any], int], least: int) -> Runner:
    """Return a runner that leaves little work in this process: starting others would take longer.

    Parameters
    ----------
    run
        What runs the rest.
    size
        How large a task is.
    least
        What the tasks' sizes must sum to for others to be started.
    """

    def choosing(function: Callable[[Any], Any], tasks: Iterable[Any]) -> Iterable[Any]:
        tasks = list(tasks)
        return (run if sum(map(size, tasks)) >= least else in_line)(function, tasks)

    return choosing
