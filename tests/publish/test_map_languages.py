"""One page in two languages: switching, what is kept, and sentences in both, in a real browser."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import Window, window
from map_data import unpack
from map_town import town
from map_window import show, unit
from selenium.webdriver.common.keys import Keys

from lxgeo.publish.map import MapLayers, SaidAgain, draw_map

HOST = "江滨第1号商贸有限公司"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    """Return one browser window for all tests here."""
    with window(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


def bilingual() -> MapLayers:
    """Return the town whose sentences are told in English, too."""
    layers = town()
    units = layers.units.assign(
        reason=[f"reason no. {n + 1}" for n in range(len(layers.units))],
        finding=layers.units["finding"].map(lambda _: "on the road only", na_action="ignore"),
    )
    branches = layers.branches.assign(reason="3 full members")
    chinese = layers.branches.assign(
        reason=[f"1+1+1=3名正式党员；牵头单位{HOST}，跨度312米", "二", "三"]
    )
    branches.loc[branches.index[0], "reason"] = f"span 312 m; 1+1+1 = 3 full members; host {HOST}"
    again = SaidAgain(units, branches, {"outcome.joint": "Shared branch"})
    return dataclasses.replace(layers, branches=chinese, again=again)


def english(page: Window) -> None:
    """Press the button that turns the page to its other language."""
    page.one("#lang").send_keys(Keys.ENTER)
    page.until(
        lambda: page.js(
            "return document.documentElement.lang === 'en'"
            " && document.body.classList.contains('ready')"
        )
    )


def test_sentences_come_back_in_both_languages(browser: Window, tmp_path: Path) -> None:
    """Figures and the host's name stand where each language has them, to the letter."""
    page = show(browser, tmp_path, bilingual())
    page.js("lxgeo.page.choose({ branch: 0 })")
    assert page.texts("#card .reason") == [f"1+1+1=3名正式党员；牵头单位{HOST}，跨度312米"]

    english(page)

    page.until(lambda: page.texts("#card .reason"))
    assert page.texts("#card .reason") == [f"span 312 m; 1+1+1 = 3 full members; host {HOST}"]


def test_all_of_the_page_turns_and_stays(browser: Window, tmp_path: Path) -> None:
    """Words, labels and lists turn; filter and choice are kept; opened again it speaks the same."""
    page = show(browser, tmp_path, bilingual())
    page.js("lxgeo.page.showTownship(1)")
    page.js("lxgeo.page.choose({ unit: arguments[0] })", unit(page, "江滨第3号商贸有限公司"))

    english(page)

    assert page.texts("#lang") == ["中文"]
    assert page.texts(".shown") == ["11 of 11 units shown"]
    assert page.texts("#card h2") == ["江滨第3号商贸有限公司"]
    assert "Shared branch" in page.texts("#card .chip")
    assert "on the road only" in "".join(page.texts("#card .finding"))
    assert page.texts(".marking strong, p.borders") == [
        "Internal",
        "Boundaries are a sketch and settle no border",
    ]
    own = page.js(
        "const parts = '#tools, #panel .tabs, #panel .legend, .borders';"
        "return [...document.querySelectorAll(parts)].map((e) => e.innerText).join(' ')"
    )
    assert re.findall(r"[\u4e00-\u9fff]+", str(own).replace("中文", "")) == []

    page.js("location.reload()")
    page.until(lambda: page.texts(".shown") == ["11 of 11 units shown"])
    page.one("#lang").send_keys(Keys.ENTER)
    page.until(lambda: page.texts(".shown") == ["显示 11 / 11 家"])
    assert "lang=" not in page.js("return location.hash")


def test_turns_inside_a_frame_too(browser: Window, tmp_path: Path) -> None:
    """A notebook's frame has no address of its own: it turns, and keeps what is shown."""
    frame = draw_map(bilingual(), title="方案")._repr_html_()
    path = tmp_path / "notebook.html"
    path.write_text(f"<!doctype html><meta charset=utf-8>{frame}", encoding="utf-8")
    browser.driver.get(path.as_uri())

    def inside() -> list[str]:
        browser.driver.switch_to.default_content()
        browser.driver.switch_to.frame(browser.one("iframe"))
        return browser.texts(".shown")

    try:
        browser.until(lambda: inside() == ["显示 18 / 18 家"])
        browser.until(lambda: browser.js("return document.body.classList.contains('ready')"))
        browser.js("lxgeo.page.showTownship(1)")
        browser.one("#lang").send_keys(Keys.ENTER)
        browser.until(lambda: inside() == ["11 of 11 units shown"])
    finally:
        browser.driver.switch_to.default_content()


def test_without_the_other_sentences_they_stay_as_they_are(browser: Window, tmp_path: Path) -> None:
    """Where only one language is at hand the page's words turn and the reasons stay."""
    page = show(browser, tmp_path, town())
    page.js("lxgeo.page.choose({ unit: arguments[0] })", unit(page, "江滨第5号商贸有限公司"))

    english(page)

    page.until(lambda: page.texts("#card .reason"))
    assert page.texts("#card .reason") == ["理由第5条"]


def test_any_text_survives_the_telling() -> None:
    """Private letters, digits of other scripts, names within names: all come back as given."""
    layers = town()
    odd = ["\ue000\ue0401号", "١٢3", "00012", "{0}", "", "7\ue0807"]
    said = [odd[n % len(odd)] + f"号{n}" for n in range(len(layers.units))]
    again = [text[::-1] for text in said]
    turned = dataclasses.replace(
        layers,
        units=layers.units.assign(reason=said),
        again=SaidAgain(layers.units.assign(reason=again), layers.branches),
    )

    html = draw_map(turned, title="方案").html

    block = re.search(r'id="data">([^<]*)<', html)
    assert block is not None
    _, columns = unpack(block[1].split(".")[1])
    assert sorted(columns["unit.reason"]) == sorted(map(list, zip(said, again, strict=True)))
