"""Where the tests' own PostgreSQL server is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Server:
    """A running server: its port on 127.0.0.1, and the URL of its database."""

    port: int

    def url(self, table: str, user: str = "postgres", more: str = "") -> str:
        """Return the URL of a table."""
        return f"postgresql://{user}@127.0.0.1:{self.port}/lxgeo?table={table}{more}"
