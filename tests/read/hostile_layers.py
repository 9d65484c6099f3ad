"""Hostile texts, layers and tables, made as they are needed."""

from __future__ import annotations

import sqlite3
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

MIB = 1 << 20


def sparse_line(path: Path) -> None:
    """Write a line of 500 MB that takes no room on the disk."""
    with path.open("wb") as file:
        file.write("单位名称,".encode())
        file.truncate(500_000_000)


def sparse_line_within(path: Path) -> None:
    """Write the same, just under what a file may have."""
    with path.open("wb") as file:
        file.write("单位名称,".encode())
        file.truncate(200 * MIB)


def long_line(path: Path) -> None:
    """Write a line of 150 MB of honest letters."""
    with path.open("wb") as file:
        for _ in range(150):
            file.write(b"B" * MIB)


def open_quote(path: Path) -> None:
    """Write a quote that never closes, over 60 MB of lines."""
    path.write_bytes(b'name,address\n"' + b"BBBBBBBBBBBBBBB\n" * 4_000_000)


def many_commas(path: Path) -> None:
    """Write commas and nothing else: 40 million empty cells."""
    path.write_bytes((b"," * 399 + b"\n") * 100_000)


def packed_text(path: Path) -> None:
    """Write a gzip of gigabytes."""
    path.write_bytes(b"\x1f\x8b\x08\0" + b"\0" * 4096)


def archive_of_archives(path: Path) -> None:
    """Write a zip with a workbook inside a zip."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("inner/台账.xlsx", b"PK\x03\x04")


def deep_features(path: Path) -> None:
    """Write a GeoJSON of half a million brackets."""
    path.write_text('{"type":"FeatureCollection","features":' + "[" * 500_000, encoding="utf-8")


def long_number(path: Path) -> None:
    """Write a GeoJSON with a number of ten million digits."""
    text = '{"type":"FeatureCollection","features":[{"properties":{"a":%s}}]}'
    path.write_text(text % ("9" * 10_000_000), encoding="utf-8")


def torn_features(path: Path) -> None:
    """Write a GeoJSON cut in the middle."""
    path.write_text('{"type":"FeatureCollection","features":[{"prop', encoding="utf-8")


def no_features(path: Path) -> None:
    """Write a GeoJSON whose features are none."""
    path.write_text('{"type":"FeatureCollection","features":[1,[],"x"]}', encoding="utf-8")


def odd_crs(path: Path) -> None:
    """Write a GeoJSON in a CRS that nobody knows."""
    path.write_text(
        '{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"'
        + "PROJCS[" * 5_000
        + '"}},"features":[]}',
        encoding="utf-8",
    )


def tall_parquet(path: Path) -> None:
    """Write a Parquet of a hundred million rows, from a few KB."""
    table = pa.table({"name": pa.nulls(10_000_000, pa.string())})
    with pq.ParquetWriter(path, table.schema) as writer:
        for _ in range(10):
            writer.write_table(table)


def heavy_parquet(path: Path) -> None:
    """Write a Parquet of 300,000 cells of 30,000 characters, all the same."""
    index = pa.array([0] * 300_000, pa.int32())
    names = pa.DictionaryArray.from_arrays(index, pa.array(["汉" * 30_000]))
    pq.write_table(pa.table({"name": names}), path)


def torn_parquet(path: Path) -> None:
    """Write a Parquet without its end."""
    pq.write_table(pa.table({"name": ["a"] * 1000}), path)
    path.write_bytes(path.read_bytes()[:-30])


def odd_parquet(path: Path) -> None:
    """Write a Parquet whose word on geometry is nonsense."""
    table = pa.table({"name": ["a"]}).replace_schema_metadata({"geo": '{"columns": 7}'})
    pq.write_table(table, path)


def _package(path: Path, *statements: str) -> None:
    base = sqlite3.connect(path)
    base.executescript(
        "PRAGMA application_id = 1196444487;"
        "CREATE TABLE gpkg_contents (table_name TEXT, data_type TEXT, srs_id INT);"
        "CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT);"
        "CREATE TABLE gpkg_spatial_ref_sys (srs_id INT, organization TEXT,"
        " organization_coordsys_id INT, definition TEXT);"
        "INSERT INTO gpkg_contents VALUES ('v', 'attributes', 0);"
    )
    for statement in statements:
        base.execute(statement)
    base.commit()
    base.close()


def endless_view(path: Path) -> None:
    """Write a GeoPackage of a view that never ends."""
    _package(
        path,
        "CREATE VIEW v AS WITH RECURSIVE c(name) AS "
        "(SELECT 1 UNION ALL SELECT name + 1 FROM c) SELECT name FROM c;",
    )


def heavy_view(path: Path) -> None:
    """Write a GeoPackage of a view of one cell of 900 MB."""
    _package(path, "CREATE VIEW v AS SELECT hex(zeroblob(450000000)) AS name;")


def torn_package(path: Path) -> None:
    """Write a GeoPackage cut in the middle."""
    _package(path, "CREATE TABLE v (name TEXT);")
    path.write_bytes(path.read_bytes()[:6000])
