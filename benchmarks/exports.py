"""100,000 units through every format: what comes back, and how long it took beside a bare write.

``python benchmarks/exports.py [rows]`` makes a run's units (the same every time; rare characters,
unknown values and rows without a place among them), writes them in every format as ``lxgeo export``
does, opens each file by GDAL (GeoParquet by pyarrow, PostGIS by PostGIS) and prints how many values
differ, how far positions lie from pyproj's, and processor seconds beside ``pyogrio`` writing the
same table by the format's own driver (``GeoDataFrame.to_parquet``, ``GeoDataFrame.to_postgis``).
Exits 1 where anything differs. PostGIS is tried where a server is found (``LXGEO_POSTGRES``).
"""

from __future__ import annotations

import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely
from pyproj import Transformer

from lxgeo.publish.export import PLAIN, Format, Layer, layers_of, moved, reference
from lxgeo.publish.export.formats import write_dictionary, write_layer
from lxgeo.publish.speech import Speech
from lxgeo.tables import CRS, UNITS

sys.path[:0] = [str(Path(__file__).parents[1] / "tests" / each) for each in ("publish", "services")]

ROWS = 100_000
REPEATS = 3
DRIVERS = {"geojson": "GeoJSON", "gpkg": "GPKG", "fgb": "FlatGeobuf", "shp": "ESRI Shapefile"}
DRIVERS |= {"kml": "LIBKML"}
BARE: dict[str, dict[str, Any]] = {
    "geojson": {"RFC7946": "YES", "WRITE_BBOX": "YES"},
    "shp": {"encoding": "GB18030"},
}
RARE = ("𠮷", "㐂", "䶮", "é", "—")


def units(count: int) -> gpd.GeoDataFrame:
    """Return a run's units: every column filled as in a run, a hundredth without a place."""
    random = np.random.default_rng(7)
    number = np.arange(count)
    placed = number % 100 != 99  # noqa: PLR2004 - a hundredth
    lon = np.where(placed, np.round(113.5 + random.random(count), 7), np.nan)
    lat = np.where(placed, np.round(22.5 + random.random(count), 7), np.nan)
    names = [f"{RARE[i % 5]}宏达{RARE[i % 3]}第{i}有限公司" for i in number]
    reason = "与同一楼宇的 3 家单位联合：1+1+1=3 名正式党员，3 家不超过 5 家，同一街道，最远 120 米"
    frame = pd.DataFrame(
        {
            "unit_id": [f"91440300MA{i:08d}" for i in number],
            "row": [f"台账!{i + 2}" for i in number],
            "name": names,
            "address": [f"云溪区岚光街道溪湾路{i % 900}号{i % 30}层" for i in number],
            "industry_code": [None if i % 7 == 0 else f"I65{i % 90 + 10}" for i in number],
            "staff": pd.array(number % 400, dtype="Int64"),
            "full_members": pd.array(number % 3, dtype="Int64"),
            "probationary_members": pd.array(np.where(number % 5, 1, 0), dtype="Int64"),
            "operating_status": "operating",
            "township_id": [f"44030300{i % 9}" for i in number],
            "township": "岚光街道",
            "jurisdiction": [f"township:44030300{i % 9}|territorial" for i in number],
            "approver": "岚光街道党工委",
            "precision": "building",
            "confidence": np.round(random.random(count), 3),
            "lon": lon,
            "lat": lat,
            "outcome": np.where(placed, "joint", "not_located"),
            "mode": [None if i % 4 == 0 else "building" for i in number],
            "branch_id": [f"B{i // 3:010x}" for i in number],
            "is_host": number % 3 == 0,
            "distance_m": np.round(random.random(count) * 900, 2),
            "rule": "new_joint_branch",
            "reason": [f"{reason}（{i % 500}）" for i in number],
            "finding": [None if i % 2 else f"地址与坐标相距 {i % 700} 米，请核对" for i in number],
        }
    )
    points = shapely.points(np.column_stack([lon, lat]))
    points[~placed] = None
    whole = gpd.GeoDataFrame(frame, geometry=points, crs=CRS)
    return UNITS.shaped(whole)


def seconds(work: Callable[[], Any]) -> float:
    """Return the least processor time of some runs of a piece of work."""
    spent = []
    for _ in range(REPEATS):
        started = time.process_time()
        work()
        spent.append(time.process_time() - started)
    return min(spent)


def bare(fmt: str, path: Path, frame: gpd.GeoDataFrame) -> None:
    """Write a table as its driver does by itself."""
    path.unlink(missing_ok=True)
    if fmt == "parquet":
        frame.to_parquet(path, compression="zstd")
        return
    placed = frame[frame.geometry.notna()] if fmt == "fgb" else frame
    pyogrio.write_dataframe(placed, path, driver=DRIVERS[fmt], **BARE.get(fmt, {}))


