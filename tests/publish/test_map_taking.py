"""Taking the map away: paper, picture, the filtered table; and tiles for who asks for them."""

from __future__ import annotations

import base64
import csv
import dataclasses
import io
import re
import shutil
import struct
import subprocess
import zlib
from collections.abc import Iterator
from math import atan, degrees, pi, sinh
from pathlib import Path
from typing import Any

import pytest
from browser import Window, window
from map_town import town
from map_window import show, unit

from lxgeo.errors import InputError
from lxgeo.geo.datum import from_wgs84
from lxgeo.model import Datum
from lxgeo.publish.map import Tiles, draw_map

MM_PER_POINT = 25.4 / 72
KEY = "0123456789abcdef0123456789abcdef"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    """Return one browser window for all tests here."""
    with window(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


@pytest.fixture
def opened(browser: Window, tmp_path: Path) -> Window:
    """Return the window with the town's page open; what it saves lands beside the page."""
    browser.driver.execute_cdp_cmd(
        "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)}
    )
    return show(browser, tmp_path, dataclasses.replace(town(), map_number="GS(2026)0001号"))


def printed(page: Window, paper: str) -> bytes:
    """Choose a paper and print the page."""
    page.js(
        "const s = document.getElementById('paper'); s.value = arguments[0];"
        "s.dispatchEvent(new Event('change'))",
        paper,
    )
    made = page.driver.execute_cdp_cmd(
        "Page.printToPDF", {"printBackground": True, "preferCSSPageSize": True}
    )
    return base64.b64decode(made["data"])


def saved(page: Window, folder: Path, ending: str) -> bytes:
    """Wait for a file to be saved and return what is in it."""
    (path,) = page.until(lambda: [p for p in folder.glob(f"*.{ending}") if p.stat().st_size])
    return Path(path).read_bytes()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("paper", "size"),
    [("a4", (297, 210)), ("a4p", (210, 297)), ("a3", (420, 297)), ("a3p", (297, 420))],
)
def test_prints_on_one_sheet_of_the_paper_chosen(
    opened: Window, paper: str, size: tuple[int, int]
) -> None:
    """One sheet of that size; the page stands as before afterwards."""
    view = (
        "const m = lxgeo.page.map, c = m.getCenter();"
        "return [m.getZoom(), ...[c.lng, c.lat].map((v) => Math.round(v * 1e4))]"
    )
    before = opened.js(view)
    pdf = printed(opened, paper)
    boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", pdf)

    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
    assert [round(float(each) * MM_PER_POINT) for each in boxes[0]] == list(size)
    opened.until(lambda: not opened.js("return document.body.classList.contains('on-paper')"))
    assert opened.js(view) == before


@pytest.mark.browser
def test_paper_tells_title_legend_scale_date_and_number(opened: Window, tmp_path: Path) -> None:
    """On the sheet stand title, marking, proviso, legend with counts, scale, date and 审图号."""
    tool = shutil.which("pdftotext")
    if tool is None:
        pytest.skip("pdftotext is not installed: the sheet's text is NOT read")
    path = tmp_path / "sheet.pdf"
    path.write_bytes(printed(opened, "a4"))
    text = subprocess.run(
        [tool, "-layout", str(path), "-"], check=True, capture_output=True, text=True
    ).stdout
    read = re.sub(r"\s+", "", text)

    for told in ("江滨区方案", "内部资料", "测算建议，以党委审批为准", "审图号：GS(2026)0001号"):
        assert told in read
    assert re.search(r"比例尺1:[\d,]+", read)
    assert re.search(r"制图日期20\d\d年\d+月\d+日", read)
    assert re.search(r"联合组建3", read)
    assert re.search(r"界线仅作示意", read)
    assert "搜索" not in read
    assert "打印" not in read


@pytest.mark.browser
def test_scale_on_paper_is_true(opened: Window) -> None:
    """The scale told is that of the map in the sheet: millimetres on paper to metres on land."""
    opened.js("window.dispatchEvent(new Event('beforeprint'))")
    told = opened.one("#colophon").get_attribute("textContent") or ""
    metres = opened.js(
        "const m = lxgeo.page.map, y = m.getSize().y / 2;"
        "return m.distance(m.containerPointToLatLng([0, y]), m.containerPointToLatLng([96, y]))"
    )
    opened.js("window.dispatchEvent(new Event('afterprint'))")
    found = re.search(r"1:([\d,]+)", told)
    assert found is not None

    # 96 px are one inch on paper
    assert int(found[1].replace(",", "")) == pytest.approx(metres / 0.0254, rel=0.01)


