"""docs/scale.md: what was measured, the cost model, and what it says for larger places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from planning.tables import table
from standing.model import STAGES, Line, error, fitted, peak, provincial

_HOUR = 3600.0
_GB = 1000.0


@dataclass(frozen=True)
class Place:
    """A place to plan, and on what.

    Parameters
    ----------
    name
        What people call it.
    units, regions, counties
        Ledger rows, townships, and partitions; no county: planned at once.
    cores, memory_gb
        Of each machine.
    machines
        How many.
    """

    name: str
    units: int
    regions: int
    counties: int
    cores: int
    memory_gb: int
    machines: int = 1


PLACES = (
    Place("区县 / district", 30_000, 15, 0, 2, 8),
    Place("市，一次规划 / city at once", 300_000, 150, 0, 4, 16),
    Place("市，分区县 / city by county", 300_000, 150, 10, 4, 16),
    Place("省 / province", 3_000_000, 1_500, 100, 16, 64),
    Place("全国，一台 / country, one machine", 180_000_000, 40_000, 2_850, 64, 256),
    Place("全国，二十台 / country, twenty", 180_000_000, 40_000, 2_850, 64, 256, 20),
)


def page(told: Mapping[str, Any]) -> str:
    """Return the page as the figures tell it."""
    sizes, held = told["sizes"], told["held_back"]
    lines, memory = fitted(sizes), peak(sizes)
    county = provincial(told["provinces"]) if told["provinces"] else None
    parts = [
        _LEAD,
        _machine(told["machine"]),
        "## 实测 / Measured here\n\n" + _measured([*sizes, held]),
        "## 模型 / The model\n\n" + _MODEL + "\n\n" + _model(lines, memory),
        "## 留出的一档 / The size held back\n\n" + _held(lines, memory, held),
    ]
    if county is not None:
        parts.append("## 分区县 / County by county\n\n" + _counties(told["provinces"], county))
    parts.append("## 推算 / What it says\n\n" + _SAYS + "\n\n" + _said(lines, memory, county))
    return "\n\n".join(parts) + "\n"


_LEAD = """# 规模与耗时 / Scale and cost

本页由 `python benchmarks/scale.py` 生成，请勿手改：先列本机实测，再给出拟合的成本模型，
用没有参加拟合的一档检验，最后推算市、省、全国。

This page is made by `python benchmarks/scale.py` from its figures; edit none by hand. It tells
what was measured, the cost model fitted to it, its error on a size that was held back, and what
the model says for a city, a province and the country. Seconds are processor seconds of one core."""

_MODEL = """`秒 = 起步 + 单位 × 单位数 + 片区 × 乡镇数`；`内存 = 起步 + 单位 × 单位数`。

`seconds = start + unit · units + region · townships` for each stage;
`memory = floor + unit · units`. Fitted by least squares of relative errors, no part below zero."""

_SAYS = """分区县时内存只随最大的区县增长；各区县互不相干，核越多越快。
推算超出实测很远时只能看作数量级。

By county, memory follows the largest county alone, and counties run beside each other. Far beyond
what was measured the figures are orders of magnitude, no promises."""


def _machine(told: Mapping[str, Any]) -> str:
    return (
        f"机器 / Machine: {told['processor']}, {told['cores']} cores, {told['memory_gb']} GB, "
        f"{told['system']}; load when it began {told['load']}."
    )


def _measured(sizes: Sequence[Mapping[str, Any]]) -> str:
    rows = [
        (
            *(f"{each['units']:,}", f"{each['regions']:,}"),
            *(f"{each['seconds'][stage]:.2f}" for stage in STAGES),
            *(f"{sum(each['seconds'].values()):.1f}", f"{each['peak_mb']:,.0f}"),
        )
        for each in sizes
    ]
    return table(("units", "townships", *STAGES, "all s", "peak MB"), rows)


def _model(lines: Mapping[str, Line], memory: Line) -> str:
    rows = [
        (stage, f"{each.start:.2f} s", f"{1e6 * each.unit:,.0f} µs", f"{1e3 * each.region:,.0f} ms")
        for stage, each in lines.items()
    ]
    rows.append(("memory", f"{memory.start:,.0f} MB", f"{1e3 * memory.unit:,.1f} kB", ""))
    return table(("stage", "start", "a unit", "a township"), rows)


def _held(lines: Mapping[str, Line], memory: Line, held: Mapping[str, Any]) -> str:
    units, regions = held["units"], held["regions"]
    rows = []
    for stage, line in lines.items():
        found, said = held["seconds"][stage], line.at(units, regions)
        rows.append((stage, f"{said:.2f} s", f"{found:.2f} s", f"{error(said, found):+.0%}"))
    found = sum(held["seconds"].values())
    said = sum(line.at(units, regions) for line in lines.values())
    rows.append(("all", f"{said:.1f} s", f"{found:.1f} s", f"{error(said, found):+.0%}"))
    said, found = memory.at(units), held["peak_mb"]
    rows.append(("memory", f"{said:,.0f} MB", f"{found:,.0f} MB", f"{error(said, found):+.0%}"))
    told = f"{units:,} units in {regions:,} townships.\n\n"
    return told + table(("stage", "predicted", "measured", "error"), rows)


def _counties(found: Sequence[Mapping[str, Any]], line: Line) -> str:
    rows = [
        (
            *(f"{each['counties']:,}", f"{each['units']:,}", f"{each['processor_s']:.1f}"),
            *(f"{line.at(each['units'], each['counties']):.1f}", f"{each['peak_mb']:,}"),
        )
        for each in found
    ]
    said = (
        f"\n\n起步 / start: {line.start:.1f} s; 每个区县 / a county: {line.region:.2f} s; "
        f"每个单位 / a unit: {1e6 * line.unit:,.0f} µs."
    )
    return table(("counties", "units", "measured s", "model s", "peak MB"), rows) + said


def _said(lines: Mapping[str, Line], memory: Line, county: Line | None) -> str:
    rows = []
    for place in PLACES:
        seconds = sum(line.at(place.units, place.regions) for line in lines.values())
        mb = memory.at(place.units)
        at_once = place.cores * place.machines if place.counties else 1
        if place.counties:
            if county is None:
                continue
            seconds = county.at(place.units, place.counties)
            mb = memory.at(place.units / place.counties) * min(place.cores, place.counties)
        machines = f"{place.machines} × {place.cores} cores, {place.memory_gb} GB"
        hours = seconds / min(at_once, place.counties or 1) / _HOUR
        fits = "" if mb / _GB <= place.memory_gb else "，超出内存 / more than it has"
        rows.append(
            (
                *(place.name, f"{place.units:,}", machines, f"{seconds / _HOUR:,.2f}"),
                *(f"{hours:,.2f}", f"{mb / _GB:,.1f} GB{fits}"),
            )
        )
    head = ("place", "units", "machines", "core hours", "hours", "memory of a machine")
    return table(head, rows)
