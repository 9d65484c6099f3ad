"""check.xlsx: what a clerk can act on, with only the cells to fill in unlocked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from lxgeo import text
from lxgeo.errors import Lang
from lxgeo.ledger import Sheet, clean
from lxgeo.ledger.corrections.applying import CORRECTIONS, apply_corrections
from lxgeo.ledger.doubts.registry import compare_registry
from lxgeo.publish.check.book import Check, write_check

SHEETS = ["问题", "补充更正", "已修正", "未计入的行", "列对应", "四个清楚", "说明"]
CODE = "91350100M000100Y43"
HOSTILE = '=HYPERLINK("http://x","点")'

TOWN = Sheet(
    "城关镇",
    (
        ("城关镇两新组织台账", *[None] * 7),
        (
            "序号",
            "单位名称",
            "统一社会信用代码",
            "负责人姓名",
            "单位情况说明",
            "正式党员",
            "党员总数",
            "状态",
        ),
        (1, "宏达机械", CODE, "张三", "甲", "２", 2, "在营"),
        (2, HOSTILE, "9.13502E+17", "李四", "乙", None, 3, "在营"),
        (3, "兴旺商行", None, "王五", "丙", 5, 3, "在营"),
        ("合计", None, None, None, None, 9, 8, None),
    ),
)


def write(path: Path, *sheets: Sheet, lang: Lang = "zh", **more: Any) -> Path:
    """Write the check of a ledger and return where it is."""
    ledger, report = clean(sheets)
    write_check(
        path,
        Check(sheets, ledger, report, **more),
        reason=lambda why: text.reason(why, lang),
        texts=text.texts(lang),
        lang=lang,
    )
    return path


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Return the town's check, read back."""
    return openpyxl.load_workbook(write(tmp_path_factory.mktemp("check") / "check.xlsx", TOWN))


def rows(sheet: Any, heads: int = 3) -> list[dict[str, Any]]:
    """Return a sheet's rows by heading."""
    titles = [cell.value for cell in sheet[heads]]
    return [
        dict(zip(titles, row, strict=True))
        for row in sheet.iter_rows(min_row=heads + 1, values_only=True)
    ]


def test_the_sheets_stand_in_their_order(book: Any) -> None:
    """What to do comes first, how it was read after it, how to work the book at the end."""
    assert book.sheetnames == SHEETS


def test_every_sheet_forbids_secrets_at_its_top(book: Any) -> None:
    """不得录入涉密数据 in the second row and at the foot of every printed page."""
    for sheet in book:
        assert sheet["A2"].value.startswith("内部资料 · 不得录入涉密数据")
        assert sheet.oddFooter.center.text == "不得录入涉密数据"


def test_a_problem_names_its_cell_and_what_to_do(book: Any) -> None:
    """The lost code of row 4: where, what stands there, what it was taken for, what to do."""
    found = {row["单元格"]: row for row in rows(book["问题"])}

    assert list(found) == ["C4", "F4", "F5", "G5"]
    lost = found["C4"]
    assert (lost["工作表"], lost["Excel 行"], lost["字段"]) == ("城关镇", 4, "统一社会信用代码")
    assert (lost["台账原文"], lost["读作"]) == ("9.13502E+17", "不采用")
    assert "无法还原" in lost["问题"]
    assert lost["怎么办"] == "按登记证照填 18 位代码"
    assert (found["F4"]["台账原文"], found["F4"]["读作"]) == ("（空白）", "不明")
    assert (found["F5"]["台账原文"], found["F5"]["读作"]) == ("5", 5)


def test_a_remark_is_taken_for_nothing(tmp_path: Path) -> None:
    """已注销 in the remarks of a unit at work is asked about; nothing of a remark is kept."""
    sheet = Sheet(
        "城关镇",
        (("单位名称", "正式党员", "备注", "双登记党员数"), ("宏达机械", 3, "已注销", 2)),
    )
    (told, twice) = rows(openpyxl.load_workbook(write(tmp_path / "check.xlsx", sheet))["问题"])

    assert (told["字段"], told["台账原文"], told["读作"]) == ("备注", "已注销", None)
    assert (twice["字段"], twice["台账原文"], twice["读作"]) == ("双登记党员", "2", None)


