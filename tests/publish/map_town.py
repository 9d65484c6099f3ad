"""A small town for the map: two townships side by side, all outcomes, every kind of position."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from lxgeo.model import AREA_LAYERS, Areas, Evaluation, Outcome, Rate
from lxgeo.publish.map import MapLayers
from lxgeo.tables import BRANCHES, CRS, ROADS, UNITS, area_table

WEST, SOUTH = 112.20, 30.40
STEP = 0.002  # degrees between neighbours, about 200 m

PAYLOADS = (
    "{{7*7}}",
    "{{ cycler.__init__.__globals__.os.getpid() }}",
    "{% raw %}",
    "{% for x in 'ab' %}{{ x }}{% endfor %}",
    '<img src=x onerror="window.__xss=1">',
    "</script><script>window.__xss=2</script>",
    "`${window.__xss=3}`",
    "'\"><svg onload=window.__xss=4>",
    "<!--",
    "]]></title></textarea></style>",
    "a\u2028b\u2029c",
    "$& $1 {n} {of}",
    "javascript:window.__xss=5",
    "\\u003cimg src=x onerror=window.__xss=6\\u003e",
)

Rename = Callable[[str, str], str]


def plain(_where: str, text: str) -> str:
    """Leave a text as it is."""
    return text


class Hostile:
    """Gives every text field the next payload, led by where it stands so that it can be found."""

    def __init__(self) -> None:
        self.given: dict[str, list[str]] = {}

    def __call__(self, where: str, _text: str) -> str:
        """Return the next payload and remember where it went."""
        given = self.given.setdefault(where, [])
        given.append(f"{PAYLOADS[len(given) % len(PAYLOADS)]} {where} {len(given)}")
        return given[-1]


def _point(column: float, row: float) -> shapely.Point:
    return shapely.Point(round(WEST + column * STEP, 7), round(SOUTH + row * STEP, 7))


# (outcome, column, row, precision, full members, branch, host): where and what each unit is.
_PLACES: tuple[tuple[str, float, float, str, int | None, str | None, bool], ...] = (
    ("joint", 2, 3, "given", 1, "B1", True),
    ("joint", 3, 3, "house_number", 1, "B1", False),
    ("joint", 3, 4, "road", 1, "B1", False),
    ("standalone", 5, 5, "given", 4, None, False),
    ("temporary", 6, 3, "given", 3, None, False),
    ("transfer", 7, 6, "given", 1, None, False),
    ("existing", 12, 5, "given", 3, "B2", True),
    ("attached", 13, 6, "park", 2, "B2", False),
    ("left_out", 18, 9, "given", 1, None, False),
    ("left_out", 1, 9, "village", 2, None, False),
    ("no_members", 8, 8, "building", 0, None, False),
    ("no_members", 8, 8, "building", 0, None, False),
    ("standalone", 8, 8, "building", 5, None, False),
    ("unknown_members", 15, 2, "given", None, None, False),
    ("excluded", 16, 8, "given", 1, None, False),
    ("not_located", 5, 5, "township", 1, None, False),
    ("not_located", 0, 0, "none", 2, None, False),
    ("no_members", 0, 0, "district", 0, None, False),
)


def units(say: Rename = plain) -> gpd.GeoDataFrame:
    """Return the town's units in words."""
    rows: list[dict[str, Any]] = []
    for n, (outcome, column, row, precision, full, branch, host) in enumerate(_PLACES):
        placed = precision not in {"none", "district"}
        point = _point(column, row) if placed else None
        township = "T1" if column < 10 else "T2"
        rows.append(
            {
                "unit_id": f"U{n:02d}",
                "row": f"{say('row', '名册')}!{n + 2}",
                "name": say("name", f"江滨第{n + 1}号商贸有限公司"),
                "credit_code": say("credit_code", f"9142010000000{n:04d}X"),
                "kind": say("kind", "非公企业"),
                "address": say("address", f"人民路{n + 1}号"),
                "industry_code": "F5110",
                "staff": 10 + n,
                "full_members": full,
                "operating_status": "operating",
                "township_id": township if placed else None,
                "township": say("township", "甲街道") if placed else None,
                "building": say("building", "创业大厦") if precision == "building" else None,
                "park": say("park", "东湖产业园") if precision == "park" else None,
                "line": "territorial",
                "approver": say("approver", "甲街道党工委"),
                "precision": precision,
                "lon": point.x if point else None,
                "lat": point.y if point else None,
                "outcome": outcome,
                "branch_id": branch,
                "is_host": host,
                "distance_m": 0.0 if host else 230.4 if branch else None,
                "rule": "some_rule",
                "reason": say("reason", f"理由第{n + 1}条"),
                "finding": say("finding", "位置仅到道路，待核") if precision == "road" else None,
                "geometry": point,
            }
        )
    return UNITS.shaped(gpd.GeoDataFrame(pd.DataFrame(rows), geometry="geometry", crs=CRS))


def branches(say: Rename = plain) -> gpd.GeoDataFrame:
    """Return a proposed joint branch, an existing one, and one that no unit belongs to."""
    told = (
        ("B1", "joint", "proposed", "U00", 3, 3, (2, 3)),
        ("B2", "existing", "existing", "U06", 2, 5, (12, 5)),
        ("B3", "standalone", "existing", None, 1, 4, (6, 9)),
    )
    rows = [
        {
            "branch_id": branch_id,
            "name": say("branch", f"{branch_id}党支部"),
            "outcome": outcome,
            "mode": "area",
            "status": status,
            "host_id": host,
            "units": count,
            "full_members": full,
            "approver": say("branch_approver", "甲街道党工委"),
            "span_m": 312.0,
            "cost_m": 1500.0,
            "rule": "some_rule",
            "reason": say("branch_reason", "正式党员满三名"),
            "geometry": _point(*at),
        }
        for branch_id, outcome, status, host, count, full, at in told
    ]
    return BRANCHES.shaped(gpd.GeoDataFrame(pd.DataFrame(rows), geometry="geometry", crs=CRS))


