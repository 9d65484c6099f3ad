"""The page of settings says what the fields and the presets say."""

from __future__ import annotations

import dataclasses
from collections import Counter
from pathlib import Path

from lxgeo.policy import Policy
from lxgeo.read.policies import policy_names, read_policy
from lxgeo.text.policy_page import GROUPS, QUESTIONS, policy_page

PAGE = Path(__file__).resolve().parents[2] / "docs" / "policy.md"


def page() -> str:
    """Return the page as it should be."""
    return policy_page([read_policy(name) for name in policy_names()])


def test_the_page_is_current() -> None:
    """``python scripts/build_policy_page.py`` writes it anew."""
    assert PAGE.read_text(encoding="utf-8") == page()


def test_every_setting_stands_in_one_chapter() -> None:
    """None is forgotten, none told twice; what a policy is called is no setting."""
    told = Counter(name for _, names in GROUPS for name in names)
    fields = {each.name for each in dataclasses.fields(Policy)}

    assert set(told) == fields - {"name", "title", "source", "note"}
    assert set(told.values()) == {1}


def test_every_question_has_a_setting() -> None:
    """Twelve disagreements, each decided by settings that there are."""
    fields = {each.name for each in dataclasses.fields(Policy)}

    assert len(QUESTIONS) == 12
    assert all(names and set(names) <= fields for _, names in QUESTIONS)


def test_a_preset_tells_its_source_and_what_it_says_otherwise() -> None:
    """临汾 counts all members; its source and its note stand beside it."""
    _, linfen = page().split("### `linfen` ", maxsplit=1)
    linfen = linfen.split("### ", maxsplit=1)[0]

    assert read_policy("linfen").source in linfen
    assert "`standalone_basis` = `total`" in linfen
    assert "joint_max_units" not in linfen
