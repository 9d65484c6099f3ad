"""Columns as bytes: what the page's data block is made of.

A pack is ``header length · header · column bodies``, gzipped, in base64. Numbers stand as byte
planes (all low bytes, then all next bytes, …), coordinates as steps from their neighbour: both
let gzip find what repeats. `assets/js/decode.js` reads it.
"""

from __future__ import annotations

import base64
import gzip
import json
import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

_LEVEL = 6  # 9 takes three times as long for one per cent


@dataclass(frozen=True, slots=True)
class PackedColumn:
    """One column as the page receives it.

    Parameters
    ----------
    name
        Name in the page.
    kind
        ``u1``, ``u2``, ``u4`` (whole numbers from 0), ``step`` (signed, as differences), ``text``
        (a JSON list) or ``letters`` (bytes of an alphabet of the column's own); without a body
        ``affixed``, ``formed``, ``told``, ``credit`` or ``around``: put together from columns whose
        names begin with its own.
    count
        Values held.
    body
        Their bytes.
    """

    name: str
    kind: str
    count: int
    body: bytes


def counts(name: str, values: ArrayLike) -> PackedColumn:
    """Return whole numbers from 0, in as few bytes each as the greatest needs."""
    numbers = np.asarray(values, dtype=np.int64)
    if numbers.size and (numbers.min() < 0 or numbers.max() > np.iinfo(np.uint32).max):
        raise ValueError(f"column {name} leaves the range of an unsigned 32-bit number")
    top = int(numbers.max(initial=0))
    width = 1 if top < 1 << 8 else 2 if top < 1 << 16 else 4
    return PackedColumn(name, f"u{width}", len(numbers), _planes(numbers.astype(np.uint32), width))


def known(name: str, values: pd.Series) -> PackedColumn:
    """Return counts that may be unknown: 0 stands for unknown, ``n + 1`` for ``n``."""
    numbers = pd.to_numeric(values).astype("Float64").round()
    return counts(name, (numbers + 1).fillna(0).to_numpy(dtype=np.int64))


def steps(name: str, values: ArrayLike) -> PackedColumn:
    """Return signed whole numbers as differences from the one before (32 bits, zigzag)."""
    numbers = np.asarray(values, dtype=np.int64)
    change = np.diff(numbers, prepend=0)
    zigzag = ((change << 1) ^ (change >> 63)).astype(np.uint32)
    return PackedColumn(name, "step", len(numbers), _planes(zigzag, 4))


def texts(name: str, values: Iterable[Any]) -> PackedColumn:
    """Return texts as they are; what is missing is an empty text."""
    said = ["" if value is None or value != value else str(value) for value in values]  # noqa: PLR0124  # NaN
    return PackedColumn(name, "text", len(said), _json(said))


def coded(name: str, values: pd.Series) -> tuple[PackedColumn, PackedColumn]:
    """Return repeated texts as a list and, per row, the place in it from 1 (0 where missing)."""
    codes, values_seen = pd.factorize(values)
    return counts(name, codes + 1), texts(f"{name}.values", values_seen)


def paired(name: str, values: pd.Series, others: pd.Series | None) -> tuple[PackedColumn, ...]:
    """Return repeated texts as `coded` does, each with what it is in the other language."""
    if others is None:
        return coded(name, values)
    both = zip(values.to_numpy(object), others.to_numpy(object), strict=True)
    held = [pair if isinstance(pair[0], str) else None for pair in both]
    codes, seen = pd.factorize(pd.Series(held, dtype="object"))
    return (
        counts(name, codes + 1),
        texts(f"{name}.values", [first for first, _ in seen]),
        texts(f"{name}.other", [other for _, other in seen]),
    )


def pack(columns: Iterable[PackedColumn], notes: Mapping[str, object] | None = None) -> str:
    """Return columns as one base64 text: no character in it means anything to HTML.

    Parameters
    ----------
    columns
        What to hold, names unique.
    notes
        Plain values that go along in the header.
    """
    held = tuple(columns)
    header = _json(
        {
            "notes": dict(notes or {}),
            "columns": [[each.name, each.kind, each.count, len(each.body)] for each in held],
        }
    )
    raw = b"".join([struct.pack("<I", len(header)), header, *(each.body for each in held)])
    return base64.b64encode(gzip.compress(raw, _LEVEL, mtime=0)).decode("ascii")


def _json(value: object) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", errors="replace")


def _planes(numbers: NDArray[np.uint32], width: int) -> bytes:
    return b"".join(((numbers >> (8 * i)) & 0xFF).astype(np.uint8).tobytes() for i in range(width))
