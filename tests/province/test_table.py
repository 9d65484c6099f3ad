"""A province's ledgers in one table of a database, planned county by county."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import psycopg
import pytest
from county_towns import COUNTIES, Province, figures_of
from psycopg import sql

from command import Run
from lxgeo.errors import InputError, LedgerError
from lxgeo.read import read_run
from lxgeo.scenario import Scenario
from lxgeo.scenario.province.asked import Province as Asked
from lxgeo.scenario.province.asked import tasks_of

sys.path.append(str(Path(__file__).resolve().parent.parent / "services"))

from postgres import BINARIES, NEEDED, Server, running

pytestmark = pytest.mark.postgis

PASSWORD = "marked%2Fsecret"  # noqa: S105 - of a throw-away server
_GRANTED = """
CREATE ROLE locked LOGIN PASSWORD 'marked/secret';
GRANT SELECT ON ledger TO locked;
CREATE TABLE lost AS SELECT * FROM ledger;
UPDATE lost SET "县" = ' ' WHERE unit_id IN ('U1', 'U2');
CREATE TABLE odd AS SELECT * FROM ledger;
UPDATE odd SET "县" = '../330106' WHERE unit_id = 'U1';
"""


@pytest.fixture(scope="module")
def table(province: Province) -> Iterator[Server]:
    """Return a server with the three counties' ledgers in one table, in no order."""
    if not (BINARIES / "initdb").exists():
        pytest.skip(f"no PostgreSQL in {BINARIES}: {NEEDED}")
    parts = [
        pd.read_parquet(province.ledgers / f"county={county}" / "part-0.parquet").assign(县=county)
        for county in reversed(COUNTIES)
    ]
    rows = pd.concat(parts, ignore_index=True)
    kinds = dict.fromkeys(rows, "text") | {"full_members": "int", "staff": "int"}
    columns = [
        sql.SQL("{} {}").format(sql.Identifier(name), sql.SQL(kinds[name]))
        for name in rows
        if name not in {"lon", "lat"}
    ]
    with running() as server:
        with psycopg.connect(server.url("").partition("?")[0]) as base:
            base.execute("CREATE EXTENSION postgis")
            base.execute(
                sql.SQL("CREATE TABLE ledger ({}, geom geometry(Point, 4326))").format(
                    sql.SQL(", ").join(columns)
                )
            )
            plain = rows.drop(columns=["lon", "lat"]).astype(object)
            with base.cursor().copy("COPY ledger FROM STDIN") as stream:
                for values, lon, lat in zip(
                    plain.where(plain.notna(), None).itertuples(index=False, name=None),
                    rows["lon"],
                    rows["lat"],
                    strict=True,
                ):
                    place = None if pd.isna(lon) else f"SRID=4326;POINT({lon} {lat})"
                    stream.write_row((*values, place))
            base.execute(_GRANTED)
        yield server


def test_a_table_is_planned_as_files_by_county_are(
    lxgeo: Run, table: Server, province: Province, finished: Path, tmp_path: Path
) -> None:
    """Units by number, points by geometry: every county's plan is that of its file.

    Rows come by what they hold; each keeps its id. Run again, all are kept; where one unit was
    changed, its county alone is planned. The password is in no file and no message.
    """
    url = table.url("public.ledger", f"locked:{PASSWORD}", "&county=县")
    asked = ("plan", url, "--areas", province.areas, "--by-county", "--workers", 1)
    said = [lxgeo(*asked, "--out", tmp_path) for _ in range(2)]
    with psycopg.connect(table.url("").partition("?")[0]) as base:
        base.execute("UPDATE ledger SET staff = 77 WHERE unit_id = '330108-U5'")
    said.append(lxgeo(*asked, "--out", tmp_path))
    run = tmp_path / "ledger"

    assert [each.code for each in said] == [0, 0, 0], [each.err for each in said]
    assert [each.out.count("沿用上次结果") for each in said] == [0, 3, 2]
    for county in COUNTIES:
        mine, other = (
            read_run(each / f"county={county}").tables.units.set_index("unit_id").sort_index()
            for each in (run, finished)
        )
        less = ["row", "staff"] if county == "330108" else ["row"]
        pd.testing.assert_frame_equal(mine.drop(columns=less), other.drop(columns=less))
    assert figures_of(run)["plan_cost_m"] == figures_of(finished)["plan_cost_m"]
    words = "".join(each.out + each.err for each in said)
    for path in (path for path in tmp_path.rglob("*") if path.is_file()):
        assert b"marked" not in path.read_bytes(), path
    assert "marked" not in words


