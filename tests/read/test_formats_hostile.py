"""Hostile files end in words, in bounded time and memory, and the process that reads them lives."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hostile import HOSTILE
from ward import read_apart

# Processor seconds: the child is cut off after 8, and what its parent does with it takes a few.
SECONDS, MIB = 30, 1000
CUT_OFF = "限定时间"


@pytest.mark.parametrize(
    ("make", "suffix", "words"),
    [(make, *told) for make, told in HOSTILE.items()],
    ids=[make.__name__ for make in HOSTILE],
)
def test_a_hostile_file_ends_in_words(
    tmp_path: Path, make: Callable[[Path], None], suffix: str, words: str
) -> None:
    """One LedgerError that names the reason; time and memory of reader and child are bounded."""
    path = tmp_path / f"台账.{suffix}"
    make(path)

    outcome = read_apart(path)
    path.unlink()  # some are big

    assert outcome.error == "LedgerError"
    assert re.search(f"{words}|{CUT_OFF}", outcome.words), outcome.words
    assert outcome.seconds < SECONDS
    assert outcome.parent_mib < MIB
    assert outcome.child_mib < MIB


def test_a_good_file_is_read_there_too(tmp_path: Path) -> None:
    """The ward itself is no reason to fail."""
    path = tmp_path / "台账.csv"
    path.write_text("单位名称\n宏达\n", encoding="utf-8")

    outcome = read_apart(path)

    assert (outcome.error, outcome.words) == ("", "")
