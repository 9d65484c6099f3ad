"""House numbers as offices write them."""

from __future__ import annotations

import pytest

from lxgeo.locate.names import fold
from lxgeo.locate.numbers import HouseNumber, number_at, read_number


@pytest.mark.parametrize(
    ("after", "number"),
    [
        ("12号3楼", (12, "")),
        ("12-3号", (12, "3")),
        ("十二号", (12, "")),
        ("一百零八号", (108, "")),
        ("一百二十号", (120, "")),
        ("二百号", (200, "")),
        ("附12号", (12, "附")),
        ("12号附3号", (12, "3")),
        ("12号附三", (12, "3")),
        ("12号之一", (12, "1")),
        ("12号甲", (12, "甲")),
        ("12号甲座", (12, "")),
        ("甲12号", (12, "甲")),
        ("12甲号", (12, "甲")),
        ("12、14号", (12, "")),
        ("12号院", (12, "")),
        ("88弄12号", (88, "")),
        ("12", (12, "")),
        ("12,创业大厦", (12, "")),
        ("12号楼", None),
        ("12栋", None),
        ("12创业大厦", None),
        ("旁", None),
        ("号", None),
        ("0号", None),
    ],
)
def test_house_numbers(after: str, number: tuple[int, str] | None) -> None:
    """A number with 号 is a house number, with which door of the house; 12号楼 is a block."""
    found = number_at("人民路" + fold(after), 3)

    assert (found[0] if found else None) == number


def test_a_house_and_its_doors() -> None:
    """12-3号 is a door of 12号, and is written so again."""
    door = HouseNumber(12, "3")

    assert (door.house, str(door), str(door.house)) == (HouseNumber(12), "12-3号", "12号")


@pytest.mark.parametrize(
    ("cell", "number"),
    [("12号", (12, "")), ("12", (12, "")), ("12-3", (12, "3")), ("12号3楼", None), ("", None)],
)
def test_a_cell_is_a_house_number_as_a_whole(cell: str, number: tuple[int, str] | None) -> None:
    """What stands behind the number makes the cell something else."""
    assert read_number(cell) == number


def test_fold_keeps_what_names_are_made_of() -> None:
    """Full-width, small letters, odd dashes and brackets, radicals and invisible marks."""
    assert fold("ＨＡＬＯ广场　【１－２期】") == "HALO广场(1-2期)"
    assert fold("⻄路 a座—3\u200b“号”") == "西路A座-3号"
