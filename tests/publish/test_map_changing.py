"""Changing the plan on the map, by mouse and by keyboard; each step is checked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from browser import Window, window
from changing_town import Changing
from map_hands import (
    A,
    B,
    E,
    carry,
    choose,
    drag_onto,
    groups,
    number,
    place,
    ready,
    said,
    see_both,
)
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

from lxgeo.geo.metric import metric_crs, project

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


def test_a_unit_is_dragged_into_another_branch(opened: Window) -> None:
    """A5 goes to the B's by mouse: four and four; figures, chip and mark tell of it."""
    assert groups(opened) == {frozenset(A), frozenset(B), frozenset(E)}

    drag_onto(opened, "A5", "B2")

    assert groups(opened) == {frozenset(A - {"A5"}), frozenset(B | {"A5"}), frozenset(E)}
    assert said(opened).startswith("A5电子有限公司 已移入")
    assert opened.texts("#adjusted") == ["已人工调整 1 步"]
    opened.js("window.dispatchEvent(new Event('beforeprint'))")
    assert "批准后（测算建议）　已人工调整" in opened.texts("#colophon")[0]
    opened.js("window.dispatchEvent(new Event('afterprint'))")
    choose(opened, "A5")
    card = " ".join(opened.texts("#card"))
    assert "已人工调整：成本与次优方案须重新测算" in card
    assert "折合成本" not in card
    facts = dict(zip(opened.texts(".of-branch dt"), opened.texts(".of-branch dd"), strict=True))
    assert facts["单位数"] == "4 家"
    assert facts["正式党员"] == "4 名"
    assert facts["跨度"] == "900 米"  # A5 at 500, B3 at 1400


def test_escape_in_the_middle_of_a_drag_lets_go(opened: Window) -> None:
    """A5 is held over the B's when Escape is pressed: it stays, and the map can be moved again."""
    see_both(opened)
    hands = carry(opened, "A5", place(opened, "B2"))
    hands.perform()
    assert opened.texts(".carried:not([hidden])")
    opened.hands().send_keys(Keys.ESCAPE).perform()

    assert not opened.texts(".carried:not([hidden])")
    assert opened.js("return lxgeo.page.map.dragging.enabled()")
    opened.hands().release().perform()
    assert groups(opened) == {frozenset(A), frozenset(B), frozenset(E)}


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
