"""A clerk's round: check the ledger, fill in corrections, plan with them; lists side by side."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from command import Run
from town import Town

HEADER = "单位名称,统一社会信用代码,地址,正式党员数,预备党员数,联系电话\n"


@pytest.fixture
def dirty(tmp_path: Path) -> Path:
    """Return a ledger of three units, one count unreadable, one blank, with a telephone column."""
    path = tmp_path / "台账.csv"
    path.write_text(
        f"{HEADER}甲公司,,甲街道,3,0,10000000001\n乙公司,,甲街道,若干,0,10000000002\n"
        "丙公司,,甲街道,,0,10000000003\n",
        encoding="utf-8",
    )
    return path


def outcomes(run: Path) -> dict[str, str]:
    """Return name → outcome of a run."""
    units = pd.read_csv(run / "units.csv", dtype=str, encoding="utf-8-sig")
    return dict(zip(units["name"], units["outcome"], strict=True))


def sheet_of(book: Path, name: str) -> set[str]:
    """Return everything that stands on a sheet of a workbook."""
    sheet = openpyxl.load_workbook(book)[name]
    return {str(cell.value) for row in sheet.iter_rows() for cell in row}


def fill_in(check: Path, unit: str, value: str) -> None:
    """Fill in one correction as a clerk would: the value, her post, the day, why."""
    book = openpyxl.load_workbook(check)
    sheet = book.worksheets[0]
    rows = list(sheet.iter_rows())
    head = next(row for row in rows if any("更正值" in str(cell.value) for cell in row))
    column = {
        word: next(cell.column for cell in head if word in str(cell.value))
        for word in ("更正值", "岗位", "日期", "理由")
    }
    (row,) = [row for row in rows if any(cell.value == unit for cell in row)]
    answers = {"更正值": value, "岗位": "组织委员", "日期": "2026-03-02", "理由": "电话核实"}
    for word, answer in answers.items():
        sheet.cell(row[0].row, column[word], answer)
    book.save(check)


def test_a_correction_comes_back_and_is_kept(
    lxgeo: Run, dirty: Path, town: Town, tmp_path: Path
) -> None:
    """Checked, corrected by post with day and reason, planned: the count is 4, the trace stays."""
    check = tmp_path / "检查表.xlsx"
    assert lxgeo("check", dirty, "--report", check).code == 1
    fill_in(check, "乙公司", "4")
    said = lxgeo(
        *("plan", dirty, "--areas", town.areas, "--corrections", check),
        *("--out", tmp_path / "out", "--name", "r"),
    )
    trace = sheet_of(tmp_path / "out/r/plan.xlsx", "更正记录")

    assert said.code == 0, said.err
    assert outcomes(tmp_path / "out/r") == {
        "甲公司": "standalone",
        "乙公司": "standalone",
        "丙公司": "unknown_members",
    }
    assert "采用 1 处" in said.out
    assert {"若干", "4", "组织委员", "电话核实"} <= trace


def test_what_is_signed_as_right_no_longer_makes_the_check_fail(
    lxgeo: Run, town: Town, tmp_path: Path
) -> None:
    """约2 is all that is known: told, exit 1; signed as right: told as confirmed, exit 0.

    The plan's list of problems doesn't ask about it again, its record of corrections tells it.
    """
    ledger, check = tmp_path / "台账.csv", tmp_path / "检查表.xlsx"
    ledger.write_text(f"{HEADER}甲公司,,甲街道,约4,0,\n乙公司,,甲街道,3,0,\n", encoding="utf-8")
    before = lxgeo("check", ledger, "--report", check)
    fill_in(check, "甲公司", "核对无误")
    after = lxgeo("check", ledger, "--corrections", check)
    planned = lxgeo(
        *("plan", ledger, "--areas", town.areas, "--corrections", check),
        *("--out", tmp_path / "out", "--name", "r"),
    )
    book = tmp_path / "out/r/plan.xlsx"

    assert (before.code, after.code, planned.code) == (1, 0, 0), after.err + planned.err
    assert "已核对无误 1 处" in after.out
    assert "共 2 行，0 行需人工核对" in after.out
    assert "甲公司" not in sheet_of(book, "问题清单")
    assert {"约4", "核对无误", "组织委员"} <= sheet_of(book, "更正记录")


def test_a_question_of_the_areas_is_settled_in_the_check_workbook(
    lxgeo: Run, town: Town, tmp_path: Path
) -> None:
    """U7's address names 甲街道, its point lies in 乙镇: asked with --areas, signed, asked no more.

    Without the areas nobody can know, so the check says nothing of it.
    """
    ledger, check = tmp_path / "台账.csv", tmp_path / "检查表.xlsx"
    text = town.ledger.read_text(encoding="utf-8-sig")
    (line,) = [each for each in text.splitlines() if each.startswith("U7,")]
    ledger.write_text(text.replace(line, line.replace("乙镇", "甲街道", 1)), encoding="utf-8-sig")
    name = line.split(",")[1]
    alone = lxgeo("check", ledger)
    before = lxgeo("check", ledger, "--areas", town.areas, "--report", check)
    fill_in(check, name, "核对无误")
    after = lxgeo("check", ledger, "--areas", town.areas, "--corrections", check)

    told = [each for each in before.out.splitlines() if "乙镇" in each and "甲街道" in each]
    assert len(told) == 1, before.out
    assert told[0] not in alone.out
    assert told[0] not in after.out
    assert "已核对无误 1 处" in after.out


def test_a_stale_correction_is_refused_by_row(
    lxgeo: Run, dirty: Path, town: Town, tmp_path: Path
) -> None:
    """The cell was changed in the meantime: the correction no longer fits, and is told."""
    check = tmp_path / "检查表.xlsx"
    lxgeo("check", dirty, "--report", check)
    fill_in(check, "乙公司", "4")
    dirty.write_text(dirty.read_text(encoding="utf-8").replace("若干", "1"), encoding="utf-8")
    said = lxgeo(
        *("plan", dirty, "--areas", town.areas, "--corrections", check),
        *("--out", tmp_path / "out", "--name", "r"),
    )

    assert "未采用 1 处" in said.out
    assert "台账!3" in said.out
    assert outcomes(tmp_path / "out/r")["乙公司"] == "not_located"


def test_a_saved_mapping_reads_the_next_ledger(lxgeo: Run, tmp_path: Path) -> None:
    """A header that the vocabulary does not know is decided once, saved, and used again."""
    ledger, mapping = tmp_path / "a.csv", tmp_path / "列对应.toml"
    ledger.write_text("单位名称,地址,骨干数\n甲公司,甲街道,3\n", encoding="utf-8")

    decided = lxgeo("check", ledger, "--column", "full_members=骨干数", "--save-mapping", mapping)
    assert decided.code == 0, decided.out
    assert lxgeo("check", ledger).code == 1, "without it the members are unknown"
    assert lxgeo("check", ledger, "--mapping", mapping).code == 0


def test_a_blank_is_zero_only_when_asked(
    lxgeo: Run, dirty: Path, town: Town, tmp_path: Path
) -> None:
    """丙公司's blank stays unknown, or is taken as zero, with the number of cells so taken told."""
    asked = lxgeo(
        *("plan", dirty, "--areas", town.areas, "--blank-is-zero"),
        *("--out", tmp_path / "out", "--name", "r"),
    )

    assert outcomes(tmp_path / "out/r")["丙公司"] == "no_members"
    assert "1" in next(line for line in asked.out.splitlines() if "空白" in line)


