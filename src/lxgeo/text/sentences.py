"""Sentences with gaps: ours is the sentence, the ledger's are only the values put into it.

A sentence is written as ``正式党员[{full}名]不足3名``: what stands in brackets falls away where one
of its figures is unknown, and after a ``|`` stands what is said instead. Values are put in last
and never looked at again, so that no ledger text can act as a pattern.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_PART = re.compile(r"\[([^\[\]]*)\]")
_GAP = re.compile(r"\{(\w+)\}")
_LEADING = "，；、,; "


def fill(sentence: str, told: Mapping[str, str]) -> str:
    """Return a sentence with its gaps filled.

    Parameters
    ----------
    sentence
        One of our own sentences, never a ledger's text.
    told
        Figure → text.
    """
    pieces = []
    # Splitting on one group: every second piece stood in brackets.
    for i, piece in enumerate(_PART.split(sentence)):
        choices = piece.split("|") if i % 2 else [piece]
        pieces.append(next((_put(each, told) for each in choices if _known(each, told)), ""))
    return "".join(pieces).lstrip(_LEADING)


def gaps(sentence: str) -> set[str]:
    """Return the names of a sentence's gaps."""
    return set(_GAP.findall(sentence))


def _known(part: str, told: Mapping[str, str]) -> bool:
    return all(name in told for name in _GAP.findall(part))


def _put(part: str, told: Mapping[str, str]) -> str:
    return _GAP.sub(lambda gap: told[gap[1]], part)
