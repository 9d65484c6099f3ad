"""A district as wide as is asked for: townships in a row, their units strewn by seeded dice."""

from __future__ import annotations

import csv
import random
from pathlib import Path

from town import Town, lonlat
from town import _box as box
from town import _write as write_layer

_SIDE = 2000
_TRADES = ("C3912", "I6510", "I6490", "F5211", "C3971", "L7291")


def build_district(folder: Path, townships: int, units: int) -> Town:
    """Write a ledger of one or two members a unit, and the townships: one region each.

    Parameters
    ----------
    folder
        Where to write.
    townships, units
        How many townships, and how many units in each.
    """
    dice = random.Random(4)  # noqa: S311 - places, not secrets
    areas = folder / "areas"
    areas.mkdir()
    places = [
        ({"id": f"T{each}", "name": f"{_numeral(each)}街道", "kind": "urban", "district": "多家区"},
         box(each * _SIDE, 0, (each + 1) * _SIDE, _SIDE))
        for each in range(townships)
    ]  # fmt: skip
    write_layer(areas / "townships.geojson", places)
    ledger = folder / "多家.csv"
    with ledger.open("w", encoding="utf-8-sig", newline="") as file:
        write = csv.writer(file)
        write.writerow(
            ("unit_id", "name", "address", "industry", "full_members", "staff", "lon", "lat")
        )
        for township in range(townships):
            for unit in range(units):
                east = township * _SIDE + dice.uniform(20, _SIDE - 20)
                name = f"{_numeral(township)}街第{unit}有限公司"
                row = (f"U{township}-{unit:03}", name, f"{_numeral(township)}街道")
                trade, members = dice.choice(_TRADES), dice.choice((1, 1, 2))
                write.writerow(
                    (*row, trade, members, 20, *lonlat(east, dice.uniform(20, _SIDE - 20)))
                )
    return Town(ledger, areas)


def _numeral(each: int) -> str:
    return "甲乙丙丁戊己庚辛壬癸"[each]
