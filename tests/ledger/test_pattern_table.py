"""The table of patterns in docs/ledgers.md: all forty-six, each with a test that exists."""

from __future__ import annotations

import ast
import re
from pathlib import Path

HERE = Path(__file__).resolve().parent
TABLE = HERE.parent.parent / "docs" / "ledgers.md"


def pattern_tests() -> list[str]:
    """Return the names of all tests of patterns."""
    return [
        node.name
        for file in sorted(HERE.glob("test_pattern_*.py"))
        for node in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
    ]


def test_every_pattern_has_a_row_and_a_test() -> None:
    """Rows 01 to 46 in order, each naming a test of its own number."""
    rows = re.findall(
        r"^\| (\d\d) \|.*\| `(test_pattern_\d\d)` \|$", TABLE.read_text("utf-8"), re.MULTILINE
    )

    assert [number for number, _ in rows] == [f"{n:02d}" for n in range(1, 47)]
    assert all(test == f"test_pattern_{number}" for number, test in rows)
    assert not [
        test for _, test in rows if not any(t.startswith(f"{test}_") for t in pattern_tests())
    ]


def test_what_stands_below_the_table_has_tests_too() -> None:
    """Seven more."""
    named = re.findall(r"`(test_pattern_below_\w+)`", TABLE.read_text("utf-8"))

    assert len(named) == 7
    assert not [name for name in named if not any(t.startswith(name) for t in pattern_tests())]
