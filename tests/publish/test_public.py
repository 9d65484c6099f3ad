"""The public page: aggregates that can't be taken apart, and nothing else in any file."""

from __future__ import annotations

import csv
import io
import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import shapely
from browser import window
from changing_town import plan
from scipy.optimize import linprog

from lxgeo.errors import InputError, RunError
from lxgeo.model import Outcome
from lxgeo.policy import Policy
from lxgeo.publish.public import Range, Shown, Sketch, counted, guarded, write_public
from lxgeo.scenario import Scenario, plan_scenario
from lxgeo.scenario.public import publish_public
from town import Town

DEMO = Path(__file__).resolve().parents[2] / "data" / "boundaries" / "demo"
LEVELS = ("township", "park", "building")
ORGANISED = ("standalone", "temporary", "joint", "attached")
WIDE = 1.0
"""Least distance between the ends of what any count may be."""


def district(seed: int) -> pd.DataFrame:
    """Return a small district drawn by lot: places of all sizes, many at the edge of five units."""
    dice = np.random.default_rng(seed)
    rows: list[dict[str, Any]] = []
    for t in range(int(dice.integers(2, 6))):
        for _ in range(int(dice.choice([1, 3, 4, 5, 6, 9, 14, 15, 30]))):
            park = int(dice.integers(0, 3)) if dice.random() < 0.6 else None
            building = int(dice.integers(0, 3)) if dice.random() < 0.5 else None
            held = t if dice.random() < 0.9 else 0  # some parks lie in two townships
            rows.append(
                {
                    "name": f"单位{len(rows)}号",
                    "township_id": f"t{t}",
                    "township": f"{t}镇",
                    "park_id": None if park is None else f"p{held}{park}",
                    "park": None if park is None else f"{held}{park}园区",
                    "building_id": None if building is None else f"b{held}{park}{building}",
                    "building": None if building is None else f"{held}{park}{building}大厦",
                    "outcome": str(dice.choice(["existing", "joint", "no_members", "excluded"])),
                }
            )
    return pd.DataFrame(rows)


class Attack:
    """Whoever knows which places lie in which, all that is shown, and a linear programme."""

    def __init__(self, units: pd.DataFrame, shown: tuple[Shown, ...]) -> None:
        operating = units[units["outcome"] != Outcome.EXCLUDED]
        keys = [operating[f"{level}_id"].astype(object).fillna("") for level in LEVELS]
        tuples = list(zip(*keys, strict=True))
        self.groups = sorted(set(tuples))
        self.truth = np.zeros((3, len(self.groups)))
        for where, outcome in zip(tuples, operating["outcome"], strict=True):
            kind = 0 if outcome == "existing" else 1 if outcome in ORGANISED else 2
            self.truth[kind, self.groups.index(where)] += 1
        self.names = {
            (level, name): key
            for level in LEVELS
            for key, name in units[[f"{level}_id", level]].dropna().itertuples(index=False)
        }
        self.shown = shown
        rows, ends = [], []
        for place in shown:
            for row, held in self.told(place):
                rows += [row, -row]
                ends += [held.high, -held.low]
        self.rows, self.ends = np.array(rows), np.array(ends, dtype=float)

    def told(self, place: Shown) -> Iterator[tuple[np.ndarray, Range]]:
        """Yield each range of a place with what it sums; a withheld small one is below five."""
        kinds = ((1, 1, 1), (1, 0, 0), (1, 1, 0))
        for kind, held in zip(kinds, (place.units, place.before, place.after), strict=True):
            if held is not None:
                yield self.row(place, kind), held
        row = self.row(place, (1, 1, 1))
        if place.units is None and 0 < row @ self.truth.ravel() < 5:
            yield row, Range(0, 4)

    def row(self, place: Shown, kinds: tuple[int, int, int]) -> np.ndarray:
        """Return which unknowns a count of a place sums."""
        if place.level == "district":
            inside = np.ones(len(self.groups))
        else:
            at, key = LEVELS.index(place.level), self.names.get((place.level, place.name))
            inside = np.array([float(group[at] == key) for group in self.groups])
        return np.concatenate([kind * inside for kind in kinds])

    def extent(self, row: np.ndarray) -> float:
        """Return how far apart the least and the greatest value of a count are."""
        ends = [
            linprog(sign * row, A_ub=self.rows, b_ub=self.ends, bounds=(0, None))
            for sign in (1, -1)
        ]
        if any(end.status == 3 for end in ends):  # unbounded
            return np.inf
        assert all(end.success for end in ends)
        return float(-ends[1].fun - ends[0].fun)

    def check(self) -> None:
        """Fail where a count is not in its range, or can be worked out."""
        truth = self.truth.ravel()
        assert (self.rows @ truth <= self.ends).all()
        for place in self.shown:
            single = [(1, 1, 1), (1, 0, 0), (0, 1, 0), (0, 0, 1)]
            for kinds in single:
                row = self.row(place, kinds)
                if row.any() and (place.units is not None or row @ truth > 0):
                    assert self.extent(row) >= WIDE, (place, kinds)


