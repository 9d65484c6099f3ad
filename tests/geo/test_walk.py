"""Walking metres: what they count, what they leave out, and that they are the shortest."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
import shapely
from numpy.random import default_rng
from plane_streets import XY, degrees, lines

from lxgeo.geo import walk
from lxgeo.geo.walk import WalkGraph

CM = 0.03
"""Places are written to a centimetre; a distance has two of them."""

CROSS = lines([(0, 0), (100, 0), (300, 0)], [(100, 0), (100, 50)])
"""A street of 300 m, and a lane of 50 m that leaves it 100 m from its western end."""


def metres(graph: WalkGraph, places: list[XY], limit_m: float = 2000) -> np.ndarray:
    """Return the distances, out of reach as NaN."""
    found = graph.distances(*degrees(places), limit_m).tocoo()
    table = np.full(found.shape, np.nan)
    table[found.row, found.col] = found.data
    return table


def test_one_walks_round_the_corner() -> None:
    """From the western end to the end of the lane: 100 + 50 m, though it is 112 m as birds fly."""
    graph = WalkGraph.of_lines(CROSS)

    assert metres(graph, [(0, 0), (100, 50)])[0, 1] == pytest.approx(150, abs=CM)


def test_bends_are_no_junctions() -> None:
    """Four nodes: three ends and the corner; the ring's only node is one of its own."""
    ring = lines([(0, 500), (50, 500), (50, 550), (0, 550), (0, 500)])
    graph = WalkGraph.of_lines(np.concatenate([CROSS, ring]))

    assert len(WalkGraph.of_lines(CROSS)) == 4
    assert len(graph) == 5
    assert sorted(graph.metres.round(0)) == [50, 100, 200, 200]


def test_a_place_off_the_street_walks_straight_to_it_first() -> None:
    """10 m to the street, 60 m along it, 20 m from it: 90 m."""
    graph = WalkGraph.of_lines(CROSS)

    assert metres(graph, [(20, 10), (80, -20)])[0, 1] == pytest.approx(90, abs=CM)


def test_two_doors_of_one_street_do_not_go_to_its_end() -> None:
    """Along the edge that they share: 250 - 150 m."""
    graph = WalkGraph.of_lines(CROSS)

    assert metres(graph, [(150, 0), (250, 0)])[0, 1] == pytest.approx(100, abs=CM)


def test_a_ring_is_walked_the_shorter_way() -> None:
    """Round a block of 4 x 100 m, from 10 m after its beginning to 10 m before it: 20 m."""
    ring = lines([(0, 0), (100, 0), (100, 100), (0, 100), (0, 0)])
    graph = WalkGraph.of_lines(ring)

    found = metres(graph, [(10, 0), (0, 10), (100, 100)])
    assert found[0, 1] == pytest.approx(20, abs=CM)
    assert found[0, 2] == pytest.approx(190, abs=CM)


def test_neighbours_far_from_any_road_walk_straight() -> None:
    """Two houses 8 m apart and 30 m from the road do not go out to it and back in."""
    graph = WalkGraph.of_lines(CROSS)

    assert metres(graph, [(150, 30), (158, 30)])[0, 1] == pytest.approx(8, abs=CM)


def test_houses_on_both_sides_of_a_road_walk_by_the_road() -> None:
    """30 m off either side, 100 m on: 30 + 100 + 30 m; straight it would be 117 m."""
    graph = WalkGraph.of_lines(CROSS)

    assert metres(graph, [(150, 30), (250, -30)])[0, 1] == pytest.approx(160, abs=CM)


def test_the_limit_itself_is_within_reach() -> None:
    """To the millimetre: what is found at 150 m is found so far, and not 1 mm nearer."""
    graph = WalkGraph.of_lines(CROSS)
    places: list[XY] = [(0, 0), (100, 50)]
    far = metres(graph, places)[0, 1]

    assert metres(graph, places, far)[0, 1] == far
    assert np.isnan(metres(graph, places, far - 0.001)[0, 1])


def test_parts_that_do_not_hang_together_are_told_and_out_of_reach() -> None:
    """A street 5 m beside another one: nobody gets across; the longer one is part 0."""
    graph = WalkGraph.of_lines(lines([(0, 0), (100, 0)], [(0, 5), (300, 5)]))

    assert np.isnan(metres(graph, [(0, 0), (100, 5)])[0, 1])
    assert graph.component_metres == pytest.approx([300, 100], abs=CM)
    assert sorted(graph.component.tolist()) == [0, 0, 1, 1]


