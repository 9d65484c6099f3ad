"""Other address parsers, measured beside lxgeo in a process and an environment of their own.

Run by ``benchmarks/address.py``. As a script it reads JSON ``[text, …]`` from standard input, has
each parser that it can import parse them, and writes what they found as JSON; it needs no lxgeo.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

Found = list[tuple[str, str, int]]
"""Labels, names as a parser writes them, and where they start; -1 if it does not say."""
PEERS = ("cpca", "addressparser", "jionlp")
_HERE = Path(__file__).resolve()
INSTALL = "python3 -m venv .venv-peers && .venv-peers/bin/pip install -r benchmarks/peers.txt"
_KINDS = ("街道办事处", "自治州", "自治县", "自治区", "街道", "地区", "社区", *"省市区县镇乡村")
_LEAST = 2


# --- asked from the benchmark


def peers_python() -> Path | None:
    """Return the Python that has the peers, none where there is none."""
    told = os.environ.get("LXGEO_PEERS")
    python = Path(told) if told else _HERE.parents[1] / ".venv-peers" / "bin" / "python"
    return python if python.exists() else None


def ask_peers(python: Path, texts: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Return what the peers say of some texts: ``found``, ``seconds``, ``version`` for each."""
    done = subprocess.run(  # noqa: S603 -- a Python that the caller names
        [python, _HERE],
        input=json.dumps(list(texts)),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=True,
    )
    answers: dict[str, dict[str, Any]] = json.loads(done.stdout)
    return answers


def spans_of(text: str, found: Found) -> set[tuple[int, int, str]]:
    """Return the stretches of a text that a parser's names stand for, where the text has them.

    A name is 杭州市 where the text says 杭州: the longest beginning that they share is taken.
    """
    spans = set()
    for label, name, start in found:
        at = start if start >= 0 else text.find(name[:_LEAST])
        end = at + _shared(name, text[at:]) if at >= 0 else at
        if end > at:
            spans.add((at, end, label))
    return spans


def _shared(name: str, text: str) -> int:
    """Return how many characters two texts share from their beginning."""
    differ = (i for i, (a, b) in enumerate(zip(name, text, strict=False)) if a != b)
    return next(differ, min(len(name), len(text)))


def plain(name: str) -> str:
    """Return a name without 省, 市, 街道 …, at least two characters."""
    for kind in _KINDS:
        if name.endswith(kind) and len(name) - len(kind) >= _LEAST:
            return name[: -len(kind)]
    return name


# --- answered in the peers' environment


def main() -> None:
    """Answer the benchmark."""
    texts = json.load(sys.stdin)
    with contextlib.redirect_stdout(sys.stderr):
        answers = {name: answer for name in PEERS if (answer := _answer(name, texts))}
    json.dump(answers, sys.stdout)


def _answer(name: str, texts: list[str]) -> dict[str, Any] | None:
    try:
        parse = _PARSERS[name]()
    except ImportError:
        return None
    parse(texts[:2])
    began = time.process_time()
    found = parse(texts)
    seconds = time.process_time() - began
    return {"found": found, "seconds": seconds, "version": metadata.version(name)}


_Parse = Callable[[list[str]], list[Found]]
_COLUMNS = {"省": "prov", "市": "city", "区": "district"}


def _cpca() -> _Parse:
    import cpca

    return lambda texts: _rows(cpca.transform(texts, pos_sensitive=True))


def _addressparser() -> _Parse:
    import addressparser

    return lambda texts: _rows(addressparser.transform(texts, pos_sensitive=True))


def _rows(frame: Any) -> list[Found]:
    return [
        [
            (label, row[column], int(row[f"{column}_pos"]))
            for column, label in _COLUMNS.items()
            if row[column]
        ]
        for row in frame.fillna("").to_dict("records")
    ]


def _jionlp() -> _Parse:
    import jionlp

    def parse(texts: list[str]) -> list[Found]:
        return [
            list(_fields(jionlp.parse_location(text, town_village=True) or {})) for text in texts
        ]

    return parse


_FIELDS = {
    "province": "prov",
    "city": "city",
    "county": "district",
    "town": "town",
    "village": "community",
}


def _fields(found: Mapping[str, str | None]) -> Iterator[tuple[str, str, int]]:
    for field, label in _FIELDS.items():
        name = found.get(field)
        if name:
            yield label, name, -1


_PARSERS: dict[str, Callable[[], _Parse]] = {
    "cpca": _cpca,
    "addressparser": _addressparser,
    "jionlp": _jionlp,
}
LABELS_KNOWN = {
    "cpca": tuple(_COLUMNS.values()),
    "addressparser": tuple(_COLUMNS.values()),
    "jionlp": tuple(_FIELDS.values()),
}

if __name__ == "__main__":
    main()