@pytest.mark.parametrize("seed", range(50))
def test_no_count_can_be_worked_out(seed: int) -> None:
    """Of 50 districts no count, gain or rest of any place is known from all that is shown."""
    units = district(seed)
    shown = guarded(counted(units))
    Attack(units, (*shown.places, shown.district)).check()

    withheld = [p for p in shown.places if p.level == "township" and p.units is None]
    assert len(withheld) != 1 or len(set(units["township"])) == 1
    for place in shown.places:
        assert place.units is None or place.units.low >= 5


def test_an_attack_finds_what_plain_counts_give_away() -> None:
    """The attack is one: with exact totals it works the withheld township out."""
    units = district(0)
    shown = guarded(counted(units))
    attack = Attack(units, (*shown.places, shown.district))
    whole = attack.row(shown.district, (1, 1, 1))
    first = attack.row(shown.places[0], (1, 1, 1))
    for row in (whole, whole - first):
        exact = float(row @ attack.truth.ravel())
        attack.rows = np.vstack([attack.rows, row, -row])
        attack.ends = np.append(attack.ends, [exact, -exact])

    assert attack.extent(first) == pytest.approx(0, abs=1e-6)


def test_a_single_small_township_takes_a_second_with_it() -> None:
    """3, 6, 20 and 30 units: the first two are withheld, the others shown, ten numbers wide."""
    sizes = {"甲": 3, "乙": 6, "丙": 20, "丁": 30}
    rows = [
        {"name": f"{t}{n}单位", "township_id": t, "township": f"{t}镇", "outcome": "no_members"}
        for t, size in sizes.items()
        for n in range(size)
    ]
    empty = dict.fromkeys(("park_id", "park", "building_id", "building"))
    shown = guarded(counted(pd.DataFrame([row | empty for row in rows])))

    told = {place.name: place.units for place in shown.places}
    assert told == {"甲镇": None, "乙镇": None, "丙镇": Range(15, 24), "丁镇": Range(25, 34)}
    assert shown.district.units == Range(55, 64)
    assert {place.before for place in shown.places} == {None, Range(0, 4)}


def test_a_place_that_bears_a_unit_s_name_is_no_place() -> None:
    """A building called after a firm would tell of the firm."""
    rows = [
        {
            "name": "宏图商贸有限公司" if n == 0 else f"单位{n}号",
            **dict.fromkeys(("township_id", "park_id"), "x"),
            "township": "甲镇",
            "park": "东园",
            "building_id": "b",
            "building": "宏图商贸有限公司大楼",
            "outcome": "joint",
        }
        for n in range(40)
    ]
    shown = guarded(counted(pd.DataFrame(rows)))

    assert [place.level for place in shown.places if place.units] == ["township", "park"]


def leaks(text: str, units: pd.DataFrame, areas: set[str]) -> list[str]:
    """Return everything in a text that is a unit's: name, id, code, address, place, outcome."""
    found = []
    for column in ("unit_id", "name", "credit_code", "address", "branch_id", "row"):
        for value in units[column].dropna().astype(str).unique():
            known = value in areas or any(value in area for area in areas)
            if len(value) > 1 and not known and value in text:
                found.append(f"{column} {value}")
    for lon, lat in units[["lon", "lat"]].dropna().drop_duplicates().itertuples(index=False):
        found += [f"{value:.4f}" for value in (lon, lat) if f"{value:.4f}" in text]
    return found + [str(each) for each in Outcome if f'"{each}"' in text or f",{each}," in text]


