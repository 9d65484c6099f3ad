"""Divisions of China, province to township, as of a day, and what went by another name before."""

from __future__ import annotations

import enum
import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple


class Level(enum.IntEnum):
    """How deep a division lies; the numbers are those of the registry."""

    PROVINCE = 1
    CITY = 2
    DISTRICT = 3
    TOWNSHIP = 4


class Division(NamedTuple):
    """A division of today.

    Parameters
    ----------
    level
        Its level.
    code
        Six digits, a township's nine (GB/T 2260 and GB/T 10114, as the registry gives them).
    above
        Code of the division that it lies in, empty for a province. A municipality's districts lie
        in it directly; so do townships of a city without districts, such as 东莞市.
    name
        Its name in full.
    """

    level: Level
    code: str
    above: str
    name: str


class FormerName(NamedTuple):
    """A name that a city or district no longer has.

    Parameters
    ----------
    year
        The last change that took it away.
    former_code
        The code that went with it.
    code
        The division of today that it leads to; where one was divided, the one that took its seat.
    name
        The name.
    above
        The provinces and cities that it lay in then; may be empty.
    """

    year: int
    former_code: str
    code: str
    name: str
    above: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Divisions:
    """The table of divisions.

    Parameters
    ----------
    as_of
        The day for which the registry published it, as ``2025-12-31``.
    divisions
        All divisions, in the registry's order.
    former
        Names that are none any more.
    words
        Ordinary words, each with what it warns of: 1, a division in short would be taken for it;
        2, no name ends or begins inside it; 3, both.
    villages
        Names of villages and residents' committees, without 村 or 社区, parted by blanks, under
        the code of the township that they lie in (of the district, where that is not known). A
        full stop follows a residents' committee's.

    Notes
    -----
    Made by `lxgeo.read.read_divisions`; this noun reads no file.
    """

    as_of: str
    divisions: tuple[Division, ...]
    former: tuple[FormerName, ...] = ()
    words: tuple[tuple[str, int], ...] = ()
    villages: tuple[tuple[str, str], ...] = ()

    @functools.cached_property
    def by_code(self) -> dict[str, Division]:
        """Each division under its code."""
        return {division.code: division for division in self.divisions}

    @functools.cached_property
    def _by_name(self) -> dict[str, tuple[Division, ...]]:
        found: dict[str, list[Division]] = {}
        for division in self.divisions:
            for name in dict.fromkeys((division.name, *short_forms(division))):
                found.setdefault(name, []).append(division)
        return {name: tuple(divisions) for name, divisions in found.items()}

    @functools.cached_property
    def _by_former_name(self) -> dict[str, tuple[FormerName, ...]]:
        found: dict[str, list[FormerName]] = {}
        for former in self.former:
            for name in (former.name, short_name(former.name)):
                if former not in found.setdefault(name, []):
                    found[name].append(former)
        return {name: tuple(names) for name, names in found.items()}

    def named(self, name: str, levels: Iterable[Level] = Level) -> tuple[Division, ...]:
        """Return the divisions that a name, in full or in short, can mean today."""
        wanted = frozenset(levels)
        return tuple(each for each in self._by_name.get(name, ()) if each.level in wanted)

    def formerly(self, name: str) -> tuple[FormerName, ...]:
        """Return what had this name, in full or in short, latest first."""
        return tuple(sorted(self._by_former_name.get(name, ()), key=lambda former: -former.year))

    @functools.cached_property
    def townships_in(self) -> dict[str, tuple[str, ...]]:
        """The codes of the townships right under each district, or city without districts."""
        found: dict[str, list[str]] = {}
        for division in self.divisions:
            if division.level is Level.TOWNSHIP:
                found.setdefault(division.above, []).append(division.code)
        return {code: tuple(codes) for code, codes in found.items()}

    @functools.cached_property
    def _villages_under(self) -> dict[str, str]:
        return {code: f" {names} ".replace(".", "") for code, names in self.villages}

    def has_village(self, code: str, name: str) -> bool:
        """Return whether a village or community of this name, without 村 or 社区, lies in one."""
        return f" {name} " in self._villages_under.get(code, "")

    def path(self, code: str) -> tuple[Division, ...]:
        """Return a division and all that it lies in, the province first; empty if there is none."""
        found: list[Division] = []
        while (division := self.by_code.get(code)) is not None:
            found.append(division)
            code = division.above
        return tuple(reversed(found))


# --- names in short

_PEOPLES = (
    "蒙古族?|回族|藏族|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族?"
    "|傣族|黎族|傈僳族|佤族|畲族|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜族?|土族|达斡尔族|仫佬族"
    "|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯族?|阿昌族|普米族|塔吉克族?|怒族|独龙族|鄂温克族"
    "|鄂伦春|德昂族|保安族|裕固族|各族"
)
_PEOPLES_AFTER = re.compile(rf"(?<=..)(?:{_PEOPLES})+$")
_AUTONOMOUS = re.compile(r"自治([州县旗])$")
_LEAST = 2
_KIND = re.compile(
    r"(?:自治区|特别行政区|自治州|自治县|自治旗|地区|林区|特区|街道|苏木|[省市盟区县旗镇乡])$"
)


def short_name(name: str) -> str:
    """Return a division's name without what kind it is, at least two characters.

    ``黔东南苗族侗族自治州`` is ``黔东南``; ``通县`` stays.
    """
    short = _KIND.sub("", name)
    if len(short) < _LEAST:
        return name
    return _PEOPLES_AFTER.sub("", short)


def short_forms(division: Division) -> tuple[str, ...]:
    """Return how a division's name is also written: in short, or as an office.

    ``沙头街道`` is also 沙头街道办事处, 沙头街道办, 沙头办事处 and 沙头; ``镇宁布依族苗族自治县``
    is also 镇宁县 and 镇宁.
    """
    short = short_name(division.name)
    if division.level is Level.TOWNSHIP and division.name.endswith("街道"):
        return short, *(short + kind for kind in ("街道办事处", "街道办", "办事处"))
    if division.level is Level.TOWNSHIP and division.name[-1] == "乡":
        return short, short + "乡"
    own = _AUTONOMOUS.search(division.name)
    return (short, short + own.group(1)) if own else (short,)
