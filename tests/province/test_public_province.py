"""What may leave a province's office: subtracted from one another, its pages tell nothing more."""

from __future__ import annotations

import json
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from county_towns import COUNTIES, Plan, Province
from scipy.optimize import linprog

from command import Run
from lxgeo.publish.public import Range, Shown, counted, guarded, together, whole_of

KINDS = ((1, 1, 1), (1, 0, 0), (1, 1, 0))
"""What a range counts: all units; those organised today; those organised once approved."""


def county(seed: int) -> pd.DataFrame:
    """Return a county's units drawn by lot: a few townships, many at the edge of five units."""
    dice = np.random.default_rng(seed)
    rows = [
        {
            "name": f"单位{seed}之{town}之{number}号",
            "township_id": f"t{town}",
            "township": f"{town}镇",
            **dict.fromkeys(("park_id", "park", "building_id", "building")),
            "outcome": str(dice.choice(["existing", "joint", "no_members"])),
        }
        for town in range(int(dice.integers(1, 4)))
        for number in range(int(dice.choice([1, 3, 4, 5, 6, 14, 15])))
    ]
    return pd.DataFrame(rows)


def extent(row: np.ndarray, rows: list[np.ndarray], ends: list[float]) -> tuple[float, float]:
    """Return the least and the greatest that a count may be, of all that fit what is shown."""
    found = [
        linprog(sign * row, A_ub=np.array(rows), b_ub=ends, bounds=(0, None)) for sign in (1, -1)
    ]
    assert all(each.success for each in found)
    return float(found[0].fun), float(-found[1].fun)


class Attack:
    """Whoever has the pages of the province and of its counties, and a linear programme."""

    def __init__(self, units: list[pd.DataFrame]) -> None:
        self.towns = [
            (number, town)
            for number, table in enumerate(units)
            for town in sorted(set(table["township"]))
        ]
        self.rows: list[np.ndarray] = []
        self.ends: list[float] = []

    def row(self, kinds: tuple[int, ...], number: int | None, town: str | None) -> np.ndarray:
        """Return which unknowns a count sums: of a township, of a county, of all."""
        inside = [number in {None, n} and town in {None, t} for n, t in self.towns]
        return np.concatenate([kind * np.array(inside, dtype=float) for kind in kinds])

    def learn(self, place: Shown, number: int | None, town: str | None) -> None:
        """Take in what is shown of a place; one that is withheld has fewer than five units."""
        ranges = (place.units, place.before, place.after)
        if place.units is None:
            ranges = (Range(0, 4), None, None) if number is not None and town is None else ()
        for kinds, held in zip(KINDS, ranges, strict=False):
            if held is not None:
                row = self.row(kinds, number, town)
                self.rows += [row, -row]
                self.ends += [held.high, -held.low]

    def extents(self) -> list[tuple[float, float]]:
        """Return what every township's and county's counts may be."""
        places = [*self.towns, *((number, None) for number in sorted({n for n, _ in self.towns}))]
        kinds = [*KINDS, (0, 1, 0), (0, 0, 1)]
        return [
            extent(self.row(kind, number, town), self.rows, self.ends)
            for number, town in places
            for kind in kinds
        ]


@pytest.mark.parametrize("seed", range(12))
def test_the_province_s_page_adds_nothing_to_those_of_its_counties(seed: int) -> None:
    """With it nobody knows a count of any county or township any better than without it."""
    units = [county(5 * seed + number) for number in range(4)]
    pages = [guarded(counted(table)) for table in units]
    named = [(f"33010{n}", f"第{n}县", page.district) for n, page in enumerate(pages)]
    attack = Attack(units)
    for number, page in enumerate(pages):
        attack.learn(page.district, number, None)
        for place in page.places:
            attack.learn(place, number, place.name)
    before = attack.extents()
    shown = together(named)
    for number, place in enumerate(shown.places):
        attack.learn(place, number, None)
    attack.learn(shown.district, None, None)

    assert [tuple(np.round(each, 6)) for each in attack.extents()] == [
        tuple(np.round(each, 6)) for each in before
    ]
    assert all(
        whole_of(counted(table)) == page.district for table, page in zip(units, pages, strict=True)
    )


