"""Cells of a ledger as values: choices, codes, coordinates and their datums."""

from __future__ import annotations

import pytest

from lxgeo.ledger.values import choices, codes, coordinates
from lxgeo.model import Datum, Line, OperatingStatus, Outcome, Rule

# Check characters worked out by hand: sum of value × 3^i mod 31 over 17 places, taken from 31.
GOOD_CODE = "91350100M000100Y43"  # the example of GB 32100-2015


@pytest.mark.parametrize("cell", ["是", "有", "√", "✓", "Y", 1, "1", "已建", "已建立党支部", True])
def test_yes(cell: object) -> None:
    """Ticks, letters and words for yes."""
    assert choices.yes_or_no(cell) is True


@pytest.mark.parametrize("cell", ["否", "×", "未", "未建立", "N", 0, "无", False, "工作覆盖"])
def test_no(cell: object) -> None:
    """Crosses, letters and words for no; being reached by work is no organisation."""
    assert choices.yes_or_no(cell) is False


@pytest.mark.parametrize("cell", [None, "", "待定", "宏达公司党支部"])
def test_neither_yes_nor_no(cell: object) -> None:
    """Unknown stays unknown."""
    assert choices.yes_or_no(cell) is None


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("在营（开业）", OperatingStatus.OPERATING),
        ("存续", OperatingStatus.OPERATING),
        ("吊销,未注销", OperatingStatus.CLOSED),
        ("存续(未注销)", OperatingStatus.OPERATING),
        ("已注销", OperatingStatus.CLOSED),
        ("空壳", OperatingStatus.SHELL),
        ("查无", OperatingStatus.SHELL),
        ("停业", OperatingStatus.SUSPENDED),
        ("停止经营", OperatingStatus.SUSPENDED),
        ("已迁出", OperatingStatus.MOVED_OUT),
        ("经营异常", None),
        ("", None),
    ],
)
def test_operating_status(text: str, status: OperatingStatus | None) -> None:
    """What a unit is doing, by the strongest word."""
    assert choices.operating_status(text) == status


@pytest.mark.parametrize(
    ("text", "line"),
    [("属地管理", Line.TERRITORIAL), ("归口", Line.SECTORAL), ("挂靠市工商联", Line.ATTACHED)],
)
def test_line(text: str, line: Line) -> None:
    """Three lines of management."""
    assert choices.line(text) is line


def test_two_lines_are_none() -> None:
    """属地/归口 chooses neither."""
    assert choices.line("属地/归口") is None


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("联合党支部", Outcome.JOINT),
        ("与宏达公司联合", Outcome.JOINT),
        ("联建", Outcome.JOINT),
        ("单独组建", Outcome.STANDALONE),
        ("党支部", Outcome.STANDALONE),
        ("党总支", Outcome.STANDALONE),
        ("挂靠商会党支部", Outcome.ATTACHED),
        ("临时党支部", Outcome.TEMPORARY),
        ("否", None),
    ],
)
def test_branch_form(text: str, form: Outcome | None) -> None:
    """A joint branch is not a branch of its own, though its name ends in 党支部."""
    assert choices.branch_form(text) is form


def test_a_name_tells_joint_and_temporary_only() -> None:
    """宏达公司党支部 may be its own or the one it was attached to: its name doesn't say."""
    assert choices.branch_form_by_name("商会联合党支部") is Outcome.JOINT
    assert choices.branch_form_by_name("宏达公司党支部") is None


@pytest.mark.parametrize(
    "cell", [GOOD_CODE, " 9135 0100 m000100y43", "９１３５０１００Ｍ０００１００Ｙ４３"]
)
def test_credit_codes_are_normalised(cell: str) -> None:
    """Spaces, lower case and full-width letters go."""
    assert codes.credit_code(cell) == codes.CreditCode(GOOD_CODE, valid=True)


def test_letters_that_look_like_digits_are_mended_where_the_check_fits() -> None:
    """O is never in a credit code; read as 0 the check character fits."""
    assert codes.credit_code("9135O100MOOO1OOY43").text == GOOD_CODE


def test_a_wrong_check_character_is_told_and_the_text_kept() -> None:
    """It identifies nobody."""
    code = codes.credit_code("91350100M000100Y44")

    assert code == codes.CreditCode("91350100M000100Y44", fault=Rule.CREDIT_CODE_WRONG)


@pytest.mark.parametrize(
    "cell", [9.1350100123456e17, 913501001234567000, "9.1321E+17", "913501001234567000"]
)
def test_a_code_lost_in_a_number_is_not_kept(cell: object) -> None:
    """A spreadsheet keeps fifteen digits of a number; the rest is gone for good."""
    assert codes.credit_code(cell) == codes.CreditCode(None, fault=Rule.CREDIT_CODE_LOST)


