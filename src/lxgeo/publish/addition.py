"""What is worked out of a finished run afterwards: layers, a workbook and a map beside it.

Centres and instructors are written alike: ``export/NAME.xlsx`` and ``export/NAME.html``, and each
layer as ``export/LAYER.geojson``. All of it, or none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd

from lxgeo.errors import InputError
from lxgeo.publish.book import PROVISO, draw, open_book
from lxgeo.publish.export.write import FOLDER, export_workshop, placed, unwritable
from lxgeo.publish.gis.geojson import write_geojson
from lxgeo.publish.listing import Listing
from lxgeo.publish.map import MapPage
from lxgeo.publish.rows import published
from lxgeo.publish.speech import Speech
from lxgeo.schema import Table

COUNT: Mapping[str, Any] = {"kind": "integer", "low": 0, "needed": True}
"""A column that counts."""
METRES: Mapping[str, Any] = {"kind": "number", "unit": "m", "low": 0}
"""A column of metres."""


@dataclass(frozen=True, eq=False)
class Addition:
    """What is written of a finished run afterwards.

    Parameters
    ----------
    name
        Stem of the workbook and of the map.
    layers
        Stem of the file → rows (EPSG:4326) and what their table holds.
    listings
        The workbook's sheets.
    page
        The map.
    """

    name: str
    layers: Mapping[str, tuple[gpd.GeoDataFrame, Table]]
    listings: Sequence[Listing]
    page: MapPage


def write_addition(
    run: Path, addition: Addition, speech: Speech, part: str | None = None
) -> tuple[Path, ...]:
    """Write an addition into a run's export folder: all of it, or none.

    Parameters
    ----------
    run
        The run's folder.
    addition
        What to write.
    speech
        Language.
    part
        The part of a divided run that it is of, such as ``county=330106``; its files stand in a
        folder of that name.

    Raises
    ------
    InputError
        The folder can't be written.
    """
    place = run / FOLDER if part is None else run / FOLDER / part
    try:
        with export_workshop(place) as shop:
            for stem, (frame, table) in addition.layers.items():
                write_geojson(shop / f"{stem}.geojson", published(frame, table), table)
            with open_book(shop / f"{addition.name}.xlsx", speech, PROVISO) as book:
                for listing in addition.listings:
                    draw(book, listing)
            page = shop / f"{addition.name}.html"
            page.write_text(addition.page.html, encoding="utf-8", newline="\n")
            return tuple(placed(shop, place))
    except OSError as error:
        raise InputError(unwritable(place, error)) from error
