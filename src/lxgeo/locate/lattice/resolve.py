"""Which divisions an address names: what it leaves out is inferred, what is unclear is told."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple

from lxgeo.locate.divisions import Division, Divisions, FormerName, Level, short_name

_LEVEL: Final = {
    "prov": Level.PROVINCE,
    "city": Level.CITY,
    "district": Level.DISTRICT,
    "town": Level.TOWNSHIP,
}
_MOST_CANDIDATES: Final = 20
_FORMER_SHARE, _CONTRADICTION_SHARE, _UNKNOWN_SHARE = 0.9, 0.5, 0.8


class Named(NamedTuple):
    """A division as the address names it: its label and words."""

    label: str
    text: str


class Renamed(NamedTuple):
    """A name that is none any more, and what it is today."""

    was: str
    now: str
    year: int


@dataclass(frozen=True, slots=True)
class Where:
    """The divisions that an address lies in.

    Parameters
    ----------
    province, city, district, township
        Full names of today; empty where the address leaves them open. A municipality is its own
        city; a township keeps the address's own words where the table has none of that name.
    code
        Code of the deepest division that is sure, empty if none is.
    confidence
        0 to 1: one over the number of candidates, less where a name is unknown, former, or at
        odds with another.
    candidates
        Codes of the divisions that all names fit best, where several do.
    renamed
        Former names in the address, and what they are today.
    contradicted
        Names in the address that the rest of it does not bear out.
    province_code, city_code, district_code, township_code
        Codes of the divisions that are sure, empty for others.
    township_by
        The village or community that told the township, where the address names none.
    """

    province: str = ""
    city: str = ""
    district: str = ""
    township: str = ""
    code: str = ""
    confidence: float = 0.0
    candidates: tuple[str, ...] = ()
    renamed: tuple[Renamed, ...] = ()
    contradicted: tuple[str, ...] = ()
    province_code: str = ""
    city_code: str = ""
    district_code: str = ""
    township_code: str = ""
    township_by: str = ""


class _Option(NamedTuple):
    """A division that a name can mean, and how: by its own name, a former one, or one like it."""

    division: Division
    former: FormerName | None = None
    alike: bool = False


@functools.lru_cache(maxsize=65536)
def resolve(named: tuple[Named, ...], divisions: Divisions) -> Where:
    """Return the divisions that names in an address mean together.

    Each name votes for all that it can mean; the deepest divisions with most votes win.
    ``鼓楼区`` alone has four candidates; ``江苏 鼓楼区`` two; ``南京 鼓楼区`` one.
    """
    options = {name: tuple(_options(name, divisions)) for name in dict.fromkeys(named)}
    known = {name: found for name, found in options.items() if found}
    best, agreeing = _best(known, divisions)
    if not best:
        return Where(township=_own_words(named))
    path = _shared_path(best, divisions)
    at = {division.level: division for division in path}
    strange = {name for name in options if name not in agreeing and name.label == "town"}
    told = {name for name in known if name not in agreeing} - strange
    renamed = _renamed(agreeing, best, known, divisions)
    confidence = 1.0 / len(best)
    confidence *= _CONTRADICTION_SHARE if told else 1.0
    confidence *= _UNKNOWN_SHARE if strange or len(known) < len(options) else 1.0
    confidence *= _FORMER_SHARE if renamed else 1.0
    town = at.get(Level.TOWNSHIP)
    return Where(
        province=_name(at, Level.PROVINCE),
        city=_name(at, Level.CITY) or _municipality(path),
        district=_name(at, Level.DISTRICT),
        township=town.name if town else _own_words(named),
        code=path[-1].code if path else "",
        confidence=round(confidence, 3),
        candidates=tuple(sorted(best)[:_MOST_CANDIDATES]) if len(best) > 1 else (),
        renamed=renamed,
        contradicted=tuple(name.text for name in known if name in told),
        province_code=_code(at, Level.PROVINCE),
        city_code=_code(at, Level.CITY) or _municipality_code(path),
        district_code=_code(at, Level.DISTRICT),
        township_code=_code(at, Level.TOWNSHIP),
    )


def _options(name: Named, divisions: Divisions) -> Iterable[_Option]:
    level = _LEVEL[name.label]
    levels = {level, *_BESIDE.get(level, ())}
    found = [_Option(division) for division in divisions.named(name.text, levels)]
    if level is Level.TOWNSHIP:
        return [*found, *_alike(name.text, divisions)]
    if found or level is Level.PROVINCE:
        return found
    former = divisions.formerly(name.text)
    exact = [each for each in former if each.name == name.text]
    return [_Option(divisions.by_code[each.code], each) for each in exact or former]


# A county-level city may be called a city; a municipality is a province and a city.
_BESIDE: Final = {
    Level.CITY: (Level.PROVINCE, Level.DISTRICT),
    Level.DISTRICT: (Level.CITY,),
}


def _alike(name: str, divisions: Divisions) -> list[_Option]:
    """Return townships of the same stem: a town (镇) may have become a subdistrict (街道)."""
    stem = short_name(name.removesuffix("办事处").removesuffix("办"))
    if stem == name:
        return []
    return [
        _Option(each, alike=True)
        for each in divisions.named(stem, {Level.TOWNSHIP})
        if each.name != name and short_name(each.name) == stem
    ]


def _best(
    known: dict[Named, tuple[_Option, ...]], divisions: Divisions
) -> tuple[dict[str, None], set[Named]]:
    """Return the deepest divisions that most names lead to, and those names."""
    ways: dict[str, set[Named]] = {}
    paths: dict[str, frozenset[str]] = {}
    for found in known.values():
        for option in found:
            code = option.division.code
            paths[code] = frozenset(each.code for each in divisions.path(code))
    meant = {name: {each.division.code for each in found} for name, found in known.items()}
    for code, path in paths.items():
        ways[code] = {name for name, codes in meant.items() if codes & path}
    if not ways:
        return {}, set()
    rank = {
        code: (sum(map(_weight, names)), divisions.by_code[code].level)
        for code, names in ways.items()
    }
    top = max(rank.values())
    best = [code for code in sorted(ways) if rank[code] == top]
    sure = [code for code in best if not _unsure(code, ways[code], known)]
    best = sure or best
    return dict.fromkeys(best), ways[best[0]]


def _weight(name: Named) -> int:
    """Return how much a name's vote counts: many townships share a name, few districts do."""
    return 1 if name.label == "town" else 3


