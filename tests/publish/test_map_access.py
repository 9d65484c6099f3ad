"""Whoever reads the map by screen reader, keyboard or at low contrast reads the same."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
from browser import Window, window
from map_town import town
from map_window import show
from selenium.webdriver.common.keys import Keys
from shapely import Point

from lxgeo.errors import Words
from lxgeo.policy import Policy
from lxgeo.publish.map import Overlay, draw_map

pytestmark = pytest.mark.browser

AXE = Path(__file__).parent / "axe" / "axe.min.js"
GRAVE = {"serious", "critical"}


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    """Return one browser window for all tests here."""
    with window(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


def faults(page: Window) -> list[Any]:
    """Return what axe finds: rule, gravity, and the first element at fault."""
    found = page.driver.execute_async_script(
        "const done = arguments[0];"
        "axe.run(document, { resultTypes: ['violations'] }).then((r) => done("
        "r.violations.map((v) => [v.id, v.impact, v.nodes[0].html.slice(0, 160)])))"
    )
    return [each for each in found if each[1] in GRAVE]


STATES = {
    "as it opens": "",
    "filters and table open": (
        "document.querySelector('.facets summary').click();"
        "lxgeo.page.store.set({ table: true }); lxgeo.page.choose({ branch: 0 });"
    ),
    "a unit's card, coverage": (
        "lxgeo.page.choose({ unit: 0 }); document.getElementById('tab-coverage').click();"
    ),
    "the lists": "document.getElementById('tab-lists').click();",
    "by night, as things stand": "lxgeo.page.store.set({ theme: 'dark', when: 'before' });",
    "measuring": "lxgeo.page.startMeasuring();",
    "changing, with a card": (
        "const p = lxgeo.page; document.getElementById('edit').click();"
        "const i = p.units.host.findIndex((h, i) => !h && p.edits.rules.isMovable(i)"
        " && p.plan.of(i).branch >= 0); p.choose({ unit: i });"
        "p.tryStep(p.edits.moving(i, -1), ''); document.querySelector('[data-act=found]').click();"
    ),
    "what is asked before saving, by night": (
        "lxgeo.page.store.set({ theme: 'dark', tool: 'edit' });"
        "document.getElementById('saving').showModal();"
    ),
}


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_no_serious_fault(browser: Window, tmp_path: Path, state: str) -> None:
    """No serious or critical fault in any state that the page can be in."""
    page = show(browser, tmp_path, dataclasses.replace(town(), policy=Policy()))
    page.js(STATES[state])

    page.js(AXE.read_text(encoding="utf-8"))

    assert faults(page) == []


def test_axe_would_find_one(browser: Window, tmp_path: Path) -> None:
    """The check can fail: a button without a name is told."""
    page = show(browser, tmp_path, town())
    page.js("document.body.append(document.createElement('button'))")

    page.js(AXE.read_text(encoding="utf-8"))

    assert [rule for rule, *_ in faults(page)] == ["button-name"]


def test_in_english_and_with_something_laid_over_it(browser: Window, tmp_path: Path) -> None:
    """The other language and a caller's layers bring no fault of their own."""
    path = tmp_path / "laid.html"
    table = gpd.GeoDataFrame(
        {"label": ["服务中心"], "shade": [None]}, geometry=[Point(112.21, 30.42)], crs="EPSG:4326"
    )
    laid = Overlay(Words("服务中心", "Service centres"), table, ends=(Words("近", "near"),) * 2)
    path.write_text(draw_map(town(), title="方案", overlays=[laid]).html, encoding="utf-8")
    page = browser
    page.open(path)
    page.js("lxgeo.page.choose({ overlay: 'overlay0', feature: 0 }); lxgeo.page.keepNow()")
    page.one("#lang").send_keys(Keys.ENTER)
    page.until(
        lambda: page.js(
            "return document.documentElement.lang === 'en'"
            " && document.body.classList.contains('ready')"
        )
    )
    page.driver.execute_script(AXE.read_text(encoding="utf-8"))

    assert faults(page) == []


def test_what_is_chosen_stands_beside_its_card(browser: Window, tmp_path: Path) -> None:
    """A branch chosen from a list is shown whole, and the card covers nothing of it."""
    page = show(browser, tmp_path, town())
    page.js("lxgeo.page.choose({ branch: 0 }, { move: true })")

    right, free = page.js(
        "const p = lxgeo.page, { box } = p.branches.outline(0);"
        "const edge = p.map.latLngToContainerPoint(p.latLng(box.x1, box.y0)).x;"
        "const card = document.getElementById('card').getBoundingClientRect();"
        "return [edge, card.left - p.map.getContainer().getBoundingClientRect().left]"
    )

    assert 0 < right < free
