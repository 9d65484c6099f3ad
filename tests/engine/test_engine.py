"""Regions in line, in processes and on Dask: the same answers, and nothing lost where one dies."""

from __future__ import annotations

import re
from contextlib import ExitStack
from multiprocessing import active_children
from pathlib import Path

import numpy as np
import pytest
from chores import Chore, Sum, add_up, chores, die_once, faulty, poisoned, take_time, times_done
from dask_cluster import dask_cluster, quiet_cluster

from lxgeo.engine import Checkpoints, Engine, counted, largest_first, start, timed
from lxgeo.engine.runners import in_line
from lxgeo.errors import InputError, ServiceError, Words

WAYS = [Engine(), Engine(workers=2), Engine("dask", workers=2)]


def named(engine: Engine) -> str:
    """Return a way's name as test id."""
    return f"{engine.kind}-{engine.workers}"


@pytest.mark.parametrize("engine", WAYS, ids=named)
def test_every_way_gives_the_same_answers(engine: Engine) -> None:
    """0 + 1 + … + i is i (i + 1) / 2, wherever it is added up."""
    with start(engine) as run:
        answers = {answer.region: answer for answer in run(add_up, chores(12))}

    assert {name: answer.total for name, answer in answers.items()} == {
        f"片区{i}": i * (i + 1) // 2 for i in range(12)
    }
    np.testing.assert_array_equal(answers["片区3"].running, [0, 1, 3, 6])


@pytest.mark.parametrize("engine", WAYS, ids=named)
def test_a_region_that_fails_is_told_by_name_after_the_others(engine: Engine) -> None:
    """One faulty region costs no other."""
    answers: list[Sum] = []
    with (
        pytest.raises(ServiceError, match=r"片区2.*ArithmeticError.*no such number"),
        start(engine) as run,
    ):
        answers.extend(run(faulty, chores(5)))

    assert sorted(answer.region for answer in answers) == ["片区0", "片区1", "片区3", "片区4"]


@pytest.mark.parametrize("engine", WAYS[1:], ids=named)
def test_killed_workers_cost_nothing(engine: Engine, tmp_path: Path) -> None:
    """Three workers are killed in one run: it is complete all the same."""
    with start(engine) as run:
        answers = list(run(die_once, chores(8, tmp_path)))

    assert sorted(answer.total for answer in answers) == [0, 1, 3, 6, 10, 15, 21, 28]
    assert len(list(tmp_path.glob("* died *"))) == 3


@pytest.mark.parametrize("engine", WAYS[1:], ids=named)
def test_a_poisoned_region_is_told_by_name(engine: Engine) -> None:
    """A region that kills whoever works on it does not keep the others from being done."""
    answers: list[Sum] = []
    with pytest.raises(ServiceError, match="片区2"), start(engine) as run:
        answers.extend(run(poisoned, chores(4)))

    assert sorted(answer.total for answer in answers) == [0, 1, 6]


def test_no_process_is_started_without_a_task() -> None:
    """Two tasks on a machine of six cores: two processes, not six that read all libraries in."""
    others = set(active_children())
    with start(Engine(workers=6)) as run:
        answers = iter(run(add_up, chores(2)))
        next(answers)
        started = set(active_children()) - others
        assert [answer.total for answer in answers] in ([0], [1])

    assert 1 <= len(started) <= 2


def test_largest_regions_come_first() -> None:
    """In line, the order of answers is the order of work."""
    run = largest_first(in_line, lambda chore: len(chore.numbers))

    assert [answer.total for answer in run(add_up, chores(4))] == [6, 3, 1, 0]


def test_progress_is_told() -> None:
    """How many of how many, from none to all."""
    told: list[tuple[int, int]] = []
    list(counted(in_line, lambda done, of: told.append((done, of)))(add_up, chores(2)))

    assert told == [(0, 2), (1, 2), (2, 2)]


def test_answers_tell_their_seconds() -> None:
    """Time is put in by the engine, not by the pure function."""
    (answer,) = timed(in_line)(add_up, chores(1))

    assert answer.seconds > 0


