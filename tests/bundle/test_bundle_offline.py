"""The bundle for Linux, installed and used with no network, no administrator, an awkward name."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from bundling.target import Target
from made import Made, Make

from command import Run
from town import PLAN_COST_M, TOLERANCE_M, build_town

_NOBODY = 65534
_COUNTED = "import sys; print(*sys.version_info[:2])"


@dataclass(frozen=True)
class Office:
    """A user's account on a machine of its own network, which has none."""

    home: Path
    under: tuple[str, ...]

    def run(self, *command: str | Path, cwd: Path | None = None) -> tuple[int, str, str]:
        """Run a command as that user; return its exit code and what it said."""
        # The user's own settings would lead pip elsewhere; it must not listen to them.
        env = {"HOME": str(self.home), "PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8"}
        env |= {"PIP_INDEX_URL": "https://127.0.0.1:9/", "PYTHONPATH": "/nowhere"}
        done = subprocess.run([*self.under, *map(str, command)], cwd=cwd or self.home, env=env,
                              capture_output=True, encoding="utf-8", check=False)  # fmt: skip
        return done.returncode, done.stdout, done.stderr

    def own(self) -> None:
        """Hand everything below the home over to the user."""
        if os.geteuid() == 0:
            for path in [self.home, *self.home.rglob("*")]:
                os.chown(path, _NOBODY, _NOBODY)


@pytest.fixture(scope="module")
def office() -> Iterator[Office]:
    """Return an account whose home has a space and Chinese characters in its path."""
    if (unshare := shutil.which("unshare")) is None:
        pytest.skip("no unshare: apt-get install util-linux")
    if os.geteuid() == 0:
        user = ("setpriv", f"--reuid={_NOBODY}", f"--regid={_NOBODY}", "--clear-groups")
        under = (unshare, "--net", *user, "--no-new-privs", "--inh-caps=-all")
    else:
        under = (unshare, "--net", "--map-current-user")
    # Not below pytest's own folder: that is closed to other users.
    with tempfile.TemporaryDirectory(prefix="lxgeo-office-") as folder:
        Path(folder).chmod(0o755)
        made = Office(Path(folder) / "张 三", under)
        made.home.mkdir()
        made.own()
        code, _, err = made.run("true")
        if code:
            pytest.skip(f"no network namespace is to be had: {err}")
        yield made


@pytest.fixture(scope="module")
def linux(office: Office, make: Make) -> Made:
    """Return the bundle for the Python that every user of this machine has."""
    code, told, _ = office.run("python3", "-c", _COUNTED)
    if code or tuple(map(int, told.split())) < (3, 11):
        pytest.skip("no python3 of 3.11 or newer that any user can run: apt-get install python3")
    major, minor = map(int, told.split())
    return make(Target("linux-x64", (major, minor)))


@pytest.mark.slow
def test_a_planner_installs_and_plans_without_a_network(
    office: Office, linux: Made, lxgeo: Run, tmp_path: Path
) -> None:
    """From the zip to a verified plan, and the very lists that this machine's lxgeo writes."""
    code, devices, _ = office.run("cat", "/proc/net/dev")
    assert code == 0
    assert [line.split(":")[0].strip() for line in devices.splitlines()[2:]] == ["lo"]
    code, told, _ = office.run("id", "-u")
    assert told.strip() != "0"

    with zipfile.ZipFile(linux.path) as parts:
        parts.extractall(office.home / "下载")
    unpacked = office.home / "下载" / linux.folder
    mine = office.home / "我的 台账"
    mine.mkdir()
    town = build_town(mine)
    office.own()

    code, said, err = office.run("sh", unpacked / "install.sh")
    assert (code, err) == (0, "")
    assert "测算建议，以党委审批为准" in said
    home = office.home / "lxgeo"
    assert f"卸载：删除文件夹 {home}\n" in said
    assert (home / "demo/maps/demo.html").read_bytes() == linux.held["demo/maps/demo.html"]
    assert (home / "start.html").read_bytes() == linux.held["start.html"]
    assert len([*(home / "env").iterdir()]) == 1

    asked = ("plan", town.ledger.name, "--areas", "areas", "--name", "r")
    code, said, err = office.run(home / "lxgeo", *asked, cwd=mine)
    assert code == 0, err
    out = mine / "outputs"
    summary = json.loads((out / "r/summary.json").read_text(encoding="utf-8"))
    assert summary["plan_cost_m"] == pytest.approx(PLAN_COST_M, abs=TOLERANCE_M)
    assert (
        lxgeo("plan", town.ledger, "--areas", town.areas, "--out", tmp_path, "--name", "r").code
        == 0
    )
    for name in ("r/units.csv", "r/branches.geojson", "r/report.html", "maps/r.html"):
        assert (out / name).read_bytes() == (tmp_path / name).read_bytes()

    code, said, err = office.run(home / "lxgeo", "verify", out / "r")
    assert code == 0, said + err
    # Nothing was written but what was told: deleting one folder leaves no trace.
    assert {each.name for each in office.home.iterdir()} == {"下载", "我的 台账", "lxgeo"}


@pytest.mark.slow
def test_a_wheel_that_was_changed_is_not_installed(linux: Made, tmp_path: Path) -> None:
    """One byte of one wheel: pip names it, and no command comes into being."""
    with zipfile.ZipFile(linux.path) as parts:
        parts.extractall(tmp_path)
    unpacked = tmp_path / linux.folder
    (wheel,) = (unpacked / "wheels").glob("click-*.whl")
    changed = bytearray(wheel.read_bytes())
    changed[len(changed) // 2] ^= 1
    wheel.write_bytes(changed)
    code, _, err = Office(tmp_path, ()).run("/bin/sh", unpacked / "install.sh")

    assert code == 1
    assert "DO NOT MATCH THE HASHES" in err
    assert hashlib.sha256(changed).hexdigest() in err
    assert "没有装成" in err
    assert not (tmp_path / "lxgeo" / "lxgeo").exists()


def test_the_installer_says_what_to_do_without_python(linux: Made, tmp_path: Path) -> None:
    """With no Python to be found: in Chinese where to get one, and exit code 1."""
    for name in ("install.sh", "python.txt"):
        (tmp_path / name).write_bytes(linux.held[name])
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("dirname", "cat"):
        (tools / name).symlink_to(str(shutil.which(name)))
    env = {"PATH": str(tools), "HOME": str(tmp_path)}
    done = subprocess.run(["/bin/sh", str(tmp_path / "install.sh")], env=env, capture_output=True,
                          encoding="utf-8", check=False)  # fmt: skip

    assert done.returncode == 1
    assert done.stderr.encode() == linux.held["python.txt"]
    assert f"没有找到带 venv 的 Python {linux.target.version}" in done.stderr
    assert "不需要管理员" in done.stderr
