"""What a Windows library loads: the names in its import tables."""

from __future__ import annotations

import struct
from collections.abc import Iterator

_PE32_PLUS = 0x20B
# Place of the table in the directory; size of an entry; where in it the name's address stands.
_TABLES = ((1, 20, 12), (13, 32, 4))


def loads(library: bytes) -> set[str]:
    """Return the libraries that a 64-bit one names, at once or when needed; in small letters.

    Source: Microsoft, "PE Format": optional header, import table, delay-load import table.
    """
    (header,) = struct.unpack_from("<I", library, 0x3C)
    sections, optional = struct.unpack_from("<H12xH", library, header + 6)
    begins = header + 24
    assert struct.unpack_from("<H", library, begins) == (_PE32_PLUS,)
    laid = [
        struct.unpack_from("<8xIIII", library, begins + optional + 40 * each)
        for each in range(sections)
    ]

    def place(address: int) -> int:
        return next(
            raw + address - at
            for size, at, held, raw in laid
            if at <= address < at + max(size, held)
        )

    def named() -> Iterator[str]:
        for table, size, where in _TABLES:
            (address,) = struct.unpack_from("<I", library, begins + 112 + 8 * table)
            at = place(address) if address else None
            while at is not None and any(entry := library[at : at + size]):
                name = place(*struct.unpack_from("<I", entry, where))
                yield library[name : library.index(b"\0", name)].decode("ascii").lower()
                at += size

    return set(named())
