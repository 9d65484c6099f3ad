"""Fetching wheels for another machine, and refusing what is not for it or not what it says."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from email import message_from_bytes
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

from bundling.locked import Pinned
from bundling.target import Target


class BundleError(Exception):
    """The bundle can't be made; says why."""


@dataclass(frozen=True)
class Wheel:
    """A wheel in the store, looked at.

    Parameters
    ----------
    path
        The file.
    name, version
        As its file name says, the name canonical.
    sha256
        Of its bytes.
    """

    path: Path
    name: str
    version: str
    sha256: str

    @property
    def requires(self) -> list[Requirement]:
        """What it needs, markers and all."""
        with zipfile.ZipFile(self.path) as parts:
            (entry,) = (n for n in parts.namelist() if n.endswith(".dist-info/METADATA"))
            said = message_from_bytes(parts.read(entry)).get_all("Requires-Dist") or []
        return [Requirement(each) for each in said]


def look_at(path: Path, target: Target) -> Wheel:
    """Return a wheel that runs on the target.

    Raises
    ------
    BundleError
        It is for another machine or another Python.
    """
    name, version, _, tags = parse_wheel_filename(path.name)
    if tags.isdisjoint(target.tags):
        raise BundleError(f"{path.name}: not for {target.platform}, Python {target.version}")
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    return Wheel(path, canonicalize_name(name), str(version), sha256)


def checked(wheel: Wheel, pinned: Pinned) -> Wheel:
    """Return the wheel if it is one that the lock file names.

    Raises
    ------
    BundleError
        Another version, or other bytes.
    """
    if wheel.version != pinned.version or wheel.sha256 not in pinned.hashes:
        raise BundleError(f"{wheel.path.name}: not the file that requirements.txt names")
    return wheel


def gather(
    own: Wheel,
    roots: Iterable[Requirement],
    lock: Mapping[str, Pinned],
    target: Target,
    store: Path,
) -> list[Wheel]:
    """Return our own wheel and those that the roots need on the target, by name.

    What is in the store with the right hash is not fetched again.

    Raises
    ------
    BundleError
        A package is missing from the lock file, has no wheel for the target, or isn't what it says.
    """
    store.mkdir(parents=True, exist_ok=True)
    have = {own.name: own}
    asked: set[tuple[str, str]] = set()
    wanted = [(root, extra) for root in roots for extra in ("", *sorted(root.extras))]
    while wanted:
        names = sorted({canonicalize_name(each.name) for each, _ in wanted} - have.keys())
        have |= _stored(names, lock, target, store)
        following = []
        for each, extra in wanted:
            name = canonicalize_name(each.name)
            if (name, extra) not in asked:
                asked.add((name, extra))
                following += needs(have[name].requires, target, extra)
        wanted = [(root, extra) for root in following for extra in ("", *sorted(root.extras))]
    return [have[name] for name in sorted(have)]


def needs(requires: Iterable[Requirement], target: Target, extra: str) -> list[Requirement]:
    """Return the requirements that hold on the target: with an extra, those that it adds."""
    without = {**target.environment, "extra": ""}
    with_it = {**target.environment, "extra": extra}
    return [
        each
        for each in requires
        if each.marker is None or each.marker.evaluate(with_it) or each.marker.evaluate(without)
    ]


def _stored(
    names: list[str], lock: Mapping[str, Pinned], target: Target, store: Path
) -> dict[str, Wheel]:
    unknown = [name for name in names if name not in lock]
    if unknown:
        raise BundleError(f"not in requirements.txt for {target.stem}: {', '.join(unknown)}")
    found = _in_store(names, lock, target, store)
    missing = [lock[name] for name in names if name not in found]
    if missing:
        _fetch(missing, target, store)
        found |= _in_store([each.name for each in missing], lock, target, store)
    lacking = [name for name in names if name not in found]
    if lacking:
        raise BundleError(f"no wheel for {target.stem}: {', '.join(lacking)}")
    return found


def _in_store(
    names: list[str], lock: Mapping[str, Pinned], target: Target, store: Path
) -> dict[str, Wheel]:
    rank = {tag: place for place, tag in enumerate(target.tags)}
    found: dict[str, tuple[int, Wheel]] = {}
    for path in sorted(store.glob("*.whl")):
        name, version, _, tags = parse_wheel_filename(path.name)
        pinned = lock.get(canonicalize_name(name))
        fitting = [rank[tag] for tag in tags if tag in rank]
        if pinned is None or pinned.name not in names or not fitting:
            continue
        if str(version) != pinned.version:
            continue
        wheel = checked(look_at(path, target), pinned)
        best = found.get(pinned.name)
        if best is None or min(fitting) < best[0]:
            found[pinned.name] = (min(fitting), wheel)
    return {name: wheel for name, (_, wheel) in found.items()}


def _fetch(packages: list[Pinned], target: Target, store: Path) -> None:
    """Let pip download exactly these; it checks the hashes, and takes wheels alone."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.write("\n".join(each.line() for each in packages))
        file.flush()
        options = ["--no-deps", "--require-hashes", *target.pip_options]
        run_pip("download", *options, f"--dest={store}", f"--requirement={file.name}")


def build_own(root: Path, into: Path, target: Target) -> Wheel:
    """Build lxgeo's own wheel: the same source gives the same bytes."""
    into.mkdir(parents=True, exist_ok=True)
    for old in into.glob("*.whl"):
        old.unlink()
    run_pip("wheel", "--no-deps", "--no-build-isolation", f"--wheel-dir={into}", str(root))
    (path,) = into.glob("*.whl")
    return look_at(path, target)


def run_pip(*arguments: str) -> None:
    """Run this Python's pip quietly.

    Raises
    ------
    BundleError
        With the last lines that pip said.
    """
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments]
    # Without this, the time of building would stand in the wheel.
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1577836800"}
    done = subprocess.run(  # noqa: S603 - our own words
        command, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        told = [line for line in done.stderr.splitlines() if not line.startswith("WARNING")]
        raise BundleError("\n".join(["pip " + arguments[0], *told[-8:]]))
