"""folium's pages with their links turned to files of this machine: the network is cut.

That flatters folium: what its page takes to load from a network is left out.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tarfile
from importlib.resources import files
from pathlib import Path

PACKAGE = "leaflet.markercluster@1.5.3"
_LINK = re.compile(r'<(script|link)\b[^>]*?(?:src|href)="(https?://[^"]+)"[^>]*>(?:</script>)?')


def fetch(folder: Path) -> Path:
    """Have npm fetch the cluster plugin that FastMarkerCluster needs; return its folder."""
    package = folder / "package"
    if not package.is_dir():
        npm = shutil.which("npm") or "npm"
        subprocess.run([npm, "pack", PACKAGE], cwd=folder, check=True, capture_output=True)  # noqa: S603 -- a constant
        (packed,) = folder.glob("leaflet.markercluster-*.tgz")
        with tarfile.open(packed) as archive:
            archive.extractall(folder, filter="data")
    return package / "dist"


def make_local(page: Path, cluster: Path) -> None:
    """Turn a page's links to leaflet and its plugin to files, and drop the others."""
    vendor = files("lxgeo.publish.map") / "assets" / "vendor"
    known = {
        "leaflet.js": Path(str(vendor / "leaflet.js")),
        "leaflet.css": Path(str(vendor / "leaflet.css")),
        "leaflet.markercluster.js": cluster / "leaflet.markercluster.js",
        "MarkerCluster.css": cluster / "MarkerCluster.css",
        "MarkerCluster.Default.css": cluster / "MarkerCluster.Default.css",
    }

    def local(found: re.Match[str]) -> str:
        path = known.get(found[2].rsplit("/", 1)[-1])
        return found[0].replace(found[2], path.as_uri()) if path else ""

    text = page.read_text(encoding="utf-8")
    head, end, body = text.partition("</head>")
    page.write_text(_LINK.sub(local, head) + end + body, encoding="utf-8")
