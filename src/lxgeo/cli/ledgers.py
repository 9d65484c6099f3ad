"""Commands that look at a ledger."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from lxgeo.cli import asked, tell
from lxgeo.cli.app import DONE, FAULT, command
from lxgeo.cli.speech import option
from lxgeo.errors import Lang, Words


@command("check", "检查台账：哪里有问题、怎么读的", "what is wrong with a ledger")
@asked.takes_ledger
@option("--report", said=Words("检查表（可填写更正）", "check workbook to write"), type=asked.PATH)
@option(
    "--areas",
    said=Words("区域图层：一并核对地址和坐标", "areas: check addresses and positions too"),
    type=asked.PATH,
)
@asked.areas_datum
@asked.gazetteer
@option("--save-mapping", said=Words("保存列对应", "mapping file to write"), type=asked.PATH)
@click.pass_obj
def check(lang: Lang, /, report: Path | None, save_mapping: Path | None, **said: Any) -> int:
    """Report what was found while reading a ledger; 1 where a person must settle something."""
    from lxgeo.scenario import check_ledger, keep_mapping

    areas = said.pop("areas")
    scenario = asked.asked_scenario(lang, areas or Path(), **said)
    with tell.progress(lang) as progress:
        progress("read")
        intake = check_ledger(scenario, report, places=areas is not None)
    if save_mapping is not None:
        keep_mapping(scenario, intake, save_mapping)
    tell.intake(intake, lang)
    settled = not tell.findings(intake.ledger, lang)
    tell.written([path for path in (report, save_mapping) if path is not None], lang)
    return DONE if settled else FAULT
