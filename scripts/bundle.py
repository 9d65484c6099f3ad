# ruff: noqa: INP001, T201 -- a script, run by hand
"""Make one zip that installs lxgeo on an office PC: no network, no administrator.

``python scripts/bundle.py --platform windows-x64 --python 3.11``; see docs/install.md.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from bundling.archive import write_zip
from bundling.locked import Pinned, read_lock
from bundling.pages import CARRIED, filled, pages, start
from bundling.target import OLDEST_GLIBC, PLATFORMS, Target
from bundling.wheels import BundleError, Wheel, build_own, gather
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
# What a planner needs; Dask and notebooks are a centre's and an analyst's, and can be asked for.
EXTRAS = "charts,geocoding,postgis"


def main(argv: list[str] | None = None) -> int:
    """Make the zip; print where it is, how large, and its SHA-256."""
    asked = _asked(argv)
    major, minor = map(int, asked.python.split("."))
    target = Target(asked.platform, (major, minor))
    try:
        path, wheels = make(target, asked.extras, asked.out, asked.store)
    except (BundleError, ValueError) as why:
        print(why, file=sys.stderr)
        return 1
    for wheel in sorted(wheels, key=lambda each: each.path.stat().st_size):
        print(f"{wheel.path.stat().st_size / 1e6:8.1f} MB  {wheel.path.name}")
    print(f"{path.stat().st_size / 1e6:8.1f} MB  {path}  ({len(wheels)} wheels)")
    print(f"SHA-256  {hashlib.sha256(path.read_bytes()).hexdigest()}")
    return 0


def _asked(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--platform", choices=PLATFORMS, default="windows-x64")
    parser.add_argument("--python", default="3.11", choices=("3.11", "3.12", "3.13"))
    parser.add_argument("--extras", default=EXTRAS, help="of pyproject.toml, with commas between")
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="where the zip goes")
    parser.add_argument("--store", type=Path, default=ROOT / "build" / "bundle", help="wheels kept")
    return parser.parse_args(argv)


def make(target: Target, extras: str, out: Path, store: Path) -> tuple[Path, list[Wheel]]:
    """Return the zip and the wheels in it.

    Raises
    ------
    BundleError
        A wheel is missing, is not the one that was locked, or is for another machine.
    """
    lock = read_lock(ROOT / "requirements.txt", target.environment)
    lock |= read_lock(CARRIED / "pip.txt", target.environment)
    own = build_own(ROOT, store / "own" / target.stem, target)
    roots = [Requirement(f"lxgeo[{extras}]"), Requirement("pip")]
    wheels = gather(own, roots, lock, target, store / target.stem)
    entries = dict(_entries(target, own.version, wheels))
    entries["demo/maps/demo.html"] = _demo_map(own, store)
    name = f"lxgeo-{own.version}-{target.stem}"
    path = out / f"{name}.zip"
    sha256 = write_zip(path, name, entries)
    path.with_name(f"{path.name}.sha256").write_text(f"{sha256}  {path.name}\n", encoding="utf-8")
    return path, wheels


def _entries(
    target: Target, version: str, wheels: list[Wheel]
) -> Iterator[tuple[str, bytes | Path]]:
    """Yield what the zip holds: name → content."""
    words = _words(target, version)
    for wheel in wheels:
        yield f"wheels/{wheel.path.name}", wheel.path
    lines = [
        Pinned(wheel.name, wheel.version, frozenset({wheel.sha256})).line()
        for wheel in wheels
        if wheel.name != "pip"
    ]
    requirements = "\n".join([*lines, ""]).encode()
    yield "requirements.txt", requirements
    stamp = hashlib.sha256(requirements).hexdigest()[:10]
    told = {"lxgeo": version, "platform": target.platform, "python": target.version, "id": stamp}
    yield "bundle.json", json.dumps(told, indent=2).encode() + b"\n"
    yield from pages(ROOT, words)
    yield "start.html", start(ROOT, target, words)
    yield "style.css", CARRIED / "style.css"
    yield "install.py", CARRIED / "install.py"
    yield "LICENSE", ROOT / "LICENSE"
    yield from _system_files(target, words)


def _system_files(target: Target, words: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    """Yield what differs by system: scripts, and notes as its own editor reads them."""
    system = "windows" if target.windows else "linux"
    texts = {
        ("install.cmd" if target.windows else "install.sh"): (
            "install.cmd" if target.windows else "install.sh"
        ),
        "python.txt": f"python.{system}.txt",
        "README.txt": f"README.{system}.txt",
    }
    for name, template in texts.items():
        text = filled(template, words)
        if target.windows:
            text = text.replace("\n", "\r\n")
        # An old Notepad tells UTF-8 by its mark; what `type` shows must not begin with one.
        mark = "\ufeff" if target.windows and name == "README.txt" else ""
        yield name, (mark + text).encode()


def _words(target: Target, version: str) -> dict[str, str]:
    return {
        "LXGEO": version,
        "VERSION": target.version,
        "MAJOR": str(target.python[0]),
        "MINOR": str(target.python[1]),
        "STEM": target.stem,
        "GLIBC": ".".join(map(str, OLDEST_GLIBC)),
    }


def _demo_map(own: Wheel, store: Path) -> Path:
    """Return the demo district's map, drawn by this very version; drawn once for all targets."""
    path = store / "demo" / f"{own.sha256[:16]}.html"
    if path.exists():
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "lxgeo", "demo", "--out", folder]
        command += ["--folder", f"{folder}/areas"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode:
            raise BundleError(f"lxgeo demo:\n{done.stdout}{done.stderr}")
        (Path(folder) / "maps" / "demo.html").replace(path)
    return path


if __name__ == "__main__":
    sys.exit(main())
