"""A province planned county by county: each as alone, all added up, and read back."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest
from county_towns import COUNTIES, Plan, Province, build_province, figures_of, share_areas

from command import Run
from lxgeo.errors import RunError
from lxgeo.read import read_run
from town import JOINT_COST_M, LEFT_OUT_M, OUTCOMES, PLAN_COST_M, TOLERANCE_M, Town


@pytest.mark.parametrize("county", COUNTIES)
def test_a_county_is_planned_as_if_alone(
    lxgeo: Run, province: Province, finished: Path, county: str, tmp_path: Path
) -> None:
    """Units, branches and links have the same rows and values as ``lxgeo plan`` gives alone."""
    ledger = province.ledgers / f"county={county}" / "part-0.parquet"
    areas = province.areas / county
    said = lxgeo("plan", ledger, "--areas", areas, "--out", tmp_path, "--name", "alone")
    assert said.code == 0, said.err
    alone, together = (
        read_run(tmp_path / "alone").tables,
        read_run(finished / f"county={county}").tables,
    )

    pd.testing.assert_frame_equal(together.units, alone.units)
    pd.testing.assert_frame_equal(
        pd.DataFrame(together.branches).drop(columns="geometry"),
        pd.DataFrame(alone.branches).drop(columns="geometry"),
    )
    assert together.branches.geometry.to_wkt().tolist() == alone.branches.geometry.to_wkt().tolist()
    assert together.links.geometry.to_wkt().tolist() == alone.links.geometry.to_wkt().tolist()
    timeless = [
        {name: figure for name, figure in dict(run.summary).items() if name in _FIGURES}
        for run in (alone, together)
    ]
    assert timeless[0] == timeless[1]


_FIGURES = frozenset(
    {"units", "outcomes", "plan_cost_m", "bound_m", "gap", "coverage", "policy", "p95_distance_m"}
    | {"mean_cost_m", "unknown_trade_share", "left_out_min", "max_distance_m"}
)


def test_the_province_is_three_times_the_town(finished: Path) -> None:
    """Costs and counts are summed; a rate is the rate of the sums: 3 × 6 of 3 × 9 organised."""
    told = figures_of(finished)
    after = {rate["name"]: rate for rate in told["coverage"]["after"]}  # type: ignore[index]

    assert told["units"] == 27
    assert told["plan_cost_m"] == pytest.approx(3 * PLAN_COST_M, abs=3 * TOLERANCE_M)
    assert told["bound_m"] == told["plan_cost_m"]
    assert told["gap"] == 0
    assert sum(each["left_out_m"] for each in told["regions"]) == 3 * LEFT_OUT_M  # type: ignore[union-attr]
    assert told["joint_branches"] == 3
    assert {name: count for name, count in told["outcomes"].items() if count} == {  # type: ignore[attr-defined]
        outcome: 3 * list(OUTCOMES.values()).count(outcome) for outcome in set(OUTCOMES.values())
    }
    assert (after["organisation"]["numerator"], after["organisation"]["denominator"]) == (18, 27)
    assert told["mean_cost_m"] == pytest.approx((PLAN_COST_M - LEFT_OUT_M) / 4, abs=0.05)
    assert told["counties"] == {"planned": 3, "empty": 0, "failed": []}
    assert told["repeated_units"] == 0


def test_the_index_tells_each_county(finished: Path) -> None:
    """A line a county: its figures, its outline, and the hashes that the manifest has too."""
    index = gpd.read_parquet(finished / "index.parquet").set_index("county")
    listed = json.loads((finished / "manifest.json").read_text(encoding="utf-8"))["files"]

    assert index.index.tolist() == list(COUNTIES)
    assert index["units"].tolist() == [9, 9, 9]
    assert index["name"].tolist() == ["第1县", "第2县", "第3县"]
    assert index["branches"].tolist() == [3, 3, 3]
    assert index["organisation_after"].tolist() == [6, 6, 6]
    assert index["organisation_after_of"].tolist() == [9, 9, 9]
    assert index.loc["330108", "units_sha256"] == listed["units/county=330108/part-0.parquet"]
    assert index.loc["330106"].geometry.area == pytest.approx(
        index.loc["330110"].geometry.area, rel=0.01
    )


def test_the_parts_are_one_table_to_whoever_reads_them(finished: Path) -> None:
    """``geopandas.read_parquet`` takes the folder as it is, the county as a column."""
    units = gpd.read_parquet(finished / "units")
    branches = gpd.read_parquet(finished / "branches")

    assert len(units) == 27
    assert units.crs == "EPSG:4326"
    assert units["county"].astype(str).value_counts().to_dict() == dict.fromkeys(COUNTIES, 9)
    assert set(branches["outcome"]) == {"joint", "standalone"}
    joint = branches[branches["outcome"] == "joint"]
    assert joint["cost_m"].tolist() == pytest.approx([JOINT_COST_M] * 3, abs=TOLERANCE_M)


def test_processes_give_the_same_bytes(
    province: Province, plan: Plan, finished: Path, tmp_path: Path
) -> None:
    """Two counties at once, each in a process of its own: every county's files are the same."""
    plan(province.ledgers, province.areas, tmp_path, lists=True, at_once=2)
    other = tmp_path / "P"
    names = sorted(
        path.relative_to(finished).as_posix()
        for top in ("units", "branches", "links", "maps", "lists")
        for path in (finished / top).rglob("*.*")
        if path.is_file()
    )

    assert len(names) == 15
    assert [
        name for name in names if (other / name).read_bytes() != (finished / name).read_bytes()
    ] == []


