"""Who has an instructor or liaison already: by the ledger, or by the run before."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import geopandas as gpd
import pandas as pd

from lxgeo import text
from lxgeo.errors import Lang, RunError, Words
from lxgeo.model import Outcome, Reason, Rule
from lxgeo.publish.export.write import FOLDER
from lxgeo.scenario.province.layers import named

_LANGS: tuple[Lang, ...] = ("zh", "en")


class Had(NamedTuple):
    """Who says that somebody looks after it, and what that one's post was called."""

    source: str
    before: str | None = None


def already(units: gpd.GeoDataFrame, previous: Path | None) -> dict[str, Had]:
    """Return unit or branch → who says that it has an instructor.

    Parameters
    ----------
    units
        `lxgeo.tables.UNITS` of the run: what the ledger says of instructors stands in the reason
        of a unit without members, and there alone.
    previous
        The folder of the run before; it comes before the ledger, since it names the post.

    Raises
    ------
    RunError
        The run before has no list of instructors.
    """
    tails = tuple(_tail(lang) for lang in _LANGS)
    none = units["outcome"] == Outcome.NO_MEMBERS
    said = none & units["reason"].str.endswith(tails)
    by_ledger = {str(unit): Had("ledger") for unit in units.loc[said, "unit_id"]}
    return by_ledger | ({} if previous is None else _before(previous))


def with_had(posts: gpd.GeoDataFrame, had: Mapping[str, Had]) -> gpd.GeoDataFrame:
    """Return posts with ``had`` and ``before``, missing where nobody looks after them yet."""
    found = [had.get(str(each)) for each in posts["post_id"]]
    return posts.assign(
        had=pd.Series([each and each.source for each in found], index=posts.index, dtype="str"),
        before=pd.Series([each and each.before for each in found], index=posts.index, dtype="str"),
    )


def _tail(lang: Lang) -> str:
    """Return what a reason ends in where the ledger says that an instructor is there."""
    there, missing = (
        text.reason(Reason(Rule.NO_FULL_MEMBER, figures), lang)
        for figures in ({"instructed": True}, {})
    )
    pairs = zip(there, missing, strict=False)
    return there[next(k for k, (one, other) in enumerate(pairs) if one != other) :]


def _before(previous: Path) -> dict[str, Had]:
    run = named(previous)
    path = run.folder / FOLDER / (run.part or "") / "instructor_posts.geojson"
    try:
        rows = [
            each["properties"] for each in json.loads(path.read_text(encoding="utf-8"))["features"]
        ]
        return {str(row["post_id"]): Had("previous", str(row["instructor"])) for row in rows}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RunError(
            Words(
                f"上次方案里没有可读的派出表：{path}；请先对上次方案运行 lxgeo instructors，"
                "或去掉 --previous",
                f"no list of instructors can be read: {path}; run lxgeo instructors on the run"
                " before first, or leave --previous out",
            )
        ) from error
