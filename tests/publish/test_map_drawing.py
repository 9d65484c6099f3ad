"""What the page draws from: places in web Mercator, outlines by zoom, branches' units."""

from __future__ import annotations

from collections.abc import Iterator
from math import asinh, pi, radians, tan
from pathlib import Path

import pytest
from browser import Window, window
from map_town import town
from map_window import show

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    """Return a window with the town's page open."""
    folder: Path = tmp_path_factory.mktemp("drawing")
    with window(folder / "profile") as browser:
        yield show(browser, folder, town())


def test_places_are_those_of_web_mercator(opened: Window) -> None:
    """Each unit stands where y = ½ − asinh(tan φ) / 2π puts it, to a millionth of a metre."""
    degrees, world = opened.js(
        "const { core, units } = lxgeo.page, per = core.notes.perDegree;"
        "return [Array.from(core.get('unit.y'), (y) => y / per), [...units.y]]"
    )

    assert len(degrees) > 10
    for latitude, y in zip(degrees, world, strict=True):
        expected = 0.5 - asinh(tan(radians(latitude))) / (2 * pi)
        assert y == pytest.approx(expected, abs=1e-6 / 40_075_017)


def test_coarse_outlines_hold_what_the_fine_ones_hold(opened: Window) -> None:
    """From any zoom a township's outline holds its own name's place and not its neighbour's."""
    held = opened.js(
        "const b = lxgeo.page.basemap, l = b.layer('townships'), n = l.names.length;"
        "const at = (f, path) => b.probe.isPointInPath(path,"
        " (l.labels.x[f] - b.origin.x) * 256 * 2 ** 14,"
        " (l.labels.y[f] - b.origin.y) * 256 * 2 ** 14, 'evenodd');"
        "return [8, 11.25, 15, undefined].map((zoom) => l.features.map((each) =>"
        " l.names.map((_, f) => at(f, each.path(zoom)))))"
    )

    count = len(held[0])
    own = [[i == j for j in range(count)] for i in range(count)]
    assert count > 1
    assert held == [own] * 4


def test_branches_list_the_units_that_name_them(opened: Window) -> None:
    """Listed when first asked for, each branch has its units in their order, as many as counted."""
    lists, sizes, named = opened.js(
        "const { branches, units } = lxgeo.page;"
        "return [branches.units, [...branches.sizes], [...units.branch]]"
    )

    expected = [[i for i, b in enumerate(named) if b == k + 1] for k in range(len(sizes))]
    assert lists == expected
    assert sizes == [len(each) for each in expected]
    assert max(sizes) > 1
