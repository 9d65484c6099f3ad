"""Writing a page in a process of its own: ours, and folium's for the same units."""

from __future__ import annotations

import gc
import json
import pickle
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd

from lxgeo.publish.map.order import drawn

MB = 1e6
_KIB_PER_MB = 1024


@dataclass(frozen=True)
class Written:
    """How a page was written.

    Parameters
    ----------
    path
        Where it stands.
    seconds, cpu_s
        Wall time, and time that the processor really worked.
    mb
        Size of the file, MB.
    extra_mb
        Peak memory beyond what the tables took before, MB.
    peak_mb
        Peak memory of the whole process, MB.
    """

    path: Path
    seconds: float
    cpu_s: float
    mb: float
    extra_mb: float
    peak_mb: float


def write_apart(kind: str, layers: Path, page: Path) -> Written:
    """Write a page in a new process and return how it went."""
    run = subprocess.run(  # noqa: S603 -- this very file
        [sys.executable, "-m", "mapping.writing", kind, str(layers), str(page)],
        check=False,
        stdout=subprocess.PIPE,  # what goes wrong is told on our own standard error
        text=True,
        cwd=Path(__file__).parents[1],
    )
    run.check_returncode()
    return Written(path=page, **json.loads(run.stdout.splitlines()[-1]))


def ours(layers: Path, page: Path) -> Callable[[], None]:
    """Return what writes our page."""
    from lxgeo.publish.map import draw_map

    with layers.open("rb") as file:
        held = pickle.load(file)  # noqa: S301 -- written by ourselves

    def write() -> None:
        html = draw_map(held, title="方案").html
        page.write_text(html, encoding="utf-8", newline="\n")

    return write


SHOWN = ("name", "outcome", "full_members", "township", "address", "reason")
"""What a peer's popup tells: the head of our card, which tells about twenty things more."""

_POPUP = """function (row) {
  var marker = L.marker(new L.LatLng(row[0], row[1]), { icon: L.AwesomeMarkers.icon() });
  marker.bindPopup(
    "<b>" + row[2] + "</b><br>" + row[3] + " · " + row[4] + " · " + row[5] +
    "<br>" + row[6] + "<br>" + row[7]
  );
  return marker;
}"""


def fast_marker_cluster(layers: Path, page: Path) -> Callable[[], None]:
    """Return what writes folium's FastMarkerCluster, each marker with its popup by callback."""
    import folium
    from folium.plugins import FastMarkerCluster

    units = _located(layers)
    told = units[list(SHOWN)].astype("object").where(units[list(SHOWN)].notna(), "")
    rows = [
        [lat, lon, *row]
        for lat, lon, row in zip(
            units["lat"], units["lon"], told.itertuples(index=False, name=None), strict=True
        )
    ]

    def write() -> None:
        chart = folium.Map(location=rows[0][:2], zoom_start=9, tiles=None, maxZoom=18)
        FastMarkerCluster(rows, callback=_POPUP).add_to(chart)  # type: ignore[no-untyped-call]
        chart.save(str(page))

    return write


def geojson(layers: Path, page: Path) -> Callable[[], None]:
    """Return what writes folium's GeoJson of circle markers, each with the same popup."""
    import folium

    units = _located(layers)[[*SHOWN, "geometry"]]
    units = units.assign(full_members=units["full_members"].astype("float"))
    units = units.fillna(dict.fromkeys(set(SHOWN) - {"full_members"}, ""))

    def write() -> None:
        middle = [float(units.geometry.y.iloc[0]), float(units.geometry.x.iloc[0])]
        chart = folium.Map(
            location=middle, zoom_start=9, tiles=None, prefer_canvas=True, maxZoom=18
        )
        folium.GeoJson(
            units,
            marker=folium.CircleMarker(radius=4),
            popup=folium.GeoJsonPopup(fields=list(SHOWN)),
        ).add_to(chart)
        chart.save(str(page))

    return write


def _located(layers: Path) -> gpd.GeoDataFrame:
    """Return the units that have a place on our map, too."""
    with layers.open("rb") as file:
        units = pickle.load(file).units  # noqa: S301 -- written by ourselves
    return units[drawn(units)]


KINDS = {"ours": ours, "cluster": fast_marker_cluster, "geojson": geojson}


def _memory_mb(line: str) -> float:
    """Return a figure of this process's memory, as Linux tells it."""
    told = Path("/proc/self/status").read_text(encoding="ascii")
    (found,) = (each for each in told.splitlines() if each.startswith(line))
    return int(found.split()[1]) / _KIB_PER_MB


def main(kind: str, layers: str, page: str) -> None:
    """Write a page and print how it went, as JSON."""
    write = KINDS[kind](Path(layers), Path(page))
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak counts from here
    base, began, worked = _memory_mb("VmRSS"), time.perf_counter(), time.process_time()
    write()
    figures = {
        "seconds": time.perf_counter() - began,
        "cpu_s": time.process_time() - worked,
        "mb": Path(page).stat().st_size / MB,
        "extra_mb": _memory_mb("VmHWM") - base,
        "peak_mb": _memory_mb("VmHWM"),
    }
    sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
