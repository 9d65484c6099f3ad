"""Hands on the map: choosing and dragging units of the town to be changed, saving, looking."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from browser import Window
from changing_town import Groups
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

A, B, E = ({f"{c}{n}" for n in range(1, k)} for c, k in (("A", 6), ("B", 4), ("E", 3)))
"""The town's branches."""


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


def carry(page: Window, unit_id: str, target: tuple[float, float]) -> ActionChains:
    """Return hands that take a unit with the mouse to a point of the map's window, and hold it."""
    see_both(page)
    box = page.one(".folium-map").rect
    middle = (box["width"] / 2, box["height"] / 2)

    def off(at: tuple[float, float]) -> tuple[int, int]:
        return round(at[0] - middle[0]), round(at[1] - middle[1])

    element = page.one(".folium-map")
    hands = page.hands().move_to_element_with_offset(element, *off(place(page, unit_id)))
    return hands.click_and_hold().move_to_element_with_offset(element, *off(target))


def drag(page: Window, unit_id: str, target: tuple[float, float]) -> None:
    """Drag a unit to a point of the map's window with the mouse."""
    carry(page, unit_id, target).release().perform()


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
    if page.one("#pin-whole").is_selected() is not whole:
        page.one("#pin-whole").send_keys(Keys.SPACE)
    page.one(f"#pin-{ending}").send_keys(Keys.ENTER)
    (path,) = page.until(lambda: [p for p in folder.glob(f"*.{ending}") if p.stat().st_size])
    return Path(path)


def fields(pins: list[dict[str, Any]]) -> set[tuple[str, str, str]]:
    """Return unit, action and other of each pin."""
    return {(pin["unit_id"], pin["action"], pin["other_id"]) for pin in pins}


def ready(browser: Window, page: Path, downloads: Path) -> Window:
    """Return the window with a page open, nothing kept from before, changing switched on."""
    browser.driver.execute_cdp_cmd(
        "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(downloads)}
    )
    browser.open(page)
    browser.js("localStorage.clear()")
    browser.open(page)
    browser.one("#edit").click()
    return browser
