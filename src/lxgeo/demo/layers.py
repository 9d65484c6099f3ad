"""The district's areas as features in longitude and latitude."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from shapely import Geometry, Point

from lxgeo.demo.barriers import barriers
from lxgeo.demo.barriers import features as barred
from lxgeo.demo.branches import Branch
from lxgeo.demo.county import County
from lxgeo.demo.nouns import DISTRICT, OLD_NAMES, Feature
from lxgeo.demo.plane import lonlat, on_earth

_BETWEEN = ";"
"""What stands between two aliases."""


def layers(county: County, branches: Sequence[Branch]) -> Mapping[str, tuple[Feature, ...]]:
    """Return the areas folder's layers: name of the layer → its features.

    Parameters
    ----------
    county
        The district as laid out.
    branches
        What stands already.
    """
    return {
        "townships": tuple(
            _feature(
                town.shape,
                id=town.id,
                name=town.name,
                aliases=OLD_NAMES.get(town.name),
                kind=town.kind,
                district=DISTRICT,
            )
            for town in county.townships
        ),
        "parks": tuple(
            _feature(
                park.shape,
                id=park.id,
                name=park.name,
                aliases=_BETWEEN.join(park.aliases),
                has_committee=park.has_committee,
                approver=park.approver or None,
            )
            for park in county.parks
        ),
        "buildings": tuple(
            _feature(
                building.shape,
                id=building.id,
                name=building.name,
                aliases=_BETWEEN.join(building.aliases) or None,
                address=building.address,
            )
            for building in county.buildings
        ),
        "villages": tuple(
            _feature(
                village.shape, id=village.id, name=village.name, township_id=village.township_id
            )
            for village in county.villages
        ),
        "branches": tuple(_of_branch(branch) for branch in branches),
        "venues": tuple(_venues(county)),
        "barriers": barred(barriers(county)),
    }


def _feature(shape: Geometry, **properties: Any) -> Feature:
    return Feature(on_earth(shape), properties)


def _of_branch(branch: Branch) -> Feature:
    return Feature(
        Point(branch.lon, branch.lat),
        {
            "id": branch.id,
            "name": branch.name,
            "address": branch.address,
            "kind": branch.kind,
            "full_members": branch.full_members,
            "units": branch.units,
            "capacity": branch.capacity,
        },
    )


def _venues(county: County) -> list[Feature]:
    """Return service centres: one in each park with a committee, one in every other township."""
    spots = [(park.name, park.shape.centroid) for park in county.parks if park.has_committee]
    spots += [(town.name, Point(town.heart)) for town in county.townships[::2]]
    return [
        Feature(
            Point(lonlat(spot.x, spot.y)), {"id": f"V{number:02d}", "name": f"{name}党群服务中心"}
        )
        for number, (name, spot) in enumerate(spots, start=1)
    ]
