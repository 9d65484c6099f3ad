"""What may leave the office of a province: its counties and their sum, in ranges."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import shapely

from lxgeo.errors import RunError, Words
from lxgeo.judge.parts import INDEX, KEY
from lxgeo.publish.public import Guarded, Shown, counted, together, whole_of
from lxgeo.read.partitioned import read_outline
from lxgeo.read.run import changed_files, read_manifest
from lxgeo.scenario.province.layers import layers_of_run, townships_of


def counties_shown(run: Path) -> tuple[Guarded, Mapping[str, shapely.Geometry]]:
    """Return what may be shown of a divided run, and its counties' outlines by their codes.

    One county is held in memory at a time.

    Parameters
    ----------
    run
        The run's folder.

    Raises
    ------
    RunError
        No finished run, files that were changed, or a county without a plan: of those that are
        left nothing is told as if it were all.
    """
    listed = {INDEX: str(read_manifest(run)["files"].get(INDEX, ""))}
    if any(fault.where == INDEX for fault in changed_files(run, listed)):
        raise RunError(
            Words(
                f"{run}：{INDEX} 写成之后被改动过或缺失；请重新运行 lxgeo plan --by-county",
                f"{run}: {INDEX} was changed after it was written, or is missing; run lxgeo plan "
                "--by-county again",
            )
        )
    index = read_outline(run / INDEX)
    if failed := index.loc[index["status"] == "failed", "county"].tolist():
        names = "、".join(failed)
        raise RunError(
            Words(
                f"{run}：{names} 没有算成，汇总会缺这些县；请先运行 lxgeo plan --by-county 补算",
                f"{run}: {names} have no plan and would be missing: run lxgeo plan --by-county "
                "again first",
            )
        )
    rows = index.to_dict("records")
    shown = together([(str(row["county"]), str(row["name"]), _county(run, row)) for row in rows])
    shapes = {str(row["county"]): row["geometry"] for row in rows if row["geometry"] is not None}
    return shown, shapes


def _county(run: Path, row: Mapping[str, Any]) -> Shown:
    """Return what a county's own page shows of the whole county."""
    if row["status"] != "planned":  # no unit in its ledger
        return Shown("D", "district", "", "", None, None, None)
    layers = layers_of_run(run / f"{KEY}{row['county']}")
    return whole_of(counted(layers["units"], townships_of(layers)))
