"""The walking network of an areas folder: from either kind of file, and from its cache."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import osmnx as ox
import pytest
from osm_text import OsmText

from lxgeo.demo.write import ROADS_FILE
from lxgeo.errors import AreasError
from lxgeo.read.roads import read_roads, read_walk_graph

DEMO = Path(__file__).resolve().parents[2] / "data" / "boundaries" / "demo"
WEST, MIDDLE, EAST, NORTH = (104.0, 38.6), (104.01, 38.6), (104.03, 38.6), (104.01, 38.62)


def write(folder: Path, text: OsmText, name: str = "roads.osm") -> Path:
    """Write a road file and return its folder."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text.text(), encoding="utf-8")
    return folder


def streets() -> OsmText:
    """Return a street with a lane, a motorway beside them, and a path that leads nowhere."""
    text = OsmText()
    text.way([WEST, MIDDLE, EAST], highway="residential", name="人民路")
    text.way([MIDDLE, NORTH], highway="footway")
    text.way([EAST, NORTH], highway="motorway", name="绕城高速")
    text.way([(104.1, 38.6), (104.1, 38.601)], highway="path")
    text.way([(104.2, 38.6), (104.2, 38.7)], building="yes", name="创业大厦")
    return text


def test_one_walks_streets_and_lanes_but_no_motorways(tmp_path: Path) -> None:
    """Three edges; the motorway keeps its name; 111 m of path in the fields are no network."""
    folder = write(tmp_path, streets())
    graph, notes = read_walk_graph(folder)
    roads, told = read_roads(folder)

    assert graph is not None
    assert (len(graph), len(graph.metres)) == (4, 3)
    assert roads["name"].tolist() == ["人民路", "绕城高速"]
    assert told == ("roads.osm：4 段道路，2 段没有名称",)
    assert [each.zh for each in notes] == [
        "步行路网：4 个路口，3 段，5 公里",  # 0.87 + 1.74 + 2.22 km
        "步行路网：略去 1 处与其他道路不连通、不足 1 公里的小路",
    ]
    assert notes[0].en == "walking network: 4 crossings, 3 stretches, 5 km"


def test_parts_that_are_great_enough_stay_and_are_told(tmp_path: Path) -> None:
    """A second village without a road to the first: kept, and said."""
    text = streets()
    text.way([(104.5, 38.6), (104.52, 38.6)], highway="residential")

    assert read_walk_graph(write(tmp_path, text))[1][-1].zh == (
        "步行路网：分为互不连通的 2 部分，彼此走不到"
    )


def test_several_files_meet_where_their_coordinates_do(tmp_path: Path) -> None:
    """The numbers of two files mean nothing to each other; their places do."""
    east = OsmText()
    east.way([EAST, (104.05, 38.6)], highway="residential")
    write(tmp_path, streets(), "roads_a.osm")
    graph, _ = read_walk_graph(write(tmp_path, east, "roads_b.osm"))

    assert graph is not None
    assert len(graph.component_metres) == 1
    assert graph.metres.sum() == pytest.approx(871 + 1741 + 2220 + 1741, abs=20)


def test_no_road_file_no_network(tmp_path: Path) -> None:
    """And nothing to tell."""
    assert read_walk_graph(tmp_path) == (None, ())


def test_graphml_gives_the_same_network_as_osm(tmp_path: Path) -> None:
    """OSMnx's simplified graph and the file it came from: the same streets, the same distances."""
    graph = ox.graph_from_xml(DEMO / ROADS_FILE, simplify=True, retain_all=True)
    ox.save_graphml(graph, tmp_path / "roads.graphml")
    theirs, _ = read_walk_graph(tmp_path)
    ours, _ = read_walk_graph(DEMO)
    random = np.random.default_rng(5)
    lon, lat = 104 + random.uniform(-0.02, 0.02, 80), 38.6 + random.uniform(-0.02, 0.02, 80)

    assert ours is not None
    assert theirs is not None
    assert len(theirs) == len(ours)
    one, other = ours.distances(lon, lat, 1500), theirs.distances(lon, lat, 1500)
    assert one.nnz == other.nnz > 500
    assert abs(one - other).max() <= 0.002
    assert read_roads(tmp_path)[0]["name"].tolist() == read_roads(DEMO)[0]["name"].tolist()


