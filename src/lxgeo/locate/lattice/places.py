"""Names of divisions as an address may write them, and what each earns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from lxgeo.locate.divisions import Division, Divisions, Level, short_forms, short_name
from lxgeo.locate.lattice.book import Sense
from lxgeo.locate.lattice.labels import CITY, DISTRICT, NAT_A_CHARACTER, PROV, TOWN

MUNICIPALITIES: Final = frozenset({"110000", "120000", "310000", "500000"})
_LABEL: Final = {
    Level.PROVINCE: PROV,
    Level.CITY: CITY,
    Level.DISTRICT: DISTRICT,
    Level.TOWNSHIP: TOWN,
}
# What a name costs: where the address names what it lies in; alone.
_COST: Final = {PROV: (4.2, 4.2), CITY: (3.2, 6.5), DISTRICT: (2.8, 8.5), TOWN: (3.2, 11.0)}
_FULL: Final = {PROV: 0.0, CITY: 0.5, DISTRICT: 0.3, TOWN: 0.3}
_SHORT: Final = {PROV: (0.7, 0.7), CITY: (1.2, 1.2), DISTRICT: (2.2, 2.2), TOWN: (3.5, 7.0)}
_ORDINARY_WORD: Final = {PROV: 0.0, CITY: 0.0, DISTRICT: 3.3, TOWN: 2.5}
_MUNICIPALITY_AS_PROVINCE: Final = 4.0
_LEAST: Final = 2
_ENDS_LIKE_OTHER_NAMES: Final = "路街巷道区场"
_TOWN_KINDS: Final = ("镇", "街道", "乡", "街道办事处")


class Meaning(NamedTuple):
    """What a name can mean in an address: a label, a code, and what may bear it out."""

    label: int
    own: str
    full: bool
    above: frozenset[str]


def places(divisions: Divisions) -> tuple[dict[str, list[Sense]], dict[str, int]]:
    """Return the names of all divisions, today's and former, in full and in short.

    Also the numbers of the identities that their senses have.
    """
    ordinary = frozenset(word for word, use in divisions.words if use & 1)
    numbers: dict[str, int] = {}

    def number(identity: str) -> int:
        return numbers.setdefault(identity, len(numbers)) if identity else -1

    found = {
        name: [
            Sense(
                meaning.label,
                *_gains(name, meaning, ordinary),
                own=number(meaning.own),
                above=tuple(number(each) for each in sorted(meaning.above)),
            )
            for meaning in meanings.values()
        ]
        for name, meanings in _names(divisions).items()
    }
    return found, numbers


def _gains(name: str, meaning: Meaning, ordinary: frozenset[str]) -> tuple[float, float]:
    cost, alone = _COST[meaning.label]
    if meaning.full:
        cost, alone = cost + _FULL[meaning.label], alone + _FULL[meaning.label]
    else:
        more = _SHORT[meaning.label]
        more_for_word = _ORDINARY_WORD[meaning.label] * (name in ordinary)
        cost, alone = cost + more[0] + more_for_word, alone + more[1] + more_for_word
    if meaning.label == PROV and meaning.full and meaning.own in MUNICIPALITIES:
        cost, alone = cost + _MUNICIPALITY_AS_PROVINCE, alone + _MUNICIPALITY_AS_PROVINCE
    worth = NAT_A_CHARACTER * len(name)
    return worth - alone, worth - cost


def _names(divisions: Divisions) -> dict[str, dict[tuple[object, ...], Meaning]]:
    """Return under each name its meanings; townships of a name are one meaning."""
    names: dict[str, dict[tuple[object, ...], Meaning]] = {}
    cities = {
        name
        for division in divisions.divisions
        if division.level is Level.CITY or division.code in MUNICIPALITIES
        for name in (division.name, short_name(division.name))
    }
    for name, meaning in _meanings(divisions):
        in_short = meaning.label == DISTRICT and not meaning.full
        if len(name) < _LEAST or (in_short and name in cities):
            continue
        entries = names.setdefault(name, {})
        key = (
            (meaning.label, meaning.full) if meaning.label == TOWN else (meaning.label, meaning.own)
        )
        known = entries.get(key)
        if known is None:
            entries[key] = meaning
        elif not (meaning.above <= known.above and known.full >= meaning.full):
            entries[key] = known._replace(
                above=known.above | meaning.above, full=known.full or meaning.full
            )
    return names


def _meanings(divisions: Divisions) -> Iterator[tuple[str, Meaning]]:
    for division in divisions.divisions:
        label, above = _LABEL[division.level], _all_above(divisions, division)
        if division.level is Level.TOWNSHIP:
            yield from _township(division.name, above)
            continue
        for form in short_forms(division)[1:]:
            yield form, Meaning(label, division.code, True, above)
        yield from _both(division.name, Meaning(label, division.code, True, above))
        if division.code in MUNICIPALITIES:
            yield from _both(
                division.name, Meaning(CITY, division.code + "c", True, frozenset({division.code}))
            )
    for former in divisions.former:
        heir = divisions.by_code[former.code]
        label = CITY if former.former_code.endswith("00") else DISTRICT
        if label == DISTRICT and divisions.named(former.name, {Level.CITY}):
            continue  # 金华市 was a county-level city, and is a city
        above = _all_above(divisions, heir) | {former.former_code[:2] + "0000"}
        yield from _both(former.name, Meaning(label, former.code, True, above))
    yield "市辖区", Meaning(DISTRICT, "", True, frozenset())


def township_identity(name: str) -> str:
    """Return what townships of one name have in common."""
    return "town " + short_name(name)


def _both(name: str, meaning: Meaning) -> Iterator[tuple[str, Meaning]]:
    yield name, meaning
    short = short_name(name)
    if short != name:
        yield short, meaning._replace(full=False)
    if meaning.label == PROV and name.endswith("自治区"):
        yield short + "省", meaning


def _township(name: str, above: frozenset[str]) -> Iterator[tuple[str, Meaning]]:
    short = short_name(name)
    meaning = Meaning(TOWN, township_identity(name), True, above)
    yield name, meaning
    if short != name and short[-1] not in _ENDS_LIKE_OTHER_NAMES:
        yield short, meaning._replace(full=False)
        for kind in _TOWN_KINDS:
            yield short + kind, meaning


def _all_above(divisions: Divisions, division: Division) -> frozenset[str]:
    """Return the codes of what a division lies in; of a municipality, also as a city."""
    codes = {each.code for each in divisions.path(division.above)}
    if division.level is Level.TOWNSHIP:
        codes -= {code for code in codes if code.endswith("0000")}
    municipality = MUNICIPALITIES & {each.code for each in divisions.path(division.above)}
    return frozenset(codes | {code + "c" for code in municipality})
