"""The fictional district, put together from a seed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lxgeo.demo.branches import branches
from lxgeo.demo.county import laid_out
from lxgeo.demo.dice import Dice
from lxgeo.demo.entries import entries
from lxgeo.demo.gazetteer import Row, gazetteer
from lxgeo.demo.layers import layers
from lxgeo.demo.nouns import Feature, Street
from lxgeo.demo.sheets import Page, pages
from lxgeo.demo.traps import listed_twice, planted
from lxgeo.demo.units import units

_LISTED_TWICE = 12
"""Rows that list a unit a second time: one for each township's share."""


@dataclass(frozen=True)
class Demo:
    """A fictional district: 云溪区 of 岚川市, on no map.

    Parameters
    ----------
    seed
        What it was made from.
    layers
        Layer name → features, EPSG:4326.
    streets
        The street network, in the district's plane.
    pages
        The ledger's sheets, each with the truth about its rows.
    gazetteer
        What a survey of its doors knows.
    """

    seed: int
    layers: Mapping[str, tuple[Feature, ...]]
    streets: tuple[Street, ...]
    pages: tuple[Page, ...]
    gazetteer: tuple[Row, ...]


def make_demo(seed: int = 2026) -> Demo:
    """Return the fictional district that a seed stands for.

    Parameters
    ----------
    seed
        Any whole number; the same one always gives the same district.
    """
    dice = Dice(seed)
    county = laid_out(dice)
    people = units(county, dice.of("units"), spare=_LISTED_TWICE)
    standing = branches(people, county, dice.of("branches"))
    typed = entries(people, standing, county, dice.of("entries"))
    typed = planted(dice.of("order").shuffled(typed), dice.of("traps"))
    typed += listed_twice(typed, county.townships, dice.of("twice"), rows=_LISTED_TWICE)
    return Demo(
        seed=seed,
        layers=layers(county, standing),
        streets=county.streets,
        pages=pages(typed, county.townships, dice.of("rows")),
        gazetteer=gazetteer(county, dice.of("gazetteer")),
    )