def test_scraps_go_and_the_greatest_part_stays() -> None:
    """A path of 100 m goes where 200 m are asked for; of a network of scraps one is left."""
    graph = WalkGraph.of_lines(lines([(0, 0), (100, 0)], [(0, 5), (300, 5)]))

    assert graph.without_scraps(200).metres == pytest.approx([300], abs=CM)
    assert graph.without_scraps(9_000).metres == pytest.approx([300], abs=CM)
    assert metres(graph.without_scraps(200), [(0, 0), (100, 5)])[0, 1] == pytest.approx(105, abs=CM)


def test_a_line_that_ends_on_another_joins_it() -> None:
    """Drawn without a common vertex, 20 cm short of the street: it is a junction all the same."""
    graph = WalkGraph.of_lines(lines([(0, 0), (300, 0)], [(100, 0.2), (100, 50)]))

    assert metres(graph, [(0, 0), (100, 50)])[0, 1] == pytest.approx(150, abs=0.3)


def test_lines_that_merely_cross_are_a_bridge() -> None:
    """No common vertex and no end: one passes above the other."""
    graph = WalkGraph.of_lines(lines([(0, 0), (200, 0)], [(100, -90), (100, 90)]))

    assert np.isnan(metres(graph, [(0, 0), (100, 90)])[0, 1])


def test_ways_meet_by_their_vertices_not_by_their_places() -> None:
    """Two nodes at one place are a bridge; a way back along the same vertices adds nothing."""
    lon, lat = degrees([(0, 0), (100, 0), (200, 0), (100, -90), (100, 0), (100, 90)])
    apart = WalkGraph.of_paths(lon, lat, [0, 3, 6, 9], [0, 1, 2, 3, 4, 5, 2, 1, 0])
    joined = WalkGraph.of_paths(lon, lat, [0, 3, 6], [0, 1, 2, 3, 1, 5])

    assert apart.metres == pytest.approx([200, 180], abs=CM)
    assert joined.metres == pytest.approx([100, 100, 90, 90], abs=CM)


def test_places_on_one_spot_and_places_nowhere() -> None:
    """Themselves and their like are stored as 0 m; NaN has an empty row and column."""
    graph = WalkGraph.of_lines(CROSS)
    lon, lat = degrees([(0, 0), (300, 0), (0, 0)])
    found = graph.distances(np.insert(lon, 1, np.nan), np.insert(lat, 1, np.nan), 100)

    assert found.shape == (4, 4)
    assert list(zip(*found.nonzero(), strict=True)) == []
    assert found.indices.tolist() == [0, 3, 2, 0, 3]
    assert found.indptr.tolist() == [0, 2, 2, 3, 5]
    assert found.data.tolist() == [0, 0, 0, 0, 0]


def test_without_a_network_there_is_no_road_between_anybody() -> None:
    """Straight lines are left, within the limit."""
    found = metres(WalkGraph.of_lines([]), [(0, 0), (30, 40), (0, 900)], 100)

    assert found[0, 1] == pytest.approx(50, abs=CM)
    assert np.isnan(found[0, 2])


def test_a_line_of_several_parts_is_as_good_as_its_parts() -> None:
    """Along the first part for 100 m, then up the other line for 50 m."""
    graph = WalkGraph.of_lines([shapely.MultiLineString([CROSS[0]]), CROSS[1]])

    assert metres(graph, [(0, 0), (100, 50)])[0, 1] == pytest.approx(150, abs=CM)


def test_no_limit_is_beyond_what_anybody_walks() -> None:
    """A limit of the whole earth finds what is near, and no sum overflows."""
    graph = WalkGraph.of_lines(CROSS)

    assert metres(graph, [(0, 0), (100, 50)], 4e7)[0, 1] == pytest.approx(150, abs=CM)


