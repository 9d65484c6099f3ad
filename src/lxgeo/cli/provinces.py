"""Planning a province county by county, and checking it: what is asked, run and told."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from lxgeo.cli import tell
from lxgeo.cli.app import DONE, FAULT
from lxgeo.cli.speech import WrongUsage, option
from lxgeo.cli.tell import provinces as told
from lxgeo.errors import Lang, Words

if TYPE_CHECKING:
    from lxgeo.scenario import Scenario
    from lxgeo.scenario.province.county import CountyAnswer

_options = (
    option(
        "--by-county",
        said=Words(
            "台账按县存放（文件夹、s3:// 等地址，或数据库的一张表，加 &county=列名）：逐县测算，"
            "写成按县分开的方案和总览页",
            "the ledger is laid out by county (a folder, an address as s3://, or a table of a "
            "database and &county=COLUMN): plan county by county into one divided run with an "
            "overview",
        ),
        is_flag=True,
    ),
    option(
        "--at-once",
        said=Words(
            "同时测算几个县（默认一个；内存随之增加），与 --by-county 同用",
            "counties planned at the same time (one; memory grows with it), with --by-county",
        ),
        type=click.IntRange(1),
    ),
    option(
        "--lists",
        said=Words("每县另写清单工作簿，与 --by-county 同用", "a workbook for each county, too"),
        is_flag=True,
    ),
)


class ByCounty(NamedTuple):
    """How a province is to be planned."""

    at_once: int | None
    lists: bool


def by_county(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add what planning a province takes."""
    for add in reversed(_options):
        command = add(command)
    return command


def asked_for(said: dict[str, Any]) -> ByCounty | None:
    """Take the options of provinces out of those said; None where no province is planned."""
    wanted, at_once, lists = (said.pop(each) for each in ("by_county", "at_once", "lists"))
    if wanted:
        if len(said["ledger"]) > 1:
            raise WrongUsage(
                Words(
                    "--by-county 只读一个位置：请把各县台账放在同一个文件夹",
                    "--by-county reads one place: put the counties' ledgers into one folder",
                )
            )
        return ByCounty(at_once, lists)
    if at_once is not None or lists:
        raise WrongUsage(
            Words(
                "--at-once 和 --lists 要与 --by-county 同用（单县方案总会写清单）",
                "--at-once and --lists go with --by-county (a plain plan always has its lists)",
            )
        )
    return None


def run(
    scenario: Scenario,
    places: tuple[tuple[str, ...], Path | str],
    how: ByCounty,
    out: Path,
    name: str | None,
) -> int:
    """Plan a province; 1 where a county failed."""
    from lxgeo.scenario.province.asked import Province
    from lxgeo.scenario.province.planning import FollowingCounties, plan_province

    lang = scenario.lang
    (ledgers,), areas = places
    province = Province(str(ledgers), str(areas), scenario, how.at_once, how.lists)
    with tell.progress(lang) as progress:
        progress(Words("逐县测算", "planning county by county"))

        def went(answer: CountyAnswer, done: int, of: int) -> None:
            told.county(answer, done, of, lang)
            progress(Words(f"逐县测算：{done}/{of} 个县", f"{done}/{of} counties"))

        following = FollowingCounties(went, partial(tell.words, lang=lang))
        planned = plan_province(province, out, name, following=following)
    told.province(planned, lang)
    return FAULT if planned.failed else DONE


def verify(run_dir: Path, output: Path | None, lang: Lang) -> int:
    """Check every county of a divided run; 1 where anything is broken."""
    from lxgeo.scenario.province.verdict import verify_province, write_verdict

    verdict = verify_province(run_dir, partial(told.verified, lang=lang))
    broken = told.verdict(verdict, lang)
    if output is not None:
        write_verdict(output, verdict, lang)
        tell.written([output], lang)
    return FAULT if broken else DONE
