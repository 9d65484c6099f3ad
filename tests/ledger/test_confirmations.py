"""核对无误: a signed cell is right as it stands, told as settled, and asked about no more."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from check_ledger import CODE, TOWN, changed

from lxgeo import text
from lxgeo.ledger import Sheet, clean
from lxgeo.ledger.corrections.applying import CORRECTIONS, Corrected, apply_corrections
from lxgeo.ledger.corrections.confirmations import confirm, mark_of, says_right
from lxgeo.ledger.doubts.completeness import Clear, completeness
from lxgeo.ledger.doubts.problems import Problem, problems, unsettled
from lxgeo.model import Reason, Rule

SIGNED = {"post": "城关镇组织干事", "day": "2026-01-31", "why": "查党员名册"}
ABOUT = {"cell": "F4", "name": "兴旺商行", "field": "full_members", "written": "约2"}


def asked(*sheets: Sheet) -> dict[str | None, Problem]:
    """Return what is asked about a ledger, by cell."""
    ledger, report = clean(sheets)
    return {each.cell: each for each in problems(ledger, report, sheets)}


def table(*said: dict[str, Any], sheet: Sheet = TOWN) -> pd.DataFrame:
    """Return confirmations of cells of row 4, as the sheet's check would carry them."""
    marks = {cell: mark_of(each.reasons) for cell, each in asked(sheet).items()}
    usual = {"at": "问题!4", "row": "城关镇!4", "value": "核对无误"} | SIGNED
    rows = [usual | {"mark": marks.get(each["cell"])} | each for each in said]
    frame: pd.DataFrame = CORRECTIONS.shaped(pd.DataFrame(rows, dtype=object))
    return frame


def taken(corrected: Corrected) -> tuple[pd.DataFrame, Any]:
    """Return the LEDGER with what was confirmed, and its report."""
    ledger, report = clean(corrected.sheets)
    return confirm(ledger, report, corrected.sheets, corrected.applied), report


def refusal(said: dict[str, Any], now: Sheet = TOWN) -> str:
    """Return why one confirmation is refused, the ledger being what it is now."""
    (refused,) = apply_corrections([now], table(said)).refused
    return refused.why.zh


def test_a_confirmed_cell_changes_nothing_and_is_told_with_its_signature() -> None:
    """约2 stays 约2, read as 2; the finding says by which post, when and why."""
    corrected = apply_corrections([TOWN], table(ABOUT))
    ledger, _ = taken(corrected)
    row = ledger.iloc[1]

    assert (corrected.refused, corrected.sheets) == ((), (TOWN,))
    assert row["full_members"] == 2
    told = [each for each in row["findings"] if each.code is Rule.CONFIRMED]
    assert [dict(each.figures) for each in told] == [
        {"field": "full_members", "written": "约2", **SIGNED, "asked": "value_approximate"}
    ]
    assert text.reason(told[0], "zh") == (
        "正式党员填写的“约2”已核对无误（城关镇组织干事，2026-01-31）"
    )


def test_what_is_confirmed_is_asked_about_no_more() -> None:
    """Row 4 still asks about its lost code; the count is out of the problems."""
    corrected = apply_corrections([TOWN], table(ABOUT))
    ledger, report = taken(corrected)

    assert "F4" in asked(TOWN)
    left = {each.cell for each in problems(ledger, report, corrected.sheets)}
    assert left == set(asked(TOWN)) - {"F4"}
    assert unsettled(ledger).tolist() == [False, True, False, True, True]


def test_a_row_with_nothing_left_open_is_settled() -> None:
    """The one finding of the one unit is confirmed."""
    sheet = Sheet("城关镇", (("单位名称", "从业人员"), ("宏达", "约50")))
    said = {"row": "城关镇!2", "cell": "B2", "name": "宏达", "field": "staff", "written": "约50"}
    ledger, report = taken(apply_corrections([sheet], table(said, sheet=sheet)))

    # Full members are not in this ledger at all: that question stays.
    assert [each.code for each in ledger["findings"].iloc[0]] == [
        Rule.MEMBERS_BLANK,
        Rule.CONFIRMED,
    ]
    assert [each.cell for each in problems(ledger, report, [sheet])] == [None]


