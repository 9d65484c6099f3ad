"""XML from outside as a stream of elements: no document type, no entities, no end of memory."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final, Protocol

from lxml import etree

from lxgeo.errors import AreasError, Words

MOST_BYTES: Final = 2 << 30
"""Size of a file. A city of ten million people is about a quarter of it."""
_AT_ONCE: Final = 1 << 18


class Stream(Protocol):
    """What takes in elements as they come; tags are without their namespace."""

    def start(self, tag: str, attrib: Mapping[str, str]) -> None:
        """Take in an element's beginning."""

    def end(self, tag: str) -> None:
        """Take in an element's end."""


class TextStream(Stream, Protocol):
    """A stream that wants the text between tags, too."""

    def data(self, text: str) -> None:
        """Take in a piece of text."""


class _DoctypeError(Exception):
    pass


class _Target:
    """Hands elements on, and stops at a document type: entities are declared there."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self.data = getattr(stream, "data", _ignored)

    def doctype(self, *_: object) -> None:
        raise _DoctypeError

    def start(self, tag: str, attrib: Mapping[str, str]) -> None:
        self._stream.start(tag.rpartition("}")[2], attrib)

    def end(self, tag: str) -> None:
        self._stream.end(tag.rpartition("}")[2])

    def close(self) -> None:
        """Do nothing more."""


def _ignored(_: str) -> None:
    pass


def streamed(path: Path, stream: Stream) -> None:
    """Feed a file's elements to a stream.

    Raises
    ------
    AreasError
        No such file, too big, not whole, or with a document type.
    """
    # Options against expansion and fetching stand here although the document type ends it all.
    parser = etree.XMLParser(
        target=_Target(stream),
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
    )
    try:
        if path.stat().st_size > MOST_BYTES:
            raise AreasError(_too_big(path))
        with path.open("rb") as file:
            while piece := file.read(_AT_ONCE):
                parser.feed(piece)
        parser.close()
    except (_DoctypeError, etree.XMLSyntaxError, OSError) as error:
        raise AreasError(_unreadable(path)) from error


def _too_big(path: Path) -> Words:
    return Words(
        f"{path.name}：文件超过 {MOST_BYTES >> 30} GB；请先裁剪到本区县（如 osmium extract）",
        f"{path.name}: over {MOST_BYTES >> 30} GB; cut it to the district first (osmium extract)",
    )


def _unreadable(path: Path) -> Words:
    return Words(
        f"{path.name}：不是完好的 XML 文件，读不出来；请用 lxgeo fetch-osm 或 osmnx 重新导出",
        f"{path.name}: no sound XML, it can't be read; fetch it again with lxgeo fetch-osm",
    )
