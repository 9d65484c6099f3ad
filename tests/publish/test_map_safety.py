"""The map page in a real browser, the network cut: nothing is loaded, nothing hostile runs."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import Window, window
from map_town import PAYLOADS, Hostile, crowd, hostile_names, town
from map_window import look_at, show, unit
from selenium.webdriver.common.keys import Keys

from lxgeo.publish.map import draw_map

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    """Return one browser window for all tests here."""
    with window(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


@pytest.fixture
def opened(browser: Window, tmp_path: Path) -> Window:
    """Return the window with the town's page open."""
    return show(browser, tmp_path, town())


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
def test_opens_from_its_file_alone(browser: Window, tmp_path: Path, size: tuple[int, int]) -> None:
    """One request, for the file itself; no complaint; all controls within the window."""
    path = tmp_path / "map.html"
    path.write_text(draw_map(town(), title="方案").html, encoding="utf-8", newline="\n")

    browser.open(path, size=size)
    asked, said = browser.requests(), browser.complaints()

    assert asked == [path.as_uri()]
    assert said == []
    edges = browser.js(
        "const d = document.documentElement; return [d.scrollWidth - d.clientWidth,"
        " d.scrollHeight - d.clientHeight,"
        " [...document.querySelectorAll('button, input, select')].filter((e) => {"
        "  const b = e.getBoundingClientRect();"
        "  return b.width && (b.left < 0 || b.right > innerWidth || b.top < 0"
        "   || b.bottom > innerHeight); }).length]"
    )
    assert edges == [0, 0, 0]


def test_hostile_text_is_shown_and_never_run(browser: Window, tmp_path: Path) -> None:
    """Every payload in every field is found by search, shown in card and tooltip, and inert."""
    say = Hostile()
    title = " ".join(PAYLOADS)
    page = show(browser, tmp_path, town(say), title)
    elements = page.js("return document.querySelectorAll('script, img, svg[onload]').length")

    assert page.texts("#title") == [title]
    box = page.one("#search")
    for name in say.given["name"]:
        page.js("arguments[0].value = ''", box)
        page.js(
            "arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event('input'))",
            box,
            name,
        )
        assert name in page.texts("#results .name")
        box.send_keys(Keys.ENTER)
        assert page.texts(".card h2") == [name]
        number = unit(page, name)
        if page.js("return arguments[0] < lxgeo.page.units.drawn", number):
            page.js("lxgeo.page.choose(null)")
            page.hover_map(*look_at(page, number, 17))
            tip = page.texts("#tip b")
            assert tip in ([name], ["此处 3 家单位"])
            page.js("lxgeo.page.choose({ unit: arguments[0] })", number)
        page.js("document.querySelectorAll('.card details').forEach((e) => { e.open = true; })")
        card = page.js("return document.querySelector('.card').textContent")
        place = say.given["name"].index(name)
        for field in ("credit_code", "address", "approver", "reason", "row", "kind"):
            assert say.given[field][place] in card
    for branch, reason in zip(say.given["branch"], say.given["branch_reason"], strict=True):
        number = say.given["branch"].index(branch)
        page.js("lxgeo.page.choose({ branch: arguments[0] })", number)
        assert page.texts(".card h2") == [branch]
        assert page.texts(".card > .reason") == [reason]
    townships = page.texts("#township option")[1:3]
    assert townships == say.given["area"][:2]
    page.one("#tab-coverage").click()
    assert page.texts(".townships .name")[:2] == say.given["township_rate"]
    for tab in ("lists", "legend"):
        page.one(f"#tab-{tab}").click()

    assert page.js("return [window.__xss, document.title]") == [None, page.driver.title]
    assert (
        page.js("return document.querySelectorAll('script, img, svg[onload]').length") == elements
    )
    assert page.complaints() == []
    assert len(page.requests()) == 1


def test_a_thousand_made_up_names_are_shown_and_never_run(browser: Window, tmp_path: Path) -> None:
    """1,000 hostile texts in every field: each stands in card, table and search as it was given."""
    names = hostile_names(1000)
    layers = crowd(1000)
    units = layers.units.copy()
    fields = ("name", "credit_code", "kind", "address", "industry_code", "township", "park")
    for shift, field in enumerate((*fields, "building", "approver", "reason", "finding")):
        units[field] = names[shift:] + names[:shift]
    units["row"] = [f"{name}!{n + 2}" for n, name in enumerate(names)]
    units["jurisdiction"] = names
    units.loc[units.index[:4], "branch_id"] = "B1"
    branches = layers.branches.copy()
    branches["name"] = names[:3]
    branches["reason"] = names[3:6]
    page = show(browser, tmp_path, dataclasses.replace(layers, units=units, branches=branches))
    elements = "return document.querySelectorAll('script, img, svg[onload], style, a').length"
    before = page.js(elements)

    read = page.js(
        "const p = lxgeo.page, r = p.register, told = [];"
        "for (const i of r.byLedger) {"
        "  p.choose({ unit: i });"
        "  const text = document.getElementById('card').textContent;"
        "  told.push([r.unitName(i), r.creditCode(i), r.address(i), r.row(i), r.unitReason(i),"
        "    text.includes(r.unitName(i)) && text.includes(r.address(i)) &&"
        "    text.includes(r.unitReason(i)) && text.includes(r.row(i)) &&"
        "    text.includes(r.term('approver', i)) && text.includes(r.term('finding', i))]);"
        "} return told;"
    )
    shown = [safe(name) for name in names]
    columns = list(zip(*read, strict=True))
    assert list(columns[0]) == shown
    assert list(columns[1]) == shown[1:] + shown[:1]
    assert list(columns[2]) == shown[3:] + shown[:3]
    assert list(columns[3]) == [f"{name}!{n + 2}" for n, name in enumerate(shown)]
    assert list(columns[4]) == shown[9:] + shown[:9]
    assert all(columns[5])

    page.js("lxgeo.page.choose(null); lxgeo.page.openTable('units')")
    cells = page.driver.execute_async_script(
        "const done = arguments[0], grid = document.querySelector('.grid'), seen = new Map();"
        "let top = 0; (function next() {"
        "  for (const row of document.querySelectorAll('.rows [role=row]'))"
        "    seen.set(Number(row.id.slice(4)), row.firstChild.textContent);"
        "  const all = [...seen].sort((a, b) => a[0] - b[0]).map((each) => each[1]);"
        "  if (top >= 30000) { done(all); return; }"
        "  grid.scrollTop = top += 240; requestAnimationFrame(() => requestAnimationFrame(next));"
        "})();"
    )
    assert cells == shown
    found = page.js(
        "const box = document.getElementById('search');"
        "return arguments[0].filter((name) => { box.value = name;"
        " box.dispatchEvent(new Event('input'));"
        " return ![...document.querySelectorAll('#results .name')]"
        ".some((e) => e.textContent === name); });",
        [name for name in shown if name == name.strip() and not set(name) & set("\r\n\x00")],
    )
    assert found == []
    page.js("document.querySelector('.facets summary').click()")
    for tab in ("lists", "coverage", "legend"):
        page.js("const t = document.getElementById(arguments[0]); if (t) t.click()", f"tab-{tab}")

    assert page.js("return window.__xss") is None
    assert page.js(elements) == before
    assert page.complaints() == []
    assert len(page.requests()) == 1


