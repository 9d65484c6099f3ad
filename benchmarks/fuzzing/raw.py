"""What may befall any file's bytes."""

from __future__ import annotations

from random import Random

_WORDS = (
    *(b"\0", b"\xff", b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\xff\xff\xff\x7f"),
    *(b"\0\0\0\x80", b"PK\x03\x04", b"PK\x05\x06", b"\r\n", b'"', b"<", b"&", b"\xef\xbb\xbf"),
)
_MOST_TIMES = 64
_LONGEST = 4096


def _span(data: bytes, chance: Random) -> tuple[int, int]:
    """Return where a piece begins and ends: mostly a short one."""
    begins = chance.randrange(len(data) + 1)
    return begins, min(len(data), begins + int(chance.paretovariate(0.7)))


def flip(data: bytes, chance: Random) -> bytes:
    """Turn some bits over."""
    flipped = bytearray(data)
    for _ in range(min(_MOST_TIMES, int(chance.paretovariate(0.8))) if data else 0):
        flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
    return bytes(flipped)


def overwrite(data: bytes, chance: Random) -> bytes:
    """Write a word that parsers stumble over."""
    word = chance.choice(_WORDS)
    at = chance.randrange(len(data) + 1)
    return data[:at] + word + data[at + len(word) :]


def insert(data: bytes, chance: Random) -> bytes:
    """Put bytes in."""
    at = chance.randrange(len(data) + 1)
    more = chance.choice((chance.randbytes(chance.randint(1, 40)), chance.choice(_WORDS)))
    return data[:at] + more + data[at:]


def delete(data: bytes, chance: Random) -> bytes:
    """Take bytes out."""
    begins, ends = _span(data, chance)
    return data[:begins] + data[ends:]


def truncate(data: bytes, chance: Random) -> bytes:
    """Cut the file off."""
    return data[: chance.randrange(len(data) + 1)]


def repeat(data: bytes, chance: Random) -> bytes:
    """Repeat a piece."""
    begins, ends = _span(data, chance)
    piece = data[begins:ends][:_LONGEST]
    return data[:ends] + piece * chance.choice((1, 1, 2, 100)) + data[ends:]


def blank(data: bytes, chance: Random) -> bytes:
    """Fill a piece with zeros."""
    begins, ends = _span(data, chance)
    return data[:begins] + bytes(ends - begins) + data[ends:]


def move(data: bytes, chance: Random) -> bytes:
    """Put a piece elsewhere."""
    begins, ends = _span(data, chance)
    rest = data[:begins] + data[ends:]
    at = chance.randrange(len(rest) + 1)
    return rest[:at] + data[begins:ends] + rest[at:]


BLOWS = (flip, overwrite, insert, delete, truncate, repeat, blank, move)