def pixels_of(png: bytes) -> tuple[int, int, int]:
    """Return width, height and the number of different bytes of a picture's data."""
    width, height = struct.unpack(">II", png[16:24])
    at, data = 8, b""
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            data += png[at + 8 : at + 8 + length]
        at += 12 + length
    return width, height, len(set(zlib.decompress(data)))


@pytest.mark.browser
def test_picture_holds_what_the_sheet_holds(opened: Window, tmp_path: Path) -> None:
    """A PNG twice as fine as the screen, with title, marking, legend, scale, date, 审图号 drawn."""
    opened.js(
        "window.written = []; const p = CanvasRenderingContext2D.prototype, f = p.fillText;"
        "p.fillText = function (text, ...rest) { window.written.push(text);"
        " return f.call(this, text, ...rest); };"
    )
    opened.one("#picture").click()
    png = saved(opened, tmp_path, "png")
    size = opened.js("const s = lxgeo.page.map.getSize(); return [s.x, s.y]")
    written = " ".join(opened.js("return window.written"))

    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    width, height, colours = pixels_of(png)
    assert width == 2 * (size[0] + 56)
    assert height > 2 * (size[1] + 140)
    assert colours > 100
    for told in ("江滨区方案", "内部资料", "测算建议，以党委审批为准", "审图号：GS(2026)0001号"):
        assert told in written
    assert re.search(r"制图日期 20\d\d年", written)
    assert "联合组建 3" in written
    assert re.search(r"\d+ (公里|米)", written)


@pytest.mark.browser
def test_table_leaves_as_it_is_filtered(opened: Window, tmp_path: Path) -> None:
    """The CSV has the rows of the table, with its headings, UTF-8 with a mark."""
    opened.js("lxgeo.page.filter.showOnly(lxgeo.page.units.outcomes.indexOf('joint'))")
    opened.js("lxgeo.page.openTable('units')")
    opened.one("#csv").click()
    raw = saved(opened, tmp_path, "csv")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))

    assert raw.startswith(b"\xef\xbb\xbf")
    assert [row["单位"] for row in rows] == [f"江滨第{n}号商贸有限公司" for n in (1, 2, 3)]
    assert [row["正式党员"] for row in rows] == ["1", "1", "1"]
    assert rows[2]["待核与提示"] == "位置仅到道路，待核"
    assert rows[0]["台账行"] == "名册!2"
    assert rows[1]["党支部"] == "B1党支部"


