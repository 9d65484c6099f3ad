"""What is told of a name that means several places."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from lxgeo.locate.candidates import CONFIDENCE, Candidate, listed
from lxgeo.locate.extent import Part
from lxgeo.locate.gazetteer import Gazetteer
from lxgeo.locate.places import Layer, Place
from lxgeo.model import Figure, Precision, Reason, Rule


class Doubt(NamedTuple):
    """A name that means several places apart, or one only by its likeness."""

    told: Reason
    candidates: tuple[Candidate, ...]
    minor: bool = False


def ambiguous(
    name: str, places: Sequence[Place], precision: Precision, gazetteer: Gazetteer
) -> Doubt:
    """Tell that a name means several places; a minor doubt where all are a gazetteer's."""
    minor = not any(place.ours for place in places)
    return _doubt(name, len(places), candidates_of(places, precision, gazetteer), minor=minor)


def across(name: str, place: Place, parts: Sequence[Part], gazetteer: Gazetteer) -> Doubt:
    """Tell that a road or park lies in several townships."""
    precision = Precision.ROAD if place.layer is Layer.ROADS else Precision.PARK
    sure = round(CONFIDENCE[precision] / len(parts), 2)
    return _doubt(
        name,
        len(parts),
        tuple(
            Candidate(
                f"{place.name}（{gazetteer.township_names[part.area]}）",
                *(precision, sure, part.lon, part.lat),
            )
            for part in parts
        ),
    )


def several(name: str, points: Sequence[tuple[float, float]], precision: Precision) -> Doubt:
    """Tell that a house number is known at several points."""
    sure = round(CONFIDENCE[precision] / len(points), 2)
    candidates = tuple(
        Candidate(f"{name}（{lon}, {lat}）", precision, sure, lon, lat) for lon, lat in points
    )
    return _doubt(name, len(points), candidates)


def _doubt(
    name: str, meanings: int, candidates: tuple[Candidate, ...], *, minor: bool = False
) -> Doubt:
    figures: dict[str, Figure] = {
        "name": name,
        "places": meanings,
        "candidates": listed(candidates),
    }
    return Doubt(Reason(Rule.PLACE_AMBIGUOUS, figures), candidates, minor)


def candidates_of(
    places: Sequence[Place], precision: Precision, gazetteer: Gazetteer
) -> tuple[Candidate, ...]:
    """Return places as candidates, named with their townships, all as sure."""
    sure = round(CONFIDENCE[precision] / len(places), 2)
    found = []
    for place in places:
        lies = "、".join(gazetteer.township_names[each] for each in place.townships)
        name = (
            f"{place.name}（{lies}）" if lies and place.layer is not Layer.TOWNSHIPS else place.name
        )
        lon, lat = place.point or (None, None)
        found.append(Candidate(name, precision, sure, lon, lat))
    return tuple(found)
