"""Connections to PostgreSQL: URLs, and faults in our own words.

The password is best left to where PostgreSQL looks for it (``PGPASSWORD``, ``~/.pgpass``). Wherever
it stands, it is in no message: places are told without it, and nothing of the database's own
messages goes on, for they may quote what it was given.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from lxgeo.errors import ServiceError, Words

if TYPE_CHECKING:
    import psycopg

CONNECT_S = 10
_SCHEMES = ("postgresql", "postgres")


@dataclass(frozen=True, slots=True)
class Place:
    """Where something in a database is.

    Parameters
    ----------
    conninfo
        What to connect with: a URL, perhaps with a password. Never shown.
    schema, table
        What is meant; empty where the URL names none.
    told
        The place as it may be shown: without a password.
    """

    conninfo: str
    schema: str
    table: str
    told: str

    def __repr__(self) -> str:
        return f"Place({self.told})"


def is_database(source: object) -> bool:
    """Return whether a source is a database URL and not a file."""
    return isinstance(source, str) and source.split("://", 1)[0].lower() in _SCHEMES


def place_of(url: str, setting: str) -> Place | None:
    """Return the place that a URL names by one setting of ours; None where it names none or more.

    Parameters
    ----------
    url
        ``postgresql://user@host:port/db?…``, with whatever else PostgreSQL's own URLs may say.
    setting
        ``table``: its value is a table, perhaps led by its schema; ``schema``: it is a schema.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    settings = parse_qsl(parts.query, keep_blank_values=True)
    named = [value for key, value in settings if key == setting]
    if len(named) != 1 or not named[0] or not is_database(url):
        return None
    schema, _, table = named[0].rpartition(".") if setting == "table" else (named[0], "", "")
    rest = urlencode([pair for pair in settings if pair[0] != setting], quote_via=quote)
    conninfo = urlunsplit(("postgresql", parts.netloc, parts.path, rest, ""))
    host = parts.netloc.rpartition("@")[2]
    base = unquote(parts.path.lstrip("/"))
    who = f"{parts.username}@" if parts.username else ""
    return Place(conninfo, schema, table, f"postgresql://{who}{host}/{base}?{setting}={named[0]}")


@contextmanager
def connected(place: Place) -> Iterator[psycopg.Connection[Any]]:
    """Open a connection: what it did is kept when the block ends, undone where it fails.

    Raises
    ------
    ServiceError
        The driver is not installed; no connection, refused or lost.
    """
    try:
        import psycopg
    except ImportError as error:
        raise ServiceError(
            Words(
                "使用 PostGIS 需要先安装：pip install 'lxgeo[postgis]'",
                "PostGIS needs: pip install 'lxgeo[postgis]'",
            )
        ) from error
    try:
        # A server that falls silent is given up after half a minute.
        with psycopg.connect(
            place.conninfo,
            connect_timeout=CONNECT_S,
            keepalives_idle=10,
            keepalives_interval=5,
            keepalives_count=4,
        ) as connection:
            yield connection
    except psycopg.ProgrammingError:
        raise failed(place, "地址写法有误或不能执行查询", "its URL or query is refused") from None
    except psycopg.Error as error:
        raise failed(place, *_reason(error)) from None


def failed(place: Place, zh: str, en: str) -> ServiceError:
    """Return the error of a database that did not do as it was asked, and what to look at."""
    return ServiceError(
        Words(
            f"{place.told}：{zh}；请核对地址、用户、密码（PGPASSWORD 或 ~/.pgpass）和网络后重试",
            f"{place.told}: {en}; check the address, user, password (PGPASSWORD or ~/.pgpass) "
            "and network, and run again",
        )
    )


def _reason(error: psycopg.Error) -> tuple[str, str]:
    """Return why there is no connection, as far as the database says so by a code or a word."""
    said = str(error).lower()
    for words, zh, en in (
        (("password", "no pg_hba.conf", "authentication"), "登录被拒绝", "login was refused"),
        (("role",), "没有这个用户", "no such user"),
        (("database",), "没有这个数据库", "no such database"),
        (("timeout", "timed out"), "连接超时", "no answer in time"),
        (
            ("refused", "could not translate", "resolve", "no such file"),
            "连接不上",
            "no connection",
        ),
    ):
        if any(word in said for word in words):
            return zh, en
    return "连接中断", "the connection failed"
