"""Commands that plan."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lxgeo.cli import asked, provinces, tell
from lxgeo.cli.app import DONE, command
from lxgeo.cli.speech import option
from lxgeo.errors import Lang, Words

if TYPE_CHECKING:
    from lxgeo.publish.map import Tiles
    from lxgeo.scenario import Scenario


@command("plan", "测算方案，生成地图和清单", "plan a ledger; write map and lists")
@asked.takes_ledger
@asked.areas
@asked.policy
@asked.out
@option("--name", said=Words("方案名称（默认用台账文件名）", "name of the run"))
@asked.areas_datum
@asked.gazetteer
@asked.geocoder
@asked.allow_upload
@asked.pins
@option(
    "--pins-anew",
    said=Words(
        "不带上一次方案里的人工调整，只用 --pins 里的",
        "leave the pins of the run before; keep to those of --pins only",
    ),
    is_flag=True,
)
@option(
    "--previous",
    said=Words(
        "上一次的方案目录：沿用批准、人工调整和清单里填写的内容，已提出的联合党支部尽量不动",
        "the run before: its approvals, pins and lists are carried on, its proposals kept to where"
        " that pays",
    ),
    type=asked.PATH,
)
@option(
    "--approved",
    said=Words(
        "上一次方案中现已批准的党支部（编号或名称，一行一个），与 --previous 同用；以后不必再写",
        "branches of the run before that are approved now: ids or names, one a line",
    ),
    type=asked.PATH,
)
@option(
    "--opinions",
    said=Words(
        "乡镇填好意见的工作簿，或放这些工作簿的文件夹", "workbooks that township clerks filled in"
    ),
    type=asked.PATH,
)
@option("--effort", said=Words("测算力度", "search effort"), type=asked.EFFORTS, default="standard")
@option(
    "--time-limit",
    "time_limit_s",
    said=Words("限时（秒）", "seconds to search at most"),
    type=click.FloatRange(min=0),
)
@option("--seed", said=Words("随机种子", "seed of the search"), type=int, default=0)
@option(
    "--tiles",
    said=Words(
        "地图加在线底图：tianditu、amap、osm（默认不加，不需要网络；密钥取自 LXGEO_TILES_KEY，"
        "会写进地图文件）",
        "online tiles under the map: tianditu, amap, osm (none if not said; the key is taken from"
        " LXGEO_TILES_KEY and stands in the map's file)",
    ),
    metavar="NAME",
)
@option(
    "--tiles-number",
    said=Words("在线底图的审图号", "the tiles' approval number"),
    default="",
    show_default=False,
    metavar="NUMBER",
)
@asked.map_number
@asked.says_where
@provinces.by_county
@click.pass_obj
def plan(lang: Lang, /, out: Path, name: str | None, **said: Any) -> int:
    """Plan a ledger and publish the result."""
    county_by_county = provinces.asked_for(said)
    said["carry_pins"] = not said.pop("pins_anew")
    said["tiles"] = _tiles(said.pop("tiles"), said.pop("tiles_number"))
    if said["tiles"] is not None:
        tell.words(said["tiles"].warning, lang)
    places = said["ledger"], said["areas"]
    scenario = asked.asked_scenario(lang, **asked.kept_in(out), **said)
    if county_by_county is not None:
        return provinces.run(scenario, places, county_by_county, out, name)
    _run(scenario, out, name)
    return DONE


def _tiles(name: str | None, number: str) -> Tiles | None:
    """Return the tiles asked for; their key is the one secret that must stand in the map."""
    from lxgeo.publish.map import Tiles

    return None if name is None else Tiles(name, os.environ.get("LXGEO_TILES_KEY", ""), number)


def _run(scenario: Scenario, out: Path, name: str | None) -> None:
    from lxgeo.scenario import Following, plan_scenario, publish_scenario

    lang = scenario.lang
    # Regions that are done stay by the run's place until the run stands.
    kept = replace(scenario, checkpoints=out / f".{name or scenario.name}.checkpoints")
    with tell.progress(lang) as progress:
        planned = plan_scenario(
            kept,
            progress=progress,
            asking=tell.asking(progress),
            following=Following(tell.planning(progress), partial(tell.words, lang=lang)),
        )
        published = publish_scenario(planned, out, name, progress=progress)
    tell.intake(planned.intake, lang)
    tell.positions(planned, lang)
    tell.pins(planned.plan.pins, lang, planned.names)
    tell.plan(planned.evaluation, lang)
    tell.cut_short(planned.plan, lang)
    tell.published(published, lang)


@command("demo", "虚构演示区：生成、测算、看地图", "a fictional district, start to end")
@asked.out
@option(
    "--folder",
    said=Words("演示区存放处", "where the fictional district is written"),
    type=asked.PATH,
    default=Path("data/boundaries/demo"),
)
@click.pass_obj
def demo(lang: Lang, out: Path, folder: Path) -> None:
    """Write the fictional district and plan it."""
    from lxgeo.demo import GAZETTEER_FILE, LEDGER_FILE, make_demo, write_demo
    from lxgeo.scenario import Scenario

    with tell.progress(lang) as progress:
        progress("demo")
        write_demo(make_demo(), folder)
    known = (folder / GAZETTEER_FILE,)
    _run(Scenario(folder / LEDGER_FILE, folder, gazetteer=known, lang=lang), out, "demo")
