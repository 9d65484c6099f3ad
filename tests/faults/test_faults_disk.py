"""A full disk and a read-only folder: real file systems, in a name space of the test's own."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from runs_apart import Command, Ended, content, ended

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


def _own_disk(size: int, out: Path, before: Path, how: str = "rw") -> tuple[str, ...]:
    """Return what runs a command with ``out`` on a disk of its own; ``after`` is what stays."""
    for folder in (out, before, out.parent / "after"):
        folder.mkdir(exist_ok=True)
    space = ("unshare", "--map-root-user", "--mount")
    if subprocess.run([*space, "true"], check=False, capture_output=True).returncode:
        pytest.skip("no name spaces here: unshare --map-root-user --mount is refused")
    script = ("sh", "-c", _DISK, "sh", str(size), str(out), str(before), how)
    return (*space, *script, str(out.parent / "after"))


def test_a_disk_full_of_checkpoints(command: Command, tmp_path: Path) -> None:
    """One region fits, the next does not: told where and what to do, code 3, no half of a file."""
    disk = _own_disk(4096, tmp_path / "out", tmp_path / "before")
    found = ended(command.planning(tmp_path / "out", "--workers", 1, under=disk))

    assert found.code == 3
    _told_once(found, "无法保存断点", "No space left on device", "重新运行同一命令")
    (left,) = (path for path in (tmp_path / "after").rglob("*") if path.is_file())
    with np.load(left) as kept:
        assert "region" in kept.files


def test_a_disk_full_while_publishing(command: Command, plain: Path, tmp_path: Path) -> None:
    """The old run stays whole beside the checkpoints; with room, the same command ends it."""
    before = Path(shutil.copytree(plain, tmp_path / "before"))
    page = 4096
    held = sum(-(-path.stat().st_size // page) for path in before.rglob("*") if path.is_file())
    disk = _own_disk((held + 40) * page, tmp_path / "out", before)
    asked = ("--workers", 1, "--seed", 1)
    found = ended(command.planning(tmp_path / "out", *asked, under=disk))
    left = content(tmp_path / "after")

    assert found.code != 0
    _told_once(found, "No space left on device", "磁盘空间", "原有文件没有改动")
    kept = {name for name in left if name.startswith(".多家.checkpoints/")}
    assert len(kept) == 4
    assert {name: left[name] for name in left if name not in kept} == content(plain)


def test_a_read_only_folder(command: Command, plain: Path, tmp_path: Path) -> None:
    """Told at once, and what was there stays."""
    before = Path(shutil.copytree(plain, tmp_path / "before"))
    disk = _own_disk(1 << 24, tmp_path / "out", before, "ro")
    found = ended(command.planning(tmp_path / "out", "--workers", 1, under=disk))

    assert found.code == 3
    _told_once(found, "无法保存断点", "Read-only file system", "换个结果文件夹")
    assert content(tmp_path / "after") == content(plain)


def _told_once(found: Ended, *words: str) -> None:
    """Look for one sentence on one line, and no traceback."""
    (line,) = found.err.splitlines()
    for word in words:
        assert word in line
