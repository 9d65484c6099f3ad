"""Names of Party organisations: which are the same, and which may be (商会联合支部).

Two spellings are one name only where nothing but width, white space or brackets differs. Where the
form of words differs too, a person is asked: joining two organisations is nobody's guess.
"""

from __future__ import annotations

import re
import unicodedata

_SPACE = re.compile(r"\s+")
_BRACKETS = str.maketrans("【】〔〕[]", "()()()")
_UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff]")
_FORMS = (
    (re.compile(r"^中国共产党|^中共"), ""),
    (re.compile(r"[^\w]"), ""),
    (re.compile(r"党委会?$"), "党委员会"),
    (re.compile(r"(党?总?支部)委员会$"), r"\1"),
    (re.compile(r"总支部?$"), "总支部"),
    (re.compile(r"(?<![党总])(?=(?:总支部|支部|委员会)$)"), "党"),
)
"""Forms of words that one organisation's name is written in."""


def branch_key(name: str) -> str:
    """Return a branch's name as its units are matched by it: width and white space aside."""
    text = _UNSEEN.sub("", unicodedata.normalize("NFKC", name))
    return _SPACE.sub("", text.translate(_BRACKETS))


def branch_likeness(name: str) -> str:
    """Return what names share that may be one branch: 商会联合支部, 中共商会联合党支部委员会."""
    key = branch_key(name)
    for pattern, usual in _FORMS:
        key = pattern.sub(usual, key)
    return key
