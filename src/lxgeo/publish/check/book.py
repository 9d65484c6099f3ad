"""The check workbook: what a clerk can act on, and what she hands back with her corrections."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from lxgeo.errors import Lang
from lxgeo.ledger.corrections.applying import Corrected
from lxgeo.ledger.doubts.completeness import completeness
from lxgeo.ledger.doubts.problems import problems
from lxgeo.ledger.report import LedgerReport
from lxgeo.ledger.sheets.sheet import Sheet
from lxgeo.model import Reason
from lxgeo.publish.book import draw, open_book
from lxgeo.publish.check.found import (
    clear_listing,
    columns_listing,
    left_out_listing,
    notes_listing,
    repairs_listing,
)
from lxgeo.publish.check.settling import (
    added_listing,
    problems_listing,
    refused_listing,
    trace_listing,
)
from lxgeo.publish.check.voice import CheckVoice
from lxgeo.publish.folder.release import NO_TEXTS
from lxgeo.publish.listing import Listing
from lxgeo.publish.lists.registry import registry_sheet


@dataclass(frozen=True)
class Check:
    """A ledger as it was read, and what it was held against.

    Parameters
    ----------
    sheets
        The cells that were read, earlier corrections in them.
    ledger, report
        What `lxgeo.ledger.clean` returned for them.
    corrected
        What became of earlier corrections, where there were any.
    comparison
        `lxgeo.ledger.doubts.registry.REGISTRY`, where there was a registration list.
    """

    sheets: tuple[Sheet, ...]
    ledger: pd.DataFrame
    report: LedgerReport
    corrected: Corrected | None = None
    comparison: pd.DataFrame | None = None


def write_check(
    path: Path,
    check: Check,
    *,
    reason: Callable[[Reason], str],
    texts: Mapping[str, str] = NO_TEXTS,
    lang: Lang = "zh",
) -> None:
    """Write the check workbook; the same ledger gives the same bytes.

    Parameters
    ----------
    path
        Where to.
    check
        What was found.
    reason
        Puts a reason into words of ``lang``.
    texts
        What people read for codes, by ``kind.code``.
    lang
        Language of everything but what the ledger itself says.
    """
    voice = CheckVoice(reason, texts, lang)
    with open_book(path, voice, None) as book:
        for listing in _listings(check, voice):
            draw(book, listing)


def _listings(check: Check, voice: CheckVoice) -> Iterator[Listing]:
    yield problems_listing(problems(check.ledger, check.report, check.sheets), voice)
    yield added_listing(voice)
    yield repairs_listing(check.ledger, check.report, voice)
    yield left_out_listing(check.report, voice)
    yield columns_listing(check.report, voice)
    yield clear_listing(completeness(check.ledger), voice)
    if check.comparison is not None:
        yield registry_sheet(check.comparison, voice, voice.texts)
    if check.corrected is not None:
        yield trace_listing(check.corrected, voice)
        if check.corrected.refused:
            yield refused_listing(check.corrected, voice)
    yield notes_listing(check.report, voice)
