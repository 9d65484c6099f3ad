"""The demo district's plan laid out again and again, as a grid of neighbours, with names anew.

Every unit of every copy has a brand, a house number and a credit code of its own, drawn by lot
from a seed: what a page of that many units would really hold, and no easier to compress.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.random import Generator

from lxgeo.demo.codes import ALPHABET, check_character
from lxgeo.model import Areas
from lxgeo.publish.map import MapLayers, SaidAgain
from lxgeo.scenario import Scenario, plan_scenario
from lxgeo.scenario.spoken import said_again
from lxgeo.tables import BRANCHES, UNITS

DEMO = Path(__file__).resolve().parents[2] / "data" / "boundaries" / "demo"
BRANDS = (
    "鑫达恒信瑞丰宏远华泰盛兴隆昌顺通利源金鼎天成嘉禾润泽德康安和美佳诚誉博创新科汇智联众"
    "腾飞云翔龙凤凯旋卓越明辉光耀世纪东方南洋西域北辰海川山河江湖林森木荣春秋夏冬晨曦晓"
    "阳星月风雅韵文艺书香竹梅兰菊松柏柳杨桂莲荷青蓝紫红黄绿白银铜铁石玉珠宝贝福禄寿喜庆"
    "吉祥如意平顺和谐友爱仁义礼智信勇勤俭朴实正直公平民生国强富贵荣华繁茂盈满丰收万千百亿"
)
SHIFT = 0.0003  # degrees that a point of a copy is moved by at most
STEP = 1.05  # one copy's width and height, with a strip between neighbours


def demo_layers() -> MapLayers:
    """Return the demo district, planned."""
    planned = plan_scenario(Scenario(ledger=DEMO / "ledger.xlsx", areas=DEMO, effort="fast"))
    texts: dict[str, str] = {}  # a plain one can travel to another process
    again = said_again(planned.plan, "zh")
    return MapLayers(
        planned.units,
        planned.branches,
        planned.areas,
        planned.evaluation,
        texts,
        policy=planned.plan.policy,
        again=replace(again, texts=texts),
    )


def tiled(layers: MapLayers, count: int, seed: int = 7) -> MapLayers:
    """Return as many copies of a plan as ``count`` units need, side by side.

    Parameters
    ----------
    layers
        The plan that is laid out.
    count
        Units to be had in all.
    seed
        What brands, numbers and codes are drawn from.
    """
    dice = np.random.default_rng(seed)
    copies = -(-count // len(layers.units))
    side = int(np.ceil(np.sqrt(copies)))
    west, south, east, north = layers.areas.townships.total_bounds
    units, branches, moved = [], [], []
    said = _again(layers)
    pieces = _pieces(layers)
    for copy in range(copies):
        east_by = (copy % side) * (east - west) * STEP
        north_by = (copy // side) * (north - south) * STEP
        units.append(_units(layers.units, copy, (east_by, north_by), dice))
        branches.append(_branches(layers.branches, units[-1], copy, (east_by, north_by)))
        anew = _renamed(layers, units[-1], branches[-1])
        retold = {text: _retold(cut, anew, dice) for text, cut in pieces.items()}
        for each, table in (("units", units[-1]), ("branches", branches[-1])):
            table["reason"] = table["reason"].map(retold)
            table["again"] = getattr(said, each)["reason"].map(retold)
        units[-1]["finding_again"] = said.units["finding"]
        moved.append((copy, east_by, north_by))
    table = pd.concat(units, ignore_index=True).iloc[:count]
    again = table["unit_id"].duplicated()
    table.loc[again, "unit_id"] += "~" + table.index[again].astype(str)
    held = pd.concat(branches, ignore_index=True)
    table, held = (gpd.GeoDataFrame(each, crs=layers.units.crs) for each in (table, held))
    again = SaidAgain(
        UNITS.shaped(table.assign(reason=table["again"], finding=table["finding_again"])),
        BRANCHES.shaped(held.assign(reason=held["again"])),
        layers.texts,
    )
    return MapLayers(
        UNITS.shaped(table),
        BRANCHES.shaped(held),
        _areas(layers.areas, moved),
        layers.evaluation,
        layers.texts,
        policy=layers.policy,
        again=again,
    )


def _units(
    units: gpd.GeoDataFrame, copy: int, by: tuple[float, float], dice: Generator
) -> gpd.GeoDataFrame:
    table = units.copy()
    names = units["name"].fillna("").str.replace(r"^(岚川市|云溪区|岚川|云溪)..", r"\1", regex=True)
    brands = np.array(list(BRANDS))[dice.integers(0, len(BRANDS), (len(units), 2))]
    brand = pd.Series(["".join(each) for each in brands], index=units.index)
    prefix = names.str.extract(r"^(岚川市|云溪区|岚川|云溪)")[0].fillna("")
    rest = pd.Series([n[len(p) :] for n, p in zip(names, prefix, strict=True)], index=units.index)
    table["name"] = prefix + brand + rest
    table["credit_code"] = [_code(code, dice) for code in units["credit_code"]]
    table["unit_id"] = [f"{code}~{copy}" for code in units["unit_id"]]
    same = (units["unit_id"] == units["credit_code"]).fillna(False)
    table.loc[same, "unit_id"] = table.loc[same, "credit_code"]
    table["address"] = [_renumbered(text, dice) for text in units["address"]]
    table["row"] = [
        f"{row.partition('!')[0]}{copy}!{row.rpartition('!')[2]}" for row in units["row"]
    ]
    for column in ("township_id", "village_id", "park_id", "building_id", "branch_id"):
        table[column] = units[column] + f"-{copy}"
    for column in ("township", "park", "building", "approver"):
        table[column] = units[column] + str(copy)
    table["jurisdiction"] = units["jurisdiction"] + f"-{copy}"
    for axis, offset in zip(("lon", "lat"), by, strict=True):
        # What stands at one point moves together: a building stays one.
        codes, points = pd.factorize(units[["lon", "lat"]].apply(tuple, axis=1))
        astray = dice.uniform(-SHIFT, SHIFT, len(points))[codes]
        table[axis] = (units[axis] + offset + astray).round(7)
    table["geometry"] = gpd.points_from_xy(table["lon"], table["lat"])
    table.loc[units["lon"].isna(), "geometry"] = None
    return table


def _branches(
    branches: gpd.GeoDataFrame, units: gpd.GeoDataFrame, copy: int, by: tuple[float, float]
) -> gpd.GeoDataFrame:
    table = branches.copy()
    hosts = units[units["is_host"].fillna(False)].drop_duplicates("branch_id")
    named = hosts.set_index("branch_id")["name"]
    table["branch_id"] = branches["branch_id"] + f"-{copy}"
    own = table["branch_id"].map(named)
    table["name"] = (own + "党支部").where(own.notna(), branches["name"])
    table["host_id"] = branches["host_id"] + f"-{copy}"
    table["jurisdiction"] = branches["jurisdiction"] + f"-{copy}"
    table["approver"] = branches["approver"] + str(copy)
    table["geometry"] = branches.geometry.translate(*by)
    return table


def _again(layers: MapLayers) -> SaidAgain:
    """Return the plan's sentences in the page's other language."""
    if layers.again is None:
        raise ValueError("the plan is told in one language alone")
    return layers.again


def _pieces(layers: MapLayers) -> dict[str, list[str]]:
    """Return each reason cut at the names of units and branches and at large figures."""
    names = {*layers.units["name"].dropna(), *layers.branches["name"].dropna()}
    ordered = sorted(names, key=lambda name: (-len(name), name))
    cut = re.compile(f"({'|'.join(map(re.escape, ordered))}|[0-9]{{3,}})")
    told = {
        text
        for tables in (layers, _again(layers))
        for table in (tables.units, tables.branches)
        for text in table["reason"]
    }
    return {text: cut.split(text) for text in sorted(told)}


def _renamed(
    layers: MapLayers, units: gpd.GeoDataFrame, branches: gpd.GeoDataFrame
) -> dict[str, str]:
    """Return what each name of the plan is called in a copy."""
    before = pd.concat([layers.units["name"], layers.branches["name"]])
    after = pd.concat([units["name"], branches["name"]])
    known = before.notna().to_numpy() & after.notna().to_numpy()
    return dict(zip(before[known], after[known], strict=True))


def _retold(pieces: list[str], anew: dict[str, str], dice: Generator) -> str:
    """Return a sentence with a copy's names and figures (but for years and limits) in it."""
    told = list(pieces)
    for at in range(1, len(told), 2):
        held = told[at]
        if held.isdigit() and not (held.endswith("00") or held.startswith("20")):
            anew.setdefault(held, str(int(held) + int(dice.integers(0, 90))))
        told[at] = anew.get(held, held)
    return "".join(told)


