"""A plan's layers in a real PostGIS: what stands there, and what a failed write leaves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import geopandas as gpd
import psycopg
import pytest
import shapely
from postgres import Server

from lxgeo.errors import InputError, ServiceError
from lxgeo.services.postgis_write import write_tables
from lxgeo.tables import BRANCHES, CRS, HULLS, LINKS, UNITS, Table

pytestmark = pytest.mark.postgis

RARE = "𠮷㐂䶮有限公司"
HOSTILE = "\"';DROP TABLE lxgeo.units;-- \\. a,b\nc\td\\N"


@dataclass(frozen=True)
class Layer:
    """A layer as the writer takes it."""

    name: str
    table: Table
    frame: gpd.GeoDataFrame
    shape: str
    key: str


def _frame(table: Table, rows: list[dict[str, Any]]) -> gpd.GeoDataFrame:
    return table.shaped(gpd.GeoDataFrame(rows, geometry="geometry", crs=CRS))


def layers() -> list[Layer]:
    """Return three units of a branch and one without a place, the link and the hull."""
    unit = {"outcome": "joint", "rule": "r", "reason": "理由", "branch_id": "B1"}
    units = [
        {"unit_id": "甲", "row": "s!2", "name": RARE, "full_members": 1, "is_host": True, **unit},
        {"unit_id": "乙", "row": "s!3", "name": HOSTILE, "distance_m": 12.34, **unit},
        {"unit_id": "丙", "row": "s!4", "name": "", "is_host": False, **unit},
        {"unit_id": "丁", "row": "s!5", **unit, "branch_id": None, "outcome": "not_located"},
    ]
    points = [shapely.Point(113.5, 23.5), shapely.Point(113.6, 23.5), shapely.Point(114.5, 22.5)]
    placed = [{**each, "geometry": at} for each, at in zip(units, [*points, None], strict=True)]
    branch = {"branch_id": "B1", "name": "支部", "outcome": "joint", "status": "proposed"}
    branch |= {"rule": "r", "reason": "理由", "geometry": points[0]}
    link = {"unit_id": "乙", "branch_id": "B1", "geometry": shapely.LineString(points[1::-1])}
    hull = {"branch_id": "B1", "name": "支部", "outcome": "joint", "units": 3}
    hull |= {"geometry": shapely.Polygon([(113, 22), (115, 22), (114, 24)])}
    return [
        Layer("units", UNITS, _frame(UNITS, placed), "Point", "unit_id"),
        Layer("branches", BRANCHES, _frame(BRANCHES, [branch]), "Point", "branch_id"),
        Layer("links", LINKS, _frame(LINKS, [link]), "LineString", "unit_id"),
        Layer("hulls", HULLS, _frame(HULLS, [hull]), "Polygon", "branch_id"),
    ]


@pytest.fixture
def url(server: Server) -> Iterator[str]:
    """Return the URL of a schema that is empty."""
    with psycopg.connect(_plain(server)) as connection:
        connection.execute("CREATE EXTENSION IF NOT EXISTS postgis")
        connection.execute("DROP SCHEMA IF EXISTS 方案 CASCADE")
    yield f"{_plain(server)}?schema=方案"
    with psycopg.connect(_plain(server)) as connection:
        connection.execute("DROP SCHEMA IF EXISTS 方案 CASCADE")


def _plain(server: Server) -> str:
    return f"postgresql://postgres@127.0.0.1:{server.port}/lxgeo"


def _asked(url: str, query: str) -> list[Any]:
    with psycopg.connect(url.partition("?")[0]) as connection:
        return connection.execute(query).fetchall()


def test_every_row_and_value_stands_there(url: str) -> None:
    """Rare and hostile text as it is, empty apart from unknown, shapes valid, with their CRS."""
    stored = write_tables(url, layers(), 4326)

    assert stored.counts == {"units": 4, "branches": 1, "links": 1, "hulls": 1}
    assert _asked(
        url,
        "SELECT unit_id, name, full_members, is_host, distance_m, ST_AsText(geom), ST_SRID(geom) "
        "FROM 方案.units ORDER BY row",
    ) == [
        ("甲", RARE, 1, True, None, "POINT(113.5 23.5)", 4326),
        ("乙", HOSTILE, None, None, 12.34, "POINT(113.6 23.5)", 4326),
        ("丙", "", None, False, None, "POINT(114.5 22.5)", 4326),
        ("丁", None, None, None, None, None, None),
    ]
    for name in ("units", "branches", "links", "hulls"):
        assert _asked(url, f"SELECT count(*) FROM 方案.{name} WHERE NOT ST_IsValid(geom)") == [(0,)]  # noqa: S608


def test_other_systems_agree_with_postgis_own(url: str) -> None:
    """Shapes handed over in EPSG:4547 lie where PostGIS itself puts them, to a millimetre."""
    moved = [replace(each, frame=each.frame.to_crs(4547)) for each in layers()]
    write_tables(url, moved, 4547)

    ((apart,),) = _asked(
        url,
        "SELECT max(ST_Distance(u.geom, ST_Transform(ST_SetSRID(ST_MakePoint(x, y), 4326), 4547))) "
        "FROM 方案.units u JOIN (VALUES ('甲', 113.5, 23.5), ('丙', 114.5, 22.5)) AS v(id, x, y) "
        "ON u.unit_id = v.id",
    )
    assert apart < 0.001


def test_keys_references_and_comments(url: str) -> None:
    """Joins by id are declared; columns say in Chinese what they are."""
    write_tables(url, layers(), 4326)

    found = _asked(
        url,
        "SELECT relname::text, contype::text, pg_get_constraintdef(k.oid) "
        "FROM pg_constraint k JOIN pg_class c ON c.oid = conrelid "
        "WHERE connamespace = '方案'::regnamespace ORDER BY 1, 2 DESC, 3",
    )
    assert [(table, kind) for table, kind, _ in found] == [
        *(("branches", "p"), ("hulls", "p"), ("hulls", "f")),
        *(("links", "p"), ("links", "f"), ("links", "f")),
        *(("units", "p"), ("units", "f")),
    ]
    assert found[-1][2] == 'FOREIGN KEY (branch_id) REFERENCES "方案".branches(branch_id)'
    said = _asked(url, "SELECT col_description('方案.units'::regclass, 3)")
    assert said == [("单位名称",)]


def test_a_bounding_box_asks_the_spatial_index(url: str) -> None:
    """Among ten thousand units the index is used, and finds what a full look finds."""
    (units, *others) = layers()
    many = gpd.GeoDataFrame(
        [
            units.frame.iloc[0].to_dict() | {"unit_id": f"U{i}", "row": f"s!{i}"}
            for i in range(10_000)
        ],
        geometry=shapely.points([(110 + i % 100 / 10, 20 + i // 100 / 10) for i in range(10_000)]),
        crs=CRS,
    )
    write_tables(url, [replace(units, frame=UNITS.shaped(many)), others[0]], 4326)

    box = (
        "SELECT count(*) FROM 方案.units "
        "WHERE geom && ST_MakeEnvelope(110, 20, 110.25, 20.25, 4326)"
    )
    plan = "\n".join(line for (line,) in _asked(url, f"EXPLAIN {box}"))
    assert "units_geom_idx" in plan
    assert _asked(url, box) == [(9,)]  # 110.0, 110.1, 110.2 by 20.0, 20.1, 20.2


def test_a_later_export_replaces_the_earlier(url: str) -> None:
    """Nothing of the old one stays, not even a table that the new one lacks."""
    write_tables(url, layers(), 4326)
    units, branches, *_ = layers()
    write_tables(url, [replace(units, frame=units.frame.iloc[:2]), branches], 4326)

    assert _asked(url, "SELECT count(*) FROM 方案.units") == [(2,)]
    standing = _asked(
        url,
        "SELECT relname::text FROM pg_class "
        "WHERE relnamespace = '方案'::regnamespace AND relkind = 'r' ORDER BY 1",
    )
    assert standing == [("branches",), ("units",)]


def test_a_foreign_table_is_kept(url: str) -> None:
    """A table of that name that we did not write stops the export before anything is touched."""
    with psycopg.connect(url.partition("?")[0]) as connection:
        connection.execute("CREATE SCHEMA 方案")
        connection.execute("CREATE TABLE 方案.hulls (mine int)")

    with pytest.raises(InputError, match=r"hulls.*不是本软件写的"):
        write_tables(url, layers(), 4326)
    assert _asked(url, "SELECT count(*) FROM pg_class WHERE relname = 'links'") == [(0,)]
    assert _asked(url, "SELECT count(*) FROM 方案.hulls") == [(0,)]


def test_all_or_nothing(url: str) -> None:
    """A link to a unit that is not there breaks the last step: the old tables stand untouched."""
    write_tables(url, layers(), 4326)
    units, branches, links, hulls = layers()
    astray = replace(links, frame=links.frame.assign(unit_id="没有"))

    with pytest.raises(InputError, match="links 中有重复的编号，或指向不存在的行"):
        write_tables(
            url, [replace(units, frame=units.frame.iloc[:1]), branches, astray, hulls], 4326
        )
    assert _asked(url, "SELECT count(*) FROM 方案.units") == [(4,)]
    assert _asked(url, "SELECT unit_id FROM 方案.links") == [("乙",)]


def test_views_on_our_tables_are_not_torn_down(url: str) -> None:
    """Somebody's view depends on the old table: it is told, and both stay."""
    write_tables(url, layers(), 4326)
    with psycopg.connect(url.partition("?")[0]) as connection:
        connection.execute("CREATE VIEW 方案.mine AS SELECT name FROM 方案.units")

    with pytest.raises(InputError, match="有视图等建立在原有的表上"):
        write_tables(url, layers(), 4326)
    assert _asked(url, "SELECT count(*) FROM 方案.mine") == [(4,)]


def test_an_unknown_crs_and_a_missing_right_are_told(url: str, server: Server) -> None:
    """Both name what is wanted, in the user's words."""
    with pytest.raises(InputError, match="不认识坐标系 999999"):
        write_tables(url, layers(), 999_999)
    with psycopg.connect(_plain(server)) as connection:
        connection.execute("DROP ROLE IF EXISTS reader")
        connection.execute("CREATE ROLE reader LOGIN")
    with pytest.raises(InputError, match="没有建表的权限"):
        write_tables(url.replace("postgres@", "reader@"), layers(), 4326)
    with pytest.raises(ServiceError, match="连接不上"):
        write_tables("postgresql://postgres:pass@127.0.0.1:1/x", layers(), 4326)
