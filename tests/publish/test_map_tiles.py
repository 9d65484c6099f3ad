"""Online tiles from a server on this machine: where they land, and what happens without them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from math import asinh, pi, radians, tan
from pathlib import Path
from types import MappingProxyType

import browser as chromium
import numpy as np
import pytest
from browser import Window, window
from map_town import town
from PIL import Image
from tile_server import colour, tile_server

from lxgeo.errors import Words
from lxgeo.geo.datum import from_wgs84
from lxgeo.model import Datum
from lxgeo.publish.map import Tiles, draw_map, tiles

pytestmark = pytest.mark.browser
PLACES = [(112.2083, 30.4083), (112.2131, 30.4177), (112.2241, 30.4177)]
"""Places of the town where nothing is drawn but the township's ground."""
ZOOM = 16
_KIND = type(tiles.PROVIDERS["osm"])


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    """Return a browser window that reaches this machine, and nothing beyond."""
    with pytest.MonkeyPatch.context() as patch:
        local = [f"{f}, EXCLUDE 127.0.0.1" if "resolver" in f else f for f in chromium.FLAGS]
        patch.setattr(chromium, "FLAGS", tuple(local))
        with window(tmp_path_factory.mktemp("profile")) as opened:
            yield opened


def show(
    browser: Window, folder: Path, host: str, patch: pytest.MonkeyPatch, *, gcj02: bool = False
) -> Window:
    """Open the town over tiles of a server on this machine."""
    provider = _KIND(
        credit=Words("底图：本机", "Base map: this machine"),
        hosts=(host,),
        paths=("/{z}/{x}/{y}.png",),
        deepest=19,
        gcj02=gcj02,
    )
    patch.setattr(tiles, "PROVIDERS", MappingProxyType({"local": provider}))
    path = folder / "map.html"
    path.write_text(draw_map(town(), title="方案", tiles=Tiles("local")).html, encoding="utf-8")
    browser.open(path)
    browser.js("lxgeo.page.map.setView([30.413, 112.216], arguments[0])", ZOOM)
    return browser


def seen(page: Window) -> list[tuple[int, ...]]:
    """Return the colours at the places, as they stand on the screen."""
    at = page.js(
        "const m = lxgeo.page.map, r = m.getContainer().getBoundingClientRect();"
        "return arguments[0].map(([lon, lat]) => { const p = m.latLngToContainerPoint([lat, lon]);"
        " return [r.left + p.x, r.top + p.y]; })",
        PLACES,
    )
    picture = Image.open(io.BytesIO(page.driver.get_screenshot_as_png())).convert("RGB")
    pixels = np.asarray(picture)
    return [tuple(map(int, pixels[round(y), round(x)])) for x, y in at]


def expected(lon: float, lat: float) -> tuple[int, int, int]:
    """Return the colour of the tile that holds a place, by web Mercator's own formula."""
    n = 2**ZOOM
    x = int((lon + 180) / 360 * n)
    y = int((1 - asinh(tan(radians(lat))) / pi) / 2 * n)
    return colour(x, y, ZOOM)


@pytest.mark.parametrize("gcj02", [False, True])
def test_pictures_land_where_they_must(
    browser: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, gcj02: bool
) -> None:
    """Under each place lies the tile of that place, or of its GCJ-02 place where tiles want it."""
    lon, lat = ([place[k] for place in PLACES] for k in (0, 1))
    plain = [expected(*place) for place in PLACES]
    if gcj02:
        lon, lat = (list(map(float, each)) for each in from_wgs84(lon, lat, Datum.GCJ02))
    wanted = [expected(*place) for place in zip(lon, lat, strict=True)]

    with tile_server() as host:
        page = show(browser, tmp_path, host, monkeypatch, gcj02=gcj02)
        page.until(lambda: seen(page) == wanted)
        # Leaflet empties a picture that is no longer wanted with one that is no request.
        asked = [u for u in page.requests() if not u.startswith(("file:", "data:"))]

    assert len(set(wanted)) == len(wanted)
    assert (wanted != plain) is gcj02  # some 500 m: other tiles
    assert asked
    assert all(url.startswith(f"{host}/") for url in asked)
    assert not page.one("#tiles-lost").is_displayed()
    assert "底图：本机" in page.one(".credit").text
    assert [said for said in page.complaints() if "data:image/gif" not in said] == []


def test_only_the_provider_is_let_in(
    browser: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A picture from another server, on this very machine, is stopped by the page's policy."""
    with tile_server() as host, tile_server() as stranger:
        page = show(browser, tmp_path, host, monkeypatch)
        came = page.driver.execute_async_script(
            "const [url, done] = arguments, picture = new Image();"
            "picture.onload = () => done(true); picture.onerror = () => done(false);"
            "picture.src = url;",
            f"{stranger}/3/1/1.png",
        )

    assert came is False
    assert any("Content Security Policy" in said for said in page.complaints())


def test_without_its_server_the_page_stands(
    browser: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server is down: a calm word, the vector map whole; when it is back, the pictures are."""
    with tile_server() as host:
        pass  # gone before anybody asks

    page = show(browser, tmp_path, host, monkeypatch)
    notice = page.one("#tiles-lost")
    page.until(notice.is_displayed)
    ground = [sum(each) for each in seen(page)]

    assert notice.text == "在线底图未能取得，已改用本页的矢量底图"
    assert min(ground) > 3 * 235  # the townships' light tints
    assert page.texts(".shown") == ["显示 18 / 18 家"]
    browser.logs("browser")


def test_without_tiles_nobody_is_asked(browser: Window, tmp_path: Path) -> None:
    """A page drawn without tiles asks no server, and its policy names no pictures."""
    path = tmp_path / "map.html"
    html = draw_map(town(), title="方案").html
    path.write_text(html, encoding="utf-8")
    browser.open(path)

    # What the page before emptied as it went is no request.
    assert [u for u in browser.requests() if not u.startswith("data:")] == [path.as_uri()]
    assert "img-src" not in html
