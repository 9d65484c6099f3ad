"""What may befall markup by its structure: attributes, references, texts, elements, prologue."""

from __future__ import annotations

import re
from random import Random

from fuzzing import raw

_VALUES = (
    *(b"", b"-1", b"0", b"1", b"2", b"99", b"65536", b"1048576", b"1048577", b"2147483647"),
    *(b"4294967296", b"99999999999999999999", b"1e309", b"NaN", b"inf", b"-0.5", b"1.5", b"A"),
    *(b"A0", b"A1", b"XFD1048576", b"ZZZZ9", b"A1:XFD1048576", b"B2:A1", b"A1:A99999999", b"a1"),
    *(b"s", b"n", b"b", b"e", b"str", b"inlineStr", b"d", b"hidden", b"veryHidden", b"true"),
    *(b"../../x.xml", b"/xl/workbook.xml", b"rId1", b"rId99", b"&lt;", b"&#0;", b"&#xD800;"),
    *(
        "\u202e名称".encode(),
        "城关镇".encode(),
        b"x" * 40000,
        b"solid",
        b"yyyy\\-mm",
        b"14",
        b"\xff",
    ),
)
_TEXTS = (
    *(b"", b"0", b"-1", b"7", b"999999", b"1e308", b"1E400", b"-1e-320", b"NaN", b"inf", b"43983"),
    *(b"-1", b"0.99999999", b"2958466", b"60", b"1e15", b"9007199254740993", b"#REF!", b"TRUE"),
    *(b"2020-05-01", b"2020-13-45T99:00:00", b"0001-01-01", b"_x0000_", b"&amp;amp;", b"&#x1F600;"),
    *(
        "合计".encode(),
        "同上".encode(),
        "单位名称".encode(),
        "填表人：张三".encode(),
        "〃".encode(),
    ),
    *(
        "一、社会组织".encode(),
        "党员人数".encode(),
        "5(其中预备1)".encode(),
        "１３８００１３８０００".encode(),
    ),
    *(
        b"=1+1",
        b"x" * 33000,
        "汉".encode() * 11000,
        b"\r\n\t ",
        "\u202e\u200b".encode(),
        b"13800138000",
    ),
    *(b"110101199003070038", b"91350100M000100Y43", b"113.7,23.0", b"181,91", b"<b>x</b>", b"]]>"),
)
_ADDED = (
    b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>',
    b'<mergeCells><mergeCell ref="B3:B6"/><mergeCell ref="B4:C5"/></mergeCells>',
    b'<row r="1"><c r="A1"><v>1</v></c></row>',
    b'<row r="9"><c r="B9" t="s"><v>3</v></c><c r="B9" t="inlineStr"><is><t>x</t></is></c></row>',
    b'<c t="e"><v>#N/A</v></c>',
    b'<c r="C5"><f t="shared" si="0" ref="A1:A9">1/0</f></c>',
    b'<dimension ref="A1:XFD1048576"/>',
    b"<si><r><t>x</t></r><rPh><t>y</t></rPh></si>",
    b'<sheet name="x" sheetId="1" r:id="rId1"/>',
    b'<td rowspan="9999" colspan="999">x</td>',
    b"<table><tr><td>",
    b"</table>",
    b"<![CDATA[<v>1</v>]]>",
    b"<!-- -- -->",
    b"<?x?>",
    b"<script>1</script>",
)
_PROLOGUES = (
    b'<!DOCTYPE x [<!ENTITY a "b">]>',
    b'<!DOCTYPE x SYSTEM "file:///etc/passwd">',
    b'<?xml version="1.1" encoding="utf-16"?>',
    b'<?xml version="1.0" encoding="gbk"?>',
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b" \n",
)
_ATTRIBUTE = re.compile(rb"\s([\w:]+)=\"([^\"<>]*)\"")
_TEXT = re.compile(rb"(?<=>)[^<>]+(?=</)")
_TAG = re.compile(rb"<[^<>]+>")
_ELEMENT = re.compile(
    rb"<(c|row|v|si|t|td|tr|table:table-row|table:table-cell|sheet|mergeCell|xf)\b[^<>]*>.{0,400}?</\1>",
    re.DOTALL,
)
_DEEP = (10, 300, 5000)


