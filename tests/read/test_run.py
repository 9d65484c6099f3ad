"""Run folders are read back exactly, and whatever happened to their files is told by name."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import Point

from lxgeo.errors import RunError
from lxgeo.read.run import read_complete_run, read_run
from lxgeo.tables import BRANCHES, CRS, LINKS, UNITS

_UNITS: tuple[dict[str, Any], ...] = (
    {
        "unit_id": "=1+1",
        "row": "九家!2",
        "name": "2024-01-01",
        "credit_code": "00123",
        "full_members": 2,
        "operating_status": "operating",
        "lon": 114.1234567,
        "lat": 22.7654321,
        "outcome": "joint",
        "branch_id": "B1",
        "is_host": True,
        "distance_m": 0.0,
        "reason": "两行\n的“理由”, 带逗号",
    },
    {
        "unit_id": "b",
        "row": "九家!3",
        "operating_status": "operating",
        "outcome": "unknown_members",
        "is_host": False,
        "reason": "不明",
    },
)
_BRANCHES: tuple[dict[str, Any], ...] = (
    {
        "branch_id": "B1",
        "name": "联合党支部",
        "outcome": "joint",
        "status": "proposed",
        "unit_ids": "=1+1",
        "units": 1,
        "cost_m": 500.25,
    },
)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return f"'{value}" if str(value).startswith("=") else str(value)


def _features(path: Path, rows: tuple[dict[str, Any], ...], names: list[str]) -> None:
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [114.1234567, 22.7654321]},
            "properties": {name: row.get(name) for name in names},
        }
        for row in rows
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)
    path.write_text(text, encoding="utf-8")


def _layer(path: Path, name: str, rows: tuple[dict[str, Any], ...], table: Any) -> None:
    points = [Point(114.1234567, 22.7654321), *[None] * (len(rows) - 1)]
    frame = gpd.GeoDataFrame(pd.DataFrame(rows), geometry=gpd.GeoSeries(points, crs=CRS))
    table.shaped(frame).to_file(path, layer=name, driver="GPKG")


def sha256(path: Path) -> str:
    """Return a file's SHA-256."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return outputs as publishing leaves them: tables, a map beside them, and a manifest."""
    out = tmp_path_factory.mktemp("outputs")
    run, maps = out / "RUN", out / "maps"
    run.mkdir()
    maps.mkdir()
    with (run / "units.csv").open("w", encoding="utf-8-sig", newline="") as file:
        write = csv.writer(file)
        write.writerow(UNITS.names)
        write.writerows([[_cell(row.get(name)) for name in UNITS.names] for row in _UNITS])
    _features(run / "units.geojson", _UNITS[:1], UNITS.names)
    _features(run / "branches.geojson", _BRANCHES, BRANCHES.names)
    _features(run / "links.geojson", (), LINKS.names)
    _layer(run / "plan.gpkg", "units", _UNITS, UNITS)
    _layer(run / "plan.gpkg", "branches", _BRANCHES, BRANCHES)
    (run / "summary.json").write_text('{"units": 2}', encoding="utf-8")
    (maps / "RUN.html").write_text("<html></html>", encoding="utf-8")
    files = {path.name: sha256(path) for path in run.iterdir()}
    files["../maps/RUN.html"] = sha256(maps / "RUN.html")
    told = {"lxgeo": "0.1.0", "run": "RUN", "files": files, "inputs": {"九家.csv": "0" * 64}}
    (run / "manifest.json").write_text(json.dumps(told), encoding="utf-8")
    return out


@pytest.fixture
def folder(published: Path, tmp_path: Path) -> Path:
    """Return a run folder that a test may damage."""
    return shutil.copytree(published, tmp_path / "outputs") / "RUN"


def test_a_run_is_read_back_exactly(folder: Path) -> None:
    """Ids keep their zeros, dates stay text, unknown stays unknown, numbers keep their digits."""
    run = read_complete_run(folder)
    units, points = run.tables.units, run.tables.points

    assert (run.name, run.version, run.faults) == ("RUN", "0.1.0", ())
    assert dict(run.inputs) == {"九家.csv": "0" * 64}
    assert run.files == 7
    assert list(units.columns) == UNITS.names
    assert list(units["unit_id"]) == ["'=1+1", "b"]
    assert list(points["unit_id"]) == ["=1+1"]
    for table in (units, points, run.tables.gpkg_units):
        first = table.iloc[0]
        assert (first["name"], first["credit_code"]) == ("2024-01-01", "00123")
        assert (first["lon"], first["lat"]) == (114.1234567, 22.7654321)
        assert first["full_members"] == 2
        assert bool(first["is_host"]) is True
        assert first["reason"] == "两行\n的“理由”, 带逗号"
    assert pd.isna(units["full_members"][1])
    assert pd.isna(units["name"][1])
    assert points.geometry[0] == Point(114.1234567, 22.7654321)
    assert points.crs == run.tables.gpkg_units.crs == CRS
    assert run.tables.branches["cost_m"][0] == run.tables.gpkg_branches["cost_m"][0] == 500.25
    assert len(run.tables.links) == 0
    assert dict(run.tables.summary) == {"units": 2}


def _edit_csv(folder: Path) -> None:
    path = folder / "units.csv"
    path.write_bytes(path.read_bytes().replace("不明".encode(), "不清".encode()))


def _edit_map(folder: Path) -> None:
    (folder.parent / "maps" / "RUN.html").write_text("<html>.</html>", encoding="utf-8")


def _lose_map(folder: Path) -> None:
    (folder.parent / "maps" / "RUN.html").unlink()


