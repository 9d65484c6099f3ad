"""What the page lets be done is what the rules let be done: random branches, judged by both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from browser import Window, window
from map_town import areas
from map_window import show
from numpy.random import Generator

from lxgeo.geo.barriers import crosses
from lxgeo.geo.metric import metric_crs, project
from lxgeo.judge.verify.facts import Unit
from lxgeo.judge.verify.legality import lines_allowed
from lxgeo.judge.verify.trades import times_the_limit, too_unlike
from lxgeo.model import Areas
from lxgeo.policy import Policy
from lxgeo.publish.map import MapLayers
from lxgeo.tables import BRANCHES, CRS, UNITS, area_table

WEST, SOUTH, SIDE = 112.2, 30.4, 0.03
COUNT, DRAFTS = 60, 250
TRADES = ("C3912", "C3913", "C392", "C39", "C", "F5110", "F51", None)
POLICIES = {
    "as a rule": Policy(name="test"),
    "lines of one building": replace(Policy(name="test"), cross_line="same_building"),
    "lines of one park": replace(Policy(name="test"), cross_line="same_park"),
    "near and like": replace(Policy(name="test"), joint_by="near_and_like", cross_line="all"),
    "near and known to be like": replace(
        Policy(name="test"), joint_by="near_and_like", unknown_trade="unlike", like_trade="section"
    ),
    "near or like": replace(
        Policy(name="test"), joint_by="near_or_like", like_trade="group", branch_max_members=6
    ),
}


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    """Return one browser window for all tests here."""
    with window(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


def land() -> Areas:
    """Return an urban township and a mountain one, a bent river with a bridge, a lake, a branch."""
    whole = areas()
    half = shapely.box(WEST, SOUTH, WEST + SIDE / 2, SOUTH + SIDE)
    other = shapely.box(WEST + SIDE / 2, SOUTH, WEST + SIDE, SOUTH + SIDE)
    towns = gpd.GeoDataFrame(
        {"id": ["T1", "T2"], "name": ["甲街道", "乙乡"], "kind": ["urban", "mountain"]},
        geometry=[half, other],
        crs=CRS,
    )

    def line(*points: tuple[float, float]) -> shapely.LineString:
        return shapely.LineString([(WEST + x * SIDE, SOUTH + y * SIDE) for x, y in points])

    lake = shapely.Point(WEST + 0.7 * SIDE, SOUTH + 0.3 * SIDE).buffer(0.1 * SIDE)
    island = shapely.Point(WEST + 0.7 * SIDE, SOUTH + 0.3 * SIDE).buffer(0.03 * SIDE)
    rivers = gpd.GeoDataFrame(
        {"id": ["1", "2", "3"], "name": ["河", "河", "湖"]},
        geometry=[
            line((0, 0.4), (0.2, 0.45), (0.35, 0.6)),
            line((0.4, 0.62), (0.7, 0.7), (1, 0.6)),
            lake.difference(island),
        ],
        crs=CRS,
    )
    office = gpd.GeoDataFrame(
        {"id": ["OLD"], "name": ["老支部"], "capacity": [4]},
        geometry=[shapely.Point(WEST + 0.25 * SIDE, SOUTH + 0.7 * SIDE)],
        crs=CRS,
    )
    layers = {**whole.layers, "townships": area_table("townships").shaped(towns)}
    layers["barriers"] = area_table("barriers").shaped(rivers)
    layers["branches"] = area_table("branches").shaped(office)
    return Areas(layers, whole.roads)


def units(dice: Generator) -> gpd.GeoDataFrame:
    """Return units strewn at random, some in one building or park, on two lines."""
    spots = np.round(dice.uniform(0, SIDE, (COUNT, 2)), 6)
    building = dice.integers(0, 12, COUNT)
    spots[building < 4] = np.round(
        SIDE * np.array([0.2, 0.43]) + building[building < 4, None] * 3e-4, 6
    )
    lon, lat = np.round(WEST + spots[:, 0], 6), np.round(SOUTH + spots[:, 1], 6)
    township = np.where(lon < WEST + SIDE / 2, "T1", "T2")
    line = dice.choice(["territorial", "territorial", "sectoral"], COUNT)
    return UNITS.shaped(
        gpd.GeoDataFrame(
            {
                "unit_id": [f"N{n:02d}" for n in range(COUNT)],
                "row": [f"名册!{n + 2}" for n in range(COUNT)],
                "name": [f"单位{n}" for n in range(COUNT)],
                "industry_code": [TRADES[at] for at in dice.integers(0, len(TRADES), COUNT)],
                "full_members": dice.integers(1, 3, COUNT),
                "probationary_members": dice.integers(0, 3, COUNT),
                "operating_status": "operating",
                "township_id": township,
                "line": line,
                "jurisdiction": [f"township:{t}|{a}" for t, a in zip(township, line, strict=True)],
                # Two buildings of one name are two buildings.
                "building": ["大厦" if b < 4 else None for b in building],
                "building_id": [f"K{b}" if b < 4 else None for b in building],
                "park": ["园区" if p < 2 else None for p in building % 3],
                "park_id": [f"P{p}" if p < 2 else None for p in building % 3],
                "precision": "given",
                "lon": lon,
                "lat": lat,
                "outcome": "left_out",
                "is_host": False,
                "rule": "some_rule",
                "reason": "理由",
            },
            geometry=gpd.points_from_xy(lon, lat),
            crs=CRS,
        )
    )


def approved() -> gpd.GeoDataFrame:
    """Return an approved joint branch of two units that no ledger shows, with room for four."""
    told = {
        "branch_id": ["OLD"],
        "name": ["老支部"],
        "outcome": ["joint"],
        "status": ["existing"],
        "units": [2],
        "full_members": [3],
        "total_members": [3],
        "jurisdiction": ["township:T1|territorial"],
        "max_distance_m": [1200.0],
        "rule": ["some_rule"],
        "reason": ["理由"],
    }
    place = shapely.Point(WEST + 0.25 * SIDE, SOUTH + 0.7 * SIDE)
    return BRANCHES.shaped(gpd.GeoDataFrame(told, geometry=[place], crs=CRS))


def judged(
    table: pd.DataFrame, members: Sequence[int], host: int, policy: Policy, land: Areas
) -> bool:
    """Return whether units may be a branch; host −1 is the approved one."""
    limits = {"T1": policy.reach_m("urban"), "T2": policy.reach_m("mountain")}
    rows = [table.iloc[at] for at in members]
    old = approved().iloc[0]
    base = (2, 3, 3) if host < 0 else (0, 0, 0)
    full = base[1] + sum(row["full_members"] for row in rows)
    total = base[2] + sum(row["full_members"] + row["probationary_members"] for row in rows)
    most = min(policy.joint_max_units, 4 if host < 0 else 5)
    if not (2 <= base[0] + len(rows) <= most):
        return False
    if full < policy.joint_min_full or total > policy.branch_max_members:
        return False
    place = _site(table.iloc[host]) if host >= 0 else _old_site(old)
    reach = limits[table["township_id"].iloc[host]] if host >= 0 else 1200.0
    return all(
        _together(_site(row), min(limits[row["township_id"]], reach), place, policy, land)
        for at, row in zip(members, rows, strict=True)
        if at != host
    )


def _site(row: Any) -> SimpleNamespace:
    names = ("lon", "lat", "jurisdiction", "building_id", "park_id", "industry_code")
    return SimpleNamespace(**{n: None if pd.isna(row[n]) else row[n] for n in names})


def _old_site(row: Any) -> SimpleNamespace:
    return SimpleNamespace(
        lon=row["geometry"].x,
        lat=row["geometry"].y,
        jurisdiction=row["jurisdiction"],
        building_id=None,
        park_id=None,
        industry_code=None,
    )


def _together(
    unit: SimpleNamespace, limit: float, host: SimpleNamespace, policy: Policy, land: Areas
) -> bool:
    """Return whether a unit may be under a host, as far as the two alone decide."""
    trades = unit.industry_code, host.industry_code
    x, y = project(
        np.array([unit.lon, host.lon]), np.array([unit.lat, host.lat]), metric_crs(112.2)
    )
    away = float(np.hypot(x[0] - x[1], y[0] - y[1]))
    if away > limit * times_the_limit(*trades, policy) or too_unlike(*trades, policy):
        return False
    if unit.jurisdiction != host.jurisdiction:
        bodies = {each.jurisdiction.rpartition("|")[0] for each in (unit, host)}
        if len(bodies) > 1 or not lines_allowed(cast("Unit", unit), cast("Unit", host), policy):
            return False
    inside = unit.building_id is not None and unit.building_id == host.building_id
    ends = ([unit.lon], [unit.lat], [host.lon], [host.lat])
    return inside or not crosses(*ends, land.layers["barriers"])[0]


def drafts(table: pd.DataFrame, dice: Generator) -> list[tuple[list[int], int]]:
    """Return branches made up by lot: units near a first one, one of them or the old one hosts."""
    made = []
    places = table[["lon", "lat"]].to_numpy()
    for _ in range(DRAFTS):
        first = int(dice.integers(COUNT))
        near = np.argsort(np.hypot(*(places - places[first]).T), kind="stable")[
            : dice.integers(3, 16)
        ]
        size = min(int(dice.integers(1, 7)), len(near))
        members = sorted(int(each) for each in dice.choice(near, size, replace=False))
        made.append((members, -1 if dice.random() < 0.2 else int(dice.choice(members))))
    return made


@pytest.mark.parametrize("name", POLICIES)
def test_page_and_rules_say_the_same(browser: Window, tmp_path: Path, name: str) -> None:
    """Each of 250 branches made up by lot is legal in the page exactly if it is by the rules."""
    policy, dice = POLICIES[name], np.random.default_rng(sum(map(ord, name)))
    table, known = units(dice), land()
    asked = drafts(table, dice)
    page = show(browser, tmp_path, MapLayers(table, approved(), known, policy=policy))

    found = page.js(
        "const { edits, register, units } = lxgeo.page;"
        "const at = Array.from(register.byLedger);"
        "return arguments[0].map(([members, host]) => edits.rules.faults("
        "{ members: members.map((k) => at[k]), host: host < 0 ? -1 : at[host],"
        " b: host < 0 ? 0 : -1 }))",
        asked,
    )
    expected = [judged(table, members, host, policy, known) for members, host in asked]

    wrong = [
        (draft, faults, should)
        for draft, faults, should in zip(asked, found, expected, strict=True)
        if (not faults) is not should
    ]
    assert wrong == []
    assert 5 < sum(expected) < DRAFTS - 5
    if name == "as a rule":
        said = " ".join(fault for faults in found for fault in faults)
        for part in (
            "隔着河流",
            "超过上限",
            "不在同一管辖",
            "不足 3 名",
            "容量为 4 家",
            "不成联合",
        ):
            assert part in said
