"""spopt's max-p regions, in a process and an environment of their own.

As a script it reads a JSON township from standard input, groups it, and writes groups, processor
seconds and version as JSON; it needs no lxgeo.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
import warnings
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from planning.peers import Groups, Problem

_HERE = Path(__file__).resolve()
INSTALL = (
    "python3 -m venv .venv-plan-peers && "
    ".venv-plan-peers/bin/pip install -r benchmarks/planning/peers.txt"
)
_NEIGHBOURS = 8
_SEED = 1

# --- asked from the benchmark


def peers_python() -> Path | None:
    """Return the Python that has spopt, none where there is none."""
    told = os.environ.get("LXGEO_PLAN_PEERS")
    python = Path(told) if told else _HERE.parents[2] / ".venv-plan-peers" / "bin" / "python"
    return python if python.exists() else None


@dataclass
class MaxP:
    """Asks spopt for max-p regions.

    Parameters
    ----------
    python
        Its Python.
    seconds
        Processor seconds that it told so far, of the grouping alone.
    version
        Of spopt, once it has answered.
    """

    python: Path
    seconds: float = 0.0
    version: str = ""

    def __call__(self, problem: Problem) -> Groups:
        """Return regions of at least three full members."""
        import numpy as np

        sites = problem.sites
        asked = {
            "x": sites.x.tolist(),
            "y": sites.y.tolist(),
            "trade": sites.trade.tolist(),
            "full": problem.full.tolist(),
            "threshold": problem.policy.joint_min_full,
            "step_m": problem.policy.trade_m / 4,
        }
        done = subprocess.run(  # noqa: S603 -- a Python that the caller names
            [self.python, _HERE],
            input=json.dumps(asked),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            check=True,
        )
        answer = json.loads(done.stdout)
        self.seconds += answer["seconds"]
        self.version = answer["version"]
        return np.array(answer["groups"], dtype=np.int64)


# --- answered in the peer's environment


def main() -> None:
    """Answer the benchmark."""
    asked = json.load(sys.stdin)
    warnings.simplefilter("ignore")
    with contextlib.redirect_stdout(sys.stderr):
        groups, seconds = _regions(asked)
    version = metadata.version("spopt")
    json.dump({"groups": groups, "seconds": seconds, "version": version}, sys.stdout)


def _regions(asked: dict[str, Any]) -> tuple[list[int], float]:
    """Return the region of each unit, and how long finding them took.

    Attributes are such that the distance between two units, summed over all of them, is metres
    east-west and north-south and what their trades are apart.
    """
    import geopandas as gpd
    import numpy as np
    from libpysal.weights import KNN, attach_islands  # type: ignore[import-not-found]
    from spopt.region import MaxPHeuristic  # type: ignore[import-not-found]

    np.random.seed(_SEED)  # noqa: NPY002 -- spopt draws from it
    columns = {"x": asked["x"], "y": asked["y"], "full": asked["full"]}
    trade = np.array(asked["trade"])
    for level in range(trade.shape[1]):
        for code in np.unique(trade[:, level]):
            same = trade[:, level] == code
            columns[f"trade{level}_{code}"] = same * asked["step_m"] / 2
    units = gpd.GeoDataFrame(columns, geometry=gpd.points_from_xy(asked["x"], asked["y"]))
    near = KNN.from_dataframe(units, k=_NEIGHBOURS, silence_warnings=True).symmetrize()
    near = attach_islands(near, near) if near.islands else near
    names = [name for name in columns if name != "full"]
    began = time.process_time()
    model = MaxPHeuristic(units, near, names, "full", asked["threshold"], top_n=2)
    model.solve()
    return [int(each) for each in model.labels_], time.process_time() - began


if __name__ == "__main__":
    main()