def test_projected_graphml_is_brought_back_to_degrees(tmp_path: Path) -> None:
    """A graph that OSMnx has projected says so, and lies where it lay."""
    folder = write(tmp_path / "osm", streets())
    graph = ox.project_graph(ox.graph_from_xml(folder / "roads.osm", retain_all=True))
    ox.save_graphml(graph, tmp_path / "roads.graphml")
    roads, _ = read_roads(tmp_path)

    assert roads.set_index("name").geometry["绕城高速"].bounds == pytest.approx(
        (104.01, 38.6, 104.03, 38.62), abs=1e-6
    )


def test_streets_of_several_names_go_by_each(tmp_path: Path) -> None:
    """Where OSMnx merged two streets, the edge has a list of names."""
    edge = '<edge source="1" target="2"><data key="n">{}</data></edge>'
    node = '<node id="{}"><data key="x">{}</data><data key="y">38.6</data></node>'
    keys = "".join(f'<key id="{k}" for="edge" attr.name="{v}"/>' for k, v in
                   (("n", "name"), ("x", "x"), ("y", "y")))  # fmt: skip
    names = ("['人民路', '胜利路']", "[broken", "[1, 2]", "人民路")
    text = "".join(map(edge.format, names)) + node.format(1, 104) + node.format(2, 104.1)
    (tmp_path / "roads.graphml").write_text(
        f'<graphml xmlns="http://graphml.graphdrawing.org/xmlns">{keys}<graph>{text}</graph></graphml>',
        encoding="utf-8",
    )

    assert read_roads(tmp_path)[0]["name"].tolist() == ["[broken", "人民路", "胜利路"]


@pytest.mark.parametrize(
    "text",
    [
        "<graphml><graph><node id='1'/></graph></graphml>",
        "<graphml><graph><edge source='1' target='2'/></graph></graphml>",
        "<!DOCTYPE g [<!ENTITY a 'b'>]><graphml>&a;</graphml>",
        "<graphml",
    ],
)
def test_broken_graphml_is_a_fault_in_words(text: str, tmp_path: Path) -> None:
    """Nodes that are nowhere, edges between nobody, entities, half a file."""
    (tmp_path / "roads.graphml").write_text(text, encoding="utf-8")

    with pytest.raises(AreasError, match=r"roads\.graphml：.*重新导出"):
        read_walk_graph(tmp_path)


def test_the_cache_is_by_what_the_files_hold(tmp_path: Path) -> None:
    """The second reading takes the arrays; another file, or a torn cache, is read anew."""
    folder, cache = write(tmp_path / "areas", streets()), tmp_path / "cache"
    first, _ = read_walk_graph(folder, cache=cache)
    again, notes = read_walk_graph(folder, cache=cache)

    assert first is not None
    assert again is not None
    assert [each.zh for each in notes] == ["步行路网：4 个路口，取自缓存"]
    for name, array in first.to_arrays().items():
        assert np.array_equal(array, again.to_arrays()[name])

    kept = next(cache.iterdir())
    kept.write_bytes(kept.read_bytes()[:700])
    assert read_walk_graph(folder, cache=cache)[1][0].zh == "步行路网：4 个路口，3 段，5 公里"

    text = streets()
    text.way([NORTH, (104.01, 38.63)], highway="steps")
    write(folder, text)
    assert read_walk_graph(folder, cache=cache)[1][0].zh == "步行路网：4 个路口，3 段，6 公里"
    assert len(list(cache.iterdir())) == 2


def test_a_cache_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """The network is there all the same."""
    folder = write(tmp_path / "areas", streets())
    (tmp_path / "cache").write_text("a file, no folder")
    graph, notes = read_walk_graph(folder, cache=tmp_path / "cache")

    assert graph is not None
    assert notes[-1].zh.startswith("步行路网：无法写入缓存")
