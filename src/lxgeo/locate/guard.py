"""The guard: whether given coordinates are what they are taken for. It tells, and changes nothing.

GCJ-02 taken for WGS 84 costs 300 to 650 m, and no single row shows it. A whole source does: under
the right datum more of its units lie in the townships that their texts name. What can't be degrees
near the district at all (swapped, minutes run together, metres) shows in each row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lxgeo.locate.evidence import Evidence, Named, weigh
from lxgeo.locate.forms import Recognised, as_written, recognise
from lxgeo.model import Areas, Datum, Figure, Reason, Rule
from lxgeo.tables import CoordinateForm


class Verdict(StrEnum):
    """What the evidence says about the datum that a source is taken for."""

    FITS = "fits"
    ANOTHER = "another"
    MIXED = "mixed"
    UNSURE = "unsure"


@dataclass(frozen=True)
class SourceFinding:
    """What was found about coordinates of one source: a sheet, a stated datum, one form.

    Parameters
    ----------
    sheet
        The sheet's name.
    declared
        The datum that its rows state; WGS 84 where they state none, ``unknown`` where they say so.
    stated
        Whether they state it.
    form
        What the numbers look like.
    crs
        The metric CRS of projected metres, ``EPSG:n``.
    rows
        Rows with such coordinates.
    verdict
        What the evidence says; `Verdict.UNSURE` where it is too little.
    datum
        The datum that fits best: suspected where the verdict is ``another``, the second one of a
        mixture where it is ``mixed``, the declared one where it ``fits``; None where unsure.
    naming
        Rows that name a township.
    inside
        Datum → how many of these lie in the township they name if the coordinates are in it.
    deciding
        Distinct places that lie in the township named under one datum, and outside under another.
    margin
        Nats by which the best datum beats the next.
    by_other_sheets
        Whether the verdict is that of all sheets together, because this one says too little.
    """

    sheet: str
    declared: Datum
    stated: bool
    form: CoordinateForm
    crs: str | None
    rows: int
    verdict: Verdict
    datum: Datum | None
    naming: int
    inside: Mapping[Datum, int]
    deciding: int
    margin: float
    by_other_sheets: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "inside", MappingProxyType(dict(self.inside)))


@dataclass(frozen=True)
class CoordinateReport:
    """What the guard found.

    Parameters
    ----------
    sources
        One finding a source, by sheet, stated datum and form.
    forms
        Form → rows, for all rows that give coordinates.
    findings
        Per row of the ledger: ``coordinates_unreadable`` with the ``form`` recognised and what is
        ``meant``; ``datum_suspected``; ``datums_mixed``.
    """

    sources: tuple[SourceFinding, ...]
    forms: Mapping[CoordinateForm, int]
    findings: tuple[tuple[Reason, ...], ...]

    def joined(self, findings: Sequence[tuple[Reason, ...]]) -> list[tuple[Reason, ...]]:
        """Return rows' findings with the guard's.

        Coordinates that can't be read are told once: with what they look like, if that is known.
        """
        return [_with(had, mine) for had, mine in zip(findings, self.findings, strict=True)]


def examine_coordinates(
    ledger: pd.DataFrame, areas: Areas, named: Sequence[frozenset[str]]
) -> CoordinateReport:
    """Return whether the coordinates of a ledger are what they are taken for.

    Parameters
    ----------
    ledger
        `lxgeo.tables.LEDGER`.
    areas
        The district's areas; its townships are the ground that datums are tested on.
    named
        Per row, ids of the townships that its texts name (never those that its coordinates lie
        in); empty where they name none.

    Returns
    -------
    CoordinateReport
        Findings by source (sheet, stated datum, form) and by row. Sheets that say too little by
        themselves are judged with the others of their kind, unless those differ.
    """
    ground = Named(areas.townships, named)
    first, second = as_written(ledger)
    seen = recognise(first, second, areas.townships, ground.holds)
    told = [_unreadable(seen, i, (first[i], second[i])) for i in range(len(ledger))]
    sources = []
    for source, rows, evidence in _sources(ledger, seen, ground):
        sources.append(source)
        if source.form is CoordinateForm.DEGREES:
            for i, reason in _told(source, rows, evidence):
                told[i] = (*told[i], reason)
    forms = Counter(form for form in seen.form.tolist() if form is not None)
    return CoordinateReport(tuple(sources), MappingProxyType(dict(forms)), tuple(told))


# --- by source


class _Kind(NamedTuple):
    """Rows that can be judged together: what they state, and what they look like."""

    declared: Datum
    stated: bool
    form: CoordinateForm
    crs: str


def _sources(
    ledger: pd.DataFrame, seen: Recognised, ground: Named
) -> Iterator[tuple[SourceFinding, NDArray[np.intp], Evidence]]:
    """Yield what each source's coordinates are, with its rows and what they say."""
    sheets = [row.rpartition("!")[0] for row in ledger["row"]]
    stated = ledger["datum_in"].tolist()
    kinds: dict[_Kind, dict[str, list[int]]] = {}
    for i in np.flatnonzero(np.isfinite(seen.lon)).tolist():
        said = stated[i] if isinstance(stated[i], str) else None
        kind = _Kind(Datum(said or Datum.WGS84), said is not None, seen.form[i], seen.crs[i] or "")
        kinds.setdefault(kind, {}).setdefault(sheets[i], []).append(i)
    for kind in sorted(kinds):
        rows = {sheet: np.array(mine) for sheet, mine in sorted(kinds[kind].items())}
        yield from _judged(kind, rows, seen, ground)


