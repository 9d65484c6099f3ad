"""The overview page: counties in a browser without a network, names as text, a table to sort."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import shapely
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

from lxgeo import text
from lxgeo.judge.adding import add_up
from lxgeo.model import Outcome
from lxgeo.publish.province.index import CountyLine, index_of
from lxgeo.publish.province.overview import overview_page

pytestmark = pytest.mark.browser

HOSTILE = (
    '<img src=x onerror="window.hit=1">{{7*7}}`${window.hit=1}`</script>'
    "<script>window.hit=1</script>"
)
_FLAGS = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND"),
    "--window-size=1366,900",
)


def told(
    county: str, name: str, organised: tuple[int, int], units: int, east: int
) -> dict[str, Any]:
    """Return a county's figures: how many of its units are organised, before and after."""
    before, after = (
        [
            {"name": rate, "over": "operating_units", "numerator": has, "denominator": units}
            for rate in ("organisation", "standalone", "with_members", "should_build")
        ]
        for has in organised
    )
    return {
        "county": county,
        "name": name,
        "units": units,
        "branches": 3,
        "gap": 0.01,
        "joint_branches": 2,
        "thin_branches": 0,
        "must_join": 10,
        "left_out": 1,
        "left_out_min": 0,
        "plan_cost_m": 1000.0,
        "bound_m": 990.0,
        "unknown_trade_share": 0,
        "full_members_unknown_low": 0,
        "full_members_unknown_high": 0,
        "max_distance_m": {},
        "outcomes": {str(each): 0 for each in Outcome},
        "regions": [{"region": "t", "left_out_m": 0.0}],
        "coverage": {"before": before, "after": after},
        "outline": shapely.box(east, 30, east + 1, 31).wkt,
        "seconds": {},
        "files": {},
        "inputs": {},
    }


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a page of four counties: 5/10 and 9/30 organised, one failed, one without a unit."""
    lines = [
        CountyLine("330106", "done", told("330106", "甲县", (2, 5), 10, 118)),
        CountyLine("330108", "done", told("330108", HOSTILE, (3, 9), 30, 119)),
        CountyLine("330110", "failed", None, HOSTILE),
        CountyLine("330112", "empty"),
    ]
    figures = add_up({line.county: line.told for line in lines if line.told}, [])
    path = tmp_path_factory.mktemp("maps") / "省 100%.html"
    html = overview_page("省 100%", index_of(lines), figures, text.texts("zh"), "zh")
    path.write_text(html, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def browser() -> Iterator[webdriver.Chrome]:
    """Return a browser without a network."""
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not (chromium and driver):
        pytest.skip("chromium and chromedriver are not installed: the page is NOT looked at")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for flag in _FLAGS:
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    with webdriver.Chrome(options=options, service=Service(driver)) as opened:
        yield opened


@pytest.fixture
def window(browser: webdriver.Chrome, page: Path) -> webdriver.Chrome:
    """Return the browser with the page opened afresh."""
    browser.get(page.as_uri())
    return browser


def _texts(window: webdriver.Chrome, selector: str) -> list[str]:
    code = "return [...document.querySelectorAll(arguments[0])].map((each) => each.textContent)"
    return [str(each) for each in window.execute_script(code, selector)]


def test_the_page_asks_nobody_and_runs_its_own_script_only(page: Path) -> None:
    """A policy without ``unsafe``, hashes for script and style, no address in it."""
    html = page.read_text(encoding="utf-8")
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)

    assert policy is not None
    assert policy[1].startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy[1]
    assert set(re.findall(r"https?://[^\s'\"<]+", html)) == {"http://www.w3.org/2000/svg"}
    assert HOSTILE not in html


def test_names_and_reasons_are_text(window: webdriver.Chrome) -> None:
    """Nothing of a hostile name ran, and the page complained of nothing."""
    names = _texts(window, "tbody td:nth-child(2)")

    assert names == ["甲县", HOSTILE, "330110", "330112"]
    assert window.execute_script("return window.hit") is None
    assert any(HOSTILE in each for each in _texts(window, "td.why"))
    assert window.get_log("browser") == []  # type: ignore[no-untyped-call]


def test_rates_are_of_sums(window: webdriver.Chrome) -> None:
    """甲县 2/10 → 5/10, the other 3/30 → 9/30; together 5/40 → 14/40."""
    rows = _texts(window, "tbody tr:first-child td")
    whole = _texts(window, "tfoot td")

    assert rows[7:9] == ["20.0%", "50.0%"]
    assert whole[7:9] == ["12.5%", "35.0%"]
    assert whole[2] == "40"
    assert "12.5% → 35.0%" in _texts(window, ".fact b")


def test_counties_are_shaded_by_what_is_chosen(window: webdriver.Chrome) -> None:
    """50 % is darker than 30 %; by the gap both are the same; the failed one is not drawn."""
    fills = (
        "return [...document.querySelectorAll('.area')].map((each) => each.getAttribute('fill'))"
    )
    by_rate = window.execute_script(fills)
    window.execute_script(
        "const pick = document.getElementById('measure'); pick.value = 'gap';"
        "pick.dispatchEvent(new Event('change'));"
    )
    by_gap = window.execute_script(fills)

    assert by_rate == ["#12486b", "#e6eff6"]
    assert by_gap[0] == by_gap[1]
    assert _texts(window, ".key span") == ["1.00%", "无数据"]
    assert any("330110" in note for note in _texts(window, ".note"))


def test_the_table_sorts_and_finds(window: webdriver.Chrome) -> None:
    """By units from the most, those without a figure last; a name that is typed."""
    click = (
        "[...document.querySelectorAll('th button')].find((e) => e.textContent === '单位').click()"
    )
    window.execute_script(click)
    codes = _texts(window, "tbody td:first-child")
    window.execute_script(
        "const find = document.getElementById('find'); find.value = '甲';"
        "find.dispatchEvent(new Event('input'));"
    )

    assert codes == ["330108", "330106", "330112", "330110"]
    assert _texts(window, "tbody td:first-child") == ["330106"]


def test_each_county_leads_to_its_map(window: webdriver.Chrome) -> None:
    """Beside the overview's folder, any name of a run encoded."""
    links = window.execute_script(
        "return [...document.querySelectorAll('a')].map((each) => each.getAttribute('href'))"
    )

    assert links == [f"../%E7%9C%81%20100%25/maps/{code}.html" for code in (330106, 330108)]
