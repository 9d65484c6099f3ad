"""Names of trades: every section and division of GB/T 4754-2017 has one."""

from __future__ import annotations

import pytest

from lxgeo.rules.trade_names import DIVISIONS, SECTIONS, trade_name


def test_all_of_them_are_there() -> None:
    """Twenty sections, divisions 01 to 97 in one row, each under a section that there is."""
    assert "".join(SECTIONS) == "ABCDEFGHIJKLMNOPQRST"
    assert [int(code[1:]) for code in DIVISIONS] == list(range(1, 98))
    assert {code[0] for code in DIVISIONS} == set(SECTIONS)
    assert all(DIVISIONS.values())


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("C3912", "计算机、通信和其他电子设备制造业"),
        ("C39", "计算机、通信和其他电子设备制造业"),
        ("C", "制造业"),
        ("C99", "制造业"),
        ("A01", "农业"),
        ("T97", "国际组织"),
        ("Z99", None),
        ("", None),
    ],
)
def test_a_code_is_called_by_its_division_else_its_section(code: str, name: str | None) -> None:
    """What is no division is told by its section; what is no code is not told."""
    assert trade_name(code) == name
