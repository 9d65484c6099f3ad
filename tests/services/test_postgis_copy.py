"""What comes out of a table by COPY: each type as a cell, whatever stands in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import psycopg
import pytest
from postgres import Server

from lxgeo.ledger.texts.arrow import Texts
from lxgeo.services import read_table

pytestmark = pytest.mark.postgis

SETUP = r"""
CREATE TABLE kinds (
  id int PRIMARY KEY, 文字 text, 号码 numeric, 小数 numeric, 浮点 float8, 真假 bool, 日期 date,
  时刻 timestamp, 数组 int[], 对象 jsonb, 编号 uuid, 定长 char(3)
);
INSERT INTO kinds VALUES
  (1, E'甲,"乙"\r\n丙\n''丁''\\N', 913302007903000012, 12.50, 0.1, true, '2020-02-29',
   '2024-12-31 23:59', '{1,NULL,3}', '{"名": [1, "二"]}',
   '6f0f1ad7-9a63-4f3e-8a3e-1fb0c0ffee00', 'a'),
  (2, '', NULL, 7.0, 'NaN', false, 'infinity', '0044-03-15 BC', '{}', '"说"', NULL, NULL),
  (3, NULL, 1e20, NULL, 'Infinity', NULL, NULL, NULL, NULL, '2', NULL, ''),
  (4, '\.', -3, 1e-7, 3, NULL, '0001-01-01', '1999-01-01', '{5}', 'null', NULL, 'abc');
CREATE TABLE alone (name text);
INSERT INTO alone VALUES (NULL), ('\.'), (''), ('甲');
CREATE TABLE many AS
  SELECT i AS id, '单位' || i || E'\r\n' || repeat('"', i % 3) AS name, i % 5 AS few,
    ST_SetSRID(ST_MakePoint(113 + i / 100000.0, 23), 4326) AS geom
  FROM generate_series(1, 20000) i;
ALTER TABLE many ADD PRIMARY KEY (id);
"""


@pytest.fixture(scope="module")
def filled(server: Server) -> Iterator[Server]:
    """Return the server with tables that hold what is hard to hand on."""
    with psycopg.connect(f"postgresql://postgres@127.0.0.1:{server.port}/lxgeo") as base:
        base.execute("CREATE EXTENSION IF NOT EXISTS postgis")
        base.execute(SETUP)
    yield server
    with psycopg.connect(f"postgresql://postgres@127.0.0.1:{server.port}/lxgeo") as base:
        base.execute("DROP TABLE kinds, alone, many")


def test_every_type_is_a_cell(filled: Server) -> None:
    """Numbers keep all digits, what is no number or no date is none or text, empty is unknown."""
    _, *rows = read_table(filled.url("kinds"))[0].rows

    assert rows == [
        (
            *(1, "甲,\"乙\"\r\n丙\n'丁'\\N", 913302007903000012, 12.5, 0.1, True),
            *(dt.date(2020, 2, 29), dt.date(2024, 12, 31), "[1, null, 3]"),
            *('{"名": [1, "二"]}', "6f0f1ad7-9a63-4f3e-8a3e-1fb0c0ffee00", "a  "),
        ),
        (2, None, None, 7, None, False, "infinity", "0044-03-15 BC", "[]", "说", None, None),
        (3, None, 10**20, None, None, None, None, None, None, 2, None, "   "),
        (
            4,
            "\\.",
            -3,
            1e-7,
            3,
            None,
            dt.date(1, 1, 1),
            dt.date(1999, 1, 1),
            "[5]",
            None,
            None,
            "abc",
        ),
    ]
    assert [type(row[3]) for row in rows] == [float, int, type(None), float]


def test_a_row_that_holds_nothing_is_a_row(filled: Server) -> None:
    """In a table of one column an empty line is a row, and what looks like the end is text."""
    rows = read_table(filled.url("alone"))[0].rows

    assert sorted(rows, key=str) == sorted(
        [("name",), (None,), (None,), ("\\.",), ("甲",)], key=str
    )


def test_many_rows_come_by_columns(filled: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Line ends within quotes survive every cut; texts stay Arrow's; few values are told once."""
    monkeypatch.setattr("lxgeo.services.postgis_copy._PIECE", 1000)
    (sheet,) = read_table(filled.url("many"))

    assert sheet.rows[0] == ("id", "name", "few", "lon", "lat", "datum")
    assert len(sheet.rows) == 20_001
    for number in (1, 2, 3, 9_999, 20_000):
        name = f"单位{number}\r\n" + '"' * (number % 3)
        lon = round(113 + number / 100_000, 9)
        assert sheet.rows[number] == (number, name, number % 5, lon, 23, "wgs84")
    assert isinstance(sheet.columns[1].values, Texts)
    assert len(sheet.columns[2].values) == 6  # five and the heading
