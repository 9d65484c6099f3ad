"""A run killed at any moment: never a half is taken for a whole.

``python benchmarks/killed.py [kills]`` publishes the nine-unit town over and over, in turn two
releases of it, each time in a process of its own that is killed (SIGKILL) at a random moment
between its start and a little after its usual end. After each kill a reader looks: the run must be
the old one or the new one, every file as its manifest says. Then the same for ``lxgeo export``.
Prints how often the old and the new one stood, and exits 1 at the first half.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyogrio

sys.path[:0] = [
    str(Path(__file__).parents[1] / "tests"),
    str(Path(__file__).parents[1] / "tests" / "publish"),
]

from town_plan import planned_branches, planned_units, release_of  # noqa: E402 - found just now

from lxgeo.errors import LxgeoError  # noqa: E402
from lxgeo.publish import Record, publish_run  # noqa: E402
from lxgeo.read.run import read_complete_run  # noqa: E402
from lxgeo.scenario.exporting import export_run  # noqa: E402

KILLS = 50


def killed(work: Callable[[], object], after_s: float) -> None:
    """Do a piece of work in a process of its own, and kill it after so long."""
    child = os.fork()
    if child == 0:
        work()
        os._exit(0)
    time.sleep(after_s)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def usual(work: Callable[[], object]) -> float:
    """Return how long a piece of work takes when it is left alone."""
    started = time.perf_counter()
    child = os.fork()
    if child == 0:
        work()
        os._exit(0)
    os.waitpid(child, 0)
    return time.perf_counter() - started


def main() -> int:
    """Kill runs, then exports; return the exit code."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else KILLS
    dice = random.Random(7)  # noqa: S311 - moments, not secrets
    release = release_of(planned_units(), planned_branches())
    releases = [replace(release, lang="zh"), replace(release, lang="en")]
    with tempfile.TemporaryDirectory() as name:
        out = Path(name)

        def publish(turn: int) -> object:
            made = Record(versions={"lxgeo": "0.1.0"}, inputs={"turn": str(turn)})
            return publish_run(out, "town", releases[turn % 2], made, f"<p>{turn}</p>")

        publish(0)
        longest = usual(lambda: publish(0))
        seen: Counter[str] = Counter()
        stands = "0"
        for turn in range(1, kills + 1):
            killed(lambda turn=turn: publish(turn), dice.uniform(0, 1.3 * longest))  # type: ignore[misc]
            try:
                found = read_complete_run(out / "town").inputs["turn"]
            except LxgeoError as error:
                print(f"turn {turn}: half a run\n{error}")
                return 1
            page = (out / "maps" / "town.html").read_text(encoding="utf-8")
            if found not in {stands, str(turn)} or page != f"<p>{found}</p>":
                print(f"turn {turn}: run {found}, page {page}")
                return 1
            seen["new" if found == str(turn) else "old"] += 1
            stands = found
        print(f"runs: {kills} kills, old {seen['old']}, new {seen['new']}, half 0")
        return exports(out / "town", kills, dice)


def exports(run: Path, kills: int, dice: random.Random) -> int:
    """Kill exports in turn to two CRS; every file must be whole, in the one or the other."""
    export_run(run, "gpkg", "4490")
    longest = usual(lambda: export_run(run, "gpkg", "4490"))
    for turn in range(1, kills + 1):
        crs = ("4490", "4544")[turn % 2]
        killed(lambda crs=crs: export_run(run, "gpkg", crs), dice.uniform(0, 1.3 * longest))  # type: ignore[misc]
        for path in sorted((run / "export").glob("*.gpkg")):
            info = pyogrio.read_info(path, layer=path.stem)
            if info["crs"] not in {"EPSG:4490", "EPSG:4544"} or len(info["fields"]) == 0:
                print(f"turn {turn}: {path.name} is {info}")
                return 1
    print(f"exports: {kills} kills, half files 0")
    return 0


if __name__ == "__main__":
    sys.exit(main())