def test_an_identity_number_is_nobodys_credit_code() -> None:
    """A person's number never stays (11010519491231002X is the example of GB 11643)."""
    assert codes.credit_code("11010519491231002X").text is None


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("C3911", "C3911"),
        ("c39", "C39"),
        ("C-3911", "C3911"),
        (3911, "C3911"),
        ("3911 计算机整机制造", "C3911"),
        ("制造业(C39)", "C39"),
        ("F52", "F52"),
        ("01", "A01"),
        ("0111", "A0111"),
        ("T97", "T97"),
        (47, "E47"),
        ("D3911", None),
        ("98", None),
        ("00", None),
        ("C", None),
        ("2023年成立", None),
        ("软件开发", None),
        (391100, None),
        (5, None),
        (None, None),
    ],
)
def test_industry_codes(cell: object, code: str | None) -> None:
    """Digits get the section of their division; what says another section, or only words, none."""
    assert codes.industry_code(cell) == code


@pytest.mark.parametrize(
    ("division", "letter"),
    [
        *((1, "A"), (5, "A"), (6, "B"), (12, "B"), (13, "C"), (43, "C"), (44, "D"), (46, "D")),
        *((50, "E"), (52, "F"), (60, "G"), (62, "H"), (65, "I"), (69, "J"), (70, "K"), (72, "L")),
        *((75, "M"), (79, "N"), (82, "O"), (83, "P"), (85, "Q"), (90, "R"), (96, "S"), (97, "T")),
    ],
)
def test_sections_of_divisions(division: int, letter: str) -> None:
    """The first and last divisions of GB/T 4754-2017."""
    assert codes.section_of(division) == letter


@pytest.mark.parametrize(
    ("cell", "datum"),
    [
        ("GCJ-02", Datum.GCJ02),
        ("火星坐标", Datum.GCJ02),
        ("高德", Datum.GCJ02),
        ("百度", Datum.BD09),
        ("BD09", Datum.BD09),
        ("WGS84", Datum.WGS84),
        ("EPSG:4326", Datum.WGS84),
        ("CGCS2000", Datum.CGCS2000),
        ("国家2000", Datum.CGCS2000),
        ("2000国家大地坐标系", Datum.CGCS2000),
        ("unknown (GCJ-02 or WGS84; not determinable from the data)", Datum.UNKNOWN),
        ("高德或百度", Datum.UNKNOWN),
        ("北京54", Datum.UNKNOWN),
        ("", None),
        (None, None),
    ],
)
def test_datums(cell: object, datum: Datum | None) -> None:
    """A datum is what one name says; doubt is unknown, blank is nothing said."""
    assert coordinates.datum(cell) == datum


@pytest.mark.parametrize(
    ("lon", "lat", "both", "position"),
    [
        (114.107247, "22.558307", None, (114.107247, 22.558307)),
        ("E114.5°", "N22.5°", None, (114.5, 22.5)),
        ("114°30′00″", "22°15'36\"", None, (114.5, 22.26)),
        ("114-30-00", "22 15 36", None, (114.5, 22.26)),
        ("E 114 30 00", "22 15.6 N", None, (114.5, 22.26)),
        ("114.5°E", "22º15´36˝", None, (114.5, 22.26)),
        (None, None, "114.5, 22.5", (114.5, 22.5)),
        (None, None, "（114.5，22.5）", (114.5, 22.5)),
        ("/", "", None, (None, None)),
    ],
)
def test_positions(
    lon: object, lat: object, both: object, position: tuple[float | None, float | None]
) -> None:
    """Decimal degrees, degrees with minutes and seconds, or both in one cell."""
    read = coordinates.position(lon, lat, both)

    assert (read.lon, read.lat) == (position if position[0] is None else pytest.approx(position))
    assert not read.unreadable


@pytest.mark.parametrize(
    ("lon", "lat", "both"),
    [
        (0, 0, None),
        (22.5, 114.5, None),
        (500000.0, 2500000.0, None),
        (114.5, None, None),
        ("约114", "22", None),
        (float("nan"), 22.5, None),
        (None, None, "114.5"),
        (114.5, "22°75'", None),
        ("114 75 00", "22 30 00", None),
        ("114 05", "22 30", None),
        ("114-05", "22-30", None),
    ],
)
def test_positions_that_can_not_be_are_unreadable(lon: object, lat: object, both: object) -> None:
    """Zero, swapped, in metres, halved: told, never put right by guessing."""
    assert coordinates.position(lon, lat, both) == coordinates.Position(unreadable=True)
