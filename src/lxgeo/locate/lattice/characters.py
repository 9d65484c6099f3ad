"""Characters as the parser sees them: folded one to one, so that offsets stay, and in classes."""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import Final

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint16]
Classes = NDArray[np.uint8]

DIGIT, LETTER, BREAK, COUNT, STEM, BRACKET = 1, 2, 4, 8, 16, 32
"""Classes: 0-9; A-z; what parts names; 一二三…; a direction or first letter of a count; ()·&."""

_PLANE: Final = 1 << 16
_BREAKS: Final = (
    " -_,.;:/|\\、，。；：()[]{}<>《》\"'“”‘’·~!?*#@&+=^`%$\t\r\n\u3000【】〔〕「」『』〈〉"
)
_HAN_COUNTS: Final = "一二三四五六七八九十百零〇"
_FIRST_IN_COUNT: Final = "第负地附甲乙丙丁东南西北中主副前后"
_DASHES: Final = "‐‑‒–—―−﹣－"
_RADICALS: Final = "⻄西⺠民⻋车⻓长⻔门⻢马⻥鱼⻩黄⻬齐⻰龙⻘青⻛风⻜飞⻆角⻉贝⻅见⻦鸟⻨麦⻚页"
_FOLDED_RANGES: Final = ((0x2460, 0x24EA), (0x2E80, 0x2FE0), (0xF900, 0xFB00), (0xFF01, 0xFF5F))


@functools.cache
def folding() -> Codes:
    """Return the character that each is read as: full width, radicals, brackets, dashes folded."""
    table = np.arange(_PLANE, dtype=np.uint16)
    for first, beyond in _FOLDED_RANGES:
        for code in range(first, beyond):
            plain = unicodedata.normalize("NFKC", chr(code))
            if len(plain) == 1 and ord(plain) < _PLANE:
                table[code] = ord(plain)
    pairs = dict(zip(_RADICALS[::2], _RADICALS[1::2], strict=True)) | dict.fromkeys(_DASHES, "-")
    pairs |= dict.fromkeys("[{【〔「『〈《", "(") | dict.fromkeys("]}】〕」』〉》", ")")
    for character, plain in pairs.items():
        table[ord(character)] = ord(plain)
    table.setflags(write=False)
    return table


@functools.cache
def classes() -> Classes:
    """Return the classes of each character, after folding."""
    table = np.zeros(_PLANE, np.uint8)
    for characters, kind in (
        ("0123456789", DIGIT),
        ("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", LETTER),
        (_BREAKS, BREAK),
        (_HAN_COUNTS, COUNT),
        (_FIRST_IN_COUNT, STEM),
        ("()·&", BRACKET),
    ):
        for character in characters:
            table[ord(character)] |= kind
    table[:32] |= BREAK
    table[0x7F:0xA0] |= BREAK
    table[0x200B:0x2010] |= BREAK
    table.setflags(write=False)
    return table


def codes_of(text: str) -> Codes:
    """Return a text's folded characters, one code each; what is beyond the plane is 0xFFFF."""
    wide = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return folding()[np.minimum(wide, _PLANE - 1)]


_UNSEEN: Final = frozenset((0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))
_SPACED_OUT_FROM: Final = 3
_BLANKS: Final = " \u3000\u00a0\t"
_SPACED_OUT = re.compile(rf"(?:^|(?<=[{_BLANKS}]))[\u4e00-\u9fff](?=[{_BLANKS}])")


def read_as(text: str) -> tuple[str, list[int] | None]:
    """Return a text without what is not seen, and where each character stands in the text as given.

    Zero-width characters go; so do blanks between characters that are spaced out (浙 江 省).
    ``None`` says that nothing went.
    """
    if text.isalnum():
        return text, None
    gone = {i for i, character in enumerate(text) if ord(character) in _UNSEEN}
    if len(_SPACED_OUT.findall(text)) >= _SPACED_OUT_FROM:
        gone.update(i for i, character in enumerate(text) if character in _BLANKS)
    if not gone:
        return text, None
    origin = [i for i in range(len(text)) if i not in gone]
    return "".join(text[i] for i in origin), origin
