"""How codes and columns are called in files: labels and headings in one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from lxgeo.errors import Lang, Words
from lxgeo.schema import Column

NO_TEXTS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True)
class Speech:
    """What people read for codes and columns.

    Parameters
    ----------
    texts
        What people read for codes, by ``kind.code`` such as ``outcome.joint``, ``mode.building``,
        ``rate.organisation``. A code that is missing stands as it is.
    lang
        Language of headings and titles.
    """

    texts: Mapping[str, str] = field(default_factory=lambda: NO_TEXTS)
    lang: Lang = "zh"

    def say(self, words: Words) -> str:
        """Return a sentence in this language."""
        return words.in_lang(self.lang)

    def label(self, kind: str, code: str) -> str:
        """Return what people read for a code; the code itself where there is no text for it."""
        return self.texts.get(f"{kind}.{code}", code)

    def heading(self, column: Column) -> str:
        """Return a column's heading for people, with its unit of measure."""
        title = column.name.replace("_", " ").capitalize() if self.lang == "en" else column.zh
        title = title.removesuffix(" m")
        if column.unit not in {"m", "°"}:
            return title
        return f"{title} ({column.unit})" if self.lang == "en" else f"{title}（{column.unit}）"
