"""What a caller lays over the map, and maps side by side in frames, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely
from browser import Window, window
from map_town import PAYLOADS, SOUTH, STEP, WEST, town

from lxgeo.errors import InputError, Words
from lxgeo.publish.map import Overlay, draw_map

CENTRE = "江滨党群服务中心\n步行 15 分钟覆盖 12 家"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    """Return one browser window for all tests here."""
    with window(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


def point(column: float, row: float) -> shapely.Point:
    """Return a point of the town."""
    return shapely.Point(WEST + column * STEP, SOUTH + row * STEP)


def centres(label: str = CENTRE) -> Overlay:
    """Return a centre in the town's west."""
    table = {"label": [label], "shade": [np.nan]}
    return Overlay(
        Words("服务中心", "Service centres"),
        gpd.GeoDataFrame(table, geometry=[point(3, 7)], crs="EPSG:4326"),
    )


def reach(label: str = "步行 10 分钟") -> Overlay:
    """Return two rings around the centre, the inner one lighter and uppermost."""
    here = point(3, 7)
    table = {"label": ["步行 20 分钟", label], "shade": [1.0, 0.0]}
    shapes = [here.buffer(3 * STEP), here.buffer(1.5 * STEP)]
    return Overlay(
        Words("步行范围", "Within a walk"),
        gpd.GeoDataFrame(table, geometry=shapes, crs="EPSG:4326"),
        ends=(Words("近", "near"), Words("远", "far")),
    )


def show(browser: Window, folder: Path, *overlays: Overlay) -> Window:
    """Open the town with something laid over it."""
    path = folder / "map.html"
    path.write_text(draw_map(town(), title="方案", overlays=overlays).html, encoding="utf-8")
    browser.open(path)
    return browser


def pixel(page: Window, column: float, row: float) -> list[int]:
    """Return the colour that is drawn at a place of the town."""
    return list(
        page.js(
            "const { layer } = lxgeo.page, v = layer.view();"
            "const at = lxgeo.page.map.project([arguments[1], arguments[0]], 0).divideBy(256);"
            "const d = layer.ctx.getImageData(v.px(at.x), v.py(at.y), 1, 1).data;"
            "return [...d].slice(0, 3)",
            WEST + column * STEP,
            SOUTH + row * STEP,
        )
    )


def place(page: Window, column: float, row: float) -> tuple[float, float]:
    """Return where a place of the town is in the map's window."""
    x, y = page.js(
        "const at = lxgeo.page.map.latLngToContainerPoint([arguments[1], arguments[0]]);"
        "return [at.x, at.y]",
        WEST + column * STEP,
        SOUTH + row * STEP,
    )
    return float(x), float(y)


def test_areas_are_drawn_told_and_switched(browser: Window, tmp_path: Path) -> None:
    """Deep outside, light inside; labels under the pointer; the box takes all of it away."""
    page = show(browser, tmp_path, reach())
    outer, inner = pixel(page, 5, 6.5), pixel(page, 3.7, 6.8)

    # Over the near-white township (about 250): 0.42 of #7f1d4f, then 0.42 of #ffe9a8 over that.
    assert outer[1] == pytest.approx(0.58 * 250 + 0.42 * 0x1D, abs=8)
    assert inner[1] == pytest.approx(0.58 * outer[1] + 0.42 * 0xE9, abs=8)
    page.hover_map(*place(page, 3.7, 6.8))
    assert page.texts("#tip p")[:2] == ["步行 10 分钟步行范围", "步行 20 分钟步行范围"]
    assert page.texts(".key [data-overlay]") == ["步行范围（近 → 远）"]

    page.one("[data-layer='overlay0']").click()
    assert pixel(page, 5, 6.5)[1] > 240
    page.hover_map(*place(page, 3.7, 6.9))
    assert page.texts("#tip p") == ["甲街道乡镇（街道）"]
    assert not page.one(".key [data-overlay]").is_displayed()
    page.until(lambda: "layers=overlay0" in page.js("return location.hash"))


def test_the_legend_shows_the_colours_that_are_drawn(browser: Window, tmp_path: Path) -> None:
    """Without a scale: one pale layer has a pale key, one of two shades has both."""
    here = point(3, 7)
    shapes = [here.buffer(3 * STEP), here.buffer(1.5 * STEP)]
    layers = [
        Overlay(
            Words(name, name),
            gpd.GeoDataFrame({"label": ["", ""], "shade": shades}, geometry=shapes, crs=4326),
        )
        for name, shades in (("浅", [0.0, 0.0]), ("两样", [0.0, 1.0]))
    ]
    page = show(browser, tmp_path, *layers)
    keys = page.js(
        "return [...document.querySelectorAll('.key [data-overlay] .swatch')].map((each) =>"
        "[getComputedStyle(each).backgroundColor, getComputedStyle(each).backgroundImage])"
    )

    # The lightest of the first ramp; the lightest and the deepest of the second.
    assert keys[0] == ["rgb(255, 233, 168)", "none"]
    assert keys[1][1] == "linear-gradient(90deg, rgb(217, 240, 247), rgb(18, 58, 107))"