def _judged(
    kind: _Kind, sheets: Mapping[str, NDArray[np.intp]], seen: Recognised, ground: Named
) -> Iterator[tuple[SourceFinding, NDArray[np.intp], Evidence]]:
    """Yield the finding of each sheet of one kind: by itself, else with the others."""

    def weighed(rows: NDArray[np.intp]) -> Evidence:
        return weigh(rows, seen.lon[rows], seen.lat[rows], ground)

    own = {sheet: weighed(rows) for sheet, rows in sheets.items()}
    found = {sheet: _finding(kind, sheet, sheets[sheet], own[sheet]) for sheet in sheets}
    decided = {(each.verdict, each.datum) for each in found.values()} - {(Verdict.UNSURE, None)}
    unsure = [sheet for sheet, each in found.items() if each.verdict is Verdict.UNSURE]
    if len(sheets) > 1 and unsure and len(decided) <= 1:
        rows = np.sort(np.concatenate([sheets[sheet] for sheet in sheets]))
        whole = _finding(kind, "", rows, weighed(rows))
        if not decided or (whole.verdict, whole.datum) in decided:
            for sheet in unsure:
                found[sheet] = replace(
                    found[sheet],
                    verdict=whole.verdict,
                    datum=whole.datum,
                    margin=whole.margin,
                    by_other_sheets=whole.verdict is not Verdict.UNSURE,
                )
    for sheet, finding in found.items():
        yield finding, sheets[sheet], own[sheet]


def _finding(kind: _Kind, sheet: str, rows: NDArray[np.intp], evidence: Evidence) -> SourceFinding:
    verdict, datum = _verdict(evidence, kind.declared)
    return SourceFinding(
        sheet=sheet,
        declared=kind.declared,
        stated=kind.stated,
        form=kind.form,
        crs=kind.crs or None,
        rows=len(rows),
        verdict=verdict,
        datum=datum,
        naming=evidence.rows,
        inside=evidence.inside,
        deciding=evidence.deciding,
        margin=evidence.margin(evidence.best()),
    )


def _verdict(evidence: Evidence, declared: Datum) -> tuple[Verdict, Datum | None]:
    """Return what the evidence says, and the datum that it speaks for."""
    best, other = evidence.best(), evidence.mixed_with()
    if other is not None:
        return Verdict.MIXED, other if best is _as_tested(declared) else best
    if not evidence.decides():
        return Verdict.UNSURE, None
    if declared is not Datum.UNKNOWN and best is _as_tested(declared):
        return Verdict.FITS, declared
    return Verdict.ANOTHER, best


def _as_tested(datum: Datum) -> Datum:
    """Return the datum whose points a stated one gives: without knowing better, as they are."""
    return Datum.WGS84 if datum in {Datum.CGCS2000, Datum.UNKNOWN} else datum


# --- by row


def _unreadable(seen: Recognised, i: int, written: tuple[float, float]) -> tuple[Reason, ...]:
    """Return what a row's coordinates look like, where they are no degrees."""
    form = seen.form[i]
    if form is None or form is CoordinateForm.DEGREES:
        return ()
    figures: dict[str, Figure] = {"field": "lon, lat", "written": f"{written[0]}, {written[1]}"}
    if form is not CoordinateForm.ODD:
        figures["form"] = str(form)
    if np.isfinite(seen.lon[i]):
        figures["meant"] = f"{seen.lon[i]:.6f}, {seen.lat[i]:.6f}"
    return (Reason(Rule.COORDINATES_UNREADABLE, figures),)


def _told(
    source: SourceFinding, rows: NDArray[np.intp], evidence: Evidence
) -> Iterator[tuple[int, Reason]]:
    """Yield what the rows of a source are told, where its datum is in doubt."""
    figures: dict[str, Figure] = {"datum": source.datum, "declared": str(source.declared)}
    if source.verdict is Verdict.ANOTHER and source.datum is not None:
        if not source.by_other_sheets:
            figures |= {
                "of": source.naming,
                "inside_as_is": source.inside[_as_tested(source.declared)],
                "inside": source.inside[source.datum],
            }
        suspected = Reason(Rule.DATUM_SUSPECTED, figures)
        yield from ((i, suspected) for i in rows.tolist())
    elif source.verdict is Verdict.MIXED and source.datum is not None:
        clear = evidence.clear_rows(source.datum, _as_tested(source.declared))
        mixed = Reason(Rule.DATUMS_MIXED, figures)
        here = Reason(Rule.DATUMS_MIXED, figures | {"here": str(source.datum)})
        yield from ((i, here if i in clear else mixed) for i in rows.tolist())


def _with(had: tuple[Reason, ...], mine: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """Return a row's findings with the guard's; what is unreadable is told once."""
    unreadable = [each for each in mine if each.code is Rule.COORDINATES_UNREADABLE]
    if not unreadable or not any(each.code is Rule.COORDINATES_UNREADABLE for each in had):
        return (*had, *mine)
    more = dict(unreadable[0].figures)
    kept = tuple(
        Reason(each.code, more | dict(each.figures))
        if each.code is Rule.COORDINATES_UNREADABLE
        else each
        for each in had
    )
    return (*kept, *(each for each in mine if each.code is not Rule.COORDINATES_UNREADABLE))
