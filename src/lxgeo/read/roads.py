"""Named roads, from OpenStreetMap files as osmnx writes and reads them."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import geopandas as gpd
import shapely

from lxgeo.errors import AreasError, Words
from lxgeo.ledger.wording import stated
from lxgeo.tables import CRS, ROADS

_LINES = frozenset({"LineString", "MultiLineString"})


def find_roads(folder: Path) -> list[Path]:
    """Return the road files of a folder, in order of their names."""
    return sorted([*folder.glob("roads*.graphml"), *folder.glob("roads*.osm")])


def read_roads(folder: Path) -> tuple[gpd.GeoDataFrame, tuple[str, ...]]:
    """Return the named roads of a folder's graphs, and what was decided.

    Returns
    -------
    geopandas.GeoDataFrame
        `lxgeo.tables.ROADS` in EPSG:4326: one row a name, sorted by name; empty without a file.

    Raises
    ------
    AreasError
        A road file that can't be read; all of them at once.
    """
    lines: dict[str, dict[bytes, shapely.Geometry]] = defaultdict(dict)
    notes: list[str] = []
    faults: list[Words] = []
    for path in find_roads(folder):
        try:
            edges = _edges(path)
        except AreasError as error:
            faults += error.faults
            continue
        nameless = 0
        named = edges["name"] if "name" in edges else [None] * len(edges)
        for names, line in zip(named, edges.geometry, strict=True):
            said = _names(names)
            nameless += not said
            for name in said:
                # Both directions of a street are one line.
                lines[name].setdefault(shapely.to_wkb(shapely.normalize(line)), line)
        notes.append(f"{path.name}：{len(edges)} 段道路，{nameless} 段没有名称")
    if faults:
        raise AreasError(*faults)
    names = sorted(lines)
    shapes = [shapely.line_merge(shapely.union_all(list(lines[name].values()))) for name in names]
    table = ROADS.shaped(gpd.GeoDataFrame({"name": names}, geometry=shapes, crs=CRS))
    ROADS.check(table)
    return table, tuple(notes)


def _names(said: object) -> list[str]:
    """Return the names of an edge: where streets were merged it has several."""
    each = said if isinstance(said, list) else [said]
    return [name for text in each if isinstance(text, str) and (name := stated(text))]


def _edges(path: Path) -> gpd.GeoDataFrame:
    import networkx as nx
    import osmnx as ox

    try:
        if path.suffix == ".graphml":
            graph = ox.load_graphml(path)
        else:
            # Simplified, streets of different names that meet end to end would be one.
            graph = ox.graph_from_xml(path, simplify=False, retain_all=True)
        edges = ox.graph_to_gdfs(graph, nodes=False)
    except (
        nx.NetworkXException,
        SyntaxError,  # what a broken XML file raises
        KeyError,
        ValueError,
        OSError,
    ) as error:
        raise AreasError(
            Words(
                f"{path.name}：读不出道路；请用 lxgeo fetch-osm 或 osmnx 重新导出",
                f"{path.name}: holds no roads that can be read; export it again with osmnx",
            )
        ) from error
    if edges.crs is None:
        edges = edges.set_crs(CRS)
    edges = edges.to_crs(CRS)
    return edges[edges.geometry.geom_type.isin(_LINES)]
