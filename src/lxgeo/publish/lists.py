"""plan.xlsx: the lists that an office works from, one sheet a list."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from lxgeo.publish.book import draw, open_book
from lxgeo.publish.check_voice import CheckVoice
from lxgeo.publish.listing import Listing
from lxgeo.publish.papers import Papers
from lxgeo.publish.release import Release
from lxgeo.publish.sheets_check import trace_listing
from lxgeo.publish.sheets_figures import settings_sheet, statistics_sheet
from lxgeo.publish.sheets_plan import branches_sheet, left_out_sheet, plan_sheet
from lxgeo.publish.sheets_problems import problems_sheet
from lxgeo.publish.sheets_registry import registry_sheet
from lxgeo.publish.sheets_work import decisions_sheet, duties_sheet, tasks_sheet

SHEETS: tuple[Callable[[Papers], Listing], ...] = (
    plan_sheet,
    branches_sheet,
    left_out_sheet,
    decisions_sheet,
    problems_sheet,
    tasks_sheet,
    duties_sheet,
    statistics_sheet,
    settings_sheet,
)
"""The sheets that every workbook has, in their order."""


def write_lists(path: Path, release: Release) -> None:
    """Write the workbook; the same release gives the same bytes.

    Parameters
    ----------
    path
        Where to.
    release
        What is published.
    """
    papers = Papers(release)
    with open_book(path, release) as book:
        for listing in (*(sheet(papers) for sheet in SHEETS), *_of_intake(release)):
            draw(book, listing)


def _of_intake(release: Release) -> Iterator[Listing]:
    """Yield what the ledger was held against and corrected by, where it was."""
    if release.comparison is not None:
        yield registry_sheet(release.comparison, release, release.texts)
    if release.corrected is not None:
        voice = CheckVoice(lambda reason: str(reason.code), release.texts, release.lang)
        yield trace_listing(release.corrected, voice)
