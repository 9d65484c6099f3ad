"""Commands on a finished run."""

from __future__ import annotations

from pathlib import Path

import click

from lxgeo.cli import asked, tell
from lxgeo.cli.app import DONE, FAULT, command
from lxgeo.cli.speech import option
from lxgeo.errors import Lang, Words


@command("verify", "独立核验方案是否合规、文件是否被改", "check a finished plan independently")
@click.argument("run_dir", type=asked.PATH)
@click.pass_obj
def verify(lang: Lang, run_dir: Path) -> int:
    """Check a run folder against the rules; 1 on a breach."""
    from lxgeo.scenario import verify_run

    return FAULT if tell.verdict(verify_run(run_dir), run_dir, lang) else DONE


@command(
    "diff", "比较两次方案：哪些不变、调整、拆分、撤销，要告知谁", "what changed between two runs"
)
@click.argument("old_run", type=asked.PATH)
@click.argument("new_run", type=asked.PATH)
@option("-o", "--output", said=Words("变更清单（xlsx）", "workbook to write"), type=asked.PATH)
@click.pass_obj
def diff(lang: Lang, old_run: Path, new_run: Path, output: Path | None) -> None:
    """Tell what changed from one run to the next, and write it as a workbook."""
    from lxgeo.scenario.difference import difference_of, write_difference

    found = difference_of(old_run, new_run)
    if output is not None:
        write_difference(found, output, lang)
    tell.difference(found, lang)
    tell.written([output] if output is not None else [], lang)
