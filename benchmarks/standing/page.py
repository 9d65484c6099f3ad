"""The standing as a table for a terminal and as a page of the documentation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from planning.tables import table
from standing.rated import Rated

_HEAD = ("part", "what", "rows", "s", "rows/s", "MB", "beside", "its s", "times", "note")


def lines(rows: Sequence[Rated]) -> str:
    """Return a table in columns, for a terminal."""
    cells = [_HEAD, *map(_cells, rows)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(_HEAD))]
    return "\n".join(
        "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
    )


def page(told: dict[str, Any]) -> str:
    """Return ``docs/benchmarks.md`` as the figures tell it."""
    rows = [Rated(**each) for each in told["rows"]]
    parts = dict.fromkeys(each.part for each in rows)
    sections = [f"## {_TITLES[part]}\n\n{_table(rows, part)}" for part in parts]
    return "\n\n".join([_LEAD, _machine(told["machine"]), *sections, _HOW]) + "\n"


_LEAD = """# 测算程序的快慢 / How fast it is

本页由 `make bench` 生成，请勿手改。各阶段与同一次运行中的单个开源库或同类软件并列；
“倍数”是本程序所用处理器时间与对方之比，小于 1 即更快。

This page is made by `make bench` from its figures; edit none by hand. Each stage stands beside a
bare library or another program that was run on the same rows in the same run. *Times* is our
processor seconds over theirs: below 1 is faster. Seconds are processor seconds, children's among
them, so that a busy machine does not spoil them; MB are at most, beyond what stood before (end to
end and readers: of the process)."""

_TITLES = {
    "readers": "读取台账 / Readers",
    "address parser": "地址解析 / Address parser",
    "spatial join": "落区 / Spatial join",
    "planner": "方案求解 / Planner",
    "map": "离线地图 / Map",
    "exports": "导出 / Exports",
    "end to end": "从台账到全部成果 / From a ledger to all outputs",
}

_HOW = """## 说明 / What is measured

- 虚构城市由 `benchmarks/standing/city.py` 生成：五分之三的单位没有党员，
  四分之一的行给出坐标，其余按楼宇、园区或门牌定位。 / The made-up city is
  `benchmarks/standing/city.py`'s: three units in five have no member, a quarter of the rows give
  coordinates, the others a building, a park or a door.
- 定位一栏对照的只是其中的空间连接；解析地址、查门牌没有单独的库可比。 / *Locate* stands beside the
  spatial join inside it alone; no library does the reading of addresses and doors.
- *xlsx* 一栏包含排版各表；对照者只写数值，不带样式。 / *xlsx* lays out all sheets with their
  look; what it stands beside writes the values alone.
- 没有对照的阶段没有现成的库可比。 / Where nothing stands beside, no library does the same.
- 省级规模的推算见 [scale.md](scale.md)。 / What follows for a province: [scale.md](scale.md)."""


def _machine(told: dict[str, Any]) -> str:
    versions = ", ".join(f"{name} {number}" for name, number in told["versions"].items())
    return (
        f"机器 / Machine: {told['processor']}, {told['cores']} cores, {told['memory_gb']} GB, "
        f"{told['system']}; lxgeo {told['lxgeo']}; load when it began {told['load']}.\n\n"
        f"{versions}."
    )


def _table(rows: Sequence[Rated], part: str) -> str:
    return table(_HEAD[1:], [_cells(each)[1:] for each in rows if each.part == part])


def _cells(row: Rated) -> tuple[str, ...]:
    return (
        *(row.part, row.what, f"{row.rows:,}", _figure(row.seconds)),
        f"{row.rows / max(row.seconds, 1e-3):,.0f}",
        *("" if row.mb is None else f"{row.mb:,.0f}", row.beside),
        "" if row.beside_s is None else _figure(row.beside_s),
        *("" if row.ratio is None else f"{row.ratio:.2f}", row.note),
    )


def _figure(seconds: float) -> str:
    return f"{seconds:.3f}" if seconds < 1 else f"{seconds:,.1f}"
