"""Who speaks in the check workbook: one language, sentences and labels handed in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lxgeo.errors import Lang, Words
from lxgeo.model import Reason
from lxgeo.publish.folder.release import NO_TEXTS

_KINDS = {"branch_kind": "outcome", "datum": "datum", "datum_in": "datum"}
"""Field → the kind that its codes are labelled under, where that is not the field itself."""


@dataclass(frozen=True)
class CheckVoice:
    """What the check workbook says.

    Parameters
    ----------
    reason
        Puts a reason into words of the language.
    texts
        What people read for codes, by ``kind.code``; a code that is missing stands as it is.
    lang
        Language.
    """

    reason: Callable[[Reason], str]
    texts: Mapping[str, str] = field(default_factory=lambda: NO_TEXTS)
    lang: Lang = "zh"

    def say(self, words: Words) -> str:
        """Return a sentence in this language."""
        return words.in_lang(self.lang)

    def code(self, field_: str, code: str) -> str:
        """Return what people read for a field's value: its label where it is a code."""
        return self.texts.get(f"{_KINDS.get(field_, field_)}.{code}", code)
