"""The lock file: which version of each package, and which files of it are the right ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


@dataclass(frozen=True)
class Pinned:
    """One package of the lock file.

    Parameters
    ----------
    name, version
        Canonical name and exact version.
    hashes
        SHA-256 of every file of it that may be used.
    """

    name: str
    version: str
    hashes: frozenset[str]

    def line(self, hashes: Iterator[str] | None = None) -> str:
        """Return the line that pip reads; with the given hashes alone where some are given."""
        sums = sorted(self.hashes if hashes is None else hashes)
        return " ".join([f"{self.name}=={self.version}", *(f"--hash=sha256:{s}" for s in sums)])


def read_lock(path: Path, environment: Mapping[str, str]) -> dict[str, Pinned]:
    """Return what the lock file names for a machine.

    Parameters
    ----------
    path
        A requirements file with one exact version and at least one hash a package.
    environment
        What markers see on that machine.

    Raises
    ------
    ValueError
        A line has no exact version or no hash, or a package stands there twice.
    """
    found: dict[str, Pinned] = {}
    text = re.sub(r"\\\r?\n", " ", path.read_text(encoding="utf-8"))
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        head, *hashes = re.split(r"--hash=sha256:", line)
        asked = Requirement(head.strip())
        if asked.marker is not None and not asked.marker.evaluate(dict(environment)):
            continue
        versions = [each.version for each in asked.specifier if each.operator == "=="]
        name = canonicalize_name(asked.name)
        if len(versions) != 1 or not hashes or name in found:
            raise ValueError(f"{path.name}: {head.strip()}: one version, once, with its hashes")
        found[name] = Pinned(name, versions[0], frozenset(each.strip() for each in hashes))
    return found