def test_a_finding_of_two_cells_is_settled_when_both_are_confirmed() -> None:
    """8 members of 5 staff: the one cell alone leaves the question open, in the other cell."""
    sheet = Sheet("城关镇", (("单位名称", "从业人员", "正式党员", "预备党员"), ("宏达", 5, 8, 0)))
    at = {"row": "城关镇!2", "name": "宏达"}
    staff = at | {"cell": "B2", "field": "staff", "written": "5"}
    full = at | {"cell": "C2", "field": "full_members", "written": "8"}

    one, report = taken(apply_corrections([sheet], table(staff, sheet=sheet)))
    both, _ = taken(apply_corrections([sheet], table(staff, full, sheet=sheet)))

    assert unsettled(one).tolist() == [True]
    assert [each.cell for each in problems(one, report, [sheet])] == ["C2"]
    assert unsettled(both).tolist() == [False]
    assert [each.code for each in both["findings"].iloc[0]] == [Rule.CONFIRMED] * 2


def test_a_repeated_row_can_be_confirmed_as_one() -> None:
    """Two rows of one code: the second stays out, and nobody is asked again."""
    sheet = Sheet(
        "城关镇",
        (("单位名称", "信用代码", "正式党员"), ("宏达", CODE, 1), ("宏达", CODE, 1)),
    )
    said = {"row": "城关镇!3", "cell": "B3", "name": "宏达", "field": "credit_code"}
    said |= {"written": CODE}

    ledger, report = taken(apply_corrections([sheet], table(said, sheet=sheet)))

    assert ledger["duplicate_of"].notna().tolist() == [False, True]
    assert unsettled(ledger).tolist() == [False, False]
    assert problems(ledger, report, [sheet]) == ()


def test_a_cell_that_has_changed_since_is_refused() -> None:
    """The check saw 约2, the ledger says 约3 now."""
    why = refusal(ABOUT, changed({(4, 6): "约3"}))

    assert why == "台账现在写的是“约3”，检查时是“约2”；请重新检查后再更正"


def test_what_is_asked_has_changed_is_refused() -> None:
    """The cell is the same, but it is more than the staff now: that was never looked at."""
    why = refusal(ABOUT, changed({(4, 5): 1}))

    assert why == "这一格要核对的事项已有变化；请重新检查后再确认"


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (
            {"row": "城关镇!7", "cell": "F7", "name": "春风幼儿园", "field": "full_members"},
            "这一格没有读出值，不能确认无误；请填更正值",
        ),
        (
            {"cell": "C4", "name": "兴旺商行", "field": "credit_code", "written": "9.13502E+17"},
            "这一格没有读出值，不能确认无误；请填更正值",
        ),
        (
            {"row": "城关镇!6", "cell": "F6", "name": "顺达物流", "field": "full_members"}
            | {"written": "3"},
            "各数互相矛盾，不能都无误；请更正其中写错的一处",
        ),
        (
            {"row": "城关镇!3", "cell": "D3", "name": "宏达机械", "field": "address"}
            | {"written": "人民路1号"},
            "这一格没有待核事项，无需确认",
        ),
        (ABOUT | {"mark": None}, "“核对无误”只能填在“问题”表列出的那一行"),
        (ABOUT | {"post": None}, "未签署：缺更正人（岗位）"),
        (ABOUT | {"day": None}, "未签署：缺日期"),
        (ABOUT | {"why": "问王主任13812345678"}, "填有电话或证件号码，未采用；更正人只填岗位"),
    ],
)
def test_what_cannot_be_right_or_is_not_signed_is_refused(said: dict[str, Any], why: str) -> None:
    """Unknown values, contradictions, cells that nothing is asked about, missing signatures."""
    assert refusal(said) == why


