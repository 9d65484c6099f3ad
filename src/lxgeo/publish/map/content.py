"""Units and branches as the page's columns.

Two parts travel in one block: ``core``, what is needed to draw and filter, and ``text``, what is
needed to read and search, so that the map stands before the last name is decoded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lxgeo.model import Precision
from lxgeo.publish.map.codes import credit_codes
from lxgeo.publish.map.coverage import coverage_notes
from lxgeo.publish.map.hindrances import barrier_columns, room_columns
from lxgeo.publish.map.layers import MapLayers
from lxgeo.publish.map.limits import limits_m, rules_note
from lxgeo.publish.map.matters import matter_columns, matters
from lxgeo.publish.map.order import Ordered, drawn, whole_degrees
from lxgeo.publish.map.pack import PackedColumn, coded, counts, known, pack, paired, steps, texts
from lxgeo.publish.map.pinyin import pinyin
from lxgeo.publish.map.shapes import PER_DEGREE, basemap
from lxgeo.publish.map.telling import told
from lxgeo.publish.map.wording import affixed, formed, lettered, repeated, said
from lxgeo.publish.palette import LOOKS
from lxgeo.tables import BranchStatus

OUTCOMES = tuple(str(each) for each in LOOKS)
PRECISIONS = tuple(str(each) for each in Precision)
STATUSES = tuple(str(each) for each in BranchStatus)

UNBUILT = "unbuilt"
"""What the page calls a unit with members that has no organisation as things stand (现状)."""

_UNBUILT_LOOK = ("#d1495b", "triangle")
_ROW = re.compile(r"[1-9][0-9]{0,8}")

_UNIT_TERMS = (
    *("kind", "industry_code", "park", "building", "line", "jurisdiction", "approver", "level"),
    *("mode", "proposed_outcome", "operating_status"),
)
_UNIT_FIGURES = ("staff", "probationary_members", "affiliated_members", "distance_m")
_BRANCH_FIGURES = (
    *("units", "full_members", "total_members", "span_m", "max_distance_m"),
    *("cost_m", "runner_up_cost_m"),
)


def core_part(
    layers: MapLayers,
    units: Ordered,
    frame: Mapping[str, object],
    overlays: Iterable[PackedColumn] = (),
) -> str:
    """Return what is needed to draw and filter, packed.

    Parameters
    ----------
    layers
        What to show.
    units
        Its units in drawing order.
    frame
        Title, language and words of the page.
    overlays
        Columns of what the caller lays over it.
    """
    township_ids, township_names = townships(layers)
    columns = (
        *_unit_core(units, township_ids, layers.branches),
        texts("township.id", township_ids),
        texts("township.name", township_names),
        *_branch_core(layers.branches),
        *basemap(layers.areas, layers.hotspots),
        *overlays,
    )
    looks = {str(outcome): tuple(look) for outcome, look in LOOKS.items()}
    return pack(
        columns,
        {
            **frame,
            "perDegree": PER_DEGREE,
            "units": len(units),
            "drawn": int(drawn(units).sum()),
            "outcomes": (*OUTCOMES, UNBUILT),
            "looks": looks | {UNBUILT: _UNBUILT_LOOK},
            "precisions": PRECISIONS,
            "statuses": STATUSES,
            "mapNumber": layers.map_number,
        },
    )


def text_part(layers: MapLayers, units: Ordered) -> str:
    """Return what is needed to read, search and check, packed; rows as in the core part.

    Parameters
    ----------
    layers
        What to show.
    units
        Its units in drawing order.
    """
    branches, again = layers.branches, _Again(layers, units.order)
    names, reasons = said(units["name"]), said(branches["reason"])
    columns: list[PackedColumn] = [
        steps("unit.place", units.order),
        *affixed("unit.name", names),
        *credit_codes("unit.credit_code", said(units["credit_code"])),
        *_ids(units),
        *formed("unit.address", said(units["address"])),
        *_rows(layers.units["row"]),
        *told("unit.reason", *_own_reasons(units, branches, again)),
    ]
    columns += [known(f"unit.{name}", units[name]) for name in _UNIT_FIGURES]
    for name in _UNIT_TERMS:
        columns += coded(f"unit.{name}", units[name])
    columns += paired("unit.finding", units["finding"], again.findings)
    limits = limits_m(units, layers.areas, layers.policy)
    if limits is not None:
        columns += coded("unit.limit_m", pd.Series(limits).map("{:g}".format))
    if layers.policy is not None:
        columns += barrier_columns(layers.areas, layers.policy)
        columns += room_columns(branches, layers.areas)
        for name in ("building_id", "park_id"):
            columns += coded(f"unit.{name}", units[name])
    hosts = _host_names(units, branches, names)
    branch_names = said(branches["name"])
    columns += [
        *lettered("branch.branch_id", said(branches["branch_id"])),
        *_around("branch.name", branch_names, hosts),
        *told("branch.reason", reasons, again.branch_reasons, _members(units, branches, names)),
        *pinyin((*names, *branch_names)),
    ]
    columns += [known(f"branch.{name}", branches[name]) for name in _BRANCH_FIGURES]
    for name in ("approver", "mode", "jurisdiction"):
        columns += coded(f"branch.{name}", branches[name])
    asked = None if layers.again is None else layers.again.asked
    columns += matter_columns(matters(units, branches, layers.matters), asked)
    notes = {
        "coverage": coverage_notes(layers.evaluation),
        "rules": rules_note(layers.policy),
    }
    return pack(columns, notes)


def townships(layers: MapLayers) -> tuple[list[str], list[str]]:
    """Return ids and names of all townships: those of the areas, then those only units name."""
    areas = layers.areas.townships
    named = dict(zip(areas["id"], areas["name"], strict=True))
    seen = layers.units[["township_id", "township"]].dropna(subset=["township_id"])
    for key, name in seen.drop_duplicates("township_id").itertuples(index=False):
        named.setdefault(key, key if pd.isna(name) else name)
    return [str(key) for key in named], [str(name) for name in named.values()]


def _unit_core(
    units: Ordered, township_ids: list[str], branches: gpd.GeoDataFrame
) -> Iterator[PackedColumn]:
    placed = drawn(units)
    x, y = (values[placed] for values in whole_degrees(units))
    yield steps("unit.x", x)
    yield steps("unit.y", y)
    yield counts("unit.outcome", _place(units["outcome"], OUTCOMES))
    yield counts("unit.precision", _place(units["precision"], PRECISIONS))
    yield counts("unit.township", _place(units["township_id"], township_ids) + 1)
    yield counts("unit.branch", _place(units["branch_id"], branches["branch_id"]) + 1)
    yield counts("unit.host", units["is_host"].fillna(False).to_numpy(dtype=np.int64))
    yield known("unit.full_members", units["full_members"])


def _branch_core(branches: gpd.GeoDataFrame) -> Iterator[PackedColumn]:
    placed = (branches.geometry.notna() & ~branches.geometry.is_empty).to_numpy(dtype=bool)
    points = branches.geometry[placed]
    x, y = np.zeros(len(branches), dtype=np.int64), np.zeros(len(branches), dtype=np.int64)
    x[placed] = np.rint(points.x.to_numpy() * PER_DEGREE).astype(np.int64)
    y[placed] = np.rint(points.y.to_numpy() * PER_DEGREE).astype(np.int64)
    yield counts("branch.placed", placed.astype(np.int64))
    yield steps("branch.x", x)
    yield steps("branch.y", y)
    yield counts("branch.outcome", _place(branches["outcome"], OUTCOMES))
    yield counts("branch.status", _place(branches["status"], STATUSES))


def _ids(units: Ordered) -> tuple[PackedColumn, ...]:
    """Return unit ids; where a unit's credit code is its id, nothing is said twice."""
    both = zip(said(units["unit_id"]), said(units["credit_code"]), strict=True)
    return formed("unit.unit_id", ["" if unit == code else unit for unit, code in both])


