"""Pins out of a file that the map saved, or that a clerk wrote: CSV, JSON or a workbook."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from lxgeo.errors import InputError, Words
from lxgeo.ledger.values.wording import as_text, squeeze
from lxgeo.pin import Pin, PinAction
from lxgeo.read.guard import LIMITS, Limits
from lxgeo.read.ledger import read_cells

_FIELDS: Mapping[str, str] = {
    "unit_id": "unit_id",
    "单位编号": "unit_id",
    "单位标识": "unit_id",
    "action": "action",
    "操作": "action",
    "调整": "action",
    "other_id": "other_id",
    "对方编号": "other_id",
    "对方标识": "other_id",
    "why": "why",
    "理由": "why",
    "原因": "why",
    "who": "who",
    "经办岗位": "who",
    "when": "when",
    "时间": "when",
    "日期": "when",
}
_ACTIONS: Mapping[str, PinAction] = {
    "同组": PinAction.TOGETHER,
    "同支部": PinAction.TOGETHER,
    "分开": PinAction.APART,
    "不同组": PinAction.APART,
    "牵头": PinAction.HOST,
    "锁定": PinAction.LOCK,
    "禁止": PinAction.FORBID,
    "不纳入": PinAction.LEAVE_OUT,
    "暂不纳入": PinAction.LEAVE_OUT,
} | {str(action): action for action in PinAction}
_LEADS_A_FORMULA = ("'=", "'+", "'-", "'@", "'\t", "'\r")


def read_pins(path: Path, limits: Limits = LIMITS) -> tuple[Pin, ...]:
    """Return the pins that a file holds, in its order.

    Parameters
    ----------
    path
        JSON (a list of pins, or an object with ``pins``), CSV, or a workbook's first sheet with
        the columns ``unit_id, action, other_id, why, who, when`` or their Chinese names.
    limits
        What it may ask of the machine: it is read as guarded as any ledger.

    Raises
    ------
    InputError
        Not readable, no such columns, or rows at fault: all of them are told at once.
    """
    path = Path(path)
    rows = _of_json(path) if path.suffix.lower() == ".json" else _of_table(path, limits)
    pins: list[Pin] = []
    faults: list[Words] = []
    for place, row in rows:
        pin = _pin(place, row)
        if isinstance(pin, Pin):
            pins.append(pin)
        else:
            faults.append(Words(f"{path.name} {pin.zh}", f"{path.name} {pin.en}"))
    if faults:
        raise InputError(*faults)
    return tuple(pins)


def _pin(place: str, row: Mapping[str, str]) -> Pin | Words:
    said = row.get("action", "")
    action = _ACTIONS.get(squeeze(said).lower())
    if action is None:
        known = "、".join(PinAction)
        return Words(
            zh=f"{place}：没有“{said}”这种调整，只能是 {known}",
            en=f"{place}: no action '{said}'; known are {known}",
        )
    pin = Pin(
        unit_id=row.get("unit_id", ""),
        action=action,
        other_id=row.get("other_id", ""),
        why=row.get("why", ""),
        who=row.get("who", ""),
        when=row.get("when", ""),
        place=place,
    )
    if not pin.unit_id:
        return Words(zh=f"{place}：缺少单位编号 unit_id", en=f"{place}: no unit_id")
    if action.needs_other and not pin.other_id:
        return Words(
            zh=f"{place}：{action} 要写明对方 other_id（单位或党支部编号）",
            en=f"{place}: {action} needs other_id, the other unit or branch",
        )
    if pin.other_id == pin.unit_id and action is not PinAction.LOCK:
        return Words(
            zh=f"{place}：unit_id 与 other_id 是同一家单位",
            en=f"{place}: unit_id and other_id are the same unit",
        )
    return pin


def _of_json(path: Path) -> list[tuple[str, dict[str, str]]]:
    try:
        held = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as fault:
        raise InputError(
            Words(f"打不开 {path}：{fault.strerror}", f"can't open {path}: {fault.strerror}")
        ) from fault
    except (ValueError, RecursionError) as fault:
        raise InputError(
            Words(
                f"{path.name} 不是完整的 JSON：{fault}；请用地图页面“保存调整”得到的文件",
                f"{path.name} is no whole JSON: {fault}; use the file that the map page saves",
            )
        ) from fault
    rows = held.get("pins") if isinstance(held, dict) else held
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise InputError(
            Words(
                f"{path.name} 里没有调整清单：应为列表，或含 pins 列表的对象",
                f"{path.name} holds no list of pins: it should be a list, or an object with pins",
            )
        )
    return [(f"第{number}条", dict(_fields(row))) for number, row in enumerate(rows, start=1)]


def _fields(row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in row.items():
        if (field := _FIELDS.get(squeeze(key))) and isinstance(value, (str, int)):
            yield field, _plain(str(value))


def _of_table(path: Path, limits: Limits) -> list[tuple[str, dict[str, str]]]:
    (sheet, *_) = read_cells(path, limits)
    rows = list(enumerate(sheet.rows, start=1))
    for number, row in rows:
        heads = {
            column: field
            for column, cell in enumerate(row)
            if (field := _FIELDS.get(squeeze(cell).lower()))
        }
        if {"unit_id", "action"} <= set(heads.values()):
            return list(_below(heads, rows[number:]))
    raise InputError(
        Words(
            f"{path.name} 没有 unit_id（单位编号）和 action（操作）两列",
            f"{path.name} has no columns unit_id and action",
        )
    )


def _below(
    heads: Mapping[int, str], rows: Sequence[tuple[int, Sequence[object]]]
) -> Iterator[tuple[str, dict[str, str]]]:
    for number, row in rows:
        cells = {field: _plain(as_text(row[column])) for column, field in heads.items()}
        if any(cells.values()):
            yield f"第{number}行", cells


def _plain(text: str) -> str:
    """Return a text without what can't be seen, and without a mark before a formula."""
    text = "".join(each if each.isprintable() else " " for each in text).strip()
    return text[1:] if text.startswith(_LEADS_A_FORMULA) else text
