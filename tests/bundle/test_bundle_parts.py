"""What a bundle refuses, what its pages say, and what its installer writes on Windows."""

from __future__ import annotations

import importlib.util
import re
import shutil
import sys
from html.parser import HTMLParser
from pathlib import Path, PureWindowsPath
from types import ModuleType
from urllib.parse import unquote

import pytest
from bundling.archive import write_zip
from bundling.locked import Pinned, read_lock
from bundling.target import Target
from bundling.wheels import BundleError, Wheel, checked, gather, look_at
from made import ROOT, Made
from packaging.requirements import Requirement

import bundle

WINDOWS, LINUX = Target("windows-x64", (3, 11)), Target("linux-x64", (3, 11))


@pytest.mark.parametrize(
    ("file", "target", "runs"),
    [
        ("a-1-cp311-cp311-win_amd64.whl", WINDOWS, True),
        ("a-1-cp39-abi3-win_amd64.whl", WINDOWS, True),
        ("a-1-py3-none-any.whl", WINDOWS, True),
        ("a-1-cp312-cp312-win_amd64.whl", WINDOWS, False),
        ("a-1-cp311-cp311-win32.whl", WINDOWS, False),
        ("a-1-cp311-cp311-win_arm64.whl", WINDOWS, False),
        ("a-1-cp311-cp311-manylinux_2_28_x86_64.whl", WINDOWS, False),
        ("a-1-cp311-cp311-manylinux_2_28_x86_64.whl", LINUX, True),
        ("a-1-cp311-cp311-manylinux2014_x86_64.whl", LINUX, True),
        ("a-1-cp311-cp311-manylinux_2_34_x86_64.whl", LINUX, False),
        ("a-1-cp311-cp311-manylinux_2_28_aarch64.whl", LINUX, False),
        ("a-1-cp311-cp311-musllinux_1_2_x86_64.whl", LINUX, False),
    ],
)
def test_a_wheel_for_another_machine_is_refused(
    tmp_path: Path,
    file: str,
    target: Target,
    runs: bool,  # noqa: FBT001
) -> None:
    """Another system, processor, Python or a newer C library than the oldest that we promise."""
    path = tmp_path / file
    path.write_bytes(b"")
    if runs:
        assert look_at(path, target).name == "a"
    else:
        with pytest.raises(BundleError, match=re.escape(file)):
            look_at(path, target)


def test_a_wheel_with_other_bytes_is_refused(tmp_path: Path) -> None:
    """One byte more, or another version: it is named."""
    path = tmp_path / "a-1-py3-none-any.whl"
    path.write_bytes(b"right")
    wheel = look_at(path, WINDOWS)
    assert checked(wheel, Pinned("a", "1", frozenset({wheel.sha256}))) == wheel
    for other in (Pinned("a", "1", frozenset({"0" * 64})), Pinned("a", "2", frozenset())):
        with pytest.raises(BundleError, match=r"a-1-py3-none-any\.whl"):
            checked(wheel, other)


def test_a_wheel_in_the_store_is_held_against_the_lock_again(tmp_path: Path) -> None:
    """What was kept from the last time may have been changed since."""
    (tmp_path / "a-1-py3-none-any.whl").write_bytes(b"changed")
    own = Wheel(tmp_path / "lxgeo-0-py3-none-any.whl", "lxgeo", "0", "")
    lock = {"a": Pinned("a", "1", frozenset({"0" * 64}))}
    with pytest.raises(BundleError, match=r"a-1-py3-none-any\.whl"):
        gather(own, [Requirement("a")], lock, WINDOWS, tmp_path)


def test_a_package_that_is_not_locked_is_refused(tmp_path: Path) -> None:
    """By name, with the target."""
    own = Wheel(tmp_path / "lxgeo-0-py3-none-any.whl", "lxgeo", "0", "")
    with pytest.raises(BundleError, match="windows-x64-py311: b"):
        gather(own, [Requirement("b")], {}, WINDOWS, tmp_path)


@pytest.mark.parametrize(
    "text", ["a>=1 --hash=sha256:00\n", "a==1\n", "a==1 --hash=sha256:00\na==2 --hash=sha256:00\n"]
)
def test_a_lock_that_leaves_a_choice_is_refused(tmp_path: Path, text: str) -> None:
    """No exact version, no hash, or two versions on one machine."""
    path = tmp_path / "requirements.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"requirements\.txt: a"):
        read_lock(path, WINDOWS.environment)


