"""Writing a zip whose bytes follow from what is in it alone: no time, no order of a disk."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Mapping
from pathlib import Path

_WHEN = (2020, 1, 1, 0, 0, 0)
_PLAIN, _RUNNABLE = 0o100644, 0o100755


def write_zip(path: Path, folder: str, entries: Mapping[str, bytes | Path]) -> str:
    """Write the entries below one folder, sorted, and return the SHA-256 of the file.

    Wheels and pictures are packed already and are stored as they are.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".part")
    with zipfile.ZipFile(beside, "w") as parts:
        for name in sorted(entries):
            held = entries[name]
            entry = zipfile.ZipInfo(f"{folder}/{name}", _WHEN)
            entry.create_system = 3
            entry.external_attr = (_RUNNABLE if name.endswith(".sh") else _PLAIN) << 16
            packed = name.endswith((".whl", ".png"))
            entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
            parts.writestr(entry, held.read_bytes() if isinstance(held, Path) else held)
    beside.replace(path)
    return hashlib.sha256(path.read_bytes()).hexdigest()
