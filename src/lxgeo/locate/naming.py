"""Names gathered for a gazetteer: those found inside addresses, and those that stand alone."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping

import geopandas as gpd

from lxgeo.locate.names import (
    aliases,
    district_forms,
    fold,
    says_only_a_type,
    split_tail,
    township_forms,
    village_forms,
)
from lxgeo.locate.places import Layer, Place

_SHORT = 3


class Naming:
    """Names and the places that bear them, gathered place by place."""

    def __init__(self) -> None:
        self._inside: dict[str, dict[tuple[str, str, str], Place]] = {}
        self._alone: dict[tuple[Layer, str], dict[tuple[str, str, str], Place]] = {}
        self._places: dict[tuple[Layer, str], Place] = {}

    def add(self, place: Place, also: str = "") -> None:
        """Add a place under its own name, and under its aliases (folded, parted by commas)."""
        self._places[place.layer, place.id] = place
        for name in (fold(place.name), *aliases(also)):
            self._add_name(place, name)

    def add_aliases(self, layer: Layer, table: gpd.GeoDataFrame) -> None:
        """Add a layer's places under their aliases."""
        for place_id, also in zip(table["id"], table["aliases"].fillna(""), strict=True):
            place = self._places.get((layer, place_id))
            if place is not None:
                for alias in aliases(fold(also)):
                    self._add_name(place, alias)

    def _add_name(self, place: Place, name: str) -> None:
        if place.layer is Layer.TOWNSHIPS:
            forms, stem = township_forms(name)
            self._add_forms(place, forms, (name, stem))
        elif place.layer is Layer.DISTRICTS:
            forms, stem = district_forms(name)
            self._add_forms(place, forms, (stem,))
        elif place.layer is Layer.VILLAGES:
            forms, stem = village_forms(name)
            self._add_forms(place, forms, (name, stem))
        elif place.layer in {Layer.BUILDINGS, Layer.PARKS}:
            base, tail = split_tail(name)
            place = dataclasses.replace(place, tail=tail, vague=is_vague(base))
            self._add_forms(place, (base,), (base,))
            if not tail:
                self._add_forms(place, (name,), (name,))
        else:
            self._add_forms(place, (name,), (name,))

    def _add_forms(self, place: Place, inside: Iterable[str], alone: Iterable[str]) -> None:
        key = (place.layer, place.id, ",".join(sorted(place.tail)))
        for form in inside:
            self._inside.setdefault(form, {})[key] = place
        for form in [*inside, *alone]:
            self._alone.setdefault((place.layer, form), {})[key] = place

    def in_addresses(self) -> dict[str, tuple[Place, ...]]:
        """Return name → places, sorted by layer and id."""
        return {form: _sorted(places) for form, places in self._inside.items() if len(form) > 1}

    def exactly(self) -> dict[tuple[Layer, str], tuple[Place, ...]]:
        """Return (layer, name) → places, sorted by id."""
        return {key: _sorted(places) for key, places in self._alone.items()}


def is_vague(base: str) -> bool:
    """Return whether a name says only what a place is, or next to nothing."""
    return len(base) < _SHORT or says_only_a_type(base)


def _sorted(places: Mapping[tuple[str, str, str], Place]) -> tuple[Place, ...]:
    return tuple(places[key] for key in sorted(places))
