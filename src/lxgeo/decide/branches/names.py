"""Suggested names of branches: from the place (创业大厦联合党支部), numbered where it has more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import pandas as pd

from lxgeo.decide.branches.founding import Founding
from lxgeo.model import Level, Mode

JOINT = "联合党支部"
OF_LEVEL = {
    Level.BRANCH: "党支部",
    Level.GENERAL_BRANCH: "党总支",
    Level.COMMITTEE: "党委",
}
"""What a unit that stands alone sets up."""

_AFTER = {Mode.VILLAGE: "村企", Mode.AREA: "两新组织"}
"""What stands between the place and the kind of branch."""
_LONGEST_TRADE = 7  # characters of a trade's name that fit a branch's

_LEGAL_FORMS = ("股份有限公司", "有限责任公司", "有限公司")
_ABOVE = ("市", "州", "省")  # what a district's name may stand behind
_SHORTEST = 2
_DIGITS = "零一二三四五六七八九"
_TEN = 10


class Wanted(NamedTuple):
    """A name that a branch would like: a place, and what kind of organisation it is."""

    place: str
    kind: str


def wanted_name(branch: Founding, districts: Sequence[str] = ()) -> Wanted:
    """Return the name that a new branch would like: of what its units share, or its host's.

    创业大厦联合党支部, 房地产行业联合党支部, 红星村村企联合党支部, 幸福社区两新组织联合党支部.

    Parameters
    ----------
    branch
        The branch.
    districts
        Names of districts and counties, which need not be told again in its host's name.
    """
    host = branch.host_unit
    township = host.township if _known(host.township) else ""
    shared = branch.shared
    if shared.mode is Mode.TRADE and shared.name is not None and len(shared.name) <= _LONGEST_TRADE:
        return Wanted(f"{township}{shared.name.removesuffix('业')}行业", JOINT)
    if shared.mode is not Mode.TRADE and shared.name is not None:
        return Wanted(shared.name + _AFTER.get(shared.mode, ""), JOINT)
    short = _short(host.name if _known(host.name) else str(host.unit_id), districts)
    return Wanted(short if short.startswith(township) else township + short, JOINT)


def settle(wanted: Iterable[Wanted], taken: Iterable[str]) -> list[str]:
    """Return a name of its own for each branch.

    Parameters
    ----------
    wanted
        What each would like, in an order that does not change from run to run.
    taken
        Names that approved branches bear.

    Returns
    -------
    list of str
        The plain name where one branch alone wants it, else 第一, 第二, … before the kind; an
        approved branch that bears the plain name counts as the first.
    """
    wishes = list(wanted)
    often = Counter(wishes)
    used = set(taken)
    last: dict[Wanted, int] = {}
    names = []
    for wish in wishes:
        plain = wish.place + wish.kind
        if often[wish] == 1 and plain not in used:
            name = plain
        else:
            number = last.get(wish, 1 if plain in used else 0)
            name = plain
            while name in used or name == plain:
                number += 1
                name = f"{wish.place}第{in_chinese(number)}{wish.kind}"
            last[wish] = number
        used.add(name)
        names.append(name)
    return names


def in_chinese(number: int) -> str:
    """Return a number below 100 in Chinese numerals, a larger one in digits."""
    tens, ones = divmod(number, _TEN)
    if tens >= _TEN:
        return str(number)
    ten = "" if not tens else "十" if tens == 1 else _DIGITS[tens] + "十"
    return ten + (_DIGITS[ones] if ones or not tens else "")


def _short(name: str, districts: Sequence[str]) -> str:
    """Return a unit's name without its legal form, and without the district that it begins with."""
    form = next((form for form in _LEGAL_FORMS if name.endswith(form)), "")
    short = name.removesuffix(form)
    for district in districts:
        before, _, after = short.partition(district)
        if len(after) >= _SHORTEST and (not before or before.endswith(_ABOVE)):
            short = after
    return short if len(short) >= _SHORTEST else name


def _known(value: object) -> bool:
    return isinstance(value, str) and bool(value) and not pd.isna(value)
