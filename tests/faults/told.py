"""Looking for secrets in all that a run leaves: its files, and what is packed inside them."""

from __future__ import annotations

import base64
import binascii
import re
import sqlite3
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import quote, unquote

_SQLITE = b"SQLite format 3\x00"


def spellings(secrets: Iterable[str]) -> tuple[str, ...]:
    """Return each secret as it is, as a URL writes it, and as a header does."""
    found: set[str] = set()
    for secret in secrets:
        plain = unquote(secret)
        found |= {secret, plain, quote(plain, safe="")}
        found.add(base64.b64encode(f"u:{plain}".encode()).decode())
    return tuple(sorted(found))


def holding(folder: Path, secrets: tuple[str, ...]) -> set[tuple[str, str]]:
    """Return which file holds which secret, by names below the folder."""
    return {
        (path.relative_to(folder).as_posix(), secret)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        for content in contents(path)
        for secret in secrets
        if secret.encode() in content
    }


def contents(path: Path) -> Iterator[bytes]:
    """Yield what a file holds: its bytes, a workbook's parts, a table's cells, what is packed."""
    content = path.read_bytes()
    yield content
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as parts:
            yield from map(parts.read, parts.namelist())
    if content.startswith(_SQLITE):
        yield from _cells(path)
    for packed in re.findall(rb"[A-Za-z0-9+/]{40,}={0,2}", content):
        with suppress(binascii.Error):
            plain = base64.b64decode(packed)
            yield plain
            for bits in (47, -15):
                with suppress(zlib.error):
                    yield zlib.decompress(plain, bits)


def _cells(path: Path) -> Iterator[bytes]:
    """Yield every text and blob of a database: in the file, a long one lies in pieces."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as base:
        base.text_factory = bytes
        tables = base.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (name,) in tables:
            quoted = name.decode().replace('"', '""')
            with suppress(sqlite3.OperationalError):  # an index of places needs its own module
                for row in base.execute(f'SELECT * FROM "{quoted}"'):  # noqa: S608 - its own name
                    yield from (each for each in row if isinstance(each, bytes))
