"""Instructors and liaisons for the units without members and the joint branches of a run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from lxgeo.decide.regions.ways import DETOUR
from lxgeo.decide.serving.instructors import NO_SEAT, Duty, assign_posts
from lxgeo.errors import InputError, Lang, Words
from lxgeo.geo.metric import metric_crs, project
from lxgeo.model import Outcome
from lxgeo.publish.addition import write_addition
from lxgeo.publish.instructors import INSTRUCTORS, POSTS, instructors_addition
from lxgeo.publish.speech import Speech
from lxgeo.scenario.instructed import already, with_had
from lxgeo.scenario.instructor_map import instructor_overlays
from lxgeo.scenario.province.layers import named
from lxgeo.scenario.serving import Ground, ground_of
from lxgeo.tables import CRS

_LIGHT = 0.5
"""Share of the limit below which a load is told as small."""
FAR_M = 5_000.0
"""A way longer than that is told as long (测算参数)."""
_NOWHERE = "乡镇不明"


@dataclass(frozen=True, eq=False)
class Instructing:
    """Who looks after whom.

    Parameters
    ----------
    instructors, posts
        `lxgeo.publish.instructors.INSTRUCTORS` and `lxgeo.publish.instructors.POSTS`.
    told
        How many there are and how far they go; then what a person should know.
    ground
        The run that they serve.
    """

    instructors: gpd.GeoDataFrame
    posts: gpd.GeoDataFrame
    told: tuple[Words, ...]
    ground: Ground


def assign_instructors(run: Path, capacity: int, *, previous: Path | None = None) -> Instructing:
    """Return the fewest instructors for a limit, each of one township, with short ways.

    Parameters
    ----------
    run
        A finished run's folder.
    capacity
        Most units and branches of one instructor; a joint branch counts as one.
    previous
        The folder of the run before: whom its instructors looked after is flagged. Units that
        the ledger says have one are flagged anyway.

    Raises
    ------
    InputError
        A capacity below one.
    RunError
        The folder holds no finished run; that of the run before, no instructors.
    """
    if capacity < 1:
        raise InputError(Words("每名指导员至少联系 1 家", "an instructor looks after one at least"))
    ground = ground_of(run)
    units = ground.layers["units"]
    posts = _homed(_posts(units, ground.layers["branches"]), ground.layers["townships"])
    posts = with_had(posts, already(units, previous))
    parts = [
        _township(str(township), members.reset_index(drop=True), capacity)
        for township, members in posts.groupby("township_id", sort=True)
    ]
    if not parts:
        nobody = gpd.GeoDataFrame(geometry=[], crs=CRS)
        told = Words("没有要派指导员的单位", "nobody needs an instructor")
        return Instructing(INSTRUCTORS.shaped(nobody), POSTS.shaped(nobody), (told,), ground)
    instructors = pd.concat([each for each, _, _ in parts], ignore_index=True)
    sent = pd.concat([each for _, each, _ in parts], ignore_index=True)
    bound = sum(each.bound_m for _, _, each in parts)
    frame = gpd.GeoDataFrame(instructors, crs=CRS)
    shaped = gpd.GeoDataFrame(sent, crs=CRS)
    told_all = tuple(_told(frame, shaped, capacity, DETOUR * bound))
    return Instructing(INSTRUCTORS.shaped(frame), POSTS.shaped(shaped), told_all, ground)


def publish_instructors(run: Path, found: Instructing, lang: Lang = "zh") -> tuple[Path, ...]:
    """Write layers, workbook and map into the run's export folder.

    ``instructors.geojson``, ``instructor_posts.geojson``, ``instructors.xlsx`` and
    ``instructors.html``: the run's map with whom each looks after.
    """
    speech, of = Speech(lang=lang), named(run)
    page = found.ground.map(
        speech.say(Words(f"指导员、联络员派出 {of.name}", f"Instructors and liaisons {of.name}")),
        instructor_overlays(found.instructors, found.posts, speech),
        lang,
    )
    addition = instructors_addition(found.instructors, found.posts, found.told[0], page, speech)
    return write_addition(of.folder, addition, speech, of.part)


def _posts(units: gpd.GeoDataFrame, branches: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return who needs an instructor: ``post_id, kind, name, township_id, township`` and a point.

    A branch belongs to its host's township, else to that of its first unit.
    """
    none = units[units["outcome"] == Outcome.NO_MEMBERS]
    joint = branches[branches["outcome"] == Outcome.JOINT]
    home = units.drop_duplicates("unit_id").set_index("unit_id")
    first = joint["unit_ids"].str.split(";").str[0]
    host = joint["host_id"].where(joint["host_id"].isin(home.index), first)
    parts = [
        gpd.GeoDataFrame(
            {"post_id": rows["id"], "kind": kind, "name": rows["name"]}
            | {each: rows[each] for each in ("township_id", "township")},
            geometry=rows.geometry,
            crs=CRS,
        )
        for kind, rows in (
            ("unit", none.assign(id=none["unit_id"])),
            (
                "branch",
                joint.assign(
                    id=joint["branch_id"],
                    township_id=host.map(home["township_id"]),
                    township=host.map(home["township"]),
                ),
            ),
        )
    ]
    return gpd.GeoDataFrame(pd.concat(parts, ignore_index=True), crs=CRS)