def test_only_the_correction_columns_can_be_written_in(book: Any) -> None:
    """Every sheet is protected; 更正值, 更正人, 日期 and 理由 are empty, unlocked and text."""
    sheet = book["问题"]
    heads = [cell.value for cell in sheet[3]]

    assert all(each.protection.sheet for each in book)
    assert heads[-4:] == ["更正值", "更正人（岗位）", "日期", "理由"]
    for row in sheet.iter_rows(min_row=4):
        assert [cell.protection.locked for cell in row] == [True] * 11 + [False] * 4
        assert [cell.value for cell in row[-4:]] == [None] * 4
        assert {cell.number_format for cell in row[-4:]} == {"@"}


def test_a_clerk_is_told_to_sign_by_post_only(book: Any) -> None:
    """The hint on the column of signatures: the post, no name, no phone."""
    hints = [each.prompt for each in book["问题"].data_validations.dataValidation]

    assert any("填岗位" in hint and "不填姓名、电话" in hint for hint in hints)


def test_there_is_room_for_what_was_not_found(book: Any) -> None:
    """补充更正 has empty rows that can be written in from end to end."""
    body = list(book["补充更正"].iter_rows(min_row=4))

    assert len(body) == 32
    assert not any(cell.protection.locked or cell.value for row in body for cell in row)


def test_repairs_are_listed(book: Any) -> None:
    """The full-width two of row 3."""
    (mended,) = rows(book["已修正"])

    assert (mended["单元格"], mended["台账原文"], mended["读作"]) == ("F3", "２", "2")


def test_rows_left_out_and_totals_are_listed(book: Any) -> None:
    """Row 6 sums up: it is no unit, and its 9 is not 2 + 5."""
    found = rows(book["未计入的行"])

    assert [(row["类别"], row["Excel 行"]) for row in found if row["Excel 行"]] == [("不是单位", 6)]
    assert any("9" in row["说明"] and "7" in row["说明"] for row in found if not row["Excel 行"])


def test_columns_are_listed_and_persons_named_by_their_header_only(book: Any) -> None:
    """Used with field and letter; not used with what it is near; refused without a word more."""
    found = {row["台账列名"]: row for row in rows(book["列对应"])}
    everything = {cell.value for sheet in book for row in sheet for cell in row}

    assert (found["正式党员"]["列"], found["正式党员"]["处理"]) == ("F", "已采用")
    assert found["单位情况说明"]["处理"] == "未采用"
    assert found["负责人姓名"]["处理"] == "个人信息，拒收"
    assert not {"张三", "李四", "王五"} & everything


def test_the_four_scores_stand_by_sheet_and_in_total(book: Any) -> None:
    """Three units; one credit code fits; of the counts only row 3's are clear."""
    sheet = book["四个清楚"]
    groups = [cell.value for cell in sheet[3] if cell.value]
    heads = [cell.value for cell in sheet[4]]
    town, total = list(sheet.iter_rows(min_row=5, values_only=True))

    assert groups[2:] == ["企业总体情况清楚", "党员人数清楚", "党员结构清楚", "党员分布清楚"]
    assert (town[0], total[0]) == ("城关镇", "合计")
    assert town[1:] == total[1:]
    assert town[1] == 3
    assert town[heads.index("统一社会信用代码")] == 1
    numbers = heads.index("正式党员")
    assert town[numbers : numbers + 4] == (1, 2, 1, pytest.approx(1 / 3))


