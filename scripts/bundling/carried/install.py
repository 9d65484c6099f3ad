# ruff: noqa: INP001 -- carried in the bundle, beside its wheels
"""Install lxgeo from this folder into a folder of the user's: no network, no administrator.

Runs on the standard library of the Python that was found. Nothing outside the chosen folder is
written, but for one small file on a Windows desktop.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

HERE = Path(__file__).resolve().parent
MARK = "bundle.json"
NEEDED_BYTES = 2_000_000_000
CARRIED = ("start.html", "style.css", "LICENSE", "docs")
WINDOWS = os.name == "nt"


class CannotError(Exception):
    """What is wrong and what to do, in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh}\n{en}")


def main() -> int:
    """Install, run the demo, open the start page; return the exit code."""
    asked = _asked()
    target = asked.to.expanduser().absolute()
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        bundle = json.loads((HERE / MARK).read_text(encoding="utf-8"))
        _fitting(bundle)
        _free(target)
        _say(f"安装到 {target}", f"installing into {target}")
        python = _environment(target, bundle["id"])
        _wheels(python)
        if WINDOWS:
            _runtime(python)
        if not asked.no_demo:
            _demo(target, python)
        _carry(target, python)
        _forget_old(target, python)
    except CannotError as why:
        sys.stderr.write(f"\n{why}\n")
        return 1
    except OSError as why:
        sys.stderr.write(f"\n没有装成：{why}\nnot installed: {why}\n")
        return 1
    shortcut = None if asked.no_shortcut else _shortcut(target)
    _farewell(target, shortcut)
    if not asked.no_open:
        _open(target / "start.html")
    return 0


def _asked() -> argparse.Namespace:
    about = "离线安装 lxgeo / install lxgeo without a network"
    parser = argparse.ArgumentParser(description=about)
    where = "装到哪个文件夹 / folder to install into (~/lxgeo)"
    parser.add_argument("--to", type=Path, default=Path("~/lxgeo"), metavar="DIR", help=where)
    parser.add_argument("--no-demo", action="store_true", help="不算演示区 / leave out the demo")
    parser.add_argument("--no-open", action="store_true", help="不打开开始页 / open no page")
    note = "不放桌面图标 / put nothing on the desktop"
    parser.add_argument("--no-shortcut", action="store_true", help=note)
    return parser.parse_args()


def _say(zh: str, en: str) -> None:
    sys.stdout.write(f"{zh}\n  {en}\n")
    sys.stdout.flush()


def _fitting(bundle: dict[str, str]) -> None:
    """Refuse another system, another processor, another Python."""
    system = "windows" if WINDOWS else sys.platform
    machine = {"amd64": "x64", "x86_64": "x64"}.get(platform.machine().lower())
    here = f"{system}-{machine or platform.machine()}"
    if here != bundle["platform"]:
        raise CannotError(
            f"这个安装包是给 {bundle['platform']} 做的，这台机器是 {here}；请换对应的安装包。",
            f"this bundle is for {bundle['platform']}, this machine is {here}: get the other one.",
        )
    version = ".".join(map(str, sys.version_info[:2]))
    if version != bundle["python"]:
        raise CannotError(
            f"要 Python {bundle['python']}，这是 {version}；请用 install.cmd、install.sh 装。",
            f"Python {bundle['python']} is needed, not {version}: use install.cmd or .sh",
        )


def _free(target: Path) -> None:
    """Refuse a folder of somebody else's, and a disk that is too full."""
    if target == HERE or HERE in target.parents or target in HERE.parents:
        raise CannotError(
            "请装到安装包以外的文件夹。", "choose a folder outside the unpacked bundle."
        )
    if target.is_dir() and any(target.iterdir()) and not (target / MARK).is_file():
        raise CannotError(
            f"{target} 里已经有别的东西；请用 --to 另选一个文件夹。",
            f"{target} holds something else: choose another folder with --to.",
        )
    target.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(HERE / MARK, target / MARK)
    free = shutil.disk_usage(target).free
    if free < NEEDED_BYTES:
        raise CannotError(
            f"磁盘只剩 {free / 1e9:.1f} GB，需要 {NEEDED_BYTES / 1e9:.0f} GB。",
            f"{free / 1e9:.1f} GB are free, {NEEDED_BYTES / 1e9:.0f} GB are needed.",
        )


