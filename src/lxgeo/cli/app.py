"""The command line itself: how it starts, how it ends, and what a command is."""

from __future__ import annotations

import sys
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import click

from lxgeo.cli import tell
from lxgeo.cli.speech import SpokenCommand, SpokenGroup, SpokenOption, usage_words
from lxgeo.errors import Lang, LxgeoError, ServiceError, Words

DONE, FAULT, USAGE, SERVICE_FAULT = range(4)
INTERRUPTED = 130


def main() -> None:
    """Run the command line; an error of ours ends in sentences, never in a traceback."""
    lang: Lang = "en" if _asks_for_english(sys.argv[1:]) else "zh"
    try:
        code = lxgeo.main(prog_name="lxgeo", obj=lang, standalone_mode=False)
    except click.Abort:
        code = INTERRUPTED
    except click.UsageError as error:
        tell.fault(usage_words(error), lang)
        code = USAGE
    except LxgeoError as error:
        for words in error.faults:
            tell.fault(words, lang)
        code = SERVICE_FAULT if isinstance(error, ServiceError) else FAULT
    sys.exit(code or DONE)


def _asks_for_english(args: list[str]) -> bool:
    said = [value for name, value in pairwise(args) if name == "--lang"]
    said += [arg.partition("=")[2] for arg in args if arg.startswith("--lang=")]
    return said[-1:] == ["en"]


@click.group(
    cls=SpokenGroup,
    said=Words(
        "两新组织党建规划：从台账到联合党支部方案、离线地图和清单。",
        "From a ledger of organisations to joint branches, an offline map and lists.",
    ),
)
@click.version_option(
    package_name="lxgeo",
    message="%(version)s",
    cls=SpokenOption,
    said=Words("显示版本号", "show the version"),
)
def lxgeo() -> None:
    """Hold the commands together."""


def command(name: str, zh: str, en: str) -> Callable[[Callable[..., Any]], click.Command]:
    """Return a decorator that makes a function a command, with its line of help."""
    return lxgeo.command(name, cls=SpokenCommand, said=Words(zh, en))
