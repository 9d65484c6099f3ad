"""The map page in a real browser: read, searched, filtered and moved with true mouse and keys."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from itertools import combinations
from math import hypot
from pathlib import Path

import pytest
from browser import Window, window
from map_town import crowd, town
from map_window import look_at, show, unit, zoom
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

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


def test_marking_stands_on_the_page(opened: Window) -> None:
    """Title, 内部资料 and the proviso are there to be read; no date is."""
    header = opened.one("header").text

    assert "江滨区方案" in header
    assert "内部资料" in header
    assert "测算建议，以党委审批为准" in header
    assert not re.search(r"20\d\d", header)


def test_legend_counts_are_the_data(opened: Window) -> None:
    """Each outcome's count is that of the table; all 18 units are shown at first."""
    counts = dict(
        opened.js(
            "return [...document.querySelectorAll('.outcomes li')]"
            ".map((e) => [e.dataset.outcome, Number(e.querySelector('.count').textContent)])"
        )
    )

    assert {key: value for key, value in counts.items() if value} == {
        "joint": 3,
        "standalone": 2,
        "temporary": 1,
        "transfer": 1,
        "existing": 1,
        "attached": 1,
        "left_out": 2,
        "no_members": 3,
        "unknown_members": 1,
        "excluded": 1,
        "not_located": 2,
    }
    assert len(counts) == 12
    assert not opened.one("[data-outcome=unbuilt]").is_displayed()
    assert opened.texts(".shown") == ["显示 18 / 18 家"]
    assert opened.texts(".undrawn") == ["其中 3 家没有可靠位置，不在图上"]


def test_legend_filters_by_mouse(opened: Window) -> None:
    """Unchecking an outcome takes its units off the map; 仅看 leaves one; 全部显示 brings all."""
    opened.one("[data-outcome=no_members] label").click()

    assert opened.texts(".shown") == ["显示 15 / 18 家"]
    assert opened.js("return lxgeo.page.filter.mask.reduce((a, b) => a + b)") == 15

    row = opened.one("[data-outcome=left_out]")
    opened.hands().move_to_element(row).perform()
    row.find_element("css selector", ".only").click()

    assert opened.texts(".shown") == ["显示 2 / 18 家"]

    opened.one(".legend-head button").click()

    assert opened.texts(".shown") == ["显示 18 / 18 家"]


def test_township_filter_changes_counts_and_view(opened: Window) -> None:
    """In 乙镇 stand 5 units: the counts, the lists and the map follow; 乡镇不明 holds 2."""
    west = opened.js("return lxgeo.page.map.getCenter().lng")
    choice = Select(opened.one("#township"))

    assert [option.text for option in choice.options] == [
        *("全部乡镇（街道）", "甲街道", "乙镇", "乡镇不明")
    ]
    choice.select_by_visible_text("乙镇")

    assert opened.texts(".shown") == ["显示 5 / 5 家"]
    assert opened.js("return lxgeo.page.map.getCenter().lng") == pytest.approx(
        west + 0.01, abs=1e-4
    )
    choice.select_by_visible_text("乡镇不明")
    assert opened.texts(".shown") == ["显示 2 / 2 家"]


def test_search_by_name_with_keys(opened: Window) -> None:
    """Typing a name and Enter opens the unit's card with its reason, and goes there."""
    opened.one("#search").send_keys("第9号")
    assert opened.texts("#results .name") == ["江滨第9号商贸有限公司"]
    opened.one("#search").send_keys(Keys.ENTER)

    assert opened.texts(".card h2") == ["江滨第9号商贸有限公司"]
    assert opened.texts(".card > .reason") == ["理由第9条"]
    assert zoom(opened) >= 16
    assert not opened.one("#results").is_displayed()
    opened.hands().send_keys(Keys.ESCAPE).perform()
    assert not opened.one(".card").is_displayed()


