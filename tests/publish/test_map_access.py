"""Whoever reads the map by screen reader, keyboard or at low contrast reads the same."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import Window, window
from map_town import town
from map_window import show

from lxgeo.policy import Policy

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
