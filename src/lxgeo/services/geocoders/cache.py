"""What was asked and answered, in one SQLite file: what has an answer is never asked again.

::

    answers   provider, address → the answer; a NULL place is one that the provider does not know
    asked     provider, address of requests that were sent and whose answers have not arrived
    spent     provider, day → addresses answered, to keep within the day's quota

An answer is committed before the next request is sent. Addresses stand in their normal form; keys,
names and counts stand nowhere. Answers do not age: whoever wants new ones takes the file away.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Self

from lxgeo.errors import InputError, ServiceError, Words
from lxgeo.locate.geocoder import Answer
from lxgeo.model import Datum

FILE = "geocoding.sqlite"

_VERSION = 1
_AT_ONCE = 500
"""Addresses looked up by one statement: SQLite takes no endless list."""
_WAIT_S = 30.0
"""How long to wait for another run that writes."""
_TABLES = f"""
CREATE TABLE answers (
  provider TEXT NOT NULL, address TEXT NOT NULL,
  lon REAL, lat REAL, level TEXT, confidence REAL, datum TEXT, text TEXT,
  PRIMARY KEY (provider, address)
) WITHOUT ROWID;
CREATE TABLE asked (
  provider TEXT NOT NULL, address TEXT NOT NULL, PRIMARY KEY (provider, address)
) WITHOUT ROWID;
CREATE TABLE spent (
  provider TEXT NOT NULL, day TEXT NOT NULL, addresses INTEGER NOT NULL,
  PRIMARY KEY (provider, day)
) WITHOUT ROWID;
PRAGMA user_version = {_VERSION};
"""
_NO_LONGER_ASKED = "DELETE FROM asked WHERE provider = ? AND address = ?"


class Cache:
    """A provider's answers in the cache of a folder; use it in a ``with`` block.

    Parameters
    ----------
    folder
        Made where it is missing.
    provider
        Whose answers.

    Raises
    ------
    InputError
        The folder or its file can't be used.
    """

    def __init__(self, folder: Path, provider: str) -> None:
        self._folder = folder
        self._provider = provider
        try:
            folder.mkdir(parents=True, exist_ok=True)
            # Addresses of a ledger: for the owner's eyes.
            os.close(os.open(folder / FILE, os.O_RDWR | os.O_CREAT, 0o600))
            self._base = sqlite3.connect(folder / FILE, timeout=_WAIT_S, isolation_level=None)
            try:
                self._prepare()
            except BaseException:
                self._base.close()
                raise
        except (OSError, sqlite3.DatabaseError) as error:
            raise _unusable(folder / FILE) from error

    def _prepare(self) -> None:
        self._base.execute("PRAGMA journal_mode = WAL")
        # In WAL, what is committed outlives the process; a power cut may cost the last seconds.
        self._base.execute("PRAGMA synchronous = NORMAL")
        with self._writing():
            ((version,),) = self._base.execute("PRAGMA user_version")
            if version == 0:
                for statement in _TABLES.strip().rstrip(";").split(";"):
                    self._base.execute(statement)
            elif version != _VERSION:
                raise sqlite3.DatabaseError

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._base.close()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Be the only one that asks this provider, in any process; ends with the process.

        Raises
        ------
        ServiceError
            Another run is asking and does not come to an end.
        """
        lock = self._folder / f"{self._provider}.lock"
        with closing(sqlite3.connect(lock, timeout=_WAIT_S, isolation_level=None)) as held:
            try:
                held.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError:
                raise ServiceError(
                    Words(
                        f"另一个任务正在用同一缓存询问 {self._provider}；请等它结束后再运行",
                        f"another run is asking {self._provider} through this cache; run again "
                        "when it is done",
                    )
                ) from None
            yield

    def known(self, addresses: Sequence[str]) -> Mapping[str, Answer | None]:
        """Return the answers that there are; None where the provider knows no such place."""
        found: dict[str, Answer | None] = {}
        for first in range(0, len(addresses), _AT_ONCE):
            some = addresses[first : first + _AT_ONCE]
            marks = ",".join("?" * len(some))
            rows = self._base.execute(
                "SELECT address, lon, lat, level, confidence, datum, text FROM answers "  # noqa: S608 -- marks only
                f"WHERE provider = ? AND address IN ({marks})",
                (self._provider, *some),
            )
            for address, lon, lat, level, confidence, datum, text in rows:
                found[address] = (
                    None
                    if lon is None
                    else Answer(lon, lat, level, confidence, Datum(datum), self._provider, text)
                )
        return found

    def ask(self, addresses: Sequence[str]) -> None:
        """Note, before a request is sent, that it is."""
        with self._writing():
            self._base.executemany(
                "INSERT OR IGNORE INTO asked VALUES (?, ?)", self._keys(addresses)
            )

    def answer(self, addresses: Sequence[str], answers: Sequence[Answer | None], day: str) -> None:
        """Keep what a request brought, and what it took of a day's quota."""
        with self._writing():
            self._base.executemany(
                "INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (self._provider, address, *_row(answer))
                    for address, answer in zip(addresses, answers, strict=True)
                ],
            )
            self._base.execute(
                "INSERT INTO spent VALUES (?, ?, ?) ON CONFLICT (provider, day) "
                "DO UPDATE SET addresses = addresses + excluded.addresses",
                (self._provider, day, len(addresses)),
            )
            self._base.executemany(_NO_LONGER_ASKED, self._keys(addresses))

    def give_up(self, addresses: Sequence[str]) -> None:
        """Note that a request is over and brought nothing to keep."""
        with self._writing():
            self._base.executemany(_NO_LONGER_ASKED, self._keys(addresses))

    def under_way(self) -> frozenset[str]:
        """Return the addresses that were sent and whose answers never arrived."""
        rows = self._base.execute("SELECT address FROM asked WHERE provider = ?", (self._provider,))
        return frozenset(address for (address,) in rows)

    def spent(self, day: str) -> int:
        """Return how many addresses were answered on a day."""
        row = self._base.execute(
            "SELECT addresses FROM spent WHERE provider = ? AND day = ?", (self._provider, day)
        ).fetchone()
        return int(row[0]) if row else 0

    def _keys(self, addresses: Sequence[str]) -> list[tuple[str, str]]:
        return [(self._provider, address) for address in addresses]

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            self._base.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._base.execute("ROLLBACK")
                raise
            self._base.execute("COMMIT")
        except sqlite3.OperationalError as error:  # locked for good, or the disk is full
            raise _unusable(self._folder / FILE) from error


def _row(answer: Answer | None) -> tuple[float | str | None, ...]:
    if answer is None:
        return (None,) * 6
    lon, lat, level = answer.lon, answer.lat, answer.level
    return (lon, lat, level, answer.confidence, str(answer.datum), answer.text)


def _unusable(path: Path) -> InputError:
    return InputError(
        Words(
            f"{path}：不能用作地理编码缓存；请检查权限，或把损坏的文件移走后再运行",
            f"{path}: no use as a cache of geocoding; check its rights, or move it away if it is "
            "damaged, and run again",
        )
    )
