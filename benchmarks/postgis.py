"""A table of a database read and written by COPY, against COPY and nothing else.

``python benchmarks/postgis.py [ROWS]`` starts a throw-away server (``LXGEO_POSTGRES``), fills a
table of so many units (1,000,000), and prints processor seconds of the asking process, seconds by
the clock and how much memory it came to need, each in a process of its own:

- ``read``: bytes taken from ``COPY … TO STDOUT`` and thrown away, against `read_table`;
- ``by county``: the same table as fifty counties, each fetched into a file of its own;
- ``write``: the same bytes sent to ``COPY … FROM STDIN`` of a plain table, against `write_tables`,
  which makes them, and adds keys, a spatial index and statistics. What these cost the server is
  told by itself.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

import geopandas as gpd
import numpy as np
import psycopg

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "services"))

from postgres import running  # noqa: E402 - found just now

from lxgeo.publish.export import Layer, layers_of  # noqa: E402
from lxgeo.services import counties_in_table, read_table  # noqa: E402
from lxgeo.services import postgis_write as writing  # noqa: E402
from lxgeo.tables import UNITS  # noqa: E402

ROWS = 1_000_000
COUNTIES = 50
_TABLE = """
CREATE EXTENSION postgis;
CREATE TABLE ledger AS SELECT
  i AS unit_id, '宏达兴旺' || i || '号有限公司' AS name,
  '91440300' || lpad(i::text, 10, '0') AS credit_code,
  (ARRAY['企业', '个体工商户', '社会团体', '民办非企业单位'])[1 + i % 4] AS 单位类别,
  '第' || i % 12 || '街道人民路' || i % 997 || '号' || i % 31 || '栋' || i % 41 || '室' AS address,
  'C' || 1311 + i % 80 AS industry, i * 7 % 297 AS staff, i % 13 AS full_members,
  i % 3 AS probationary_members, '第' || i % 12 || '街道' AS 所属街道,
  '第' || i % 150 || '社区' AS 所属社区, (330100 + i % {counties})::text AS 县代码,
  (i % 1000) / 4.0::numeric AS 营收, i % 2 = 0 AS 是否建立党组织,
  '2020-01-01'::date + (i % 3000)::int AS 成立日期,
  ST_SetSRID(ST_MakePoint(113.8 + i % 70001 / 100000.0, 22.5 + i % 30011 / 100000.0), 4326) AS geom
FROM generate_series(1, {rows}::bigint) i;
ALTER TABLE ledger ADD PRIMARY KEY (unit_id);
ANALYZE ledger;
"""
_OUT = "COPY (SELECT * FROM ledger ORDER BY unit_id) TO STDOUT (FORMAT csv)"


def copied_out(base: str) -> None:
    """Take the table's bytes and throw them away."""
    with (
        psycopg.connect(base) as connection,
        connection.cursor().copy(_OUT) as stream,
    ):
        sum(map(len, stream))


def read(base: str) -> None:
    """Read the table as a ledger's sheet."""
    read_table(f"{base}?table=ledger")


def by_county(base: str) -> None:
    """Fetch every county into a file, one after another."""
    found = counties_in_table(f"{base}?table=ledger&county=县代码")
    with tempfile.TemporaryDirectory() as folder:
        for part in found.parts.values():
            part.here(Path(folder))


def units(rows: int) -> Layer:
    """Return a plan's units, as many."""
    i = np.arange(rows)
    told: dict[str, Any] = {
        "unit_id": [f"U{k}" for k in i],
        "row": [f"ledger!{k + 2}" for k in i],
        "name": [f"宏达兴旺{k}号有限公司" for k in i],
        "credit_code": [f"91440300{k:010d}" for k in i],
        "address": [f"第{k % 12}街道人民路{k % 997}号{k % 31}栋{k % 41}室" for k in i],
        "staff": i % 297,
        "full_members": i % 13,
        "township": [f"第{k % 12}街道" for k in i],
        "outcome": "no_members",
        "reason": [f"没有正式党员，由第{k % 12}街道派党建指导员" for k in i],
    }
    places = gpd.points_from_xy(113.8 + i % 70001 / 1e5, 22.5 + i % 30011 / 1e5, crs=4326)
    (layer,) = layers_of({"units": UNITS.shaped(gpd.GeoDataFrame(told, geometry=places))})
    return layer


def copied_in(base: str, layer: Layer) -> Callable[[], None]:
    """Return what sends the layer's bytes, made beforehand, to a plain table."""
    pieces = list(writing._pieces(layer, 4326))  # noqa: SLF001 - the very same bytes
    columns = ", ".join(f'"{name}"' for name in (*layer.table.names, writing.GEOMETRY))
    place = writing._place(base)  # noqa: SLF001

    def send() -> None:
        with psycopg.connect(base) as connection:
            connection.execute("CREATE SCHEMA lxgeo")
            writing._create(connection, place, layer, 4326)  # noqa: SLF001
            with connection.cursor().copy(
                f"COPY lxgeo.units ({columns}) FROM STDIN (FORMAT csv)"
            ) as stream:
                for piece in pieces:
                    stream.write(piece)
            began = perf_counter()
            writing._bind(connection, place, {"units": layer})  # noqa: SLF001
            print(f"  keys, spatial index, statistics: {perf_counter() - began:.1f} s", flush=True)
            connection.rollback()

    return send


def measured(what: str, base: str, rows: int) -> dict[str, float]:
    """Do one thing in this process and return what it took."""
    do: Callable[[], Any]
    if what in {"copied_in", "write"}:
        layer = units(rows)
        do = (
            copied_in(base, layer)
            if what == "copied_in"
            else lambda: writing.write_tables(base, [layer], 4326)
        )
    else:
        do = {
            "copied_out": lambda: copied_out(base),
            "read": lambda: read(base),
            "by_county": lambda: by_county(base),
        }[what]
    before, began = resource.getrusage(resource.RUSAGE_SELF), perf_counter()
    do()
    after = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "cpu": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
        "seconds": perf_counter() - began,
        "mib": (after.ru_maxrss - before.ru_maxrss) / 1024,
    }


def main() -> None:
    """Measure each in a process of its own."""
    if len(sys.argv) == 4:  # noqa: PLR2004 - one of them
        print(json.dumps(measured(sys.argv[1], sys.argv[2], int(sys.argv[3]))))
        return
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with running() as server:
        base = server.url("").partition("?")[0]
        with psycopg.connect(base) as connection:
            connection.execute(_TABLE.format(rows=rows, counties=COUNTIES))
        print(f"{rows:,} rows")
        for what in ("copied_out", "read", "by_county", "copied_in", "write"):
            done = subprocess.run(  # noqa: S603 - this very file
                [sys.executable, __file__, what, base, str(rows)],
                check=True,
                capture_output=True,
                text=True,
            )
            *said, last = done.stdout.splitlines()
            told = json.loads(last)
            print(
                f"{what:12} {told['cpu']:6.1f} s processor {told['seconds']:6.1f} s clock "
                f"{told['mib']:6.0f} MiB",
                *said,
                sep="\n",
                flush=True,
            )


if __name__ == "__main__":
    main()