def _add_file(folder: Path) -> None:
    (folder / "notes.txt").write_text("x", encoding="utf-8")


@pytest.mark.parametrize(
    ("damage", "code", "where"),
    [
        (_edit_csv, "file_edited", "units.csv"),
        (_edit_map, "file_edited", "../maps/RUN.html"),
        (_lose_map, "file_missing", "../maps/RUN.html"),
        (_add_file, "file_unlisted", "notes.txt"),
    ],
)
def test_what_happened_to_a_file_is_told_by_its_name(
    folder: Path, damage: Callable[[Path], None], code: str, where: str
) -> None:
    """Edited, missing, added: told as a fault, and refused by the strict reader."""
    damage(folder)

    assert [(str(each.code), each.where) for each in read_run(folder).faults] == [(code, where)]
    with pytest.raises(RunError, match=where):
        read_complete_run(folder)


def test_what_other_commands_add_later_is_no_fault(folder: Path) -> None:
    """Exports of a run are written into it afterwards."""
    (folder / "export").mkdir()
    (folder / "export" / "units.kml").write_text("<kml/>", encoding="utf-8")

    assert read_run(folder).faults == ()


def test_a_cell_that_can_not_be_read_is_told_and_unknown(folder: Path) -> None:
    """A figure made into a word is a fault with its row and column; the rest is still read."""
    path = folder / "units.csv"
    path.write_bytes(path.read_bytes().replace(b",true,", b",perhaps,"))
    run = read_run(folder)
    found = {str(each.code): each for each in run.faults}

    assert set(found) == {"file_edited", "value_unreadable"}
    assert dict(found["value_unreadable"].figures) == {
        "file": "units.csv",
        "column": "is_host",
        "written": "perhaps",
    }
    assert pd.isna(run.tables.units["is_host"][0])
    assert run.tables.units["full_members"][0] == 2


def test_a_lost_column_is_told(folder: Path) -> None:
    """A column that is gone is a fault, and reads as unknown."""
    path = folder / "branches.geojson"
    path.write_text(path.read_text(encoding="utf-8").replace('"cost_m"', '"costs"'), "utf-8")
    run = read_run(folder)

    assert {(str(each.code), each.where) for each in run.faults} == {
        ("file_edited", "branches.geojson"),
        ("column_missing", "cost_m"),
    }
    assert run.tables.branches["cost_m"].isna().all()


@pytest.mark.parametrize(
    "name",
    ["units.csv", "units.geojson", "branches.geojson", "links.geojson", "plan.gpkg"],
)
@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00", b'{"features": [3]}'])
def test_a_table_that_can_not_be_read_refuses_the_run(
    folder: Path, name: str, content: bytes | None
) -> None:
    """A table gone or made into something else ends in one clear error that names the file."""
    path = folder / name
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)
    # A CSV with another header is a table that lost all its columns.
    if name == "units.csv" and content == b'{"features": [3]}':
        assert "column_missing" in {str(each.code) for each in read_run(folder).faults}
        return

    with pytest.raises(RunError, match=name):
        read_run(folder)


@pytest.mark.parametrize("row", [b"a,b", b"a" + b"," * len(UNITS.names)])
def test_a_row_of_another_length_refuses_the_run(folder: Path, row: bytes) -> None:
    """Two fields, or one too many: no telling which is which."""
    path = folder / "units.csv"
    path.write_bytes(path.read_bytes() + row)

    with pytest.raises(RunError, match=r"units\.csv"):
        read_run(folder)


def test_several_lost_tables_are_told_at_once(folder: Path) -> None:
    """Nobody has to run again to hear of the second missing file."""
    (folder / "units.csv").unlink()
    (folder / "plan.gpkg").unlink()

    with pytest.raises(RunError) as error:
        read_run(folder)
    assert "units.csv" in str(error.value)
    assert "plan.gpkg" in str(error.value)


@pytest.mark.parametrize(
    "manifest",
    [
        "[]",
        "{}",
        '{"lxgeo": "0.1.0", "run": "RUN"}',
        '{"lxgeo": "0.1.0", "run": "RUN", "files": {"units.csv": 3}}',
        '{"lxgeo": "0.1.0", "run": "RUN", "files": {"../../secret": "00"}}',
        '{"lxgeo": "0.1.0", "run": "RUN", "files": {"../maps/../../secret": "00"}}',
        '{"lxgeo": "0.1.0", "run": "RUN", "files": {"/etc/passwd": "00"}}',
        '{"lxgeo": "0.1.0", "run": "RUN", "files": {}, "inputs": []}',
        "not json",
    ],
)
def test_what_is_no_manifest_of_ours_is_refused(folder: Path, manifest: str) -> None:
    """Another's manifest, or one that points outside the run, is not followed."""
    (folder / "manifest.json").write_text(manifest, encoding="utf-8")

    with pytest.raises(RunError, match=r"manifest\.json"):
        read_run(folder)


def test_a_folder_without_a_manifest_is_no_run(tmp_path: Path) -> None:
    """An unfinished or foreign folder says what to do, in both languages."""
    with pytest.raises(RunError, match=r"manifest\.json") as error:
        read_run(tmp_path)
    assert "重新运行 lxgeo plan" in error.value.in_words("zh")
    assert "run lxgeo plan again" in error.value.in_words("en")


def test_a_folder_that_is_not_there_is_no_run(tmp_path: Path) -> None:
    """A mistyped name is told like any folder without a plan."""
    with pytest.raises(RunError):
        read_run(tmp_path / "nowhere")
