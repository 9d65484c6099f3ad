"""One sentence in both languages for each rule, with its figures and its source.

Article numbers stand only where the article was seen; other sources are named without one.
"""

from __future__ import annotations

from types import MappingProxyType

from lxgeo.errors import Lang
from lxgeo.model import Reason, Rule
from lxgeo.text.figures import told
from lxgeo.text.reasons_branch import BRANCH_FINDINGS
from lxgeo.text.reasons_joint import JOINT
from lxgeo.text.reasons_ledger import SAME_FINDINGS, SETTLED, VALUE_FINDINGS
from lxgeo.text.reasons_matters import MATTERS
from lxgeo.text.reasons_outcome import JOIN, OUT, THREE, UNKNOWN
from lxgeo.text.reasons_position import POSITION_FINDINGS
from lxgeo.text.sentences import fill

SENTENCES = MappingProxyType(
    OUT
    | UNKNOWN
    | THREE
    | JOIN
    | JOINT
    | MATTERS
    | BRANCH_FINDINGS
    | VALUE_FINDINGS
    | SAME_FINDINGS
    | POSITION_FINDINGS
    | SETTLED
)
"""Rule → its sentence in both languages (see `lxgeo.text.sentences` for the brackets)."""

_HIGHER = frozenset({"general_branch", "committee"})
_ALSO_CALLED = {"text": "written", "township_named": "named", "value": "written"}
"""Figures that some rooms give under another name."""


def reason(why: Reason, lang: Lang = "zh") -> str:
    """Return a reason as a sentence, without a full stop.

    Parameters
    ----------
    why
        A rule's code and its figures. Figures that are missing leave their part out; figures that
        the sentence does not know are not told.
    lang
        Language.

    Returns
    -------
    str
        One line. Ledger text in it is quoted as a value: still hostile to whatever displays it.
    """
    figures = dict(why.figures)
    for name, usual in _ALSO_CALLED.items():
        if name in figures:
            figures.setdefault(usual, figures[name])
    if figures.get("level") in _HIGHER:
        figures["higher"] = figures["level"]
    if isinstance(figures.get("township"), str):
        figures.setdefault("governed_by", figures["township"])
    if figures.get("span_m") == figures.get("farthest_m"):
        figures.pop("span_m", None)  # the host is at one end of the farthest pair
    if figures.get("place") == "trade" and figures.get("trade"):
        del figures["place"]  # the trade itself is told
        figures.pop("shared", None)
    if not figures.get("joining"):
        figures.pop("joining", None)
    return fill(SENTENCES[why.code].in_lang(lang), told(figures, lang))


def rule_name(code: Rule, lang: Lang = "zh") -> str:
    """Return a rule as a sentence without any figures."""
    return reason(Reason(code), lang)
