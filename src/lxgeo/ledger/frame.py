"""Units of all sheets as one LEDGER."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any

import numpy as np
import pandas as pd

from lxgeo.ledger.column import Cells
from lxgeo.ledger.identity import Identities, duplicates, unit_ids
from lxgeo.ledger.units import Units
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
    first_of = duplicates(units)
    assumed = np.concatenate([sheet.datum_assumed for sheet in sheets])
    findings = np.empty(len(ids), dtype=object)
    findings[:] = list(chain.from_iterable(sheet.findings for sheet in sheets))
    columns: dict[str, Any] = {
        "unit_id": pd.array(ids, dtype="str"),
        "row": pd.array(list(chain.from_iterable(s.labels for s in sheets)), dtype="str"),
        "duplicate_of": pd.array(
            [ids[first_of[i]] if i in first_of else None for i in range(len(ids))], dtype="str"
        ),
        "findings": findings,
    }
    for column in LEDGER.columns:
        if column.name not in columns:
            columns[column.name] = _array([s.columns[column.name] for s in sheets], column.kind)
    frame = pd.DataFrame({name: columns[name] for name in LEDGER.names})
    frame["datum_in"] = frame["datum_in"].where(~assumed, str(Datum.WGS84))
    LEDGER.check(frame)
    return frame


def _array(parts: Sequence[Cells], kind: str) -> Any:
    """Return the cells of all sheets as a column of a frame: each value is converted once."""
    made = [
        pd.array([*map(_plain, cells.values)], dtype=DTYPE[kind]).take(cells.codes)
        for cells in parts
    ]
    return made[0] if len(made) == 1 else pd.concat([pd.Series(part) for part in made]).array


def _plain(value: object) -> object:
    return None if value != value else value  # noqa: PLR0124 -- NaN alone is not itself