def _one(pattern: re.Pattern[bytes], text: bytes, chance: Random) -> re.Match[bytes] | None:
    found = list(pattern.finditer(text))
    return chance.choice(found) if found else None


def _replaced(text: bytes, where: tuple[int, int], new: bytes) -> bytes:
    return text[: where[0]] + new + text[where[1] :]


def attribute(text: bytes, chance: Random) -> bytes:
    """Let an attribute say something else."""
    match = _one(_ATTRIBUTE, text, chance)
    return _replaced(text, match.span(2), chance.choice(_VALUES)) if match else text


def attribute_of_another(text: bytes, chance: Random) -> bytes:
    """Let an attribute say what another one of its name says: a place twice, a missing string."""
    match = _one(_ATTRIBUTE, text, chance)
    if match is None:
        return text
    others = [m[2] for m in _ATTRIBUTE.finditer(text) if m[1] == match[1]]
    return _replaced(text, match.span(2), chance.choice(others))


def attribute_gone(text: bytes, chance: Random) -> bytes:
    """Take an attribute away, or have it twice."""
    match = _one(_ATTRIBUTE, text, chance)
    return _replaced(text, match.span(), match[0] * chance.choice((0, 0, 2))) if match else text


def said(text: bytes, chance: Random) -> bytes:
    """Let an element hold another text: an index beyond the strings, a date beyond time."""
    match = _one(_TEXT, text, chance)
    return _replaced(text, match.span(), chance.choice(_TEXTS)) if match else text


def said_often(text: bytes, chance: Random) -> bytes:
    """Let many elements hold other texts."""
    share = chance.choice((0.05, 0.3, 1))
    return _TEXT.sub(
        lambda match: chance.choice(_TEXTS) if chance.random() < share else match[0], text
    )


def element(text: bytes, chance: Random) -> bytes:
    """Take an element away, or repeat it."""
    match = _one(_ELEMENT, text, chance)
    times = chance.choice((0, 2, 2, 3, 500))
    return _replaced(text, match.span(), match[0] * times) if match else text


def element_elsewhere(text: bytes, chance: Random) -> bytes:
    """Put an element where another one stands, or inside it."""
    one, other = _one(_ELEMENT, text, chance), _one(_ELEMENT, text, chance)
    if one is None or other is None:
        return text
    where = chance.choice((other.span(), (other.end(), other.end()), (other.end() - 4,) * 2))
    return _replaced(text, where, one[0])


def tag(text: bytes, chance: Random) -> bytes:
    """Take a tag away, repeat it, or spell it otherwise."""
    match = _one(_TAG, text, chance)
    if match is None:
        return text
    new = chance.choice((b"", match[0] * 2, match[0].upper(), b"<x:" + match[0][1:], b"</row>"))
    return _replaced(text, match.span(), new)


def add(text: bytes, chance: Random) -> bytes:
    """Add an element that nobody expects there."""
    match = _one(_TAG, text, chance)
    return _replaced(text, (match.end(), match.end()), chance.choice(_ADDED)) if match else text


def prologue(text: bytes, chance: Random) -> bytes:
    """Begin otherwise: another encoding, a document type, a mark."""
    bare = text.partition(b"?>")[2] if text.startswith(b"<?xml") and chance.random() < 0.5 else text  # noqa: PLR2004
    return chance.choice(_PROLOGUES) + bare


def recode(text: bytes, chance: Random) -> bytes:
    """Write the same text in another encoding, whatever it declares."""
    encoding = chance.choice(("utf-16", "utf-16-le", "gb18030", "utf-8-sig", "utf-32"))
    return text.decode(errors="replace").encode(encoding, errors="replace")


def deep(text: bytes, chance: Random) -> bytes:
    """Nest elements without end."""
    match = _one(_TAG, text, chance)
    if match is None:
        return text
    times, name = chance.choice(_DEEP), chance.choice((b"x", b"is", b"table", b"r"))
    nested = (b"<" + name + b">") * times + (b"</" + name + b">") * times
    return _replaced(text, (match.end(), match.end()), nested)


BLOWS = (
    *(attribute, attribute, attribute_of_another, attribute_gone, said, said, said_often),
    *(element, element_elsewhere, tag, add, add, prologue, recode, deep, raw.truncate, raw.flip),
)
