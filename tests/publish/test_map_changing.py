"""Changing the plan on the map, by mouse and by keyboard; it comes back as the same plan."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from browser import Window, window
from changing_town import Groups, build_ledger, grouped, plan
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

from lxgeo.geo.metric import metric_crs, project
from town import Town

pytestmark = pytest.mark.browser

A, B, E = ({f"{c}{n}" for n in range(1, k)} for c, k in (("A", 6), ("B", 4), ("E", 3)))


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    """Return one browser window for all tests here."""
    with window(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """Return ledger, areas and run of the town to be changed."""
    folder = tmp_path_factory.mktemp("changing")
    ledger, areas = build_ledger(folder)
    return ledger, areas, plan(ledger, areas, folder / "out")


@pytest.fixture
def opened(browser: Window, planned: tuple[Path, Path, Path], tmp_path: Path) -> Window:
    """Return the window with the page open, nothing kept from before, changing switched on."""
    browser.driver.execute_cdp_cmd(
        "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)}
    )
    page = page_of(planned)
    browser.open(page)
    browser.js("localStorage.clear()")
    browser.open(page)
    browser.one("#edit").click()
    return browser


def page_of(planned: tuple[Path, Path, Path]) -> Path:
    """Return the run's map."""
    _, _, run = planned
    return run.parent / "maps" / f"{run.name}.html"


def number(page: Window, unit_id: str) -> int:
    """Return a unit's number in the page."""
    found = page.js(
        "const r = lxgeo.page.register;return r.byLedger.find((i) => r.unitId(i) === arguments[0])",
        unit_id,
    )
    return int(found)


def place(page: Window, unit_id: str) -> tuple[float, float]:
    """Return where a unit stands in the map's window."""
    x, y = page.js(
        "const at = lxgeo.page.pointOf(arguments[0]); return [at.x, at.y]", number(page, unit_id)
    )
    return float(x), float(y)


def see_both(page: Window) -> None:
    """Show the A's and the B's side by side."""
    page.js(
        "const p = lxgeo.page, [a, b] = arguments; p.choose(null);"
        "p.lookAt((p.units.x[a] + p.units.x[b]) / 2, p.units.y[a], 16)",
        number(page, "A1"),
        number(page, "B3"),
    )


def drag(page: Window, unit_id: str, target: tuple[float, float]) -> None:
    """Drag a unit to a point of the map's window with the mouse."""
    see_both(page)
    box = page.one(".folium-map").rect
    middle = (box["width"] / 2, box["height"] / 2)

    def off(at: tuple[float, float]) -> tuple[int, int]:
        return round(at[0] - middle[0]), round(at[1] - middle[1])

    element = page.one(".folium-map")
    hands = page.hands().move_to_element_with_offset(element, *off(place(page, unit_id)))
    hands.click_and_hold().move_to_element_with_offset(element, *off(target)).release().perform()


def drag_onto(page: Window, unit_id: str, other: str) -> None:
    """Drag a unit onto another."""
    see_both(page)
    drag(page, unit_id, place(page, other))


def groups(page: Window) -> Groups:
    """Return the joint branches as they stand in the page, as sets of unit ids."""
    found: list[list[str]] = page.js(
        "const { branches, register } = lxgeo.page;"
        "return branches.units.filter((u) => u.length > 1)"
        ".map((u) => u.map((i) => register.unitId(i)))"
    )
    return {frozenset(each) for each in found}


def said(page: Window) -> str:
    """Return what the bar says of the last step."""
    return "".join(page.texts("#edit-said"))


def choose(page: Window, unit_id: str) -> None:
    """Choose a unit, as from a list."""
    page.js("lxgeo.page.choose({ unit: arguments[0] }, { move: true })", number(page, unit_id))


def save(page: Window, folder: Path, ending: str, *, whole: bool = False) -> Path:
    """Answer the questions of the dialog by keyboard and save the pins."""
    page.one("#save-pins").send_keys(Keys.ENTER)
    for name, text in (("who", "组织科"), ("why", "企业意愿")):
        field = page.one(f"#pin-{name}")
        field.clear()
        field.send_keys(text)
    page.js("document.getElementById('pin-when').value = '2026-11-20'")
    if whole:
        page.one("#pin-whole").send_keys(Keys.SPACE)
    page.one(f"#pin-{ending}").send_keys(Keys.ENTER)
    (path,) = page.until(lambda: [p for p in folder.glob(f"*.{ending}") if p.stat().st_size])
    return Path(path)


