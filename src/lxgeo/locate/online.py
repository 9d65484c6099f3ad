"""What a geocoder adds: finer positions for addresses that nothing here knows well."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import geopandas as gpd
import numpy as np

from lxgeo.geo import to_wgs84
from lxgeo.geo.metric import DIGITS
from lxgeo.locate.candidates import CONFIDENCE
from lxgeo.locate.extent import held_by
from lxgeo.locate.geocoder import Answer, Geocoder, may_be_sent, normal_address
from lxgeo.locate.reading import Reading, RowText
from lxgeo.locate.resolve import Fix
from lxgeo.model import Figure, Precision, Reason, Rule

_KNOWN_WELL = frozenset({Precision.BUILDING, Precision.HOUSE_NUMBER})
_RANK = {precision: rank for rank, precision in enumerate(Precision)}


class _Place(NamedTuple):
    """An answer in WGS 84, and the township that holds it."""

    answer: Answer
    lon: float
    lat: float
    township: str | None


def with_answers(
    fixes: Mapping[RowText, Fix],
    readings: Mapping[RowText, Reading],
    wanted: Iterable[RowText],
    townships: gpd.GeoDataFrame,
    geocoder: Geocoder,
) -> dict[RowText, Fix]:
    """Return where rows are, by a geocoder's answers where these are finer.

    It is asked once, for the different addresses of rows that are known no better than by their
    road. An answer outside all townships, or in another township than the row names, is told
    (``geocoded_elsewhere``: ``provider``, ``named``, ``lies``) and not used.

    Parameters
    ----------
    fixes, readings
        Where each different row is by what is known here, and what it names.
    wanted
        The rows that have no coordinates of their own.
    townships
        The townships layer.
    geocoder
        The port.

    Raises
    ------
    ServiceError
        The service failed; what it answered is kept, and asking again goes on from there.
    """
    asked = {
        text: normal
        for text in dict.fromkeys(wanted)
        if fixes[text].precision not in _KNOWN_WELL
        and may_be_sent(normal := normal_address(text.address))
    }
    addresses = sorted(set(asked.values()))
    places = _places(geocoder.geocode(addresses) if addresses else (), townships)
    at = dict(zip(addresses, places, strict=True))
    names = dict(zip(townships["id"], townships["name"], strict=True))
    found = dict(fixes)
    for text, address in asked.items():
        place = at[address]
        if place is not None:
            found[text] = _fix(fixes[text], readings[text], place, names)
    return found


def _places(answers: Iterable[Answer | None], townships: gpd.GeoDataFrame) -> list[_Place | None]:
    told = list(answers)
    points = np.full((len(told), 2), np.nan)
    for i, answer in enumerate(told):
        if answer is not None:
            lon, lat = to_wgs84(answer.lon, answer.lat, answer.datum)
            points[i] = np.round([float(lon), float(lat)], DIGITS)
    held = held_by(points[:, 0], points[:, 1], townships)
    ids = [*townships["id"], None]
    return [
        None
        if answer is None
        else _Place(answer, float(points[i, 0]), float(points[i, 1]), ids[held[i]])
        for i, answer in enumerate(told)
    ]


def _fix(fix: Fix, reading: Reading, place: _Place, names: Mapping[str, str]) -> Fix:
    answer, precision = place.answer, place.answer.precision
    against = [each.name for each in reading.said if place.township not in each.townships]
    if place.township is None or against:
        figures: dict[str, Figure] = {
            "provider": answer.provider,
            "named": next(iter(against), None),
            "lies": names.get(place.township or ""),
        }
        told = Reason(Rule.GEOCODED_ELSEWHERE, figures)
        return dataclasses.replace(fix, findings=(*fix.findings, told))
    if _RANK[precision] >= _RANK[fix.precision] or precision is Precision.DISTRICT:
        return fix
    return Fix(
        precision,
        (place.lon, place.lat) if precision.joinable else None,
        place.township,
        matched=f"{answer.provider}：{answer.text or answer.level}",
        confidence=round(min(answer.confidence, CONFIDENCE[precision]), 2),
        candidates=fix.candidates,
        findings=fix.findings,
    )
