"""Figures as planners read them: metres, counts, names, codes."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from math import floor, isfinite

from lxgeo.errors import Lang
from lxgeo.ledger.sheets.fields import FIELD_WORDS
from lxgeo.model import (
    Datum,
    Figure,
    Level,
    Line,
    Mode,
    OperatingStatus,
    Outcome,
    Precision,
)
from lxgeo.pin import PinAction
from lxgeo.rules.trade_names import SECTIONS, trade_name
from lxgeo.tables import LEDGER, PLANNED, CoordinateForm
from lxgeo.text.labels import figure_name, label

LONGEST_NAME = 60
"""Characters of a ledger's text that a sentence quotes."""

_WHOLE_FROM_M = 10
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_CODES = {
    "level": Level,
    "line": Line,
    "apart_line": Line,
    "higher": Level,
    "precision": Precision,
    "outcome": Outcome,
    "mode": Mode,
    "datum": Datum,
    "declared": Datum,
    "here": Datum,
    "form": CoordinateForm,
    "operating_status": OperatingStatus,
    "pin_action": PinAction,
}
"""Figures that are codes, and the closed list that each comes from."""
_HEADINGS = {field: words.zh for field, words in FIELD_WORDS.items()} | {
    column.name: column.zh for column in (*LEDGER.columns, *PLANNED.columns)
}


def metres(value: float, lang: Lang) -> str:
    """Return metres with their unit: whole from 10 m on, one decimal below."""
    whole = floor(value + 0.5) if value >= _WHOLE_FROM_M else floor(10 * value + 0.5) / 10
    return f"{whole:g} m" if lang == "en" else f"{whole:g}米"


def number(value: float) -> str:
    """Return a count or another number, without decimals that say nothing."""
    return str(value) if isinstance(value, int) else f"{round(value, 2):.15g}"


def quoted(text: str) -> str:
    """Return a ledger's text in one line: no control or direction marks, and not endless."""
    seen = "".join(" " if unicodedata.category(each) in _UNSEEN else each for each in text)
    line = " ".join(seen.split())
    return line if len(line) <= LONGEST_NAME else line[: LONGEST_NAME - 1] + "…"


def told(figures: Mapping[str, Figure], lang: Lang) -> dict[str, str]:
    """Return figures as text, by name.

    Parameters
    ----------
    figures
        As a `lxgeo.model.Reason` carries them. Names ending in ``_m`` are metres.
    lang
        Language of units and labels.

    Returns
    -------
    dict
        Unknown figures are left out. A flag that holds is an empty text, one that does not hold
        is left out: a sentence takes a part in or leaves it by it.
    """
    found = {name: _said(name, value, lang) for name, value in figures.items()}
    return {name: text for name, text in found.items() if text is not None}


def _said(name: str, value: Figure, lang: Lang) -> str | None:
    if value is None or (isinstance(value, float) and not isfinite(value)):
        return None
    if isinstance(value, bool):
        return "" if value else None
    if isinstance(value, int | float):
        return metres(value, lang) if name.endswith("_m") else number(value)
    return _named(name, str(value), lang) or quoted(str(value)) or None


def _named(name: str, code: str, lang: Lang) -> str | None:
    """Return what people read for a figure that is one of our codes, None for other text."""
    if name in _CODES and code in set(_CODES[name]):
        return label(_CODES[name](code), lang)
    if name == "trade":
        return _trade(code, lang)
    if name == "field" and code in _HEADINGS:
        return code.replace("_", " ") if lang == "en" else _HEADINGS[code]
    return figure_name(name, code, lang)


def _trade(code: str, lang: Lang) -> str | None:
    """Return a trade's name with its code; in English its section's."""
    name = SECTIONS[code[0]][1] if lang == "en" and code[:1] in SECTIONS else trade_name(code)
    if name is None:
        return None
    return f"{name} ({code})" if lang == "en" else f"{name}（{code}）"
