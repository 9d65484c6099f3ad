"""Measuring on the map in a real browser: metres are the plan's."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import Window, window
from map_town import town
from map_window import look_at, show, unit
from selenium.webdriver.common.keys import Keys

from lxgeo.geo.metric import metric_crs, project

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    """Return a window with the town's page open."""
    folder: Path = tmp_path_factory.mktemp("measuring")
    with window(folder / "profile") as browser:
        yield show(browser, folder, town())


def test_measures_between_two_clicks(opened: Window) -> None:
    """Two units 200 m apart measure as the map has it; Esc ends and forgets."""
    a = unit(opened, "江滨第1号商贸有限公司")
    b = unit(opened, "江滨第2号商贸有限公司")
    look_at(opened, a, 16)
    opened.one("[aria-label=测距]").click()
    assert opened.texts(".measure [role=status]") == ["点击地图量距离，Esc 结束"]
    for number in (a, b):
        opened.click_map(
            *opened.js("const at = lxgeo.page.pointOf(arguments[0]); return [at.x, at.y]", number)
        )

    (told,) = opened.texts(".measure [role=status]")
    metres = int(told.removeprefix("全长 ").removesuffix(" 米"))
    assert metres == pytest.approx(191.9, abs=3)  # 0.002° of longitude at 30.4° north
    assert not opened.one(".card").is_displayed()
    opened.hands().send_keys(Keys.ESCAPE).perform()
    assert not opened.one(".measure").is_displayed()


def test_a_measured_distance_is_the_one_that_the_plan_has(opened: Window) -> None:
    """From the first unit to the ninth: metres of the plan's system, four more than on a sphere."""
    numbers = [unit(opened, f"江滨第{n}号商贸有限公司") for n in (1, 9)]
    opened.one("[aria-label=测距]").click()
    opened.js(
        "const { map, units } = lxgeo.page;"
        "for (const i of arguments) map.fire('click', "
        "{ latlng: lxgeo.page.latLng(units.x[i], units.y[i]), containerPoint: L.point(0, 0) })",
        *numbers,
    )
    x, y = project([112.204, 112.236], [30.406, 30.418], metric_crs(112.2))
    apart = math.hypot(x[1] - x[0], y[1] - y[0])

    assert opened.texts(".measure [role=status]") == [f"全长 {apart:,.0f} 米"]
    assert apart - opened.js("return L.latLng(30.406, 112.204).distanceTo([30.418, 112.236])") > 4
    opened.hands().send_keys(Keys.ESCAPE).perform()