def test_a_point_has_a_pin_a_label_and_a_card(browser: Window, tmp_path: Path) -> None:
    """Pointing at the pin tells the label, a click opens it, and keys reach it as well."""
    page = show(browser, tmp_path, reach(), centres())
    x, y = place(page, 3, 7)

    page.hover_map(x, y - 14)
    assert page.texts("#tip p")[0] == f"{CENTRE}服务中心"
    page.click_map(x, y - 14)
    assert page.texts("#card h2") == ["江滨党群服务中心"]
    assert page.texts("#card .chip, #card .reason") == ["服务中心", "步行 15 分钟覆盖 12 家"]

    page.one("[data-layer='overlay1']").click()
    page.hover_map(x + 1, y - 14)
    assert page.texts("#tip p")[0] == "步行 10 分钟步行范围"


def test_hostile_labels_stay_text(browser: Window, tmp_path: Path) -> None:
    """Every payload as label and as name: shown letter by letter, none runs."""
    hostile = " ".join(PAYLOADS)
    here = point(3, 7)
    table = gpd.GeoDataFrame(
        {"label": [f"面 {hostile}", f"点 {hostile}"], "shade": [0.5, None]},
        geometry=[here.buffer(2 * STEP), here],
        crs="EPSG:4326",
    )
    page = show(browser, tmp_path, Overlay(Words(f"层 {hostile}", "x"), table))
    x, y = place(page, 3, 7)

    page.hover_map(x, y - 14)
    assert page.js("return document.querySelector('#tip b').textContent") == f"点 {hostile}"
    page.hover_map(x + 60, y)
    assert page.js("return document.querySelector('#tip b').textContent") == f"面 {hostile}"
    assert f"层 {hostile}" in page.texts(".layers label")
    page.click_map(x, y - 14)
    assert page.texts("#card h2") == [f"点 {hostile}"]
    assert page.js("return window.__xss") is None
    assert page.complaints() == []


def test_faults_of_an_overlay_are_told_at_once() -> None:
    """No label, a shade beyond 1, lines, another CRS: one error names them all."""
    line = shapely.LineString([(0, 0), (1, 1)])
    table = gpd.GeoDataFrame({"shade": [1.5]}, geometry=[line], crs="EPSG:4490")

    with pytest.raises(InputError) as told:
        Overlay(Words("层", "layer"), table)

    said = told.value.in_words()
    for fault in ("缺少列 label", "不是 EPSG:4326", "只能是点或面", "0 到 1"):
        assert fault in said
    assert len(told.value.faults) == 4


def test_a_map_without_overlays_is_as_it_was() -> None:
    """Nothing laid over gives the same bytes as not asking for it."""
    assert draw_map(town(), title="方案", overlays=()).html == draw_map(town(), title="方案").html


_HOST = """<!doctype html><meta charset=utf-8><script>
window.told = [];
addEventListener('message', ({ source, data }) => {
  const frames = [...document.querySelectorAll('iframe')].map((f) => f.contentWindow);
  told.push([frames.indexOf(source), data]);
  if (!window.linked) return;
  for (const other of frames) if (other !== source) other.postMessage(data, '*');
});
</script>"""


@pytest.fixture
def side_by_side(browser: Window, tmp_path: Path) -> Window:
    """Return a page with two maps in frames of their own."""
    frame = draw_map(town(), title="方案")._repr_html_()
    path = tmp_path / "both.html"
    path.write_text(f"{_HOST}{frame}{frame}", encoding="utf-8")
    browser.driver.get(path.as_uri())
    browser.until(lambda: len(browser.js("return window.told")) >= 2)
    return browser


def view_of(page: Window, frame: int) -> list[float]:
    """Return latitude, longitude and zoom of the map in a frame."""
    page.driver.switch_to.frame(page.all("iframe")[frame])
    try:
        found = page.js(
            "const m = lxgeo.page.map, c = m.getCenter(); return [c.lat, c.lng, m.getZoom()]"
        )
    finally:
        page.driver.switch_to.default_content()
    return [float(each) for each in found]


