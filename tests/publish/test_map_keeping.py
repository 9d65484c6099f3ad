"""Changes that leave the map come back as the same plan; unsaved ones are kept by the browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from browser import Window, window
from changing_town import Changing, grouped, plan
from map_hands import A, B, E, choose, drag_onto, fields, groups, ready, save

from town import Town

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    """Return one browser window for all tests here."""
    with window(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


@pytest.fixture
def opened(browser: Window, changing: Changing, tmp_path: Path) -> Window:
    """Return the window with the page open, nothing kept from before, changing switched on."""
    return ready(browser, changing.page, tmp_path)


@pytest.mark.parametrize(("ending", "whole"), [("json", False), ("csv", False), ("json", True)])
def test_saved_changes_come_back_as_the_same_plan(
    opened: Window,
    changing: Changing,
    tmp_path: Path,
    ending: str,
    *,
    whole: bool,
) -> None:
    """What was changed on the map, saved and planned again, is the plan as it stood on the map."""
    drag_onto(opened, "A5", "B2")
    choose(opened, "E1")
    opened.one("[data-act=dissolve]").click()
    as_shown = groups(opened)
    hosts = opened.js(
        "const { branches, register } = lxgeo.page;"
        "return branches.units.flatMap((u, b) => u.length < 2 ? []"
        " : u.map((i) => [register.unitId(i), register.unitId(branches.hostOf(b))]))"
    )
    pins = save(opened, tmp_path, ending, whole=whole)

    again = plan(changing.ledger, changing.areas, tmp_path / "again", "--pins", pins)

    assert grouped(again) == (as_shown, dict(hosts))
    told = json.loads((again / "pins.json").read_text(encoding="utf-8"))
    assert told["refused"] == []
    expected = {(unit, "lock", dict(hosts)[unit]) for unit in A | B}
    expected |= {(unit, "leave_out", "") for unit in (E | {"D1"} if whole else E)}
    assert fields(told["pins"]) == expected
    assert {(pin["who"], pin["why"], pin["when"]) for pin in told["pins"]} == {
        ("组织科", "企业意愿", "2026-11-20")
    }


def test_units_of_an_approved_branch_come_back_to_it(
    browser: Window, town: Town, tmp_path: Path
) -> None:
    """U7 taken out of the approved branch and put in again is locked to the branch's own id."""
    run = plan(town.ledger, town.areas, tmp_path / "out")
    browser.driver.execute_cdp_cmd(
        "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)}
    )
    browser.open(run.parent / "maps" / f"{run.name}.html")
    browser.one("#edit").click()
    choose(browser, "U7")
    branch = browser.js("return lxgeo.page.plan.of(lxgeo.page.chosen.unit).branch")
    browser.one("[data-act=take_out]").click()
    assert browser.js("return lxgeo.page.plan.of(lxgeo.page.chosen.unit).outcome") == "left_out"
    browser.one("[data-act=move]").click()
    outcome = "return lxgeo.page.plan.of(lxgeo.page.chosen.unit).outcome"
    assert browser.js(outcome) == "attached"
    browser.one("[data-act=lock]").click()
    branch_id = browser.js("return lxgeo.page.register.branchId(arguments[0])", branch)
    pins = save(browser, tmp_path, "json")

    again = plan(town.ledger, town.areas, tmp_path / "again", "--pins", pins)
    told = json.loads((again / "pins.json").read_text(encoding="utf-8"))

    assert fields(told["pins"]) == {("U7", "lock", branch_id)}
    assert told["refused"] == []
    units = pd.read_csv(again / "units.csv", dtype=str, encoding="utf-8-sig").set_index("unit_id")
    assert units.loc["U7", ["outcome", "branch_id"]].tolist() == ["attached", branch_id]


def test_nothing_is_saved_before_it_is_said_who_and_why(opened: Window, tmp_path: Path) -> None:
    """The dialog asks for the post and the reason, and says so."""
    drag_onto(opened, "A5", "B2")
    opened.one("#save-pins").click()
    opened.one("#pin-json").click()

    assert opened.texts("#saving .refused") == ["请写明经办岗位和调整理由"]
    assert list(tmp_path.glob("*.json")) == []


def test_unsaved_changes_are_back_when_the_page_is_opened_again(
    opened: Window, changing: Changing
) -> None:
    """With undo and redo as they were; one click discards them all."""
    drag_onto(opened, "A5", "B2")
    choose(opened, "E1")
    opened.one("[data-act=dissolve]").click()
    opened.one("#undo").click()
    moved = groups(opened)

    opened.open(changing.page)

    assert groups(opened) == moved
    assert opened.texts("#kept")[0].startswith("已恢复上次未保存的调整（1 步）")
    opened.one("#edit").click()
    opened.one("#redo").click()
    assert frozenset(E) not in groups(opened)
    opened.one("#discard-kept").click()
    assert groups(opened) == {frozenset(A), frozenset(B), frozenset(E)}
    opened.open(changing.page)
    assert opened.js("return lxgeo.page.edits.log.length") == 0


@pytest.mark.parametrize(
    "held",
    [
        "no json",
        '{"version":1,"at":1,"log":[{"label":"x","forward":[{"unit":9999}],"locks":[]}]}',
        '{"version":1,"at":7,"log":[{"label":"x","forward":[],"locks":[]}]}',
        '{"version":1,"at":1,"log":[{"label":"x","locks":[]}]}',
    ],
)
def test_what_was_spoilt_in_the_browser_is_not_taken(
    opened: Window, changing: Changing, held: str
) -> None:
    """Changes that are not about this plan's units are dropped whole; the page opens."""
    opened.js("localStorage.setItem(`lxgeo:${lxgeo.page.core.notes.content}`, arguments[0])", held)

    opened.open(changing.page)

    assert groups(opened) == {frozenset(A), frozenset(B), frozenset(E)}
    assert opened.js("return lxgeo.page.edits.at") == 0


def test_a_browser_that_keeps_nothing_is_told_of(opened: Window, changing: Changing) -> None:
    """Where the page may keep nothing it says so, and changing works all the same."""
    made = opened.driver.execute_cdp_cmd(
        "Page.addScriptToEvaluateOnNewDocument",
        {
            "source": "Object.defineProperty(window, 'localStorage',"
            " { get() { throw new DOMException('no', 'SecurityError'); } })"
        },
    )
    try:
        opened.open(changing.page)
        opened.one("#edit").click()
        assert "关闭前请先保存调整" in opened.texts("#kept")[0]
        drag_onto(opened, "A5", "B2")
        assert frozenset(B | {"A5"}) in groups(opened)
    finally:
        opened.driver.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", made)
