"""The district as an OpenStreetMap file says what its layers say."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely

from lxgeo.demo.osm import write_demo_osm
from lxgeo.geo.barriers import crosses
from lxgeo.geo.osm import gazetteer, layers, ways
from lxgeo.read import read_areas
from lxgeo.read.osm import read_osm
from lxgeo.read.roads import read_walk_graph

METRIC = "EPSG:4544"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file."""
    path = tmp_path_factory.mktemp("osm") / "demo.osm"
    write_demo_osm(path)
    return path


@pytest.fixture(scope="module")
def found(path: Path) -> dict[str, gpd.GeoDataFrame]:
    """Return the file's layers."""
    return layers(read_osm(path)[0].features())


@pytest.mark.parametrize("name", ["townships", "parks", "buildings"])
def test_areas_are_those_of_the_layers(
    folder: Path, found: dict[str, gpd.GeoDataFrame], name: str
) -> None:
    """The same names, former names and addresses, and the same shapes."""
    given = read_areas(folder).layers[name].set_index("name").sort_index()
    ours = found[name].set_index("name").sort_index()

    assert ours.index.tolist() == given.index.tolist()
    assert ours["aliases"].fillna("").tolist() == given["aliases"].fillna("").tolist()
    assert ours["address"].fillna("").tolist() == given["address"].fillna("").tolist()
    assert shapely.equals(ours.geometry.to_numpy(), given.geometry.to_numpy()).all()


def test_townships_lie_in_their_district(found: dict[str, gpd.GeoDataFrame]) -> None:
    """As the relation of the county says."""
    assert set(found["townships"]["district"]) == {"云溪区"}


def test_gazetteer_knows_every_building_and_many_doors(path: Path) -> None:
    """Sixty buildings by name and address, every park and village, thousands of doors."""
    table = gazetteer(read_osm(path)[0].features())
    kinds = table["kind"].value_counts()

    assert (kinds["building"], kinds["park"]) == (60, 8)
    assert kinds["house"] > 5_000
    assert table.loc[table["kind"] == "building", "house_number"].notna().all()


def test_barriers_bar_the_same_ways(
    layer: dict[str, gpd.GeoDataFrame], found: dict[str, gpd.GeoDataFrame]
) -> None:
    """River and motorway are open at the same roads, to a metre: of 4,000 walks under ten differ.

    Nobody crosses the river but near a bridge: it has at most twenty gaps of 100 m on 24 km.
    """
    random = np.random.default_rng(3)
    here = np.column_stack(
        [104 + random.uniform(-0.1, 0.1, 4000), 38.6 + random.uniform(-0.1, 0.1, 4000)]
    )
    there = here + random.uniform(-0.02, 0.02, here.shape)
    walks = (*here.T, *there.T)
    given, ours = crosses(*walks, layer["barriers"]), crosses(*walks, found["barriers"])

    assert given.sum() > 300
    assert (given != ours).sum() < 10
    parts = layer["barriers"].to_crs(METRIC).geometry["W01"]
    assert 10 <= len(parts.geoms) <= 20
    assert parts.length > 20_000


def test_barriers_leave_parks_and_buildings_whole(layer: dict[str, gpd.GeoDataFrame]) -> None:
    """No park and no building stands in the river or on the motorway."""
    barriers = layer["barriers"].geometry.union_all()

    assert barriers.length > 0
    for name in ("parks", "buildings"):
        assert not layer[name].intersects(barriers).any()


def test_one_walks_the_same_streets(path: Path, folder: Path) -> None:
    """Buildings, borders, rivers and the motorway add nothing to the network."""
    graph = ways(read_osm(path)[0]).walk_graph()
    given, _ = read_walk_graph(folder)

    assert given is not None
    assert len(graph) == len(given)
    assert graph.metres.sum() == given.metres.sum()
