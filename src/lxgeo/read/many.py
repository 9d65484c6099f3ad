"""A ledger of several files: a folder, or a list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from lxgeo.errors import LedgerError, Words
from lxgeo.ledger.sheets.sheet import Sheet

MOST_FILES = 1_000

# What programs and systems leave lying about: locks, backups, thumbnails.
_LEFTOVERS = ("~$", ".~", ".")
_LEFT_NAMES = frozenset({"thumbs.db", "desktop.ini"})
_LEFT_ENDS = ("-wal", "-shm", "-journal", ".tmp", ".bak")


def files_of(source: Path | Sequence[Path]) -> Mapping[str, Path]:
    """Return the files of a ledger by the names that tell them apart.

    A folder's files are named relative to it, those of its folders included, in order of name.
    Hidden files, locks and backups of office programs are none.

    Raises
    ------
    LedgerError
        A folder without files, or with too many; a file named twice.
    """
    paths = [Path(source)] if isinstance(source, str | Path) else [Path(path) for path in source]
    files: dict[str, Path] = {}
    faults: list[Words] = []
    for path in paths:
        inside = _inside(path) if path.is_dir() else {path.name: path}
        faults += _folder_faults(path, inside)
        for name, file in inside.items():
            if file.resolve() in {each.resolve() for each in files.values()}:
                faults.append(Words(f"{file}：重复给出；请去掉一个", f"{file}: named twice"))
            files[name if name not in files else str(file)] = file
    if not paths:
        faults.append(Words("没有给出台账文件", "no ledger was named"))
    if faults:
        raise LedgerError(*faults)
    return files


def together(
    files: Mapping[str, Path], read: Callable[[Path], tuple[Sheet, ...]]
) -> tuple[Sheet, ...]:
    """Return the sheets of all files, each with its ``source`` where there is more than one.

    Raises
    ------
    LedgerError
        What is wrong with any of them, all at once: a ledger left out in silence is worse than
        none.
    """
    sheets: list[Sheet] = []
    faults: list[Words] = []
    for name, path in files.items():
        try:
            found = read(path)
        except LedgerError as error:
            faults += error.faults
        else:
            source = name if len(files) > 1 else ""
            sheets += (replace(sheet, source=source) for sheet in found)
    if faults:
        raise LedgerError(*faults)
    return tuple(sheets)


def _inside(folder: Path) -> dict[str, Path]:
    """Return a folder's files by their names relative to it."""
    found = {}
    for path in folder.rglob("*"):
        inside = path.relative_to(folder)
        if path.is_file() and not any(map(_left_over, inside.parts)):
            found[inside.as_posix()] = path
    return dict(sorted(found.items()))


def _left_over(name: str) -> bool:
    lower = name.lower()
    return name.startswith(_LEFTOVERS) or lower in _LEFT_NAMES or lower.endswith(_LEFT_ENDS)


def _folder_faults(path: Path, inside: Mapping[str, Path]) -> list[Words]:
    if not inside:
        return [Words(f"文件夹 {path} 里没有文件", f"the folder {path} holds no file")]
    if len(inside) > MOST_FILES:
        zh = f"文件夹 {path} 里有 {len(inside)} 个文件，超过 {MOST_FILES} 个；请只留台账"
        en = f"the folder {path} holds {len(inside)} files, more than {MOST_FILES}"
        return [Words(zh, en)]
    return []
