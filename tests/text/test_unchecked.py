"""What no check of a run can see is said in words."""

from __future__ import annotations

from lxgeo import text
from lxgeo.judge import Unchecked


def test_all_that_is_not_checked_has_words() -> None:
    """In both languages, each its own."""
    said = [text.unchecked(each) for each in Unchecked]

    assert len({words.zh for words in said}) == len({words.en for words in said}) == len(Unchecked)


def test_they_are_sentences_a_planner_understands() -> None:
    """A plan on foot stands, and that its ways could not be measured again is told."""
    words = text.unchecked(Unchecked.WAYS)

    assert "路网" in words.zh
    assert "roads" in words.en
