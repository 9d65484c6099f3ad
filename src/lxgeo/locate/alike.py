"""Names spelt alike: never enough alone, but where the road or the township agrees."""

from __future__ import annotations

import re
from typing import NamedTuple

from lxgeo.locate.agreement import named_townships, stands_on_road
from lxgeo.locate.gazetteer import Gazetteer
from lxgeo.locate.names import split_tail
from lxgeo.locate.places import Place
from lxgeo.locate.reading import Reading

WITH_ROAD, WITH_TOWNSHIP = 80.0, 88.0
"""Least likeness, out of 100, where the road agrees, and where only the township does. Among 8,296
names of buildings, one that is not listed finds another as alike as 83 in a tenth of cases."""
_SHORTEST = 4
_MOST = 8
_RIVAL = 5.0
_TELLS_APART = re.compile(r"[0-9A-Z一二三四五六七八九十甲乙丙丁东西南北中新老大小前后上下]")


class Alike(NamedTuple):
    """A building whose name is spelt like one in a row.

    Parameters
    ----------
    written
        The name in the row.
    place
        The building.
    likeness
        0 to 100.
    """

    written: str
    place: Place
    likeness: float


def most_alike(reading: Reading, gazetteer: Gazetteer) -> tuple[Alike, ...]:
    """Return the buildings that a row may mean by a name spelt otherwise; the likeliest first.

    More than one is returned only where they are about as alike: then nothing tells which.
    """
    if reading.strange or not reading.unknown:
        return ()
    roads = [road.name for mention in reading.roads for road in mention.places]
    named = named_townships(reading)
    if not (roads or named):
        return ()
    pool = [
        each
        for township in sorted(named or reading.within or gazetteer.alike.keys())
        for each in gazetteer.alike.get(township, ())
    ]
    least = WITH_ROAD if roads else WITH_TOWNSHIP
    for written in reading.unknown:
        found = _of_pool(written, pool, least)
        if roads:
            found = [each for each in found if stands_on_road(each.place, reading, gazetteer)]
        if found:
            best = found[0].likeness
            return tuple(each for each in found if each.likeness >= best - _RIVAL)
    return ()


def _of_pool(written: str, pool: list[tuple[str, Place]], least: float) -> list[Alike]:
    base, tail = split_tail(written)
    if len(base) < _SHORTEST:
        return []
    from rapidfuzz import fuzz, process  # slow to import, and seldom needed

    marks = _TELLS_APART.findall(base)
    names = [name for name, _ in pool]
    close = process.extract(base, names, scorer=fuzz.ratio, score_cutoff=least, limit=_MOST)
    found = [
        Alike(written, place, round(likeness, 1))
        for name, likeness, row in close
        if _TELLS_APART.findall(name) == marks
        and ((place := pool[row][1]).tail <= tail or not tail)
    ]
    return sorted(found, key=lambda each: (-each.likeness, each.place.id))