def test_the_lock_is_read_for_the_machine(tmp_path: Path) -> None:
    """Markers choose: colorama on Windows alone; the numpy of the Python that is meant."""
    path = tmp_path / "requirements.txt"
    path.write_text(
        "colorama==0.4.6 ; sys_platform == 'win32' \\\n    --hash=sha256:aa\n"
        "numpy==2.4 ; python_full_version < '3.12' --hash=sha256:bb\n"
        "numpy==2.5 ; python_full_version >= '3.12' --hash=sha256:cc\n",
        encoding="utf-8",
    )
    newer = Target("windows-x64", (3, 12))
    assert read_lock(path, WINDOWS.environment).keys() == {"colorama", "numpy"}
    assert read_lock(path, LINUX.environment)["numpy"] == Pinned("numpy", "2.4", frozenset({"bb"}))
    assert read_lock(path, newer.environment)["numpy"].version == "2.5"


def test_a_zip_follows_from_what_is_in_it(tmp_path: Path) -> None:
    """The order in which it is told, and the times of the files, are no matter."""
    script = tmp_path / "b.sh"
    script.write_text("echo", encoding="utf-8")
    one = write_zip(tmp_path / "1.zip", "x", {"a": b"1", "b.sh": script})
    shutil.copyfile(script, tmp_path / "later.sh")
    other = write_zip(tmp_path / "2.zip", "x", {"b.sh": tmp_path / "later.sh", "a": b"1"})
    assert one == other
    assert write_zip(tmp_path / "3.zip", "x", {"a": b"2", "b.sh": script}) != one


class _Links(HTMLParser):
    """The links, pictures and styles of a page, and the names that links may lead to."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.named: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what leads somewhere."""
        del tag
        for name, value in attrs:
            if name in {"href", "src"} and value:
                self.found.append(value)
            if name == "id" and value:
                self.named.add(value)


def test_every_link_leads_to_something_in_the_bundle(windows: Made) -> None:
    """Pages, pictures, styles and the parts of pages; pages of the net are links alone."""
    pages = {name: _Links(text.decode()) for name, text in windows.held.items()
             if name.endswith(".html") and not name.startswith("demo/")}  # fmt: skip
    assert {"start.html", "docs/install.html", "docs/check.html", "docs/areas.html"} <= set(pages)
    for name, page in pages.items():
        assert "Content-Security-Policy" in windows.text(name)
        assert "<script" not in windows.text(name)
        for link in page.found:
            if re.match(r"https?://", link):
                assert f'<a href="{link}"' in windows.text(name).replace("&amp;", "&")
                continue
            file, _, part = link.partition("#")
            parts = [*Path(name).parent.parts, *Path(file).parts] if file else [name]
            while ".." in parts:
                parts = parts[2:]
            goal = "/".join(parts)
            assert goal in windows.held, f"{name} → {link}"
            if part:
                assert unquote(part) in pages[goal].named, f"{name} → {link}"


def test_the_first_page_says_what_to_do_first(windows: Made) -> None:
    """The demo's map to look at, the installer to start, the way out; Chinese, English beside."""
    page = windows.text("start.html")
    assert page.index("demo/maps/demo.html") < page.index("install.cmd") < page.index("卸载")
    assert b"<!doctype html>" in windows.held["demo/maps/demo.html"][:100].lower()
    assert 'lang="zh-CN"' in page
    assert page.count('lang="en"') >= 6
    assert "@" not in page
    assert "不得录入涉密数据" in page


@pytest.fixture
def installer() -> ModuleType:
    """Return install.py as a module."""
    path = ROOT / "scripts" / "bundling" / "carried" / "install.py"
    told = importlib.util.spec_from_file_location("install_lxgeo", path)
    assert told is not None
    assert told.loader is not None
    module = importlib.util.module_from_spec(told)
    told.loader.exec_module(module)
    return module


