"""What a stretch of an address can be, and what follows what.

Every figure of this package is set by hand, as a share (p) or as nats gained over a background of
8 nats a character. No program fitted them: they are round, such as the planner of a street would
guess, and halving or doubling all of them at random changes little. What the parser got wrong on
labelled addresses was read while they were set (docs/addresses.md says which).
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

NAT_A_CHARACTER: Final = 8.0
"""What a character is worth that a dictionary or an ending explains: about 3,000 characters."""

LABELS: Final = (
    *("start", "country", "prov", "city", "district", "devzone", "town", "community", "group"),
    *("road", "lane", "roadno", "poi", "subpoi", "houseno", "cellno", "floorno", "roomno"),
    *("beside", "noise"),
)
LABEL: Final = {label: number for number, label in enumerate(LABELS)}
START: Final = LABEL["start"]
PROV: Final = LABEL["prov"]
CITY: Final = LABEL["city"]
DISTRICT: Final = LABEL["district"]
DEVZONE: Final = LABEL["devzone"]
TOWN: Final = LABEL["town"]
COMMUNITY: Final = LABEL["community"]
ROAD: Final = LABEL["road"]
ROADNO: Final = LABEL["roadno"]
POI: Final = LABEL["poi"]
SUBPOI: Final = LABEL["subpoi"]
HOUSENO: Final = LABEL["houseno"]
CELLNO: Final = LABEL["cellno"]
FLOORNO: Final = LABEL["floorno"]
ROOMNO: Final = LABEL["roomno"]
BESIDE: Final = LABEL["beside"]
NOISE: Final = LABEL["noise"]

PUBLISHED: Final = (
    *("prov", "city", "district", "devzone", "town", "community", "road", "roadno", "poi"),
    *("subpoi", "houseno", "cellno", "floorno", "roomno"),
)
TOLD_AS: Final = {**{label: label for label in PUBLISHED}, "lane": "road"}
"""Label as published, where it is; village groups, 旁边 and noise are told as nothing."""


def words(text: str) -> tuple[str, ...]:
    """Return the words of a list that blanks part."""
    return tuple(text.split())


def shares(table: str) -> dict[str, float]:
    """Return log shares from ``name|name p name p …``."""
    told = table.split()
    return {
        name: math.log(float(share))
        for names, share in zip(told[::2], told[1::2], strict=True)
        for name in names.split("|")
    }


_FOLLOWS: Final = {
    "start": """
        prov .42 city .15 district .12 town .1 road .1 poi .06 devzone|community|country .02
        noise .02 houseno .002 subpoi|roadno .001""",
    "country": "prov .7 city .3",
    "prov": """
        city .8 district .12 road|poi|noise .02 town|devzone .01 prov .008""",
    "city": """
        district .8 town .05 road|poi .04 devzone .02 city|community|noise .01 prov .004""",
    "district": """
        town .4 road .27 poi .17 devzone .04 community .03 prov|noise .02 city .01 district .008
        roadno .002""",
    "devzone": """
        road .35 poi .25 houseno .1 subpoi .06 roadno|town .05 floorno .03
        community|roomno|noise .02 devzone .01""",
    "town": """
        road .3 poi|community .22 devzone .06 town .02 roadno|group|noise .01 prov .006
        houseno|beside .005 district|city .004""",
    "community": """
        poi|houseno .3 road .22 group .1 community .06 devzone|noise .03 roadno|subpoi|beside .02
        floorno|roomno .005""",
    "group": "houseno .5 poi .15 roadno .1 road|noise .05 roomno .02",
    "road": """
        roadno .68 poi .17 lane|beside .06 devzone|houseno|noise .02 subpoi .01 community .006
        floorno .005 road .01 town .003""",
    "lane": "roadno .6 poi .2 beside .1 houseno|noise .02 lane|devzone .01",
    "roadno": """
        poi .45 houseno .12 noise .06 roomno .05 floorno .04 beside .03 devzone|cellno .02
        subpoi|lane|roadno .01 community .005 road .003""",
    "poi": """
        houseno .35 subpoi .2 floorno|roomno .08 road|noise .05 roadno|beside .04 cellno .015
        poi|devzone .005 group .004 lane|community .003""",
    "subpoi": """
        houseno .4 floorno|roomno .1 subpoi .06 noise .05 road|roadno|beside .02 cellno .015
        devzone .003 poi .002""",
    "houseno": """
        cellno .4 roomno .35 floorno .12 subpoi .06 noise .05 poi .02 houseno|beside .01
        road .003""",
    "cellno": "roomno .75 noise .1 floorno .06 subpoi .02 poi .01 houseno .005",
    "floorno": "roomno|subpoi .35 noise .1 poi .03 houseno|cellno .02 beside .01",
    "roomno": """
        noise .3 subpoi .25 poi .06 roomno .02 houseno .01 floorno|road .005""",
    "beside": """
        poi .4 roadno .15 subpoi .1 lane|houseno|noise|beside .05 road .04 roomno .03
        community .01""",
    "noise": """
        noise .3 subpoi .05 poi|prov .02 city|district|town|road|houseno|roomno .01""",
}
_HARDLY: Final = -9.0
_NEVER: Final = -12.0
_IN_THEIR_PLACE: Final = frozenset({"town", "district", "city", "prov", "devzone", "subpoi"})


def transitions() -> NDArray[np.float64]:
    """Return the log share of each label after each: rows what goes before, columns what follows.

    Labels that have a place of their own in an address hardly ever stand elsewhere.
    """
    table = np.full((len(LABELS), len(LABELS)), _HARDLY)
    table[:, [LABEL[label] for label in sorted(_IN_THEIR_PLACE)]] = _NEVER
    for before, follows in _FOLLOWS.items():
        for label, share in shares(follows).items():
            table[LABEL[before], LABEL[label]] = share
    return table
