"""What a workbook's sheets show besides values: hidden rows, errors, paint, comments.

Runs in the child process (`lxgeo.read.bounded`), by path. The parser of values tells none of it, so
it is searched for in the parts themselves, as bytes: no XML is parsed, no entity resolved, nothing
looked at twice, and what stands more often than `MOST` is cut off there, and told.
"""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import IO, Any

MOST = 50_000
"""Most marks of one kind on one sheet; more are layout, not marks."""

_BLOCK = 1 << 20
_SMALL = 16 << 20  # a longer list of sheets, styles or comments is not looked at
_TAG = 400  # longer than any honest cell's opening tag
_FORMULA = 9_000  # longer than any formula may be
_REF = re.compile(rb"\sr=\"([A-Z]{1,3})(\d{1,7})\"")
_ROW = re.compile(rb"<(?:\w+:)?row\s([^<>]*)>")
_ROW_NUMBER = re.compile(rb"(?:^|\s)r=\"(\d{1,7})\"")
_HIDDEN = re.compile(rb"(?:^|\s)hidden=\"(?:1|true)\"")
_ERROR_TEXT = re.compile(rb"<(?:\w+:)?v>(#[^<]{1,20})<")
_NO_VALUE = re.compile(
    rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f[^<>]{0,200}/>)(?:<(?:\w+:)?v\s?/>|<(?:\w+:)?v></(?:\w+:)?v>)?"
    rb"</(?:\w+:)?c>"
)
_INDEXED = re.findall(
    "[0-9A-F]{6}",
    "000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF 800000 008000 000080 808000 800080 "
    "008080 C0C0C0 808080 9999FF 993366 FFFFCC CCFFFF 660066 FF8080 0066CC CCCCFF 000080 FF00FF "
    "FFFF00 00FFFF 800080 800000 008080 0000FF 00CCFF CCFFFF CCFFCC FFFF99 99CCFF FF99CC CC99FF "
    "FFCC99 3366FF 33CCCC 99CC00 FFCC00 FF9900 FF6600 666699 969696 003366 339966 003300 333300 "
    "993300 993366 333399 333333",
)
_FIRST_INDEXED = 8
_THEME = ("lt1", "dk1", "lt2", "dk2", *(f"accent{i}" for i in range(1, 7)))
_WHITE = "FFFFFF"


class Marks:
    """The marks of a workbook's sheets.

    Parameters
    ----------
    archive
        The workbook.
    """

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.names = set(archive.namelist())
        self.parts = self._sheet_parts()
        self.paint = _paint(self._small("xl/styles.xml"), self._small("xl/theme/theme1.xml"))

    def of(self, sheet: str) -> dict[str, list[Any]]:
        """Return a sheet's marks: rows counted from 1, cells as row and column.

        ``more`` names the kinds that were cut off, and where.
        """
        found: dict[str, list[Any]] = {
            "hidden_rows": [],
            "faulty": [],
            "colours": [],
            "formulas_without_value": [],
            "comments": [],
        }
        part = self.parts.get(sheet)
        if part is None:
            return found
        found["comments"] = list(islice(self._comments(part), MOST + 1))
        with self.archive.open(part) as file:
            for block in _blocks(file):
                _look(block, found, self.paint)
        more = [[kind, str(MOST)] for kind, marks in found.items() if len(marks) > MOST]
        return {**{kind: marks[:MOST] for kind, marks in found.items()}, "more": more}

    def _small(self, part: str) -> bytes:
        if part not in self.names or self.archive.getinfo(part).file_size > _SMALL:
            return b""
        return self.archive.read(part)

    def _sheet_parts(self) -> dict[str, str]:
        targets = {
            _attribute(tag, rb"Id"): _attribute(tag, rb"Target")
            for tag in _tags(self._small("xl/_rels/workbook.xml.rels"), rb"Relationship")
        }
        parts = {}
        for tag in _tags(self._small("xl/workbook.xml"), rb"sheet"):
            target = targets.get(_attribute(tag, rb"\w+:id"), "")
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if part in self.names:
                parts[_attribute(tag, rb"name")] = part
        return parts

    def _comments(self, part: str) -> Iterator[list[int]]:
        folder, _, name = part.rpartition("/")
        for tag in _tags(self._small(f"{folder}/_rels/{name}.rels"), rb"Relationship"):
            target = _attribute(tag, rb"Target")
            if _attribute(tag, rb"Type").endswith("/comments"):
                place = target.lstrip("/") if target.startswith("/") else _beside(folder, target)
                refs = re.finditer(
                    rb"<(?:\w+:)?comment\s[^<>]{0,200}?ref=\"([A-Z]{1,3})(\d{1,7})\"",
                    self._small(place),
                )
                yield from ([int(ref[2]), _column(ref[1])] for ref in refs)


def _look(block: bytes, found: dict[str, list[Any]], paint: dict[bytes, str]) -> None:
    """Add the marks of whole rows of a sheet; most sheets have none, which is quickly seen."""
    _add(found["hidden_rows"], _hidden(block) if _within(block, b"d", b"hidden=") else ())
    _add(found["faulty"], _errors(block) if _within(block, b"e", b't="e"') else ())
    formulas = _within(block, b"f", b"<f") or _within(block, b"f", b":f")
    _add(found["formulas_without_value"], _formulas_without_value(block) if formulas else ())
    here = {style: colour for style, colour in paint.items() if b's="' + style + b'"' in block}
    _add(found["colours"], _painted(block, here) if here else ())


def _within(block: bytes, letter: bytes, words: bytes) -> bool:
    """Whether words stand in a block; a letter of theirs is looked for first, at memory's speed."""
    return letter in block and words in block