def test_one_folder_of_areas_does_for_all(
    province: Province, plan: Plan, finished: Path, tmp_path: Path
) -> None:
    """Townships are a county's whose code their ids begin with: the plans are the same."""
    shared = share_areas(province, tmp_path / "shared")
    plan(province.ledgers, shared, tmp_path / "out")

    for county in COUNTIES:
        one, other = (
            read_run(run / f"county={county}").tables for run in (finished, tmp_path / "out" / "P")
        )
        pd.testing.assert_frame_equal(one.units, other.units)


def test_a_column_says_which_county_a_township_is_in(
    province: Province, plan: Plan, finished: Path, tmp_path: Path
) -> None:
    """Where the layers have a column ``county``, ids may be anything."""
    shared = share_areas(province, tmp_path / "shared")
    for path in shared.glob("*.geojson"):
        layer = gpd.read_file(path)
        layer["county"] = layer["id"].str[:6]
        layer["id"] = "x" + layer["id"]
        layer.to_file(path, driver="GeoJSON")
    plan(province.ledgers, shared, tmp_path / "out")

    assert figures_of(tmp_path / "out" / "P")["outcomes"] == figures_of(finished)["outcomes"]


def test_a_bucket_is_read_as_a_folder_is(
    province: Province, plan: Plan, finished: Path, tmp_path: Path
) -> None:
    """Ledgers and areas behind an address (here fsspec's memory) give the same plans."""
    fsspec = pytest.importorskip("fsspec")
    memory = fsspec.filesystem("memory")
    memory.put(f"{province.ledgers}/", "/bucket/ledgers/", recursive=True)
    memory.put(f"{province.areas}/", "/bucket/areas/", recursive=True)
    try:
        plan("memory://bucket/ledgers", "memory://bucket/areas", tmp_path)
    finally:
        memory.rm("/bucket", recursive=True)

    for county in COUNTIES:
        name = f"units/county={county}/part-0.parquet"
        assert (tmp_path / "P" / name).read_bytes() == (finished / name).read_bytes()


def test_a_county_is_opened_like_any_run(lxgeo: Run, finished: Path, tmp_path: Path) -> None:
    """``RUN/county=…`` is a run like any; without a county it is told how to name one."""
    told = lxgeo("verify", finished / "county=330108")
    changes = tmp_path / "changes.xlsx"
    differs = lxgeo("diff", finished / "county=330106", finished / "county=330106", "-o", changes)

    assert told.code == 0, told.err
    assert "9 家单位" in told.out
    assert differs.code == 0, differs.err
    assert changes.is_file()
    with pytest.raises(RunError, match=r"county=330106"):
        read_run(finished)
    with pytest.raises(RunError, match="330106、330108、330110"):
        read_run(finished / "county=330199")


def write_note(book: Path, note: str, row: int = 1) -> None:
    """Write a note into a row of a workbook's list of tasks, as an office does."""
    workbook = openpyxl.load_workbook(book)
    sheet = workbook["任务清单"]
    rows = list(sheet.iter_rows(max_row=12))
    head = next(row for row in rows if any(cell.value in NOTES for cell in row))
    column = next(cell.column for cell in head if cell.value in NOTES)
    sheet.cell(head[0].row + row, column).value = note
    workbook.save(book)


def texts(book: Path, name: str = "任务清单") -> set[object]:
    """Return all that stands in a workbook's list of tasks, or another one."""
    sheet = openpyxl.load_workbook(book)[name]
    return {cell for row in sheet.iter_rows(values_only=True) for cell in row}


NOTES = ("备注", "进展", "办理情况")


def test_the_run_before_is_kept_to(lxgeo: Run, own: Province, run: Path, tmp_path: Path) -> None:
    """``--previous`` takes a divided run; what was written into a county's list is carried on."""
    write_note(run / "lists" / "330108.xlsx", "已联系街道")
    said = lxgeo(
        *("plan", own.ledgers, "--areas", own.areas, "--by-county", "--lists", "--workers", 1),
        *("--previous", run, "--out", tmp_path / "next", "--name", "P"),
    )
    after = tmp_path / "next" / "P"
    differs = lxgeo("diff", run / "county=330108", after / "county=330108")

    assert said.code == 0, said.err
    assert differs.code == 0, differs.err
    assert "已联系街道" in texts(after / "lists" / "330108.xlsx")
    assert "已联系街道" not in texts(after / "lists" / "330106.xlsx")