def stored(table: Server, query: str) -> list[tuple[object, ...]]:
    """Return what a query answers."""
    with psycopg.connect(table.url("").partition("?")[0]) as base:
        return base.execute(query).fetchall()  # type: ignore[arg-type]


def test_a_divided_run_goes_into_one_set_of_tables(
    lxgeo: Run, table: Server, finished: Path
) -> None:
    """Every county's rows with the county beside them, keys and references by county; again, too.

    One county alone goes as any run does. Zones are not picked by longitude for all at once.
    """
    base = table.url("").partition("?")[0]
    said = [
        lxgeo("export", finished, "--format", f"{base}?schema=全省", *more)
        for more in ((), ("--crs", "EPSG:4490"), ("--crs", "auto"))
    ]
    one = lxgeo("export", finished / "county=330108", "--format", f"{base}?schema=一县")
    units = read_run(finished / "county=330110").tables.gpkg_units.set_index("unit_id")

    assert [each.code for each in (*said, one)] == [0, 0, 1, 0], [each.err for each in said]
    assert stored(table, "SELECT county, count(*) FROM 全省.units GROUP BY 1 ORDER BY 1") == [
        (county, 9) for county in COUNTIES
    ]
    assert stored(table, "SELECT count(*) FROM 一县.units") == [(9,)]
    assert stored(table, "SELECT count(DISTINCT ST_SRID(geom)), max(ST_SRID(geom)) FROM 全省.units "
                         "WHERE geom IS NOT NULL") == [(1, 4490)]  # fmt: skip
    placed = dict(
        stored(table, "SELECT unit_id, ST_X(geom) FROM 全省.units WHERE county = '330110'")
    )
    for unit, row in units.iterrows():
        if row.geometry is not None:
            assert placed[unit] == pytest.approx(row.geometry.x, abs=1e-8)
    joined = "SELECT count(*) FROM 全省.units u JOIN 全省.branches b USING (county, branch_id)"
    assert stored(table, joined) == [(3 * int(units["branch_id"].notna().sum()),)]
    assert stored(table, "SELECT count(*) FROM 全省.townships") == [(6,)]
    keys = stored(
        table,
        "SELECT pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE conrelid = '全省.units'::regclass ORDER BY contype DESC",
    )
    assert keys == [
        ("PRIMARY KEY (county, unit_id)",),
        ('FOREIGN KEY (county, branch_id) REFERENCES "全省".branches(county, branch_id)',),
    ]
    assert "--crs" in said[2].err


@pytest.mark.parametrize(
    ("name", "more", "told"),
    [
        ("ledger", "", "说明县的一列"),
        ("ledger", "&county=", "说明县的一列"),
        ("ledger", "&county=区", "没有 区 这一列；现有：.*县"),
        ("nothing", "&county=县", "没有这张表"),
        ("lost", "&county=县", "2 行的 县 列为空"),
        ("odd", "&county=县", r"\.\./330106"),
    ],
)
def test_what_can_be_no_county_is_refused(
    table: Server, province: Province, tmp_path: Path, name: str, more: str, told: str
) -> None:
    """No column, one that is not there, rows of no county, a name that leads elsewhere."""
    asked = Asked(table.url(name, more=more), str(province.areas), Scenario(Path(), Path()))
    with pytest.raises((InputError, LedgerError), match=told):
        tasks_of(asked, tmp_path, tmp_path / "run")
