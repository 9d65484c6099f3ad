"""Commands that look further: service centres, instructors, alternatives."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import click

from lxgeo.cli import asked, tell
from lxgeo.cli.app import command
from lxgeo.cli.speech import WrongUsage, option
from lxgeo.cli.tell.scenarios import compared
from lxgeo.errors import Lang, Words


@command("site", "党群服务中心选址：几个中心，或步行几分钟", "where service centres should stand")
@click.argument("run_dir", type=asked.PATH)
@option("--centres", said=Words("共设几个中心", "how many in all"), type=click.IntRange(1))
@option(
    "--walk-min",
    said=Words("步行几分钟内到达（不给个数时求最少几个）", "minutes on foot to be within"),
    type=click.FloatRange(min=0, min_open=True),
)
@option(
    "--weight",
    said=Words("按党员数还是单位数加权", "what counts: members or units"),
    type=click.Choice(["members", "units"]),
    default="members",
)
@option(
    "--keep",
    said=Words(
        "已有、要保留的中心：名称或编号，可多次给出", "a centre that stays; may be repeated"
    ),
    multiple=True,
    metavar="NAME",
)
@option(
    "--areas",
    said=Words("区域图层文件夹：活动场所和路网取自这里", "folder of areas: venues and roads"),
    type=asked.PATH,
)
@click.pass_obj
def site(lang: Lang, /, run_dir: Path, **said: Any) -> None:
    """Find places for service centres and write them into the run's export folder."""
    from lxgeo.scenario.centres import Wanted, publish_centres, site_centres

    wanted = Wanted(**said)
    if wanted.centres is None and wanted.walk_min is None:
        raise WrongUsage(
            Words(
                "请给出 --centres（几个中心）或 --walk-min（步行几分钟）",
                "say --centres or --walk-min",
            )
        )
    found = site_centres(run_dir, wanted)
    paths = publish_centres(run_dir, found, lang)
    for words in found.told:
        tell.words(words, lang)
    tell.written(paths, lang)


@command("instructors", "党建指导员、联络员派出：每名至多联系几家", "instructors and liaisons")
@click.argument("run_dir", type=asked.PATH)
@option(
    "--capacity",
    said=Words("每名至多联系几个单位或联合党支部", "most units and branches of one"),
    type=click.IntRange(1),
    required=True,
)
@option(
    "--previous",
    said=Words(
        "上一次的方案目录：标出那时已派的单位和联合党支部",
        "the run before: whom its instructors looked after is flagged",
    ),
    type=asked.PATH,
)
@click.pass_obj
def instructors(lang: Lang, /, run_dir: Path, capacity: int, previous: Path | None) -> None:
    """Assign instructors and write who looks after whom into the run's export folder."""
    from lxgeo.scenario.instructing import assign_instructors, publish_instructors

    found = assign_instructors(run_dir, capacity, previous=previous)
    paths = publish_instructors(run_dir, found, lang)
    for words in found.told:
        tell.words(words, lang)
    tell.written(paths, lang)


@command("compare", "比较几个情景：同一份台账，不同参数", "several scenarios on the same units")
@asked.takes_ledger
@asked.areas
@asked.areas_datum
@asked.gazetteer
@asked.geocoder
@asked.allow_upload
@option(
    "--scenario",
    "scenarios",
    said=Words(
        "情景文件（TOML：name、base、pins、[policy]），可多次给出", "a scenario file; repeat it"
    ),
    type=asked.PATH,
    multiple=True,
    required=True,
)
@asked.pins
@option("--out", said=Words("结果文件夹", "folder of results"), type=asked.PATH, required=True)
@option("--effort", said=Words("测算力度", "search effort"), type=asked.EFFORTS, default="standard")
@option("--seed", said=Words("随机种子", "seed of the search"), type=int, default=0)
@asked.map_number
@asked.says_where
@click.pass_obj
def compare(lang: Lang, /, scenarios: tuple[Path, ...], out: Path, **said: Any) -> None:
    """Plan several scenarios and write one table of them, charts, and maps side by side."""
    from lxgeo.publish.comparison import check_names
    from lxgeo.read.scenarios import read_alternatives
    from lxgeo.scenario.comparing import compare as run
    from lxgeo.scenario.comparing import publish_comparison
    from lxgeo.scenario.regions import Following

    alternatives = read_alternatives(scenarios)
    # Before anything is planned: a name that can't be a file's would be told too late.
    check_names([each.name for each in alternatives])
    scenario = asked.asked_scenario(lang, **asked.kept_in(out), **said)
    with tell.progress(lang) as progress:
        found = run(
            scenario,
            alternatives,
            progress=lambda what: progress(what if what == "read" else Words(what, what)),
            following=Following(tell.planning(progress), partial(tell.words, lang=lang)),
        )
    written = publish_comparison(found, out, lang, map_number=scenario.map_number)
    tell.intake(found.found.intake, lang)
    tell.positions(found.found, lang)
    compared(found, lang)
    for words in written.told:
        tell.words(words, lang)
    tell.written(written.paths, lang)