def _homed(posts: gpd.GeoDataFrame, townships: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return posts with a township each: where no unit tells it, the one that they lie in."""
    posts = posts.astype({"township_id": "str", "township": "str"})
    lost = posts[posts["township_id"].isna() & posts.geometry.notna()]
    there = townships[["id", "name", "geometry"]].rename(columns={"id": "home", "name": "called"})
    found = lost[["geometry"]].sjoin(there, predicate="within")
    found = found[~found.index.duplicated()]
    return posts.assign(
        township_id=posts["township_id"].fillna(found["home"]).fillna(""),
        township=posts["township"].fillna(found["called"]).fillna(_NOWHERE),
    )


def _township(
    township: str, posts: gpd.GeoDataFrame, capacity: int
) -> tuple[pd.DataFrame, pd.DataFrame, Duty]:
    known = posts.geometry.notna()
    lon = np.where(known, posts.geometry.x, np.nan)
    lat = np.where(known, posts.geometry.y, np.nan)
    x, y = lon, lat
    if known.any():
        x, y = project(lon, lat, metric_crs(float(np.nanmean(lon))))
    duty = assign_posts(x, y, capacity)
    name = str(posts["township"].iloc[0])
    ids = [f"{township or 'unknown'}-{k + 1:02d}" for k in range(len(duty.seats))]
    called = [f"{name}指导员（联络员）{k + 1}" for k in range(len(duty.seats))]
    way = DETOUR * duty.metres
    sent = posts.drop(columns="township_id").assign(
        instructor_id=[ids[k] for k in duty.of],
        instructor=[called[k] for k in duty.of],
        way_m=way,
    )
    rows = [
        _instructor(ids[k], called[k], name, sent[duty.of == k], capacity)
        | {
            "tour_m": DETOUR * float(duty.tour_m[k]),
            "geometry": None if seat == NO_SEAT else posts.geometry.iloc[seat],
        }
        for k, seat in enumerate(duty.seats)
    ]
    return pd.DataFrame(rows), sent, duty


def _instructor(
    number: str, called: str, township: str, mine: pd.DataFrame, capacity: int
) -> dict[str, Any]:
    longest = mine["way_m"].max()
    return {
        "instructor_id": number,
        "name": called,
        "township": township,
        "posts": len(mine),
        "units": int((mine["kind"] == "unit").sum()),
        "branches": int((mine["kind"] == "branch").sum()),
        "had": int(mine["had"].notna().sum()),
        "mean_m": mine["way_m"].mean(),
        "longest_m": longest,
        "light": len(mine) < _LIGHT * capacity,
        "far": bool(longest > FAR_M),
    }


def _told(
    instructors: gpd.GeoDataFrame, posts: gpd.GeoDataFrame, capacity: int, bound_m: float
) -> Iterator[Words]:
    total = float(posts["way_m"].sum())
    above = max(0.0, total / bound_m - 1) if bound_m > 0 else 0.0
    mean = total / max(1, int(posts["way_m"].notna().sum()))
    yield Words(
        f"{len(posts)} 个联系对象（无党员单位、联合党支部各计一个），每名至多 {capacity} 个："
        f"各乡镇最少共 {len(instructors)} 名，平均路程 {mean:,.0f} 米，"
        f"比最短可能至多长 {above:.1%}",
        f"{len(posts)} to look after, at most {capacity} each: {len(instructors)} instructors,"
        f" the fewest by township; mean way {mean:,.0f} m, at most {above:.1%} longer than can be",
    )
    least, most = int(instructors["posts"].min()), int(instructors["posts"].max())
    light, far = int(instructors["light"].sum()), int(instructors["far"].sum())
    yield Words(
        f"每名联系 {least} 至 {most} 个；{light} 名任务偏少（不足一半），"
        f"{far} 名最远路程超过 {FAR_M / 1000:g} 公里",
        f"{least} to {most} each; {light} have less than half the limit,"
        f" {far} have a way above {FAR_M / 1000:g} km",
    )
    if had := int(posts["had"].notna().sum()):
        ledger = int((posts["had"] == "ledger").sum())
        yield Words(
            f"其中 {had} 个已派（台账写明 {ledger} 个，上次方案 {had - ledger} 个），"
            f"其余 {len(posts) - had} 个待派",
            f"{had} of them have one already ({ledger} by the ledger, {had - ledger} by the run"
            f" before), {len(posts) - had} are still to get one",
        )
    if nowhere := int(posts["way_m"].isna().sum()):
        yield Words(
            f"{nowhere} 个没有位置，派给同乡镇尚有余量的指导员",
            f"{nowhere} have no position: given to whoever of the township has room",
        )
    if lost := int((posts["township"] == _NOWHERE).sum()):
        yield Words(
            f"{lost} 个乡镇不明，请先查明所属乡镇或由区县指派",
            f"{lost} are of no known township: find it out first",
        )
    yield Words("路程按直线距离的 1.3 倍估算（测算参数）", "ways are 1.3 times the straight line")
