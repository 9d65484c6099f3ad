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
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[1],
    )
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


def fast_marker_cluster(layers: Path, page: Path) -> Callable[[], None]:
    """Return what writes folium's FastMarkerCluster as it comes: markers without popups."""
    import folium
    from folium.plugins import FastMarkerCluster

    with layers.open("rb") as file:
        units = pickle.load(file).units  # noqa: S301 -- written by ourselves
    units = units[units["lon"].notna()]
    rows = units[["lat", "lon"]].to_numpy().tolist()

    def write() -> None:
        chart = folium.Map(location=rows[0], zoom_start=9, tiles=None, maxZoom=18)
        FastMarkerCluster(rows).add_to(chart)
        chart.save(str(page))

    return write


def geojson(layers: Path, page: Path) -> Callable[[], None]:
    """Return what writes folium's GeoJson of circle markers with a tooltip."""
    import folium

    with layers.open("rb") as file:
        units = pickle.load(file).units  # noqa: S301 -- written by ourselves
    units = units.loc[units["lon"].notna(), ["name", "outcome", "geometry"]].fillna({"name": ""})

    def write() -> None:
        middle = [float(units.geometry.y.iloc[0]), float(units.geometry.x.iloc[0])]
        chart = folium.Map(location=middle, zoom_start=9, tiles=None, prefer_canvas=True)
        folium.GeoJson(
            units,
            marker=folium.CircleMarker(radius=4),
            tooltip=folium.GeoJsonTooltip(fields=["name", "outcome"]),
        ).add_to(chart)
        chart.save(str(page))

    return write


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
