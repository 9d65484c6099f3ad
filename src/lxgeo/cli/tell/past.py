"""What became of branches, run by run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxgeo.cli.tell.voice import say
from lxgeo.errors import Lang

if TYPE_CHECKING:
    from lxgeo.scenario.history import Past


def past(found: Past, lang: Lang) -> None:
    """Print what became of a branch or a unit; of all branches, what changed."""
    for line in found.told(lang):
        say(line, line, lang)
