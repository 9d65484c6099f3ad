"""Checking a ledger: what a person must settle, and the workbook to settle it in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from lxgeo import text
from lxgeo.publish import Check, write_check
from lxgeo.scenario.asked import Scenario
from lxgeo.scenario.intake import Intake, take_in
from lxgeo.scenario.positions import locate_scenario


def check_ledger(scenario: Scenario, report: Path | None = None, *, places: bool = False) -> Intake:
    """Return the scenario's ledger, and write its check workbook where one is asked for.

    Parameters
    ----------
    scenario
        What is asked for.
    report
        The workbook to write.
    places
        Whether to locate the units among the scenario's areas, and ask about their places too.
    """
    if places:
        found = locate_scenario(scenario)
        intake = replace(found.intake, ledger=found.located)
    else:
        intake = take_in(scenario)
    if report is not None:
        check = Check(
            intake.sheets, intake.ledger, intake.report, intake.corrected, intake.comparison
        )
        lang = scenario.lang
        write_check(
            report,
            check,
            reason=lambda each: text.reason(each, lang),
            texts=text.texts(lang),
            lang=lang,
        )
    return intake