def test_confirmed_and_corrected_at_once_is_refused_twice() -> None:
    """Nobody knows which was meant."""
    result = apply_corrections([TOWN], table(ABOUT, ABOUT | {"value": "2"}))

    assert [each.why.zh[:9] for each in result.refused] == ["同一单元格有两个不"] * 2


def test_a_confirmation_ends_where_a_later_round_corrects_the_cell() -> None:
    """Round 1 confirms 约2, round 2 writes 3: the cell says 3, and nothing is told as confirmed."""
    rows = table(ABOUT, ABOUT | {"value": "3"}).assign(round=pd.array([1, 2], dtype="Int64"))
    corrected = apply_corrections([TOWN], rows)
    ledger, _ = taken(corrected)

    assert corrected.refused == ()
    assert ledger["full_members"].tolist()[1] == 3
    assert Rule.CONFIRMED not in {each.code for each in ledger["findings"].iloc[1]}


def test_a_confirmed_value_counts_as_clear() -> None:
    """Of five units two have clear counts; with 约2 confirmed it is three."""
    ledger, _ = taken(apply_corrections([TOWN], table(ABOUT)))

    def clear(frame: pd.DataFrame) -> int:
        scores = completeness(frame)
        all_of_it = scores["sheet"].isna() & (scores["clear"] == Clear.NUMBERS)
        return int(scores[all_of_it & (scores["field"] == "full_members")]["numerator"].iloc[0])

    assert (clear(clean([TOWN])[0]), clear(ledger)) == (2, 3)


@pytest.mark.parametrize(
    ("value", "right"),
    [
        *((value, True) for value in ("核对无误", " 核对 无误", "无误", "Right as it stands")),
        *((value, False) for value in ("", "2", "无", "有误", "核对")),
    ],
)
def test_words_that_say_right(value: str, *, right: bool) -> None:
    """无 is a value, no confirmation."""
    assert says_right(value) is right


def test_a_mark_tells_one_question_from_another() -> None:
    """Other figures, another rule: another mark; the order makes no difference."""
    two, three = (Reason(Rule.VALUE_APPROXIMATE, {"written": each}) for each in ("约2", "约3"))

    assert mark_of([two, three]) == mark_of([three, two]) != mark_of([two])
    assert len({mark_of([each]) for each in (two, three, Reason(Rule.NAMES_DIFFER))}) == 3


def areas_ask(ledger: pd.DataFrame) -> pd.DataFrame:
    """Return a ledger with what the areas give rise to: 兴旺商行's address names another town."""
    told = Reason(Rule.ADDRESS_DISAGREES, {"named": "城关镇", "township": "城北镇"})
    findings = [
        (*each, *([told] if name == "兴旺商行" else []))
        for name, each in zip(ledger["name"], ledger["findings"], strict=True)
    ]
    return ledger.assign(findings=pd.Series(findings, index=ledger.index, dtype=object))


def test_what_the_areas_give_rise_to_is_settled_in_the_same_sheet() -> None:
    """It is about the cell that names the place; confirmed, it is asked no more once located."""
    ledger, report = clean([TOWN])
    about = {each.cell: each for each in problems(areas_ask(ledger), report, [TOWN])}
    (place,) = [
        each for each in about.values() if Rule.ADDRESS_DISAGREES in {r.code for r in each.reasons}
    ]
    said = {
        "cell": place.cell,
        "name": "兴旺商行",
        "field": place.field,
        "written": place.written,
        "mark": mark_of(place.reasons),
    }

    corrected = apply_corrections([TOWN], table(said, ABOUT), asks=areas_ask)
    again, report = taken(corrected)
    located = confirm(areas_ask(again), report, corrected.sheets, corrected.applied)

    assert (place.field, corrected.refused) == ("address", ())
    left = {each.code for each in located["findings"].iloc[1]}
    assert Rule.ADDRESS_DISAGREES not in left
    asked_before = [
        each.figures["asked"] for each in located["findings"].iloc[1] if each.code is Rule.CONFIRMED
    ]
    assert sorted(map(str, asked_before)) == ["address_disagrees", "value_approximate"]
    assert apply_corrections([TOWN], table(said)).refused  # without the areas nothing is asked
