"""The tests' own PostgreSQL server with PostGIS: made, used and thrown away."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

BINARIES = Path(os.environ.get("LXGEO_POSTGRES", "/usr/lib/postgresql/15/bin"))
NEEDED = "apt-get install --no-install-recommends postgresql-15-postgis-3"


@dataclass(frozen=True)
class Server:
    """A running server: its port on 127.0.0.1, and the URL of its database."""

    port: int

    def url(self, table: str, user: str = "postgres", more: str = "") -> str:
        """Return the URL of a table."""
        return f"postgresql://{user}@127.0.0.1:{self.port}/lxgeo?table={table}{more}"


@contextmanager
def running() -> Iterator[Server]:
    """Start a throw-away cluster on loopback; users need no password, except ``locked``."""
    # Not below tmp_path: only its owner may enter that, and the server is another user.
    home = Path(tempfile.mkdtemp(prefix="lxgeo-postgres-"))
    if os.geteuid() == 0:
        shutil.chown(home, "postgres")
    port, data = _free_port(), home / "data"
    try:
        _run(BINARIES / "initdb", "-D", data, *("-E", "UTF8", "--locale=C.UTF-8"), "-A", "trust",
             "-U", "postgres", "--no-sync")  # fmt: skip
        settings = (
            f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={home} "
            "-c fsync=off -c full_page_writes=off -c shared_buffers=32MB -c jit=off"
        )
        rules = data / "pg_hba.conf"
        rules.write_text(f"host all locked 127.0.0.1/32 scram-sha-256\n{rules.read_text()}")
        _run(BINARIES / "pg_ctl", "-D", data, "-w", "-l", home / "log", "-o", settings, "start")
        try:
            _run(
                BINARIES / "createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "postgres", "lxgeo"
            )
            yield Server(port)
        finally:
            _run(BINARIES / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _as_nobody_special(command: Sequence[str | Path]) -> list[str]:
    """Return a command as a user whom PostgreSQL accepts: never root."""
    words = [str(word) for word in command]
    return ["runuser", "-u", "postgres", "--", *words] if os.geteuid() == 0 else words


def _run(*command: str | Path) -> None:
    subprocess.run(_as_nobody_special(command), check=True, capture_output=True, cwd="/")


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
