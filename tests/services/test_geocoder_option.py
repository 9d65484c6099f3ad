"""``--geocoder NAME --allow-upload`` from end to end: the nine-unit town and a service at hand."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from geo_server import GeoServer, Params, Sent, addresses_of, amap, amap_fault, amap_place
from geo_server import geo_server as serving

from command import Run
from lxgeo.geo import from_wgs84
from lxgeo.model import Datum
from lxgeo.services.geocoders.online import Online
from town import build_town, lonlat

NINTH = "甲某咨询中心"
ADDRESS = "甲街道和平巷9号"
DOOR = lonlat(700, 700)
TENTH_OF_A_METRE = 1e-6
QUOTA_USED_UP = "10044"


def door(_: str, params: Params) -> Sent:
    """Answer every address with the door, in AMap's own datum."""
    lon, lat = from_wgs84(*DOOR, Datum.GCJ02)
    place = f"{float(lon):.7f},{float(lat):.7f}"
    return amap(*(amap_place(each, place) for each in addresses_of(params)))


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set a key and a pace for tests; nothing else of the caller's environment counts."""
    for name in [name for name in os.environ if name.startswith("LXGEO_AMAP")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("LXGEO_AMAP_KEY", "k" * 32)
    monkeypatch.setenv("LXGEO_AMAP_PER_SECOND", "1000")


@pytest.fixture
def amap_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[GeoServer]:
    """Return a service that knows the door, where AMap is looked for."""
    with serving(door) as server:
        monkeypatch.setenv("LXGEO_AMAP_URL", server.url)
        yield server


@pytest.fixture
def asked(tmp_path: Path) -> tuple[object, ...]:
    """Return the ledger and areas of the town, U9's address completed, as arguments."""
    town = build_town(tmp_path)
    text = town.ledger.read_text(encoding="utf-8-sig")
    written = text.replace(f"{NINTH},甲街道", f"{NINTH},{ADDRESS}")
    town.ledger.write_text(written, encoding="utf-8-sig")
    return town.ledger, "--areas", town.areas


UPLOAD = ("--geocoder", "amap", "--allow-upload")


def test_locate_asks_for_what_is_not_known_here(
    lxgeo: Run, asked: tuple[object, ...], amap_server: GeoServer, tmp_path: Path
) -> None:
    """U9 alone has no coordinates: its address leaves, once; answers are kept beside the file."""
    out = tmp_path / "result" / "located.parquet"
    out.parent.mkdir()
    for _ in range(2):
        said = lxgeo("locate", *asked, *UPLOAD, "-o", out)
        assert said.code == 0, said.err
    ninth = gpd.read_parquet(out).set_index("name").loc[NINTH]

    assert amap_server.addresses == [ADDRESS]
    assert ninth["precision"] == "house_number"
    assert (ninth["lon"], ninth["lat"]) == pytest.approx(DOOR, abs=TENTH_OF_A_METRE)
    assert sorted(path.name for path in out.parent.iterdir()) == [".geocoding", out.name]
    assert "再问了一次" not in said.out


def test_plan_asks_and_keeps_answers_below_its_results(
    lxgeo: Run, asked: tuple[object, ...], amap_server: GeoServer, tmp_path: Path
) -> None:
    """U9, not located without it, joins the plan; the run verifies."""
    out = tmp_path / "out"
    said = lxgeo("plan", *asked, *UPLOAD, "--out", out, "--name", "r")
    units = pd.read_csv(out / "r/units.csv", dtype=str, encoding="utf-8-sig").set_index("name")

    assert said.code == 0, said.err
    assert amap_server.addresses == [ADDRESS]
    assert units.loc[NINTH, "outcome"] != "not_located"
    assert (out / ".geocoding" / "geocoding.sqlite").is_file()
    assert lxgeo("verify", out / "r").code == 0
    for name in ("summary.json", "manifest.json"):
        assert json.loads((out / "r" / name).read_text(encoding="utf-8"))["geocoder"] == "amap"


def test_answers_that_an_earlier_version_kept_are_used_on(
    lxgeo: Run, asked: tuple[object, ...], amap_server: GeoServer, tmp_path: Path
) -> None:
    """They stood in ``geocoding``: nothing is asked again, and no second cache is begun."""
    out = tmp_path / "result" / "located.parquet"
    out.parent.mkdir()
    lxgeo("locate", *asked, *UPLOAD, "-o", out)
    (out.parent / ".geocoding").rename(out.parent / "geocoding")
    said = lxgeo("locate", *asked, *UPLOAD, "-o", out)

    assert said.code == 0, said.err
    assert amap_server.addresses == [ADDRESS]
    assert sorted(path.name for path in out.parent.iterdir()) == ["geocoding", out.name]


@pytest.mark.parametrize("command", ["plan", "locate"])
def test_nothing_leaves_without_consent(
    lxgeo: Run, asked: tuple[object, ...], amap_server: GeoServer, tmp_path: Path, command: str
) -> None:
    """Exit 1, what would leave and how to allow it, and nothing asked, nothing written."""
    where = ("--out", tmp_path / "out") if command == "plan" else ("-o", tmp_path / "out")
    said = lxgeo(command, *asked, "--geocoder", "amap", *where)

    assert said.code == 1
    assert "--allow-upload" in said.err
    assert amap_server.requests == []
    assert not (tmp_path / "out").exists()
    assert not (tmp_path / ".geocoding").exists()


@pytest.mark.parametrize(
    ("more", "words"),
    [((), "--allow-upload 要和 --geocoder 一起用"), (("--lang", "en"), "say to whom")],
)
def test_consent_to_nobody_is_wrong_usage(
    lxgeo: Run, asked: tuple[object, ...], tmp_path: Path, more: tuple[str, ...], words: str
) -> None:
    """Exit 2 in the language of the call, and where to read on."""
    said = lxgeo("locate", *asked, "--allow-upload", *more, "-o", tmp_path / "out")

    assert said.code == 2
    assert words in said.err
    assert "lxgeo locate --help" in said.err


def test_an_unknown_geocoder_is_told_with_those_that_there_are(
    lxgeo: Run, asked: tuple[object, ...], tmp_path: Path
) -> None:
    """Exit 1 and the name that was probably meant."""
    said = lxgeo("locate", *asked, "--geocoder", "amp", "--allow-upload", "-o", tmp_path / "out")

    assert said.code == 1
    assert "没有名为 amp 的地理编码服务，是否为 amap？现有：amap、" in said.err
    assert "tianditu" in said.err


def test_a_used_up_quota_is_a_failed_service(
    lxgeo: Run, asked: tuple[object, ...], amap_server: GeoServer, tmp_path: Path
) -> None:
    """Exit 3, and no result that leaves units out as if they had been asked for."""
    amap_server.reply = lambda _path, _params: amap_fault(QUOTA_USED_UP)
    said = lxgeo("plan", *asked, *UPLOAD, "--out", tmp_path / "out", "--name", "r")

    assert said.code == 3
    assert "配额" in said.err
    assert not (tmp_path / "out" / "r").exists()


def test_what_was_asked_twice_is_told(
    lxgeo: Run,
    asked: tuple[object, ...],
    amap_server: GeoServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Ten addresses were under way when an earlier courier was killed."""
    monkeypatch.setattr(Online, "geocode", ten_again)
    said = lxgeo("locate", *asked, *UPLOAD, "-o", tmp_path / "located.parquet")

    assert said.code == 0, said.err
    assert amap_server.requests == []
    assert "10 个地址再问了一次" in said.out


def ten_again(self: Online, addresses: list[str]) -> list[None]:
    """Stand in for a geocoder that had to ask ten addresses again and found none."""
    self.asked_again = 10
    return [None] * len(addresses)


@pytest.mark.parametrize("command", ["plan", "locate"])
def test_help_tells_what_leaves(lxgeo: Run, command: str) -> None:
    """In both languages."""
    assert "默认不发" in lxgeo(command, "--help").out
    assert "off by default" in lxgeo(command, "--lang", "en", "--help").out
