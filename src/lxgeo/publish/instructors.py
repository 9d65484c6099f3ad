"""指导员、联络员派出表: who looks after whom; posts, never persons."""

from __future__ import annotations

from typing import Any

import geopandas as gpd

from lxgeo.errors import Words
from lxgeo.publish.addition import COUNT, METRES, Addition
from lxgeo.publish.listing import NUMBER, Listing, heads_said, numbered
from lxgeo.publish.map import MapPage
from lxgeo.publish.rows import cells, published
from lxgeo.publish.speech import Speech
from lxgeo.schema import Column, Table

POSTS_SAID = {
    "unit": Words("无党员单位", "unit without members"),
    "branch": Words("联合党支部", "joint branch"),
}
"""What is looked after."""

HAD_SAID = {
    "ledger": Words("台账写明已派", "one already, says the ledger"),
    "previous": Words("上次已派", "one already, in the run before"),
}
"""Who says that somebody looks after it already."""

INSTRUCTORS = Table(
    "instructors",
    (
        Column("instructor_id", "岗位编号", needed=True, unique=True),
        Column("name", "岗位", needed=True),
        Column("township", "乡镇(街道)"),
        Column("posts", "联系个数", **COUNT),
        Column("units", "无党员单位", **COUNT),
        Column("branches", "联合党支部", **COUNT),
        Column("had", "其中已派", **COUNT),
        Column("mean_m", "平均路程", **METRES),
        Column("longest_m", "最远路程", **METRES),
        Column("tour_m", "走访一圈", **METRES),
        Column("light", "任务偏少", kind="flag", needed=True),
        Column("far", "路途偏远", kind="flag", needed=True),
    ),
    frozenset({"Point"}),
)
"""One row a post of an instructor or liaison: where its middle is, how many, how far."""

POSTS = Table(
    "posts",
    (
        Column("post_id", "编号", needed=True, unique=True),
        Column("kind", "类型", needed=True),
        Column("name", "名称"),
        Column("township", "乡镇(街道)"),
        Column("instructor_id", "岗位编号", needed=True),
        Column("instructor", "岗位", needed=True),
        Column("way_m", "路程", **METRES),
        Column("had", "已派情况"),
        Column("before", "上次岗位"),
    ),
    frozenset({"Point"}),
)
"""One row a unit without members or a joint branch, and who looks after it."""


def instructors_addition(
    instructors: gpd.GeoDataFrame,
    posts: gpd.GeoDataFrame,
    note: Words,
    page: MapPage,
    speech: Speech,
) -> Addition:
    """Return what is written of instructors.

    Parameters
    ----------
    instructors, posts
        `INSTRUCTORS` and `POSTS`, EPSG:4326.
    note
        How many there are and how far they go.
    page
        The map.
    speech
        Language.
    """
    return Addition(
        "instructors",
        {"instructors": (instructors, INSTRUCTORS), "instructor_posts": (posts, POSTS)},
        (_instructors(instructors, note, speech), _posts(posts, speech)),
        page,
    )


def _instructors(instructors: gpd.GeoDataFrame, note: Words, speech: Speech) -> Listing:
    light = speech.say(Words("任务偏少", "few posts"))
    far = speech.say(Words("路途偏远", "long ways"))
    rows = [
        (*left, "、".join(word for word, flag in ((light, few), (far, long)) if flag))
        for *left, few, long in cells(published(instructors, INSTRUCTORS), INSTRUCTORS.names[1:])
    ]
    return Listing(
        sheet=speech.say(Words("指导员联络员", "Instructors")),
        title=speech.say(Words("党建指导员、联络员派出表", "Instructors and liaisons")),
        note=speech.say(note),
        heads=heads_said(
            speech,
            NUMBER,
            (Words("岗位", "Post"), 24, "text"),
            (Words("乡镇（街道）", "Township"), 16, "text"),
            (Words("联系个数", "Looks after"), 9, "count"),
            (Words("无党员单位", "Units"), 9, "count"),
            (Words("联合党支部", "Branches"), 9, "count"),
            (Words("其中已派", "Have one"), 9, "count"),
            (Words("平均路程（米）", "Mean way (m)"), 10, "metres"),
            (Words("最远路程（米）", "Longest way (m)"), 10, "metres"),
            (Words("走访一圈（米）", "Round (m)"), 10, "metres"),
            (Words("提示", "Note"), 18, "text"),
        ),
        rows=tuple(numbered(rows)),
        nothing=speech.say(Words("没有要派指导员的单位。", "Nobody needs an instructor.")),
        frozen=2,
    )


def _posts(posts: gpd.GeoDataFrame, speech: Speech) -> Listing:
    rows = [
        (
            *(speech.say(POSTS_SAID[str(kind)]), name or post_id, township, instructor, way),
            _had(had, before, speech),
        )
        for post_id, kind, name, township, _, instructor, way, had, before in cells(
            published(posts, POSTS), POSTS.names
        )
    ]
    return Listing(
        sheet=speech.say(Words("联系对象", "Looked after")),
        title=speech.say(Words("各单位、各联合党支部由谁联系", "Who looks after whom")),
        note="",
        heads=heads_said(
            speech,
            NUMBER,
            (Words("类型", "Kind"), 14, "middle"),
            (Words("名称", "Name"), 40, "text"),
            (Words("乡镇（街道）", "Township"), 16, "text"),
            (Words("岗位", "Post"), 24, "text"),
            (Words("路程（米）", "Way (m)"), 10, "metres"),
            (Words("已派情况", "Has one already"), 30, "text"),
        ),
        rows=tuple(numbered(rows)),
        nothing=speech.say(Words("没有要派指导员的单位。", "Nobody needs an instructor.")),
        frozen=3,
    )


def _had(had: Any, before: Any, speech: Speech) -> str | None:
    if had is None:
        return None
    said = speech.say(HAD_SAID[str(had)])
    return f"{said}{'：' if speech.lang == 'zh' else ': '}{before}" if before else said
