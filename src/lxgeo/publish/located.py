"""Located units as GeoParquet, for whoever wants positions without a plan."""

from __future__ import annotations

import json
import os
from pathlib import Path

import geopandas as gpd

from lxgeo.errors import InputError, Words
from lxgeo.tables import LOCATED

_HIDDEN = ("kin_majority",)
"""Used by the rules, never written out."""


def write_located(located: gpd.GeoDataFrame, path: Path) -> None:
    """Write `lxgeo.tables.LOCATED` as GeoParquet, beside its place and renamed.

    Parameters
    ----------
    located
        The units with their positions.
    path
        The file to write; findings stand in it as JSON: rule codes with their figures.

    Raises
    ------
    InputError
        The place can't be written.
    """
    LOCATED.check(located)
    findings = [
        json.dumps([{"rule": each.code, **each.figures} for each in found], ensure_ascii=False)
        for found in located["findings"]
    ]
    table = located.assign(findings=findings).drop(columns=list(_HIDDEN))
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        table.to_parquet(beside)
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise InputError(
            Words(f"不能写入 {path}：{error.strerror}", f"can't write {path}: {error.strerror}")
        ) from error
