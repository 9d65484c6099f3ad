"""Fetching a district from OpenStreetMap's servers, and going on after they failed."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from osm_server import PLACE, OsmServer, serving
from osmnx import settings

from lxgeo.errors import InputError, ServiceError, Words
from lxgeo.geo.barriers import crosses
from lxgeo.read import read_areas
from lxgeo.read.roads import read_walk_graph
from lxgeo.scenario.openstreetmap import openstreetmap
from lxgeo.services.osm import Server, fetch_osm
from lxgeo.services.osm_folder import ATTRIBUTION_FILE

QUESTIONS = 7
"""The place, five kinds of things, the network."""


@pytest.fixture
def osm(monkeypatch: pytest.MonkeyPatch) -> Iterator[OsmServer]:
    """Return a server; OSMnx does not wait between questions."""
    monkeypatch.setattr("time.sleep", lambda _: None)
    with serving() as server:
        yield server


def asking(osm: OsmServer, patience: int = 0) -> Server:
    """Return where to ask."""
    return Server(osm.url, osm.url, rate_limit=False, timeout_s=5, patience=patience)


def test_a_place_becomes_an_areas_folder(osm: OsmServer, tmp_path: Path) -> None:
    """Its layers open as areas do; the township next door is left out; the source is named."""
    told: list[Words] = []
    folder = tmp_path / "areas"
    found = fetch_osm(PLACE, folder, progress=told.append, server=asking(osm))
    areas = read_areas(folder)
    graph, _ = read_walk_graph(folder)

    assert found.place == "云溪区, 岚川市, 中国"
    assert found.counts == {
        "townships": 1, "villages": 0, "parks": 1, "buildings": 1, "barriers": 1, "gazetteer": 3,
    }  # fmt: skip
    assert areas.townships["name"].tolist() == ["溪云街道"]
    assert areas.parks["name"].tolist() == ["云溪软件园"]
    assert areas.buildings[["name", "address"]].to_numpy().tolist() == [["创业大厦", "人民路8号"]]
    assert areas.roads["name"].tolist() == ["人民路", "胜利路"]
    assert graph is not None
    assert graph.metres.sum() == pytest.approx(1393, abs=5)  # 0.016° at 38.61° N
    assert "Open Database License" in (folder / ATTRIBUTION_FILE).read_text(encoding="utf-8")
    assert [words.zh for words in told][:2] == ["查找地名", "下载行政边界"]
    assert len(osm.asked) == QUESTIONS


def test_the_river_is_open_where_a_street_crosses_it(osm: OsmServer, tmp_path: Path) -> None:
    """胜利路 leads across at 38.61; 500 m south of it nobody gets across."""
    barriers = fetch_osm(PLACE, tmp_path / "areas", server=asking(osm)).layers["barriers"]
    lat = [38.61, 38.6055]

    assert crosses([104.01] * 2, lat, [104.018] * 2, lat, barriers).tolist() == [False, True]


def test_what_was_fetched_is_not_asked_again(osm: OsmServer, tmp_path: Path) -> None:
    """The fourth question fails; the same command asks that one and the rest."""
    osm.upset = lambda number: (500, "{}") if number == 4 else None
    folder = tmp_path / "areas"
    with pytest.raises(ServiceError, match=r"HTTP 500.*\.areas\.osm-cache.*同一命令"):
        fetch_osm(PLACE, folder, server=asking(osm))
    assert not folder.exists()
    assert [path.name for path in tmp_path.iterdir()] == [".areas.osm-cache"]

    fetch_osm(PLACE, folder, server=asking(osm))
    assert len(osm.asked) == 4 + (QUESTIONS - 3)
    assert osm.asked[3] == osm.asked[4]

    fetch_osm(PLACE, folder, server=asking(osm))
    assert len(osm.asked) == 4 + (QUESTIONS - 3)


def test_a_torn_answer_is_asked_again(osm: OsmServer, tmp_path: Path) -> None:
    """A process killed while it wrote leaves half a file: it is dropped, the others stay."""
    fetch_osm(PLACE, tmp_path / "areas", server=asking(osm))
    kept = sorted((tmp_path / ".areas.osm-cache").iterdir(), key=lambda path: path.stat().st_size)
    kept[-1].write_bytes(kept[-1].read_bytes()[:-20])
    fetch_osm(PLACE, tmp_path / "areas", server=asking(osm))

    assert len(osm.asked) == QUESTIONS + 1


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ((429, "{}"), "HTTP 429"),
        ((504, "busy"), "HTTP 504"),
        ((403, "<html>no</html>"), "HTTP 403"),
        ((200, "<html>maintenance</html>"), "no JSON"),
        ((200, '{"elements": [], "remark": "runtime error: Query timed out"}'), "remark"),
    ],
)
def test_no_answer_is_a_failed_service(
    osm: OsmServer, tmp_path: Path, answer: tuple[int, str], why: str
) -> None:
    """Too busy, refused, a page of HTML, a query given up half-way: told, nothing written."""
    osm.upset = lambda number: answer if number >= 3 else None

    with pytest.raises(ServiceError, match=why):
        fetch_osm(PLACE, tmp_path / "areas", server=asking(osm))
    assert not (tmp_path / "areas").exists()


def test_too_busy_is_waited_for(osm: OsmServer, tmp_path: Path) -> None:
    """Twice 429, then an answer: within the patience of three."""
    osm.upset = lambda number: (429, "{}") if number in {3, 4} else None
    fetch_osm(PLACE, tmp_path / "areas", server=asking(osm, patience=3))

    assert len(osm.asked) == QUESTIONS + 2


def test_no_connection_is_a_failed_service(tmp_path: Path) -> None:
    """Nobody listens there."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"

        with pytest.raises(ServiceError, match="ConnectionError"):
            fetch_osm(PLACE, tmp_path / "areas", server=Server(url, url, rate_limit=False))


