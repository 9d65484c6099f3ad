"""``lxgeo fetch-osm``: a file at hand, a place, a server that fails."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from osm_server import PLACE, OsmServer, serving

from command import Run
from lxgeo.read import read_areas
from lxgeo.services.osm import Server

EXTRACT = """<osm version="0.6">
<node id="1" lat="38.60" lon="104.00"/><node id="2" lat="38.60" lon="104.02"/>
<node id="3" lat="38.62" lon="104.02"/><node id="4" lat="38.62" lon="104.00"/>
<way id="1"><nd ref="1"/><nd ref="2"/><nd ref="3"/><nd ref="4"/><nd ref="1"/></way>
<relation id="1"><member type="way" ref="1" role="outer"/><tag k="type" v="boundary"/>
<tag k="boundary" v="administrative"/><tag k="admin_level" v="8"/><tag k="name" v="溪云街道"/>
</relation></osm>"""


@pytest.fixture
def osm(monkeypatch: pytest.MonkeyPatch) -> Iterator[OsmServer]:
    """Return a server in the place of the public ones; OSMnx does not wait between questions."""
    monkeypatch.setattr("time.sleep", lambda _: None)
    with serving() as server:
        asked = Server(server.url, server.url, rate_limit=False, timeout_s=5, patience=0)
        monkeypatch.setattr("lxgeo.services.osm.Server", lambda: asked)
        yield server


def test_a_file_at_hand_becomes_areas(lxgeo: Run, tmp_path: Path) -> None:
    """One township, counted on the terminal; the folder opens as areas do."""
    (tmp_path / "区.osm").write_text(EXTRACT, encoding="utf-8")
    said = lxgeo("fetch-osm", tmp_path / "区.osm", "-o", tmp_path / "areas")

    assert said.code == 0, said.err
    assert ["townships", "1"] in [line.split() for line in said.out.splitlines()]
    assert "OpenStreetMap contributors" in said.out
    assert str(tmp_path / "areas") in said.out
    assert read_areas(tmp_path / "areas").townships["name"].tolist() == ["溪云街道"]


def test_a_place_is_fetched(lxgeo: Run, osm: OsmServer, tmp_path: Path) -> None:
    """The layers of the place, counted; said in English when asked."""
    said = lxgeo("fetch-osm", PLACE, "-o", tmp_path / "areas", "--lang", "en")
    rows = [line.split() for line in said.out.splitlines()]

    assert said.code == 0, said.err
    assert ["layer", "features"] in rows
    assert ["gazetteer", "3"] in rows
    assert (tmp_path / "areas" / "roads.graphml").is_file()
    assert osm.asked[0] == f"search {PLACE}"


def test_a_server_that_fails_is_exit_3_and_the_command_goes_on(
    lxgeo: Run, osm: OsmServer, tmp_path: Path
) -> None:
    """The fourth question fails: told, no folder; the same command asks that one and the rest."""
    osm.upset = lambda number: (500, "{}") if number == 4 else None
    command = ("fetch-osm", PLACE, "-o", tmp_path / "areas")
    failed = lxgeo(*command)

    assert failed.code == 3
    assert "同一命令" in failed.err
    assert not (tmp_path / "areas").exists()
    assert lxgeo(*command).code == 0
    assert osm.asked[3] == osm.asked[4]


def test_no_such_place_and_a_folder_in_the_way_are_exit_1(
    lxgeo: Run, osm: OsmServer, tmp_path: Path
) -> None:
    """Each is told by name; what stands in the way is kept, and nobody is asked."""
    nowhere = lxgeo("fetch-osm", "无此地", "-o", tmp_path / "areas")
    asked = len(osm.asked)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "a.txt").write_text("a", encoding="utf-8")
    taken = lxgeo("fetch-osm", PLACE, "-o", tmp_path / "mine")

    assert (nowhere.code, taken.code) == (1, 1)
    assert "无此地" in nowhere.err
    assert "不会覆盖" in taken.err
    assert (tmp_path / "mine" / "a.txt").read_text(encoding="utf-8") == "a"
    assert len(osm.asked) == asked


def test_a_folder_must_be_named(lxgeo: Run) -> None:
    """Without -o it is wrong usage."""
    assert lxgeo("fetch-osm", PLACE).code == 2
