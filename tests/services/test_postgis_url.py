"""Database URLs: what is one, and what of it may be shown."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from lxgeo.errors import LedgerError, ServiceError
from lxgeo.services import is_database, read_table, told_place
from lxgeo.services.postgis import _place


def test_only_urls_of_postgresql_are_databases() -> None:
    """Files are paths, whatever they are called."""
    assert is_database("postgresql://a/b?table=c")
    assert is_database("Postgres://a/b?table=c")
    assert not is_database("postgresql.xlsx")
    assert not is_database("mysql://a/b")
    assert not is_database(Path("postgresql://a"))


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("postgresql://li:p%40ss@db:5433/hr?table=a.b", "postgresql://li@db:5433/hr?table=a.b"),
        ("postgres:///hr?host=/run&password=x&table=b", "postgresql:///hr?table=b"),
        (
            "postgresql://[::1]/%E4%B8%A4%E6%96%B0?sslmode=require&table=台账",
            "postgresql://[::1]/两新?table=台账",
        ),
    ],
)
def test_the_password_is_never_told(url: str, told: str) -> None:
    """User, host, database and table may be shown; nothing else, not even by repr."""
    assert told_place(url) == told
    assert repr(_place(url)) == f"Place({told})"


def test_the_table_is_taken_out_and_the_rest_handed_on() -> None:
    """PostgreSQL gets its own settings, and no ``table``, which it does not know."""
    place = _place("postgresql://li:s%2Fx@db/hr?sslmode=require&table=a.b&options=-c%20x%3D1")

    assert (place.schema, place.table) == ("a", "b")
    assert place.conninfo == "postgresql://li:s%2Fx@db/hr?sslmode=require&options=-c%20x%3D1"


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://a/b",
        "postgresql://a/b?table=",
        "postgresql://a/b?table=c&table=d",
        "postgresql://[a/b?table=c",
        "mysql://a/b?table=c",
    ],
)
def test_a_url_names_one_table(url: str) -> None:
    """The sentence shows how."""
    with pytest.raises(LedgerError, match=r"postgresql://user@host/db\?table=public\.ledger"):
        read_table(url)


def test_without_the_driver_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """PostGIS is an extra."""
    monkeypatch.setitem(sys.modules, "psycopg", None)

    with pytest.raises(ServiceError, match=r"lxgeo\[postgis\]"):
        read_table("postgresql://a/b?table=c")
