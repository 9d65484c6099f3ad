"""The tables in docs/ledgers.md: forty-six patterns and more, each with tests that exist."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
DOCS = HERE.parent.parent / "docs"
ROWS = re.findall(
    r"^\| (\d\d) \| (.+?) \|.*\| `(\w+)` \|$",
    (DOCS / "ledgers.md").read_text(encoding="utf-8"),
    re.MULTILINE,
)
NAMED = sorted(
    {
        name
        for page in DOCS.rglob("*.md")
        for name in re.findall(r"`(test_\w+)`", page.read_text(encoding="utf-8"))
    }
)


def asserts(node: ast.FunctionDef) -> bool:
    """Return whether a test asserts something, or that something raises."""
    names = {each.attr for each in ast.walk(node) if isinstance(each, ast.Attribute)}
    return "raises" in names or any(isinstance(each, ast.Assert) for each in ast.walk(node))


def ledger_tests() -> dict[str, ast.FunctionDef]:
    """Return the tests of patterns by name; one that is skipped is none."""
    return {
        node.name: node
        for file in sorted(HERE.glob("test_pattern_*.py"))
        for node in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
        and node.name.startswith("test_")
        and not any("skip" in ast.unparse(each) for each in node.decorator_list)
    }


def test_every_pattern_has_a_row() -> None:
    """01 to 46, in order, none twice, each with a test of its own number."""
    numbers = [f"{n:02d}" for n in range(1, 47)]

    assert [number for number, _, _ in ROWS] == numbers
    assert [test for _, _, test in ROWS] == [f"test_pattern_{number}" for number in numbers]


@pytest.mark.parametrize("name", NAMED)
def test_every_test_that_a_page_names_exists(name: str) -> None:
    """As it is named, or as the beginning of a longer name; and each of them can fail."""
    found = [node for each, node in ledger_tests().items() if f"{each}_".startswith(f"{name}_")]

    assert found
    assert all(asserts(node) for node in found)


def test_every_test_of_a_pattern_stands_in_the_table() -> None:
    """What is promised by a test is told to people."""
    told = tuple(f"{name}_" for name in NAMED)
    tests = [name for name in ledger_tests() if name.startswith("test_pattern_")]

    assert [name for name in tests if not f"{name}_".startswith(told)] == []


def test_what_stands_below_the_table_has_tests_too() -> None:
    """Seven more."""
    assert sum(name.startswith("test_pattern_below_") for name in NAMED) == 7
