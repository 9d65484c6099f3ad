"""plan.xlsx: the lists that an office works from, one sheet a list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

from lxgeo.publish.book import draw, open_book
from lxgeo.publish.check.settling import trace_listing
from lxgeo.publish.check.voice import CheckVoice
from lxgeo.publish.folder.release import Release
from lxgeo.publish.listing import Listing
from lxgeo.publish.lists.decisions import decisions_sheet
from lxgeo.publish.lists.dense_places import dense_places_sheet
from lxgeo.publish.lists.figures import settings_sheet, statistics_sheet
from lxgeo.publish.lists.goals import budget_sheet, goals_sheet
from lxgeo.publish.lists.opinions import opinions_sheet
from lxgeo.publish.lists.papers import Papers
from lxgeo.publish.lists.parents import parents_sheet
from lxgeo.publish.lists.pins import pins_sheet
from lxgeo.publish.lists.plan import branches_sheet, left_out_sheet, plan_sheet
from lxgeo.publish.lists.problems import problems_sheet
from lxgeo.publish.lists.registry import registry_sheet
from lxgeo.publish.lists.states import gone_sheet
from lxgeo.publish.lists.watch import watch_sheets
from lxgeo.publish.lists.work import duties_sheet, tasks_sheet

Sheet: TypeAlias = Callable[[Papers], Listing]

SHEETS: tuple[Sheet, ...] = (
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
"""The sheets that an office works from, in their order."""

MORE: tuple[Sheet, ...] = (goals_sheet, budget_sheet, parents_sheet)
"""What follows them: how far the plan goes, what it costs, what stands above the branches."""


def write_lists(path: Path, release: Release) -> None:
    """Write the workbook; the same release gives the same bytes.

    Parameters
    ----------
    path
        Where to.
    release
        What is published.
    """
    with open_book(path, release) as book:
        for listing in listings_of(release):
            draw(book, listing)


def listings_of(release: Release) -> tuple[Listing, ...]:
    """Return every list of a plan, in the workbook's order."""
    papers = Papers(release)
    listings = {sheet: sheet(papers) for sheet in SHEETS}
    return (
        *listings.values(),
        *(sheet(papers) for sheet in MORE),
        *watch_sheets(papers),
        *_of_places(papers),
        *_of_pins(papers),
        *_of_before(papers, listings),
        *_of_intake(release),
    )


def _of_places(papers: Papers) -> Iterator[Listing]:
    """Yield where units crowd without a known boundary, where they do."""
    hotspots = papers.release.hotspots
    if hotspots is not None and not hotspots.empty:
        yield dense_places_sheet(papers)


def _of_pins(papers: Papers) -> Iterator[Listing]:
    """Yield what was settled by hand, where anything was."""
    pins = papers.release.plan.pins
    if pins.kept or pins.refused:
        yield pins_sheet(papers)


def _of_before(papers: Papers, listings: Mapping[Sheet, Listing]) -> Iterator[Listing]:
    """Yield what came back from the townships, and what an earlier workbook's lists held."""
    if papers.release.opinions:
        yield opinions_sheet(papers)
    if papers.release.states:
        worked_off = [listings[each].rows for each in (problems_sheet, tasks_sheet, duties_sheet)]
        yield gone_sheet(papers, (str(row[-1]) for rows in worked_off for row in rows))


def _of_intake(release: Release) -> Iterator[Listing]:
    """Yield what the ledger was held against and corrected by, where it was."""
    if release.comparison is not None:
        yield registry_sheet(release.comparison, release, release.texts)
    if release.corrected is not None:
        voice = CheckVoice(lambda reason: str(reason.code), release.texts, release.lang)
        yield trace_listing(release.corrected, voice)