def test_search_moves_with_arrows_and_knows_codes(opened: Window) -> None:
    """A credit code is found; arrow keys go through the results; nothing found is said."""
    box = opened.one("#search")
    box.send_keys("0012x")
    assert opened.texts("#results .name") == ["江滨第13号商贸有限公司"]

    box.clear()
    box.send_keys("江滨第1", Keys.ARROW_DOWN, Keys.ARROW_DOWN)
    marked = opened.one("#results [aria-selected=true]")
    assert opened.js("return document.activeElement.getAttribute('aria-activedescendant')") == (
        marked.get_attribute("id")
    )
    name = marked.find_element("css selector", ".name").text
    box.send_keys(Keys.ENTER)
    assert opened.texts(".card h2") == [name]

    box.clear()
    box.send_keys("没有这一家")
    assert opened.texts("#results .note") == ["没有找到"]


def test_click_on_a_unit_opens_its_card(opened: Window) -> None:
    """Hovering names the unit; clicking shows outcome, position, branch, members and host."""
    number = unit(opened, "江滨第2号商贸有限公司")
    x, y = look_at(opened, number, 17)
    opened.hover_map(x, y)
    assert opened.texts("#tip b") == ["江滨第2号商贸有限公司"]

    opened.click_map(x, y)

    assert opened.texts(".card h2") == ["江滨第2号商贸有限公司"]
    facts = dict(zip(opened.texts(".card > dl dt"), opened.texts(".card > dl dd"), strict=True))
    assert facts["正式党员"] == "1 名"
    assert facts["距牵头单位"] == "230 米"
    assert facts["乡镇（街道）"] == "甲街道"
    assert facts["定位精度"] == "门牌号"
    assert opened.texts(".of-branch h3") == ["B1党支部"]
    assert sorted(opened.texts(".of-branch .members .name")) == [
        f"江滨第{n}号商贸有限公司" for n in (1, 2, 3)
    ]
    branch = dict(zip(opened.texts(".of-branch dt"), opened.texts(".of-branch dd"), strict=True))
    assert branch["跨度"] == "312 米"
    assert branch["审批单位"] == "甲街道党工委"
    host = opened.one(".members .row:has(.chip) .name")
    assert host.text == "江滨第1号商贸有限公司"

    host.click()
    assert opened.texts(".card h2") == ["江滨第1号商贸有限公司"]
    assert opened.texts(".card .proviso") == ["测算建议，以党委审批为准"]


def test_rough_position_is_marked(opened: Window) -> None:
    """A position by road is drawn hollow and its card says 待核."""
    number = unit(opened, "江滨第3号商贸有限公司")
    opened.click_map(*look_at(opened, number, 17))

    assert opened.texts(".card .rough") == ["位置待核"]
    assert opened.texts(".card .finding") == ["待核与提示位置仅到道路，待核"]
    assert opened.js("return lxgeo.page.units.rough[arguments[0]]", number) == 1
    opened.js("lxgeo.page.choose(null)")
    assert middle_pixel(opened) == [255, 255, 255]
    look_at(opened, unit(opened, "江滨第2号商贸有限公司"), 17)
    assert middle_pixel(opened) == [0, 158, 115]


def middle_pixel(page: Window) -> list[int]:
    """Return the colour in the middle of the map."""
    return list(
        page.js(
            "const c = document.querySelector('canvas.scene'), m = lxgeo.page.map,"
            " s = m.getSize().divideBy(2),"
            " at = m.containerPointToLayerPoint(s).subtract(lxgeo.page.layer._bounds.min);"
            "return [...c.getContext('2d').getImageData(at.x, at.y, 1, 1).data].slice(0, 3)"
        )
    )


def test_units_at_one_point_are_listed(opened: Window) -> None:
    """Three units of one building are one circle with a 3, and a click lists them."""
    number = unit(opened, "江滨第11号商贸有限公司")
    x, y = look_at(opened, number, 17)
    opened.hover_map(x, y)
    assert opened.texts("#tip b") == ["此处 3 家单位"]

    opened.click_map(x, y)

    assert opened.texts(".card h2") == ["此处 3 家单位"]
    assert len(opened.all(".card .members .row")) == 3
    opened.all(".card .members .row")[0].click()
    assert opened.texts(".card h2")[0] in {f"江滨第{n}号商贸有限公司" for n in (11, 12, 13)}


