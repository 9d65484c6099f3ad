"""Dense places that no area is known for (聚集区): how many must join there, and what to do."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
import shapely

from lxgeo.errors import Words
from lxgeo.model import Outcome
from lxgeo.publish.listing import Listing, Row, heads_said, numbered
from lxgeo.publish.lists.papers import Papers
from lxgeo.publish.rows import cells, published
from lxgeo.tables import HOTSPOTS

_MUST_JOIN = (Outcome.JOINT, Outcome.ATTACHED, Outcome.TRANSFER, Outcome.LEFT_OUT)
"""What becomes of units that have members but too few for a branch of their own."""
_CENTRE_DECIMALS = 5  # a metre


def dense_places_sheet(papers: Papers) -> Listing:
    """Return 聚集区: every dense place without a known boundary, most units first."""
    release = papers.release
    rows = list(_rows(papers))
    note = Words(
        f"按密度找出 {len(rows)} 处，没有边界资料，范围见地图；"
        "正式党员数不明的按 0 计；应联合＝联合、挂靠、转入和未纳入",
        f"{len(rows)} found by density, drawn on the map; members that are unknown count as none;"
        " must join: joint, attached, transferred or left out",
    )
    return Listing(
        sheet=release.say(Words("聚集区", "Dense places")),
        title=release.say(Words("没有边界资料的单位聚集区", "Dense places without a boundary")),
        note=release.say(note),
        heads=heads_said(
            release,
            (Words("序号", "No."), 6, "middle"),
            (Words("名称", "Name"), 24, "text"),
            (Words("乡镇(街道)", "Township"), 14, "text"),
            (Words("单位（家）", "Units"), 9, "count"),
            (Words("应联合（家）", "Must join"), 10, "count"),
            (Words("其中未纳入", "Left out"), 9, "count"),
            (Words("正式党员（名）", "Full members"), 12, "count"),
            (Words("跨度（米）", "Span (m)"), 9, "metres"),
            (Words("中心（经度, 纬度）", "Centre (lon, lat)"), 21, "middle"),
            (Words("怎么办", "What to do"), 60, "text"),
            (Words("编号", "Id"), 14, "text"),
        ),
        rows=tuple(numbered(rows)),
        nothing=release.say(Words("没有聚集区。", "There is none.")),
        frozen=2,
        unprinted=1,
    )


def _rows(papers: Papers) -> Iterator[Row]:
    if papers.release.hotspots is None:
        return
    places = published(papers.release.hotspots, HOTSPOTS)
    units = papers.units.assign(hotspot_id=_hotspot_ids(papers))
    within = {str(each): theirs for each, theirs in units.groupby("hotspot_id")}
    names = ("id", "name", "units", "full_members", "span_m")
    centres = shapely.get_coordinates(shapely.centroid(places.geometry.to_numpy()))
    for (place, name, count, full, span), (lon, lat) in zip(
        cells(places, names), centres.tolist(), strict=True
    ):
        theirs = within.get(str(place), units.iloc[:0])
        must_join = int(theirs["outcome"].isin(_MUST_JOIN).sum())
        left_out = int((theirs["outcome"] == Outcome.LEFT_OUT).sum())
        centre = f"{lon:.{_CENTRE_DECIMALS}f}, {lat:.{_CENTRE_DECIMALS}f}"
        todo = papers.release.say(_what_to_do(must_join, left_out))
        yield (
            *(name, _township(theirs), count, must_join, left_out, full, span, centre, todo),
            place,
        )


def _hotspot_ids(papers: Papers) -> list[object]:
    """Return each unit's dense place, in the order of `Papers.units`."""
    planned = papers.release.plan.units
    of_unit = dict(zip(planned["unit_id"], planned["hotspot_id"], strict=True))
    return [of_unit[unit_id] for unit_id in papers.units["unit_id"]]


def _township(units: pd.DataFrame) -> str | None:
    """Return the township that most of the units lie in."""
    commonest = units["township"].mode()
    return None if commonest.empty else str(commonest.iloc[0])


def _what_to_do(must_join: int, left_out: int) -> Words:
    if not must_join:
        return Words(
            "没有应联合的单位：可统一选派指导员、联络员",
            "None must join: one instructor or liaison may serve all of them",
        )
    told = Words(
        "核实是否同一楼宇、市场或街区；是则画出边界放进区域图层重算",
        "See whether it is one building, market or block; if so, draw it in the areas, plan again",
    )
    if not left_out:
        return told
    return Words(
        f"{told.zh}；未纳入的{left_out}家，理由见“未纳入”表",
        f"{told.en}; for the {left_out} left out see Left out",
    )
