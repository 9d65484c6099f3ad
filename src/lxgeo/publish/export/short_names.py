"""Names that fit a Shapefile: ASCII, at most ten bytes, the same in every export."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from lxgeo.errors import InputError, Words

LONGEST = 10
"""Bytes of a field's name in a dBASE table."""

_SHORT: Mapping[str, str] = MappingProxyType(
    {
        "affiliated_members": "affi_memb",
        "building_id": "bldg_id",
        "credit_code": "credit_cd",
        "full_members": "full_memb",
        "has_committee": "has_cmte",
        "industry_code": "indus_code",
        "jurisdiction": "jurisdict",
        "max_distance_m": "max_dist_m",
        "operating_status": "op_status",
        "probationary_members": "prob_memb",
        "proposed_outcome": "prop_outc",
        "runner_up_cost_m": "runner_up",
        "total_members": "tot_memb",
        "township_id": "town_id",
    }
)
"""Columns whose own names are too long."""


def short_name(column: str, part: int = 1) -> str:
    """Return a column's name in a Shapefile.

    Parameters
    ----------
    column
        Its name everywhere else.
    part
        A text too long for one field goes on in further ones, from 2 on: ``reason_2``.

    Raises
    ------
    InputError
        The name is too long and none shorter is known.
    """
    short = _SHORT.get(column, column)
    if part > 1:
        ending = f"_{part}"
        short = short[: LONGEST - len(ending)] + ending
    if len(short) > LONGEST or not short.isascii():
        raise InputError(
            Words(
                f"字段名 {column} 超过 Shapefile 的 {LONGEST} 字节，没有约定的短名；"
                "请导出 GeoPackage",
                f"the column {column} has no name of {LONGEST} bytes for a Shapefile; "
                "export a GeoPackage",
            )
        )
    return short
