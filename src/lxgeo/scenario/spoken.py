"""A plan's sentences in the other language, so that whoever reads its map can switch."""

from __future__ import annotations

from lxgeo import text
from lxgeo.errors import Lang
from lxgeo.model import Plan
from lxgeo.publish.map import OTHER, SaidAgain


def said_again(plan: Plan, lang: Lang) -> SaidAgain:
    """Return a plan's sentences in the language that its map does not open in.

    Parameters
    ----------
    plan
        As `lxgeo.decide.propose` returned it.
    lang
        The language that the map opens in.
    """
    other = OTHER[lang]
    return SaidAgain(
        units=text.units_in_words(plan.units, other),
        branches=text.branches_in_words(plan.branches, other),
        texts=text.texts(other),
        asked=tuple(text.reason(each.why, other) for each in plan.matters),
    )
