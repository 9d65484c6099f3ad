"""A district's areas and walking network from OpenStreetMap, through OSMnx.

What a server has answered is kept in a cache folder beside the result, so that the same command
goes on where it stopped. OSMnx is configured by settings of its module: they are set for the time
of one fetch and put back.
"""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from lxgeo.errors import InputError, ServiceError, Words
from lxgeo.geo import osm
from lxgeo.services.osm_folder import Found, check_place, write_osm_folder

if TYPE_CHECKING:
    import geopandas as gpd
    import networkx as nx
    import requests

Progress = Callable[[Words], None]

_OVERPASS: Final = "https://overpass-api.de/api"
_NOMINATIM: Final = "https://nominatim.openstreetmap.org/"
_BUSY: Final = frozenset({429, 504})
_REFUSED: Final = 400
_TAIL: Final = 4_000

_STEPS: Final[tuple[tuple[Words, dict[str, bool | list[str]]], ...]] = (
    (Words("下载行政边界", "boundaries"), {"admin_level": ["6", "8", "9", "10"]}),
    (Words("下载楼宇", "buildings"), {"building": True}),
    (
        Words("下载地名、门牌", "places and addresses"),
        {
            **dict.fromkeys(("addr:housenumber", "amenity", "office", "shop"), True),
            **dict.fromkeys(("tourism", "leisure", "healthcare", "public_transport"), True),
            "place": ["village", "hamlet", "neighbourhood", "suburb", "quarter"],
        },
    ),
    (Words("下载园区", "parks"), {"landuse": ["industrial", "commercial"]}),
    (
        Words("下载河流、高速公路、铁路", "rivers, motorways, railways"),
        {
            "waterway": ["river", "canal", "riverbank"],
            "natural": ["water"],
            "highway": ["motorway", "trunk"],
            "railway": ["rail", "light_rail", "narrow_gauge"],
        },
    ),
)


@dataclass(frozen=True)
class Server:
    """Which servers to ask, and how patiently.

    Parameters
    ----------
    overpass_url, nominatim_url
        Base addresses; an office may run its own.
    rate_limit
        Whether to ask the Overpass server when it has room, as its public one wants.
    timeout_s
        How long one answer may take.
    patience
        How often "too busy" is taken for an answer, with a minute between, before giving up.
    """

    overpass_url: str = _OVERPASS
    nominatim_url: str = _NOMINATIM
    rate_limit: bool = True
    timeout_s: int = 180
    patience: int = 3


@dataclass
class _Watch:
    """Looks at every answer before OSMnx does: what is no answer ends the fetch, told as such."""

    patience: int
    busy: int = field(default=0)

    def __call__(self, response: requests.Response, *_: object, **__: object) -> None:
        if response.status_code in _BUSY:
            self.busy += 1
            if self.busy > self.patience:
                raise _NoAnswerError(f"HTTP {response.status_code}")
            return
        if response.status_code >= _REFUSED:
            raise _NoAnswerError(f"HTTP {response.status_code}")
        if response.url.rstrip("/").endswith("/status"):
            return
        if response.content[:1] not in {b"{", b"["}:
            raise _NoAnswerError("no JSON")
        # An Overpass server that gives up half-way says so after what it has found.
        if b'"remark"' in response.content[-_TAIL:]:
            raise _NoAnswerError("remark")


class _NoAnswerError(RuntimeError):
    pass


def fetch_osm(
    place: str,
    folder: Path,
    *,
    progress: Progress | None = None,
    cache: Path | None = None,
    server: Server | None = None,
) -> Found:
    """Fetch a place's areas and walking network and write them as an areas folder.

    Parameters
    ----------
    place
        As one would search for it: 深圳市南山区.
    folder
        Where the layers go: ``townships``, ``villages``, ``parks``, ``buildings``, ``barriers`` and
        ``gazetteer`` as GeoPackage, ``roads.graphml``, and whom the data is from. It is built
        beside its place and then put there; an older one of ours is replaced.
    progress
        Called with what begins.
    cache
        Where answers are kept; beside the folder (``.NAME.osm-cache``) where none is given. A
        second fetch takes them from there: delete it to ask anew.
    server
        Which servers to ask.

    Returns
    -------
    Found
        What was written.

    Raises
    ------
    InputError
        No such place, or none with an area; or a folder stands there that is none of ours.
    ServiceError
        No connection, refused, too busy, too slow. What was fetched is kept.
    """
    check_place(folder)
    tell = progress or _silent
    kept = cache if cache is not None else folder.with_name(f".{folder.name}.osm-cache")
    _drop_torn(kept)
    with _osmnx(server or Server(), kept):
        tell(Words("查找地名", "finding the place"))
        boundary, called = _answered(lambda: _boundary(place), kept)
        features: list[osm.Feature] = []
        for words, tags in _STEPS:
            tell(words)
            features += _answered(lambda tags=tags: _features(boundary, tags), kept)  # type: ignore[misc]
        tell(Words("下载步行路网", "walking network"))
        graph = _answered(lambda: _walk_network(boundary), kept)
    tell(Words("整理图层", "writing the layers"))
    found = Found.of([*features, *_edges(graph)], called, within=boundary)
    write_osm_folder(found, folder, lambda path: _save_graph(graph, path))
    return found


