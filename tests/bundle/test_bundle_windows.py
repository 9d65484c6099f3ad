"""The bundle for Windows, by what is in it: no Windows is at hand here."""

from __future__ import annotations

import hashlib
import io
import json
import re
import subprocess
import sys
import zipfile
from email import message_from_bytes
from pathlib import Path

import pytest
from loaded import loads
from made import ROOT, Made
from packaging.requirements import Requirement
from packaging.tags import compatible_tags, cpython_tags
from packaging.utils import canonicalize_name, parse_wheel_filename

import bundle

# What Python 3.11 says of itself on 64-bit Windows.
MARKERS = {
    "implementation_name": "cpython",
    "os_name": "nt",
    "platform_machine": "AMD64",
    "platform_python_implementation": "CPython",
    "platform_system": "Windows",
    "python_full_version": "3.11.9",
    "python_version": "3.11",
    "sys_platform": "win32",
}
TAGS = {
    *cpython_tags((3, 11), ["cp311"], ["win_amd64"]),
    *compatible_tags((3, 11), "cp311", ["win_amd64"]),
}
# C:\Users\ and the longest name that Windows gives an account of its own, then where it lies.
_INSTALLED = "C:\\Users\\" + 20 * "x" + "\\lxgeo\\env\\0123456789-1\\Lib\\site-packages\\"
_MAX_PATH = 260
_OF_PYTHON = {"python3.dll", "python311.dll", "vcruntime140.dll", "vcruntime140_1.dll"}
"""What python.org's installer lays down: Microsoft's C++ library is not among it."""
_OF_WINDOWS = {
    *("advapi32.dll", "bcrypt.dll", "bcryptprimitives.dll", "comctl32.dll", "crypt32.dll"),
    *("dbghelp.dll", "gdi32.dll", "iphlpapi.dll", "kernel32.dll", "ncrypt.dll", "ntdll.dll"),
    *("ole32.dll", "oleaut32.dll", "psapi.dll", "secur32.dll", "shell32.dll", "user32.dll"),
    *("userenv.dll", "version.dll", "webservices.dll", "winhttp.dll", "wininet.dll"),
    *("ws2_32.dll", "wsock32.dll"),
}
_NOT_USED = ("numba/np/ufunc/omppool.", "numba/np/ufunc/tbbpool.")
"""Two of numba's three ways to run in threads: it does without them where they don't load."""


def _wheels(made: Made) -> dict[str, str]:
    """Return the wheels by package: canonical name → place in the zip."""
    found = [name for name in made.held if name.endswith(".whl")]
    named = {canonicalize_name(parse_wheel_filename(Path(each).name)[0]): each for each in found}
    assert len(named) == len(found)
    return named


def _requires(wheel: bytes) -> list[Requirement]:
    with zipfile.ZipFile(io.BytesIO(wheel)) as parts:
        (name,) = (each for each in parts.namelist() if each.endswith(".dist-info/METADATA"))
        told = message_from_bytes(parts.read(name)).get_all("Requires-Dist") or []
    return [Requirement(each) for each in told]


def test_every_requirement_has_a_wheel_that_windows_takes(windows: Made) -> None:
    """Walked from lxgeo through every marker of a Windows machine: none missing, none too many."""
    wheels = _wheels(windows)
    for place in wheels.values():
        assert not parse_wheel_filename(Path(place).name)[3].isdisjoint(TAGS), place

    reached = {("lxgeo", extra) for extra in ("", *bundle.EXTRAS.split(","))}
    ahead = sorted(reached)
    while ahead:
        name, extra = ahead.pop()
        for each in _requires(windows.held[wheels[name]]):
            if each.marker is None or each.marker.evaluate({**MARKERS, "extra": extra}):
                version = parse_wheel_filename(Path(wheels[canonicalize_name(each.name)]).name)[1]
                assert each.specifier.contains(version, prereleases=True), (name, str(each))
                new = {(canonicalize_name(each.name), more) for more in ("", *each.extras)}
                ahead += sorted(new - reached)
                reached |= new
    assert {name for name, _ in reached} | {"pip"} == wheels.keys()
    for development in ("pytest", "mypy", "ruff", "hypothesis", "selenium", "hatchling"):
        assert development not in wheels


def test_each_wheel_is_the_locked_file(windows: Made) -> None:
    """Its sum stands in requirements.txt, and alone in what the installer holds it against."""
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    pip = (ROOT / "scripts/bundling/carried/pip.txt").read_text(encoding="utf-8")
    lines = dict(line.split("==", 1) for line in windows.text("requirements.txt").splitlines())
    for name, place in _wheels(windows).items():
        sha256 = hashlib.sha256(windows.held[place]).hexdigest()
        if name != "lxgeo":
            assert sha256 in (pip if name == "pip" else lock)
        if name != "pip":
            assert lines.pop(name).endswith(f" --hash=sha256:{sha256}")
    assert lines == {}