def test_no_text_becomes_a_formula(book: Any) -> None:
    """A unit that is called like a formula stays a text, on every sheet."""
    cells = [cell for sheet in book for row in sheet for cell in row]

    assert not any(cell.data_type == "f" for cell in cells)
    assert any(cell.value == HOSTILE for cell in cells)
    assert not any(cell.hyperlink for cell in cells)


def test_every_sheet_is_ready_for_the_printer(book: Any) -> None:
    """Landscape, heads repeated on each page and kept in sight, one page wide."""
    for sheet in book:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.print_title_rows
        assert sheet.freeze_panes


def test_the_same_ledger_gives_the_same_bytes(tmp_path: Path) -> None:
    """Nothing of the clock or the machine is in it."""
    one, two = write(tmp_path / "1.xlsx", TOWN), write(tmp_path / "2.xlsx", TOWN)

    assert one.read_bytes() == two.read_bytes()


def test_a_clean_ledger_says_so(tmp_path: Path) -> None:
    """Nothing to settle, nothing mended, nothing left out: each sheet says it."""
    sheet = Sheet("A", (("单位名称", "正式党员"), ("甲", 1)))
    book = openpyxl.load_workbook(write(tmp_path / "check.xlsx", sheet))

    assert book["问题"]["A4"].value == "没有需要核对的问题。"
    assert book["已修正"]["A4"].value == "没有修正。"
    assert book["未计入的行"]["A4"].value == "没有未计入的行。"


def test_the_book_speaks_english(tmp_path: Path) -> None:
    """Every heading and sentence of ours; the ledger's own text stands as it is."""
    book = openpyxl.load_workbook(write(tmp_path / "check.xlsx", TOWN, lang="en"))
    ours = [
        str(cell.value)
        for sheet in book
        for row in sheet.iter_rows(max_row=3)
        for cell in row
        if cell.value
    ]

    assert book.sheetnames[0] == "Problems"
    assert not any("\u4e00" <= each <= "\u9fff" for said in ours for each in said)


def test_the_registry_and_earlier_corrections_have_sheets_of_their_own(tmp_path: Path) -> None:
    """登记比对 tells both rows; 更正记录 tells who, when and why; 未采用的更正 why not."""
    registry, _ = clean([Sheet("名录", (("单位名称", "状态"), ("兴旺商行", "注销")))])
    ledger, _ = clean([TOWN])
    said = CORRECTIONS.shaped(
        _corrections(
            {"cell": "F4", "name": HOSTILE, "value": "1", "post": "组织干事"},
            {"cell": "F4", "name": HOSTILE, "value": "1", "post": "13812345678"},
        )
    )
    corrected = apply_corrections([TOWN], said)
    path = write(
        tmp_path / "check.xlsx",
        *corrected.sheets,
        corrected=corrected,
        comparison=compare_registry(ledger, registry),
    )
    book = openpyxl.load_workbook(path)
    (trace,) = rows(book["更正记录"])
    (refused,) = rows(book["未采用的更正"])
    compared = rows(book["登记比对"])

    assert (trace["单元格"], trace["台账原文"], trace["更正值"]) == ("F4", "（空白）", "1")
    assert (trace["更正人（岗位）"], trace["轮次"]) == ("组织干事", 1)
    assert (refused["单元格"], refused["所填值"], refused["岗位"]) == ("F4", "1", "***")
    assert refused["未采用的原因"].startswith("填有电话或证件号码")
    assert [(row["差异"], row["台账行"], row["登记名录行"]) for row in compared] == [
        ("经营状态变更", "城关镇!5", "名录!2"),
        ("台账有，未登记", "城关镇!3", None),
        ("台账有，未登记", "城关镇!4", None),
    ]
    assert (compared[0]["台账所写"], compared[0]["登记所写"]) == ("在营", "注销吊销")


def _corrections(*rows_: dict[str, str]) -> Any:
    import pandas as pd

    usual = {"at": "问题!4", "row": "城关镇!4", "field": "full_members", "day": "2026-01-31"}
    return pd.DataFrame([usual | row for row in rows_], dtype=object)
