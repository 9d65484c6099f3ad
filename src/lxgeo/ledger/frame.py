"""Units of all sheets as one LEDGER."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from lxgeo.ledger.identity import Identities, duplicates, unit_ids
from lxgeo.ledger.sheets.column import Cells
from lxgeo.ledger.texts.arrow import Texts
from lxgeo.ledger.values.units import Units
from lxgeo.model import Datum
from lxgeo.schema import DTYPE
from lxgeo.tables import LEDGER


def ledger_frame(sheets: Sequence[Units], units: Identities) -> pd.DataFrame:
    """Return `lxgeo.tables.LEDGER`, in the ledger's order.

    Parameters
    ----------
    sheets
        The units of each sheet.
    units
        What tells them apart.
    """
    ids = unit_ids(units)
    assumed = np.concatenate([sheet.datum_assumed for sheet in sheets])
    findings = np.empty(len(ids), dtype=object)
    findings[:] = list(chain.from_iterable(sheet.findings for sheet in sheets))
    columns: dict[str, Any] = {
        "unit_id": _converted(ids, "text"),
        "row": _together([pd.Series(_rows(sheet)) for sheet in sheets]),
        "duplicate_of": _duplicate_of(ids, duplicates(units)),
        "lon_in": np.concatenate([sheet.lon for sheet in sheets]),
        "lat_in": np.concatenate([sheet.lat for sheet in sheets]),
        "findings": findings,
    }
    for column in LEDGER.columns:
        if column.name not in columns:
            columns[column.name] = _array([s.columns[column.name] for s in sheets], column.kind)
    frame = pd.DataFrame({name: columns.pop(name) for name in LEDGER.names}, copy=False)
    if assumed.any():
        frame["datum_in"] = frame["datum_in"].where(~assumed, str(Datum.WGS84))
    LEDGER.check(frame)
    return frame


def _rows(sheet: Units) -> Any:
    numbers = pa.array(sheet.rows).cast(pa.large_string())
    label, between = (pa.scalar(text, pa.large_string()) for text in (f"{sheet.label}!", ""))
    return _of_texts(pc.binary_join_element_wise(label, numbers, between))


def _of_texts(texts: pa.LargeStringArray) -> Any:
    return pd.array(texts, dtype=DTYPE["text"])


def _duplicate_of(ids: Sequence[str], first_of: Mapping[int, int]) -> Any:
    said: list[str | None] = [None] * len(ids)
    for unit, first in first_of.items():
        said[unit] = ids[first]
    return _converted(said, "text")


def _array(parts: Sequence[Cells], kind: str) -> Any:
    """Return the cells of all sheets as a column of a frame: each value is converted once."""
    made = [_taken(_converted(cells.values, kind), cells) for cells in parts]
    return _together([pd.Series(part) for part in made])


def _together(parts: Sequence[pd.Series]) -> Any:
    return parts[0].array if len(parts) == 1 else pd.concat(parts).array


def _converted(values: Sequence[object], kind: str) -> Any:
    if isinstance(values, Texts):
        return _of_texts(values.missing())
    # From an array of objects a column of text is made in half the time that a list takes.
    said = np.empty(len(values), dtype=object)
    said[:] = values
    return pd.array(said, dtype=DTYPE[kind])


def _taken(values: Any, cells: Cells) -> Any:
    """Return the value of every row; rows with a value of their own each need no picking."""
    run = cells.run
    return values.take(cells.codes) if run is None else values[run]
