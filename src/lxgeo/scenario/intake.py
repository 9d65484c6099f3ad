"""Taking a ledger in: its cells, signed corrections, values, and the registration list."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd

from lxgeo.ledger import LedgerReport, Sheet, clean
from lxgeo.ledger.corrections.applying import Corrected, apply_corrections
from lxgeo.ledger.corrections.confirmations import confirm
from lxgeo.ledger.doubts.registry import compare_registry
from lxgeo.publish import sha256
from lxgeo.read import (
    area_files,
    files_of,
    gazetteer_files,
    read_cells,
    read_corrections,
    read_gazetteer,
    save_mapping,
)
from lxgeo.read.opinions import opinion_files
from lxgeo.scenario.asked import LedgerSource, Scenario
from lxgeo.services import is_database, read_table, told_place


@dataclass(frozen=True)
class Intake:
    """A ledger as it was taken in.

    Parameters
    ----------
    sheets
        Its cells, signed corrections in them.
    ledger
        `lxgeo.tables.LEDGER`.
    report
        What was found while reading it.
    corrected
        What became of the corrections, where there were any.
    comparison
        `lxgeo.ledger.doubts.registry.REGISTRY`, where there was a registration list.
    """

    sheets: tuple[Sheet, ...]
    ledger: pd.DataFrame
    report: LedgerReport
    corrected: Corrected | None = None
    comparison: pd.DataFrame | None = None


Asks = Callable[[pd.DataFrame], pd.DataFrame]
"""Returns a LEDGER with the findings that its areas give rise to."""


def take_in(scenario: Scenario, asks: Asks | None = None) -> Intake:
    """Return the scenario's ledger, corrected, cleaned and held against the registration list.

    Parameters
    ----------
    scenario
        What is asked for.
    asks
        Locates the ledger, so that what a person has confirmed of its places is known for a
        question; called only where something was confirmed.

    Raises
    ------
    LedgerError
        No such file, not readable, no name column, nothing in it; the same of the corrections and
        the registration list.
    ServiceError
        The database of the ledger can't be reached.
    """
    sheets = _cells(scenario.ledger)
    corrected = None
    if scenario.corrections is not None:
        said = read_corrections(scenario.corrections)
        corrected = apply_corrections(sheets, said, columns=scenario.columns, asks=asks)
        sheets = corrected.sheets
    ledger, report = clean(
        sheets,
        columns=scenario.columns,
        datum=scenario.datum,
        blank_is_zero=scenario.blank_is_zero,
    )
    if corrected is not None:
        ledger = confirm(ledger, report, sheets, corrected.applied)
    comparison = None
    if scenario.registry is not None:
        registry, found = clean(read_cells(scenario.registry))
        states = any("operating_status" in sheet.mapped for sheet in found.sheets)
        comparison = compare_registry(ledger, registry, states=states)
    return Intake(sheets, ledger, report, corrected, comparison)


def confirmed(located: gpd.GeoDataFrame, intake: Intake) -> gpd.GeoDataFrame:
    """Return located units with what a person has confirmed of their places told as settled."""
    if intake.corrected is None:
        return located
    applied = intake.corrected.applied
    settled: gpd.GeoDataFrame = confirm(located, intake.report, intake.sheets, applied)
    return settled


def keep_mapping(scenario: Scenario, intake: Intake, path: Path) -> None:
    """Write how the scenario's ledger was read as a mapping file, to be used again."""
    save_mapping(path, intake.report, datum=scenario.datum, blank_is_zero=scenario.blank_is_zero)


def known_places(scenario: Scenario) -> gpd.GeoDataFrame:
    """Return the scenario's gazetteer (`lxgeo.tables.GAZETTEER`), with that of its areas folder.

    Where neither row nor header says it, its datum is that of the areas.
    """
    files = (*scenario.gazetteer, *gazetteer_files(scenario.areas))
    return read_gazetteer(files, datum=scenario.areas_datum)


def input_hashes(scenario: Scenario, intake: Intake) -> dict[str, str]:
    """Return path as given → SHA-256 of each file that the scenario is read from.

    A database is named without its password, and hashed by the rows that it gave.
    """
    files = [*area_files(scenario.areas)]
    files += [*scenario.gazetteer, *gazetteer_files(scenario.areas)]
    given = (scenario.corrections, scenario.registry, scenario.pins, scenario.approved)
    files += [path for path in given if path is not None]
    files += _of_before(scenario)
    hashes = {}
    if is_database(scenario.ledger):
        hashes[told_place(str(scenario.ledger))] = _digest(intake.sheets)
    else:
        files = [*files_of(_paths(scenario.ledger)).values(), *files]
    return hashes | {path.as_posix(): sha256(path) for path in files}


def _digest(sheets: tuple[Sheet, ...]) -> str:
    """Return the SHA-256 of all cells, row by row: as one text a million rows fill the memory."""
    digest = hashlib.sha256()
    for sheet in sheets:
        for row in sheet.rows:
            digest.update(repr(row).encode())
    return digest.hexdigest()


def _of_before(scenario: Scenario) -> Iterator[Path]:
    """Yield what is read of the run before, and the clerks' workbooks."""
    if scenario.previous is not None:
        yield from (scenario.previous / "manifest.json", scenario.previous / "plan.xlsx")
    if scenario.opinions is not None:
        yield from opinion_files(scenario.opinions)


def _cells(source: LedgerSource) -> tuple[Sheet, ...]:
    if is_database(source):
        return read_table(str(source))
    return read_cells(_paths(source))


def _paths(source: LedgerSource) -> Path | tuple[Path, ...]:
    return source if isinstance(source, tuple) else Path(source)
