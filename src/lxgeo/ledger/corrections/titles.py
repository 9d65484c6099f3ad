"""The columns of the check workbook's correction sheets: written by one room, read by another."""

from __future__ import annotations

from types import MappingProxyType

from lxgeo.errors import Words

TITLES = MappingProxyType(
    {
        "sheet": Words("工作表", "Sheet"),
        "number": Words("Excel 行", "Excel row"),
        "cell": Words("单元格", "Cell"),
        "name": Words("单位名称", "Unit"),
        "field": Words("字段", "Field"),
        "written": Words("台账原文", "What stands there"),
        "value": Words("更正值", "Correct value"),
        "post": Words("更正人（岗位）", "By (post)"),
        "day": Words("日期", "Date"),
        "why": Words("理由", "Reason"),
        "round": Words("轮次", "Round"),
        "mark": Words("核对码", "Check code"),
    }
)
"""What each column is called."""

FILLED = ("value", "post", "day", "why")
"""The columns that a clerk fills in."""

ASKED = frozenset(TITLES) - {"round", "mark"}
"""The columns that a sheet of corrections must have."""

RIGHT = Words("核对无误", "right as it stands")
"""What is given as the value of a cell that is right."""

BLANK = Words("（空白）", "(blank)")
"""What stands for a cell in which nothing stands."""
