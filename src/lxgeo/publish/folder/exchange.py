"""A run is built beside its place and exchanged for the old one: all of it, or nothing.

::

    OUT/.lxgeo-RUN-xxxx/     the workshop: private to one process while it holds its lock
        lock
        run/                 the new run folder, being built; the old one once exchanged
        map.html             the new map, being built; in its place once all is done
        old/                 the old run, where a system knows no exchange in one step
    OUT/RUN/                 the run's place
    OUT/maps/RUN.html        the map's place

The folders are exchanged first, then the new map takes the old one's place: with it the new run
stands. A process that is killed between the two leaves a run whose map is not the one that its
manifest vouches for; the next run of that name undoes the exchange before it begins.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from hashlib import blake2b, sha256
from pathlib import Path
from typing import BinaryIO

from lxgeo.errors import InputError, RunError, Words
from lxgeo.publish.folder.device_names import is_device
from lxgeo.publish.folder.swap import swapped

_FORBIDDEN = frozenset('/\\<>:"|?*')
_LONGEST = 200  # bytes: file systems take 255, and the map's name adds to it
_TAKEN = frozenset({"maps"})


@dataclass(frozen=True)
class Workshop:
    """Where a run is being built, and where it will stand.

    Parameters
    ----------
    root
        The workshop's own folder, on the file system of ``out``.
    out, name
        The run's place is ``out/name``, its map's ``out/maps/name.html``.
    """

    root: Path
    out: Path
    name: str

    @property
    def run(self) -> Path:
        """The new run folder."""
        return self.root / "run"

    @property
    def map(self) -> Path:
        """The new map."""
        return self.root / "map.html"

    @property
    def _place(self) -> Path:
        return self.out / self.name

    @property
    def _old(self) -> Path:
        return self.root / "old"

    @property
    def _mark(self) -> Path:
        """The new manifest's digest: it tells which of two folders is the new run."""
        return self.root / "mark"

    def exchange(self) -> None:
        """Put the new run and map in their places; on any error the old ones are back."""
        maps = self.out / "maps"
        maps.mkdir(exist_ok=True)
        self._mark.write_text(_manifest_digest(self.run), encoding="ascii")
        _sync(self.root)
        with ExitStack() as undo:
            undo.callback(self.restore)
            if not (self._place.exists() and swapped(self.run, self._place)):
                if self._place.exists():
                    self._place.rename(self._old)
                self.run.rename(self._place)
            self.map.replace(maps / f"{self.name}.html")
            undo.pop_all()
        for folder in (self.out, maps):
            _sync_folder(folder)

    def restore(self) -> None:
        """Undo an exchange that stopped half-way; one that was finished stays."""
        if not self.map.exists() or not self._mark.exists():
            return
        if self.run.exists() and self._is_new(self._place) and swapped(self.run, self._place):
            return
        if not self.run.exists() and self._place.exists():
            self._place.rename(self.run)
        if self._old.exists():
            self._old.rename(self._place)

    def _is_new(self, folder: Path) -> bool:
        mark = self._mark.read_text(encoding="ascii")
        return mark != "" and mark == _manifest_digest(folder)


@contextmanager
def workshop(out: Path, name: str) -> Iterator[Workshop]:
    """Give a workshop for a run; whatever happens, nothing of it stays when the block ends.

    Workshops that killed runs left behind are cleared first, and what they had begun to exchange
    is put back.

    Parameters
    ----------
    out
        The folder of all runs; made where it is missing.
    name
        The run's name.

    Raises
    ------
    InputError
        A name that can't be a folder's.
    RunError
        A folder of this name stands there that is no run of ours.
    """
    check_name(name)
    out.mkdir(parents=True, exist_ok=True)
    with ExitStack() as end:
        # Until its lock is held, a new workshop looks like one that was abandoned.
        with _alone(out):
            _clear_abandoned(out, name)
            check_place(out / name)
            root = Path(tempfile.mkdtemp(prefix=_prefix(name), dir=out))
            # The exchange is done or undone by then; what can't be removed, the next run clears.
            end.callback(shutil.rmtree, root, ignore_errors=True)
            hold(end.enter_context((root / "lock").open("wb")))
        shop = Workshop(root, out, name)
        shop.run.mkdir()
        yield shop


def check_name(name: str) -> None:
    """Refuse a run name that can't be a folder's name on every system.

    Raises
    ------
    InputError
        Empty, too long, hidden, taken, or with a separator or another forbidden character.
    """
    faults = list(_name_faults(name))
    if faults:
        raise InputError(*faults)


