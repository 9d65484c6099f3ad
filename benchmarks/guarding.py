"""Ledgers whose coordinates are right, mislabelled, swapped or mixed, and what the guard tells."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from pyproj import Transformer

from lxgeo.geo import from_wgs84, metric_crs, project
from lxgeo.locate.guard import CoordinateReport, Verdict, examine_coordinates
from lxgeo.model import Areas, Datum
from lxgeo.read import read_areas
from lxgeo.tables import LEDGER, CoordinateForm

DEMO = Path(__file__).resolve().parents[1] / "data" / "boundaries" / "demo"
ENOUGH = 20
"""Distinct places that the shift carries over a border of the township named: enough to tell."""

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Ground:
    """A district to make ledgers in: its areas, and places whose township is known."""

    name: str
    areas: Areas
    lon: Numbers
    lat: Numbers
    township: NDArray[np.object_]


@dataclass(frozen=True)
class Made:
    """A ledger that was made: its table, what it names, and what should be told of it."""

    kind: str
    ledger: pd.DataFrame
    named: list[frozenset[str]]
    areas: Areas
    told: str
    enough: bool


def guard(count: int, cases: Path) -> None:
    """Make ledgers, let the guard look at each, and print what it told beside what is true."""
    random = np.random.default_rng(20)
    grounds = [_demo()] + ([_case(cases, random)] if cases.exists() else [])
    print(f"{count:,} ledgers on the townships of {', '.join(each.name for each in grounds)}")
    tables = {True: Counter[tuple[str, str, str]](), False: Counter[tuple[str, str, str]]()}
    seconds = 0.0
    for i in range(count):
        made = _make(i, grounds[i % len(grounds)], random)
        began = time.perf_counter()
        report = examine_coordinates(made.ledger, made.areas, made.named)
        seconds += time.perf_counter() - began
        tables[made.enough][made.kind, made.told, _told(report)] += 1
    for enough, table in tables.items():
        what = "enough" if enough else "too few"
        print(f"\nledgers where {what} places can tell: what is true (should be told) → told")
        _print(table)
    both = tables[True] + tables[False]
    wrong = sum(n for (_, should, told), n in both.items() if _claims(told) - _claims(should))
    calmed = sum(n for (_, should, told), n in both.items() if _calms(told) and not _calms(should))
    missed = sum(n for (_, _, told), n in tables[True].items() if "can't tell" in told)
    right = sum(n for (_, should, told), n in tables[True].items() if told == should)
    of = sum(tables[True].values())
    print(f"\nwrong findings: {wrong} of {count} ({wrong / count:.1%}; expected at most 1 %)")
    print(f"told to fit and does not: {calmed} of {count} ({calmed / count:.1%})")
    print(
        f"right findings where enough can tell: {right} of {of} ({right / of:.1%}; expected 95 %)"
    )
    print(f"of the rest, 'can't tell': {missed} of {of - right}")
    print(f"seconds: {seconds:.1f}")


def _print(table: Counter[tuple[str, str, str]]) -> None:
    for kind, should in sorted({key[:2] for key in table}):
        row = {told: n for (k, s, told), n in table.items() if (k, s) == (kind, should)}
        told = ", ".join(f"{each} {n}" for each, n in sorted(row.items(), key=lambda e: -e[1]))
        print(f"  {kind:34} ({should:18}) → {told}")


# --- what was told, in one word


def _claims(told: str) -> set[str]:
    """Return what a report accuses coordinates of: a form, a datum, a mixture."""
    return set(told.replace("can't tell", "").replace("fits", "").replace("|", "").split())


def _calms(told: str) -> bool:
    return "fits" in told


def _told(report: CoordinateReport) -> str:
    """Return the report in the words that the truth is said in."""
    said = []
    for source in report.sources:
        form = "" if source.form is CoordinateForm.DEGREES else f"{source.form} "
        if source.verdict is Verdict.UNSURE:
            said.append(form + "can't tell")
        elif source.verdict is Verdict.FITS:
            said.append(form + "fits")
        elif source.verdict is Verdict.MIXED:
            said.append(form + "mixed")
        else:
            said.append(f"{form}{source.datum}")
    return " | ".join(sorted(set(said)))


# --- the ground


def _demo() -> Ground:
    truth = pd.read_csv(DEMO / "truth.csv", dtype={"township_id": str})
    lon, lat = truth["lon"].to_numpy(), truth["lat"].to_numpy()
    return Ground("the demo", read_areas(DEMO), lon, lat, truth["township_id"].to_numpy(object))


def _case(folder: Path, random: np.random.Generator) -> Ground:
    """Return the real townships with places strewn over them: their own have no coordinates."""
    areas = read_areas(folder)
    lon, lat, township = [], [], []
    for name, shape in zip(areas.townships["id"], areas.townships.geometry, strict=True):
        west, south, east, north = shape.bounds
        x, y = random.uniform(west, east, 600), random.uniform(south, north, 600)
        inside = shapely.intersects_xy(shape, x, y)
        lon += x[inside].tolist()
        lat += y[inside].tolist()
        township += [name] * int(inside.sum())
    return Ground("Shenzhen", areas, np.array(lon), np.array(lat), np.array(township, dtype=object))


# --- the ledgers


@dataclass
class Rows:
    """Rows in the making: where they are, what they name, and what is written."""

    lon: Numbers
    lat: Numbers
    township: NDArray[np.object_]
    names: NDArray[np.bool_]
    sheet: NDArray[np.object_]
    datum_in: NDArray[np.object_]

    def take(self, rows: NDArray[np.bool_], datum: Datum) -> None:
        """Write some rows' coordinates in a datum."""
        self.lon[rows], self.lat[rows] = from_wgs84(self.lon[rows], self.lat[rows], datum)


