"""The packaged table of divisions: province to township, former names, common words."""

from __future__ import annotations

import functools
import gzip
import lzma
from collections.abc import Iterator
from importlib.resources import files

from lxgeo.locate.divisions import Division, Divisions, FormerName, Level


@functools.cache
def read_divisions() -> Divisions:
    """Return the divisions of China as of the day that the package's table states.

    Notes
    -----
    Sources and licences stand beside the table in ``read/data``; ``scripts/build_divisions.py``
    makes it. The table is read once in a process.
    """
    rows = [line.split("\t") for line in _lines("divisions.tsv.gz")]
    return Divisions(
        as_of=rows[0][1],
        divisions=tuple(
            Division(_LEVELS[row[1]], row[2], row[3], row[4]) for row in rows if row[0] == "+"
        ),
        former=tuple(
            FormerName(int(row[1]), row[2], row[3], row[4], tuple(row[5].split("/")))
            for row in rows
            if row[0] == "-"
        ),
        words=tuple(_words()),
        villages=tuple(_villages()),
    )


_LEVELS = {str(int(level)): level for level in Level}


def _lines(name: str) -> list[str]:
    packed = (files("lxgeo.read") / "data" / name).read_bytes()
    return gzip.decompress(packed).decode().splitlines()


def _villages() -> Iterator[tuple[str, str]]:
    packed = (files("lxgeo.read") / "data" / "villages.tsv.xz").read_bytes()
    for line in lzma.decompress(packed).decode().splitlines():
        code, _, names = line.partition("\t")
        yield code, names


def _words() -> Iterator[tuple[str, int]]:
    for line in _lines("words.txt.gz"):
        word, use = line.split("\t")
        yield word, int(use)
