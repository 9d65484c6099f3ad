"""A full disk and a read-only folder.

Each is shown on a real file system in a name space of the test's own, where the machine lets a test
have one, and on every machine by what any process may ask for itself: that no file grows beyond a
size, that a folder gives no right to write.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from runs_apart import Command, Ended, content, ended

_SPACE = ("unshare", "--map-root-user", "--mount")
_DISK = """
set -e
mount -t tmpfs -o size="$1" tmpfs "$2"
cp -a "$3"/. "$2"
mount -o remount,"$4" "$2"
out=$2 after=$5
shift 5
code=0
"$@" || code=$?
cp -a "$out"/. "$after"
exit $code
"""


def _has_spaces() -> bool:
    """Return whether this machine lets a test mount a file system of its own."""
    if shutil.which("unshare") is None:
        return False
    asked = [*_SPACE, "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    return subprocess.run(asked, check=False, capture_output=True).returncode == 0


WAYS = ["disk", "limit"] if _has_spaces() else ["limit"]
"""A disk of the test's own, and what stands for it on a machine that refuses one."""


def _own_disk(size: int, out: Path, before: Path, how: str = "rw") -> tuple[str, ...]:
    """Return what runs a command with ``out`` on a disk of its own; ``after`` is what stays."""
    for folder in (out, before, out.parent / "after"):
        folder.mkdir(exist_ok=True)
    script = ("sh", "-c", _DISK, "sh", str(size), str(out), str(before), how)
    return (*_SPACE, *script, str(out.parent / "after"))


def _no_larger(bytes_: int) -> tuple[str, ...]:
    """Return what runs a command whose files can't grow beyond a size."""
    return ("prlimit", f"--fsize={bytes_}")


@contextmanager
def _shut(folder: Path) -> Iterator[tuple[str, ...]]:
    """Take the right to write from a folder; give what takes from root the right to do so still."""
    mode = folder.stat().st_mode
    folder.chmod(0o555)
    over = "-dac_override"
    root = ("setpriv", f"--inh-caps={over}", f"--bounding-set={over}")
    try:
        yield root if os.geteuid() == 0 else ()
    finally:
        folder.chmod(mode)


@pytest.mark.parametrize("way", WAYS)
def test_a_disk_full_of_checkpoints(command: Command, tmp_path: Path, way: str) -> None:
    """What does not fit is told, with what to do, code 3; no half of a file is left.

    On the disk one region fits and the next does not; under the limit none does.
    """
    out, after = tmp_path / "out", tmp_path / ("after" if way == "disk" else "out")
    under = _own_disk(4096, out, tmp_path / "before") if way == "disk" else _no_larger(512)
    found = ended(command.planning(out, "--workers", 1, under=under))

    assert found.code == 3
    why = "No space left on device" if way == "disk" else "File too large"
    _told_once(found, "无法保存断点", why, "重新运行同一命令")
    left = [path for path in after.rglob("*") if path.is_file()]
    assert len(left) == (1 if way == "disk" else 0)
    for path in left:
        with np.load(path) as kept:
            assert "region" in kept.files


@pytest.mark.parametrize("way", WAYS)
def test_a_disk_full_while_publishing(
    command: Command, plain: Path, tmp_path: Path, way: str
) -> None:
    """The old run stays whole beside the checkpoints; with room, the same command ends it."""
    out = tmp_path / "out"
    asked: tuple[object, ...] = ("--workers", 1, "--seed", 1)
    if way == "disk":
        before = Path(shutil.copytree(plain, tmp_path / "before"))
        page = 4096
        held = sum(-(-path.stat().st_size // page) for path in before.rglob("*") if path.is_file())
        under = _own_disk((held + 40) * page, out, before)
        after, why = tmp_path / "after", "No space left on device"
    else:
        shutil.copytree(plain, out)
        under, after, why = _no_larger(1 << 16), out, ""
    found = ended(command.planning(out, *asked, under=under))
    left = content(after)

    assert found.code != 0
    _told_once(found, why, "磁盘空间", "原有文件没有改动")
    kept = {name for name in left if name.startswith(".多家.checkpoints/")}
    assert len(kept) == 4
    assert {name: left[name] for name in left if name not in kept} == content(plain)
    if way == "limit":
        assert ended(command.planning(out, *asked)) == Ended(0, "")


@pytest.mark.parametrize("way", WAYS)
def test_a_read_only_folder(command: Command, plain: Path, tmp_path: Path, way: str) -> None:
    """Told at once, and what was there stays."""
    out = tmp_path / "out"
    if way == "disk":
        before = Path(shutil.copytree(plain, tmp_path / "before"))
        under = _own_disk(1 << 24, out, before, "ro")
        found = ended(command.planning(out, "--workers", 1, under=under))
        after, why = tmp_path / "after", "Read-only file system"
    else:
        shutil.copytree(plain, out)
        with _shut(out) as under:
            found = ended(command.planning(out, "--workers", 1, under=under))
        after, why = out, "Permission denied"

    assert found.code == 3
    _told_once(found, "无法保存断点", why, "换个结果文件夹")
    assert content(after) == content(plain)


def _told_once(found: Ended, *words: str) -> None:
    """Look for one sentence on one line, and no traceback."""
    (line,) = found.err.splitlines()
    for word in words:
        assert word in line