def _environment(target: Path, stamp: str) -> Path:
    """Make an environment of its own for this bundle and return its Python."""
    # Never over the one in use, not even to mend it: that one works until this one does.
    names = (stamp, *(f"{stamp}-{again}" for again in range(1, 100)))
    folder = next(each for name in names if not (each := target / "env" / name).exists())
    base = Path(sys.executable)
    if HERE in base.parents:  # a Python that was laid beside the installer moves in too
        shutil.copytree(HERE / "python", folder / "python", symlinks=True)
        base = folder / base.relative_to(HERE)
    # Without pip: some systems take ensurepip out of Python; the bundle brings pip along.
    _run([str(base), "-m", "venv", "--without-pip", str(folder)])
    return folder / ("Scripts/python.exe" if WINDOWS else "bin/python")


def _wheels(python: Path) -> None:
    """Install every wheel, each held against its hash; no index, no settings of the user's."""
    _say("安装组件（几分钟）……", "installing the parts (a few minutes) …")
    (pip,) = (HERE / "wheels").glob("pip-*.whl")
    options = ["--no-index", f"--find-links={HERE / 'wheels'}", "--only-binary=:all:"]
    # Python compiles what it loads when it does; compiling it all takes longer than the rest.
    options += ["--require-hashes", "--no-cache-dir", "--no-compile", "--no-input", "--quiet"]
    _run([str(python), str(pip / "pip"), "install", *options, "-r", str(HERE / "requirements.txt")])


def _runtime(python: Path) -> None:
    """Lay Microsoft's C++ library beside the parts of numba, which need it and don't bring it.

    Python's installer leaves it out, and Microsoft's own wants an administrator; scikit-learn's
    wheel carries it.
    """
    packages = python.parents[1] / "Lib" / "site-packages"
    library = packages / "sklearn" / ".libs" / "msvcp140.dll"
    for folder in {part.parent for part in (packages / "numba").rglob("*.pyd")}:
        shutil.copyfile(library, folder / library.name)


