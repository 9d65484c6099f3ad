"""A ledger in a PostGIS table, read from a real server."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import psycopg
import pytest
from postgres import Server

from lxgeo.errors import LedgerError, ServiceError
from lxgeo.ledger import Sheet, clean
from lxgeo.services import read_table

pytestmark = pytest.mark.postgis

SECRET = "hunter2-wrong"  # noqa: S105 -- opens nothing

SETUP = """
CREATE EXTENSION IF NOT EXISTS postgis;
CREATE SCHEMA 街道;
CREATE TABLE 街道."台账""表" (
  id int PRIMARY KEY, 单位名称 text, 正式党员 int, 营收 numeric, 成立日期 date, 更新 timestamptz,
  是否建立党组织 bool, 标签 text[], 附件 bytea, lon text, 位置 geometry(Point, 4547)
);
INSERT INTO 街道."台账""表" VALUES
  (2, '兴旺商行', NULL, 1.50, NULL, NULL, NULL, NULL, 'x', 'old', NULL),
  (1, '宏达公司', 2, 3, '2020-05-01', '2024-01-02 03:04Z', true, '{甲,乙}', NULL, NULL,
    ST_Transform(ST_SetSRID(ST_MakePoint(113.746262, 23.046237), 4490), 4547));
CREATE TABLE shapes (name text, g geometry);
INSERT INTO shapes VALUES
  ('丙', ST_GeomFromText('POLYGON((0 0,0 1,1 1,0 0))', 4326)),
  ('甲', ST_GeomFromText('MULTIPOINT((113.5 23.5))', 4326)),
  ('乙', ST_GeomFromText('POINT(113.5 23.5)')),
  ('丁', ST_GeomFromText('POINT EMPTY', 4326));
CREATE VIEW seen AS SELECT name, g::geography AS g FROM shapes WHERE name = '甲';
CREATE TABLE plain (name text, full_members int);
INSERT INTO plain VALUES ('b', 1), ('a', 2);
CREATE VIEW asleep AS SELECT pg_sleep(60)::text AS name;
CREATE FUNCTION sly() RETURNS text LANGUAGE plpgsql AS
  $$ BEGIN INSERT INTO plain VALUES ('c', 3); RETURN 'c'; END $$;
CREATE VIEW sly_view AS SELECT sly() AS name;
CREATE ROLE locked LOGIN PASSWORD 'hunter2';
CREATE ROLE guest LOGIN;
"""


@pytest.fixture(scope="module")
def filled(server: Server) -> Iterator[Server]:
    """Return the server with tables of every kind."""
    with psycopg.connect(f"postgresql://postgres@127.0.0.1:{server.port}/lxgeo") as connection:
        connection.execute(SETUP)
    return server


def test_a_table_is_a_sheet(filled: Server) -> None:
    """Every type as a cell, in the key's order; points in WGS 84, an own lon gives way to them."""
    (sheet,) = read_table(filled.url('街道.台账"表'))

    assert sheet == Sheet(
        '街道.台账"表',
        (
            (
                *("id", "单位名称", "正式党员", "营收", "成立日期", "更新", "是否建立党组织"),
                *("标签", "原lon", "lon", "lat", "datum"),
            ),
            (
                *(1, "宏达公司", 2, 3, dt.date(2020, 5, 1), dt.date(2024, 1, 2), True),
                *('["甲", "乙"]', None, 113.746262, 23.046237, "wgs84"),
            ),
            (2, "兴旺商行", None, 1.5, None, None, None, None, "old", None, None, None),
        ),
    )


def test_it_is_a_ledger(filled: Server) -> None:
    """From the table to the LEDGER: the position declared, the row named by table and record."""
    ledger, _ = clean(read_table(filled.url('街道.台账"表')))

    assert ledger["row"].tolist() == ['街道.台账"表!2', '街道.台账"表!3']
    assert ledger["lon_in"].tolist()[:1] == [113.746262]
    assert ledger["datum_in"].tolist()[:1] == ["wgs84"]


