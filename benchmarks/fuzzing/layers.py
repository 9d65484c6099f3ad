"""What may befall a layer by its structure: GeoJSON values, a GeoPackage's tables."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from fuzzing import raw

_VALUES: tuple[Any, ...] = (
    *(
        *(None, True, -1, 0, 1.5, 1e308),
        10**400,
        "",
        "x",
        "合计",
        "单位名称",
        "13800138000",
        [],
        {},
        [[]],
    ),
    *([1], [1, 2], [1e309, 0], ["a", "b"], [181, 91], {"type": "Point"}, {"type": "Polygon"}),
    *("EPSG:4490", "EPSG:999999", "urn:ogc:def:crs:OGC:1.3:CRS84", "汉" * 40000, "\u202e"),
    "\ud800",
)
_PACKAGE = (
    *("UPDATE units SET geom = NULL", "UPDATE units SET geom = randomblob(21)"),
    *("UPDATE units SET geom = 'text'", "UPDATE units SET geom = zeroblob(3)"),
    *("UPDATE units SET 单位名称 = zeroblob(100)", "UPDATE units SET 单位名称 = 1e999"),
    "UPDATE units SET 正式党员 = -9223372036854775808",
    "UPDATE units SET 经营地址 = hex(zeroblob(20000))",
    "UPDATE gpkg_contents SET table_name = 'nobody'",
    "UPDATE gpkg_contents SET data_type = 'tiles'",
    "UPDATE gpkg_contents SET data_type = 'attributes'",
    "UPDATE gpkg_contents SET srs_id = -1",
    "UPDATE gpkg_contents SET table_name = 'units\"; DROP TABLE units; --'",
    "UPDATE gpkg_geometry_columns SET srs_id = 99999",
    "UPDATE gpkg_geometry_columns SET column_name = 'nobody'",
    "UPDATE gpkg_spatial_ref_sys SET organization_coordsys_id = 'x'",
    *("UPDATE gpkg_spatial_ref_sys SET organization = NULL", "DROP TABLE gpkg_geometry_columns"),
    *("DROP TABLE gpkg_spatial_ref_sys", "DROP TABLE gpkg_contents", "DROP TABLE units"),
    *("DELETE FROM units", "INSERT INTO units SELECT * FROM units"),
    "ALTER TABLE units RENAME COLUMN 单位名称 TO 联系电话",
    *("ALTER TABLE units RENAME COLUMN 经营地址 TO lon", "ALTER TABLE units ADD COLUMN fid TEXT"),
    "CREATE VIEW v AS SELECT * FROM units; INSERT INTO gpkg_contents (table_name) VALUES ('v')",
    *("PRAGMA user_version = 10300", "PRAGMA application_id = 0"),
)


def _places(node: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every place in a JSON value: what holds it, and under which key."""
    keys = node if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ()
    for key in keys:
        yield node, key
        yield from _places(node[key])


def _in_json(data: bytes, chance: Random, change: str) -> bytes:
    try:
        root = json.loads(data)
    except (ValueError, RecursionError):
        return raw.flip(data, chance)
    places = list(_places(root))
    if not places:
        return raw.insert(data, chance)
    holder, key = chance.choice(places)
    if change == "value":
        holder[key] = chance.choice(_VALUES)
    elif change == "gone":
        del holder[key]
    elif isinstance(holder, list):
        holder.extend([holder[key]] * chance.choice((1, 200)))
    else:
        holder[chance.choice(("type", "features", "crs", "lon", "name", "联系电话", "x"))] = holder[
            key
        ]
    return json.dumps(root, ensure_ascii=chance.random() < 0.5).encode(errors="replace")  # noqa: PLR2004


def value(data: bytes, chance: Random) -> bytes:
    """Put another value in."""
    return _in_json(data, chance, "value")


def gone(data: bytes, chance: Random) -> bytes:
    """Take a value out."""
    return _in_json(data, chance, "gone")


def more(data: bytes, chance: Random) -> bytes:
    """Have a value again, elsewhere."""
    return _in_json(data, chance, "more")


def statement(data: bytes, chance: Random) -> bytes:
    """Let a GeoPackage's own tables say something else."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "x.gpkg")
        path.write_bytes(data)
        base = sqlite3.connect(path)
        try:
            base.executescript(chance.choice(_PACKAGE))
            base.commit()
        except (sqlite3.Error, UnicodeError):
            data = raw.flip(data, chance)
        else:
            base.close()
            data = path.read_bytes()
        finally:
            base.close()
    return data


JSON_BLOWS = (value, value, gone, more)
PACKAGE_BLOWS = (statement,)
