"""The machine and the libraries that figures were measured with."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from pathlib import Path
from typing import Any

_LIBRARIES = (
    *("folium", "geopandas", "highspy", "numba", "numpy", "pandas", "pyarrow", "pyogrio"),
    *("pyproj", "python-calamine", "scipy", "shapely", "xlsxwriter"),
)


def machine() -> dict[str, Any]:
    """Return what the figures depend on: processor, memory, system, versions, and its load."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30),
        "system": f"{platform.system()} {platform.machine()}, Python {platform.python_version()}",
        "lxgeo": version("lxgeo"),
        "versions": {name: version(name) for name in _LIBRARIES},
        "load": round(os.getloadavg()[0], 1),
    }


def _processor() -> str:
    told = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    names = [each.partition(":")[2].strip() for each in told if each.startswith("model name")]
    return names[0] if names else platform.processor()
