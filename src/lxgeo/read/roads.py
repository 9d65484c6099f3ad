"""Roads of an areas folder: their names, and the network that one walks on."""

from __future__ import annotations

import os
import tempfile
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import shapely

from lxgeo.errors import AreasError, Words
from lxgeo.geo import osm
from lxgeo.ledger.values.wording import stated
from lxgeo.read.graphml import read_graphml
from lxgeo.read.osm import read_osm
from lxgeo.tables import CRS, ROADS

if TYPE_CHECKING:
    from lxgeo.geo.walk import WalkGraph

_SCRAP_M: Final = 1_000.0
"""A part of the network that hangs together with nothing else and is shorter is no network."""
_MADE_AS: Final = b"walk 1"
"""Changes whenever the same files would give another network."""


def find_roads(folder: Path) -> list[Path]:
    """Return the road files of a folder, in order of their names."""
    return sorted([*folder.glob("roads*.graphml"), *folder.glob("roads*.osm")])


def read_roads(folder: Path) -> tuple[gpd.GeoDataFrame, tuple[str, ...]]:
    """Return the named roads of a folder's road files, and what was decided.

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
    for path, ways, told in _files(folder):
        nameless = 0
        for names, line in zip(ways.names, ways.lines, strict=True):
            said = [name for text in names if (name := stated(text))]
            nameless += not said
            for name in said:
                # Both directions of a street are one line.
                lines[name].setdefault(shapely.to_wkb(shapely.normalize(line)), line)
        notes += [*told, f"{path.name}：{len(ways.names)} 段道路，{nameless} 段没有名称"]
    listed = sorted(lines)
    shapes = [shapely.line_merge(shapely.union_all(list(lines[name].values()))) for name in listed]
    table = ROADS.shaped(gpd.GeoDataFrame({"name": listed}, geometry=shapes, crs=CRS))
    ROADS.check(table)
    return table, tuple(notes)


def read_walk_graph(
    folder: Path, *, cache: Path | None = None
) -> tuple[WalkGraph | None, tuple[Words, ...]]:
    """Return the walking network of a folder's road files, and what was decided.

    Parameters
    ----------
    folder
        With ``roads*.graphml`` and ``roads*.osm``: their nodes say where ways meet. Several files
        meet where their coordinates do.
    cache
        A folder that keeps the network as arrays, by what the files hold; None keeps nothing.

    Returns
    -------
    WalkGraph or None
        None without a road file. Parts of less than a kilometre that hang together with nothing
        else are left out, so that nobody is cut off by a footpath that leads nowhere; told.

    Raises
    ------
    AreasError
        A road file that can't be read; all of them at once.
    """
    from lxgeo.geo.walk import WalkGraph

    paths = find_roads(folder)
    for binary in sorted(folder.glob("roads*.osm.pbf")) if not paths else ():
        read_osm(binary)  # tells how to convert it
    if not paths:
        return None, ()
    kept = cache / f"walk-{_digest(paths)}.npz" if cache is not None else None
    if kept is not None and (graph := _loaded(kept)) is not None:
        crossings = len(graph)
        told = Words(
            f"步行路网：{crossings} 个路口，取自缓存",
            f"walking network: {crossings} crossings, kept from an earlier run",
        )
        return graph, (told,)
    files = _files(folder)
    if len(files) == 1:
        whole = files[0][1].walk_graph()
    else:
        whole = WalkGraph.of_lines(np.concatenate([ways.lines[ways.walk] for _, ways, _ in files]))
    graph = whole.without_scraps(_SCRAP_M)
    notes = [*_described(graph, whole), *(_saved(graph, kept) if kept is not None else ())]
    return graph, tuple(notes)


def _described(graph: WalkGraph, whole: WalkGraph) -> Iterator[Words]:
    """Yield what a person should know of a network."""
    crossings, stretches = len(graph), len(graph.metres)
    kilometres = round(float(graph.metres.sum()) / 1000)
    yield Words(
        f"步行路网：{crossings} 个路口，{stretches} 段，{kilometres} 公里",
        f"walking network: {crossings} crossings, {stretches} stretches, {kilometres} km",
    )
    parts = len(graph.component_metres)
    if len(whole) > len(graph):
        apart = len(whole.component_metres) - parts
        yield Words(
            f"步行路网：略去 {apart} 处与其他道路不连通、不足 1 公里的小路",
            f"walking network: {apart} paths of less than 1 km that meet no other road left out",
        )
    if parts > 1:
        yield Words(
            f"步行路网：分为互不连通的 {parts} 部分，彼此走不到",
            f"walking network: {parts} parts with no way from one to another",
        )


def _files(folder: Path) -> list[tuple[Path, osm.Ways, tuple[str, ...]]]:
    """Return each road file's ways and what was decided; all faults at once."""
    found: list[tuple[Path, osm.Ways, tuple[str, ...]]] = []
    faults: list[Words] = []
    for path in find_roads(folder):
        try:
            if path.suffix == ".graphml":
                found.append((path, read_graphml(path), ()))
            else:
                elements, notes = read_osm(path)
                found.append((path, osm.ways(elements), notes))
        except AreasError as error:
            faults += error.faults
    if faults:
        raise AreasError(*faults)
    return found


def _digest(paths: Sequence[Path]) -> str:
    digest = blake2b(_MADE_AS, digest_size=16)
    for path in paths:
        digest.update(path.suffix.encode())
        with path.open("rb") as file:
            while piece := file.read(1 << 20):
                digest.update(piece)
    return digest.hexdigest()


def _loaded(path: Path) -> WalkGraph | None:
    """Return a network that was kept; None where there is none, or none that is whole."""
    from lxgeo.geo.walk import WalkGraph

    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            return WalkGraph.from_arrays(arrays)
    except (OSError, ValueError, TypeError, KeyError, EOFError, zipfile.BadZipFile):
        return None


def _saved(graph: WalkGraph, path: Path) -> list[Words]:
    """Keep a network; return what is to be told where that is not possible."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".walk-", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            np.savez(file, allow_pickle=False, **graph.to_arrays())
        Path(name).replace(path)
    except OSError:
        return [
            Words(
                f"步行路网：无法写入缓存 {path.parent}，下次将重新计算",
                f"walking network: can't be kept in {path.parent}; it is made again next time",
            )
        ]
    return []
