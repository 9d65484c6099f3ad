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

PACKAGES = ("leaflet.markercluster@1.5.3", "leaflet.awesome-markers@2.0.5")
_LINK = re.compile(r'<(script|link)\b[^>]*?(?:src|href)="(https?://[^"]+)"[^>]*>(?:</script>)?')


def fetch(folder: Path) -> Path:
    """Have npm fetch the plugins that FastMarkerCluster needs; return their folder."""
    npm = shutil.which("npm") or "npm"
    for package in PACKAGES:
        name = package.partition("@")[0]
        if (folder / name).is_dir():
            continue
        subprocess.run([npm, "pack", package], cwd=folder, check=True, capture_output=True)  # noqa: S603 -- a constant
        (packed,) = folder.glob(f"{name}-*.tgz")
        with tarfile.open(packed) as archive:
            archive.extractall(folder / name, filter="data")
    return folder


def make_local(page: Path, plugins: Path) -> None:
    """Turn a page's links to leaflet and its plugins to files, and drop the others."""
    vendor = files("lxgeo.publish.map") / "assets" / "vendor"
    known = {name: Path(str(vendor / name)) for name in ("leaflet.js", "leaflet.css")}
    known |= {path.name: path for path in plugins.glob("leaflet.*/package/dist/*.[jc]*s")}

    def local(found: re.Match[str]) -> str:
        path = known.get(found[2].rsplit("/", 1)[-1])
        return found[0].replace(found[2], path.as_uri()) if path else ""

    text = page.read_text(encoding="utf-8")
    head, end, body = text.partition("</head>")
    page.write_text(_LINK.sub(local, head) + end + body, encoding="utf-8")