def test_scripts_written_on_windows_hold_no_path_of_the_user(installer: ModuleType) -> None:
    """Plain ASCII with CRLF; they name their own folder by %~dp0, within quotes."""
    target = PureWindowsPath(r"C:\Users\张 三\lxgeo")
    scripts = installer._windows(target, target / "env" / "0123456789" / "Scripts" / "python.exe")

    assert len(scripts) == 4
    for name, text in scripts.items():
        assert name.endswith(".cmd")
        assert text.isascii()
        assert text.replace("\r\n", "").count("\n") == 0
        for line in text.splitlines():
            for place in re.findall(r"%~\w+", line):
                assert re.search(rf'"[^"]*{place}[^"]*"', line), line
    assert r'"%~dp0env\0123456789\Scripts\python.exe" -m lxgeo %*' in scripts["lxgeo.cmd"]
    # Named from its own folder: a share of the office's is no folder to go to, but to be pushed.
    dropped = [text for name, text in scripts.items() if "拖到" in name]
    assert len(dropped) == 2
    for text in dropped:
        assert text.index('pushd "%~dp1"') < text.index(r'".\%~nx1"')
        assert "%~f1" not in text


def test_numba_finds_the_library_that_it_does_not_bring(
    installer: ModuleType, tmp_path: Path
) -> None:
    """Beside each of its compiled parts, as scikit-learn carries it; nowhere else."""
    packages = tmp_path / "Lib" / "site-packages"
    for part in ("numba/_a.pyd", "numba/core/_b.pyd", "numba/core/_c.pyd", "numba/np/plain.py"):
        (packages / part).parent.mkdir(parents=True, exist_ok=True)
        (packages / part).touch()
    (packages / "sklearn/.libs").mkdir(parents=True)
    (packages / "sklearn/.libs/msvcp140.dll").write_bytes(b"C++")
    installer._runtime(tmp_path / "Scripts" / "python.exe")

    laid = {path.parent.name: path.read_bytes() for path in (packages / "numba").rglob("*.dll")}
    assert laid == {"numba": b"C++", "core": b"C++"}


def test_an_update_touches_nothing_of_what_is_in_use(
    installer: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The Python that lies beside the installer goes into the new environment, not over the old."""
    beside = tmp_path / "bundle" / "python" / "bin" / "python3"
    old = tmp_path / "lxgeo" / "env" / "0123456789" / "python" / "bin" / "python3"
    for path, held in ((beside, "new"), (old, "old")):
        path.parent.mkdir(parents=True)
        path.write_text(held, encoding="utf-8")
    commands: list[list[str]] = []
    monkeypatch.setattr(installer, "HERE", tmp_path / "bundle")
    monkeypatch.setattr(installer, "_run", commands.append)
    monkeypatch.setattr("sys.executable", str(beside))
    python = installer._environment(tmp_path / "lxgeo", "0123456789")

    folder = tmp_path / "lxgeo" / "env" / "0123456789-1"
    base = folder / "python" / "bin" / "python3"
    assert commands == [[str(base), "-m", "venv", "--without-pip", str(folder)]]
    assert (base.read_text(encoding="utf-8"), old.read_text(encoding="utf-8")) == ("new", "old")
    assert folder in python.parents


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"platform": "windows-arm64"}, "这个安装包是给 windows-arm64 做的"),
        ({"python": "3.9"}, "要 Python 3.9"),
    ],
)
def test_another_machine_is_told_so(installer: ModuleType, told: dict[str, str], said: str) -> None:
    """The bundle's platform and Python are held against the machine's before a file is written."""
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    with pytest.raises(installer.CannotError, match=said):
        installer._fitting({"platform": "linux-x64", "python": version, **told})


def test_a_folder_of_somebody_elses_is_left_alone(installer: ModuleType, tmp_path: Path) -> None:
    """A folder with anything in it that is no installation: named, and nothing is written."""
    (tmp_path / "台账.xlsx").write_bytes(b"mine")
    with pytest.raises(installer.CannotError, match="里已经有别的东西"):
        installer._free(tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == ["台账.xlsx"]


def test_commands_of_the_page_are_taken(
    installer: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each call of the bundle's and the installer's in docs/install.md, with its options."""
    page = (ROOT / "docs" / "install.md").read_text(encoding="utf-8")
    made = re.findall(r"^\.venv/bin/python scripts/bundle\.py (.*)$", page, re.MULTILINE)
    for line in made:
        asked = bundle._asked(line.split())
        assert asked.platform == "linux-x64"
        assert "dask" in asked.extras
    installed = re.findall(r"`(?:install\.cmd|sh install\.sh) (--[^`]*)`", page)
    places = []
    for line in installed:
        monkeypatch.setattr("sys.argv", ["install.py", *line.split()])
        places.append(str(installer._asked().to))
    assert len(made) == 1
    assert places == [r"D:\软件\lxgeo", "/data/lxgeo", r"C:\lxgeo"]