def test_the_town_s_files_hold_nothing_of_its_units(lxgeo: Any, town: Town, tmp_path: Path) -> None:
    """Nine units in two townships, one of two units: both are withheld, only the total is told."""
    run = plan(town.ledger, town.areas, tmp_path / "out")
    files = publish_public(run, map_number="GS(2026)0001号", map_source="自绘示意")
    units = pd.read_csv(run / "units.csv", dtype=str, encoding="utf-8-sig")
    units[["lon", "lat"]] = units[["lon", "lat"]].astype(float)

    assert files.page.parent == tmp_path / "out" / "public" / run.name
    assert sorted(path.name for path in files.page.parent.iterdir()) == [
        *("index.html", "places.csv", "places.json")
    ]
    for path in (files.page, files.table, files.data):
        assert leaks(path.read_text(encoding="utf-8"), units, {"甲街道", "乙镇"}) == []
    told = json.loads(files.data.read_text(encoding="utf-8"))
    assert [place["units"] for place in told["places"]] == [None, None]
    assert told["district"]["units"] == [5, 14]
    assert files.withheld == 2
    assert lxgeo("verify", run).code == 0  # the run itself is as it was
    again = publish_public(run)
    assert "审图号" not in again.page.read_text(encoding="utf-8")
    assert "<path" not in again.page.read_text(encoding="utf-8")
    with pytest.raises(InputError, match="审图号"):
        publish_public(run, map_number="GS(2026)0001号")
    (again.page.parent / "别的.txt").touch()
    with pytest.raises(RunError):
        publish_public(run)


@pytest.mark.slow
def test_the_demo_s_files_hold_nothing_of_its_units(tmp_path: Path) -> None:
    """3,000 units in 12 townships: what the files say stands an attack, and no unit is in them."""
    planned = plan_scenario(Scenario(DEMO / "ledger.xlsx", DEMO, Policy(), effort="fast"))
    areas = planned.areas
    townships = areas.townships
    pairs = list(zip(townships["id"], townships["name"], strict=True))
    shown = guarded(counted(planned.units, pairs))
    shapes = dict(zip(townships["id"], townships.geometry, strict=True))
    files = write_public(tmp_path / "p", "概况", shown, "zh", Sketch("GS1", "虚构", shapes))
    known = {str(n) for layer in areas.layers.values() for n in layer["name"].dropna()}

    for path in (files.page, files.table, files.data):
        assert leaks(path.read_text(encoding="utf-8"), planned.units, known) == []
    assert sum(place.units is not None for place in shown.places) >= 50
    rows = list(csv.reader(io.StringIO(files.table.read_text(encoding="utf-8-sig"))))
    told = json.loads(files.data.read_text(encoding="utf-8"))["places"]
    assert [row[0] for row in rows[1:-1]] == [place["id"] for place in told]
    attack = Attack(planned.units, (*shown.places, shown.district))
    truth = attack.truth.ravel()
    assert (attack.rows @ truth <= attack.ends).all()
    finest = sorted(shown.places, key=lambda p: np.inf if p.units is None else p.units.low)
    for place, kinds in itertools.product(finest[:8], [(1, 1, 1), (1, 0, 0), (0, 1, 0)]):
        assert attack.extent(attack.row(place, kinds)) >= WIDE


@pytest.mark.browser
def test_the_page_asks_for_nothing_and_runs_nothing(tmp_path: Path) -> None:
    """Hostile names of places are shown as they are; one request, for the file itself."""
    hostile = '<img src=x onerror="window.__xss=1">{{7*7}}</td><script>window.__xss=2</script>'
    rows = [
        {
            "name": f"单位{n}号",
            "township_id": "x",
            "township": hostile,
            **dict.fromkeys(("park_id", "park", "building_id", "building")),
            "outcome": "existing",
        }
        for n in range(60)
    ]
    shown = guarded(counted(pd.DataFrame(rows)))
    square = Sketch("GS1", hostile, {"x": shapely.box(105, 38, 106, 39)})
    files = write_public(tmp_path / "p", hostile, shown, "zh", square)

    with window(tmp_path / "profile") as page:
        page.logs("performance")
        page.driver.get(files.page.as_uri())
        asked = [url for url in page.requests() if not url.startswith("chrome:")]
        assert page.texts("h1") == [hostile]
        assert hostile in page.texts("td")
        assert page.js("return [typeof window.__xss, document.scripts.length]") == ["undefined", 0]
        assert files.page.as_uri() in asked
        assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
        assert page.complaints() == []
