"""A page's data block read as the page reads it, written independently of both."""

from __future__ import annotations

import base64
import gzip
import json
import re
import struct
from collections.abc import Callable
from typing import Any

import numpy as np


def unpack(base64_text: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Read a part of the data block as the page does, written independently of it."""
    raw = gzip.decompress(base64.b64decode(base64_text))
    (length,) = struct.unpack_from("<I", raw)
    header = json.loads(raw[4 : 4 + length])
    at, bodies = 4 + length, {}
    for name, kind, count, size in header["columns"]:
        bodies[name] = (kind, count, raw[at : at + size])
        at += size
    return header["notes"], {name: _column(name, bodies) for name in bodies}


def _column(name: str, bodies: dict[str, tuple[str, int, bytes]]) -> Any:
    kind, count, body = bodies[name]

    def held(part: str) -> Any:
        return _column(f"{name}.{part}", bodies)

    readers: dict[str, Callable[[], Any]] = {
        "text": lambda: json.loads(body),
        "letters": lambda: _letters(body, count, held("letters")),
        "affixed": lambda: _affixed(held),
        "formed": lambda: _formed(held),
        "told": lambda: _told(held),
        "around": lambda: list(zip(held("before"), held("named"), held("after"), strict=True)),
        "credit": lambda: _credit(held),
        "step": lambda: np.cumsum([(v >> 1) ^ -(v & 1) for v in _whole(body, count, 4)]).tolist(),
    }
    return readers[kind]() if kind in readers else _whole(body, count, int(kind[1:]))


def _whole(body: bytes, count: int, width: int) -> list[int]:
    return [sum(body[p * count + i] << (8 * p) for p in range(width)) for i in range(count)]


def _affixed(held: Callable[[str], Any]) -> list[str]:
    starts, ends = held("start.values"), held("end.values")
    rows = zip(held("start"), held("middle"), held("end"), strict=True)
    return [starts[start] + middle + ends[end] for start, middle, end in rows]


def _told(held: Callable[[str], Any]) -> list[list[str]]:
    """Return each row's sentence in both languages; a name stays the mark that stands for it."""
    (first,), runs = held("marks"), iter(held("runs"))
    values = held("form.values")
    forms = [values, held("form.other") or values]
    told = []
    for code in held("form"):
        own = {each for each in forms[0][code] if first and 0 <= ord(each) - first < 64}
        figures = {each: next(runs) for each in sorted(own)}
        told.append(["".join(figures.get(each, each) for each in form[code]) for form in forms])
    return told


def _formed(held: Callable[[str], Any]) -> list[str]:
    runs, forms = iter(held("runs")), held("form.values")
    return [re.sub("0", lambda _: next(runs), forms[code]) for code in held("form")]


def _letters(body: bytes, count: int, letters: list[str]) -> list[str]:
    found, text, symbols = [], "", iter(body)
    for symbol in symbols:
        if symbol == 0:
            found.append(text)
            text = ""
        elif symbol < 224:
            text += letters[symbol - 1]
        else:
            text += letters[223 + (symbol - 224) * 256 + next(symbols)]
    return [*found, text] if count else []


def _credit(held: Callable[[str], Any]) -> list[str]:
    planes = np.array(held("body"), dtype=int).reshape(8, -1).T.tolist()
    rows, odd = iter("".join(map(chr, each)) for each in planes), iter(held("odd"))
    starts = held("start.values")
    return [whole_code(starts[at - 1] + next(rows)) if at else next(odd) for at in held("start")]


def whole_code(sixteen: str) -> str:
    """Return a credit code from its first 16 characters, by GB 11714 and GB 32100."""
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    inner = sum(w * int(c, 36) for w, c in zip(weights, sixteen[8:], strict=True))
    code = sixteen + "0123456789X0"[11 - inner % 11]
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    total = sum(alphabet.index(c) * 3**place for place, c in enumerate(code))
    return code + alphabet[(31 - total % 31) % 31]


def parts(page: str) -> list[str]:
    """Return the base64 parts of a page's data block."""
    found = re.search(r'<script type="text/plain" id="data">([^<]*)</script>', page)
    assert found is not None
    return found[1].split(".")
