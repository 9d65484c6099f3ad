"""A small dirty ledger that the check, the corrections and the scores are tested on.

::

          A    B            C         D     E     F     G     H
    1     城关镇两新组织台账
    2     序号 单位名称     信用代码  地址  职工  正式  预备  总数
    3     1    宏达机械     (fits)    1号   50    ２    1     3     mended: ２
    4     2    兴旺商行     …E+17     2号   6     约2   0     2     code lost, about 2
    5     3    永明餐馆     (none)    3号   5           0     3     total 3, probationary 0: full 3
    6     4    顺达物流     (none)    4号   4     3     1     5     5 ≠ 3 + 1, and 5 of 4
    7     5    春风幼儿园   (none)    5号   9                       members blank
    8     合计                               74    ...
"""

from __future__ import annotations

from lxgeo.ledger import Sheet

CODE = "91350100M000100Y43"
OTHER_CODE = "91370200163562681G"

HEADS = (
    *("序号", "单位名称", "统一社会信用代码", "地址", "职工人数", "正式党员", "预备党员"),
    "党员总数",
)

ROWS: tuple[tuple[object, ...], ...] = (
    ("城关镇两新组织台账", *[None] * 7),
    HEADS,
    (1, "宏达机械", CODE, "人民路1号", 50, "２", 1, 3),
    (2, "兴旺商行", "9.13502E+17", "人民路2号", 6, "约2", 0, 2),
    (3, "永明餐馆", None, "人民路3号", 5, None, 0, 3),
    (4, "顺达物流", None, "人民路4号", 4, 3, 1, 5),
    (5, "春风幼儿园", None, "人民路5号", 9, None, None, None),
    ("合计", None, None, None, 74, 7, 2, 13),
)

TOWN = Sheet("城关镇", ROWS)


def changed(cells: dict[tuple[int, int], object], sheet: Sheet = TOWN) -> Sheet:
    """Return a sheet with some cells changed, by row and column from 1."""
    rows = [list(row) for row in sheet.rows]
    for (row, column), value in cells.items():
        rows[row - 1][column - 1] = value
    return Sheet(sheet.name, tuple(map(tuple, rows)), sheet.merges, source=sheet.source)