def _unsure(code: str, names: set[Named], known: dict[Named, tuple[_Option, ...]]) -> bool:
    """Return whether only a former name, or one like it, leads to a division."""
    ways = [option for name in names for option in known[name] if option.division.code == code]
    return all(option.former is not None or option.alike for option in ways)


def _shared_path(best: Iterable[str], divisions: Divisions) -> tuple[Division, ...]:
    """Return what all candidates lie in, down to the one if there is one."""
    paths = [divisions.path(code) for code in best]
    shared = []
    for level in zip(*paths, strict=False):
        if any(each != level[0] for each in level):
            break
        shared.append(level[0])
    return tuple(shared)


def _renamed(
    agreeing: set[Named],
    best: Iterable[str],
    known: dict[Named, tuple[_Option, ...]],
    divisions: Divisions,
) -> tuple[Renamed, ...]:
    codes = {each.code for code in best for each in divisions.path(code)}
    found: dict[tuple[str, str], int] = {}
    for option in (option for name in sorted(agreeing) for option in known[name]):
        if option.former is not None and option.division.code in codes:
            change = option.former.name, option.division.name
            found[change] = max(option.former.year, found.get(change, 0))
    return tuple(Renamed(was, now, year) for (was, now), year in sorted(found.items()))


def _name(at: dict[Level, Division], level: Level) -> str:
    division = at.get(level)
    return division.name if division else ""


def _code(at: dict[Level, Division], level: Level) -> str:
    division = at.get(level)
    return division.code if division else ""


def _municipality(path: tuple[Division, ...]) -> str:
    return path[0].name if path and path[0].name.endswith("市") else ""


def _municipality_code(path: tuple[Division, ...]) -> str:
    return path[0].code if _municipality(path) else ""


def _own_words(named: Iterable[Named]) -> str:
    return next((name.text for name in named if name.label == "town"), "")