def test_what_an_office_writes_is_never_lost(own: Province, plan: Plan, run: Path) -> None:
    """A county with a new note is made again, with it; from then on it is kept as it is."""
    book = run / "lists" / "330108.xlsx"
    write_note(book, "已联系街道")
    went = [
        {
            each.region: each.went
            for each in plan(own.ledgers, own.areas, run.parent, lists=True).answers
        }
        for _ in range(2)
    ]

    assert went[0] == {"330106": "kept", "330108": "done", "330110": "kept"}
    assert went[1] == dict.fromkeys(COUNTIES, "kept")
    assert "已联系街道" in texts(book)


def test_one_county_is_exported(lxgeo: Run, run: Path) -> None:
    """Its layers as they stand, in a folder of its own; the run still stands; all at once: how."""
    done = [
        lxgeo("export", run / "county=330108", "--format", fmt) for fmt in ("parquet", "geojson")
    ]
    all_at_once = lxgeo("export", run, "--format", "gpkg")
    there = run / "export" / "county=330108"
    units = gpd.read_parquet(there / "units.parquet")

    assert [each.code for each in done] == [0, 0], [each.err for each in done]
    assert units["unit_id"].tolist() == [f"330108-U{number}" for number in range(1, 10)]
    stems = {path.stem for path in there.glob("*.geojson")}
    assert stems == {
        *("units", "branches", "links", "hulls", "townships", "parks", "buildings", "barriers")
    }
    assert len(gpd.read_file(there / "branches.geojson")) == 3
    assert lxgeo("verify", run).code == 0
    assert all_at_once.code == 1
    assert "请指明一个县" in all_at_once.err
    assert "county=330106" in all_at_once.err


def test_approvals_stand_and_notes_follow_their_units(
    town: Town, lxgeo: Run, plan: Plan, tmp_path: Path
) -> None:
    """Approved after the first quarter, existing in the second and, without a list, in the third.

    In the second quarter every unit has another id: what an office wrote of U1's task stands
    beside the same organisation, and that of the branch which was approved is told as ended.
    ``history`` follows a unit through all three.
    """
    own = build_province(tmp_path, town, ("330106",))
    approved = tmp_path / "approved"
    approved.mkdir()
    place = "county=330106"
    runs: list[Path] = []
    for quarter in range(3):
        asked = {"previous": runs[-1]} if runs else {}
        if quarter == 1:
            branches = read_run(runs[0] / place).tables.branches.set_index("outcome")
            joint = str(branches.loc["joint", "branch_id"])
            (approved / "330106.txt").write_text(f"{joint}\n", encoding="utf-8")
            write_note(runs[0] / "lists" / "330106.xlsx", "联合党支部已批")
            write_note(runs[0] / "lists" / "330106.xlsx", "甲园机械已约谈", row=3)
            ledger = own.ledgers / place / "part-0.parquet"
            pd.read_parquet(ledger).assign(unit_id=lambda table: "N" + table["unit_id"]).to_parquet(
                ledger, index=False
            )
            asked["approved"] = approved
        out = tmp_path / f"quarter {quarter + 1}"
        runs.append(plan(own.ledgers, own.areas, out, lists=True, **asked).published.folder)
    outcomes = [
        read_run(each / place).tables.units.set_index("name").loc["创业芯片有限公司", "outcome"]
        for each in runs
    ]
    told = json.loads((runs[1] / "counties" / "330106.json").read_text(encoding="utf-8"))
    past = lxgeo("history", *(each / place for each in runs), "--unit", "NU3")

    assert outcomes == ["joint", "existing", "existing"]
    assert list(told["approved"].values()) == [["NU2", "NU3", "NU4"]]
    assert "甲园机械已约谈" in texts(runs[1] / "lists" / "330106.xlsx")
    assert "联合党支部已批" in texts(runs[1] / "lists" / "330106.xlsx", "上期事项")
    assert past.code == 0, past.err
    assert [line.split("；")[1] for line in past.out.splitlines() if "创业芯片" in line] == [
        *("联合组建", "已建党组织", "已建党组织")
    ]


def test_notes_in_place_are_carried_on_beside_those_of_the_run_before(
    own: Province, plan: Plan, run: Path, tmp_path: Path
) -> None:
    """Made anew with ``previous``: what was written since into the lists that stand there, too."""
    write_note(run / "lists" / "330108.xlsx", "已联系街道")
    out = tmp_path / "next"
    again = partial(plan, own.ledgers, own.areas, out, lists=True, previous=run)
    book = again().published.folder / "lists" / "330108.xlsx"
    write_note(book, "街道已答复")
    went = [[each.went for each in again().answers] for _ in range(2)]

    assert went == [["kept", "done", "kept"], ["kept", "kept", "kept"]]
    assert "街道已答复" in texts(book)
