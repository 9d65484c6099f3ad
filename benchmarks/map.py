"""The offline map's figures, beside folium's own pages of the same units, in one run.

``python benchmarks/map.py [--units N]… [--peers] [--keep FOLDER]`` lays the demo's plan out until
it has N units, writes the page, opens it in a headless Chromium whose network is cut, and prints
what was expected and what was got. ``--peers`` does the same with FastMarkerCluster and GeoJson
(npm fetches their plugin). Seconds are wall time of this machine as it is: look at the load, too.
"""

from __future__ import annotations

import argparse
import os
import pickle
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mapping.peers import fetch, make_local
from mapping.probe import browser, pan, quiet_s, worst_frame_ms, zoom
from mapping.tiled import demo_layers, tiled
from mapping.writing import Written, write_apart

MOST = {200_000: (7, 10, 1.5), 50_000: (2, 10, 1.0)}  # MB, s to write, s until quiet
PEERS = (("cluster", "FastMarkerCluster", 3), ("geojson", "GeoJson", 1))  # and how many rounds
GEOJSON_UP_TO = 50_000  # units; beyond, its page takes minutes

_TIMED = "const began = performance.now(); {} return performance.now() - began"
_SEARCH = (
    "const box = document.getElementById('search'); box.value = arguments[0];"
    + _TIMED.format("box.dispatchEvent(new Event('input'));")
)


def main() -> None:
    """Print all figures."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--units", type=int, action="append")
    asked.add_argument("--peers", action="store_true")
    asked.add_argument("--keep", type=Path)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = given.keep or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        demo = demo_layers()
        for count in given.units or [50_000, 200_000]:
            layers = folder / f"{count}.pickle"
            with layers.open("wb") as file:
                pickle.dump(tiled(demo, count), file)
            print(
                f"\n{count:,} units · load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"
            )
            _one(count, layers, folder, peers=given.peers)


def _one(count: int, layers: Path, folder: Path, *, peers: bool) -> None:
    written = write_apart("ours", layers, folder / f"ours_{count}.html")
    size, seconds, quiet = MOST.get(count, (0, 0, 0))
    _tell("file", f"<= {size} MB", f"{written.mb:.2f} MB")
    _tell("written", f"<= {seconds} s", f"{written.seconds:.1f} s ({written.cpu_s:.1f} s of work)")
    took = f"{written.extra_mb:.0f} MB beyond the tables, {written.peak_mb:.0f} MB in all"
    _tell("memory to write", "<= 300 MB", took)
    with browser(folder / f"profile_{count}") as page:
        mine = quiet_s(page, written.path)
        _tell("quiet", f"<= {quiet} s", f"{mine:.2f} s")
        for name, expected, got in _at_work(page):
            _tell(name, expected, got)
        slow = quiet_s(page, written.path, slower=6)
        _tell("quiet, processor 6 times slower", "<= 5 s", f"{slow:.2f} s")
        if peers:
            _peers(page, written.path, count, layers, folder)


def _at_work(page: Any) -> Iterator[tuple[str, str, str]]:
    yield "worst frame, pan", "<= 50 ms", f"{worst_frame_ms(page, lambda: pan(page)):.0f} ms"
    yield "worst frame, zoom", "<= 300 ms", f"{worst_frame_ms(page, lambda: zoom(page)):.0f} ms"
    page.js("lxgeo.page.showWhole(); document.getElementById('search').focus()")
    codes = range(int(page.js("return lxgeo.page.units.outcomes.length")))
    hide = "lxgeo.page.filter.showOutcome(arguments[0], false);"
    filters = [float(page.js(_TIMED.format(hide), code)) for code in codes]
    filters.append(float(page.js(_TIMED.format("lxgeo.page.filter.showAll();"))))
    filters.append(float(page.js(_TIMED.format("lxgeo.page.filter.showTownship(3);"))))
    page.js("lxgeo.page.filter.showAll()")
    yield "filter, slowest of 14", "<= 60 ms", f"{max(filters):.0f} ms"
    words = ("商贸", "鑫达", "9198", "没有这家", "cy", "chuangye", "xindashangmao", "zzzz")
    searches = [float(page.js(_SEARCH, word)) for word in words]
    yield "search, slowest of 8", "<= 60 ms", f"{max(searches):.0f} ms"
    asked = [url for url in page.requests() if url.startswith(("http", "ws", "ftp"))]
    yield "requests", "0", str(len(asked))


def _peers(page: Any, ours: Path, count: int, layers: Path, folder: Path) -> None:
    """Tell of folium's pages of the same units; in turns with ours, the least of each counts."""
    plugins = fetch(folder)
    for kind, name, rounds in PEERS:
        if kind == "geojson" and count > GEOJSON_UP_TO:
            continue
        written = write_apart(kind, layers, folder / f"{kind}_{count}.html")
        make_local(written.path, plugins)
        turns = [(quiet_s(page, ours), quiet_s(page, written.path)) for _ in range(rounds)]
        drawn = page.js("return document.querySelectorAll('.marker-cluster, canvas').length")
        if not drawn:
            raise RuntimeError(f"{name} shows nothing: {page.complaints()}")
        mine, theirs = (min(seconds) for seconds in zip(*turns, strict=True))
        told = f"{theirs:.2f} s, ours {mine:.2f} s: 1/{theirs / mine:.1f}"
        _tell(f"{name}: quiet", "ours <= 1/10", told)
        _tell(f"{name}: file, written", "", _size(written))


def _size(written: Written) -> str:
    return f"{written.mb:.1f} MB, {written.seconds:.1f} s, {written.extra_mb:.0f} MB"


def _tell(name: str, expected: str, got: str) -> None:
    print(f"  {name:34}{expected:14}{got}", flush=True)


if __name__ == "__main__":
    main()
