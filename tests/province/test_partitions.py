"""Which counties a place holds: three layouts, and what is refused in words."""

from __future__ import annotations

import shutil
from pathlib import Path

import geopandas as gpd
import pytest
from county_towns import COUNTIES, Province, share_areas

from lxgeo.errors import AreasError, InputError, ServiceError
from lxgeo.read import read_areas
from lxgeo.read.partitions import find_partitions
from lxgeo.read.remote import told_address
from lxgeo.read.shared_areas import take_apart


def laid_out(folder: Path, *files: str) -> str:
    """Write empty-handed files into a folder; return it as a place."""
    for name in files:
        path = folder / name
        if name.endswith("/"):
            path.mkdir(parents=True)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"x" * len(name))
    return str(folder)


@pytest.mark.parametrize(
    "files",
    [
        ("county=330106/part-0.parquet", "county=330106/part-1.parquet", "county=西湖区/a.csv"),
        ("330106/part-0.parquet", "330106/part-1.parquet", "西湖区/a.csv"),
    ],
)
def test_folders_name_counties(tmp_path: Path, files: tuple[str, ...]) -> None:
    """Parts stand in order of name; sizes add up; the key may be left out."""
    found = find_partitions(laid_out(tmp_path, *files))

    assert list(found) == ["330106", "西湖区"]
    assert found["330106"].files == files[:2]
    assert found["330106"].bytes == len(files[0]) + len(files[1])


def test_files_name_counties_and_left_overs_are_passed_over(tmp_path: Path) -> None:
    """Locks, hidden files, markers of writers, and files of other kinds are no counties."""
    place = laid_out(
        *(tmp_path, "330106.parquet", "330108.XLSX", "_SUCCESS", ".330106.parquet.crc"),
        *("~$330108.xlsx", "readme.txt"),
    )

    assert list(find_partitions(place)) == ["330106", "330108"]


def test_an_empty_folder_is_a_county_without_files(tmp_path: Path) -> None:
    """It is told as such by the plan; it does not vanish."""
    found = find_partitions(laid_out(tmp_path, "county=330106/", "county=330108/a.csv"))

    assert found["330106"].files == ()


@pytest.mark.parametrize(
    ("files", "told"),
    [
        (("county=330106/a/part-0.parquet",), "county=330106/a/part-0.parquet"),
        (("county=..%2Fout/part-0.parquet",), "county=..%2Fout"),
        (("county=a%2Fb/part-0.parquet",), "county=a%2Fb"),
        (("county=a=b/part-0.parquet",), "county=a=b"),
        (("county=/part-0.parquet",), "county="),
        (("a b.parquet",), "a b.parquet"),
        ((f"{'长' * 61}.parquet",), "\\u957f"),
        (("county=330106/a.csv", "330108.csv"), "存放方式不一"),
        (("330106.csv", "330106.xlsx"), "330106 各有几个文件"),
        (("readme.txt",), "没有按县存放的文件"),
    ],
)
def test_what_can_be_no_layout_is_refused(
    tmp_path: Path, files: tuple[str, ...], told: str
) -> None:
    """A name that leads elsewhere, a folder in a folder, two layouts, a county twice, nothing."""
    with pytest.raises(InputError) as refused:
        find_partitions(laid_out(tmp_path, *files))

    assert told in str(refused.value)


def test_a_place_that_is_none_is_told(tmp_path: Path) -> None:
    """A folder that is missing, an unknown scheme; secrets in an address are not repeated."""
    with pytest.raises(InputError, match="找不到"):
        find_partitions(str(tmp_path / "none"))
    with pytest.raises(InputError, match="nosuch") as refused:
        find_partitions("nosuch://key:secret@host/bucket?token=secret")

    assert "secret" not in str(refused.value)
    assert told_address("s3://key:secret@host/b?x=secret") == "s3://host/b"


def test_a_bucket_that_does_not_answer_is_a_service_that_failed() -> None:
    """What was done is kept: the command can be run again."""
    with pytest.raises((ServiceError, InputError), match="memory://"):
        find_partitions("memory://no/such/bucket")


def test_a_file_address_is_a_folder(tmp_path: Path) -> None:
    """``file://`` names this machine's own folders."""
    laid_out(tmp_path, "330106.csv")

    assert list(find_partitions(tmp_path.as_uri())) == ["330106"]


def test_areas_taken_apart_are_what_they_were(province: Province, tmp_path: Path) -> None:
    """Layer by layer, a county's part read again is what its own folder says."""
    shared = share_areas(province, tmp_path / "shared")
    parts = take_apart(shared, [*COUNTIES, "999999"], tmp_path / "apart")

    assert list(parts.folders) == list(COUNTIES)
    for county, folder in parts.folders.items():
        one, other = read_areas(province.areas / county), read_areas(folder)
        for name in ("townships", "parks", "buildings"):
            left, right = one.layers[name], other.layers[name]
            assert left.drop(columns="geometry").equals(right.drop(columns="geometry")), name
            assert left.geometry.geom_equals_exact(right.geometry, 1e-9).all()


def test_flags_and_counts_survive_taking_apart(province: Province, tmp_path: Path) -> None:
    """A park's committee, yes, no and unknown, and a branch's counts stay what they are."""
    shared = share_areas(province, tmp_path / "shared")
    parks = gpd.read_file(shared / "parks.geojson")
    parks["has_committee"] = [True, False, None]
    parks.to_file(shared / "parks.geojson", driver="GeoJSON")
    points = parks.assign(geometry=parks.geometry.representative_point(), full_members=[4, None, 7])
    points.to_file(shared / "branches.geojson", driver="GeoJSON")
    parts = take_apart(shared, COUNTIES, tmp_path / "apart")
    read = [read_areas(folder).layers for folder in parts.folders.values()]

    said = [layers["parks"]["has_committee"].tolist()[0] for layers in read]
    assert said[:2] == [True, False]
    assert str(said[2]) == "<NA>"
    assert [str(layers["branches"]["full_members"].tolist()[0]) for layers in read] == [
        *("4", "<NA>", "7")
    ]


def test_townships_of_no_county_are_told(province: Province, tmp_path: Path) -> None:
    """Nobody's townships at all: refused, for the layout is mistaken; some: told."""
    shared = share_areas(province, tmp_path / "shared")
    parts = take_apart(shared, ["330106"], tmp_path / "apart")

    assert [words.zh for words in parts.notes if "4 个乡镇" in words.zh]
    shutil.rmtree(tmp_path / "apart")
    with pytest.raises(AreasError, match="没有一个乡镇"):
        take_apart(shared, ["440303"], tmp_path / "apart")
