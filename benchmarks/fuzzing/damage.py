"""Which damage a file takes: a few blows, drawn by its number, of those that its format knows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random

from fuzzing import archives, layers, markup, raw, tables

Blow = Callable[[bytes, Random], bytes]

_BLOWS: Mapping[str, tuple[Blow, ...]] = {
    ".xlsx": (*archives.BLOWS, *[archives.in_a_part(blow) for blow in markup.BLOWS] * 3),
    ".ods": (*archives.BLOWS, *[archives.in_a_part(blow) for blow in markup.BLOWS] * 3),
    ".csv": tables.BLOWS,
    ".tsv": tables.BLOWS,
    ".page": (*markup.BLOWS, *tables.ENCODINGS),
    ".geojson": (*layers.JSON_BLOWS, *tables.ENCODINGS),
    ".gpkg": layers.PACKAGE_BLOWS,
}
"""Kind of file → what may befall it, besides what befalls any bytes."""

_SHARES = {".xlsx": 8, ".csv": 3, ".tsv": 2, ".xls": 3, ".page": 2, ".gpkg": 1, ".ods": 2}
_HOW_MANY = (1, 1, 1, 2, 2, 3, 5)
_RAW = 0.2  # of all blows that have a better choice


def damaged(seeds: Mapping[str, bytes], seed: int, number: int) -> tuple[str, bytes]:
    """Return the name and bytes of a damaged file: the same for the same seed and number."""
    chance = Random(f"{seed}:{number}")  # noqa: S311 -- to be repeated, not to be secret
    names = list(seeds)
    name = chance.choices(names, [_SHARES.get(_kind(name), 1) for name in names])[0]
    data = seeds[name]
    blows = _BLOWS.get(_kind(name), ())
    for _ in range(chance.choice(_HOW_MANY)):
        some = raw.BLOWS if not blows or chance.random() < _RAW else blows
        data = chance.choice(some)(data, chance)
    if chance.random() < 0.05:  # noqa: PLR2004 -- a file that lies about what it is
        name = Path(name).stem + Path(chance.choice(names)).suffix
    return name, data


def _kind(name: str) -> str:
    return ".page" if "page" in name else Path(name).suffix