FORMULAS = (
    *("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "－1", '=HYPERLINK("x")'),
    *("a,b", 'a"b', "a\nb", "a\r\nb"),
)


@pytest.mark.browser
def test_no_text_of_the_table_is_a_formula(browser: Window, tmp_path: Path) -> None:
    """What could start a formula is led by an apostrophe; quotes and lines stay in their cell."""
    browser.driver.execute_cdp_cmd(
        "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)}
    )
    given: list[str] = []

    def say(where: str, text: str) -> str:
        if where != "name":
            return text
        given.append(FORMULAS[len(given) % len(FORMULAS)])
        return given[-1]

    page = show(browser, tmp_path, town(say))
    page.js("lxgeo.page.openTable('units')")
    page.one("#csv").click()
    text = saved(page, tmp_path, "csv").decode("utf-8-sig")
    names = [row[0] for row in csv.reader(io.StringIO(text, newline=""))][1:]

    risky = re.compile(r"^\s*[=+\-@＝＋－＠]")
    assert names == [f"'{name}" if risky.match(name) else name for name in given]


def policy(page: str) -> dict[str, str]:
    """Return a page's Content-Security-Policy by directive."""
    found = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert found is not None
    return dict(rule.split(" ", 1) for rule in found[1].replace("&#39;", "'").split("; "))


@pytest.mark.parametrize(
    ("tiles", "host"),
    [
        (Tiles("tianditu", KEY, "GS(2026)0002号"), "https://t0.tianditu.gov.cn"),
        (Tiles("amap"), "https://webrd01.is.autonavi.com"),
        (Tiles("osm"), "https://tile.openstreetmap.org"),
    ],
)
def test_tiles_open_the_policy_for_their_pictures_alone(tiles: Tiles, host: str) -> None:
    """Only img-src is widened, only for the provider; without tiles nothing is."""
    plain = policy(draw_map(town(), title="方案").html)
    rules = policy(draw_map(town(), title="方案", tiles=tiles).html)

    assert host in rules["img-src"].split()
    assert set(rules["img-src"].split()) == set(tiles.hosts)
    assert "img-src" not in plain
    assert {name: rules[name] for name in plain if name != "script-src"} == {
        name: plain[name] for name in plain if name != "script-src"
    }


def test_a_key_is_asked_for_told_and_kept_out_of_reprs() -> None:
    """Tianditu needs a key of letters and digits; the warning says that it stands in the file."""
    for key in ("", "短", "x' onload='1", KEY + "&tk=2"):
        with pytest.raises(InputError, match="密钥"):
            Tiles("tianditu", key)
    with pytest.raises(InputError, match="tianditu"):
        Tiles("google")
    tiles = Tiles("tianditu", KEY)

    assert KEY not in repr(tiles)
    assert "密钥写在地图文件里" in tiles.warning.zh
    assert "密钥" not in Tiles("amap").warning.zh


def asked_tiles(browser: Window, folder: Path, tiles: Tiles) -> list[str]:
    """Open the town over tiles and return what it asked for beyond itself."""
    path = folder / "map.html"
    html = draw_map(town(), title="方案", tiles=tiles).html
    path.write_text(html, encoding="utf-8", newline="\n")
    browser.open(path)
    browser.until(lambda: browser.all(".leaflet-tile"))
    return [url for url in browser.requests() if not url.startswith("file:")]


@pytest.mark.browser
def test_tiles_are_asked_from_their_provider_and_credited(browser: Window, tmp_path: Path) -> None:
    """Every request goes to Tianditu with the key; credit and 审图号 stand on the map."""
    asked = asked_tiles(browser, tmp_path, Tiles("tianditu", KEY, "GS(2026)0002号"))

    assert len(asked) > 3
    assert {re.sub(r"t\d", "t", url.split("/DataServer")[0]) for url in asked} == {
        "https://t.tianditu.gov.cn"
    }
    assert all(url.endswith(f"tk={KEY}") for url in asked)
    credit = browser.one(".credit").text
    assert "天地图" in credit
    assert "GS(2026)0002号" in credit
    browser.logs("browser")


@pytest.mark.browser
def test_amap_tiles_are_shifted_to_where_they_have_the_place(
    browser: Window, tmp_path: Path
) -> None:
    """The tile under the map's middle is the one that holds its GCJ-02 place, to within 1 m."""
    asked_tiles(browser, tmp_path, Tiles("amap"))
    number = unit(browser, "江滨第4号商贸有限公司")
    found: dict[str, Any] = browser.js(
        "const p = lxgeo.page; p.lookAt(p.units.x[arguments[0]], p.units.y[arguments[0]], 17);"
        "const c = p.map.getCenter(), r = p.map.getContainer().getBoundingClientRect();"
        "const x = r.left + r.width / 2, y = r.top + r.height / 2;"
        "const tile = [...document.querySelectorAll('.leaflet-tile')].find((t) => {"
        " const b = t.getBoundingClientRect(); return /z=17/.test(t.src) &&"
        " b.left <= x && x < b.right && b.top <= y && y < b.bottom; });"
        "const b = tile.getBoundingClientRect();"
        "return { lng: c.lng, lat: c.lat, src: tile.src,"
        " x: (x - b.left) / b.width, y: (y - b.top) / b.height };",
        number,
    )
    browser.logs("browser")
    lon, lat = (float(v[0]) for v in from_wgs84([found["lng"]], [found["lat"]], Datum.GCJ02))
    column, row = (int(re.search(rf"{axis}=(\d+)", found["src"])[1]) for axis in "xy")  # type: ignore[index]
    tiles = 2**17
    east = (column + found["x"]) / tiles * 360 - 180
    mercator = latitude((row + found["y"]) / tiles)

    assert east == pytest.approx(lon, abs=1e-5)
    assert mercator == pytest.approx(lat, abs=1e-5)
    assert abs(east - found["lng"]) > 0.003  # without the shift it would be some 500 m off


def latitude(share: float) -> float:
    """Return the latitude at a share of web Mercator's height, from the north."""
    return degrees(atan(sinh(pi * (1 - 2 * share))))
