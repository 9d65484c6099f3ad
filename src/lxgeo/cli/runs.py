"""Commands on a finished run."""

from __future__ import annotations

from pathlib import Path

import click

from lxgeo.cli import asked, tell
from lxgeo.cli.app import DONE, FAULT, command
from lxgeo.errors import Lang


@command("verify", "独立核验方案是否合规、文件是否被改", "check a finished plan independently")
@click.argument("run_dir", type=asked.PATH)
@click.pass_obj
def verify(lang: Lang, run_dir: Path) -> int:
    """Check a run folder against the rules; 1 on a breach."""
    from lxgeo.scenario import verify_run

    return FAULT if tell.verdict(verify_run(run_dir), run_dir, lang) else DONE
