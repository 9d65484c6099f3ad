"""Reading the map in a real browser: filters, pinyin, before and after, layers, table, address."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from browser import Window, window
from map_town import STEP, WEST, crowd, town
from map_window import look_at, show, unit, zoom
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

from lxgeo.model import Matter, Reason, Rule
from lxgeo.policy import Policy
from lxgeo.publish.map import MapLayers, draw_map
from lxgeo.tables import CRS, HOTSPOTS

pytestmark = pytest.mark.browser

LEFT_OUT = ("江滨第9号商贸有限公司", "江滨第10号商贸有限公司")


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    """Return one browser window for all tests here."""
    with window(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


def whole_town() -> MapLayers:
    """Return the town with rules, a hotspot, and a building that two bodies divide."""
    layers = town()
    units = layers.units.copy()
    for name, body, members in zip(LEFT_OUT, ("甲", "乙"), (1, 2), strict=True):
        row = units["name"] == name
        units.loc[row, ["building_id", "building"]] = ["K9", "双管大厦"]
        units.loc[row, "jurisdiction"] = body
        units.loc[row, "full_members"] = members
    point = shapely.Point(WEST + 9 * STEP, 30.402)
    hotspots = HOTSPOTS.shaped(
        gpd.GeoDataFrame(
            {
                "id": ["H1"],
                "name": ["人民路聚集区"],
                "units": [12],
                "full_members": [3],
                "span_m": [90.0],
            },
            geometry=[point.buffer(STEP)],
            crs=CRS,
        )
    )
    return dataclasses.replace(
        layers, units=units, hotspots=hotspots, policy=Policy(), map_number="GS(2026)0001号"
    )


@pytest.fixture
def opened(browser: Window, tmp_path: Path) -> Window:
    """Return the window with the town's page open."""
    return show(browser, tmp_path, whole_town())


def shown(page: Window) -> str:
    """Return how many units are shown, as the legend says it."""
    (told,) = page.texts(".shown")
    return told


@pytest.mark.parametrize(
    ("facet", "value", "count"),
    [
        ("park", "东湖产业园", 1),
        ("building", "创业大厦", 3),
        ("trade", "F 批发零售", 18),
        ("size", "10–49 人", 18),
        ("members", "3 名以上", 4),
        ("members", "未填或不详", 1),
    ],
)
def test_filters_by_what_the_ledger_says(
    opened: Window, facet: str, value: str, count: int
) -> None:
    """Each further filter leaves its units on map and legend; 全部显示 takes it back."""
    opened.one(".facets summary").click()
    Select(opened.one(f"#facet-{facet}")).select_by_visible_text(value)

    assert shown(opened) == f"显示 {count} / {count} 家"
    assert opened.texts(".facets .count") == ["已用 1 项"]
    opened.one(".legend-head button").click()
    assert shown(opened) == "显示 18 / 18 家"
    assert opened.one(f"#facet-{facet}").get_attribute("value") == ""


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("jiangbin", "江滨第1号商贸有限公司"),
        ("shangmaoyouxian", "江滨第1号商贸有限公司"),
        ("jiangb", "江滨第1号商贸有限公司"),
        ("hshangmyx", "江滨第1号商贸有限公司"),
    ],
)
def test_search_by_pinyin(opened: Window, typed: str, first: str) -> None:
    """Syllables, initials, both mixed and a syllable half typed find the name."""
    opened.one("#search").send_keys(typed)
    found = opened.texts("#results .name")

    assert first in found
    assert len(found) >= 18


def test_pinyin_of_what_is_not_there_finds_nothing(opened: Window) -> None:
    """Letters that no name reads as give no result."""
    opened.one("#search").send_keys("zhuzhuzhu")

    assert opened.texts("#results .note") == ["没有找到"]


