"""Measuring a page in a real headless Chromium, its network cut."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).resolve().parents[2] / "tests" / "publish"))

from browser import Window, window
from selenium.webdriver.common.actions.wheel_input import ScrollOrigin

QUIET_MS = 1200  # so long without a long task or a slow frame, and a page counts as quiet
PATIENCE_S = 120

_WATCH = """
window.__late = performance.now();
new PerformanceObserver((list) => {
  for (const each of list.getEntries()) {
    window.__late = Math.max(window.__late, each.startTime + each.duration);
  }
}).observe({ entryTypes: ['longtask'] });
let last = performance.now();
requestAnimationFrame(function look(now) {
  if (now - last > 60) window.__late = Math.max(window.__late, now);
  last = now;
  requestAnimationFrame(look);
});
"""


@contextmanager
def browser(profile: Path) -> Iterator[Window]:
    """Open a window that notes when a page went quiet."""
    with window(profile) as opened:
        opened.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": _WATCH})
        opened.driver.set_page_load_timeout(PATIENCE_S)
        opened.driver.set_script_timeout(PATIENCE_S)
        yield opened


def quiet_s(page: Window, path: Path, *, slower: int = 1) -> float:
    """Return seconds from opening a page to the end of its last long task or slow frame."""
    page.driver.execute_cdp_cmd("Emulation.setCPUThrottlingRate", {"rate": slower})
    try:
        page.driver.get("about:blank")
        page.driver.get(path.as_uri())
        page.driver.execute_async_script(
            "const done = arguments[0];"
            "const look = () => (performance.now() - window.__late > arguments[1]"
            " ? done() : setTimeout(look, 100)); look();".replace("arguments[1]", str(QUIET_MS))
        )
        return float(page.js("return window.__late / 1000"))
    finally:
        page.driver.execute_cdp_cmd("Emulation.setCPUThrottlingRate", {"rate": 1})


def worst_frame_ms(page: Window, act: Any) -> float:
    """Return the longest frame while something is done to a page."""
    page.js(
        "window.__frames = []; let last = performance.now(); window.__on = true;"
        "requestAnimationFrame(function look(now) { window.__frames.push(now - last); last = now;"
        " if (window.__on) requestAnimationFrame(look); });"
    )
    act()
    page.driver.execute_async_script("setTimeout(arguments[0], 600)")
    return float(page.js("window.__on = false; return Math.max(...window.__frames.slice(1))"))


def pan(page: Window, map_selector: str = ".leaflet-container") -> None:
    """Drag the map in twenty steps."""
    target = page.one(map_selector)
    hands = page.hands().move_to_element_with_offset(target, 150, 100).click_and_hold()
    for _ in range(20):
        hands.move_by_offset(-12, -6)
    hands.release().perform()


def zoom(page: Window, map_selector: str = ".leaflet-container") -> None:
    """Turn the wheel over the middle of the map."""
    origin = ScrollOrigin.from_element(page.one(map_selector))
    for _ in range(3):
        page.hands().scroll_from_origin(origin, 0, -240).perform()
