"""A real browser for the page's tests: headless Chromium with the network cut."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--force-device-scale-factor=1",
    "--lang=zh-CN",
)
PATIENCE = 20  # seconds; nothing sleeps, a page that is ready goes on at once


def require_chromium() -> tuple[str, str]:
    """Return the paths of chromium and chromedriver; skip, or fail where all is required."""
    browser, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if browser and driver:
        return browser, driver
    told = "chromium and chromedriver are not installed: the map is NOT checked in a browser"
    if os.environ.get("LXGEO_REQUIRE_ALL") == "1":
        pytest.fail(told)
    pytest.skip(told)


class Window:
    """One browser window with a page of ours, and what it did."""

    def __init__(self, driver: webdriver.Chrome) -> None:
        self.driver = driver

    def open(self, path: Path, *, size: tuple[int, int] = (1366, 768)) -> None:
        """Open a page from its file and wait until it is whole."""
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": False},
        )
        self.logs("performance")
        self.logs("browser")
        self.driver.get(path.as_uri())
        self.until(lambda: self.js("return document.body.classList.contains('ready')"))

    def js(self, code: str, *values: Any) -> Any:
        """Run a script of the test's and return what it returns."""
        return self.driver.execute_script(code, *values)

    def until(self, holds: Callable[[], Any]) -> Any:
        """Wait for something to hold."""
        return WebDriverWait(self.driver, PATIENCE, poll_frequency=0.02).until(lambda _: holds())

    def one(self, selector: str) -> WebElement:
        """Return the element of a CSS selector."""
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector: str) -> list[WebElement]:
        """Return all elements of a CSS selector."""
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def hands(self) -> ActionChains:
        """Return mouse and keyboard: real events, without waiting between them."""
        return ActionChains(self.driver, duration=0)

    def click_map(self, x: float, y: float) -> None:
        """Click a point of the map's window."""
        self._at(x, y).click().perform()

    def hover_map(self, x: float, y: float) -> None:
        """Move the mouse to a point of the map's window."""
        self._at(x, y).perform()

    def _at(self, x: float, y: float) -> ActionChains:
        target = self.one(".folium-map")
        box = target.rect
        off_x, off_y = round(x - box["width"] / 2), round(y - box["height"] / 2)
        return self.hands().move_to_element_with_offset(target, off_x, off_y)

    def texts(self, selector: str) -> list[str]:
        """Return the text content of all elements, as it stands in the page."""
        found = self.js(
            "return [...document.querySelectorAll(arguments[0])].map((e) => e.textContent)",
            selector,
        )
        return [str(text) for text in found]

    def logs(self, kind: str) -> list[dict[str, Any]]:
        """Return and clear one of the browser's logs."""
        return list(self.driver.get_log(kind))  # type: ignore[no-untyped-call]

    def requests(self) -> list[str]:
        """Return every address that the page asked for since it was opened."""
        messages = (json.loads(entry["message"])["message"] for entry in self.logs("performance"))
        return [
            str(message["params"]["request"]["url"])
            for message in messages
            if message["method"] == "Network.requestWillBeSent"
        ]

    def left_the_page(self) -> list[str]:
        """Return every address beyond files that was asked for and not stopped by the policy."""
        messages = [json.loads(entry["message"])["message"] for entry in self.logs("performance")]
        asked = {
            message["params"]["requestId"]: str(message["params"]["request"]["url"])
            for message in messages
            if message["method"] == "Network.requestWillBeSent"
        }
        stopped = {
            message["params"]["requestId"]
            for message in messages
            if message["method"] == "Network.loadingFailed"
            and message["params"].get("blockedReason") == "csp"
        }
        return [
            url
            for request, url in asked.items()
            if request not in stopped and not url.startswith("file:")
        ]

    def complaints(self) -> list[str]:
        """Return every warning and error that the console holds."""
        return [
            str(entry["message"])
            for entry in self.logs("browser")
            if entry["level"] in {"WARNING", "SEVERE"}
        ]


@contextmanager
def window(profile: Path) -> Iterator[Window]:
    """Open a browser window with a fresh profile and close it again."""
    browser, driver_path = require_chromium()
    options = webdriver.ChromeOptions()
    options.binary_location = browser
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    os.environ["SE_OFFLINE"] = "true"
    driver = webdriver.Chrome(options=options, service=Service(driver_path))
    try:
        yield Window(driver)
    finally:
        driver.quit()
