"""The command line in processes of its own, to be broken; and what it leaves."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from town import Town

HERE = Path(__file__).parent
REGIONS = 4
_TIMES = {"summary.json", "manifest.json"}


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    err: str


@dataclass(frozen=True)
class Command:
    """The command line in a process of its own."""

    district: Town

    def started(
        self, *args: object, under: tuple[str, ...] = (), **env: object
    ) -> subprocess.Popen[str]:
        """Start a command; names in ``env`` break something (see broken.py)."""
        broken = {f"LXGEO_{name}": str(value) for name, value in env.items()}
        command = [*under, sys.executable, str(HERE / "broken.py"), *map(str, args)]
        return subprocess.Popen(
            command, env=os.environ | broken, text=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )  # fmt: skip

    def plan(self, out: Path, *args: object, **env: object) -> Ended:
        """Plan the district into a folder."""
        return ended(self.planning(out, *args, **env))

    def planning(
        self, out: Path, *args: object, under: tuple[str, ...] = (), **env: object
    ) -> subprocess.Popen[str]:
        """Start to plan the district into a folder."""
        asked = ("plan", self.district.ledger, "--areas", self.district.areas, "--out", out)
        return self.started(*asked, "--effort", "fast", *args, under=under, **env)


def ended(process: subprocess.Popen[str]) -> Ended:
    """Wait for a command's end."""
    _, err = process.communicate(timeout=300)
    return Ended(process.returncode, err)


def content(out: Path) -> dict[str, str]:
    """Return the digest of every file in a folder of runs, but those that hold times."""
    return {
        path.relative_to(out).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.name not in _TIMES
    }


def planned(notes: Path) -> int:
    """Return how many regions were planned."""
    return len(list(notes.glob("planned *")))