def test_as_things_stand_and_once_approved(opened: Window) -> None:
    """现状: 1 existing, 10 with members and no organisation; 批准后 brings the proposals back."""
    opened.one("[data-when=before]").click()
    rows = {
        name: opened.one(f"[data-outcome={name}] .count").text
        for name in ("existing", "unbuilt", "no_members")
    }

    assert rows == {"existing": "1", "unbuilt": "10", "no_members": "3"}
    assert not opened.one("[data-outcome=joint]").is_displayed()
    assert not opened.js("return lxgeo.page.scene.stands(0)")
    assert opened.js("return lxgeo.page.scene.stands(1)")
    opened.js("lxgeo.page.choose({ unit: arguments[0] })", unit(opened, LEFT_OUT[0]))
    assert opened.texts(".card p.when") == ["批准后：未纳入"]
    opened.one("[data-when=after]").click()
    assert opened.one("[data-outcome=joint] .count").text == "3"
    assert opened.texts(".card p.when") == []


def test_a_superiors_matter_is_listed_framed_and_explained(opened: Window) -> None:
    """A building under two bodies: in the list, clickable on the map, its units named."""
    opened.one("#tab-lists").click()
    opened.one("[data-list=matters] summary").click()
    assert opened.texts("[data-list=matters] .name") == ["双管大厦"]
    opened.one("[data-list=matters] .row").click()

    assert opened.texts(".card h2") == ["双管大厦"]
    assert "分属 2 个管辖" in opened.texts(".card .reason")[0]
    assert "合计正式党员 3 名，其中 2 家未纳入" in opened.texts(".card .reason")[0]
    assert sorted(opened.texts(".card .members .name")) == sorted(LEFT_OUT)

    opened.js("lxgeo.page.choose(null); lxgeo.page.showWhole()")
    opened.one("#tab-legend").click()
    opened.one("[data-layer=matters]").click()
    (disc,) = opened.js("return lxgeo.page.scene.discs.filter((d) => d.matter !== undefined)")
    corner = opened.js("const b = lxgeo.page.layer._bounds.min; return [b.x, b.y]")
    pane = opened.js("const p = lxgeo.page.map._getMapPanePos(); return [p.x, p.y]")
    opened.click_map(disc["x"] + corner[0] + pane[0], disc["y"] + corner[1] + pane[1])
    assert opened.texts(".card h2") == ["双管大厦"]


def test_matters_are_asked_in_the_plan_s_own_words(browser: Window, tmp_path: Path) -> None:
    """Where the plan tells its matters, the map shows these, of every kind, and no others."""
    why = Reason(Rule.CONDITIONS_TO_CHECK, {})
    told = (
        Matter("unit", "U03", "江滨第4号商贸有限公司", ("甲",), ("U03",), 4, None, why),
        Matter("park", "P1", "东湖产业园", ("乙", "甲"), ("U07", "U00"), 3, 1, why),
    )
    layers = dataclasses.replace(
        whole_town(), matters=tuple(zip(told, ("请上级核实？", "是否合并？"), strict=True))
    )
    page = show(browser, tmp_path, layers)
    page.one("#tab-lists").click()

    assert page.texts("[data-list=matters] .name") == ["江滨第4号商贸有限公司", "东湖产业园"]
    page.js("lxgeo.page.choose({ matter: 1 })")
    assert page.texts(".card .reason") == ["是否合并？"]
    assert sorted(page.texts(".card .members .name")) == [
        *("江滨第1号商贸有限公司", "江滨第8号商贸有限公司")
    ]


def test_layers_are_switched(opened: Window) -> None:
    """A switched-off hotspot is neither drawn nor named under the mouse; findings are marks."""
    at = "const l = lxgeo.page.basemap.layer('hotspots').labels; const p = lxgeo.page;"
    names = at + "return p.basemap.namesAt(l.x[0], l.y[0], 13).map((each) => each.name)"

    assert "人民路聚集区" in opened.js(names)
    opened.one("[data-layer=hotspots]").click()
    assert "人民路聚集区" not in opened.js(names)
    look_at(opened, unit(opened, "江滨第3号商贸有限公司"), 17)
    pixels = "return lxgeo.page.layer._container.toDataURL()"
    before = opened.js(pixels)
    opened.one("[data-layer=findings]").click()
    assert opened.js(pixels) != before


