# ruff: noqa: INP001 -- a script, run by hand
"""Write the table of pinyin readings that the map searches by, from the pypinyin package.

``python scripts/pinyin_table.py FOLDER`` needs ``pypinyin`` (MIT, readings of pinyin-data)
and writes ``pinyin.txt``: a line a syllable, its letters after it; a letter with several readings
stands on several lines, on that of its usual one first. Tones are left out, ü is v.
"""

from __future__ import annotations

import sys
import unicodedata
from pathlib import Path

FIRST, LAST, ZERO = 0x4E00, 0x9FFF, 0x3007
MOST_READINGS = 3


def plain(reading: str) -> str:
    """Return a syllable without its tone: ``lǜ`` is ``lv``."""
    letters = unicodedata.normalize("NFD", reading.replace("ü", "v"))
    kept = "".join(each for each in letters if not unicodedata.combining(each) or each == "\u0308")
    return kept.replace("u\u0308", "v").replace("\u0308", "")


def table() -> list[str]:
    """Return the table's lines, by rank of reading and syllable."""
    from pypinyin.constants import PINYIN_DICT

    lines: dict[tuple[int, str], list[str]] = {}
    for point in sorted(PINYIN_DICT):
        if not (FIRST <= point <= LAST or point == ZERO):
            continue
        readings = list(dict.fromkeys(plain(each) for each in PINYIN_DICT[point].split(",")))
        for rank, reading in enumerate(each for each in readings if each.isascii()):
            if rank < MOST_READINGS:
                lines.setdefault((rank, reading), []).append(chr(point))
    return [f"{reading} {''.join(letters)}" for (_, reading), letters in sorted(lines.items())]


if __name__ == "__main__":
    text = "\n".join(table()) + "\n"
    Path(sys.argv[1], "pinyin.txt").write_text(text, encoding="utf-8", newline="\n")
