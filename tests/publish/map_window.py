"""The town's page in a browser: opening it, and finding one's way on its map."""

from __future__ import annotations

from pathlib import Path

from browser import Window

from lxgeo.publish.map import MapLayers, draw_map


def show(browser: Window, folder: Path, layers: MapLayers, title: str = "江滨区方案") -> Window:
    """Write a page and open it from its file."""
    path = folder / "map.html"
    path.write_text(draw_map(layers, title=title).html, encoding="utf-8", newline="\n")
    browser.open(path)
    return browser


def unit(page: Window, name: str) -> int:
    """Return a unit's number in the page by its name."""
    found = page.js("return lxgeo.page.texts.get('unit.name').indexOf(arguments[0])", name)
    assert found >= 0
    return int(found)


def look_at(page: Window, number: int, zoom: float) -> tuple[float, float]:
    """Bring a unit to the middle of the map and return where it stands in the map's window."""
    return tuple(
        page.js(
            "const p = lxgeo.page, i = arguments[0];"
            "p.lookAt(p.units.x[i], p.units.y[i], arguments[1]);"
            "const at = p.pointOf(i); return [at.x, at.y];",
            number,
            zoom,
        )
    )


def zoom(page: Window) -> float:
    """Return the map's zoom."""
    return float(page.js("return lxgeo.page.map.getZoom()"))