def test_table_lists_sorts_and_opens(opened: Window) -> None:
    """Branches, then left-out units; a heading sorts both ways; a row opens its card on the map."""
    opened.one("#table-open").click()
    assert opened.texts(".counted") == ["3 行"]
    assert opened.texts(".rows [role=row] > :first-child") == ["B1党支部", "B2党支部", "B3党支部"]

    opened.one("[data-kind=left_out]").click()
    first = ".rows [role=row] > :first-child"
    assert opened.texts(first) == list(LEFT_OUT)
    members = opened.all("[role=columnheader] .sort")[3]
    assert members.text == "正式党员"
    members.click()
    members.click()
    assert opened.texts(first) == [LEFT_OUT[1], LEFT_OUT[0]]
    sorts = [each.get_attribute("aria-sort") for each in opened.all("[role=columnheader]")]
    assert sorts[3] == "descending"
    assert set(sorts[:3]) == {"none"}

    opened.one("#row-0").click()
    assert opened.texts(".card h2") == [LEFT_OUT[1]]
    assert opened.one("#row-0").get_attribute("aria-selected") == "true"
    assert zoom(opened) >= 16


def test_table_by_keyboard(opened: Window) -> None:
    """Arrows walk through the rows, End and Home jump, Enter opens; the screen reader follows."""
    opened.one("#table-open").click()
    opened.one("[data-kind=units]").click()
    opened.js("document.querySelector('.grid').focus()")
    hands = opened.hands()
    hands.send_keys(Keys.END, Keys.ARROW_UP).perform()

    grid = opened.one(".grid")
    assert grid.get_attribute("aria-activedescendant") == "row-16"
    assert grid.get_attribute("aria-rowcount") == "19"
    opened.hands().send_keys(Keys.HOME, Keys.ENTER).perform()
    assert opened.texts(".card h2") == ["江滨第1号商贸有限公司"]


def test_table_follows_the_filter(opened: Window) -> None:
    """With one outcome left the table of units lists its units, and no branch without any."""
    opened.one("#table-open").click()
    opened.js("lxgeo.page.filter.showOnly(lxgeo.page.units.outcomes.indexOf('left_out'))")
    assert opened.texts(".counted") == ["0 行"]

    opened.one("[data-kind=units]").click()
    assert opened.texts(".counted") == ["2 行"]


def test_table_of_many_holds_only_rows_in_sight(browser: Window, tmp_path: Path) -> None:
    """Of 2,000 rows some dozens are elements; scrolling brings others."""
    page = show(browser, tmp_path, crowd(2000))
    page.js("lxgeo.page.openTable('units')")

    assert page.texts(".counted") == ["2,000 行"]
    assert len(page.all(".rows [role=row]")) < 60
    page.js("document.querySelector('.grid').scrollTop = 30 * 1500")
    page.until(lambda: page.all("#row-1500"))
    assert page.one("#row-1500 > :first-child").text == "单位1500"


def test_map_by_keyboard_alone(opened: Window) -> None:
    """With the map in focus a cross stands in its middle, and Enter takes what lies under it."""
    number = unit(opened, "江滨第4号商贸有限公司")
    look_at(opened, number, 17)
    opened.one("#search").click()
    opened.js("document.querySelector('.folium-map').focus({ focusVisible: true })")
    assert opened.one(".crosshair").is_displayed()
    opened.hands().send_keys(Keys.ENTER).perform()

    assert opened.texts(".card h2") == ["江滨第4号商贸有限公司"]
    before = opened.js("return lxgeo.page.map.getCenter().lng")
    opened.hands().send_keys(Keys.ARROW_RIGHT).perform()
    opened.until(lambda: opened.js("return lxgeo.page.map.getCenter().lng") > before)


def test_address_brings_the_view_back(opened: Window) -> None:
    """Filter, choice and switches stand after the #; opening that address shows the same."""
    opened.one("[data-outcome=no_members] label").click()
    opened.one("[data-when=before]").click()
    opened.js("lxgeo.page.showTownship(1); lxgeo.page.choose({ unit: arguments[0] })", 0)
    chosen = opened.texts(".card h2")
    opened.until(lambda: "unit=" in opened.driver.current_url)
    kept = opened.driver.current_url
    where = opened.js("return lxgeo.page.map.getBounds().toBBoxString()")

    opened.driver.get("about:blank")
    opened.driver.get(kept)
    opened.until(lambda: opened.js("return document.body.classList.contains('ready')"))

    assert "off=no_members" in kept
    assert opened.texts(".card h2") == chosen
    assert opened.js("return [lxgeo.page.when, lxgeo.page.filter.township]") == ["before", 1]
    assert not opened.one("[data-outcome=no_members] input").is_selected()
    assert opened.js("return lxgeo.page.map.getBounds().toBBoxString()")[:6] == where[:6]


