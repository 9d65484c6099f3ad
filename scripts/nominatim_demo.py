# ruff: noqa: INP001, T201, S603 -- a script, run by hand, that runs what it is given
"""Serve the fictional district from a real Nominatim, for one optional test.

Nominatim is GPL and no dependency of lxgeo: it lives in an environment of its own. On Debian 12::

    apt-get install --no-install-recommends postgresql-15-postgis-3 osm2pgsql
    python -m venv /tmp/nominatim
    /tmp/nominatim/bin/pip install nominatim-db nominatim-api 'psycopg[binary]' falcon uvicorn
    python scripts/nominatim_demo.py --nominatim /tmp/nominatim/bin/nominatim

Then, elsewhere: ``LXGEO_NOMINATIM=http://127.0.0.1:8099 pytest tests/services/nominatim``.

The map is the demo's ``roads.osm`` with its buildings (name, road and number) and townships added
as ways. Import takes about a quarter of a minute; everything is thrown away on Ctrl-C.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from xml.sax.saxutils import quoteattr

DEMO = Path(__file__).resolve().parent.parent / "data" / "boundaries" / "demo"
BINARIES = Path(os.environ.get("LXGEO_POSTGRES", "/usr/lib/postgresql/15/bin"))
FIRST_ID = 10_000_000
STAMP = 'version="1" timestamp="2026-06-30T00:00:00Z"'
HALF = 3
"""Of so many numbers one is written with 号, as maps do it either way."""


def map_of(demo: Path) -> str:
    """Return the demo's OSM file with buildings and townships."""
    roads = (demo / "roads.osm").read_text(encoding="utf-8")
    nodes, ways, last = list[str](), list[str](), FIRST_ID
    for ring, tags in (*buildings(demo), *townships(demo)):
        refs = []
        for lon, lat in ring[:-1]:
            last += 1
            refs.append(last)
            nodes.append(f'<node id="{last}" {STAMP} lat="{lat}" lon="{lon}"/>')
        last += 1
        inside = "".join(f'<nd ref="{ref}"/>' for ref in (*refs, refs[0]))
        inside += "".join(f"<tag k={quoteattr(k)} v={quoteattr(v)}/>" for k, v in tags.items())
        ways.append(f'<way id="{last}" {STAMP}>{inside}</way>')
    before, _, after = roads.partition("<way ")
    body, _, _ = after.partition("</osm>")
    return "\n".join((before.rstrip(), *nodes, f"<way {body.rstrip()}", *ways, "</osm>\n"))


Way = tuple[list[tuple[float, float]], Mapping[str, str]]


def buildings(demo: Path) -> Iterator[Way]:
    """Yield each building's ring and tags."""
    for ring, said in features(demo / "buildings.geojson"):
        tags = {"building": "office", "name": str(said["name"])}
        door = re.fullmatch(r"(\D+)(\d+)号", str(said["address"]))
        if door:
            sign = "" if int(door[2]) % HALF else "号"
            tags |= {"addr:street": door[1], "addr:housenumber": f"{door[2]}{sign}"}
        yield ring, tags


def townships(demo: Path) -> Iterator[Way]:
    """Yield each township's ring and tags."""
    for ring, said in features(demo / "townships.geojson"):
        yield ring, {"boundary": "administrative", "admin_level": "8", "name": str(said["name"])}


def features(path: Path) -> Iterator[tuple[list[tuple[float, float]], Mapping[str, object]]]:
    """Yield outer rings and properties."""
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        rings = feature["geometry"]["coordinates"]
        yield (
            (rings[0] if feature["geometry"]["type"] == "Polygon" else rings[0][0]),
            feature["properties"],
        )


@contextmanager
def cluster(home: Path, port: int) -> Iterator[None]:
    """Run a PostgreSQL of our own."""
    data, log = home / "data", home / "log"
    if os.geteuid() == 0:
        shutil.chown(home, "postgres")
    as_nobody = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []

    def run(*command: str | Path) -> None:
        subprocess.run(
            [*as_nobody, *map(str, command)], check=True, cwd="/", stdout=subprocess.DEVNULL
        )

    run(BINARIES / "initdb", "-D", data, *("-E", "UTF8", "--locale=C.UTF-8"), "-A", "trust",
        "-U", "postgres", "--no-sync")  # fmt: skip
    settings = (
        f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={home} "
        "-c fsync=off -c full_page_writes=off -c jit=off"
    )
    run(BINARIES / "pg_ctl", "-D", data, "-w", "-l", log, "-o", settings, "start")
    try:
        sql = 'CREATE ROLE "www-data" LOGIN'
        run(BINARIES / "psql", "-h", "127.0.0.1", "-p", str(port), "-U", "postgres", "-qc", sql)
        yield
    finally:
        run(BINARIES / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")


def main() -> None:
    """Build, serve, and clear up."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nominatim", required=True, help="the nominatim command")
    parser.add_argument("--osm2pgsql", default="osm2pgsql", help="the osm2pgsql command")
    parser.add_argument("--port", type=int, default=8099, help="where to serve")
    said = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="lxgeo-nominatim-") as folder:
        project, home = Path(folder) / "project", Path(folder) / "pg"
        Path(folder).chmod(0o755)
        project.mkdir()
        home.mkdir()
        base = said.port + 1
        (project / ".env").write_text(
            f"NOMINATIM_DATABASE_DSN=pgsql:host=127.0.0.1;port={base};user=postgres;dbname=demo\n"
            f"NOMINATIM_OSM2PGSQL_BINARY={shutil.which(said.osm2pgsql)}\n"
            "NOMINATIM_IMPORT_STYLE=full\n",
            encoding="utf-8",
        )
        (project / "demo.osm").write_text(map_of(DEMO), encoding="utf-8")
        with cluster(home, base), suppress(KeyboardInterrupt):
            subprocess.run(
                [said.nominatim, "import", "-q", "--osm-file", "demo.osm", "--threads", "1"],
                cwd=project,
                check=True,
            )
            print(f"LXGEO_NOMINATIM=http://127.0.0.1:{said.port}", flush=True)
            where = f"127.0.0.1:{said.port}"
            subprocess.run([said.nominatim, "serve", "--server", where], cwd=project, check=False)


if __name__ == "__main__":
    main()