def _silent(_: Words) -> None:
    pass


def _answered(ask: Callable[[], Any], kept: Path) -> Any:
    """Return an answer; turn what the network does into one error."""
    import requests

    try:
        return ask()
    except (_NoAnswerError, requests.RequestException, OSError) as error:
        why = str(error) if isinstance(error, _NoAnswerError) else type(error).__name__
        raise ServiceError(
            Words(
                f"OpenStreetMap 服务没有给出结果（{why}）；已下载的保存在 {kept}，"
                "请稍后用同一命令继续",
                f"OpenStreetMap gave no answer ({why}); what was fetched is kept in {kept}: "
                "run the same command again",
            )
        ) from error


def _boundary(place: str) -> tuple[Any, str]:
    """Return a place's area and its full name."""
    import osmnx as ox
    from osmnx._errors import InsufficientResponseError

    try:
        found = ox.geocode_to_gdf(place)
    except (InsufficientResponseError, TypeError) as error:
        raise InputError(
            Words(
                f"OpenStreetMap 中没有名为“{place}”的区域；请写全省、市、区，或换一个名称",
                f"OpenStreetMap knows no area called '{place}'; name its city and province, too",
            )
        ) from error
    return found.geometry.iloc[0], str(found["display_name"].iloc[0])


def _features(boundary: Any, tags: Mapping[str, bool | list[str]]) -> list[osm.Feature]:
    import osmnx as ox
    from osmnx._errors import InsufficientResponseError

    try:
        table = ox.features_from_polygon(boundary, dict(tags))
    except InsufficientResponseError:
        return []  # there is none of it
    return list(_listed(table))


def _listed(table: gpd.GeoDataFrame) -> Iterator[osm.Feature]:
    """Yield a table's rows as features; a cell of text is a tag."""
    tags: list[dict[str, str]] = [{} for _ in range(len(table))]
    for column in table.columns.drop("geometry"):
        for row, cell in enumerate(table[column].tolist()):
            if isinstance(cell, str):
                tags[row][str(column)] = cell
    for (kind, number), said, shape in zip(table.index, tags, table.geometry, strict=True):
        yield osm.Feature(f"{kind}/{number}", said, shape)


def _walk_network(boundary: Any) -> nx.MultiDiGraph | None:
    """Return the network for people on foot, its streets cut where their names change."""
    import osmnx as ox
    from osmnx._errors import InsufficientResponseError

    try:
        graph = ox.graph_from_polygon(
            boundary, network_type="walk", simplify=False, retain_all=True, truncate_by_edge=True
        )
    except (InsufficientResponseError, ValueError):
        return None  # no way in it
    return ox.simplify_graph(graph, edge_attrs_differ=["name"])


def _edges(graph: nx.MultiDiGraph | None) -> Iterator[osm.Feature]:
    """Yield the network's streets: where they cross a river there is a bridge."""
    import osmnx as ox

    if graph is None:
        return
    edges = ox.graph_to_gdfs(graph, nodes=False)
    for number, shape in enumerate(edges.geometry):
        yield osm.Feature(f"edge/{number}", {"highway": "road"}, shape)


def _save_graph(graph: nx.MultiDiGraph | None, path: Path) -> None:
    import osmnx as ox

    if graph is not None:
        ox.save_graphml(graph, path / "roads.graphml")


@contextmanager
def _osmnx(server: Server, cache: Path) -> Iterator[None]:
    """Set OSMnx up for a fetch; put back its settings, and the name resolver that it replaces."""
    from osmnx import settings

    wanted: dict[str, Any] = {
        "overpass_url": server.overpass_url,
        "nominatim_url": server.nominatim_url,
        "overpass_rate_limit": server.rate_limit,
        "requests_timeout": server.timeout_s,
        "requests_kwargs": {"hooks": {"response": _Watch(server.patience)}},
        "doh_url_template": None,
        "use_cache": True,
        "cache_folder": cache,
        "http_accept_language": "zh-CN,zh",
        "http_user_agent": "lxgeo (through OSMnx)",
        "log_console": False,
        "log_file": False,
    }
    before = {name: getattr(settings, name) for name in wanted}
    resolver = socket.getaddrinfo
    try:
        for name, value in wanted.items():
            setattr(settings, name, value)
        yield
    finally:
        for name, value in before.items():
            setattr(settings, name, value)
        socket.getaddrinfo = resolver


def _drop_torn(cache: Path) -> None:
    """Remove answers that a killed run wrote only half of."""
    for path in sorted(cache.glob("*.json")):
        try:
            json.loads(path.read_text(encoding="utf-8"))
        except ValueError:
            path.unlink()