def test_the_registration_list_is_compared(
    lxgeo: Run, dirty: Path, town: Town, tmp_path: Path
) -> None:
    """丁公司 is registered and not in the ledger; 丙公司 in the ledger and not registered."""
    registry = tmp_path / "登记.csv"
    registry.write_text(
        "企业名称,地址\n甲公司,甲街道\n乙公司,甲街道\n丁公司,甲街道\n", encoding="utf-8"
    )
    said = lxgeo(
        *("plan", dirty, "--areas", town.areas, "--registry", registry),
        *("--out", tmp_path / "out", "--name", "r"),
    )
    listed = sheet_of(tmp_path / "out/r/plan.xlsx", "登记比对")

    assert "2 处不一致（已登记，台账没有 1；台账有，未登记 1）" in said.out
    assert {"丙公司", "丁公司"} <= listed
    assert "甲公司" not in listed


def test_several_files_and_a_folder_are_one_ledger(
    lxgeo: Run, dirty: Path, town: Town, tmp_path: Path
) -> None:
    """Two files named, or the folder that holds them: the same six units, rows told by file."""
    folder = tmp_path / "各街道"
    folder.mkdir()
    shutil.copy(dirty, folder / "甲.csv")
    (folder / "乙.csv").write_text(
        f"{HEADER}丁公司,,乙镇,3,0,\n戊公司,,乙镇,0,0,\n己公司,,乙镇,1,0,\n", encoding="utf-8"
    )
    for sources, name in (
        ([folder / "乙.csv", folder / "甲.csv"], "named"),
        ([folder], "folder"),
    ):
        said = lxgeo(
            *("plan", *sources, "--areas", town.areas, "--out", tmp_path / "out", "--name", name)
        )
        assert said.code == 0, said.err
    rows = pd.read_csv(tmp_path / "out/folder/units.csv", dtype=str, encoding="utf-8-sig")["row"]

    assert outcomes(tmp_path / "out/named") == outcomes(tmp_path / "out/folder")
    assert len(rows) == len(set(rows)) == 6
    assert any(row.startswith("甲.csv") for row in rows)


def test_nothing_of_a_person_is_printed_or_written(
    lxgeo: Run, dirty: Path, town: Town, tmp_path: Path
) -> None:
    """The telephone column is named as refused; no number of it stands anywhere."""
    check = tmp_path / "检查表.xlsx"
    told = lxgeo("check", dirty, "--report", check)
    planned = lxgeo("plan", dirty, "--areas", town.areas, "--out", tmp_path / "out", "--name", "r")
    written = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    cells = {
        str(cell.value)
        for book in (check, tmp_path / "out/r/plan.xlsx")
        for sheet in openpyxl.load_workbook(book).worksheets
        for row in sheet.iter_rows()
        for cell in row
    }

    assert "联系电话" in told.out
    assert "1000000000" not in told.out + told.err + planned.out + planned.err
    assert not any("1000000000" in cell for cell in cells)
    assert not any(b"1000000000" in path.read_bytes() for path in written)