def test_an_exact_total_would_give_a_county_away() -> None:
    """The attack is one: two counties of five units, and a total of exactly ten."""
    units = [
        pd.DataFrame(
            [
                {"township": "镇", "township_id": "t", "outcome": "existing", "name": f"{n}家"}
                | dict.fromkeys(("park_id", "park", "building_id", "building"))
                for n in range(size)
            ]
        )
        for size in (5, 5)
    ]
    attack = Attack(units)
    for number, table in enumerate(units):
        attack.learn(whole_of(counted(table)), number, None)
    wide = extent(attack.row((1, 1, 1), 0, None), attack.rows, attack.ends)
    attack.learn(Shown("D", "district", "", "", Range(10, 10), None, None), None, None)
    told = extent(attack.row((1, 1, 1), 0, None), attack.rows, attack.ends)

    assert wide == (5, 14)
    assert told == (5, 5)


def test_small_counties_are_named_without_figures() -> None:
    """Four units are withheld and count as none to four in the sum; ids follow the names."""
    sized = [("330108", "丙县", 4), ("330106", "甲县", 20), ("330107", "乙县", 14)]
    counties = [
        (
            *(code, name),
            whole_of(
                counted(
                    pd.DataFrame(
                        [
                            {"township": "镇", "township_id": "t", "name": f"{n}号单位"}
                            | {"outcome": "joint" if n % 2 else "no_members"}
                            | dict.fromkeys(("park_id", "park", "building_id", "building"))
                            for n in range(size)
                        ]
                    )
                )
            ),
        )
        for code, name, size in sized
    ]
    shown = together(counties)

    assert [(place.place_id, place.name, place.units) for place in shown.places] == [
        ("C001", "丙县", None),
        ("C002", "乙县", Range(5, 14)),
        ("C003", "甲县", Range(15, 24)),
    ]
    assert shown.district.units == Range(20, 42)
    assert shown.district.before == Range(0, 12)
    assert shown.district.after == Range(10, 32)


def test_a_province_s_and_a_county_s_pages_agree(lxgeo: Run, run: Path) -> None:
    """Counties in ranges and their sum, drawn only with a number; beside all runs, not in one."""
    whole = lxgeo("publish", run, "--public", "--map-number", "GS(2026)1号", "--map-source", "自绘")
    one = lxgeo("publish", run / "county=330108", "--public")
    public = run.parent / "public"
    told, alone = (
        json.loads((public / name / "places.json").read_text(encoding="utf-8"))
        for name in ("P", "P-330108")
    )
    page = (public / "P" / "index.html").read_text(encoding="utf-8")

    assert (whole.code, one.code) == (0, 0), whole.err + one.err
    assert "0 个县不公布" in whole.out
    assert [(place["id"], place["name"], place["level"]) for place in told["places"]] == [
        (f"C00{number}", f"第{number}县", "county") for number in (1, 2, 3)
    ]
    assert {tuple(place["units"]) for place in told["places"]} == {(5, 14)}
    assert told["district"]["units"] == [15, 42]
    assert told["places"][1]["units"] == alone["district"]["units"]
    assert told["places"][1]["after"] == alone["district"]["after"]
    assert page.count('<path class="area') == 3
    assert "GS(2026)1号" in page
    for secret in ("330108", "创业", "U1", "joint", "left_out"):
        assert secret not in page + json.dumps(told, ensure_ascii=False)
    assert lxgeo("verify", run).code == 0


def test_a_province_that_lacks_a_county_or_was_changed_is_not_published(
    lxgeo: Run, own: Province, plan: Plan, run: Path, tmp_path: Path
) -> None:
    """A changed part or index is refused, and so is a run with a county that has no plan."""
    part = run / "units" / "county=330110" / "part-0.parquet"
    kept = part.read_bytes()
    gpd.read_parquet(part).head(5).to_parquet(part)
    changed = lxgeo("publish", run, "--public")
    part.write_bytes(kept)
    (run / "index.parquet").write_bytes((run / "index.parquet").read_bytes() + b" ")
    index = lxgeo("publish", run, "--public")
    (own.ledgers / "county=330110" / "part-0.parquet").write_bytes(b"PAR1 no more")
    failed = plan(own.ledgers, own.areas, tmp_path / "lacking").published.folder
    lacking = lxgeo("publish", failed, "--public")

    assert (changed.code, index.code, lacking.code) == (1, 1, 1)
    assert "county=330110" in changed.err
    assert "index.parquet" in index.err
    assert f"{COUNTIES[2]} 没有算成" in lacking.err
    assert not (run.parent / "public").exists()
