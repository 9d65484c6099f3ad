"""Where the areas themselves lie: which addresses are of another district."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from lxgeo.locate.divisions import Division, Divisions, Level, short_forms
from lxgeo.locate.lattice import ParsedAddress
from lxgeo.locate.names import district_forms, fold

_KNOWN_SHARE = 0.5


@dataclass(frozen=True)
class Home:
    """The districts that the areas are of.

    Parameters
    ----------
    stems
        Their names without endings; empty where the townships don't say.
    codes
        Codes of the divisions that they are, and of all that these lie in; empty where the table
        of divisions doesn't know them.
    """

    stems: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()

    def elsewhere(self, address: ParsedAddress) -> str | None:
        """Return what an address names that lies elsewhere: a district, else a city or province."""
        named = [part.text for part in address.parts if part.label == "district"]
        if named and self.stems:
            told = [*named, address.district] if address.district else named
            return None if any(map(self._is_ours, told)) else named[0]
        if not self.codes:
            return None
        for label, code in (("city", address.city_code), ("prov", address.province_code)):
            if code and code not in self.codes and (words := address.first(label)):
                return words
        return None

    def _is_ours(self, name: str) -> bool:
        stem = district_forms(name)[1]
        return any(own.startswith(stem) or stem.startswith(own) for own in self.stems)


def home_of(townships: gpd.GeoDataFrame, divisions: Divisions) -> Home:
    """Return the districts that the townships name themselves part of.

    Parameters
    ----------
    townships
        The townships layer.
    divisions
        The table of divisions. A district counts as known to it where at least half of the
        townships have their names there: many districts share a name.
    """
    districts = townships["district"].map(lambda name: "" if pd.isna(name) else fold(name))
    stems = {name: district_forms(name)[1] for name in sorted(set(districts)) if name}
    codes: set[str] = set()
    for name in stems:
        ours = {fold(each) for each in townships.loc[districts == name, "name"].dropna()}
        codes |= _known_as(name, ours, divisions)
    return Home(frozenset(stems.values()), frozenset(codes))


def _known_as(district: str, townships: set[str], divisions: Divisions) -> frozenset[str]:
    forms, _ = district_forms(district)
    candidates = {
        each.code: set[str]()
        for form in forms
        for each in divisions.named(form, {Level.DISTRICT, Level.CITY})
    }
    if not candidates:
        return frozenset()
    for each in divisions.divisions:
        if each.above in candidates:
            candidates[each.above] |= {each.name, *short_forms(each)}
    shared = {code: len(townships & names) for code, names in sorted(candidates.items())}
    best = max(shared, key=lambda code: shared[code])
    if shared[best] < max(1.0, _KNOWN_SHARE * len(townships)):
        return frozenset()
    return frozenset(each.code for each in divisions.path(best))


def divisions_of(townships: gpd.GeoDataFrame) -> Divisions:
    """Return what the areas alone know of divisions: their districts and townships."""
    found: dict[str, Division] = {}
    for number, (name, district) in enumerate(
        zip(townships["name"], townships["district"], strict=True)
    ):
        above = "" if pd.isna(district) else fold(district)
        if above:
            found.setdefault(above, Division(Level.DISTRICT, above, "", above))
        found[f"{above} {number}"] = Division(
            Level.TOWNSHIP, f"{above} {number}", above, fold(name)
        )
    return Divisions("", tuple(found.values()))