def fields(pins: list[dict[str, Any]]) -> set[tuple[str, str, str]]:
    """Return unit, action and other of each pin."""
    return {(pin["unit_id"], pin["action"], pin["other_id"]) for pin in pins}


def test_a_unit_is_dragged_into_another_branch(opened: Window) -> None:
    """A5 goes to the B's by mouse: four and four; figures, chip and mark tell of it."""
    assert groups(opened) == {frozenset(A), frozenset(B), frozenset(E)}

    drag_onto(opened, "A5", "B2")

    assert groups(opened) == {frozenset(A - {"A5"}), frozenset(B | {"A5"}), frozenset(E)}
    assert said(opened).startswith("A5电子有限公司 已移入")
    assert opened.texts("#adjusted") == ["已人工调整 1 步"]
    choose(opened, "A5")
    card = " ".join(opened.texts("#card"))
    assert "已人工调整：成本与次优方案须重新测算" in card
    assert "折合成本" not in card
    facts = dict(zip(opened.texts(".of-branch dt"), opened.texts(".of-branch dd"), strict=True))
    assert facts["单位数"] == "4 家"
    assert facts["正式党员"] == "4 名"
    assert facts["跨度"] == "900 米"  # A5 at 500, B3 at 1400


@pytest.mark.parametrize(
    ("unit_id", "target", "why"),
    [
        ("B1", "A1", "剩下的单位：正式党员合计 2 名，不足 3 名"),
        ("B1", "A1", "单位数达 6 家，超过 5 家"),
        ("D1", "B1", "超过上限 1,200 米"),
        ("A5", "E1", "不在同一管辖"),
    ],
)
def test_what_a_rule_forbids_is_refused_with_its_reason(
    opened: Window, unit_id: str, target: str, why: str
) -> None:
    """By the card as by the mouse: nothing changes, and the reason is told."""
    before = groups(opened)
    told = opened.js(
        "const { edits, plan } = lxgeo.page;"
        "return edits.moving(arguments[0], plan.of(arguments[1]).branch).refused.join('；')",
        number(opened, unit_id),
        number(opened, target),
    )

    assert why in told
    if unit_id == "B1":
        drag_onto(opened, unit_id, target)
        assert why in said(opened)
        assert opened.js("return document.getElementById('edit-said').className") == "said refused"
    assert groups(opened) == before
    assert opened.js("return lxgeo.page.edits.at") == 0


def test_undo_and_redo_by_keys_and_buttons(opened: Window) -> None:
    """Ctrl+Z takes each step back, Ctrl+Shift+Z makes it again; the buttons do the same."""
    start = groups(opened)
    drag_onto(opened, "A5", "B2")
    moved = groups(opened)
    body = opened.one("body")

    body.send_keys(Keys.CONTROL, "z")
    assert groups(opened) == start
    assert opened.one("#undo").get_attribute("disabled") == "true"
    body.send_keys(Keys.CONTROL, Keys.SHIFT, "z")
    assert groups(opened) == moved
    opened.one("#undo").click()
    assert groups(opened) == start
    opened.one("#redo").click()
    assert groups(opened) == moved


def test_all_of_it_by_keyboard(opened: Window) -> None:
    """Move, leave out, host, dissolve and found anew with nothing but keys."""
    choose(opened, "A5")
    choice = Select(opened.one("#move-to"))
    assert len(choice.options) == 1  # the E's are under another body
    opened.one("[data-act=move]").send_keys(Keys.ENTER)
    assert frozenset(B | {"A5"}) in groups(opened)

    choose(opened, "B1")
    opened.one("[data-act=make_host]").send_keys(Keys.ENTER)
    assert opened.js("return lxgeo.page.plan.of(arguments[0]).host", number(opened, "B1"))
    choose(opened, "A5")
    opened.one("[data-act=take_out]").send_keys(Keys.ENTER)
    outcome = "return lxgeo.page.plan.of(arguments[0]).outcome"
    assert opened.js(outcome, number(opened, "A5")) == "left_out"

    choose(opened, "A1")
    opened.one("[data-act=dissolve]").send_keys(Keys.ENTER)
    assert groups(opened) == {frozenset(B), frozenset(E)}
    choose(opened, "A1")
    opened.one("[data-act=found]").send_keys(Keys.ENTER)
    assert opened.texts("#founding .refused")[0].startswith("只有一家单位")
    for unit_id in ("A2", "A3"):
        box = f"#founding input[value='{number(opened, unit_id)}']"
        opened.one(box).send_keys(Keys.SPACE)
    assert opened.texts("#founding .refused") == [""]
    opened.one("[data-act=found-now]").send_keys(Keys.ENTER)
    assert frozenset({"A1", "A2", "A3"}) in groups(opened)