def test_address_of_no_sense_is_passed_over(browser: Window, tmp_path: Path) -> None:
    """Whatever stands after the # the page opens, and nothing of it is run or shown."""
    show(browser, tmp_path, whole_town())
    address = (tmp_path / "map.html").as_uri()
    browser.driver.get("about:blank")
    browser.driver.get(
        f"{address}#at=x,1e999,-&off=<img>&township=9&park=no&unit=%00&branch=zz&layers=a,b&theme=x"
    )
    browser.until(lambda: browser.js("return document.body.classList.contains('ready')"))

    assert shown(browser) == "显示 18 / 18 家"
    assert browser.complaints() == []


def test_night_is_dark_and_kept(opened: Window) -> None:
    """The button turns page and map dark, and light again."""
    ground = "return getComputedStyle(document.body).backgroundColor"
    pixels = "return lxgeo.page.layer._container.toDataURL()"
    day = (opened.js(ground), opened.js(pixels))
    opened.one("#theme").click()
    night = (opened.js(ground), opened.js(pixels))

    assert day[0] == "rgb(255, 255, 255)"
    assert night[0] == "rgb(22, 27, 32)"
    assert night[1] != day[1]
    opened.one("#theme").click()
    assert opened.js(ground) == day[0]


def test_rules_and_limits_are_there_to_check_by(opened: Window) -> None:
    """The page carries the thresholds, and of each unit members, limit, body and place."""
    number = unit(opened, LEFT_OUT[1])

    rules = opened.js("return lxgeo.page.register.rules")
    assert (rules["joint_min_full"], rules["joint_max_units"]) == (3, 5)
    assert rules["branch_max_members"] == 50
    known = opened.js(
        "const r = lxgeo.page.register, i = arguments[0];"
        "return [r.unitId(i), r.limit(i), r.term('jurisdiction', i), r.totalMembers(i),"
        " r.term('building', i)]",
        number,
    )
    assert known == ["U09", 2000, "乙", 2, "双管大厦"]


def test_a_change_of_plan_is_shown_and_undone(opened: Window) -> None:
    """Moving a unit into a branch redraws hull, legend and card; its inverse brings all back."""
    number = unit(opened, LEFT_OUT[1])
    counts = "return [...lxgeo.page.filter.counts]"
    before = opened.js(counts)
    opened.js(
        "window.back = lxgeo.page.plan.change([{ unit: arguments[0], branch: 0, host: false,"
        " outcome: 'joint' }])",
        number,
    )

    assert opened.js("return lxgeo.page.branches.units[0].length") == 4
    assert opened.one("[data-outcome=joint] .count").text == "4"
    assert opened.one("[data-outcome=left_out] .count").text == "1"
    assert opened.js("return lxgeo.page.plan.isMoved(arguments[0])", number)
    opened.js("lxgeo.page.plan.change(window.back)")
    assert opened.js(counts) == before
    assert not opened.js("return lxgeo.page.plan.isMoved(arguments[0])", number)


def test_narrow_window_keeps_all_in_reach(browser: Window, tmp_path: Path) -> None:
    """At 1,366 × 768 with table and card open nothing is out of the window."""
    path = tmp_path / "map.html"
    path.write_text(draw_map(whole_town(), title="方案" * 30).html, encoding="utf-8", newline="\n")
    browser.open(path, size=(1366, 768))
    browser.js("lxgeo.page.openTable('units'); lxgeo.page.choose({ unit: 0 })")

    outside = browser.js(
        "return [...document.querySelectorAll('#tools *, .card, .zoom, .table-head *')]"
        ".filter((e) => { const b = e.getBoundingClientRect(); return b.width &&"
        " (b.right > innerWidth || b.bottom > innerHeight || b.left < 0 || b.top < 0); }).length"
    )
    assert outside == 0