def _add(have: list[Any], more: Iterable[Any]) -> None:
    """Add marks up to one beyond `MOST`: that there are more is to be told."""
    have += islice(more, MOST + 1 - len(have))


def _hidden(block: bytes) -> Iterator[int]:
    for row in _ROW.finditer(block):
        number = _ROW_NUMBER.search(row[1])
        if number and _HIDDEN.search(row[1]):
            yield int(number[1])


def _errors(block: bytes) -> Iterator[list[Any]]:
    for match in re.finditer(rb'\st="e"', block):
        at = _place(block, match.start())
        text = _ERROR_TEXT.search(block, match.end(), match.end() + _FORMULA)
        if at and text:
            yield [*at, html.unescape(text[1].decode(errors="replace"))]


def _formulas_without_value(block: bytes) -> Iterator[list[int]]:
    for match in _NO_VALUE.finditer(block):
        begins = max(0, match.start() - _FORMULA)
        tag = max(block.rfind(tag, begins, match.end()) for tag in (b"<c ", b":c "))
        ends = block.find(b">", tag, tag + _TAG)
        # A text that is empty is a value: =IF(A2="","",…) has been calculated.
        if tag >= 0 and ends >= 0 and b't="str"' not in block[tag:ends]:
            ref = _REF.search(block, tag, ends)
            if ref:
                yield [int(ref[2]), _column(ref[1])]


def _painted(block: bytes, paint: dict[bytes, str]) -> Iterator[list[Any]]:
    styles = b"|".join(sorted(paint, reverse=True))
    for match in re.finditer(rb'\ss="(' + styles + rb')"', block):
        at = _place(block, match.start())
        if at:
            yield [*at, paint[match[1]]]


def _place(block: bytes, inside: int) -> list[int] | None:
    """Return row and column of the cell whose opening tag a position lies in."""
    tag = block.rfind(b"<", max(0, inside - _TAG), inside + 1)
    ends = block.find(b">", inside, inside + _TAG)
    if tag < 0 or ends < 0 or not re.match(rb"<(?:\w+:)?c\s", block[tag : tag + 20]):
        return None
    ref = _REF.search(block, tag, ends)
    return [int(ref[2]), _column(ref[1])] if ref else None


def _blocks(file: IO[bytes]) -> Iterator[bytes]:
    """Yield a sheet in blocks of whole rows, as far as it has rows."""
    rest = b""
    while data := file.read(_BLOCK):
        data = rest + data
        cut = data.rfind(b"row>")
        cut = cut if cut >= 0 else len(data) - _TAG
        yield data[:cut]
        rest = data[cut:]
    yield rest


def _paint(styles: bytes, theme: bytes) -> dict[bytes, str]:
    """Return the styles of cells that paint → their colour; white is no paint."""
    fills = [_fill(fill, theme) for fill in _inside(styles, rb"fill\b[^<>]{0,50}", rb"fill")]
    formats = b"".join(_inside(styles, rb"cellXfs[^<>]{0,50}", rb"cellXfs"))
    paint = {}
    for style, tag in enumerate(_tags(formats, rb"xf")):
        fill = _attribute(tag, rb"fillId")
        colour = fills[int(fill)] if fill.isdigit() and int(fill) < len(fills) else ""
        if colour and colour != _WHITE:
            paint[str(style).encode()] = colour
    return paint


def _fill(fill: bytes, theme: bytes) -> str:
    """Return a fill's colour; empty where it has none, or none that is known."""
    if b'patternType="solid"' not in fill:
        return ""
    tag = next(_tags(fill, rb"fgColor"), b"")
    if rgb := _attribute(tag, rb"rgb"):
        return rgb[-6:].upper() if re.fullmatch("[0-9A-Fa-f]{6,8}", rgb) else ""
    index = _attribute(tag, rb"indexed")
    if index.isdigit():
        place = int(index) % 64 - (_FIRST_INDEXED if int(index) >= _FIRST_INDEXED else 0)
        return _INDEXED[place] if 0 <= place < len(_INDEXED) else ""
    index = _attribute(tag, rb"theme")
    if index.isdigit() and int(index) < len(_THEME):
        name = _THEME[int(index)].encode()
        colours = b"".join(_inside(theme, rb"a:" + name, rb"a:" + name))
        told = re.search(rb"(?:lastClr|srgbClr val)=\"([0-9A-Fa-f]{6})\"", colours)
        return told[1].decode().upper() if told else ""
    return ""


def _inside(text: bytes, opening: bytes, closing: bytes) -> Iterator[bytes]:
    """Yield what stands between tags."""
    for match in re.finditer(rb"<(?:x:)?" + opening + rb">", text):
        ends = text.find(closing + b">", match.end())
        if ends < 0:
            return
        yield text[match.end() : ends]


def _tags(text: bytes, name: bytes) -> Iterator[bytes]:
    """Yield the opening tags of a name."""
    return (match[0] for match in re.finditer(rb"<(?:\w+:)?" + name + rb"\s[^<>]{0,2000}>", text))


def _attribute(tag: bytes, name: bytes) -> str:
    match = re.search(rb"\s" + name + rb"=\"([^\"]*)\"", tag)
    return html.unescape(match[1].decode(errors="replace")) if match else ""


def _beside(folder: str, target: str) -> str:
    """Return the part that a target names from a folder: ../comments1.xml."""
    parts = folder.split("/")
    while target.startswith("../"):
        target, parts = target[3:], parts[:-1]
    return "/".join([*parts, target])


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