def test_area_names_show_on_hover(opened: Window) -> None:
    """Where no unit lies, the pointer tells the park and the township below it."""
    opened.js(
        "const p = lxgeo.page, l = p.basemap.layer('parks').labels;p.lookAt(l.x[0], l.y[0], 16)"
    )
    size = opened.one(".folium-map").rect

    opened.hover_map(size["width"] / 2, size["height"] / 2)

    assert opened.texts("#tip b") == ["东湖产业园", "乙镇"]


def test_branch_outside_the_ledger_has_a_flag(opened: Window) -> None:
    """An existing branch that no unit belongs to stands on the map and opens its own card."""
    x, y = opened.js(
        "const p = lxgeo.page, b = p.branches; p.lookAt(b.x[2], b.y[2], 16);"
        "const at = p.map.latLngToContainerPoint(p.latLng(b.x[2], b.y[2])); return [at.x, at.y]"
    )

    opened.click_map(x, y - 4)

    assert opened.texts(".card h2") == ["B3党支部"]


def test_lists_hold_what_needs_a_person(opened: Window) -> None:
    """Left out 2, unplaced 3, to check 1; a left-out unit zooms, an unplaced one only tells."""
    opened.one("#tab-lists").click()
    counts = dict(
        zip(
            opened.texts(".lists summary span:first-child"),
            opened.texts(".lists summary .count"),
            strict=True,
        )
    )
    assert counts == {"未纳入": "2", "没有可靠位置": "3", "待核与提示": "1", "需上级决定": "0"}

    opened.one("[data-list=left_out] .row").click()
    assert zoom(opened) >= 16
    assert opened.texts(".card h2") == ["江滨第9号商贸有限公司"]

    opened.one("[data-list=unplaced] summary").click()
    why = opened.texts("[data-list=unplaced] .why")
    assert why == ["甲街道 · 乡镇（街道）", "未能定位", "区县"]
    before = opened.js("return lxgeo.page.map.getCenter()")
    opened.one("[data-list=unplaced] .row").click()
    assert opened.texts(".card h2") == ["江滨第16号商贸有限公司"]
    assert opened.js("return lxgeo.page.map.getCenter()") == before


def test_coverage_names_denominators_and_filters(opened: Window) -> None:
    """Rates before and after with counts over the named denominator; a township row filters."""
    opened.one("#tab-coverage").click()

    assert opened.texts(".rates .name") == ["党的组织覆盖率"]
    assert opened.texts(".rates .shares") == ["5.9% → 35.3%"]
    assert opened.texts(".rates .counts") == ["1 → 6 / 17"]
    assert opened.texts(".rates .over") == ["分母: 实体运营单位"]
    assert opened.texts(".townships .name") == ["甲街道", "乙镇", "乡镇不明"]
    assert opened.texts(".townships .counts") == ["0 → 4 / 11", "1 → 2 / 4", "0 → 0 / 2"]

    opened.all(".townships .row")[1].click()

    assert opened.one(".townships [aria-pressed=true] .name").text == "乙镇"
    assert opened.js("return lxgeo.page.filter.shown") == 5
    assert Select(opened.one("#township")).first_selected_option.text == "乙镇"


def test_keyboard_reaches_every_control(opened: Window) -> None:
    """Tab goes through search, township, tabs, legend, map and zoom; arrows move between tabs."""
    opened.one("#search").click()
    reached = []
    for _ in range(45):
        opened.hands().send_keys(Keys.TAB).perform()
        reached.append(
            opened.js("const e = document.activeElement; return e.id || e.className || e.type")
        )
    for control in ("township", "tab-legend", "checkbox", "only", "undrawn", "map_lxgeo"):
        assert control in reached

    opened.one("#tab-legend").click()
    opened.hands().send_keys(Keys.ARROW_RIGHT).perform()
    assert opened.one("#sheet-coverage").is_displayed()
    before = zoom(opened)
    opened.js("document.querySelector('.zoom button').focus()")
    opened.hands().send_keys(Keys.ENTER).perform()
    assert zoom(opened) == before + 1


