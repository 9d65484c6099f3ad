"""Sentences in both of the page's languages, hardly larger than in one.

A reason is a sentence of ours with figures and names put in. Both languages put in the same ones:
the pair of sentences is numbered, figures travel once, and names that the page knows anyway do not
travel at all. `assets/js/telling.js` puts them together again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxgeo.publish.map.pack import PackedColumn, counts, texts
from lxgeo.publish.map.wording import lettered

_DIGITS = re.compile(r"[0-9]+")
_PLACES = 64
"""Figures, and names, of one sentence that are put in; more stand in the sentence as they are."""

_PRIVATE = range(0xE000, 0xF900 - 2 * _PLACES, 2 * _PLACES)


@dataclass(frozen=True, slots=True)
class _Marks:
    """Letters that no text of the column holds: one a figure, one a name."""

    first: int

    def figure(self, place: int) -> str:
        return chr(self.first + place)

    def name(self, place: int) -> str:
        return chr(self.first + _PLACES + place)


def told(
    name: str,
    values: Sequence[str],
    others: Sequence[str] | None = None,
    names: Sequence[Sequence[str]] | None = None,
) -> tuple[PackedColumn, ...]:
    """Return sentences as pairs of forms and the figures that stand in them.

    Parameters
    ----------
    name
        Name in the page.
    values, others
        Each row's sentence in the page's first language, and in its other one; without the other
        the page tells the first in both.
    names
        For each row what the page can put in by itself, such as the names of a branch's units.

    Returns
    -------
    tuple of PackedColumn
        ``name`` itself; ``.form`` numbers ``.form.values`` and ``.form.other``; ``.runs`` are the
        figures in the order of the first language; ``.marks`` is the first of the letters that
        stand for figures, then for names (0: nothing is put in).
    """
    marks = _free([*values, *(others or ())])
    forms: dict[tuple[str, str], int] = {}
    seen: dict[tuple[str, str, tuple[str, ...]], tuple[int, list[str]]] = {}
    codes: list[int] = []
    runs: list[str] = []
    for row, value in enumerate(values):
        other = others[row] if others is not None else ""
        known = tuple(names[row]) if names is not None else ()
        if (key := (value, other, known)) not in seen:
            form, again, figures = _cut(value, other, known, marks)
            seen[key] = (forms.setdefault((form, again), len(forms)), figures)
        code, figures = seen[key]
        codes.append(code)
        runs += figures
    other_forms = [] if others is None else [again for _, again in forms]
    return (
        PackedColumn(name, "told", len(values), b""),
        counts(f"{name}.form", codes),
        texts(f"{name}.form.values", [form for form, _ in forms]),
        counts(f"{name}.marks", [0 if marks is None else marks.first]),
        texts(f"{name}.form.other", other_forms),
        *lettered(f"{name}.runs", runs),
    )


def _free(values: Sequence[str]) -> _Marks | None:
    """Return marks that no text holds; none where all are taken."""
    taken = {ord(each) // (2 * _PLACES) for each in set("".join(values))}
    free = (first for first in _PRIVATE if first // (2 * _PLACES) not in taken)
    first = next(free, None)
    return None if first is None else _Marks(first)


def _cut(
    value: str, other: str, names: Sequence[str], marks: _Marks | None
) -> tuple[str, str, list[str]]:
    """Return both sentences with marks in place of names and figures, and the figures."""
    if marks is None:
        return value, other, []
    places = sorted(range(min(len(names), _PLACES)), key=lambda k: (-len(names[k]), k))
    for k in places:
        if names[k]:
            value = value.replace(names[k], marks.name(k))
            other = other.replace(names[k], marks.name(k))
    figures = _DIGITS.findall(value)[:_PLACES]
    form = _marked(value, list(range(len(figures))), marks)
    return form, _marked(other, _matched(_DIGITS.findall(other), figures), marks), figures


def _marked(text: str, places: Sequence[int | None], marks: _Marks) -> str:
    at = iter(places)

    def mark(found: re.Match[str]) -> str:
        place = next(at, None)
        return found[0] if place is None else marks.figure(place)

    return _DIGITS.sub(mark, text)


def _matched(runs: Sequence[str], figures: Sequence[str]) -> list[int | None]:
    """Return where each run stands among the figures: at its own place, else at the next free."""
    free = set(range(len(figures)))
    found: list[int | None] = []
    for at, run in enumerate(runs):
        own = at if at in free and figures[at] == run else None
        place = min((k for k in free if figures[k] == run), default=None) if own is None else own
        found.append(place)
        free.discard(-1 if place is None else place)
    return found
