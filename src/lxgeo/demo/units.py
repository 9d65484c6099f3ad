"""Three thousand organisations: names, trades, staff and members, as in life."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from lxgeo.demo.addresses import Address, written
from lxgeo.demo.codes import credit_code
from lxgeo.demo.county import County
from lxgeo.demo.dice import Dice
from lxgeo.demo.names import BRANDS
from lxgeo.demo.nouns import Township
from lxgeo.demo.sites import Site, Sites
from lxgeo.demo.trades import (
    ACCOUNTANTS,
    ASSOCIATION,
    COMPANY,
    COOPERATIVE,
    LAW_FIRM,
    SHOP,
    TRADES,
    Trade,
)

_NONE, _ONE, _TWO = 0.60, 0.20, 0.10
"""Shares of units without a full member, with one, with two; the rest have three or more."""
ENOUGH = 3
"""Full members with whom a unit can stand alone."""
GENERAL_BRANCH, COMMITTEE = 50, 100
"""Members with whom it can be a general branch, or a committee."""
LEGAL_ENDS = ("股份有限公司", "有限责任公司", "有限公司", "专业合作社")
"""Forms of company that end a name, and that a short name leaves out."""
_OVER_100, _OVER_50 = 3, 8
"""How many units have a hundred members and more, and fifty and more."""
_STAFF = {COMPANY: 18.0, SHOP: 3.0, COOPERATIVE: 9.0, ASSOCIATION: 5.0, LAW_FIRM: 14.0}
_KEEN = {SHOP: -0.9, LAW_FIRM: 0.9, ACCOUNTANTS: 0.5, ASSOCIATION: 0.35}
"""How much likelier than a company a kind of unit is to have members."""


@dataclass(frozen=True)
class Unit:
    """An organisation as it is in truth.

    Parameters
    ----------
    name, credit_code, kind
        What it is called and registered as.
    trade
        Its class of GB/T 4754-2017.
    site, address
        Where it sits, and how that is written.
    staff, full, probationary
        Counts of people; never who they are.
    line
        属地, 归口 or 挂靠.
    """

    name: str
    credit_code: str
    kind: str
    trade: str
    site: Site
    address: Address
    staff: int
    full: int
    probationary: int
    line: str

    @property
    def members(self) -> int:
        """Full and probationary members."""
        return self.full + self.probationary


def units(county: County, dice: Dice, *, spare: int) -> tuple[Unit, ...]:
    """Return the district's organisations, township by township.

    Parameters
    ----------
    county
        The district as laid out.
    dice
        Who there is.
    spare
        Ledger rows to leave free, for organisations that are listed twice.
    """
    sites = Sites(county, dice.of("sites"))
    naming = _Naming(dice.of("names"))
    writing, coding = dice.of("addresses"), dice.of("codes")
    places: list[tuple[Township, Site, Trade]] = []
    for town in county.townships:
        for _ in range(town.units - spare // len(county.townships)):
            site = sites.site(town)
            places.append((town, site, _trade(site, dice)))
    staff = [_staff(trade, dice) for _, _, trade in places]
    full = _full_members([trade for _, _, trade in places], staff, dice.of("members"))
    made = []
    for (town, site, trade), people, members in zip(places, staff, full, strict=True):
        young = _probationary(members, dice)
        made.append(
            Unit(
                name=naming.name(trade, town, site),
                credit_code=credit_code(trade.kind, coding),
                kind=trade.kind,
                trade=trade.code,
                site=site,
                address=written(site, town.name, writing),
                staff=max(people, members + young + dice.below(4)),
                full=members,
                probationary=young,
                line=_line(trade.kind, dice),
            )
        )
    return tuple(made)


def _trade(site: Site, dice: Dice) -> Trade:
    """Return a trade that fits a site; a park draws the trades that it was laid out for."""
    # A neighbourhood of the city has the shops of a street, not the farms of a village.
    in_city = site.village is not None and site.village.name.endswith("社区")
    choice = [trade for trade in TRADES if ("street" if in_city else site.kind) in trade.sites]
    drawn = site.park.draws if site.park else ()
    weights = [trade.weight * (6.0 if trade.code.startswith(drawn) else 1.0) for trade in choice]
    return dice.weighted(choice, weights)


def _staff(trade: Trade, dice: Dice) -> int:
    size = _STAFF.get(trade.kind, 12.0) * (2.2 if "park" in trade.sites else 1.0)
    return min(1500, 1 + round(size * math.exp(0.95 * dice.normal())))


def _full_members(trades: Sequence[Trade], staff: Sequence[int], dice: Dice) -> list[int]:
    """Return full members of each unit: shares as in life, larger units first in line.

    Units are put in order of a mark that is half their size and half chance; the shares are then
    cut off that order, so that they hold exactly. Above three, counts fall off geometrically.
    """
    marks = [
        0.55 * math.log(people) + 0.85 * dice.normal() + _KEEN.get(trade.kind, 0.0)
        for trade, people in zip(trades, staff, strict=True)
    ]
    order = sorted(range(len(marks)), key=lambda k: (-marks[k], k))
    total = len(order)
    members = [0] * total
    three, two, one = (
        round(total * share) for share in (1 - _NONE - _ONE - _TWO, 1 - _NONE - _ONE, 1 - _NONE)
    )
    for rank, k in enumerate(order[:one]):
        members[k] = ENOUGH + int(-math.log(1 - dice.between(0, 1)) * 3.2) if rank < three else 1
        if three <= rank < two:
            members[k] = 2
    # The few large ones are large employers.
    large = sorted(order[:three], key=lambda k: (-staff[k], k))
    for rank, k in enumerate(large[:_OVER_50]):
        members[k] = dice.count(100, 160) if rank < _OVER_100 else dice.count(50, 95)
    return members


def _probationary(full: int, dice: Dice) -> int:
    if full == 0:
        return int(dice.happens(0.02))
    if full < ENOUGH:
        return int(dice.happens(0.09))
    return dice.count(1, 2 + full // 12) if dice.happens(0.3) else 0


def _line(kind: str, dice: Dice) -> str:
    """Return who manages a unit: firms of a supervised profession are led by its department."""
    sectoral = {LAW_FIRM: 0.85, ACCOUNTANTS: 0.7, ASSOCIATION: 0.35}.get(kind, 0.01)
    if dice.happens(sectoral):
        return "归口"
    return "挂靠" if dice.happens(0.008) else "属地"


class _Naming:
    """Names units, none of them twice; every name leads with a place that does not exist."""

    def __init__(self, dice: Dice) -> None:
        self._dice = dice
        self._used: set[str] = set()

    def name(self, trade: Trade, town: Township, site: Site) -> str:
        """Return a name for a unit of a trade."""
        while True:
            name = self._coined(trade, town, site)
            if name not in self._used:
                self._used.add(name)
                return name

    def _coined(self, trade: Trade, town: Township, site: Site) -> str:
        dice = self._dice
        word, brand = dice.one_of(trade.words), dice.one_of(BRANDS)
        if trade.kind == COMPANY:
            legal = dice.weighted(("有限公司", "有限责任公司", "股份有限公司"), (0.76, 0.2, 0.04))
            return f"{dice.one_of(('岚川', '岚川市', '云溪', '云溪区'))}{brand}{word}{legal}"
        if trade.kind == ASSOCIATION:
            village = site.village.name if site.village else ""
            return (village or dice.one_of((town.name, "云溪区", "岚川市云溪区"))) + word
        if trade.kind == COOPERATIVE:
            return f"云溪区{brand}{word}专业合作社"
        place = town.word if trade.kind == SHOP and dice.happens(0.5) else "云溪区"
        return f"{place}{brand}{word}"
