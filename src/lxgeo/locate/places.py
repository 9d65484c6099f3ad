"""What a name can stand for."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from lxgeo.locate.extent import Part

SLIVER = 0.05
"""A smaller share of an area or a road in another comes from how borders were drawn."""


class Layer(StrEnum):
    """What kind of place a name stands for."""

    DISTRICTS = "districts"
    TOWNSHIPS = "townships"
    VILLAGES = "villages"
    PARKS = "parks"
    BUILDINGS = "buildings"
    ROADS = "roads"
    CORRIDORS = "corridors"
    MARKETS = "markets"
    BLOCKS = "blocks"


@dataclass(frozen=True, slots=True)
class Place:
    """A place that an address can name.

    Parameters
    ----------
    layer, id, name
        What it is; a road's and a district's id is its name.
    parts
        Its parts by township, with a point on each; empty outside all townships.
    point
        Its point, (lon, lat) degrees WGS 84, where it has one; never used for a township.
    metres
        The same in the district's metric CRS.
    tail
        Which tower, block or phase its name says.
    vague
        Whether its name says only what it is (科技园), so that it needs the township or road to
        agree.
    road
        The road of its address.
    park
        For a road: the park that the whole of it lies in.
    ours
        Whether it is one of the areas: else it comes from a gazetteer, and its id means nothing.
    solid
        Whether it has a footprint of its own: many may sit at its point.
    home
        For a place from a gazetteer: the building of the areas that it stands in.
    ends_inside
        For a road: whether it ends well inside one township and well inside the mapped ground, so
        that no other township can have a part of it.
    townships
        Townships that hold a real part of it.
    """

    layer: Layer
    id: str
    name: str
    parts: tuple[Part, ...] = ()
    point: tuple[float, float] | None = None
    metres: tuple[float, float] | None = None
    tail: frozenset[str] = frozenset()
    vague: bool = False
    road: str | None = None
    park: Place | None = None
    ours: bool = True
    solid: bool = False
    home: Place | None = None
    ends_inside: bool = False
    townships: tuple[str, ...] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        real = tuple(part.area for part in self.parts if part.share >= SLIVER)
        townships = real or tuple(part.area for part in self.parts)
        object.__setattr__(self, "townships", townships)
