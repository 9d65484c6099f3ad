"""The pages of figures are what their commands make of the figures kept."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmarks"))
from standing.city import HEAD, make_city
from standing.model import error, fitted, peak, provincial
from standing.page import lines, page
from standing.rated import Rated
from standing.scale_page import page as scale_page
from standing.whole import WATCHED

ROOT = Path(__file__).resolve().parents[1]
STANDING = ROOT / "benchmarks" / "standing"


def test_the_page_of_figures_is_made_of_them() -> None:
    """docs/benchmarks.md is what ``benchmarks/bench.py --page`` makes of latest.json."""
    told = json.loads((STANDING / "latest.json").read_text(encoding="utf-8"))

    assert (ROOT / "docs" / "benchmarks.md").read_text(encoding="utf-8") == page(told)


def test_the_page_of_scale_is_made_of_its_figures() -> None:
    """docs/scale.md is what ``benchmarks/scale.py --page`` makes of scale.json."""
    told = json.loads((STANDING / "scale.json").read_text(encoding="utf-8"))

    assert (ROOT / "docs" / "scale.md").read_text(encoding="utf-8") == scale_page(told)


def test_a_row_tells_its_ratio_and_rate() -> None:
    """3,000 rows in 1.5 s are 2,000 a second, three times what took 0.5 s."""
    row = Rated("readers", "csv", 3_000, 1.5, 10.0, "pyarrow", 0.5)

    assert row.ratio == pytest.approx(3.0)
    assert lines([row]).splitlines()[1].split() == [
        *("readers", "csv", "3,000", "1.5", "2,000", "10", "pyarrow", "0.500", "3.00")
    ]
    assert Rated("planner", "fast", 10, 1.0).ratio is None


@pytest.mark.parametrize("name", [name for names in WATCHED.values() for name in names])
def test_every_stage_that_is_watched_is_there(name: str) -> None:
    """A function that moves must be watched where it went."""
    room, _, function = name.rpartition(".")
    if room.endswith(".text"):
        room = "lxgeo.text"

    assert callable(getattr(import_module(room), function))


def test_the_model_finds_what_the_figures_were_made_of() -> None:
    """2 s, 3 ms a unit, 0.5 s a region; 400 MB, 10 kB a unit; 9 s, 5 s a county, 4 ms a unit."""
    sizes = [
        {
            "units": units,
            "regions": regions,
            "seconds": dict.fromkeys(
                ("read", "locate", "triage", "propose", "judge", "publish", "rest"),
                2 + 0.003 * units + 0.5 * regions,
            ),
            "peak_mb": 400 + 0.01 * units,
        }
        for units, regions in ((1_000, 1), (1_000, 4), (3_000, 2), (9_000, 3))
    ]
    line, memory = fitted(sizes)["propose"], peak(sizes)
    county = provincial(
        [
            {"counties": counties, "units": units, "processor_s": 9 + 5 * counties + 0.004 * units}
            for counties, units in ((2, 2_000), (4, 2_000), (4, 4_000))
        ]
    )

    np.testing.assert_allclose([line.start, line.unit, line.region], [2, 0.003, 0.5], rtol=1e-6)
    np.testing.assert_allclose([memory.start, memory.unit], [400, 0.01], rtol=1e-6)
    np.testing.assert_allclose([county.start, county.region, county.unit], [9, 5, 0.004], rtol=1e-6)
    assert error(line.at(10_000, 4), 40.0) == pytest.approx(34 / 40 - 1)


def test_a_city_is_made_to_size_and_again_the_same(tmp_path: Path) -> None:
    """200 rows under a head, a name for every township; the same bytes twice."""
    cities = [make_city(tmp_path / each, 200, townships=2) for each in ("a", "b")]
    rows = cities[0].csv.read_text(encoding="utf-8-sig").splitlines()

    assert rows[0] == ",".join(HEAD)
    assert len(rows) == 201
    for name in ("csv", "gazetteer"):
        first, second = (getattr(each, name).read_bytes() for each in cities)
        assert first == second
