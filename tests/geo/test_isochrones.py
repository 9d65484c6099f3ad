"""Walking areas: what is within the limit along the roads is inside, what is beyond is not."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from plane_streets import XY, degrees, lines

from lxgeo.geo.isochrones import BESIDE_M, circle, walking_areas
from lxgeo.geo.metric import metric_crs, project
from lxgeo.geo.walk import WalkGraph

CROSS = WalkGraph.of_lines(lines([(0, 0), (1000, 0), (3000, 0)], [(1000, 0), (1000, 500)]))
"""A street of 3 km, and a lane of 500 m that leaves it 1 km from its western end."""


def holds(area: shapely.Geometry, *places: XY) -> list[bool]:
    """Return which places, in metres, an area holds."""
    lon, lat = degrees(places)
    return shapely.contains_xy(area, lon, lat).tolist()


def test_one_comes_as_far_as_the_limit_allows() -> None:
    """From the western end 1,200 m: 200 m past the corner, 200 m up the lane, and 60 m beside."""
    (lon,), (lat,) = degrees([(0, 0)])
    (area,) = walking_areas(CROSS, lon, lat, [1200.0])
    inside, outside = 1200 + BESIDE_M - 10, 1200 + BESIDE_M + 10

    assert holds(area, (inside, 0), (outside, 0)) == [True, False]
    assert holds(area, (1000, 240), (1000, 280)) == [True, False]
    assert holds(area, (600, BESIDE_M - 10), (600, BESIDE_M + 10)) == [True, False]
    # The far ends of roads that are reached in part are no islands.
    assert holds(area, (3000, 0), (1000, 500)) == [False, False]
    assert area.geom_type == "Polygon"


def test_limits_lie_within_each_other_and_the_way_to_the_road_counts() -> None:
    """From 100 m off the street: 300 m reach 200 m each way, 90 m do not reach the street."""
    (lon,), (lat,) = degrees([(2000, 100)])
    wide, narrow, none = walking_areas(CROSS, lon, lat, [300.0, 200.0, 90.0])

    assert holds(wide, (2000 + 250, 0), (2000 + 270, 0)) == [True, False]
    assert wide.buffer(1e-4).covers(narrow)
    assert none.is_empty


def test_blocks_between_streets_are_filled() -> None:
    """A square of streets of 300 m is walked round: its middle belongs to it, no hole is left."""
    square = WalkGraph.of_lines(lines([(0, 0), (300, 0), (300, 300), (0, 300), (0, 0)]))
    (lon,), (lat,) = degrees([(0, 0)])
    (area,) = walking_areas(square, lon, lat, [1000.0])

    assert holds(area, (150, 150)) == [True]
    assert shapely.get_num_interior_rings(area) == 0


@pytest.mark.parametrize("seed", range(4))
def test_what_the_network_reaches_is_inside(seed: int) -> None:
    """Random streets on a grid: each crossing within the limit, by the search for distances."""
    random = np.random.default_rng(seed)
    at = [(200 * i, 200 * j) for i in range(7) for j in range(7)]
    edges = [(p, q) for p in at for q in at if p < q and abs(p[0] - q[0]) + abs(p[1] - q[1]) == 200]
    graph = WalkGraph.of_lines(lines(*[each for each in edges if random.random() < 0.7]))
    start = (float(graph.lon[0]), float(graph.lat[0]))
    (area,) = walking_areas(graph, *start, [700.0])
    near = graph.distances(graph.lon, graph.lat, 700.0)[[0]].indices

    assert shapely.intersects_xy(area, graph.lon[near], graph.lat[near]).all()


def test_a_circle_is_as_wide_as_said() -> None:
    """Every point of it is 300 m from the middle, to half a metre."""
    (lon,), (lat,) = degrees([(0, 0)])
    ring = shapely.get_coordinates(circle(lon, lat, 300.0))
    crs = metric_crs(lon)
    (x, y), (east, north) = project(*ring.T, crs), project([lon], [lat], crs)

    assert np.hypot(x - east, y - north) == pytest.approx(300, abs=0.5)
