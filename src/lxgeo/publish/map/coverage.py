"""Coverage before and after, as the page's coverage tab shows it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from lxgeo.model import Evaluation, Rate


def coverage_notes(evaluation: Evaluation | None) -> list[dict[str, Any]] | None:
    """Return each rate by its name, its denominator's name, and its figures by township.

    Parameters
    ----------
    evaluation
        Rates of the whole district, and ``by_township`` with a column ``<rate>_before`` and
        ``<rate>_after`` for numerators and one by the name of each denominator.

    Returns
    -------
    list of dict, or None without an evaluation
        Counts go as pairs ``[numerator, denominator]``; the page works the shares out, and has the
        words for ``rate.<name>`` and ``over.<name>``.
    """
    if evaluation is None:
        return None
    townships = evaluation.by_township
    if not isinstance(townships, pd.DataFrame):
        raise TypeError(f"by_township is {type(townships).__name__}, not a table")
    return [
        {
            "name": after.name,
            "over": after.over,
            "before": [before.numerator, before.denominator],
            "after": [after.numerator, after.denominator],
            "townships": _by_township(after, townships),
        }
        for before, after in zip(evaluation.before, evaluation.after, strict=True)
    ]


def _by_township(rate: Rate, townships: pd.DataFrame) -> list[dict[str, Any]]:
    columns = [f"{rate.name}_before", f"{rate.name}_after", rate.over]
    if any(name not in townships for name in columns):
        return []
    rows = townships[["township_id", "township", *columns]]
    return [
        {
            "id": None if pd.isna(key) else str(key),
            "name": None if pd.isna(name) else str(name),
            "before": [int(before), int(over)],
            "after": [int(after), int(over)],
        }
        for key, name, before, after, over in rows.itertuples(index=False)
    ]
