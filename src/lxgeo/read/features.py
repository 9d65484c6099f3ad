"""A layer's own columns as the columns of its schema: id, name, and what the layer adds."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import geopandas as gpd
import pandas as pd

from lxgeo.errors import AreasError, Words
from lxgeo.ledger.values.choices import branch_form, yes_or_no
from lxgeo.ledger.values.counts import read_count
from lxgeo.ledger.values.wording import stated
from lxgeo.policy import Policy
from lxgeo.read.layers import Layer
from lxgeo.tables import area_table

_NAMELESS = frozenset({"buildings", "barriers", "grids", "venues"})
"""Layers that say something without names too."""

_CODE = re.compile(r"code|编码|代码|^gb$|xzqdm|adcode", re.IGNORECASE)
_HEX_DIGITS = 12

_HEADS: dict[str, tuple[str, ...]] = {
    "id": ("id",),
    "name": ("name", "名称", "mc", "xzqmc", "乡镇名称", "街道名称", "园区名称", "楼宇名称"),
    "aliases": ("aliases", "alias", "别名", "曾用名"),
    "address": ("address", "地址"),
    "kind": ("kind", "类别", "类型", "地形类别"),
    "district": ("district", "区县", "county", "所属区县"),
    "has_committee": ("has_committee", "设有党工委", "是否设党工委", "有无党工委"),
    "approver": ("approver", "审批单位"),
    "group": ("group", "楼宇组", "楼宇群"),
    "full_members": ("full_members", "正式党员", "正式党员数"),
    "units": ("units", "单位数", "成员单位数"),
    "capacity": ("capacity", "单位上限", "容量"),
}
_KINDS = {
    **{kind: kind for kind in Policy().max_distance_m_by_kind},
    **dict.fromkeys(("城区", "街道", "城市"), "urban"),
    **dict.fromkeys(("镇", "集镇", "建制镇", "城镇"), "town"),
    **dict.fromkeys(("平原", "乡", "农村"), "plain"),
    **dict.fromkeys(("山区", "山地", "高原"), "mountain"),
}


def shaped(layer: Layer) -> tuple[gpd.GeoDataFrame, tuple[str, ...]]:
    """Return a layer in its schema (`lxgeo.tables.area_table`), and what was decided.

    Raises
    ------
    AreasError
        It has no column of names and is a layer that needs one.
    """
    table = layer.table
    notes: list[str] = []
    heads = {str(column).casefold(): str(column) for column in table.columns}
    found = {
        name: table[heads[spelling]]
        for name, spellings in _HEADS.items()
        if (spelling := next((each for each in spellings if each in heads), None))
    }
    names = _texts(found.get("name", [None] * len(table)))
    if "name" not in found and layer.name not in _NAMELESS and len(table):
        listed = "、".join(column for column in map(str, table.columns) if column != "geometry")
        raise AreasError(
            Words(
                f"{layer.path.name}：没有名称列 name；现有：{listed}；请改列名后重新导出",
                f"{layer.path.name}: no column 'name'; it has: {listed}; rename one and export",
            )
        )
    ids, told = _ids(layer, found.get("id"), names)
    notes += told
    nameless = sum(name is None for name in names)
    if nameless:
        notes.append(f"{layer.path.name}：{nameless} 个要素没有名称，以编号代称")
    columns: dict[str, Any] = {
        "id": ids,
        "name": [name or f"未命名 {each}" for name, each in zip(names, ids, strict=True)],
    }
    for name, series in found.items():
        if name not in columns:
            columns[name] = [_READ.get((layer.name, name), _text)(cell) for cell in series]
    frame = gpd.GeoDataFrame(
        pd.DataFrame(columns, dtype=object), geometry=table.geometry.array, crs=table.crs
    )
    schema = area_table(layer.name)
    result = schema.shaped(frame)
    schema.check(result)
    return result, tuple(notes)


def _absent(cell: object) -> bool:
    return cell is None or cell is pd.NA or cell is pd.NaT or cell != cell  # noqa: PLR0124 -- NaN


def _text(cell: object) -> str | None:
    """Return a cell's text; a list of texts joined by semicolons."""
    if isinstance(cell, str) or not isinstance(cell, Iterable):
        return None if _absent(cell) else stated(cell)
    return ";".join(text for each in cell if (text := stated(each))) or None


def _texts(cells: Iterable[object]) -> list[str | None]:
    return [_text(cell) for cell in cells]


def _flag(cell: object) -> bool | None:
    return None if _absent(cell) else yes_or_no("1" if cell is True else cell)


def _count(cell: object) -> int | None:
    return None if _absent(cell) else read_count(cell).value


def _kind(cell: object) -> str | None:
    text = _text(cell)
    return None if text is None else _KINDS.get(text.casefold(), text)


def _branch_kind(cell: object) -> str | None:
    text = _text(cell)
    return None if text is None else branch_form(text) or text


_READ: dict[tuple[str, str], Callable[[Any], Any]] = {
    ("townships", "kind"): _kind,
    ("parks", "has_committee"): _flag,
    ("branches", "kind"): _branch_kind,
    ("branches", "full_members"): _count,
    ("branches", "units"): _count,
    ("branches", "capacity"): _count,
}


def _ids(
    layer: Layer, own: pd.Series | None, names: list[str | None]
) -> tuple[list[str], list[str]]:
    """Return the features' ids: the column ``id``, else a code, else a hash of the name.

    Only a column that is complete and unique names things. Repeated hashes end in ``~2``, ``~3``.
    """
    notes: list[str] = []
    if own is not None:
        ids = _texts(own)
        if _identify(ids):
            return [str(each) for each in ids], notes
        notes.append(f"{layer.path.name}：id 列有空缺或重复，未采用")
    for column in map(str, layer.table.columns):
        if _CODE.search(column):
            ids = _texts(layer.table[column])
            if _identify(ids):
                notes.append(f"{layer.path.name}：以 {column} 列为编号")
                return [str(each) for each in ids], notes
    used: Counter[str] = Counter()
    hashed = []
    for name in names:
        digest = hashlib.blake2b((name or "").encode(), digest_size=_HEX_DIGITS // 2).hexdigest()
        used[digest] += 1
        hashed.append(digest if used[digest] == 1 else f"{digest}~{used[digest]}")
    return hashed, notes


def _identify(ids: list[str | None]) -> bool:
    return bool(ids) and None not in ids and len(set(ids)) == len(ids)
