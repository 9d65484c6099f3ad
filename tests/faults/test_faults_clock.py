"""A clock that jumps. Nobody may set a machine's clock for a test: its reading is replaced."""

from __future__ import annotations

import pickle
import time

import pytest

from lxgeo.scenario import regions
from lxgeo.scenario.regions import Deadline

DAY_S = 86_400.0


@pytest.mark.parametrize("jump", [-DAY_S, DAY_S])
def test_a_jump_on_the_way_to_a_process_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, jump: float
) -> None:
    """Processes of one machine share its steady clock: the deadline arrives as it left."""
    sent = pickle.dumps(deadline := Deadline.after(100))
    hour = time.time()
    monkeypatch.setattr(time, "time", lambda: hour + jump)

    assert pickle.loads(sent) == deadline  # noqa: S301 - our own


def test_another_machine_s_clock_can_t_lengthen_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """100 s ahead, on a machine whose clock is a day behind: 100 s, not a day."""
    monkeypatch.setattr(time, "monotonic", lambda: 5000.0)
    sent = pickle.dumps(Deadline.after(100))
    hour = time.time()
    monkeypatch.setattr(regions, "_machine", lambda: "another")
    monkeypatch.setattr(time, "time", lambda: hour - DAY_S)
    monkeypatch.setattr(time, "monotonic", lambda: 7.0)

    assert pickle.loads(sent).at == pytest.approx(107.0)  # noqa: S301 - our own


def test_a_jump_while_it_counts_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """What has begun counts on the steady clock alone."""
    monkeypatch.setattr(time, "monotonic", lambda: 5000.0)
    deadline = Deadline.after(100)
    monkeypatch.setattr(time, "time", lambda: 0.0)

    assert not deadline()
    monkeypatch.setattr(time, "monotonic", lambda: 5100.0)
    assert deadline()
