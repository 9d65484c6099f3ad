"""One branch spelt in several ways by its units (商会联合支部): asked about, never joined."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from lxgeo.ledger.places import split_row
from lxgeo.model import Reason, Rule
from lxgeo.rules.branch_names import branch_key, branch_likeness

_FORM = re.compile("(?P<joint>联合|联建|共建)?(?:临时|功能型)?党?(?:总?支部|委员会)$")
_SHORTEST = 4
"""Letters before the form of a name, from which one letter more or less may be a slip."""

_TELLS_APART = re.compile(
    "[0-9A-Za-z〇零一二三四五六七八九十百千两壹贰叁肆伍陆柒捌玖拾甲乙丙丁戊己庚辛壬癸"
    "东西南北中上下左右前后内外大小老新旧高低]"
)
"""Letters that two branches differ in on purpose: 第一, 第二, 东村, 西村."""


def told_spellings(ledger: pd.DataFrame) -> pd.DataFrame:
    """Return the ledger with a finding at every row that spells a branch as only few rows do.

    Parameters
    ----------
    ledger
        `lxgeo.tables.LEDGER`.

    Returns
    -------
    pandas.DataFrame
        The same rows, ``branch_named`` as written. Of names that may be one branch the most usual
        (else the first) is not asked about; the others quote it (``same_branch_maybe``). They may
        be one where only the form of words differs, or a letter in one township.
    """
    inside = ledger["branch_named"].notna() & ledger["organised"].fillna(value=True)
    told = ledger[["row", "branch_named", "township_named"]].assign(at=range(len(ledger)))
    named = told[inside & ledger["duplicate_of"].isna()]
    known = pd.DataFrame({"name": named["branch_named"].unique()})
    keys = dict(zip(known["name"], known["name"].map(branch_key), strict=True))
    named = named.assign(key=named["branch_named"].map(keys))
    alike = {key: branch_likeness(key) for key in dict.fromkeys(keys.values())}
    named = named.assign(alike=named["key"].map(alike))
    asked = dict(_one_letter_off(named)) | dict(_otherwise_worded(named))
    if not asked:
        return ledger
    found = ledger["findings"].tolist()
    for at, reason in sorted(asked.items(), key=lambda each: each[0]):
        found[at] = (*found[at], reason)
    return ledger.assign(findings=pd.Series(found, index=ledger.index, dtype=object))


def _asks(others: pd.DataFrame, first: pd.Series) -> Iterator[tuple[int, Reason]]:
    """Yield what rows are asked whose branch may be that of another row."""
    for at, name in zip(others["at"].tolist(), others["branch_named"], strict=True):
        figures = {"branch": name, "name": first["branch_named"], "row": first["row"]}
        yield at, Reason(Rule.SAME_BRANCH_MAYBE, figures)


def _otherwise_worded(named: pd.DataFrame) -> Iterator[tuple[int, Reason]]:
    """Yield rows whose branch's name says in other words what more rows say."""
    several = named.groupby("alike", sort=False)["key"].transform("nunique") > 1
    for _, group in named[several].groupby("alike", sort=False):
        rows = group.groupby("key", sort=False)["key"].transform("size")
        first = group.iloc[int(rows.to_numpy().argmax())]
        yield from _asks(group[group["key"] != first["key"]], first)


@dataclass(frozen=True, slots=True)
class _Spelling:
    """What a branch is called in one place.

    Parameters
    ----------
    stem, form
        Its name before 党支部, and that.
    joint
        Whether it says that it is a joint one.
    rows
        How many rows say it.
    first
        The first of them, by its place in the ledger.
    """

    stem: str
    form: str
    joint: bool
    rows: int
    first: int

    def rarer(self, other: _Spelling) -> bool:
        """Whether it is this one that is asked about: a joint branch has no single unit."""
        if self.rows == other.rows:
            return self.joint and self.rows == 1 and self.first > other.first
        return self.rows < other.rows


def _one_letter_off(named: pd.DataFrame) -> Iterator[tuple[int, Reason]]:
    """Yield rows whose branch differs by a letter from one that more rows of the place name."""
    place = named["township_named"].fillna("")
    if place.eq("").any():
        sheets = [split_row(row)[0] for row in named["row"]]
        place = place.where(place != "", pd.Series(sheets, index=named.index, dtype=place.dtype))
    places = named.assign(place=place)
    counted = places.groupby(["place", "alike"], sort=False)["at"].agg(["size", "first"])
    by_place: dict[tuple[str, str], dict[str, _Spelling]] = {}
    for (where, alike), rows, first in zip(
        counted.index, counted["size"].tolist(), counted["first"].tolist(), strict=True
    ):
        form = _FORM.search(alike)
        stem = alike[: form.start()] if form else ""
        if form and len(stem) >= _SHORTEST:
            spelling = _Spelling(stem, form[0], bool(form["joint"]), rows, first)
            by_place.setdefault((where, form[0]), {})[stem] = spelling
    for (where, form_said), stems in by_place.items():
        for rare, usual in sorted(_pairs(stems).items()):
            said = places[(places["place"] == where) & (places["alike"] == rare + form_said)]
            yield from _asks(said, named[named["at"] == stems[usual].first].iloc[0])


def _pairs(stems: Mapping[str, _Spelling]) -> dict[str, str]:
    """Return the names that may be slips, each with the one that is meant: the most usual."""
    meant: dict[str, str] = {}
    for one, other in _near(list(stems)):
        for rare, usual in ((one, other), (other, one)):
            best = meant.get(rare)
            if stems[rare].rarer(stems[usual]) and (
                best is None or stems[best].rows < stems[usual].rows
            ):
                meant[rare] = usual
    return meant


def _near(stems: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield pairs that differ in one letter, or by one, that doesn't tell them apart on purpose."""
    known = set(stems)
    without: dict[tuple[int, str], list[str]] = {}
    for stem in stems:
        for at, letter in enumerate(stem):
            if _TELLS_APART.fullmatch(letter):
                continue
            rest = stem[:at] + stem[at + 1 :]
            if rest in known:
                yield stem, rest
            others = without.setdefault((at, rest), [])
            yield from ((stem, other) for other in others)
            others.append(stem)