def test_dragging_moves_the_map(opened: Window) -> None:
    """The map follows the mouse and the drawing stays with it."""
    number = unit(opened, "江滨第4号商贸有限公司")
    look_at(opened, number, 16)
    before = opened.js("const at = lxgeo.page.pointOf(arguments[0]); return [at.x, at.y]", number)
    target = opened.one(".folium-map")
    hands = opened.hands().move_to_element_with_offset(target, 200, 100).click_and_hold()
    hands.move_by_offset(-40, 0).move_by_offset(-40, 0).move_by_offset(-40, -60).release().perform()

    opened.until(lambda: not opened.js("return Boolean(lxgeo.page.map._panAnim?._inProgress)"))
    after = opened.js("const at = lxgeo.page.pointOf(arguments[0]); return [at.x, at.y]", number)

    assert (after[0] < before[0] - 90, after[1] < before[1] - 40) == (True, True)
    disc = opened.js(
        "const p = lxgeo.page, at = p.pointOf(arguments[0]); const d = p.layer.hit(at);"
        "return d && d.from",
        number,
    )
    assert disc == number


@pytest.mark.parametrize("level", [13.5, 14, 14.5, 15])
def test_clusters_never_overlap(browser: Window, tmp_path: Path, level: float) -> None:
    """Of 2,000 units' circles no two touch, and their numbers add up to all that are drawn."""
    page = show(browser, tmp_path, crowd(2000))

    clusters = page.js(
        "const p = lxgeo.page, z = arguments[0], s = 256 * 2 ** z;"
        "return (p.scene.stage(z).clusters || []).map((c) => [c.x * s, c.y * s,"
        " c.total === 1 ? 6 : Math.min(28, 10 + 3.1 * Math.log(c.total)), c.total])",
        level,
    )

    assert len(clusters) > 3
    assert sum(total for *_, total in clusters) == 2000
    overlapping = [
        (a, b)
        for a, b in combinations(clusters, 2)
        if hypot(a[0] - b[0], a[1] - b[1]) < a[2] + b[2]
    ]
    assert overlapping == []


def test_click_on_a_cluster_zooms_in(browser: Window, tmp_path: Path) -> None:
    """A circle of many units opens into smaller ones."""
    page = show(browser, tmp_path, crowd(2000))
    before = zoom(page)
    x, y = page.js(
        "const p = lxgeo.page, b = p.layer._bounds.min,"
        " d = p.scene.discs.find((each) => each.cluster && each.cluster.total > 20),"
        " at = p.map.layerPointToContainerPoint(L.point(d.x, d.y).add(b)); return [at.x, at.y]"
    )

    page.click_map(x, y)

    page.until(lambda: zoom(page) >= before + 1)


def test_prints_on_one_sheet(opened: Window) -> None:
    """Printing gives one sheet with the map in its shape, and the page stands as before."""
    before = opened.js("return [lxgeo.page.map.getZoom(), lxgeo.page.map.getCenter()]")
    printed = opened.driver.execute_cdp_cmd(
        "Page.printToPDF", {"printBackground": True, "preferCSSPageSize": True}
    )
    pdf = base64.b64decode(printed["data"])

    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
    assert len(pdf) > 20_000
    opened.until(lambda: not opened.js("return document.body.classList.contains('on-paper')"))
    assert opened.js("return [lxgeo.page.map.getZoom(), lxgeo.page.map.getCenter()]") == before


def test_english_page_speaks_english(browser: Window, tmp_path: Path) -> None:
    """With lang en no Chinese is left in the page's own words."""
    path = tmp_path / "map.html"
    path.write_text(draw_map(town(), title="Plan", lang="en").html, encoding="utf-8", newline="\n")
    browser.open(path)

    said = browser.texts(".marking, #sheet-legend, .tabs, .legend-head, .key, .scale")
    assert not [text for text in said if re.search(r"[\u4e00-\u9fff]", text)]
    assert "Joint branch" in " ".join(said)
    assert browser.driver.title == "Plan"
