"""Two maps side by side, opened from a file in a browser: they move together."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import Window, window
from map_data import parts, unpack

from lxgeo.cli import main
from town import Town

pytestmark = pytest.mark.browser

AXE = Path(__file__).parent / "axe" / "axe.min.js"
NAMES = ("现行", "{{ 7+7 }} ${document.title=1} &amp; '%41#", "`少看行业`$x^2$")
SETTINGS = ("", "thin_m = 0.0", "trade_m = 100.0")


@pytest.fixture(scope="module")
def out(town: Town, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with three scenarios compared, two of them with names made to be run."""
    folder = tmp_path_factory.mktemp("side_by_side")
    words = ["lxgeo", "compare", str(town.ledger), "--areas", str(town.areas)]
    for number, (name, changed) in enumerate(zip(NAMES, SETTINGS, strict=True)):
        path = folder / f"{number}.toml"
        path.write_text(f"name = {json.dumps(name)}\n[policy]\n{changed}\n", encoding="utf-8")
        words += ["--scenario", str(path)]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("sys.argv", [*words, "--out", str(folder / "out")])
        with pytest.raises(SystemExit) as ended:
            main()
    assert ended.value.code in (0, None)
    return folder / "out"


@pytest.fixture(scope="module")
def page(out: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    """Return a window with the page, both maps on it and ready."""
    with window(tmp_path_factory.mktemp("profile")) as opened:
        opened.open(out / "compare.html", size=(1500, 950))
        opened.until(lambda: all(view(opened, side) for side in (0, 1)))
        yield opened


def view(page: Window, side: int) -> tuple[float, ...] | None:
    """Return where a side's map looks; None while it is not there yet."""
    page.driver.switch_to.frame(page.all("iframe")[side])
    try:
        found = page.js(
            "if (!document.body.classList.contains('ready')) return null;"
            "const map = window.lxgeo.page.map, at = map.getCenter();"
            "return [at.lat, at.lng, map.getZoom()];"
        )
        return None if found is None else tuple(round(float(each), 6) for each in found)
    finally:
        page.driver.switch_to.default_content()


def move(page: Window, side: int, script: str) -> None:
    """Move a side's map as its reader would."""
    page.driver.switch_to.frame(page.all("iframe")[side])
    page.js(f"const map = window.lxgeo.page.map; {script}")
    page.driver.switch_to.default_content()


def choose(page: Window, side: int, number: int) -> None:
    """Choose a scenario on a side."""
    page.js(
        "const pick = document.querySelectorAll('select')[arguments[0]];"
        "pick.value = String(arguments[1]); pick.dispatchEvent(new Event('change'));",
        side,
        number,
    )


def test_it_opens_by_double_click_and_asks_nobody(page: Window) -> None:
    """Two maps from files beside it, no complaint of the browser, no other request."""
    assert page.complaints() == []
    assert {url.partition(":")[0] for url in page.requests()} <= {"file"}
    assert page.texts(".side:first-child option") == list(NAMES)
    assert [each.get_attribute("title") for each in page.all("iframe")] == list(NAMES[:2])


def test_one_hand_moves_both(page: Window) -> None:
    """What the left map's reader moves, the right one follows, and the other way round."""
    move(page, 0, "map.setView([38.0, 105.01], 15, { animate: false });")
    page.until(lambda: view(page, 1) == (38.0, 105.01, 15))
    move(page, 1, "map.setView([38.01, 105.02], 13, { animate: false });")
    page.until(lambda: view(page, 0) == (38.01, 105.02, 13))


def test_another_scenario_is_shown_at_the_same_place(page: Window) -> None:
    """The map that is chosen looks where the other looks; figures and settings are of both."""
    move(page, 0, "map.setView([38.02, 105.0], 14, { animate: false });")
    page.until(lambda: view(page, 1) == (38.02, 105.0, 14))
    choose(page, 1, 2)
    page.until(lambda: view(page, 1) == (38.02, 105.0, 14))
    settings = page.texts("#settings tbody td")

    assert page.all("iframe")[1].get_attribute("title") == NAMES[2]
    assert page.texts("#figures th")[1:3] == [NAMES[0], NAMES[2]]
    # U4 pays 100 m for its other trade, U7 three quarters of that: 200 + 150 m less.
    assert "−350" in page.texts("#figures tbody tr:nth-child(12) td")
    assert settings == ["行业完全不同折合距离", "300米", "100米"]
    choose(page, 1, 1)
    page.until(lambda: view(page, 1) == (38.02, 105.0, 14))


def test_apart_each_goes_its_own_way(page: Window) -> None:
    """Where the reader parts them, one stays; once together again, they look at one place."""
    page.one("#linked").click()
    stays = view(page, 1)
    move(page, 0, "map.setView([38.03, 105.03], 12, { animate: false });")
    page.until(lambda: view(page, 0) == (38.03, 105.03, 12))
    assert view(page, 1) == stays
    page.one("#linked").click()
    page.until(lambda: view(page, 1) == (38.03, 105.03, 12))


def test_reasons_stand_in_both_languages(out: Path) -> None:
    """Whoever turns a scenario's map to English reads its reasons in English."""
    _, text = parts((out / "maps" / f"{NAMES[0]}.html").read_text(encoding="utf-8"))
    _, columns = unpack(text)
    told = [pair for pair in columns["unit.reason"] if pair[0].startswith("没有正式党员")]

    assert len(told) == 1
    assert told[0][1].startswith("no full member")


def test_names_are_never_run(page: Window, out: Path) -> None:
    """A name made to be a template, a script or a formula stands as it is, here and as a file."""
    text = (out / "compare.html").read_text(encoding="utf-8")

    assert page.js("return document.title") == "情景比较：两幅地图并排"
    assert not any(name in text for name in NAMES)
    assert "14" not in page.one("main").text
    assert {path.stem for path in (out / "maps").iterdir()} == set(NAMES)


def test_axe_finds_no_serious_fault(page: Window) -> None:
    """Whoever reads the page by screen reader or keyboard reads the same; maps have their own."""
    page.js(AXE.read_text(encoding="utf-8"))
    found = page.driver.execute_async_script(
        "const done = arguments[0];"
        "axe.run(document, { iframes: false, resultTypes: ['violations'] }).then((r) => done("
        "r.violations.map((v) => [v.id, v.impact, v.nodes[0].html.slice(0, 160)])))"
    )

    assert [each for each in found if each[1] in {"serious", "critical"}] == []