def _rows(rows: pd.Series) -> tuple[PackedColumn, ...]:
    """Return ledger rows in ledger order, where sheets repeat and numbers count up."""
    parts = [row.rpartition("!") for row in said(rows)]
    whole = [_ROW.fullmatch(number) is not None for _, _, number in parts]
    sheets = [p[0] if w else "".join(p) for p, w in zip(parts, whole, strict=True)]
    numbers = [int(p[2]) if w else 0 for p, w in zip(parts, whole, strict=True)]
    return (*coded("row.sheet", pd.Series(sheets, dtype="object")), steps("row.number", numbers))


class _Again:
    """The sentences in the other language, in drawing order; None where there are none."""

    def __init__(self, layers: MapLayers, order: NDArray[np.intp]) -> None:
        again = layers.again
        self.findings = None if again is None else again.units["finding"].iloc[order]
        self.reasons = None if again is None else repeated(again.units["reason"].iloc[order])
        self.branch_reasons = None if again is None else said(again.branches["reason"])


def _own_reasons(
    units: Ordered, branches: gpd.GeoDataFrame, again: _Again
) -> tuple[list[str], list[str] | None]:
    """Return each unit's reason; an empty text where it is that of its branch."""
    of_branch = dict(zip(said(branches["branch_id"]), said(branches["reason"]), strict=True))
    reasons = repeated(units["reason"])
    pairs = zip(reasons, repeated(units["branch_id"]), strict=True)
    own = [of_branch.get(branch) != reason for reason, branch in pairs]

    def kept(held: list[str]) -> list[str]:
        return [text if mine else "" for text, mine in zip(held, own, strict=True)]

    return kept(reasons), None if again.reasons is None else kept(again.reasons)


