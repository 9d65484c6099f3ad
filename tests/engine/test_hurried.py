"""A run in a hurry starts no processes: that alone takes longer than the seconds it has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from lxgeo.decide.solve import Answer
from lxgeo.engine import Engine
from lxgeo.scenario import Scenario
from lxgeo.scenario.regions import Following, regions_runner


def planned(task: Any) -> Answer:
    """Return the plan of a region that costs nothing."""
    return Answer(task.region, np.empty(0, dtype=np.int32), 0, 0, stopped=False)


@pytest.mark.parametrize(
    ("limit", "workers", "elsewhere"),
    [
        (None, None, ["甲镇"]),
        (3600.0, None, ["甲镇"]),
        (2.0, None, []),
        (2.0, 2, ["甲镇"]),  # who asks for processes gets them
    ],
)
def test_processes_are_started_where_there_is_time(
    monkeypatch: pytest.MonkeyPatch, limit: float | None, workers: int | None, elsewhere: list[str]
) -> None:
    """A region of 10,000 units is worth processes, but for a limit of two seconds."""
    ran: list[str] = []

    def in_processes(_: int) -> Callable[..., Iterator[Answer]]:
        def run(function: Callable[[Any], Answer], tasks: Iterable[Any]) -> Iterator[Answer]:
            for task in tasks:
                ran.append(task.region)
                yield function(task)

        return run

    monkeypatch.setattr("lxgeo.engine.engine.os.cpu_count", lambda: 2)
    monkeypatch.setattr("lxgeo.engine.engine.in_processes", in_processes)
    scenario = Scenario(Path(), Path(), engine=Engine(workers=workers), time_limit_s=limit)
    region = SimpleNamespace(region="甲镇", instance=SimpleNamespace(nodes=10_000))

    with regions_runner(scenario, Following()) as run:
        (answer,) = run(planned, [region])

    assert answer.region == "甲镇"
    assert ran == elsewhere