def _city(seed: int) -> tuple[WalkGraph, nx.Graph, list[XY]]:
    """Return a town of crooked blocks: for us, for networkx, and its crossings in metres."""
    random = default_rng(seed)
    spots = [
        (90.0 * k + random.uniform(-30, 30), 90.0 * j + random.uniform(-30, 30))
        for j in range(9)
        for k in range(9)
    ]
    pairs = [(9 * j + k, 9 * j + k + 1) for j in range(9) for k in range(8)]
    pairs += [(9 * j + k, 9 * j + k + 9) for j in range(8) for k in range(9)]
    kept = [pair for pair in pairs if random.random() < 0.75]
    theirs = nx.Graph()
    theirs.add_nodes_from(range(81))
    for a, b in kept:
        theirs.add_edge(a, b, weight=float(np.hypot(*np.subtract(spots[a], spots[b]))))
    return WalkGraph.of_lines(lines(*([spots[a], spots[b]] for a, b in kept))), theirs, spots


@pytest.mark.parametrize("seed", range(4))
def test_distances_are_the_shortest_ones(seed: int) -> None:
    """Another library finds the same ones between all crossings, and none that we do not."""
    graph, theirs, spots = _city(seed)
    found = metres(graph, spots, 400)
    ways = dict(nx.all_pairs_dijkstra_path_length(theirs, cutoff=401, weight="weight"))

    sure = 0
    for a in range(81):
        if not theirs[a]:
            continue  # a crossing without streets is a place beside one
        for b in range(81):
            far = ways[a].get(b, np.inf) if theirs[b] else np.nan
            if far < 399.5:
                sure += 1
                assert found[a, b] == pytest.approx(far, abs=0.1)
            elif far > 400.5:
                assert np.isnan(found[a, b])
    assert sure > 1000


@pytest.mark.parametrize("seed", range(3))
def test_doors_anywhere_keep_the_order_of_lengths(seed: int) -> None:
    """The table is symmetric, never shorter than the straight line, and holds the triangle rule."""
    graph, _, _ = _city(seed)
    random = default_rng(seed)
    places = [tuple(each) for each in random.uniform(0, 720, (60, 2))]
    found = metres(graph, places, 50_000)
    straight = np.hypot(*(np.array(places)[:, None] - np.array(places)[None]).transpose(2, 0, 1))

    assert np.array_equal(found, found.T, equal_nan=True)
    assert (found >= straight - CM)[~np.isnan(found)].all()
    near = metres(graph, places, 500)
    assert np.array_equal(near[~np.isnan(near)], found[~np.isnan(near)])
    assert (found[np.isnan(near) & ~np.isnan(found)] > 500).all()


def test_chunks_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """With room for one place's answers at a time the table is the same, byte for byte."""
    graph, _, spots = _city(1)
    whole = graph.distances(*degrees(spots), 900)
    monkeypatch.setattr(walk, "_ROOM", 1)
    parts = graph.distances(*degrees(spots), 900)

    assert parts.data.tobytes() == whole.data.tobytes()
    assert parts.indices.tobytes() == whole.indices.tobytes()
    assert parts.indptr.tobytes() == whole.indptr.tobytes()


def test_a_queue_that_is_too_short_is_made_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    """The search begins again with twice the room, and finds the same."""
    graph, _, spots = _city(1)
    whole = graph.distances(*degrees(spots), 900)
    asked: list[int] = []

    def short(net, doors, first, limit, room, answers):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
        asked.append(room)
        scale = 4 * len(net.ways) + 4
        return reached(net, doors, first, limit, max(8 * room // scale, 8), answers)

    reached = walk.reached
    monkeypatch.setattr(walk, "reached", short)
    again = graph.distances(*degrees(spots), 900)

    assert len(set(asked)) > 1
    assert again.data.tobytes() == whole.data.tobytes()


def test_arrays_lead_back_to_the_network() -> None:
    """What was taken apart and put together measures the same; what does not fit is refused."""
    graph, _, spots = _city(2)
    again = WalkGraph.from_arrays(graph.to_arrays())

    assert (again.distances(*degrees(spots), 500) != graph.distances(*degrees(spots), 500)).nnz == 0
    with pytest.raises(ValueError, match="no arrays lat"):
        WalkGraph.from_arrays({k: v for k, v in graph.to_arrays().items() if k != "lat"})
    with pytest.raises(ValueError, match="do not fit"):
        WalkGraph.from_arrays(graph.to_arrays() | {"ends": graph.ends + len(graph)})
    with pytest.raises(ValueError, match="do not fit"):
        WalkGraph.from_arrays(graph.to_arrays() | {"shape_at": graph.shape_at[:-1]})
