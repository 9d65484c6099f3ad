"""Positions of a ledger's units: what is known here, and a geocoder where upload is allowed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd

from lxgeo.errors import Words
from lxgeo.locate.guard import CoordinateReport
from lxgeo.locate.locate import Survey, survey, survey_unmapped
from lxgeo.model import Areas
from lxgeo.read import read_areas, read_divisions
from lxgeo.read.uncollected import uncollected
from lxgeo.scenario.asked import Scenario
from lxgeo.scenario.intake import Asks, Intake, confirmed, known_places, take_in
from lxgeo.services import open_geocoder

if TYPE_CHECKING:
    from lxgeo.services.geocoders.online import Online

_UNMAPPED = Words(
    "没有乡镇（街道）图层：须联合的单位都列为无法定位；补上 townships 图层后重新测算",
    "no layer of townships: units that must join are told as not located; add the layer "
    "'townships' and plan again",
)

Asking = Callable[[int, int], None]
"""Called with how many addresses a geocoder has answered, and how many there are."""


@dataclass(frozen=True)
class Positioned:
    """A scenario whose units are located, and not yet planned.

    Parameters
    ----------
    intake
        The ledger as it was taken in.
    areas
        The district's areas.
    located
        `lxgeo.tables.LOCATED`.
    coordinates
        Whether the ledger's coordinates are what they are taken for.
    hotspots
        `lxgeo.tables.HOTSPOTS`: dense places that no area is known for.
    notes
        What a person should know of the gazetteers and the geocoder. File names stand in it.
    """

    intake: Intake
    areas: Areas
    located: gpd.GeoDataFrame
    coordinates: CoordinateReport
    hotspots: gpd.GeoDataFrame
    notes: tuple[Words, ...]


def geocoder_of(scenario: Scenario, asking: Asking | None = None) -> Online | None:
    """Return the geocoder that a scenario asks for; None where it asks for none.

    Raises
    ------
    InputError
        No such geocoder, no consent to upload, no key.
    ServiceError
        What the geocoder needs is not installed.
    """
    if scenario.geocoder is None:
        return None
    return open_geocoder(
        scenario.geocoder,
        allow_upload=scenario.allow_upload,
        cache=scenario.geocoding,
        progress=asking,
    )


def locate_scenario(scenario: Scenario, *, asking: Asking | None = None) -> Positioned:
    """Return the scenario's units with their positions, its areas, and its ledger.

    Parameters
    ----------
    scenario
        What is asked for.
    asking
        Called while a geocoder answers.

    Raises
    ------
    InputError
        The ledger, the areas or a gazetteer are at fault as a whole; upload is not allowed.
    ServiceError
        The database or the geocoder failed; what was answered is kept.
    """
    # Whether addresses may leave is settled before anything is read.
    geocoder = geocoder_of(scenario, asking)
    areas = read_areas(
        scenario.areas,
        datum=scenario.areas_datum,
        without_townships=scenario.without_townships,
    )
    intake = take_in(scenario, asks_of(scenario, areas))
    found, notes = find_positions(scenario, intake, areas, geocoder)
    return Positioned(intake, areas, found.located, found.coordinates, found.hotspots, notes)


def asks_of(scenario: Scenario, areas: Areas) -> Asks:
    """Return what tells which questions a ledger's places give rise to; nobody is asked online."""

    def asks(ledger: pd.DataFrame) -> pd.DataFrame:
        if areas.townships.empty:
            return survey_unmapped(ledger, areas).located
        places = known_places(scenario)
        return survey(ledger, areas, divisions=read_divisions(), gazetteer=places).located

    return asks


def find_positions(
    scenario: Scenario, intake: Intake, areas: Areas, geocoder: Online | None
) -> tuple[Survey, tuple[Words, ...]]:
    """Return where the units are, and what to tell of the gazetteers and the geocoder."""
    if areas.townships.empty:
        found = survey_unmapped(intake.ledger, areas)
        return found._replace(located=confirmed(found.located, intake)), (_UNMAPPED,)
    places = known_places(scenario)
    with uncollected():
        found = survey(
            intake.ledger, areas, divisions=read_divisions(), gazetteer=places, geocoder=geocoder
        )
    found = found._replace(located=confirmed(found.located, intake))
    return found, (*_left_out(places), *_asked_again(geocoder))


def _left_out(places: gpd.GeoDataFrame) -> Iterator[Words]:
    for name, count in places.attrs["left_out"].items():
        yield Words(
            f"地名库 {name}：{count} 行没有能读出的位置，未采用",
            f"gazetteer {name}: {count} rows without a place that can be read, not used",
        )


def _asked_again(geocoder: Online | None) -> Iterator[Words]:
    if geocoder is not None and geocoder.asked_again:
        count = geocoder.asked_again
        yield Words(
            f"在线地理编码：上次中断时正在问的 {count} 个地址再问了一次",
            f"online geocoding: {count} addresses, under way when the last run was cut off, "
            "were asked a second time",
        )
