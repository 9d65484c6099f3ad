"""Coordinates and their datums as a ledger gives them; nothing is converted or guessed here."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from lxgeo.ledger.values.wording import squeeze, stated, tidy
from lxgeo.model import Datum

_NAMES: tuple[tuple[Datum, str], ...] = (
    (Datum.WGS84, r"wgs-?_?(?:19)?84|epsg:?4326|(?<!\d)4326(?!\d)|gps|84坐标"),
    (Datum.CGCS2000, r"cgcs-?_?2000|国家(?:大地)?(?:坐标系?)?2000|2000国家|epsg:?4490|4490|天地图"),
    (Datum.GCJ02, r"gcj-?_?0?2|火星|国测局|高德|腾讯|amap|gaode"),
    (Datum.BD09, r"bd-?_?0?9|百度|baidu"),
)
_MOST_LON, _MOST_LAT = 180.0, 90.0
_PAIR = 2
_UNSURE = re.compile("unknown|不明|未知|不详|不清|待核")


def datums_in(text: str) -> tuple[Datum, ...]:
    """Return every datum that a text names."""
    squeezed = squeeze(text)
    return tuple(datum for datum, names in _NAMES if re.search(names, squeezed))


def datum(cell: object) -> Datum | None:
    """Return the datum that a cell declares.

    None where it is blank; `Datum.UNKNOWN` where it names none, or more than one, or doubts.
    """
    if _UNSURE.search(squeeze(cell)):
        return Datum.UNKNOWN
    text = stated(cell)
    if text is None:
        return None
    named = datums_in(text)
    return named[0] if len(named) == 1 else Datum.UNKNOWN


@dataclass(frozen=True, slots=True)
class Position:
    """A position as written: degrees, or unreadable; both absent where nothing stands there."""

    lon: float | None = None
    lat: float | None = None
    unreadable: bool = False


def position(lon: object, lat: object, both: object = None) -> Position:
    """Return the position in a pair of cells, or in one cell of ``lon,lat``.

    Zero, zero is nobody's address; values beyond ±180° and ±90° (swapped, or in metres) are
    unreadable, never put right by guessing.
    """
    if stated(lon) is None and stated(lat) is None:
        pair = stated(both)
        if pair is None:
            return Position()
        parts = [part for part in re.split(r"[,;，；、\s]+", pair.strip("() ")) if part]
        lon, lat = parts if len(parts) == _PAIR else (None, None)
    x, y = degrees(lon), degrees(lat)
    if x is None or y is None or (x == 0 and y == 0):
        return Position(unreadable=True)
    if abs(x) > _MOST_LON or abs(y) > _MOST_LAT:
        return Position(unreadable=True)
    return Position(x, y)


_DMS = re.compile(
    r"(\d{1,3})[°度:](\d{1,2}(?:\.\d+)?)(?:['′分:](?:(\d{1,2}(?:\.\d+)?)(?:\"|''|′′|秒)?)?)?"
)
_PARTED = re.compile(
    r"[enEN]? ?(\d{1,3})(?:[ -](\d{1,2})[ -](\d{1,2}(?:\.\d+)?)| (\d{1,2}\.\d+)) ?[enEN]?"
)
"""114 03 12, 114-03-12, 114 03.2: parted by blanks or dashes, which fall away in what follows."""
_OTHER_MARKS = str.maketrans({"’": "'", "”": '"', "º": "°", "´": "'", "˝": '"'})
_SIXTY = 60
_HEMISPHERE = re.compile(r"^(?:东经|北纬|经度|纬度|[en])[:：]?|[°度]?[en]$|[°度]$")


def degrees(cell: object) -> float | None:
    """Return an angle in decimal degrees; degrees, minutes and seconds are understood."""
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, int | float):
        return float(cell) if math.isfinite(cell) else None
    written = tidy(str(cell).translate(_OTHER_MARKS))
    if parted := _PARTED.fullmatch(" ".join(written.split())):
        written = ":".join(part for part in parted.groups() if part)
    text = _HEMISPHERE.sub("", squeeze(written))
    if re.fullmatch(r"[-+]?\d{1,9}(?:\.\d{0,20})?", text):
        return float(text)
    if match := _DMS.fullmatch(text):
        minutes, seconds = float(match[2]), float(match[3] or 0)
        if max(minutes, seconds) < _SIXTY:
            return int(match[1]) + (minutes + seconds / _SIXTY) / _SIXTY
    return None
