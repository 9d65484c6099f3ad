"""What a district is made of, in its own plane: metres east and north of the middle."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shapely import Geometry, LineString, Point, Polygon

from lxgeo.demo.plane import XY

DISTRICT = "云溪区"
CITY = "岚川市"
OLD_NAMES = {"苇湖乡": "苇子湖公社", "新渠街道": "渠口镇", "云岭乡": "云台乡"}
"""Township → what it was called before townships were merged."""


@dataclass(frozen=True)
class Township:
    """A street, town or rural township.

    Parameters
    ----------
    id, name, kind
        A code that looks like one and is none; the name; urban, town, plain or mountain.
    heart
        Where its seat stands.
    shape
        Its area; neighbours share every corner of their border.
    units
        How many ledger rows it has.
    """

    id: str
    name: str
    kind: str
    heart: XY
    shape: Polygon
    units: int

    @property
    def word(self) -> str:
        """The name without 街道, 镇 or 乡."""
        return self.name.removesuffix("街道").removesuffix("镇").removesuffix("乡")


@dataclass(frozen=True)
class Street:
    """A named street or country road.

    Parameters
    ----------
    name
        Its name; empty for a lane without one.
    highway
        Its class, as OpenStreetMap calls it.
    path
        Its corners in order: house numbers grow along it.
    place
        Id of the park that it belongs to, or the kind of its grid: ``city``, ``town``, ``country``,
        ``village``.
    from_m
        How far along the whole road this part begins.
    """

    name: str
    highway: str
    path: tuple[XY, ...]
    place: str
    from_m: float = 0.0

    @property
    def line(self) -> LineString:
        """The street as a line."""
        return LineString(self.path)


@dataclass(frozen=True)
class Grid:
    """The streets of a settlement and the open ends that country roads can reach it by."""

    streets: tuple[Street, ...]
    gates: tuple[XY, ...]
    hull: Polygon


@dataclass(frozen=True)
class Park:
    """An industrial park.

    Parameters
    ----------
    township_ids
        The township or townships that it lies in.
    word
        The two characters that its streets' names begin with.
    draws
        Beginnings of the codes of the trades that it was laid out for.
    angle
        How far it is turned against north, degrees.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    shape: Polygon
    has_committee: bool
    approver: str
    township_ids: tuple[str, ...]
    word: str
    draws: tuple[str, ...]
    angle: float


@dataclass(frozen=True)
class Village:
    """A village, or a neighbourhood of the city."""

    id: str
    name: str
    township_id: str
    heart: XY
    shape: Polygon


@dataclass(frozen=True)
class Front:
    """A door on a street: where it is and what number it bears."""

    street: str
    number: int
    x: float
    y: float

    @property
    def point(self) -> Point:
        """The door as a point."""
        return Point(self.x, self.y)


@dataclass(frozen=True)
class Building:
    """A commercial building."""

    id: str
    name: str
    aliases: tuple[str, ...]
    front: Front
    township_id: str
    shape: Polygon
    floors: int

    @property
    def address(self) -> str:
        """Road and number."""
        return f"{self.front.street}{self.front.number}号"


@dataclass(frozen=True)
class Feature:
    """One feature of a layer: a shape in longitude and latitude, and what is said of it."""

    shape: Geometry
    properties: Mapping[str, Any]
