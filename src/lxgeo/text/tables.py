"""The plan's tables in words: what a `Reason` says stands in them as a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pandas as pd

from lxgeo.errors import Lang
from lxgeo.model import Reason
from lxgeo.tables import BRANCHES, UNITS
from lxgeo.text.reasons import reason

if TYPE_CHECKING:
    import geopandas as gpd

_BETWEEN = {"zh": "；", "en": "; "}


def units_in_words(planned: gpd.GeoDataFrame, lang: Lang = "zh") -> gpd.GeoDataFrame:
    """Return the units as they leave the house.

    Parameters
    ----------
    planned
        `lxgeo.tables.PLANNED`.
    lang
        Language of ``reason`` and ``finding``.

    Returns
    -------
    GeoDataFrame
        `lxgeo.tables.UNITS`, in the same order: ``rule`` is the code of ``why``, ``reason`` its
        sentence, ``finding`` all findings as sentences, but for the one that is the reason.
    """
    sentences = _Sentences(lang)
    finding = [
        sentences.together(each for each in findings if each != why)
        for findings, why in zip(planned["findings"], planned["why"], strict=True)
    ]
    return UNITS.shaped(
        planned.assign(
            rule=_text([str(why.code) for why in planned["why"]], planned),
            reason=_text([sentences[why] for why in planned["why"]], planned),
            finding=_text(finding, planned),
        )
    )


def branches_in_words(branches: gpd.GeoDataFrame, lang: Lang = "zh") -> gpd.GeoDataFrame:
    """Return the branches as they leave the house.

    Parameters
    ----------
    branches
        `lxgeo.tables.PLANNED_BRANCHES`.
    lang
        Language of ``reason``.

    Returns
    -------
    GeoDataFrame
        `lxgeo.tables.BRANCHES`, in the same order.
    """
    return BRANCHES.shaped(
        branches.assign(
            rule=_text([str(why.code) for why in branches["why"]], branches),
            reason=_text([reason(why, lang) for why in branches["why"]], branches),
        )
    )


class _Sentences:
    """Reasons as sentences of one language: what many units share is put into words once."""

    def __init__(self, lang: Lang) -> None:
        self._lang: Lang = lang
        self._told: dict[tuple[object, ...], str] = {}

    def __getitem__(self, why: Reason) -> str:
        # With their types: True, 1 and 1.0 are equal, and said differently.
        key = (why.code, *((name, type(each), each) for name, each in why.figures.items()))
        if key not in self._told:
            self._told[key] = reason(why, self._lang)
        return self._told[key]

    def together(self, findings: Iterable[Reason]) -> str | None:
        return _BETWEEN[self._lang].join(dict.fromkeys(map(self.__getitem__, findings))) or None


def _text(values: list[str] | list[str | None], like: pd.DataFrame) -> pd.Series:
    return pd.Series(values, index=like.index, dtype="str")
