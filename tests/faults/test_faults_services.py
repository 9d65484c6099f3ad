"""What stands elsewhere is lost on the way: Dask's scheduler, a database in mid-transaction."""

from __future__ import annotations

import csv
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from dask_cluster import dask_cluster
from postgres import Server
from psycopg import sql
from runs_apart import REGIONS, Command, Ended, content, ended, planned


def test_a_scheduler_killed_on_the_way(command: Command, plain: Path, tmp_path: Path) -> None:
    """One sentence, code 3; the same command in line plans no kept region again."""
    out, notes = tmp_path / "out", tmp_path / "notes"
    notes.mkdir()
    with dask_cluster(workers=1) as cluster:
        asked = ("--engine", "dask", "--scheduler", cluster.address)
        found = command.plan(out, *asked, KILL=cluster.scheduler.pid)

    kept = len(list((out / ".多家.checkpoints").glob("*.npz")))
    assert found.code == 3
    assert "调度器的连接中断" in found.err
    assert "重新运行同一命令" in found.err
    assert "Traceback" not in found.err
    assert [path.name for path in out.iterdir()] == [".多家.checkpoints"]
    assert kept >= 2
    assert command.plan(out, "--workers", 1, NOTES=notes) == Ended(0, "")
    assert planned(notes) == REGIONS - kept
    assert content(out) == content(plain)


@pytest.fixture
def base(server: Server) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """Return a connection to a database; it is closed at the end, whatever became of its server."""
    connection = _connected(server)
    connection.execute("CREATE EXTENSION IF NOT EXISTS postgis")
    yield connection
    connection.close()


@pytest.mark.postgis
def test_a_database_lost_while_an_export_writes(
    command: Command, plain: Path, server: Server, base: psycopg.Connection[tuple[object, ...]]
) -> None:
    """Its backend is killed (SIGKILL) while it drops the old tables: they stand as they were."""
    url = f"postgresql://postgres@127.0.0.1:{server.port}/lxgeo?schema=faults"
    asked = ("export", plain / "多家", "--format", url)
    assert ended(command.started(*asked)).code == 0
    before = base.execute("SELECT oid FROM pg_class WHERE relname = 'units'").fetchall()
    with base.transaction(force_rollback=True):
        base.execute("LOCK TABLE faults.units IN ACCESS SHARE MODE")
        export = command.started(*asked)
        _kill_who_waits(server)
        found = ended(export)
        # Losing one backend so, the server throws all out.
        with pytest.raises(psycopg.OperationalError):
            base.execute("SELECT 1")

    assert found.code == 3
    assert found.err.count("\n") == 1
    assert "连接中断" in found.err
    with _connected(server) as again:
        rows = again.execute("SELECT oid FROM pg_class WHERE relname = 'units'").fetchall()
        assert rows == before
        assert again.execute("SELECT count(*) FROM faults.units").fetchone() == (24,)
    assert ended(command.started(*asked)).code == 0


@pytest.mark.postgis
def test_a_database_lost_while_a_ledger_is_read(
    command: Command, server: Server, base: psycopg.Connection[tuple[object, ...]], tmp_path: Path
) -> None:
    """Code 3, one sentence, and no trace of a run."""
    with command.district.ledger.open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    columns = sql.SQL(", ").join(sql.SQL("{} text").format(sql.Identifier(h)) for h in header)
    base.execute("DROP TABLE IF EXISTS roll")
    base.execute(sql.SQL("CREATE TABLE roll ({})").format(columns))
    with base.cursor().copy("COPY roll FROM STDIN") as stream:
        for row in rows:
            stream.write_row(row)
    base.execute("BEGIN")
    base.execute("LOCK TABLE roll IN ACCESS EXCLUSIVE MODE")
    url = f"postgresql://postgres@127.0.0.1:{server.port}/lxgeo?table=roll"
    areas = command.district.areas
    plan = command.started("plan", url, "--areas", areas, "--out", tmp_path / "out")
    _kill_who_waits(server)
    found = ended(plan)

    assert found.code == 3
    assert found.err.count("\n") == 1
    assert "连接中断" in found.err
    assert not (tmp_path / "out").exists()


def _connected(server: Server) -> psycopg.Connection[tuple[object, ...]]:
    """Connect, as soon as the server lets anybody in again."""
    until = time.monotonic() + 60
    while True:
        try:
            url = f"postgresql://postgres@127.0.0.1:{server.port}/lxgeo"
            return psycopg.connect(url, autocommit=True)
        except psycopg.OperationalError:
            assert time.monotonic() < until


def _kill_who_waits(server: Server) -> None:
    """Kill the backend that waits for a lock, once there is one."""
    until = time.monotonic() + 120
    with _connected(server) as connection:
        waiting = "SELECT pid, pg_sleep(0.05) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
        while (found := connection.execute(waiting).fetchone()) is None:
            assert time.monotonic() < until, "no one waits for a lock"
        pid = found[0]
        assert isinstance(pid, int)
        os.kill(pid, signal.SIGKILL)
