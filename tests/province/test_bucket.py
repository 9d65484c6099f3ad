"""Ledgers and areas in a bucket, read over HTTP from a service that asks who is asking."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from bucket import BUCKET, NEEDED, Bucket, ask_as, running
from county_towns import COUNTIES, Province, figures_of, share_areas

from command import Run, Said, runner
from lxgeo.errors import InputError, LxgeoError, ServiceError
from lxgeo.read import remote
from lxgeo.read.partitions import find_partitions

sys.path.append(str(Path(__file__).resolve().parent.parent / "faults"))

from told import holding, spellings


@pytest.fixture(scope="module")
def bucket() -> Iterator[Bucket]:
    """Return a bucket that any test may put its own folders into."""
    if missing := [name for name in NEEDED if find_spec(name) is None]:
        pytest.skip(f"no bucket to ask without {', '.join(missing)}")
    with running() as started:
        yield started


@pytest.fixture(scope="module")
def places(bucket: Bucket, province: Province) -> tuple[str, str]:
    """Return where the province's ledgers and areas lie in the bucket."""
    return bucket.fill(province.ledgers, "ledgers"), bucket.fill(province.areas, "areas")


@pytest.fixture
def reader(bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> Bucket:
    """Return the bucket, asked by one who may list and read."""
    ask_as(monkeypatch, bucket, bucket.keys["reader"])
    return bucket


@pytest.fixture
def lxgeo(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs one command; what its processes say counts, too."""
    return runner(monkeypatch, capfd)


def parts(run: Path, tops: tuple[str, ...] = ("units", "branches", "links")) -> dict[str, bytes]:
    """Return all counties' layers."""
    names = [f"{top}/county={county}/part-0.parquet" for top in tops for county in COUNTIES]
    return {name: (run / name).read_bytes() for name in names}


def test_a_province_in_a_bucket_is_planned_as_in_a_folder(
    lxgeo: Run,
    reader: Bucket,
    places: tuple[str, str],
    finished: Path,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Two counties at once in processes of their own: the same bytes, and the keys stay unsaid.

    Run again, every county is kept: what was fetched is known by what it holds.
    """
    caplog.set_level(logging.DEBUG)
    ledgers, areas = places
    asked = ("plan", ledgers, "--areas", areas, "--by-county", "--out", tmp_path)
    first, again = lxgeo(*asked, "--at-once", 2), lxgeo(*asked, "--workers", 1)
    told = json.loads((tmp_path / "ledgers" / "manifest.json").read_text(encoding="utf-8"))

    assert (first.code, first.err) == (0, ""), first.err
    assert parts(tmp_path / "ledgers") == parts(finished)
    assert again.out.count("沿用上次结果") == 3
    assert {name for name in told["inputs"] if name.startswith("330106: ")} == {
        "330106: county=330106/part-0.parquet",
        *(f"330106: areas/{layer}.geojson" for layer in ("buildings", "parks", "townships")),
    }
    secrets = spellings(each for pair in reader.keys.values() for each in pair)
    assert holding(tmp_path, secrets) == set()
    for secret in spellings([reader.keys["reader"][1]]):
        assert secret not in first.out + again.out + caplog.text
    assert list(tmp_path.glob(".*")) == []


@pytest.mark.parametrize("layout", ["folders", "files"])
def test_every_layout_and_one_folder_of_areas(
    lxgeo: Run,
    reader: Bucket,
    province: Province,
    finished: Path,
    tmp_path: Path,
    layout: str,
) -> None:
    """Folders named by the county alone, one file a county; areas for all in one folder.

    A row is named after its file, which is called otherwise where each county has one.
    """
    files, here = reader.files, tmp_path / "here"
    for county in COUNTIES:
        name = f"{county}/part-0.parquet" if layout == "folders" else f"{county}.parquet"
        source = province.ledgers / f"county={county}" / "part-0.parquet"
        files.put_file(str(source), f"{BUCKET}/{layout}/{name}")
    files.pipe_file(f"{BUCKET}/{layout}/_SUCCESS", b"")
    areas = reader.fill(share_areas(province, here), f"areas of {layout}")
    said = lxgeo(
        *("plan", f"s3://{BUCKET}/{layout}/", "--areas", areas, "--by-county", "--workers", 1),
        *("--out", tmp_path / "out"),
    )

    assert said.code == 0, said.err
    tops = ("units", "branches", "links") if layout == "folders" else ("branches", "links")
    assert parts(tmp_path / "out" / layout, tops) == parts(finished, tops)


def test_what_a_bucket_holds_is_listed_as_a_folder_s(reader: Bucket) -> None:
    """Sizes as the service tells them; a folder without files is a county without a ledger."""
    files = reader.files
    files.pipe_file(f"{BUCKET}/listed/county=330106/b.csv", b"name\n")
    files.pipe_file(f"{BUCKET}/listed/county=330106/a.csv", b"name,units\n")
    files.pipe_file(f"{BUCKET}/listed/county=330108/", b"")
    files.pipe_file(f"{BUCKET}/listed/readme.txt", b"?")
    found = find_partitions(f"s3://{BUCKET}/listed")

    assert list(found) == ["330106", "330108"]
    assert found["330106"].files == ("county=330106/a.csv", "county=330106/b.csv")
    assert found["330106"].bytes == 16
    assert found["330108"].files == ()


def test_a_file_that_is_gone_costs_its_county_alone(
    lxgeo: Run,
    reader: Bucket,
    province: Province,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Listed, then removed: named, the others are planned; back again, it alone is planned."""
    ledgers = reader.fill(province.ledgers, "leaving")
    gone = f"{BUCKET}/leaving/county=330108/part-0.parquet"
    kept, listing = reader.files.cat_file(gone), remote.sizes

    def listed_then_removed(place: str) -> dict[str, int]:
        found = listing(place)
        if place == ledgers and reader.files.exists(gone):
            reader.files.rm_file(gone)
        return found

    monkeypatch.setattr("lxgeo.read.partitions.sizes", listed_then_removed)
    asked = ("plan", ledgers, "--areas", province.areas, "--by-county", "--workers", 1)
    first = lxgeo(*asked, "--out", tmp_path)
    monkeypatch.setattr("lxgeo.read.partitions.sizes", listing)
    reader.files.pipe_file(gone, kept)
    second = lxgeo(*asked, "--out", tmp_path)

    assert first.code == 1
    assert "330108：读取 s3://province/leaving/county=330108/part-0.parquet 失败" in first.err
    assert "文件已被移走" in first.err
    assert second.code == 0, second.err
    assert second.out.count("沿用上次结果") == 2
    assert figures_of(tmp_path / "leaving")["units"] == 27


def test_a_right_to_list_is_none_to_read(
    lxgeo: Run,
    bucket: Bucket,
    places: tuple[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Counties are found, none can be fetched: each is told, and nothing is written."""
    ask_as(monkeypatch, bucket, bucket.keys["lister"])
    said = lxgeo(
        *("plan", places[0], "--areas", places[1], "--by-county", "--workers", 1),
        *("--out", tmp_path / "out"),
    )

    assert said.code == 1
    assert all(f"{county}：读取 s3://province/ledgers/county={county}" in said.err
               for county in COUNTIES)  # fmt: skip
    assert "没有列出、读取的权限" in said.err
    assert not (tmp_path / "out" / "ledgers").exists()


Quiet = Callable[[tuple[str, str] | None, str], Said]


@pytest.fixture
def quiet(
    lxgeo: Run,
    bucket: Bucket,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> Quiet:
    """Return a function that plans as a user from an address, and holds all against the keys."""
    caplog.set_level(logging.DEBUG)

    def run(pair: tuple[str, str] | None, address: str) -> Said:
        ask_as(monkeypatch, bucket, pair)
        asked = ("plan", address, "--areas", tmp_path, "--by-county", "--name", "r")
        said = lxgeo(*asked, "--out", tmp_path)
        secrets = spellings([_SECRET, bucket.keys["reader"][1]])
        for text in (said.out, said.err, caplog.text):
            assert [secret for secret in secrets if secret in text] == []
        assert "Traceback" not in said.err
        assert holding(tmp_path, secrets) == set()
        return said

    return run


_SECRET = "marked/secret%2Fkey"  # noqa: S105 - opens nothing
_OF_NOBODY = ("AKIANOBODY0000000000", _SECRET)


@pytest.mark.parametrize(
    ("pair", "address", "told"),
    [
        (None, f"s3://{BUCKET}/ledgers", "没有访问凭据"),
        (("AKIAHALF000000000000", ""), f"s3://{BUCKET}/ledgers", "没有访问凭据"),
        (_OF_NOBODY, f"s3://{BUCKET}/ledgers", "凭据不被接受"),
        (("reader", _SECRET), f"s3://{BUCKET}/ledgers", "凭据不被接受"),
        (("reader", ""), "s3://no-such-bucket/ledgers", "没有这个存储桶"),
        (("reader", ""), f"s3://{BUCKET}/nothing", "没有按县存放的文件"),
        (("reader", ""), "s3://No_Bucket!/ledgers", "地址写法不对"),
        (_OF_NOBODY, f"s3://AKIA:{_SECRET}@{BUCKET}/ledgers", "密钥不要写在地址里"),
    ],
)
def test_why_a_bucket_does_not_answer_is_told(
    quiet: Quiet, bucket: Bucket, pair: tuple[str, str] | None, address: str, told: str
) -> None:
    """One sentence on what to do, in both languages; no key in it, in the log, or anywhere."""
    if pair is not None and pair[0] == "reader":
        key, secret = bucket.keys["reader"]
        pair = key, pair[1] or secret
    said = quiet(pair, address)
    with pytest.raises(LxgeoError) as refused:
        find_partitions(address)

    ours = told in {"没有按县存放的文件", "密钥不要写在地址里"}
    assert said.code == (1 if ours else 3)
    assert told in said.err
    for secret in spellings([_SECRET, bucket.keys["reader"][1]]):
        assert secret not in refused.value.in_words("en")
    assert type(refused.value) is (InputError if ours else ServiceError)
    assert refused.value.__suppress_context__ is not ours, "what the driver said hangs on it"


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("http://127.0.0.1:9", "连接不上"),
        (f"http://u:{_SECRET}@127.0.0.1:9", "地址写法不对"),
    ],
)
def test_a_service_that_is_not_there_is_told(
    bucket: Bucket, monkeypatch: pytest.MonkeyPatch, url: str, told: str
) -> None:
    """Nobody listens on port 9: no connection, and what stands in its address is not said."""
    ask_as(monkeypatch, Bucket(url, {}), bucket.keys["reader"])
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    with pytest.raises(ServiceError) as refused:
        find_partitions(f"s3://{BUCKET}/ledgers")

    said = refused.value.in_words("zh") + refused.value.in_words("en")
    assert told in said
    assert "marked" not in said