def move(page: Window, frame: int, lat: float, lon: float, zoom: float) -> None:
    """Move the map in a frame as its reader would."""
    page.driver.switch_to.frame(page.all("iframe")[frame])
    page.js("lxgeo.page.map.setView([arguments[0], arguments[1]], arguments[2])", lat, lon, zoom)
    page.driver.switch_to.default_content()


def test_a_frame_without_room_shows_the_whole_once_it_has_some(
    browser: Window, tmp_path: Path
) -> None:
    """A slow computer lays frames out late: the map then looks at all there is, not at a house."""
    path = tmp_path / "late.html"
    frame = draw_map(town(), title="方案")._repr_html_()
    path.write_text(f"{_HOST}<div>{frame}</div>", encoding="utf-8")
    browser.driver.get(path.as_uri())
    browser.until(lambda: browser.js("return window.told.length"))
    roomy = view_of(browser, 0)

    late = path.read_text(encoding="utf-8").replace("<div>", '<div style="display: none">')
    path.write_text(late, encoding="utf-8")
    browser.driver.get(path.as_uri())
    browser.until(lambda: browser.js("return window.told.length"))
    browser.js("document.querySelector('div').style.display = 'block'")

    browser.until(lambda: view_of(browser, 0) == pytest.approx(roomy, abs=1e-4))


def test_two_maps_keep_one_view(side_by_side: Window) -> None:
    """What is moved in one is told to the host, and the other follows without an answer."""
    page = side_by_side
    page.js("window.linked = true; window.told.length = 0")

    move(page, 0, 30.41, 112.21, 15)

    page.until(lambda: view_of(page, 1)[2] == 15)
    assert view_of(page, 1) == pytest.approx([30.41, 112.21, 15], abs=1e-4)
    said = page.js("return window.told")
    assert {each[0] for each in said} == {0}
    assert set(said[-1][1]) == {"lxgeo", "lat", "lon", "zoom"}


@pytest.mark.parametrize(
    "message",
    [
        "{lxgeo: 'view', lat: '30.41', lon: 112.21, zoom: 15}",
        "{lxgeo: 'view', lat: 95, lon: 112.21, zoom: 15}",
        "{lxgeo: 'view', lat: NaN, lon: 112.21, zoom: 15}",
        "{lxgeo: 'view', lat: 30.41, lon: 112.21}",
        "{lxgeo: 'eval', lat: 30.41, lon: 112.21, zoom: 15}",
        "'lxgeo'",
        "null",
    ],
)
def test_a_view_of_no_sense_is_passed_over(side_by_side: Window, message: str) -> None:
    """Only numbers in their range are a view; whatever else is said, the map stays."""
    page = side_by_side
    before = view_of(page, 0)

    page.js(
        "const frame = document.querySelector('iframe').contentWindow;"
        f"frame.postMessage({message}, '*');"
    )

    # A sensible one after it is taken: the one before has been read by then.
    page.js(
        "document.querySelector('iframe').contentWindow.postMessage("
        "{ lxgeo: 'view', lat: arguments[0], lon: arguments[1], zoom: 17 }, '*')",
        before[0],
        before[1],
    )
    page.until(lambda: view_of(page, 0)[2] == 17)
    assert view_of(page, 0) == pytest.approx([before[0], before[1], 17], abs=1e-4)


def test_only_the_host_is_listened_to(side_by_side: Window) -> None:
    """A neighbouring frame's word counts for nothing."""
    page = side_by_side
    before = view_of(page, 0)

    page.driver.switch_to.frame(page.all("iframe")[1])
    page.js("parent.frames[0].postMessage({ lxgeo: 'view', lat: 30.3, lon: 112.0, zoom: 9 }, '*')")
    page.driver.switch_to.default_content()
    page.js(
        "frames[0].postMessage({ lxgeo: 'view', lat: arguments[0], lon: arguments[1], zoom: 17 },"
        " '*')",
        before[0],
        before[1],
    )

    page.until(lambda: view_of(page, 0)[2] == 17)
    assert view_of(page, 0) == pytest.approx([before[0], before[1], 17], abs=1e-4)


def test_outside_a_frame_nobody_is_listened_to(browser: Window, tmp_path: Path) -> None:
    """A page of its own keeps its view whatever it is told."""
    page = show(browser, tmp_path)

    moved = page.driver.execute_async_script(
        "const done = arguments[0], map = lxgeo.page.map, before = map.getZoom();"
        "addEventListener('message', () => done(map.getZoom() !== before), { once: true });"
        "postMessage({ lxgeo: 'view', lat: 30.41, lon: 112.21, zoom: 17 }, '*')"
    )

    assert moved is False