def test_shapes_that_are_no_points_are_told(filled: Server) -> None:
    """Polygons and empty points give no place, a point without SRID an unknown one; both told."""
    (sheet,) = read_table(filled.url("shapes"))

    assert sorted(map(str, sheet.rows[1:])) == sorted(
        map(
            str,
            [
                ("丙", None, None, None),
                ("甲", 113.5, 23.5, "wgs84"),
                ("乙", 113.5, 23.5, "未知"),
                ("丁", None, None, None),
            ],
        )
    )
    assert [note.zh[:6] for note in sheet.notes] == ["2 个要素不", "1 个点没有"]


def test_views_and_geographies_are_read(filled: Server) -> None:
    """What may be selected from is a table."""
    assert read_table(filled.url("public.seen"))[0].rows[1] == ("甲", 113.5, 23.5, "wgs84")


def test_without_a_key_the_order_is_still_one(filled: Server) -> None:
    """Rows come by what they hold, not as they happen to lie."""
    assert read_table(filled.url("plain"))[0].rows == (
        ("name", "full_members"),
        ("a", 2),
        ("b", 1),
    )


def test_no_such_table_lists_those_that_there_are(filled: Server) -> None:
    """One sentence, with what could be meant; SQL in the name is only a name."""
    with pytest.raises(LedgerError, match=r"没有这张表；现有：.*public\.plain.*街道") as caught:
        read_table(filled.url("plain; DROP TABLE plain --"))

    assert "no such table" in caught.value.in_words("en")
    assert len(read_table(filled.url("plain"))[0].rows) == 3


@pytest.mark.parametrize(
    ("user", "words"),
    [(f"locked:{SECRET}", "登录被拒绝"), ("nobody", "没有这个用户")],
)
def test_a_refused_login_is_a_service_fault_without_the_password(
    filled: Server, user: str, words: str
) -> None:
    """Who and where is told; the password is in no message, in neither language."""
    with pytest.raises(ServiceError, match=words) as caught:
        read_table(filled.url("plain", user))

    assert all(SECRET not in caught.value.in_words(lang) for lang in ("zh", "en"))
    assert caught.value.__suppress_context__


def test_no_right_to_read_is_told(filled: Server) -> None:
    """The sentence says whom to ask for what."""
    with pytest.raises(LedgerError, match="没有读取这张表的权限"):
        read_table(filled.url("public.plain", "guest"))


def test_no_server_no_database(filled: Server) -> None:
    """Nobody listens on port 1; nobody made that database."""
    with pytest.raises(ServiceError, match="连接不上"):
        read_table("postgresql://a:b@127.0.0.1:1/db?table=t")
    with pytest.raises(ServiceError, match="没有这个数据库"):
        read_table(f"postgresql://postgres@127.0.0.1:{filled.port}/nothing?table=t")


def test_a_table_that_takes_too_long_is_given_up(
    filled: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A view that sleeps is cut by the server's own clock."""
    monkeypatch.setattr("lxgeo.services.postgis.STATEMENT_S", 1)
    with pytest.raises(ServiceError, match="1 秒内没有读完"):
        read_table(filled.url("asleep"))


def test_nothing_is_written(filled: Server) -> None:
    """The connection only reads: a function that writes is refused."""
    with pytest.raises(ServiceError):
        read_table(filled.url("sly_view"))

    assert len(read_table(filled.url("plain"))[0].rows) == 3


@pytest.mark.parametrize("cells", [4, 5])
def test_too_much_is_refused(filled: Server, monkeypatch: pytest.MonkeyPatch, cells: int) -> None:
    """Three rows of two columns are six cells."""
    monkeypatch.setattr("lxgeo.services.postgis.MOST_CELLS", cells)

    with pytest.raises(LedgerError, match="内容过多"):
        read_table(filled.url("plain"))
