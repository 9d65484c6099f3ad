"""What a person should settle: each cell by its name, what stands there, what it was taken for."""

from __future__ import annotations

from check_ledger import CODE, TOWN, changed

from lxgeo.ledger import Sheet, clean
from lxgeo.ledger.doubts.problems import Problem, problems
from lxgeo.model import Rule


def found(*sheets: Sheet) -> tuple[Problem, ...]:
    """Return the problems of a ledger."""
    ledger, report = clean(sheets)
    return problems(ledger, report, sheets)


def test_every_finding_is_named_by_its_cell() -> None:
    """The cells of the small ledger, left to right, with what was written and what was read."""
    shown = [(each.cell, each.field, each.written, each.taken) for each in found(TOWN)]

    assert shown == [
        ("C4", "credit_code", "9.13502E+17", None),
        ("F4", "full_members", "约2", 2),
        ("E6", "staff", "4", 4),
        ("F6", "full_members", "3", 3),
        ("G6", "probationary_members", "1", 1),
        ("H6", "total_members", "5", 5),
        ("F7", "full_members", None, None),
    ]


def test_a_cell_is_listed_once_with_all_that_is_wrong_with_it() -> None:
    """H6 contradicts the other counts and is more than the staff: one line, two reasons."""
    by_cell = {each.cell: [reason.code for reason in each.reasons] for each in found(TOWN)}

    assert by_cell["H6"] == [Rule.COUNTS_DISAGREE, Rule.MEMBERS_OVER_STAFF]
    assert by_cell["E6"] == [Rule.MEMBERS_OVER_STAFF]


def test_a_value_without_a_column_is_asked_for_without_a_cell() -> None:
    """Only a total, and no column of full members: the field is named, no cell is."""
    sheet = Sheet("A", (("单位名称", "党员总数"), ("宏达机械", 4)))

    (problem,) = found(sheet)

    assert (problem.cell, problem.field, problem.written) == (None, "full_members", None)
    assert [reason.code for reason in problem.reasons] == [Rule.ONLY_TOTAL_KNOWN]


def test_a_doubtful_total_asks_for_the_full_members_too() -> None:
    """5(其中预备1) was read as 4 and 1: a plain 5 alone would lose that, so both are asked for."""
    sheet = Sheet(
        "A", (("单位名称", "正式党员", "党员总数"), ("甲", None, "5(其中预备1)"), ("乙", 1, "约2"))
    )

    shown = [(each.cell, each.written, each.taken) for each in found(sheet)]

    assert shown == [("B2", None, 4), ("C2", "5(其中预备1)", 5), ("C3", "约2", 2)]


def test_a_repeated_unit_names_the_cell_that_makes_it_the_same() -> None:
    """Two rows of one credit code: the second row's code is the cell to look at."""
    sheet = changed({(4, 3): CODE, (4, 2): "宏达机械", (4, 6): 2})

    repeated = [
        (each.row, each.cell)
        for each in found(sheet)
        if Rule.DUPLICATE in {reason.code for reason in each.reasons}
    ]

    assert repeated == [("城关镇!4", "C4")]


def test_a_row_without_a_name_is_a_problem() -> None:
    """The name's cell is asked for; nothing stands there."""
    nameless = [each for each in found(changed({(5, 2): None})) if each.field == "name"]

    assert [(each.cell, each.written, each.name) for each in nameless] == [("B5", None, None)]


def test_swapped_coordinates_are_shown_in_both_cells() -> None:
    """A latitude beyond 90° makes the pair unreadable: both cells are named."""
    sheet = Sheet("A", (("单位名称", "正式党员", "经度", "纬度"), ("宏达机械", 1, 26.1, 119.3)))

    assert [(each.cell, each.written) for each in found(sheet)] == [
        ("C2", "26.1"),
        ("D2", "119.3"),
    ]


def test_a_count_merged_over_units_is_quoted_as_it_was_read() -> None:
    """One 6 over two units is nobody's: both rows quote it as merged."""
    sheet = Sheet(
        "A",
        (("单位名称", "地址", "正式党员"), ("甲公司", "1号", 6), ("乙公司", "2号", None)),
        merges=((2, 3, 3, 3),),
    )

    shown = [(each.cell, each.written) for each in found(sheet)]

    assert shown == [("C2", "合并单元格:6"), ("C3", "合并单元格:6")]


def test_rows_of_several_files_are_found_by_file_and_sheet() -> None:
    """Sheets of one name in two files: each problem reads its own file's cell."""
    one = Sheet("表1", (("单位名称", "正式党员"), ("甲公司", "一些")), source="a.xlsx")
    two = Sheet("表1", (("单位名称", "正式党员"), ("乙公司", "若干")), source="b.xlsx")
    ledger, report = clean([one, two])

    shown = {each.row: each.name for each in problems(ledger, report, [one, two])}

    assert shown == {"a.xlsx:表1!2": "甲公司", "b.xlsx:表1!2": "乙公司"}
