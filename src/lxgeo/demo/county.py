"""The district as laid out: what stands before anybody moves in."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import shapely

from lxgeo.demo import grids, places, roads
from lxgeo.demo.dice import Dice
from lxgeo.demo.district import townships
from lxgeo.demo.fronts import Door, buildings, doors
from lxgeo.demo.nouns import Building, Park, Street, Township, Village
from lxgeo.demo.plane import Land, on_earth


@dataclass(frozen=True)
class County:
    """Areas, streets and doors, in the district's plane."""

    townships: tuple[Township, ...]
    parks: tuple[Park, ...]
    villages: tuple[Village, ...]
    streets: tuple[Street, ...]
    doors: tuple[Door, ...]
    buildings: tuple[Building, ...]


def laid_out(dice: Dice) -> County:
    """Return the district: borders first, then towns, parks, villages, roads, buildings."""
    land, towns = _bordered(dice)
    rural = [town for town in towns if town.kind != "urban"]
    built_up = [
        grids.city(land, dice.of("city")),
        *(grids.town(town, land, dice.of(town.id)) for town in rural),
    ]
    parks = places.parks(towns, built_up, dice.of("parks"))
    inside = [(park, grids.inside(park, land, dice.of(park.id))) for park in parks]
    villages = places.villages(towns, built_up, parks, dice.of("villages"))
    stops = roads.stops(rural, built_up, inside, villages)
    streets = (
        *(street for grid in built_up for street in grid.streets),
        *(street for _, grid in inside for street in grid.streets),
        *roads.village_streets(villages, dice.of("lanes")),
        *roads.country_roads(stops, dice.of("roads")),
    )
    fronts = doors(streets, towns)
    return County(
        townships=towns,
        parks=parks,
        villages=villages,
        streets=streets,
        doors=fronts,
        buildings=buildings(fronts, streets, towns, parks, dice.of("buildings")),
    )


def _bordered(dice: Dice) -> tuple[Land, tuple[Township, ...]]:
    """Return the first lie of the land that bends the borders without folding them."""
    for attempt in itertools.count():
        land = Land(dice.of("land" + " again" * attempt))
        towns = townships(land, dice.of("townships"))
        shapes = [on_earth(town.shape) for town in towns]
        if shapely.is_valid(shapes).all() and shapely.coverage_is_valid(shapes):
            break
    return land, towns
