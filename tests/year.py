"""A hand-made year of four quarters in the town's two townships (see town.py).

Metres east and north, all in one trade; 甲街道 is urban (limit 1,200 m), 乙镇 a town (1,500 m)::

    L (300, 1900)   nobody within 1,200 m             │
                    S (1000, 1000)                    │
    A1 A2 A3 (300 …, 300)        B1 B2 B3 (1800 …)    │ E1 E2 (2300, 300)
    ─────────────────────── 甲街道 ───────────────────┼──── 乙镇 ─────

===  ====================================================================================
Q1   A, B: joint, three units of one member each. L, E1, E2: left out. N: no position. S: three.
Q2   A is approved. B1 has another name, B2 another code. N has an address beside the A's and
     joins them (5 members, not thin). D opens beside the B's and joins. E1 has two: E is proposed.
Q3   A's newcomer and E are approved. B3 closes, B1 has three: B2 and D (2 members) are left out.
     A digit of L's code is corrected. A2 moves to 乙镇; its branch is approved, so it stays.
Q4   F opens beside B2 and D: B2, D and F are proposed. E1 has no member: E is under three.
     L is gone from the ledger.
===  ====================================================================================
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import openpyxl

from lxgeo.demo.codes import check_character
from lxgeo.ledger.corrections.worklist import TITLES
from lxgeo.scenario import Planned, Scenario, plan_scenario, publish_scenario
from town import lonlat

_HEADER = ("name", "credit_code", "address", "industry", "full_members", "lon", "lat", "经营状态")


def code(number: int) -> str:
    """Return a credit code of no real unit, with its check character."""
    body = f"91980203MA{number:07d}"
    return body + check_character(body)


@dataclass(frozen=True)
class Firm:
    """A row of the ledger; no place, no position."""

    name: str
    number: int
    at: tuple[float, float] | None
    full: int = 1
    township: str = "甲街道"
    state: str = "正常经营"
    code: str = ""

    @property
    def row(self) -> tuple[object, ...]:
        """Its cells."""
        place = ("", "") if self.at is None else lonlat(*self.at)
        door = "" if self.at is None else f"东路{self.at[0]:.0f}号"
        address = f"{self.township}{door}"
        return (
            *(self.name, self.code or code(self.number), address, "C3912", self.full),
            *place,
            self.state,
        )


@dataclass(frozen=True)
class Year:
    """Where the year is worked out."""

    folder: Path
    areas: Path

    def plan(self, name: str, firms: Sequence[Firm], *approved: str) -> Planned:
        """Plan a quarter after the one before, publish it, and return the plan."""
        folder = self.folder / name
        ledger = self.folder / f"{name}.csv"
        with ledger.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows([_HEADER, *(firm.row for firm in firms)])
        previous = self.before(name)
        said = None
        if approved:
            said = self.folder / f"{name}批准.txt"
            said.write_text("\n".join(approved), encoding="utf-8")
        scenario = Scenario(ledger, self.areas, previous=previous, approved=said)
        planned = plan_scenario(scenario)
        publish_scenario(planned, folder.parent, name)
        shutil.copy(folder / "plan.xlsx", self.folder / f"{name}.xlsx")
        return planned

    def before(self, name: str) -> Path | None:
        """Return the run of the quarter before."""
        at = QUARTERS.index(name)
        return self.folder / QUARTERS[at - 1] if at else None

    def fill(self, quarter: str, *written: tuple[str, str, Mapping[str, str]]) -> None:
        """Write into a quarter's workbook by hand: sheet, item's name, column → text.

        A new row where no item is so named; columns are post, leader, due, status, note.
        """
        path = self.folder / quarter / "plan.xlsx"
        book = openpyxl.load_workbook(path)
        for sheet, name, cells in written:
            heads = [cell.value for cell in book[sheet][3]]
            rows = [row for row in book[sheet].iter_rows(min_row=4) if _is(row, heads, name)]
            row = rows[0] if rows else _new_row(book[sheet], heads, name)
            for title, value in cells.items():
                row[heads.index(TITLES[title].zh)].value = value
        book.save(path)

    def lists(self, quarter: str) -> list[Item]:
        """Return what stands in a quarter's lists as they were published, sheet after sheet."""
        book = openpyxl.load_workbook(self.folder / f"{quarter}.xlsx")
        found = []
        for sheet in SHEETS:
            if sheet in book.sheetnames:
                heads = [str(cell.value) for cell in book[sheet][3]]
                for row in book[sheet].iter_rows(min_row=4, values_only=True):
                    told = {head: str(each) for head, each in zip(heads, row, strict=True) if each}
                    if TITLES["key"].zh in told:
                        name = next(told[each] for each in NAMED if each in told)
                        found.append(Item(sheet, name, told))
        return found

    def item(self, quarter: str, sheet: str, name: str) -> Item:
        """Return the one item of this name in a list."""
        (found,) = [
            each for each in self.lists(quarter) if (each.sheet, each.name) == (sheet, name)
        ]
        return found

    def listed(self, quarter: str, sheet: str) -> set[str]:
        """Return what the items of a list are called."""
        return {each.name for each in self.lists(quarter) if each.sheet == sheet}