def ours(fmt: str, folder: Path, layer: Layer) -> None:
    """Write a layer as an export does."""
    for path in folder.iterdir():
        path.unlink()
    speech = Speech()
    fields = write_layer(Format(fmt), folder / f"units.{fmt}", layer, PLAIN, speech)
    write_dictionary(folder / f"fields_{fmt}.csv", [(layer, fields)], PLAIN, speech)


def compared(fmt: str, layer: Layer, home: Path) -> bool:
    """Write, read back and time one format; print the line and return whether all came back."""
    from exported import differences, metres_apart, units_of

    export = home / "export"
    export.mkdir(exist_ok=True)
    bare_s = seconds(lambda: bare(fmt, home / f"bare.{fmt}", layer.frame))
    ours_s = seconds(lambda: ours(fmt, export, layer))
    found = units_of(home, fmt)
    changed = differences(layer.frame, found)
    points = gpd.GeoSeries(found["geometry"])
    metres = 111_320 * metres_apart(points, layer.frame["lon"], layer.frame["lat"])
    tell(fmt, len(found), changed, metres, (ours_s, bare_s))
    return not changed and metres <= 0.01  # noqa: PLR2004 - a centimetre


def tell(
    fmt: str, rows: int, changed: list[str], metres: float, spent: tuple[float, float]
) -> None:
    """Print what became of the rows, and the ratio of times."""
    ours_s, bare_s = spent
    print(
        f"{fmt:8} rows {rows:,}  columns changed {changed or 0}  greatest shift {metres:.4f} m  "
        f"ours {ours_s:.2f} s  bare {bare_s:.2f} s  ratio {ours_s / bare_s:.2f}",
        flush=True,
    )


def in_every_crs(layer: Layer) -> bool:
    """Hold the positions in other systems against pyproj's own."""
    sound = True
    lon, lat = layer.frame["lon"], layer.frame["lat"]
    for code in (4490, 4547, 3857):
        there = moved(layer, reference(str(code), [layer])).frame.geometry
        known = there.notna()
        x, y = Transformer.from_crs(4326, code, always_xy=True).transform(lon[known], lat[known])
        metres = float(np.hypot(there[known].x - x, there[known].y - y).max())
        metres *= 111_320 if code == 4490 else 1  # noqa: PLR2004 - degrees
        print(f"EPSG:{code} greatest difference from pyproj {metres:.6f} m")
        sound &= metres <= 0.01  # noqa: PLR2004 - a centimetre
    return sound


def in_postgis(layer: Layer) -> bool:
    """Write to PostGIS and let it count, look and measure."""
    import psycopg
    from postgres import running
    from sqlalchemy import create_engine

    from lxgeo.services.postgis_write import write_tables

    with running() as server:
        url = server.url("x").partition("?")[0]
        with psycopg.connect(url) as connection:
            connection.execute("CREATE EXTENSION postgis")
        engine = create_engine(url.replace("postgresql", "postgresql+psycopg"))
        wall = time.perf_counter()
        layer.frame.to_postgis("bare", engine, if_exists="replace")
        bare_s = time.perf_counter() - wall
        wall = time.perf_counter()
        write_tables(f"{url}?schema=plan", [layer], 4326)
        ours_s = time.perf_counter() - wall
        with psycopg.connect(url) as connection:
            rows, valid, metres = connection.execute(
                "SELECT count(*), bool_and(ST_IsValid(geom) OR geom IS NULL), "
                "max(ST_DistanceSphere(geom, ST_SetSRID(ST_MakePoint(lon, lat), 4326))) "
                "FROM plan.units"
            ).fetchone() or (0, False, 9.0)
        columns = list(UNITS.names)
        found = pd.read_sql("SELECT * FROM plan.units ORDER BY unit_id", engine)[columns]
        engine.dispose()
    from exported import differences

    changed = differences(layer.frame.sort_values("unit_id", ignore_index=True), found)
    tell("postgis", rows, changed, metres, (ours_s, bare_s))
    return valid and not changed and metres <= 0.01  # noqa: PLR2004 - a centimetre


def main() -> int:
    """Run every format; return the exit code."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    warnings.simplefilter("ignore")
    (layer,) = layers_of({"units": units(count)})
    with tempfile.TemporaryDirectory() as name:
        sound = [compared(fmt, layer, Path(name)) for fmt in Format]
    sound.append(in_every_crs(layer))
    from postgres import BINARIES

    if BINARIES.exists():
        sound.append(in_postgis(layer))
    return 0 if all(sound) else 1


if __name__ == "__main__":
    sys.exit(main())
