"""The statistics table and every rate, by hand on the town and by SQL on towns drawn at random."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from statistics_sheet import sheet_figures
from statistics_sql import Counts, form_by_sql, loaded, rates_by_sql
from town_plan import planned_branches, planned_units, release_of

from lxgeo import text
from lxgeo.model import Level, Outcome
from lxgeo.publish import Record, Release, publish_run
from lxgeo.publish.lists.yearly_form import FORM
from lxgeo.tables import PLANNED, PLANNED_BRANCHES

TOWNSHIPS = {"T1": "甲街道", "T2": "乙镇"}
_NAMES = ("甲党支部", "乙总支", "丙党总支部", "丁党委", "戊委员会", "己联合会", "庚支部委员会")


def published(out: Path, release: Release) -> Path:
    """Publish a release with the words of every code; return its folder."""
    spoken = replace(release, texts=text.texts("zh"))
    return publish_run(out, "town", spoken, Record({"lxgeo": "0.1.0"}), "<p>").folder


def drawn(seed: int) -> Release:
    """Return a town of 360 units whose outcomes, members, branches and places are drawn.

    They fit no rules and need not: what is counted is what stands there.
    """
    random = np.random.default_rng(seed)
    base = pd.concat([planned_units()] * 40, ignore_index=True)
    count = len(base)
    full = pd.Series(random.choice([None, 0, 1, 2, 3, 7], count), dtype="Int64")
    more = pd.Series(random.choice([None, 0, 1, 2], count), dtype="Int64")
    elsewhere = pd.Series(random.choice([None, 0, 1], count), dtype="Int64")
    place = random.choice(["T1", "T2", ""], count, p=[0.5, 0.45, 0.05])
    outcome = random.choice([str(each) for each in Outcome], count)
    standing = pd.Series(outcome == Outcome.EXISTING)
    repaired = pd.Series(random.choice([None, None, "standalone", "joint"], count)).where(standing)
    branch = pd.Series(random.integers(0, 40, count)).map(lambda n: f"X{n:02}")
    in_branch = pd.Series(np.isin(outcome, ["existing", "joint", "attached"]))
    frame = base.assign(
        unit_id=[f"U{i:03}" for i in range(count)],
        row=[f"台账!{i + 2}" for i in range(count)],
        full_members=full,
        probationary_members=more,
        affiliated_members=(full - elsewhere).clip(lower=0),
        total_members=full + more.fillna(0),
        township_id=[each or None for each in place],
        township=[TOWNSHIPS.get(each) for each in place],
        outcome=outcome,
        level=pd.Series(random.choice([None, *map(str, Level)], count)).where(
            outcome == Outcome.STANDALONE
        ),
        proposed_outcome=repaired,
        branch_id=branch.where(in_branch),
        is_host=random.random(count) < 0.2,
    )
    units = PLANNED.shaped(gpd.GeoDataFrame(frame, geometry="geometry", crs=base.crs))
    return release_of(units, _branches(units, random))


def _branches(units: gpd.GeoDataFrame, random: np.random.Generator) -> gpd.GeoDataFrame:
    """Return the branches that units name: some approved, some joint, most with a host."""
    (like,) = planned_branches().head(1).to_dict("records")
    rows = []
    for number, (branch_id, members) in enumerate(units.groupby("branch_id")):
        host = members["unit_id"].iloc[0] if random.random() < 0.8 else None
        rows.append(
            like
            | {
                "branch_id": branch_id,
                "name": _NAMES[number % len(_NAMES)],
                "outcome": ("joint", "standalone")[number % 2],
                "status": ("existing", "existing", "proposed")[number % 3],
                "host_id": host,
                "unit_ids": ";".join(members["unit_id"]),
                "units": len(members),
            }
        )
    frame = gpd.GeoDataFrame(pd.DataFrame(rows), geometry="geometry", crs=units.crs)
    return PLANNED_BRANCHES.shaped(frame)


def in_total(counts: Counts) -> Counts:
    """Return counts of townships together with those of all, without the lines that are empty."""
    whole = dict(counts)
    for (line, place, moment), count in counts.items():
        if place != "*":
            whole[line, "*", moment] = whole.get((line, "*", moment), 0) + count
    return {key: count for key, count in whole.items() if count}


def test_the_town_by_hand(tmp_path: Path, release: Release) -> None:
    """U6's own branch stands; U1 gets one, U2-U4 a joint one, U7 is attached; U8, U9, U5 none."""
    counts, rates = sheet_figures(published(tmp_path, release) / "plan.xlsx", TOWNSHIPS)
    after = {line: n for (line, place, at), n in counts.items() if (place, at) == ("*", "after")}
    before = {line: n for (line, place, at), n in counts.items() if (place, at) == ("*", "before")}

    assert {line: n for line, n in before.items() if n} == {
        "units": 9,
        "own": 1,
        "branch": 1,
        "none": 8,
        "due": 1,
        "few": 6,
        "empty": 1,
        "staff": 273,
        "members": 18,
    }
    assert {line: n for line, n in after.items() if n} == {
        "units": 9,
        "own": 2,
        "branch": 2,
        "joint": 3,
        "joint_branches": 1,
        "other": 1,
        "attached": 1,
        "none": 3,
        "few": 2,
        "empty": 1,
        "staff": 273,
        "members": 18,
    }
    assert counts["joint", "T1", "after"] == 3
    assert counts["attached", "T2", "after"] == 1
    assert rates["organisation", "*", "before"] == (1, 9)
    assert rates["organisation", "*", "after"] == (6, 9)
    assert rates["standalone", "*", "after"] == (2, 9)
    assert rates["with_members", "T1", "after"] == (4, 6)
    assert rates["should_build", "T2", "before"] == (1, 1)


@pytest.mark.parametrize("seed", [1, 2])
def test_sql_on_the_files_finds_the_same(tmp_path: Path, seed: int) -> None:
    """Every line, township, moment and rate: what the workbook says is what SQL counts."""
    run = published(tmp_path, drawn(seed))
    counts, rates = sheet_figures(run / "plan.xlsx", TOWNSHIPS)
    database = loaded(run)
    reckoned = form_by_sql(database)

    assert {line for line, *_ in reckoned} == {entry.key for entry in FORM if entry.known}
    assert in_total(reckoned) == {key: count for key, count in counts.items() if count}
    assert rates_by_sql(database) == rates
