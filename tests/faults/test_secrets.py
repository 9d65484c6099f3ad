"""Secrets stand where they are needed and nowhere else: no file, no message, no log."""

from __future__ import annotations

import csv
import logging
from pathlib import Path

import psycopg
import pytest
from geo_server import Params, Sent, addresses_of, amap, amap_place, geo_server
from postgres import Server
from psycopg import sql
from told import holding, spellings

from command import Run
from town import build_town

KEY, PASSWORD, TILES = "geocoderkey" * 3, "databasepassword%2F", "tileskey" * 4
SECRETS = spellings((KEY, PASSWORD, TILES))


def answered(_: str, params: Params) -> Sent:
    """Answer every address, and repeat the key as a careless service would."""
    places = (amap_place(f"{each}{KEY}", "105.0,37.9") for each in addresses_of(params))
    return amap(*places)


@pytest.fixture
def ledger(server: Server, tmp_path: Path) -> str:
    """Return the URL, password and all, of the town's ledger in a database."""
    with psycopg.connect(f"postgresql://postgres@127.0.0.1:{server.port}/lxgeo") as base:
        base.execute("DROP TABLE IF EXISTS secret_roll")
        base.execute("DROP ROLE IF EXISTS locked")
        base.execute(
            sql.SQL("CREATE ROLE locked LOGIN PASSWORD {}").format(PASSWORD.replace("%2F", "/"))
        )
        with build_town(tmp_path).ledger.open(encoding="utf-8-sig", newline="") as file:
            header, *rows = csv.reader(file)
        columns = sql.SQL(", ").join(sql.SQL("{} text").format(sql.Identifier(h)) for h in header)
        base.execute(sql.SQL("CREATE TABLE secret_roll ({})").format(columns))
        with base.cursor().copy("COPY secret_roll FROM STDIN") as stream:
            for row in rows:
                stream.write_row(row)
        base.execute("UPDATE secret_roll SET address = '甲街道和平巷9号' WHERE unit_id = 'U9'")
        base.execute("GRANT SELECT ON secret_roll TO locked")
    return f"postgresql://locked:{PASSWORD}@127.0.0.1:{server.port}/lxgeo?table=secret_roll"


@pytest.mark.postgis
def test_secrets_are_in_no_output_and_no_log(
    lxgeo: Run,
    ledger: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A plan with a database's password, a geocoder's and a map's key: the map's alone is told.

    It must stand in the map, for the browser fetches tiles with it, and the command says so.
    """
    caplog.set_level(logging.DEBUG)
    out = tmp_path / "out"
    for name, value in {"AMAP_KEY": KEY, "TILES_KEY": TILES, "AMAP_PER_SECOND": "1000"}.items():
        monkeypatch.setenv(f"LXGEO_{name}", value)
    asked = ("plan", ledger, "--areas", tmp_path / "areas", "--out", out, "--name", "r")
    with geo_server(answered) as service:
        monkeypatch.setenv("LXGEO_AMAP_URL", service.url)
        said = lxgeo(*asked, "--geocoder", "amap", "--allow-upload", "--tiles", "tianditu")
        assert said.code == 0, said.err
        assert service.addresses == ["甲街道和平巷9号"]

    later = [
        ("check", ledger, "--report", out / "check.xlsx"),
        ("verify", out / "r", "--output", out / "verified.json"),
        ("export", out / "r", "--format", "shp"),
        ("export", out / "r", "--format", "gpkg"),
        ("publish", out / "r", "--public"),
        ("diff", out / "r", out / "r", "--output", out / "changes.xlsx"),
        ("site", out / "r", "--centres", "1"),
        ("instructors", out / "r", "--capacity", "3"),
    ]
    words = said.out + said.err
    for command in later:
        said = lxgeo(*command)
        assert (said.code, said.err) == (0, ""), command
        words += said.out

    assert holding(out, SECRETS) == {("maps/r.html", TILES)}
    assert "密钥" in words
    for secret in SECRETS:
        assert secret not in words + caplog.text


@pytest.mark.parametrize(
    "args",
    [
        ("plan", f"postgresql://u:{PASSWORD}@127.0.0.1:9/d?table=t", "--areas", "."),
        ("plan", f"postgresql://u:{PASSWORD}@127.0.0.1:9/d", "--areas", "."),
        ("export", "no-run", "--format", f"postgresql://u:{PASSWORD}@127.0.0.1:9/d"),
        ("check", f"postgresql://u:{PASSWORD}@127.0.0.1:9/d?table=t"),
    ],
)
def test_a_password_is_in_no_error(lxgeo: Run, args: tuple[str, ...]) -> None:
    """Nothing listens on port 9, no table is named, no run is there: told without it."""
    said = lxgeo(*args)

    assert said.code != 0
    assert said.err
    for secret in SECRETS:
        assert secret not in said.out + said.err