def _name_faults(name: str) -> Iterator[Words]:
    said = ascii(name)
    if not name.strip():
        yield Words(zh="方案名称不能为空", en="the run's name is empty")
    if name.startswith(".") or ".." in name:
        yield Words(
            zh=f"方案名称 {said} 不能以点开头，也不能含 ..",
            en=f"the run's name {said} starts with a dot or holds '..'",
        )
    if name != name.strip() or name.endswith("."):
        yield Words(
            zh=f"方案名称 {said} 首尾不能有空格，末尾不能是点",
            en=f"the run's name {said} starts or ends with a space, or ends with a dot",
        )
    if wrong := sorted({each for each in name if each in _FORBIDDEN or not each.isprintable()}):
        listed = " ".join(ascii(each) for each in wrong)
        yield Words(
            zh=f"方案名称 {said} 含有不能用于文件名的字符：{listed}",
            en=f"the run's name {said} holds characters that no file name can: {listed}",
        )
    if name.casefold() in _TAKEN or is_device(name):
        yield Words(
            zh=f"方案名称 {said} 已有他用，请另取",
            en=f"the run's name {said} is taken, use another",
        )
    if len(name.encode("utf-8", errors="replace")) > _LONGEST:
        yield Words(
            zh=f"方案名称过长，请不超过 {_LONGEST} 字节",
            en=f"the run's name is longer than {_LONGEST} bytes",
        )


def check_place(place: Path) -> None:
    """Refuse to replace anything but an empty folder or a run of ours.

    Raises
    ------
    RunError
        Something else stands there.
    """
    if not place.exists() and not place.is_symlink():
        return
    if place.is_dir() and not place.is_symlink() and (_is_run(place) or not any(place.iterdir())):
        return
    raise RunError(
        Words(
            zh=f"{place} 已存在，但不是 lxgeo 的方案文件夹，不会覆盖；请用 --name 另取名称",
            en=f"{place} exists and is no run of ours, so it is kept; use another --name",
        )
    )


def _is_run(folder: Path) -> bool:
    file = folder / "manifest.json"
    if not file.is_file():
        return False
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
    except ValueError:
        return False
    return isinstance(told, dict) and "lxgeo" in told and "files" in told


def _manifest_digest(folder: Path) -> str:
    """Return a run's manifest as one digest: of two runs no two have the same; empty if none."""
    file = folder / "manifest.json"
    return sha256(file.read_bytes()).hexdigest() if file.is_file() else ""


def _prefix(name: str) -> str:
    # A digest: the name itself may already be as long as a name can be.
    return f".lxgeo-{blake2b(name.encode(), digest_size=6).hexdigest()}-"


def _clear_abandoned(out: Path, name: str) -> None:
    """Clear workshops of this run that no process holds any more."""
    for root in sorted(out.glob(f"{_prefix(name)}*")):
        lock = root / "lock"
        if lock.exists():
            with lock.open("rb+") as file:
                if not hold(file):
                    continue
        Workshop(root, out, name).restore()
        shutil.rmtree(root, ignore_errors=True)


@contextmanager
def _alone(out: Path) -> Iterator[None]:
    """Hold the folder of all runs: no other process opens a workshop or exchanges meanwhile."""
    path = out / ".lxgeo.lock"
    while True:
        with path.open("ab") as lock:
            hold(lock, wait=True)
            if not _is_still(path, lock):
                continue  # who held it has removed it: what counts is the one that stands there
            try:
                yield
            finally:
                with suppress(OSError):
                    path.unlink()
        if sys.platform == "win32":  # a file can't be removed there while anybody has it open
            with suppress(OSError):
                path.unlink()
        return


def _is_still(path: Path, lock: BinaryIO) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(lock.fileno()))
    except FileNotFoundError:
        return False


def hold(lock: BinaryIO, *, wait: bool = False) -> bool:
    """Take a lock that ends with the process; False where another process has it.

    Parameters
    ----------
    lock
        An open file.
    wait
        Whether to wait for another process to let go.
    """
    while True:
        try:
            if sys.platform == "win32":
                import msvcrt

                msvcrt.locking(lock.fileno(), msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
            else:
                import fcntl

                fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except OSError as error:
            if not wait or error.errno != errno.EDEADLK:  # Windows waits for ten seconds only
                return False
        else:
            return True


def _sync(root: Path) -> None:
    """Bring every file under a folder to the disk, then the folders."""
    for path in sorted(root.rglob("*")):
        if path.is_file():
            with path.open("rb+") as file:
                os.fsync(file.fileno())
    for folder in (root, *(path for path in root.rglob("*") if path.is_dir())):
        _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    if sys.platform == "win32":  # folders can't be opened there
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