def test_a_locked_branch_stays_as_it_is(opened: Window) -> None:
    """Nothing comes in or goes out until it is unlocked."""
    choose(opened, "B1")
    opened.one("[data-act=lock]").click()
    drag_onto(opened, "A5", "B2")

    assert "已锁定，请先解除锁定" in said(opened)
    assert frozenset(B) in groups(opened)


@pytest.mark.parametrize(("ending", "whole"), [("json", False), ("csv", False), ("json", True)])
def test_saved_changes_come_back_as_the_same_plan(
    opened: Window,
    planned: tuple[Path, Path, Path],
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
    ledger, areas, _ = planned

    again = plan(ledger, areas, tmp_path / "again", "--pins", pins)

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
    opened: Window, planned: tuple[Path, Path, Path]
) -> None:
    """With undo and redo as they were; one click discards them all."""
    drag_onto(opened, "A5", "B2")
    choose(opened, "E1")
    opened.one("[data-act=dissolve]").click()
    opened.one("#undo").click()
    moved = groups(opened)

    opened.open(page_of(planned))

    assert groups(opened) == moved
    assert opened.texts("#kept")[0].startswith("已恢复上次未保存的调整（1 步）")
    opened.one("#edit").click()
    opened.one("#redo").click()
    assert frozenset(E) not in groups(opened)
    opened.one("#discard-kept").click()
    assert groups(opened) == {frozenset(A), frozenset(B), frozenset(E)}
    opened.open(page_of(planned))
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
    opened: Window, planned: tuple[Path, Path, Path], held: str
) -> None:
    """Changes that are not about this plan's units are dropped whole; the page opens."""
    opened.js("localStorage.setItem(`lxgeo:${lxgeo.page.core.notes.content}`, arguments[0])", held)

    opened.open(page_of(planned))

    assert groups(opened) == {frozenset(A), frozenset(B), frozenset(E)}
    assert opened.js("return lxgeo.page.edits.at") == 0


def test_a_browser_that_keeps_nothing_is_told_of(
    opened: Window, planned: tuple[Path, Path, Path]
) -> None:
    """Where the page may keep nothing it says so, and changing works all the same."""
    made = opened.driver.execute_cdp_cmd(
        "Page.addScriptToEvaluateOnNewDocument",
        {
            "source": "Object.defineProperty(window, 'localStorage',"
            " { get() { throw new DOMException('no', 'SecurityError'); } })"
        },
    )
    try:
        opened.open(page_of(planned))
        opened.one("#edit").click()
        assert "关闭前请先保存调整" in opened.texts("#kept")[0]
        drag_onto(opened, "A5", "B2")
        assert frozenset(B | {"A5"}) in groups(opened)
    finally:
        opened.driver.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", made)


def test_distances_are_the_planner_s(opened: Window) -> None:
    """Between all units, within a tenth of a per cent (and the rounding of positions, 0.2 m)."""
    found = opened.js(
        "const { units, register, edits } = lxgeo.page, out = [];"
        "for (let i = 0; i < units.drawn; i += 1) out.push([register.unitId(i),"
        " edits.rules.metres(i, 0, -1)]); return out"
    )
    first = found[0][0]
    places = opened.js(
        "const { units } = lxgeo.page; return [...Array(units.drawn).keys()].map((i) =>"
        " [(units.x[i] - 0.5) * 360, Math.atan(Math.sinh(Math.PI * (1 - 2 * units.y[i])))"
        " * 180 / Math.PI])"
    )
    lon, lat = np.array(places).T
    x, y = project(lon, lat, metric_crs(float(lon.mean())))
    expected = np.hypot(x - x[0], y - y[0])

    assert first == opened.js("return lxgeo.page.register.unitId(0)")
    assert [metres for _, metres in found] == pytest.approx(expected.tolist(), abs=0.01)


def test_nothing_asks_the_network_and_nobody_complains(opened: Window) -> None:
    """Changing and its dialog keep to the page's policy."""
    drag_onto(opened, "A5", "B2")
    opened.one("#save-pins").click()

    assert opened.complaints() == []
    assert opened.left_the_page() == []
