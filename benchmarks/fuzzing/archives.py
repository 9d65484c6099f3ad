"""What may befall an archive: its parts, and what its list says of them."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable
from random import Random

from fuzzing import raw

Part = tuple[str, bytes]

_NAMES = (
    *("../x.xml", "/etc/passwd", "xl\\workbook.xml", "C:\\x", "XL/WORKBOOK.XML", "", "a" * 300),
    *("xl/workbook.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "content.xml"),
    "汉.xml",
    *("xl/vbaProject.bin", "xl/styles.xml", "word/document.xml", "encryption-data", "x\0y"),
)
_LISTED = b"PK\x01\x02"
_LOCAL = b"PK\x03\x04"
_END = b"PK\x05\x06"
_TORN = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, KeyError, ValueError),
    *(EOFError, OSError, NotImplementedError, RuntimeError, OverflowError, MemoryError),
)


def _parts(data: bytes) -> list[Part]:
    """Return an archive's parts; none where it can no longer be opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return [(part.filename, archive.read(part)) for part in archive.infolist()]
    except _TORN:
        return []


def _packed(parts: list[Part], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, text in parts:
            archive.filelist = [each for each in archive.filelist if each]
            archive.NameToInfo.pop(name, None)  # a name may stand twice, and nobody warns
            archive.writestr(zipfile.ZipInfo(name), text, how)
    return out.getvalue()


def _among(change: Callable[[list[Part], Random], list[Part]]) -> Callable[[bytes, Random], bytes]:
    """Return the blow that changes an archive's parts; bytes alone where it is torn already."""

    def blow(data: bytes, chance: Random) -> bytes:
        parts = _parts(data)
        return _packed(change(parts, chance)) if parts else raw.flip(data, chance)

    return blow


def in_a_part(inside: Callable[[bytes, Random], bytes]) -> Callable[[bytes, Random], bytes]:
    """Return the blow that strikes one part's text; a sheet or its strings more often than not."""

    def change(parts: list[Part], chance: Random) -> list[Part]:
        favourites = [
            at
            for at, (name, _) in enumerate(parts)
            if "sheet" in name or "haredStrings" in name or name == "content.xml"
        ]
        markup = [at for at, (name, _) in enumerate(parts) if name.endswith((".xml", ".rels"))]
        some = favourites if favourites and chance.random() < 0.7 else markup  # noqa: PLR2004
        at = chance.choice(some or range(len(parts)))
        name, text = parts[at]
        return [*parts[:at], (name, inside(text, chance)), *parts[at + 1 :]]

    return _among(change)


def _drop(parts: list[Part], chance: Random) -> list[Part]:
    gone = chance.randrange(len(parts))
    return [part for at, part in enumerate(parts) if at != gone]


def _double(parts: list[Part], chance: Random) -> list[Part]:
    name, text = chance.choice(parts)
    return [*parts, (name, chance.choice((text, b"", chance.choice(parts)[1])))]


def _swap(parts: list[Part], chance: Random) -> list[Part]:
    one, other = chance.randrange(len(parts)), chance.randrange(len(parts))
    swapped = list(parts)
    swapped[one], swapped[other] = (
        (parts[one][0], parts[other][1]),
        (parts[other][0], parts[one][1]),
    )
    return swapped


def _rename(parts: list[Part], chance: Random) -> list[Part]:
    at = chance.randrange(len(parts))
    old, text = parts[at]
    new = chance.choice((*_NAMES, old.upper(), old + " ", old.replace("1", "2"), "x/" + old))
    return [*parts[:at], (new, text), *parts[at + 1 :]]


def _shuffle(parts: list[Part], chance: Random) -> list[Part]:
    return chance.sample(parts, len(parts))


def _cut(parts: list[Part], chance: Random) -> list[Part]:
    at = chance.randrange(len(parts))
    name, text = parts[at]
    return [*parts[:at], (name, raw.truncate(text, chance)), *parts[at + 1 :]]


def _batter(parts: list[Part], chance: Random) -> list[Part]:
    at = chance.randrange(len(parts))
    name, text = parts[at]
    return [*parts[:at], (name, chance.choice(raw.BLOWS)(text, chance)), *parts[at + 1 :]]


def _swell(parts: list[Part], chance: Random) -> list[Part]:
    at = chance.randrange(len(parts))
    name, text = parts[at]
    return [
        *parts[:at],
        (name, text + b" " * chance.choice((10, 10**5, 5 * 10**6))),
        *parts[at + 1 :],
    ]


def repack(data: bytes, chance: Random) -> bytes:
    """Pack the parts in another way."""
    parts = _parts(data)
    ways = (zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
    return _packed(parts, chance.choice(ways)) if parts else raw.insert(data, chance)


def lie(data: bytes, chance: Random) -> bytes:
    """Let the list, or a part's own header, say something untrue: size, place, check."""
    mark = chance.choice((_LISTED, _LOCAL, _END))
    places = [at for at in range(len(data)) if data.startswith(mark, at)]
    if not places:
        return raw.overwrite(data, chance)
    at = chance.choice(places) + chance.randint(4, 45)
    return data[:at] + bytes([chance.choice((0, 1, 8, 9, 99, 127, 128, 255))]) + data[at + 1 :]


def wrap(data: bytes, chance: Random) -> bytes:
    """Put something before or behind the archive."""
    more = chance.choice((b"\0" * 30, b"#!/bin/sh\n", data, chance.randbytes(50)))
    return chance.choice((more + data, data + more))


BLOWS = (
    *map(_among, (_drop, _double, _swap, _rename, _shuffle, _cut, _batter, _swell)),
    repack,
    lie,
    wrap,
)
