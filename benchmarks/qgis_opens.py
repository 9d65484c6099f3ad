"""What QGIS sees of an export: layers, CRS, classes, headings, and a picture of them.

``/usr/bin/python3 benchmarks/qgis_opens.py RUN/export [picture.png]``, with the Python that QGIS
was installed for (Debian: ``apt-get install --no-install-recommends python3-qgis``).
Opens every GeoPackage and Shapefile of the folder headless, prints a line a layer, draws the
GeoPackages as their own styles say, and exits 1 where a layer is invalid, is not drawn by its
classes, or has no features.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

CLASSED = ("units", "branches", "hulls")
ORDER = ("units", "branches", "links", "hulls", "buildings", "parks", "townships")


def main(folder: Path, picture: Path) -> int:
    """Open a folder's layers, print what they are, draw them; return the exit code."""
    from qgis.core import QgsApplication

    qgis = QgsApplication([], False)
    qgis.initQgis()
    faults = looked_at(folder, picture)
    # Its layers must be gone before QGIS is.
    qgis.exitQgis()
    print(f"picture: {picture}")
    print("\n".join(f"FAULT {fault}" for fault in faults) or "no fault")
    return 1 if faults else 0


def looked_at(folder: Path, picture: Path) -> list[str]:
    """Open and draw; return what is wrong."""
    layers = [opened(path) for path in sorted(folder.glob("*.gpkg"))]
    tables = [opened(path) for path in sorted(folder.glob("*.shp"))]
    drawn = [layer for name in ORDER for layer in layers if layer.name() == name]
    draw(drawn, picture)
    return [fault for layer in layers + tables for fault in told(layer)]


def opened(path: Path) -> Any:
    """Return a file as QGIS opens it, with the style that it holds."""
    from qgis.core import QgsVectorLayer

    uri = f"{path}|layername={path.stem}" if path.suffix == ".gpkg" else str(path)
    layer = QgsVectorLayer(uri, path.stem, "ogr")
    layer.loadDefaultStyle()
    return layer


def told(layer: Any) -> list[str]:
    """Print what a layer is; return what is wrong with it."""
    if not layer.isValid():
        return [f"{layer.source()}: invalid"]
    renderer = layer.renderer()
    classes = (
        [each.label() for each in renderer.categories()] if hasattr(renderer, "categories") else []
    )
    heads = [field.alias() for field in layer.fields() if field.alias()]
    texts = [str(each) for each in next(layer.getFeatures()).attributes()[:4]]
    ending = layer.source().partition("|")[0][-4:]
    print(
        f"{ending} {layer.name()}: {layer.featureCount()} features, {layer.crs().authid()}, "
        f"{renderer.type()} {classes}, headings {heads[:4]}, first {texts}"
    )
    faults = [] if layer.featureCount() else [f"{layer.name()}: no feature"]
    if ending == "gpkg" and layer.name() in CLASSED and not classes:
        faults.append(f"{layer.name()}: not drawn by classes")
    if ending == "gpkg" and not heads:
        faults.append(f"{layer.name()}: no headings")
    return faults


def draw(layers: list[Any], picture: Path) -> None:
    """Draw layers over each other, the first on top."""
    from qgis.core import QgsMapRendererParallelJob, QgsMapSettings
    from qgis.PyQt.QtCore import QSize
    from qgis.PyQt.QtGui import QColor

    settings = QgsMapSettings()
    settings.setLayers(layers)
    settings.setDestinationCrs(layers[0].crs())
    settings.setBackgroundColor(QColor("white"))
    settings.setOutputSize(QSize(1400, 1000))
    extent = next(layer for layer in layers if layer.name() == "townships").extent()
    settings.setExtent(extent)
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    job.renderedImage().save(str(picture))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2] if len(sys.argv) > 2 else "qgis.png")))  # noqa: PLR2004