def _members(units: Ordered, branches: gpd.GeoDataFrame, names: list[str]) -> list[list[str]]:
    """Return the names of each branch's units in drawing order, as the page has them."""
    held: dict[str, list[str]] = {branch: [] for branch in said(branches["branch_id"])}
    for branch, name in zip(repeated(units["branch_id"]), names, strict=True):
        if branch in held:
            held[branch].append(name)
    return list(held.values())


def _host_names(units: Ordered, branches: gpd.GeoDataFrame, names: list[str]) -> list[str]:
    """Return for each branch the name of its first unit that hosts, as the page finds it."""
    hosts = units["is_host"].fillna(False).to_numpy(dtype=bool)
    first: dict[str, str] = {}
    for branch, name, leads in zip(said(units["branch_id"]), names, hosts, strict=True):
        if leads:
            first.setdefault(branch, name)
    return [first.get(branch, "") for branch in said(branches["branch_id"])]


def _around(name: str, values: list[str], hosts: list[str]) -> tuple[PackedColumn, ...]:
    """Return sentences about branches without their hosts' names, which the page puts in again."""
    named = [bool(host) and host in value for value, host in zip(values, hosts, strict=True)]
    cut = [
        value.partition(host) if has else (value, "", "")
        for value, host, has in zip(values, hosts, named, strict=True)
    ]
    return (
        PackedColumn(name, "around", len(values), b""),
        counts(f"{name}.named", np.array(named, dtype=np.int64)),
        *formed(f"{name}.before", [before for before, _, _ in cut]),
        *formed(f"{name}.after", [after for _, _, after in cut]),
    )


def _place(values: pd.Series, known_values: Iterable[str]) -> NDArray[np.int64]:
    """Return each value's place among the known ones, −1 where missing or unknown."""
    at = {value: i for i, value in enumerate(known_values)}
    held = values.to_numpy(dtype=object, na_value="")
    return np.array([at.get(value, -1) for value in held], dtype=np.int64)
