"""The street network is one that OSMnx loads and that a gazetteer can use."""

from __future__ import annotations

import re
from pathlib import Path

import geopandas as gpd
import networkx as nx
import osmnx as ox
import pandas as pd
import pytest
from lxml import etree

from lxgeo.demo.write import ROADS_FILE


@pytest.fixture(scope="module")
def streets(folder: Path) -> set[str]:
    """Return the names of all streets."""
    roads = etree.parse(folder / ROADS_FILE)
    return {tag.get("v", "") for tag in roads.iterfind("way/tag[@k='name']")}


@pytest.fixture(scope="module")
def graph(folder: Path) -> nx.MultiDiGraph:
    """Return the whole network, as OSMnx reads it."""
    return ox.graph_from_xml(folder / ROADS_FILE, simplify=False, retain_all=True)


def test_osmnx_loads_one_connected_network(folder: Path, graph: nx.MultiDiGraph) -> None:
    """All nodes hang together: one can walk from any village to the city; size as a district's."""
    simple = ox.graph_from_xml(folder / ROADS_FILE)

    assert 1_500 <= len(graph) <= 4_000
    assert nx.is_weakly_connected(graph)
    assert 200 < len(simple) < len(graph)
    assert all(edge["length"] > 0 for _, _, edge in graph.edges(data=True))


def test_roads_stay_in_the_district(
    graph: nx.MultiDiGraph, layer: dict[str, gpd.GeoDataFrame]
) -> None:
    """No road leaves the district's outline by more than a bend."""
    nodes = ox.graph_to_gdfs(graph, edges=False)
    whole = layer["townships"].to_crs("EPSG:4544").union_all().buffer(300)

    assert nodes.to_crs("EPSG:4544").within(whole).all()


def test_buildings_stand_on_named_streets(
    streets: set[str], layer: dict[str, gpd.GeoDataFrame]
) -> None:
    """The street of each building's address is a street of the network."""
    named = layer["buildings"]["address"].str.replace(r"\d+号$", "", regex=True)

    assert set(named) <= streets


def test_addresses_name_streets_of_the_network(streets: set[str], truth: pd.DataFrame) -> None:
    """Where a row says that its road can be told, the road is one of the network."""
    told = truth.loc[truth["tells"].isin(["road", "house_number"]), "address"]
    pattern = re.compile("|".join(sorted(map(re.escape, streets), key=len, reverse=True)))

    assert len(told) > 800
    assert told.map(pattern.search).notna().all()