def test_a_scheduler_killed_on_the_way_is_told_and_resumed(tmp_path: Path) -> None:
    """A real scheduler is killed: one clear sentence, and nothing that was done is redone."""
    notes = tmp_path / "notes"
    notes.mkdir()
    kept = Checkpoints(tmp_path / "kept", Sum, whole)
    tasks = chores(12, notes)
    with (
        dask_cluster(workers=2) as cluster,
        start(Engine("dask", scheduler=cluster.address)) as run,
    ):
        answers = iter(kept.around(run)(take_time, tasks))
        for _ in range(4):
            next(answers)
        cluster.kill_scheduler()
        with pytest.raises(ServiceError, match="调度器"):
            list(answers)
    first = {chore.region for chore in tasks if times_done(notes, chore.region)}
    kept_before = len(list((tmp_path / "kept").glob("*.npz")))
    assert 4 <= kept_before < 12

    resumed = list(kept.around(in_line)(take_time, tasks))

    assert sorted(answer.total for answer in resumed) == [i * (i + 1) // 2 for i in range(12)]
    redone = [c.region for c in tasks if times_done(notes, c.region) > 1]
    assert len(redone) <= len(first) - kept_before


def test_workers_of_an_adaptive_cluster_come_when_there_is_work() -> None:
    """It begins with none and grows to two; the answers are those of any other way."""
    with (
        quiet_cluster() as cluster,
        start(Engine("dask", scheduler=cluster.scheduler_address)) as run,
    ):
        assert not cluster.scheduler_info["workers"]
        cluster.adapt(minimum=0, maximum=2, interval="50ms")
        answers = list(run(add_up, chores(6)))

    assert sorted(answer.total for answer in answers) == [0, 1, 3, 6, 10, 15]


@pytest.mark.parametrize("own", [True, False], ids=["started for the run", "stands elsewhere"])
def test_the_dashboard_s_address_is_told(*, own: bool) -> None:
    """A person may look at it while regions are planned, in either language."""
    told: list[Words] = []
    with ExitStack() as stack:
        engine = Engine("dask", workers=1)
        if not own:
            cluster = stack.enter_context(dask_cluster(workers=1))
            engine = Engine("dask", scheduler=cluster.address)
        stack.enter_context(start(engine, told.append))

    (words,) = told
    assert re.search(r"面板：http://127\.0\.0\.1:\d+/status", words.zh)
    assert re.search(r"http://127\.0\.0\.1:\d+/status", words.en)


def test_no_scheduler_answers() -> None:
    """A wrong address is told with what to do."""
    with (
        pytest.raises(ServiceError, match=r"127\.0\.0\.1:9"),
        start(Engine("dask", scheduler="tcp://127.0.0.1:9")),
    ):
        pass


def test_a_scheduler_needs_dask() -> None:
    """A scheduler's address without --engine dask is a contradiction, not ignored."""
    with pytest.raises(InputError, match="--engine dask"):
        Engine(scheduler="tcp://127.0.0.1:8786")


def whole(answer: Sum) -> bool:
    """Return whether an answer may be kept."""
    return answer.whole


def test_what_is_kept_is_not_done_again(tmp_path: Path) -> None:
    """Each chore is done once over two runs, and the answers are the same."""
    notes = tmp_path / "notes"
    notes.mkdir()
    kept = Checkpoints(tmp_path / "kept", Sum, whole)
    first = list(kept.around(in_line)(add_up, chores(3, notes)))
    second = list(kept.around(in_line)(add_up, chores(5, notes)))

    assert [times_done(notes, f"片区{i}") for i in range(5)] == [1, 1, 1, 1, 1]
    assert {a.region: a.total for a in second} == {f"片区{i}": i * (i + 1) // 2 for i in range(5)}
    again = {a.region: a for a in second}
    for answer in first:
        np.testing.assert_array_equal(answer.running, again[answer.region].running)
        assert type(again[answer.region].total) is int


def test_another_task_of_the_same_name_is_done(tmp_path: Path) -> None:
    """What is kept is known by what it was made from, not by its name."""
    run = Checkpoints(tmp_path, Sum, whole).around(in_line)
    list(run(add_up, [Chore("片区", np.array([1, 2]))]))
    (answer,) = run(add_up, [Chore("片区", np.array([1, 3]))])

    assert answer.total == 4


@pytest.mark.parametrize("bytes_", [b"", b"PK\x03\x04 half", b"\0" * 300])
def test_a_damaged_checkpoint_is_done_again(tmp_path: Path, bytes_: bytes) -> None:
    """A file cut short by a full disk or a crash counts for nothing."""
    run = Checkpoints(tmp_path, Sum, whole).around(in_line)
    list(run(add_up, chores(1)))
    (path,) = tmp_path.glob("*.npz")
    path.write_bytes(bytes_)
    (answer,) = run(add_up, chores(1))

    assert answer.total == 0
    assert path.stat().st_size > 300


def test_a_checkpoint_with_a_flipped_bit_is_done_again(tmp_path: Path) -> None:
    """Each array is held with its checksum: damage is found, never read as a figure."""
    run = Checkpoints(tmp_path, Sum, whole).around(in_line)
    list(run(add_up, chores(4)))
    for path in tmp_path.glob("*.npz"):
        content = bytearray(path.read_bytes())
        content[len(content) // 4] ^= 0xFF
        path.write_bytes(content)

    assert [answer.total for answer in run(add_up, chores(4))] == [0, 1, 3, 6]


def test_a_plan_cut_short_is_not_kept(tmp_path: Path) -> None:
    """What a time limit cut is no answer for the next run."""
    run = Checkpoints(tmp_path, Sum, lambda answer: answer.total != 3).around(in_line)
    list(run(add_up, chores(3)))

    assert len(list(tmp_path.glob("*.npz"))) == 2


def test_checkpoints_are_cleared(tmp_path: Path) -> None:
    """A finished run leaves no folder of checkpoints; what is not ours stays."""
    kept = Checkpoints(tmp_path / "kept", Sum, whole)
    list(kept.around(in_line)(add_up, chores(2)))
    (tmp_path / "kept" / "mine.txt").touch()
    kept.clear()
    assert [path.name for path in (tmp_path / "kept").iterdir()] == ["mine.txt"]

    (tmp_path / "kept" / "mine.txt").unlink()
    kept.clear()
    assert not (tmp_path / "kept").exists()