def _box(west: float, south: float, east: float, north: float) -> shapely.Polygon:
    low, high = _point(west, south), _point(east, north)
    return shapely.box(low.x, low.y, high.x, high.y)


def areas(say: Rename = plain) -> Areas:
    """Return two townships, a park, a building, a market that is a point, and a road."""
    shapes: dict[str, list[tuple[str, str, Any]]] = {
        "townships": [("T1", "甲街道", _box(0, 0, 10, 12)), ("T2", "乙镇", _box(10, 0, 20, 12))],
        "parks": [("P1", "东湖产业园", _box(11, 4, 14.5, 7.5))],
        "buildings": [("K1", "创业大厦", _box(7.9, 7.9, 8.1, 8.1))],
        "markets": [("M1", "建材市场", _point(17, 4))],
    }
    layers = {
        name: area_table(name).shaped(
            gpd.GeoDataFrame(
                {
                    "id": [key for key, _, _ in shapes.get(name, [])],
                    "name": [say("area", text) for _, text, _ in shapes.get(name, [])],
                },
                geometry=[shape for _, _, shape in shapes.get(name, [])],
                crs=CRS,
            )
        )
        for name in AREA_LAYERS
    }
    road = shapely.LineString([_point(0, 2), _point(9, 2.5), _point(20, 2)])
    roads = gpd.GeoDataFrame({"name": [say("area", "人民路")]}, geometry=[road], crs=CRS)
    return Areas(layers, ROADS.shaped(roads))


def evaluation(say: Rename = plain) -> Evaluation:
    """Return one rate worked out by hand: 1 of 17 operating units before, 6 after."""
    return Evaluation(
        figures={},
        before=(Rate("organisation", 1, 17, "operating_units"),),
        after=(Rate("organisation", 6, 17, "operating_units"),),
        by_township=pd.DataFrame(
            {
                "township_id": ["T1", "T2", None],
                "township": [say("township_rate", "甲街道"), say("township_rate", "乙镇"), None],
                "organisation_before": [0, 1, 0],
                "organisation_after": [4, 2, 0],
                "operating_units": [11, 4, 2],
            }
        ),
    )


def town(say: Rename = plain, texts: Mapping[str, str] | None = None) -> MapLayers:
    """Return the town, its texts through ``say``."""
    return MapLayers(units(say), branches(say), areas(say), evaluation(say), texts or {})


_PIECES = (
    *(
        '<img src=x onerror="window.__xss=7">',
        "<svg/onload=window.__xss=8>",
        "</script>",
        "<script>",
    ),
    *(
        "{{",
        "}}",
        "{%",
        "%}",
        "{#",
        "${",
        "}",
        "`",
        "'",
        '"',
        "\\",
        "\\u003c",
        "&lt;",
        "&#60;",
        "&amp;",
    ),
    *(
        "javascript:window.__xss=9",
        "window.__xss=10",
        "//",
        "/*",
        "*/",
        "<!--",
        "-->",
        "]]>",
        "<![CDATA[",
    ),
    *(
        "\u2028",
        "\u2029",
        "\x00",
        "\ufeff",
        "\u202e",
        "\u200b",
        "\r\n",
        "\t",
        "$&",
        "$1",
        "{n}",
        "%s",
        "%00",
    ),
    *(
        "__proto__",
        "constructor",
        "toString",
        "=1+1",
        "𠮷",
        "中",
        "١",
        "0",
        "é",
        "e\u0301",
        "ﷺ",
        "😀",
    ),
    *(
        "<style>*{display:none}</style>",
        "<a href=javascript:alert(1)>",
        "onerror=",
        "style=x:expression(1)",
    ),
)


def hostile_names(count: int, seed: int = 20) -> list[str]:
    """Return texts put together by lot from what has ever broken out of a page, all different."""
    dice = np.random.default_rng(seed)
    names = []
    for number in range(count):
        pieces = [_PIECES[at] for at in dice.integers(0, len(_PIECES), dice.integers(1, 6))]
        names.append("".join(pieces) + str(number))
    return names


def crowd(count: int) -> MapLayers:
    """Return the town with many more units, dense in places, all outcomes in turn."""
    outcomes = [str(each) for each in Outcome]
    dice = np.random.default_rng(7)
    middles = dice.uniform((1, 1), (19, 11), size=(12, 2))
    spread = dice.exponential(0.9, size=(count, 1))
    places = middles[dice.integers(12, size=count)] + spread * dice.normal(size=(count, 2))
    points = [_point(column, row) for column, row in places]
    many = pd.DataFrame(
        {
            "unit_id": [f"N{n:05d}" for n in range(count)],
            "row": [f"名册!{n + 2}" for n in range(count)],
            "name": [f"单位{n}" for n in range(count)],
            "operating_status": "operating",
            "line": "territorial",
            "precision": "given",
            "lon": [point.x for point in points],
            "lat": [point.y for point in points],
            "outcome": [outcomes[n % len(outcomes)] for n in range(count)],
            "is_host": False,
            "rule": "some_rule",
            "reason": "理由",
        }
    )
    table = UNITS.shaped(gpd.GeoDataFrame(many, geometry=points, crs=CRS))
    return MapLayers(table, branches(), areas())