def test_a_place_that_nobody_knows_is_the_callers_fault(osm: OsmServer, tmp_path: Path) -> None:
    """An input error with what to do, not a failed service."""
    with pytest.raises(InputError, match="没有名为“无此地”的区域"):
        fetch_osm("无此地", tmp_path / "areas", server=asking(osm))


def test_osmnx_and_the_resolver_are_left_as_they_were(osm: OsmServer, tmp_path: Path) -> None:
    """Also after a failure: the library's settings are its users' own."""
    before = {name: getattr(settings, name) for name in dir(settings) if name.islower()}
    resolver = socket.getaddrinfo
    osm.upset = lambda number: (500, "{}") if number == 5 else None
    with pytest.raises(ServiceError):
        fetch_osm(PLACE, tmp_path / "areas", server=asking(osm))

    assert {name: getattr(settings, name) for name in dir(settings) if name.islower()} == before
    assert socket.getaddrinfo is resolver


def test_folders_of_others_are_kept_and_ours_replaced(osm: OsmServer, tmp_path: Path) -> None:
    """A file of somebody's in the way is told; an older fetch goes whole."""
    folder = tmp_path / "areas"
    folder.mkdir()
    (folder / "ledger.xlsx").write_text("mine")
    with pytest.raises(InputError, match="不是由 fetch-osm 生成"):
        fetch_osm(PLACE, folder, server=asking(osm))
    assert (folder / "ledger.xlsx").read_text() == "mine"
    assert osm.asked == []

    (folder / "ledger.xlsx").unlink()
    fetch_osm(PLACE, folder, server=asking(osm))
    (folder / "venues.gpkg").write_text("of an older fetch")
    fetch_osm(PLACE, folder, server=asking(osm))
    assert not (folder / "venues.gpkg").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == [".areas.osm-cache", "areas"]


def test_a_file_at_hand_needs_no_network(tmp_path: Path) -> None:
    """The same folder from a ``.osm`` file; its roads are the file itself."""
    corners = ((104.0, 38.6), (104.02, 38.6), (104.02, 38.62), (104.0, 38.62))
    nodes = "".join(f'<node id="{k}" lat="{y}" lon="{x}"/>' for k, (x, y) in enumerate(corners, 1))
    refs = "".join(f'<nd ref="{k}"/>' for k in (1, 2, 3, 4, 1))
    said = {"boundary": "administrative", "admin_level": "8", "name": "溪云街道"}
    tags = "".join(f'<tag k="{key}" v="{value}"/>' for key, value in said.items())
    path = tmp_path / "town.osm"
    path.write_text(
        f'<osm>{nodes}<way id="1">{refs}{tags}</way></osm>',
        encoding="utf-8",
    )
    found = openstreetmap(str(path), tmp_path / "areas")

    assert found.counts["townships"] == 1
    assert read_areas(tmp_path / "areas").townships["name"].tolist() == ["溪云街道"]
    assert (tmp_path / "areas" / "roads.osm").read_bytes() == path.read_bytes()
