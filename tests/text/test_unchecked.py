"""What no check of a run can see is said in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from lxgeo import text
from lxgeo.cli import tell
from lxgeo.errors import Lang
from lxgeo.judge import Unchecked
from lxgeo.scenario import Verdict


def test_all_that_is_not_checked_has_words() -> None:
    """In both languages, each its own."""
    said = [text.unchecked(each) for each in Unchecked]

    assert len({words.zh for words in said}) == len({words.en for words in said}) == len(Unchecked)


@pytest.mark.parametrize(
    ("lang", "words", "code_word"),
    [
        ("zh", "未核验：方案文件里没有路网", "ways"),
        ("en", "not checked: the run holds no roads", "zh"),
    ],
)
def test_verify_says_what_it_could_not_see(
    capsys: pytest.CaptureFixture[str], lang: Lang, words: str, code_word: str
) -> None:
    """A plan on foot stands, and that its ways could not be measured again stands before that."""
    verdict = Verdict((), 3, 1, 14, 500.0, (Unchecked.WAYS,))
    count = tell.verdict(verdict, Path("run"), lang)
    first, second = capsys.readouterr().out.splitlines()

    assert count == 0
    assert first.startswith(words)
    assert code_word not in first.split()
    assert "500.00" in second