def test_pip_finds_everything_in_the_bundle(windows: Made, tmp_path: Path) -> None:
    """Pip's own resolver, told to install for Windows with no index, is content."""
    with zipfile.ZipFile(windows.path) as parts:
        parts.extractall(tmp_path)
    wheels = tmp_path / windows.folder / "wheels"
    options = ["--dry-run", "--no-index", f"--find-links={wheels}", "--only-binary=:all:"]
    options += ["--platform=win_amd64", "--python-version=3.11", f"--target={tmp_path / 'x'}"]
    asked = f"lxgeo[{bundle.EXTRAS}]"
    command = [sys.executable, "-m", "pip", "--isolated", "install", *options, asked]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert re.search(r"^Would install .*\blxgeo-", done.stdout, re.MULTILINE)


def test_scripts_and_notes_read_right_on_windows(windows: Made) -> None:
    """CRLF throughout; no mark before a script; ASCII up to the lines that say 65001 first."""
    for name in ("install.cmd", "python.txt", "README.txt"):
        assert windows.text(name).replace("\r\n", "").count("\n") == 0
        assert windows.text(name).endswith("\r\n")
    script = windows.text("install.cmd")
    plain, _, packed = script.partition("\r\n:packed\r\n")
    assert plain.isascii()
    assert packed.startswith("chcp 65001 >nul\r\n")
    assert not packed.isascii()
    assert "@" not in script.replace("@echo off", "")
    assert windows.held["README.txt"].startswith(b"\xef\xbb\xbf")
    # What cmd expands to a path stands within quotes: names may hold spaces and ampersands.
    for line in plain.splitlines():
        for place in ("%HERE%", "%LOCAL%", "%ProgramFiles%"):
            assert line.count(place) == len(re.findall(rf'"[^"]*{place}[^"]*"', line)), line


def test_scripts_find_the_python_that_the_wheels_are_for(windows: Made) -> None:
    """3.11 in every place, 64 bits, and nothing asks for an administrator."""
    script = windows.text("install.cmd")
    assert "sys.version_info[:2] != (3, 11)" in script
    assert r"Programs\Python\Python311\python.exe" in script
    assert "py -3.11 -c" in script
    assert "InstallAllUsers=0" in script
    assert "runas" not in script.lower()
    told = json.loads(windows.text("bundle.json"))
    assert (told["platform"], told["python"]) == ("windows-x64", "3.11")
    assert "Python 3.11（64 位）" in windows.text("python.txt")


def test_no_path_is_too_long_for_windows(windows: Made) -> None:
    """Installed in a user's folder, every file's path stays below 260 characters."""
    for place in _wheels(windows).values():
        with zipfile.ZipFile(io.BytesIO(windows.held[place])) as parts:
            for name in parts.namelist():
                compiled = len("__pycache__\\.cpython-311") if name.endswith(".py") else 0
                assert len(_INSTALLED) + len(name) + compiled < _MAX_PATH, name
    for name in windows.held:
        assert name.isascii()
        assert len(name) < len("wheels/") + 90


def test_every_library_finds_what_it_loads(windows: Made) -> None:
    """In its own wheel, in Python, in Windows; for numba, where the installer lays it."""
    lacking = set()
    for package, place in _wheels(windows).items():
        with zipfile.ZipFile(io.BytesIO(windows.held[place])) as parts:
            held = [each for each in parts.namelist() if each.endswith((".pyd", ".dll"))]
            there = {each.rpartition("/")[2].lower() for each in held} | _OF_PYTHON | _OF_WINDOWS
            if package == "scikit-learn":
                assert "sklearn/.libs/msvcp140.dll" in held
            for part in held:
                if not part.startswith(_NOT_USED):
                    wanted = loads(parts.read(part)) - there
                    lacking |= {(package, each) for each in wanted if not each.startswith("api-ms")}
    assert lacking == {("numba", "msvcp140.dll")}


@pytest.mark.slow
def test_made_again_it_has_the_same_bytes(windows: Made, tmp_path: Path) -> None:
    """Another folder, another time: the same zip, and the sum beside it is the sum of it."""
    assert bundle.main([f"--out={tmp_path}"]) == 0

    again = tmp_path / windows.path.name
    sha256 = hashlib.sha256(windows.path.read_bytes()).hexdigest()
    assert hashlib.sha256(again.read_bytes()).hexdigest() == sha256
    beside = again.with_name(f"{again.name}.sha256").read_text(encoding="utf-8")
    assert beside == f"{sha256}  {again.name}\n"
