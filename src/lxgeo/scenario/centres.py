"""Service centres (党群服务中心) for the units of a finished run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lxgeo.decide.serving.access import WALK_M_PER_MIN, Access, access
from lxgeo.decide.serving.siting import Siting, cover, go_on, median
from lxgeo.errors import InputError, Lang, Words
from lxgeo.publish.addition import write_addition
from lxgeo.publish.centres import CENTRES, SERVED, centres_addition
from lxgeo.publish.speech import Speech
from lxgeo.read.roads import read_walk_graph
from lxgeo.scenario.centre_places import demand_of, kept_of, lonlat, members_of, places_of
from lxgeo.scenario.centre_walks import MINUTES, centre_overlays, walks_of
from lxgeo.scenario.province.layers import named
from lxgeo.scenario.serving import Ground, ground_of
from lxgeo.tables import CRS

if TYPE_CHECKING:
    from lxgeo.geo.walk import WalkGraph

Weight: TypeAlias = Literal["members", "units"]


@dataclass(frozen=True)
class Wanted:
    """What centres are asked for.

    Parameters
    ----------
    centres
        How many in all, kept ones included; as many as are needed where only minutes are given.
    walk_min
        Minutes on foot within which units are to be served. With ``centres``: as many as can be.
    weight
        What a unit counts by: its members, or once.
    keep
        Ids or names of places where a centre stands and stays, besides venues whose kind says so.
    areas
        A folder with venues, and roads to walk on; None for what the run itself holds.
    """

    centres: int | None = None
    walk_min: float | None = None
    weight: Weight = "members"
    keep: tuple[str, ...] = ()
    areas: Path | None = None


@dataclass(frozen=True, eq=False)
class Centres:
    """Centres found.

    Parameters
    ----------
    siting
        Which places, whom each serves, value and bound.
    centres, served
        `lxgeo.publish.centres.CENTRES` (EPSG:4326) and `lxgeo.publish.centres.SERVED`.
    places
        How many places there were to choose from.
    covered
        Share of the weight that is served.
    ground
        The run that they serve.
    roads
        The network that ways follow; None where none is known.
    minutes
        How long one walks, for the areas around each centre.
    told
        How it was found and how good it is; then what a person should know.
    """

    siting: Siting
    centres: gpd.GeoDataFrame
    served: pd.DataFrame
    places: int
    covered: float
    ground: Ground
    roads: WalkGraph | None
    minutes: tuple[float, ...] = MINUTES
    told: tuple[Words, ...] = field(default=())


def site_centres(run: Path, wanted: Wanted, *, stop: Callable[[], bool] = go_on) -> Centres:
    """Return where centres should stand for the operating units of a finished run.

    Parameters
    ----------
    run
        Its folder.
    wanted
        How many, or how near.
    stop
        Asked now and then; once it says yes, the best so far is the answer.

    Raises
    ------
    InputError
        Neither centres nor minutes; no place to choose from; a place to keep that is not known.
    RunError
        The folder holds no finished run, or nobody in it has a position.
    AreasError
        A layer or road file that can't be read.
    """
    if wanted.centres is None and wanted.walk_min is None:
        raise InputError(
            Words(
                "请说明要几个中心（--centres）或步行几分钟（--walk-min）",
                "say how many centres (--centres) or how many minutes on foot (--walk-min)",
            )
        )
    ground = ground_of(run, wanted.areas)
    every = ground.layers["units"]
    units = demand_of(every, run)
    places = places_of(ground.layers, wanted.areas, units)
    kept, told = kept_of(places, wanted.keep)
    roads = None if wanted.areas is None else read_walk_graph(wanted.areas)[0]
    ways = access(lonlat(units), lonlat(places), roads)
    weight = _weight(units, wanted.weight)
    siting = _sited(ways, weight, wanted, kept, stop)
    centres, served = _tables(units, places, ways, siting, kept)
    covered = float(weight[siting.serves >= 0].sum() / max(1, weight.sum()))
    minutes = sorted({*MINUTES, *([] if wanted.walk_min is None else [wanted.walk_min])})
    found = Centres(siting, centres, served, len(places), covered, ground, roads, tuple(minutes))
    off = len(every) - len(units)
    said = (_value(found, wanted), _measured(ways, siting), *_unplaced(off), *told)
    return replace(found, told=said)


def publish_centres(run: Path, found: Centres, lang: Lang = "zh") -> tuple[Path, ...]:
    """Write layers, workbook and map into the run's export folder.

    ``centres.geojson``, ``centre_walks.geojson`` (walking areas), ``centres.xlsx`` and
    ``centres.html``: the run's map with the centres, whom each serves and walking areas.
    """
    speech, of = Speech(lang=lang), named(run)
    walks = walks_of(found.centres, found.roads, found.minutes)
    points = found.ground.layers["units"][["unit_id", "geometry"]]
    units = points.merge(found.served[["unit_id", "centre_id"]], on="unit_id")
    page = found.ground.map(
        speech.say(Words(f"党群服务中心选址 {of.name}", f"Service centres {of.name}")),
        centre_overlays(found.centres, units, walks, found.ground.layers["townships"], speech),
        lang,
    )
    addition = centres_addition(found.centres, found.served, walks, found.told[0], page, speech)
    return write_addition(of.folder, addition, speech, of.part)


def _weight(units: pd.DataFrame, weight: Weight) -> NDArray[np.int64]:
    return members_of(units) if weight == "members" else np.ones(len(units), dtype=np.int64)


def _sited(
    ways: Access,
    weight: NDArray[np.int64],
    wanted: Wanted,
    kept: NDArray[np.bool_],
    stop: Callable[[], bool],
) -> Siting:
    counts = weight > 0
    metres = ways.metres[counts]
    if wanted.walk_min is None:
        siting = median(metres, weight[counts], wanted.centres or 0, kept=kept, stop=stop)
        limit = np.inf
    else:
        limit = wanted.walk_min * WALK_M_PER_MIN
        siting = cover(metres <= limit, weight[counts], wanted.centres, kept=kept, stop=stop)
    # Everybody goes to the nearest centre, those too who weigh nothing.
    if not len(siting.sites):
        return siting
    nearest = np.argmin(ways.metres[:, siting.sites], axis=1)
    away = ways.metres[np.arange(len(nearest)), siting.sites[nearest]]
    serves = np.where(away <= limit, siting.sites[nearest], -1)
    return Siting(siting.sites, serves, siting.value, siting.bound)


def _tables(
    units: gpd.GeoDataFrame,
    places: gpd.GeoDataFrame,
    ways: Access,
    siting: Siting,
    kept: NDArray[np.bool_],
) -> tuple[gpd.GeoDataFrame, pd.DataFrame]:
    served = siting.serves >= 0
    way = np.where(served, ways.metres[np.arange(len(units)), siting.serves], np.nan)
    name = places["name"].to_numpy(dtype=object)[siting.serves]
    listed = pd.DataFrame(
        {
            **{each: units[each] for each in ("unit_id", "name", "township")},
            "members": members_of(units),
            "centre_id": places["id"].to_numpy(dtype=object)[siting.serves],
            "centre": name,
            "way_m": way,
            "minutes": np.ceil(way / WALK_M_PER_MIN),
        }
    )
    listed.loc[~served, ["centre_id", "centre"]] = None
    chosen = places.iloc[siting.sites]
    by_site = listed.assign(site=siting.serves)[served].groupby("site")
    sums = by_site.agg(
        units=("unit_id", "size"),
        members=("members", "sum"),
        mean_m=("way_m", "mean"),
        longest_m=("way_m", "max"),
    ).reindex(siting.sites)
    centres = gpd.GeoDataFrame(
        {
            "centre_id": chosen["id"].to_numpy(),
            "name": chosen["name"].to_numpy(),
            "place": chosen["place"].to_numpy(),
            "kept": kept[siting.sites],
            "units": sums["units"].fillna(0).astype("int64").to_numpy(),
            "members": sums["members"].fillna(0).astype("int64").to_numpy(),
            "mean_m": sums["mean_m"].to_numpy(),
            "longest_m": sums["longest_m"].to_numpy(),
        },
        geometry=list(chosen.geometry),
        crs=CRS,
    )
    return CENTRES.shaped(centres), SERVED.shaped(listed)


def _value(found: Centres, wanted: Wanted) -> Words:
    siting, count = found.siting, len(found.siting.sites)
    by = Words("党员", "members") if wanted.weight == "members" else Words("单位", "units")
    proved = Words(
        "已证明最优" if siting.gap == 0 else f"距最优不超过 {siting.gap:.2%}",
        "proved the best" if siting.gap == 0 else f"at most {siting.gap:.2%} from the best",
    )
    if wanted.walk_min is None:
        weight = found.served["members"].sum() if wanted.weight == "members" else len(found.served)
        mean = siting.value / max(1, int(weight))
        return Words(
            f"{count} 个中心，按{by.zh}加权的平均路程 {mean:,.0f} 米"
            f"（合计 {siting.value:,.0f} 米）；{proved.zh}",
            f"{count} centres, mean way {mean:,.0f} m weighted by {by.en}"
            f" ({siting.value:,.0f} m in all); {proved.en}",
        )
    fewest = wanted.centres is None
    return Words(
        f"{'最少 ' if fewest else ''}{count} 个中心，步行 {wanted.walk_min:g} 分钟内覆盖"
        f" {found.covered:.1%} 的{by.zh}"
        f"{'（其余附近没有可选地点）' if fewest and found.covered < 1 else ''}；{proved.zh}",
        f"{count} centres, {found.covered:.1%} of the {by.en} within {wanted.walk_min:g} min"
        f" on foot{' (no known place is near the rest)' if fewest and found.covered < 1 else ''};"
        f" {proved.en}",
    )


def _measured(ways: Access, siting: Siting) -> Words:
    rows = np.flatnonzero(siting.serves >= 0)
    guessed = int((~ways.by_road[rows, siting.serves[rows]]).sum())
    if not ways.by_road.any():
        return Words(
            "没有路网，路程按直线距离的 1.3 倍估算（测算参数）；"
            "用 --areas 给出有道路文件的文件夹，可按步行路程计",
            "no roads: ways are 1.3 times the straight line; name a folder with roads by --areas",
        )
    zh = f"；{guessed} 家按直线的 1.3 倍估算" if guessed else ""
    en = f"; {guessed} guessed as 1.3 times the straight line" if guessed else ""
    return Words(
        f"路程沿路网步行计，每分钟 80 米{zh}",
        f"ways on foot along the roads, 80 m a minute{en}",
    )


def _unplaced(count: int) -> Iterator[Words]:
    if count:
        yield Words(
            f"{count} 家单位已剔除或没有位置，未计入",
            f"{count} units are excluded or have no position: not counted",
        )
