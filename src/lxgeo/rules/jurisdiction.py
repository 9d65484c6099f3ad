"""Jurisdiction: the body that would approve a unit's branch.

Townships manage their own (属地管理); a park with its own working committee manages its own units;
each management line is apart from the others, and on a line each supervising department. Units of
two jurisdictions never share a branch without a decision from above.

Whose line a unit is on, its ledger row says; else its kind does, by the policy's table. What the
defaults go by: 组通字〔1998〕6号 (the organisation of the supervising or host department approves
associations); local rules for law, accounting and architects' firms (their department, through
their association) and for private schools, clinics and training (the township).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

import geopandas as gpd
import numpy as np
import pandas as pd

from lxgeo.model import Areas, Line, UnitKind
from lxgeo.policy import Policy
from lxgeo.rules.kinds import kinds_of

_SUPERVISOR = {
    Line.SECTORAL: "业务主管单位党组织",
    Line.ATTACHED: "挂靠单位党组织",
}
_THROUGH_ASSOCIATION = "（依托行业协会党组织）"
_BODY = re.compile("(党委|党组|党组织|党工委|工委|党总支|党支部|委员会)$")
_LONGEST = 40
"""Characters of a department's name that tell one jurisdiction from another."""


def approver_of_township(name: str) -> str:
    """Return the post that approves branches in a township, by the township's kind of name.

    Sub-districts (街道) have a working committee (党工委), towns and townships a committee (党委).
    """
    if name.endswith(("街道", "街道办事处")):
        return f"{name.removesuffix('办事处')}党工委"
    if name.endswith(("镇", "乡")):
        return f"{name}党委"
    return f"{name}党（工）委"


def add_lines(units: gpd.GeoDataFrame, policy: Policy) -> gpd.GeoDataFrame:
    """Return the units with every ``line`` filled in, by the unit's kind where its row has none.

    So is the ``supervisor`` of a unit on the sectoral line, where the policy knows its kind's.

    Parameters
    ----------
    units
        Rows with ``line``, ``supervisor``, ``kind`` and ``name``.
    policy
        Its ``line_by_kind`` and ``department_by_kind``.
    """
    line = _by_kind(units, units["line"], units["line"].isna(), policy.line_by_kind)
    unknown = units["supervisor"].isna() & (line == str(Line.SECTORAL))
    supervisor = _by_kind(units, units["supervisor"], unknown, policy.department_by_kind)
    return units.assign(line=line, supervisor=supervisor)


def _by_kind(
    units: pd.DataFrame, values: pd.Series, blank: pd.Series, usual: Mapping[str, str]
) -> pd.Series:
    """Return a column with its blanks filled in by the units' kinds; an empty text says nothing."""
    if not blank.any() or not any(usual.values()):
        return values
    rows = units.loc[blank, ["kind", "name"]]
    filled = values.astype(object)
    filled[blank] = [usual[kind] or None for kind in kinds_of(rows["kind"], rows["name"])]
    return filled.astype("str")


def add_jurisdiction(units: gpd.GeoDataFrame, areas: Areas) -> gpd.GeoDataFrame:
    """Return the units with ``jurisdiction`` and ``approver``.

    Parameters
    ----------
    units
        Rows with ``township_id``, ``township``, ``park_id`` and ``line``; where they have
        ``supervisor`` and ``approver_named``, units under different ones are kept apart.
    areas
        Its parks say which have a committee of their own.

    Returns
    -------
    GeoDataFrame
        ``jurisdiction`` is ``township:ID|LINE`` or ``park:ID|LINE``, with ``:BODY`` behind the line
        where a row names its supervising department, or who approves; empty where neither township
        nor park is known.
    """
    governed = _governed_parks(areas)
    by_park = units["park_id"].isin(list(governed))
    body = ("park:" + units["park_id"]).where(by_park, "township:" + units["township_id"])
    told = units["township"].map(approver_of_township, na_action="ignore")
    usual = units["park_id"].map(governed).where(by_park, told)
    supervised = _supervised(units)
    usual = usual.where(supervised.isna() | body.isna(), supervised).astype("str")
    named = _column(units, "approver_named")
    other = named.notna() & (_keys(named) != _keys(usual))
    department = _keys(_column(units, "supervisor")).where(supervised.notna(), "")
    apart = _keys(named).where(other, department)
    line = units["line"] + (":" + apart).where(apart != "", "")
    return units.assign(
        jurisdiction=(body + "|" + line).astype("str"),
        approver=named.where(other & body.notna(), usual).astype("str"),
    )


def _supervised(units: gpd.GeoDataFrame) -> pd.Series:
    """Return who approves on the sectoral and the attached line; empty on the territorial one."""
    usual = units["line"].map({str(line): post for line, post in _SUPERVISOR.items()})
    department = _column(units, "supervisor").map(_organisation_of, na_action="ignore")
    post = department.where(usual.notna() & department.notna(), usual)
    if "kind" not in units:
        return post
    sectoral = (units["line"] == str(Line.SECTORAL)).to_numpy(dtype=bool)
    professional = sectoral.copy()
    kinds = kinds_of(units.loc[sectoral, "kind"], units.loc[sectoral, "name"])
    professional[sectoral] = [kind is UnitKind.PROFESSIONAL for kind in kinds]
    return post.where(~professional, post + _THROUGH_ASSOCIATION)


def _organisation_of(department: str) -> str:
    """Return the Party organisation of a department; the department may name it itself."""
    return department if _BODY.search(department) else f"{department}党组织"


def _column(units: pd.DataFrame, name: str) -> pd.Series:
    if name in units:
        return units[name]
    return pd.Series(None, index=units.index, dtype="str")


def _keys(names: pd.Series) -> pd.Series:
    """Return bodies' names as jurisdictions are told apart by them: letters and digits only."""
    which, distinct = pd.factorize(names)
    keys = np.array([*map(_key, distinct), ""], dtype=object)  # the last for whoever names none
    return pd.Series(keys[which], index=names.index, dtype="str")


def _key(name: str) -> str:
    return re.sub(r"\W", "", unicodedata.normalize("NFKC", name))[:_LONGEST]


def _governed_parks(areas: Areas) -> dict[str, str]:
    """Return park id → approver, for parks with a working committee of their own."""
    parks = areas.parks
    own = parks[parks["has_committee"].fillna(value=False).astype(bool)]
    approver = own["approver"].where(own["approver"].notna(), own["name"] + "党工委")
    return dict(zip(own["id"], approver, strict=True))


def township_of(points: gpd.GeoDataFrame, areas: Areas) -> pd.DataFrame:
    """Return ``township_id`` and ``township`` of each point, the smaller id on a shared border."""
    townships = areas.townships[["id", "name", "geometry"]].sort_values("id")
    joined = points[["geometry"]].sjoin(townships, how="left", predicate="intersects")
    first = joined.sort_values("id", kind="stable").groupby(level=0).first()
    return first.reindex(points.index)[["id", "name"]].rename(
        columns={"id": "township_id", "name": "township"}
    )
