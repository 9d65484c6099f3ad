"""What a plan is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from lxgeo.engine import Engine
from lxgeo.errors import Lang
from lxgeo.model import Datum
from lxgeo.policy import Policy
from lxgeo.publish.map import Tiles
from lxgeo.services import is_database, told_place

LedgerSource: TypeAlias = Path | str | tuple[Path, ...]
"""A file, a folder, several files, or the URL of a database table (text)."""


@dataclass(frozen=True)
class Scenario:
    """What a plan is asked for.

    Parameters
    ----------
    ledger
        The ledger of organisations: file, folder, files, or ``postgresql://…?table=…``.
    areas
        A folder of layers; ``townships`` is needed.
    policy
        Thresholds and weights.
    columns
        Field → header, where the vocabulary does not know a header.
    datum, areas_datum
        Declared coordinate base of the ledger's and the areas' coordinates.
    gazetteer
        Tables and layers of names and addresses whose places are known.
    geocoder
        The online geocoder to ask for addresses that nothing here knows well; none if not given.
    allow_upload
        Whether the text of addresses may leave for it.
    geocoding
        The folder where its answers are kept.
    network
        A folder where walking networks are kept; none if not given.
    blank_is_zero
        Whether a blank count is a zero; unknown if not said.
    corrections
        A check workbook that was filled in and signed off.
    registry
        The registration list to hold the ledger against.
    previous
        The folder of the run before: the states of its lists are carried on, and what it
        proposed is kept to where changing it gains little.
    approved
        Which of its proposals have been approved since: ids or names, one a line.
    opinions
        A township's workbook that its clerk filled in, or a folder of them.
    pins
        What was settled by hand: saved by the map, or a clerk's table; nothing if not given.
    carry_pins
        Whether what was settled by hand in the run before is kept to as well.
    effort
        ``fast``, ``standard`` or ``best``.
    seed
        Of the search; same seed, same plan.
    engine
        Where the regions are planned: in line, in processes, or on Dask.
    checkpoints
        A folder where the plan of each region is kept until all are done; none if not given.
    time_limit_s
        Seconds after which the search stops where it is; a plan so cut says so.
    tiles
        Online tiles under the map; none if not given: the map then needs no network.
    map_number
        审图号 of the district's borders, shown on the map.
    lang
        Language of lists and map.
    without_townships
        Whether to go on where the areas hold no township: nothing then can be placed, and each
        unit says so.
    """

    ledger: LedgerSource = field(repr=False)  # a database URL may hold a password
    areas: Path
    policy: Policy = field(default_factory=Policy)
    columns: Mapping[str, str] = field(default_factory=dict)
    datum: Datum | None = None
    areas_datum: Datum | None = None
    gazetteer: tuple[Path, ...] = ()
    geocoder: str | None = None
    allow_upload: bool = False
    geocoding: Path = Path("outputs/.geocoding")
    network: Path | None = None
    blank_is_zero: bool = False
    corrections: Path | None = None
    registry: Path | None = None
    pins: Path | None = None
    carry_pins: bool = True
    previous: Path | None = None
    approved: Path | None = None
    opinions: Path | None = None
    effort: str = "standard"
    seed: int = 0
    engine: Engine = field(default_factory=Engine)
    checkpoints: Path | None = None
    time_limit_s: float | None = None
    tiles: Tiles | None = None
    map_number: str = ""
    lang: Lang = "zh"
    without_townships: bool = False

    @property
    def name(self) -> str:
        """The name of the run where none is given: the first file's stem, or the table's name."""
        if is_database(self.ledger):
            return told_place(str(self.ledger)).rpartition("=")[2]
        first = self.ledger[0] if isinstance(self.ledger, tuple) else Path(self.ledger)
        return first.name if first.is_dir() else first.stem