@dataclass(frozen=True)
class Item:
    """An item of a list: its sheet, what it is called, column → text."""

    sheet: str
    name: str
    cells: Mapping[str, str]

    def said(self, *columns: str) -> tuple[str | None, ...]:
        """Return what stands in some of its columns."""
        return tuple(self.cells.get(each) for each in columns)


SHEETS = ("问题清单", "任务清单", "责任清单", "上期事项")
QUARTERS = ("一季度", "二季度", "三季度", "四季度")
NAMED = ("单位名称", "党组织（建议名称）", "责任单位（审批）", "事项名称")


def _is(row: Sequence[openpyxl.cell.Cell], heads: Sequence[object], name: str) -> bool:
    return any(row[heads.index(each)].value == name for each in NAMED if each in heads)


def _new_row(sheet: object, heads: Sequence[object], name: str) -> tuple[openpyxl.cell.Cell, ...]:
    last = sheet.max_row + 1  # type: ignore[attr-defined]
    at = next(heads.index(each) for each in NAMED if each in heads)
    sheet.cell(last, at + 1, name)  # type: ignore[attr-defined]
    return sheet[last]  # type: ignore[index, no-any-return]


FIRMS = {
    **{f"A{n}": Firm(f"甲{n}电子有限公司", n, (250 + 50 * n, 300)) for n in (1, 2, 3)},
    **{f"B{n}": Firm(f"乙{n}电子有限公司", 10 + n, (1700 + 50 * n, 300)) for n in (1, 2, 3)},
    "L": Firm("远山电机有限公司", 21, (300, 1900)),
    "N": Firm("无址咨询有限公司", 22, None, 2),
    "S": Firm("三人机械有限公司", 23, (1000, 1000), 3),
    "E1": Firm("东一电子有限公司", 31, (2300, 300), township="乙镇"),
    "E2": Firm("东二电子有限公司", 32, (2350, 300), township="乙镇"),
}
FIRST = FIRMS
_RENAMED = replace(FIRST["B1"], name="乙一科技有限公司")
SECOND = {
    **FIRST,
    "B1": _RENAMED,
    "B2": replace(FIRST["B2"], number=9_000_112),
    "N": replace(FIRST["N"], at=(350, 330)),
    "D": Firm("丁电子有限公司", 41, (1850, 330)),
    "E1": replace(FIRST["E1"], full=2),
}
THIRD = {
    **SECOND,
    "B1": replace(_RENAMED, full=3),
    "B3": replace(SECOND["B3"], state="注销"),
    "L": replace(SECOND["L"], number=24),
    "A2": replace(SECOND["A2"], at=(2600, 900), township="乙镇"),
}
FOURTH = {
    **{each: firm for each, firm in THIRD.items() if each != "L"},
    "F": Firm("戊电子有限公司", 51, (1800, 330)),
    "E1": replace(THIRD["E1"], full=0),
}
