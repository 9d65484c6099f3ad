"""A folder or a bucket laid out by county: which counties there are, and the files of each.

::

    PLACE/county=330106/part-0.parquet      one folder a county, any number of parts
    PLACE/330106/part-0.parquet             the same, named by the county alone
    PLACE/330106.parquet                    one file a county

A place keeps to one of the three. It is a folder, or any address that fsspec opens (``file://``,
``s3://``, ``memory://``); what lies far away is fetched one county at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import unquote

from lxgeo.errors import InputError, Words
from lxgeo.read.remote import fetch, is_remote, listed, local_path, sizes, told_address

LEDGER_ENDS = (
    *(".parquet", ".geoparquet", ".xlsx", ".xls", ".et", ".ods", ".csv", ".tsv"),
    *(".gpkg", ".geojson"),
)
"""Endings of files that a county's ledger may be."""

KEY = "county="
_NAME = re.compile(r"[^\W_](?:[\w-]*[^\W_])?")  # letters and digits of any script
_LONGEST = 60
_LEFT_OVER = ("_", ".", "~$")  # what writers and offices leave: _SUCCESS, .crc, locks
MOST_COUNTIES = 5_000
_SHOWN = 10


class Layout(StrEnum):
    """How a place tells its counties apart."""

    KEYED = "keyed"
    FOLDERS = "folders"
    FILES = "files"


@dataclass(frozen=True)
class Partition:
    """One county's files in a place.

    Parameters
    ----------
    county
        What it is called in the layout: its code, as a rule.
    place
        The folder or address that it lies in.
    files
        Its files, relative to the place, in order of name; none where its folder is empty.
    bytes
        How large they are together.
    """

    county: str
    place: str
    files: tuple[str, ...]
    bytes: int = 0

    def here(self, into: Path) -> tuple[Path, ...]:
        """Return its files on this machine; from far away they are fetched into a folder.

        Parameters
        ----------
        into
            Made where something is fetched.

        Raises
        ------
        ServiceError
            The place does not answer.
        """
        if is_remote(self.place):
            return fetch(self.place, self.files, into)
        return tuple(local_path(self.place) / each for each in self.files)


def find_partitions(place: str, ends: Iterable[str] | None = LEDGER_ENDS) -> dict[str, Partition]:
    """Return the counties of a place, in order of name.

    Parameters
    ----------
    place
        A folder, or an address with its scheme.
    ends
        Endings of the files that count; all files where none are named.

    Raises
    ------
    InputError
        No such place, nothing in it, a name that can't be a county's, a county found twice, two
        layouts at once. All at once.
    ServiceError
        The place does not answer.
    """
    found = _Found(told_address(place), None if ends is None else tuple(ends))
    inside = sizes(place) if is_remote(place) else listed(local_path(place))
    for path in inside:
        found.add(path)
    return found.partitions(place, inside)


def check_county(name: str) -> bool:
    """Return whether a county may be called so: letters and digits, ``-`` and ``_`` between."""
    return bool(_NAME.fullmatch(name)) and len(name) <= _LONGEST


class _Found:
    """What is found in a place, path by path."""

    def __init__(self, place: str, ends: tuple[str, ...] | None) -> None:
        self.place = place
        self.ends = ends
        self.files: dict[tuple[Layout, str], list[str]] = {}
        self.wrong: list[str] = []

    def add(self, path: str) -> None:
        """Take one path, relative to the place; an empty folder's ends in a slash."""
        parts = path.split("/")
        if any(each.startswith(_LEFT_OVER) for each in parts if each not in {"", "..", "."}):
            return
        if len(parts) == 1:
            self._file(path)
            return
        layout = Layout.KEYED if parts[0].startswith(KEY) else Layout.FOLDERS
        name = unquote(parts[0].removeprefix(KEY))
        inside = "/".join(parts[1:])
        if not check_county(name) or "/" in inside or "=" in parts[0].removeprefix(KEY):
            self.wrong.append(path)
        else:
            files = self.files.setdefault((layout, name), [])
            if inside and self._counts(inside):
                files.append(path)

    def _file(self, path: str) -> None:
        name, dot, _ = path.rpartition(".")
        if not self._counts(path):
            return
        if dot and check_county(name):
            self.files.setdefault((Layout.FILES, name), []).append(path)
        else:
            self.wrong.append(path)

    def _counts(self, name: str) -> bool:
        return self.ends is None or name.lower().endswith(self.ends)

    def partitions(self, place: str, inside: Mapping[str, int]) -> dict[str, Partition]:
        """Return the counties, or raise with everything that is wrong."""
        if faults := list(self._faults()):
            raise InputError(*faults)
        return {
            name: Partition(name, place, tuple(sorted(files)), sum(inside[each] for each in files))
            for (_, name), files in sorted(self.files.items(), key=lambda each: each[0][1])
        }

    def _faults(self) -> Iterator[Words]:
        shown = "、".join(ascii(each) for each in self.wrong[:_SHOWN])
        if self.wrong:
            yield Words(
                f"{self.place}：{len(self.wrong)} 个文件的位置不合按县存放的约定：{shown}；"
                "每县一个文件夹（county=330106/…，其中不再分层）或一个文件（330106.parquet），"
                "县名只用文字、数字和 - _",
                f"{self.place}: {len(self.wrong)} file(s) stand where no county's can: {shown}; a "
                "county is a folder (county=330106/…, none inside it) or a file (330106.parquet), "
                "named by letters, digits, - and _",
            )
        layouts = {layout for layout, _ in self.files}
        if len(layouts) > 1:
            names = "、".join(f"{name}（{_SAID[layout].zh}）" for layout, name in self._first())
            english = ", ".join(f"{name} ({_SAID[layout].en})" for layout, name in self._first())
            yield Words(
                f"{self.place}：存放方式不一：{names}；请统一为一种，以免重复统计",
                f"{self.place}: more than one layout: {english}; keep to one, lest a county be "
                "counted twice",
            )
        if (Layout.FILES in layouts) and (twice := self._twice()):
            yield Words(
                f"{self.place}：{'、'.join(twice)} 各有几个文件；请只留一个，或放进 county=…",
                f"{self.place}: {', '.join(twice)}: several files each; leave one, or put them into"
                " folders county=…",
            )
        if len(self.files) > MOST_COUNTIES:
            yield Words(
                f"{self.place}：有 {len(self.files)} 个县，超过 {MOST_COUNTIES} 个；请核对位置",
                f"{self.place}: {len(self.files)} counties, more than {MOST_COUNTIES}: check the "
                "place",
            )
        if not self.files and not self.wrong:
            yield Words(
                f"{self.place} 里没有按县存放的文件；应为 county=330106/part-0.parquet 或 "
                "330106.parquet",
                f"{self.place} holds nothing laid out by county; put in county=330106/"
                "part-0.parquet, or 330106.parquet",
            )

    def _first(self) -> list[tuple[Layout, str]]:
        """Return one county of each layout."""
        first: dict[Layout, str] = {}
        for layout, name in sorted(self.files):
            first.setdefault(layout, name)
        return list(first.items())

    def _twice(self) -> list[str]:
        of_files = {name: files for (kind, name), files in self.files.items() if kind is _FILES}
        return sorted(name for name, files in of_files.items() if len(files) > 1)


_FILES = Layout.FILES
_SAID = {
    Layout.KEYED: Words("county=… 文件夹", "a folder county=…"),
    Layout.FOLDERS: Words("以县名命名的文件夹", "a folder of that name"),
    Layout.FILES: Words("单个文件", "a file"),
}
