"""Jurisdiction: the body that would approve a unit's branch.

Townships manage their own (属地管理); a park with its own working committee manages its own units;
each management line is apart from the others. Units of two jurisdictions never share a branch
without a decision from above.
"""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from lxgeo.model import Areas, Line

_SUPERVISOR = {
    Line.SECTORAL: "业务主管单位党组织",
    Line.ATTACHED: "挂靠单位党组织",
}


def approver_of_township(name: str) -> str:
    """Return the post that approves branches in a township, by the township's kind of name.

    Sub-districts (街道) have a working committee (党工委), towns and townships a committee (党委).
    """
    if name.endswith(("街道", "街道办事处")):
        return f"{name.removesuffix('办事处')}党工委"
    if name.endswith(("镇", "乡")):
        return f"{name}党委"
    return f"{name}党（工）委"


def add_jurisdiction(units: gpd.GeoDataFrame, areas: Areas) -> gpd.GeoDataFrame:
    """Return the units with ``jurisdiction`` and ``approver``.

    Parameters
    ----------
    units
        Rows with ``township_id``, ``township``, ``park_id`` and ``line``.
    areas
        Its parks say which have a committee of their own.

    Returns
    -------
    GeoDataFrame
        ``jurisdiction`` is ``township:ID|LINE`` or ``park:ID|LINE``; empty where neither is known.
    """
    governed = _governed_parks(areas)
    by_park = units["park_id"].isin(list(governed))
    township = "township:" + units["township_id"]
    park = "park:" + units["park_id"]
    body = park.where(by_park, township)
    told = units["township"].map(approver_of_township, na_action="ignore")
    approver = units["park_id"].map(governed).where(by_park, told)
    supervised = units["line"].map({str(line): post for line, post in _SUPERVISOR.items()})
    return units.assign(
        jurisdiction=(body + "|" + units["line"]).astype("str"),
        approver=approver.where(supervised.isna() | body.isna(), supervised).astype("str"),
    )


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
