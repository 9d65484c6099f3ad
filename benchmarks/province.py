"""A province county by county: how long each stage takes, and that memory follows one county.

``python benchmarks/province.py [COUNTIES] [UNITS_PER_COUNTY] [--effort E] [--at-once N]
[--joining SHARE] [--lists] [--json FILE] [--keep DIR]`` makes a province (5 counties of 20,000
units if not said), runs ``lxgeo plan --by-county`` on it in a process of its own, and prints
seconds by stage, throughput and peak memory; then plans one county alone, stage by stage, to tell
how much memory each stage takes at most.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from lxgeo.scenario import STAGES
from provincial.counties import write_province
from provincial.watched import Watched, watch

_MB = 1 << 20
_ALONE = Path(__file__).parent / "provincial" / "alone.py"


def main() -> None:
    """Make a province, plan it, print what it took."""
    asked = _asked()
    if asked.keep is not None:
        _measure(asked, asked.keep)
        return
    with TemporaryDirectory(prefix="province-") as folder:
        _measure(asked, Path(folder))


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("counties", type=int, nargs="?", default=5)
    parser.add_argument("units", type=int, nargs="?", default=20_000)
    parser.add_argument("--effort", choices=["fast", "standard", "best"], default="standard")
    parser.add_argument("--at-once", type=int, default=1)
    parser.add_argument("--joining", type=float, default=0.4)
    parser.add_argument("--lists", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--keep", type=Path)
    return parser.parse_args()


def _measure(asked: argparse.Namespace, folder: Path) -> None:
    shape = asked.counties, asked.units
    write_province(folder, *shape, joining=asked.joining, seed=asked.seed)
    more = ["--lists"] if asked.lists else []
    ran = watch(
        [
            *(sys.executable, "-m", "lxgeo", "plan", str(folder / "ledgers"), "--by-county"),
            *("--areas", str(folder / "areas"), "--out", str(folder / "out"), "--name", "province"),
            *("--effort", asked.effort, "--at-once", str(asked.at_once), *more),
        ]
    )
    if ran.code:
        sys.exit(ran.out)
    checked = watch([sys.executable, "-m", "lxgeo", "verify", str(folder / "out" / "province")])
    told = _told(asked, folder / "out" / "province", ran, checked)
    told["one_county"] = _alone(folder, asked.effort)
    _print(told)
    if asked.json is not None:
        asked.json.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")


def _told(asked: argparse.Namespace, run: Path, ran: Watched, checked: Watched) -> dict[str, Any]:
    counties = [json.loads(path.read_text("utf-8")) for path in (run / "counties").iterdir()]
    summary = json.loads((run / "summary.json").read_text("utf-8"))
    spent: Counter[str] = Counter()
    for county in counties:
        spent.update(county["seconds"])
    ours = {name: path.stat().st_size for path in run.rglob("*.*") for name in [path.name]}
    return {
        "counties": asked.counties,
        "units_per_county": asked.units,
        "units": summary["units"],
        "must_join": summary["must_join"],
        "effort": asked.effort,
        "at_once": asked.at_once,
        "lists": asked.lists,
        "stage_seconds": {stage: round(spent[stage], 2) for stage in STAGES},
        "published_together_s": round(summary["seconds"]["publish"], 2),
        "wall_s": round(ran.wall_s, 1),
        "processor_s": round(ran.processor_s, 1),
        "units_per_s": round(summary["units"] / ran.wall_s),
        "peak_mb": ran.peak_bytes // _MB,
        "run_mb": sum(path.stat().st_size for path in run.rglob("*.*")) // _MB,
        "files": len(ours),
        "gap": summary["gap"],
        "verify": {
            "code": checked.code,
            "wall_s": round(checked.wall_s, 1),
            "processor_s": round(checked.processor_s, 1),
            "peak_mb": checked.peak_bytes // _MB,
        },
        "machine": platform.platform(),
        "versions": summary["versions"],
    }


def _alone(folder: Path, effort: str) -> dict[str, dict[str, float]]:
    """Return stage → what one county takes in it, alone in one process and on one core."""
    ledgers = folder / "ledgers"
    county = max(ledgers.iterdir(), key=lambda each: (each / "part-0.parquet").stat().st_size)
    areas = folder / "areas" / county.name.removeprefix("county=")
    ledger = county / "part-0.parquet"
    command = [sys.executable, str(_ALONE), str(ledger), str(areas), effort, str(folder)]
    ran = watch(command)
    if ran.code:
        sys.exit(ran.out)
    told: dict[str, dict[str, float]] = json.loads(ran.out)
    return told


def _print(told: dict[str, Any]) -> None:
    print(
        f"{told['counties']} counties x {told['units_per_county']:,} units, "
        f"{told['must_join']:,} to join, {told['effort']}, {told['at_once']} at once"
    )
    print(f"{'stage':10}{'seconds':>9}{'share':>7}{'units/s':>9}   one county alone, on one core:")
    every = sum(told["stage_seconds"].values())
    for stage, alone in told["one_county"].items():
        seconds = told["stage_seconds"].get(stage)
        rate = (
            f"{seconds:9.1f}{seconds / every:7.0%}{told['units'] / seconds:9,.0f}"
            if seconds
            else ""
        )
        print(
            f"{stage:10}{rate:25}   "
            f"{alone['processor_s']:6.1f} s of processor, peak {alone['peak_mb']:,.0f} MB"
        )
    print(f"{'together':10}{told['published_together_s']:9.1f}")
    print(
        f"whole: {told['wall_s']:.1f} s wall, {told['processor_s']:.1f} s of processors, "
        f"{told['units_per_s']:,} units/s, peak {told['peak_mb']:,} MB, gap {told['gap']:.2%}"
    )
    check = told["verify"]
    print(
        f"verify: exit {check['code']}, {check['wall_s']:.1f} s wall, "
        f"{check['processor_s']:.1f} s of processors, peak {check['peak_mb']:,} MB"
    )


if __name__ == "__main__":
    main()