def _code(code: Any, dice: Generator) -> Any:
    if not isinstance(code, str) or not re.fullmatch(r"[0-9]{8}MA[0-9A-Z]{8}", code):
        return code
    body = "MA" + "".join(ALPHABET[i] for i in dice.integers(0, 31, 6))
    weighed = sum(w * int(c, 36) for w, c in zip((3, 7, 9, 10, 5, 8, 4, 2), body, strict=True))
    start = code[:8] + body + "0123456789X"[-weighed % 11]
    return start + check_character(start)


def _renumbered(text: Any, dice: Generator) -> Any:
    if not isinstance(text, str):
        return text
    digits = iter(dice.integers(0, 10, len(text)))
    return "".join(str(next(digits)) if each in "0123456789" else each for each in text)


def _areas(areas: Areas, moved: list[tuple[int, float, float]]) -> Areas:
    layers = {name: _tiled(table, moved) for name, table in areas.layers.items()}
    return Areas(layers, _tiled(areas.roads, moved))


def _tiled(table: gpd.GeoDataFrame, moved: list[tuple[int, float, float]]) -> gpd.GeoDataFrame:
    if table.empty:
        return table
    parts = []
    for copy, east_by, north_by in moved:
        part = table.copy()
        if "id" in part:
            part["id"] = part["id"] + f"-{copy}"
        part["name"] = part["name"] + str(copy)
        part["geometry"] = table.geometry.translate(east_by, north_by)
        parts.append(part)
    return gpd.GeoDataFrame(pd.concat(parts, ignore_index=True), crs=table.crs)
