"""Columns and rows are two looks at one sheet; what is told of very many is told as of one."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import xlsxwriter

from lxgeo.ledger import Sheet, clean
from lxgeo.ledger.sheets.column import Cells, Rows, columns_of, combined, together
from lxgeo.ledger.sheets.marks import colour_name
from lxgeo.ledger.sheets.privacy import is_person_number, without_persons
from lxgeo.ledger.texts.letters import Letters
from lxgeo.ledger.texts.once import told_once
from lxgeo.ledger.texts.plain import DIGIT, Looks
from lxgeo.ledger.values.codes import credit_code
from lxgeo.ledger.values.units import ERRORS
from lxgeo.ledger.values.wording import blank, ditto, squeeze, stated, tidy
from lxgeo.model import Rule
from lxgeo.read import read_cells

VALUES = (
    *(
        "宏达有限公司",
        "宏达 有限公司",
        "（深圳）商行",
        "ＡＢＣ公司",
        "无",
        "同上",
        " ",
        "",
        "〃",
        "ditto",
        "公式未计算",
        "#REF!",
    ),
    *("甲路1号2栋-305室", "(甲)乙丙丁戊", "13800138000", "甲13800138000公司", "1380013-8000甲乙"),
    *("91350100M000100Y43", "91350100M000100Y44", "110105194912310021", "宏达公司。", "ABC-12"),
    *(None, 3, 3.5, True, 13800138000, dt.date(2020, 5, 1), "\u200b宏达有限公司", "甲乙丙丁\u3164"),
)


def test_values_of_different_kinds_stay_apart() -> None:
    """1, 1.0 and true are three values; rows come back as they were, short ones with blanks."""
    rows = ((1, 1.0, True), ("1",), (1, None, False))
    columns = columns_of(rows)

    assert tuple(Rows(columns)) == ((1, 1.0, True), ("1", None, None), (1, None, False))
    assert [type(cell) for cell in Rows(columns)[0]] == [int, float, bool]
    assert Rows(columns) == rows
    assert Rows(columns)[1:] == (("1", None, None), (1, None, False))


def test_equal_combinations_have_one_code() -> None:
    """(甲, 1) stands in rows 0 and 2; (甲, 2) and (乙, 1) once each."""
    codes, first = combined([Cells.of("甲甲甲乙"), Cells.of([1, 2, 1, 1])])

    assert codes[0] == codes[2]
    assert len(set(codes.tolist())) == 3
    assert sorted(first.tolist()) == [0, 1, 3]


@pytest.mark.parametrize("value", VALUES)
def test_plain_text_needs_nothing_done_to_it(value: object) -> None:
    """What is told to be plain, every scalar reader leaves as it is."""
    cells = Cells.of([value])

    if cells.looks.plain[0]:
        text = str(value)
        assert text == tidy(text) == stated(text) == without_persons(text)
        assert squeeze(text) == text.casefold()
    if cells.settled[0]:
        assert not blank(value)
        assert not ditto(value)
        assert value not in ERRORS
        assert not is_person_number(value)


def test_plain_is_told_of_most_texts() -> None:
    """Chinese names and addresses are plain; spaces, full-width letters and phones are not."""
    told = Cells.of(VALUES).looks.plain

    assert [value for value, is_plain in zip(VALUES, told, strict=True) if is_plain] == [
        "宏达有限公司",
        "甲路1号2栋-305室",
        "ABC-12",
    ]


def test_codes_fit_as_one_by_one() -> None:
    """The check of GB 32100 over a whole column says what it says of one cell."""
    told = Cells.of(VALUES).fits

    for value, fits in zip(VALUES, told.tolist(), strict=True):
        code = credit_code(value)
        assert fits == (code.valid and code.text == value)
    assert told.sum() == 1


def test_looks_are_those_of_texts_only() -> None:
    """Numbers and blanks are no texts; 𠮷 is one letter, though a pair in UTF-16."""
    looks = Looks.of(["甲3", None, 3, "", "𠮷丙丁戊己庚辛", "0755"])

    assert looks.lengths.tolist() == [2, 0, 0, 0, 7, 4]
    assert looks.only(DIGIT).tolist() == [False] * 5 + [True]
    assert looks.plain.tolist() == [False] * 6


def test_legal_forms_are_taken_off_once() -> None:
    """The longest that a name ends in; letters are counted in what is left."""
    letters = Letters(["宏达有限公司", "公司", "", "金瑞商行"])

    assert letters.take_off_end(("有限公司", "公司")).tolist() == [True, True, False, False]
    assert letters.lengths.tolist() == [2, 0, 0, 4]
    assert letters.at(1).tolist() == [ord("达"), 0, 0, ord("瑞")]
    assert letters.at(-2).tolist() == [ord("宏"), 0, 0, ord("商")]
    assert letters.hold("公行").tolist() == [False, False, False, True]


def test_keys_are_equal_where_the_ends_of_texts_are() -> None:
    """宏达电子商行 and 宏达电子经营部 begin alike, 金瑞电子商行 ends like the first."""
    letters = Letters(["宏达电子商行", "宏达电子经营部", "金瑞电子商行", "宏达电子商行"])
    one, two, three, again = letters.first().tolist()
    last = letters.last().tolist()
    whole = letters.whole().tolist()

    assert one == two == again != three
    assert last[0] == last[2] == last[3] != last[1]
    assert whole[0] == whole[3]
    assert len(set(whole)) == 3


def test_texts_of_two_sheets_are_told_once() -> None:
    """What is missing has code 0; 乙 is the same on both sheets."""
    both = together([Cells.of(["甲", None, "乙"]), Cells.of(["乙", "丙"])], missing=None)

    assert list(both) == ["甲", None, "乙", "乙", "丙"]
    assert both.codes[1] == 0
    assert both.codes[2] == both.codes[3]


class _Alike(str):
    """A text whose hash is that of every other."""

    __slots__ = ()

    def __hash__(self) -> int:
        return 1


def test_texts_of_one_hash_stay_apart() -> None:
    """Equal hashes are no proof: the texts themselves decide."""
    numbers, first = told_once([_Alike("甲"), _Alike("乙"), _Alike("甲")])

    assert numbers.tolist() == [0, 1, 0]
    assert first.tolist() == [0, 1]


@pytest.mark.parametrize(
    ("colour", "name"),
    [
        ("FF0000", "红色"),
        ("FFC000", "橙色"),
        ("FFFF00", "黄色"),
        ("00B050", "绿色"),
        ("808080", "灰色"),
    ],
)
def test_colours_have_names(colour: str, name: str) -> None:
    """The colours that spreadsheets offer first."""
    assert colour_name(colour).zh == name


def test_what_a_workbook_shows_besides_values_is_told(tmp_path: Path) -> None:
    """Hidden rows are read; errors are findings; paint, comments and missing results are noted."""
    path = tmp_path / "台账.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("台账")
        red = book.add_format({"bg_color": "red"})
        sheet.write_row(0, 0, ("单位名称", "地址", "正式党员", "职工人数"))
        sheet.write_row(1, 0, ("宏达有限公司", "甲路1号", 1, 5))
        sheet.write(2, 0, "兴旺商行", red)
        sheet.write_formula(2, 1, "=A9", None, "#REF!")
        sheet.write_formula(2, 2, "=1/0", None, "#DIV/0!")
        sheet.write_formula(2, 3, "=D2", None, "")
        sheet.write_comment("A3", "问一下")
        sheet.set_row(1, None, None, {"hidden": True})

    (read,) = read_cells(path)
    ledger, report = clean((read,))

    assert read.hidden_rows == {2}
    assert read.faulty == {(3, 2): "#REF!", (3, 3): "#DIV/0!"}
    assert read.colours == {(3, 1): "FF0000"}
    assert read.formulas_without_value == {(3, 4)}
    assert read.comments == {(3, 1)}
    assert ledger["name"].tolist() == ["宏达有限公司", "兴旺商行"]
    assert ledger["address"].isna().tolist() == [False, True]
    assert ledger["full_members"].isna().tolist() == [False, True]
    findings = [(each.code, each.figures["written"]) for each in ledger.loc[1, "findings"]]
    assert (Rule.MEMBERS_UNREADABLE, "#DIV/0!") in findings
    assert (Rule.VALUE_UNREADABLE, "#REF!") in findings
    notes = " ".join(note.zh for note in report.sheets[0].notes)
    assert "有 1 行被隐藏" in notes
    assert "红色底色：1 行、1 个单元格" in notes
    assert "1 个单元格带批注" in notes
    assert "1 个公式没有保存计算结果" in notes


def test_blank_counts_are_zero_only_when_asked() -> None:
    """Without the word a blank is unknown; with it, 0, and the report tells how many were taken."""
    rows = (
        ("单位名称", "正式党员", "预备党员"),
        ("宏达有限公司", None, None),
        ("兴旺商行", 2, None),
    )

    unknown, _ = clean((Sheet("s", rows),))
    zero, report = clean((Sheet("s", rows),), blank_is_zero=True)

    assert unknown["full_members"].isna().tolist() == [True, False]
    assert zero["full_members"].tolist() == [0, 2]
    assert any("3 个空白" in told.zh for told in report.assumptions)
