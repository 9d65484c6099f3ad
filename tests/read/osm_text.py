"""Small OpenStreetMap files, written by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

LonLat = tuple[float, float]


class OsmText:
    """Gathers elements; nodes are numbered by place, so that ways meet where they share one."""

    def __init__(self) -> None:
        self._nodes: dict[LonLat, int] = {}
        self._tags: dict[int, Mapping[str, str]] = {}
        self._rest: list[str] = []
        self._ways = 0

    def node(self, at: LonLat, **tags: str) -> int:
        """Add a node, perhaps with tags (``addr__street`` is ``addr:street``)."""
        number = self._nodes.setdefault(at, len(self._nodes) + 1)
        if tags:
            self._tags[number] = tags
        return number

    def way(self, path: Sequence[LonLat], **tags: str) -> int:
        """Add a way."""
        self._ways += 1
        refs = "".join(f'<nd ref="{self.node(at)}"/>' for at in path)
        self._rest.append(f'<way id="{self._ways}">{refs}{_said(tags)}</way>')
        return self._ways

    def relation(self, number: int, members: Sequence[tuple[int, str]], **tags: str) -> None:
        """Add a relation of ways in roles."""
        inside = "".join(f'<member type="way" ref="{w}" role="{r}"/>' for w, r in members)
        self._rest.append(f'<relation id="{number}">{inside}{_said(tags)}</relation>')

    def raw(self, text: str) -> None:
        """Add anything."""
        self._rest.append(text)

    def text(self) -> str:
        """Return the file."""
        nodes = "".join(
            f'<node id="{n}" lat="{lat}" lon="{lon}">{_said(self._tags.get(n, {}))}</node>'
            for (lon, lat), n in self._nodes.items()
        )
        return f'<osm version="0.6">{nodes}{"".join(self._rest)}</osm>'


def _said(tags: Mapping[str, str]) -> str:
    return "".join(f'<tag k="{k.replace("__", ":")}" v="{v}"/>' for k, v in tags.items())


def square(west: float, south: float, side: float) -> list[LonLat]:
    """Return a closed ring."""
    east, north = round(west + side, 7), round(south + side, 7)
    return [(west, south), (east, south), (east, north), (west, north), (west, south)]