Making = Callable[[Rows, np.random.Generator], tuple[str, str]]


def _make(i: int, ground: Ground, random: np.random.Generator) -> Made:
    """Return a ledger of one kind after the other, with the noise of real ones."""
    count = int(random.choice([60, 200, 600, 1500, 3000]))
    at = random.integers(0, len(ground.lon), count)
    piled = random.random(count) < random.choice([0, 0.2])
    at[piled] = random.choice(at[:3], int(piled.sum()))
    rough_m = random.choice([0, 30, 60])
    rows = Rows(
        lon=ground.lon[at] + random.normal(0, rough_m / 100_000, count),
        lat=ground.lat[at] + random.normal(0, rough_m / 111_000, count),
        township=ground.township[at].copy(),
        names=random.random(count) < random.choice([0.3, 0.6, 0.95]),
        sheet=np.full(count, "台账", dtype=object),
        datum_in=np.full(count, None, dtype=object),
    )
    astray = random.random(count) < random.choice([0, 0.03, 0.08])
    rows.township[astray] = random.choice(ground.township, int(astray.sum()))
    true = rows.lon.copy(), rows.lat.copy()
    making = MAKINGS[i // 2 % len(MAKINGS)]
    told, carried = making(rows, random)
    named = [frozenset([t]) if says else frozenset() for t, says in zip(*_said(rows), strict=True)]
    ledger = pd.DataFrame(
        {
            "unit_id": [f"U{n}" for n in range(count)],
            "row": [f"{sheet}!{n + 2}" for n, sheet in enumerate(rows.sheet)],
            "operating_status": "operating",
            "line": "territorial",
            "lon_in": rows.lon,
            "lat_in": rows.lat,
            "datum_in": rows.datum_in,
        }
    )
    enough = _tells(ground, true, rows, carried)
    return Made(making.__name__[1:], LEDGER.shaped(ledger), named, ground.areas, told, enough)


def _said(rows: Rows) -> tuple[NDArray[np.object_], NDArray[np.bool_]]:
    return rows.township, rows.names


def _tells(ground: Ground, true: tuple[Numbers, Numbers], rows: Rows, carried: str) -> bool:
    """Return whether enough places are carried over a border of the township they name."""
    if carried == "forms":
        return True
    shift = Datum.GCJ02 if carried != "bd09" else Datum.BD09
    moved = from_wgs84(*true, shift)
    shapes = dict(zip(ground.areas.townships["id"], ground.areas.townships.geometry, strict=True))
    over = np.zeros(len(rows.lon), dtype=bool)
    for name in sorted(set(rows.township)):
        mine = rows.names & (rows.township == name)
        here = shapely.intersects_xy(shapes[name], true[0][mine], true[1][mine])
        there = shapely.intersects_xy(shapes[name], moved[0][mine], moved[1][mine])
        over[mine] = here & ~there
    kinds = [over]
    if carried == "mixed":
        kinds = [over & (rows.lon == true[0]), over & (rows.lon != true[0])]
    if carried == "sheets":
        kinds = [over & (rows.sheet == sheet) for sheet in sorted(set(rows.sheet))]
    return all(
        len({(round(x, 3), round(y, 3)) for x, y in zip(true[0][k], true[1][k], strict=True)})
        >= ENOUGH
        for k in kinds
    )


def _right(_rows: Rows, _random: np.random.Generator) -> tuple[str, str]:
    return "fits", "gcj02"


def _gcj02_unlabelled(rows: Rows, _random: np.random.Generator) -> tuple[str, str]:
    rows.take(np.full(len(rows.lon), fill_value=True), Datum.GCJ02)
    return "gcj02", "gcj02"


def _bd09_unlabelled(rows: Rows, _random: np.random.Generator) -> tuple[str, str]:
    rows.take(np.full(len(rows.lon), fill_value=True), Datum.BD09)
    return "bd09", "bd09"


def _gcj02_labelled_so(rows: Rows, random: np.random.Generator) -> tuple[str, str]:
    _gcj02_unlabelled(rows, random)
    rows.datum_in[:] = "gcj02"
    return "fits", "gcj02"


def _wgs84_labelled_gcj02(rows: Rows, _random: np.random.Generator) -> tuple[str, str]:
    rows.datum_in[:] = "gcj02"
    return "wgs84", "gcj02"


def _gcj02_labelled_cgcs2000(rows: Rows, random: np.random.Generator) -> tuple[str, str]:
    _gcj02_unlabelled(rows, random)
    rows.datum_in[:] = "cgcs2000"
    return "gcj02", "gcj02"


def _bd09_of_unknown_datum(rows: Rows, random: np.random.Generator) -> tuple[str, str]:
    _bd09_unlabelled(rows, random)
    rows.datum_in[:] = "unknown"
    return "bd09", "bd09"


def _mixed_in_one_sheet(rows: Rows, random: np.random.Generator) -> tuple[str, str]:
    rows.take(random.random(len(rows.lon)) < random.choice([0.3, 0.5, 0.7]), Datum.GCJ02)
    return "mixed", "mixed"


def _sheets_of_two_datums(rows: Rows, random: np.random.Generator) -> tuple[str, str]:
    second = random.random(len(rows.lon)) < 0.5  # noqa: PLR2004 - half
    rows.sheet[second] = "二"
    rows.take(second, Datum.GCJ02)
    return "fits | gcj02", "sheets"


def _rows_declared_apart(rows: Rows, random: np.random.Generator) -> tuple[str, str]:
    second = random.random(len(rows.lon)) < 0.5  # noqa: PLR2004 - half
    rows.datum_in[second] = "gcj02"
    rows.sheet[second] = "二"
    rows.take(second, Datum.GCJ02)
    return "fits", "sheets"


def _swapped(rows: Rows, _random: np.random.Generator) -> tuple[str, str]:
    rows.lon, rows.lat = rows.lat, rows.lon
    return "swapped fits", "gcj02"


def _swapped_gcj02(rows: Rows, random: np.random.Generator) -> tuple[str, str]:
    _gcj02_unlabelled(rows, random)
    rows.lon, rows.lat = rows.lat, rows.lon
    return "swapped gcj02", "gcj02"


def _degrees_and_minutes(rows: Rows, _random: np.random.Generator) -> tuple[str, str]:
    rows.lon, rows.lat = (
        100 * np.floor(each) + np.round(60 * (each - np.floor(each)), 4)
        for each in (rows.lon, rows.lat)
    )
    return "minutes fits", "gcj02"


def _gauss_kruger(rows: Rows, random: np.random.Generator) -> tuple[str, str]:
    east, north = project(rows.lon, rows.lat, metric_crs(float(np.median(rows.lon))))
    if random.random() < 0.5:  # noqa: PLR2004 - half
        east += 1e6 * np.floor(np.median(rows.lon) / 3 + 0.5)
    rows.lon, rows.lat = (east, north) if random.random() < 0.5 else (north, east)  # noqa: PLR2004
    return "metres fits", "gcj02"


def _web_mercator_or_utm(rows: Rows, random: np.random.Generator) -> tuple[str, str]:
    utm = 32600 + int((np.median(rows.lon) + 180) // 6) + 1
    crs = random.choice([3857, utm])
    way = Transformer.from_crs(4326, int(crs), always_xy=True)
    rows.lon, rows.lat = way.transform(rows.lon, rows.lat)
    return "metres fits", "gcj02"


MAKINGS: tuple[Making, ...] = (
    *(_right, _gcj02_unlabelled, _bd09_unlabelled, _gcj02_labelled_so, _wgs84_labelled_gcj02),
    *(_right, _gcj02_labelled_cgcs2000, _bd09_of_unknown_datum, _mixed_in_one_sheet),
    *(_sheets_of_two_datums, _rows_declared_apart, _swapped, _swapped_gcj02),
    *(_degrees_and_minutes, _gauss_kruger, _web_mercator_or_utm),
)