def _run(command: list[str], folder: Path | None = None) -> str:
    """Run a program with none of the user's Python settings; return what it said."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PIP_", "PYTHON"))}
    kept |= {"PIP_CONFIG_FILE": os.devnull, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    kept |= {"PYTHONUTF8": "1", "PYTHONNOUSERSITE": "1"}
    done = subprocess.run(  # noqa: S603 - our own words
        command, env=kept, cwd=folder, capture_output=True, encoding="utf-8", errors="replace",
        check=False,
    )  # fmt: skip
    if done.returncode:
        told = "\n".join((done.stdout + done.stderr).strip().splitlines()[-12:])
        raise CannotError(f"没有装成：\n{told}", "not installed; nothing of it is in use.")
    return done.stdout


def _carry(target: Path, python: Path) -> None:
    """Lay down the pages and what starts the program; the old ones hold until then."""
    for name in CARRIED:
        source = HERE / name
        if source.is_dir():
            shutil.rmtree(target / name, ignore_errors=True)
            shutil.copytree(source, target / name)
        else:
            shutil.copyfile(source, target / name)
    for name, text in (_windows(target, python) if WINDOWS else _posix(target, python)).items():
        beside = target / f"{name}.new"
        beside.write_bytes(text.encode())
        beside.chmod(0o755)
        beside.replace(target / name)


def _posix(target: Path, python: Path) -> dict[str, str]:
    inside = python.relative_to(target).as_posix()
    return {
        "lxgeo": "#!/bin/sh\n"
        "# Runs from wherever this folder lies; spaces and Chinese in its path are no matter.\n"
        'here=$(CDPATH="" cd -- "$(dirname -- "$0")" && pwd) || exit 1\n'
        f'PYTHONNOUSERSITE=1 exec "$here/{inside}" -m lxgeo "$@"\n'
    }


def _windows(target: Path, python: Path) -> dict[str, str]:
    """Return scripts in plain ASCII: they name their own folder by %~dp0 and nothing else."""
    inside = str(python.relative_to(target)).replace("/", "\\")
    head = "@echo off\nsetlocal\nset PYTHONUTF8=1\nset PYTHONNOUSERSITE=1\n"
    run = f'"%~dp0{inside}" -m lxgeo'
    # pushd also goes to a share of the office's; named from there, a run tells no user's folder.
    drop = 'if "%~1"=="" (start "" "%~dp0start.html" & exit /b 2)\npushd "%~dp1"\n'
    file, report = '".\\%~nx1"', '--report ".\\%~n1-check.xlsx"'
    scripts = {
        "lxgeo.cmd": f"{head}{run} %*\n",
        "检查台账（把台账拖到这里）.cmd": f"{head}{drop}{run} check {file} {report}\npause\n",
        "测算方案（把台账拖到这里）.cmd": f"{head}{drop}{run} plan {file} --areas areas\npause\n",
        "命令窗口.cmd": '@echo off\nset "PATH=%~dp0;%PATH%"\ncd /d "%USERPROFILE%"\n'
        "cmd /k lxgeo --help\n",
    }
    return {name: text.replace("\n", "\r\n") for name, text in scripts.items()}


def _demo(target: Path, python: Path) -> None:
    """Run the fictional district: it proves the installation, and compiles what runs fast later."""
    _say("算一遍演示区（一两分钟，只慢这一次）……", "running the demo (slow this once) …")
    folder = target / "demo"
    folder.mkdir(exist_ok=True)
    layers = folder / "areas"
    command = [str(python), "-m", "lxgeo", "demo", "--out", str(folder), "--folder", str(layers)]
    told = _run(command, folder).splitlines()
    sys.stdout.write("\n".join([*told[-6:], ""]))


def _forget_old(target: Path, python: Path) -> None:
    """Remove earlier environments, whole or broken off: the new one works."""
    for old in (target / "env").iterdir():
        if old not in python.parents:
            shutil.rmtree(old, ignore_errors=True)


def _shortcut(target: Path) -> Path | None:
    """Put a small file on a Windows desktop that opens the start page."""
    desktop = Path.home() / "Desktop"
    if not WINDOWS or target != Path.home() / "lxgeo" or not desktop.is_dir():
        return None
    path = desktop / "lxgeo.cmd"
    path.write_bytes(b'@start "" "%USERPROFILE%\\lxgeo\\start.html"\r\n')
    return path


def _open(page: Path) -> None:
    """Show a page, where there is a screen to show it on and something that shows pages."""
    if WINDOWS:
        with suppress(OSError):
            os.startfile(page)  # type: ignore[attr-defined]  # noqa: S606 - a page of our own
    elif os.environ.get("DISPLAY") and (opener := shutil.which("xdg-open")):
        subprocess.Popen([opener, str(page)])  # noqa: S603 - a page of our own


def _farewell(target: Path, shortcut: Path | None) -> None:
    start = target / ("lxgeo.cmd" if WINDOWS else "lxgeo")
    _say(f"\n装好了。开始页：{target / 'start.html'}", "installed; the start page is there")
    _say(f"命令：{start}", "the command")
    if shortcut is None:
        _say(f"卸载：删除文件夹 {target}", "to uninstall, delete that folder")
    else:
        _say(f"卸载：删除文件夹 {target} 和 {shortcut}", "to uninstall, delete these two")


if __name__ == "__main__":
    sys.exit(main())