def safe(name: str) -> str:
    """Return a name as a page can hold it."""
    return name.encode("utf-8", errors="replace").decode("utf-8")


def test_area_names_are_shown_as_they_are(browser: Window, tmp_path: Path) -> None:
    """Hostile names of park and township stand in the tooltip letter by letter."""
    say = Hostile()
    page = show(browser, tmp_path, town(say))
    for layer in ("parks", "buildings", "townships"):
        page.js(
            "const p = lxgeo.page, l = p.basemap.layer(arguments[0]).labels;"
            "p.filter.on.fill(0); p.filter.change(); p.lookAt(l.x[0], l.y[0], 17)",
            layer,
        )
        size = page.one(".folium-map").rect
        page.hover_map(size["width"] / 2 - 3, size["height"] / 2 - 3)
        page.hover_map(size["width"] / 2, size["height"] / 2)
        name = page.js("return lxgeo.page.basemap.layer(arguments[0]).names[0]", layer)
        assert name in say.given["area"]
        assert page.texts("#tip b")[0] == name

    assert page.js("return window.__xss") is None


def test_policy_stops_what_is_put_in_later(opened: Window) -> None:
    """Markup, handlers, scripts and requests that something adds to the page do nothing."""
    refused = opened.js(
        "try { document.getElementById('panel').innerHTML = '<img src=x onerror=window.__xss=1>';"
        " return ''; } catch (error) { return error.name; }"
    )
    opened.driver.execute_async_script(
        "const done = arguments[0], s = document.createElement('script');"
        "const i = document.createElement('img'); i.src = 'https://example.com/x.png';"
        "try { s.textContent = 'window.__xss=2'; document.body.append(s); } catch (e) { }"
        "document.body.append(i);"
        "fetch('https://example.com/').catch(() => 0).then(() => setTimeout(done, 50));"
    )

    assert refused == "TypeError"
    assert opened.js("return window.__xss") is None
    assert opened.left_the_page() == []


def test_opens_in_a_browser_without_gunzip(browser: Window, tmp_path: Path) -> None:
    """Where the browser can't unpack by itself, the vendored fflate does."""
    added = browser.driver.execute_cdp_cmd(
        "Page.addScriptToEvaluateOnNewDocument", {"source": "delete window.DecompressionStream"}
    )
    try:
        page = show(browser, tmp_path, town())
        kind = page.js("return typeof DecompressionStream")
        shown = page.texts(".shown")
    finally:
        browser.driver.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", added)

    assert kind == "undefined"
    assert shown == ["显示 18 / 18 家"]


def test_a_damaged_file_says_so(browser: Window, tmp_path: Path) -> None:
    """A page whose data is cut short tells to copy it again, rather than staying blank."""
    whole = draw_map(town(), title="方案").html
    cut = re.sub(r'(id="data">[^<]{400})[^<]*', r"\1", whole)
    path = tmp_path / "cut.html"
    path.write_text(cut, encoding="utf-8", newline="\n")

    browser.driver.get(path.as_uri())

    alert = browser.one("#unreadable")
    browser.until(alert.is_displayed)
    assert "请重新复制一份" in alert.text
    browser.logs("browser")


def test_works_in_a_notebooks_frame(browser: Window, tmp_path: Path) -> None:
    """Inside a sandboxed frame, cut off from the page around it, the map opens all the same."""
    frame = draw_map(town(), title="方案")._repr_html_()
    path = tmp_path / "notebook.html"
    path.write_text(f"<!doctype html><meta charset=utf-8>{frame}", encoding="utf-8")
    browser.driver.get(path.as_uri())
    browser.driver.switch_to.frame(browser.one("iframe"))
    try:
        browser.until(lambda: browser.js("return document.body.classList.contains('ready')"))
        assert browser.texts(".shown") == ["显示 18 / 18 家"]
        assert browser.js("return window.origin") == "null"
    finally:
        browser.driver.switch_to.default_content()
