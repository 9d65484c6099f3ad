"""One county planned alone in one process: processor seconds and peak memory of each stage.

``python alone.py LEDGER AREAS EFFORT FOLDER`` prints them as JSON. The peak is the kernel's mark
of resident memory, set back as each stage begins (Linux).
"""

from __future__ import annotations

import json
import re
import sys
import time
from pathlib import Path

from lxgeo.engine import Engine
from lxgeo.judge import verify
from lxgeo.publish import MapLayers, Record, draw_map
from lxgeo.publish.province import CountyFiles, write_county
from lxgeo.read.partitioned import read_county_tables
from lxgeo.scenario import Scenario, plan_scenario
from lxgeo.scenario.publishing import release_of, versions

_SELF = Path("/proc/self")


class Stages:
    """What each stage takes."""

    def __init__(self) -> None:
        self.told: dict[str, dict[str, float]] = {}
        self._name = "start"
        self._began = 0.0

    def __call__(self, name: str) -> None:
        """End the stage before, begin this one."""
        status = (_SELF / "status").read_text(encoding="ascii")
        peak = re.search(r"VmHWM:\s+(\d+)", status)
        now = time.process_time()
        self.told[self._name] = {
            "processor_s": round(now - self._began, 2),
            "peak_mb": int(peak[1]) // 1024 if peak else 0,
        }
        self._name, self._began = name, now
        (_SELF / "clear_refs").write_text("5", encoding="ascii")


def main() -> None:
    """Plan, write and check one county."""
    ledger, areas, effort, folder = sys.argv[1:]
    stage = Stages()
    scenario = Scenario(Path(ledger), Path(areas), effort=effort, engine=Engine("local", 1))
    planned = plan_scenario(scenario, progress=stage)
    stage("map")
    release = release_of(planned)
    page = draw_map(MapLayers.of(planned, release.texts, release.matters), title="county")
    stage("publish")
    record = Record(versions=versions(), inputs={}, seconds={}, workers=1)
    place = write_county(Path(folder), CountyFiles("alone", "", release, record, page.html))
    stage("read back")
    tables, _ = read_county_tables(lambda file: place / file)
    stage("verify")
    breaches = verify(tables)
    stage("end")
    if breaches:
        sys.exit(f"{len(breaches)} breaches")
    print(json.dumps(stage.told))


if __name__ == "__main__":
    main()
