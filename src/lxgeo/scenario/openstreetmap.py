"""Areas from OpenStreetMap: fetched, or from a file that is at hand."""

from __future__ import annotations

import shutil
from pathlib import Path

from lxgeo.errors import Words
from lxgeo.read.osm import OSM_FILES, read_osm
from lxgeo.services.osm import Progress, Server, fetch_osm
from lxgeo.services.osm_folder import Found, write_osm_folder


def openstreetmap(
    place: str, folder: Path, *, progress: Progress | None = None, server: Server | None = None
) -> Found:
    """Write an areas folder from OpenStreetMap.

    Parameters
    ----------
    place
        A place to be fetched, or a ``.osm`` file, which needs no network.
    folder
        Where to: see `lxgeo.services.osm.fetch_osm`.
    progress
        Called with what begins.
    server
        Which servers to ask.

    Raises
    ------
    InputError
        No such place, a file that can't be read, or a folder in the way that is none of ours.
    ServiceError
        The network failed; what was fetched is kept, and the same call goes on.
    """
    path = Path(place)
    if path.suffix.lower() not in OSM_FILES:
        return fetch_osm(place, folder, progress=progress, server=server)
    if progress is not None:
        progress(Words("读取文件", "reading the file"))
    found = Found.of(read_osm(path)[0].features(), path.name)
    write_osm_folder(found, folder, lambda into: _kept(path, into))
    return found


def _kept(path: Path, into: Path) -> None:
    shutil.copyfile(path, into / "roads.osm")
