"""Policies: presets that load, files that say only what differs, faults in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from lxgeo.errors import PolicyError
from lxgeo.policy import Policy
from lxgeo.read import policy_names, read_policy

NAMES = ["national", "jingkai", "linfen", "tianjin-2017", "wenzhou-2010", "wudang"]


def test_the_presets_are_listed_the_national_one_first() -> None:
    """One national, five local."""
    assert policy_names() == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_every_preset_says_what_it_is_and_where_from(name: str) -> None:
    """Name, title and source are its own."""
    policy = read_policy(name)

    assert policy.name == name
    assert policy.source
    assert name == "national" or policy.title != Policy().title


def test_the_national_preset_is_the_default_policy() -> None:
    """What the code defaults to is what the preset says."""
    assert read_policy("national") == Policy()


@pytest.mark.parametrize(
    ("name", "differs"),
    [
        ("jingkai", {}),
        ("linfen", {"absorb_zero": True}),
        ("tianjin-2017", {}),
        ("wenzhou-2010", {}),
        ("wudang", {"family_rule": "bar", "level_boundary": "gt"}),
    ],
)
def test_local_presets_differ_where_their_document_does(
    name: str, differs: dict[str, object]
) -> None:
    """Kin majority bars and levels begin above 50 and 100 in 乌当; 临汾 covers empty units."""
    local, national = read_policy(name).as_mapping(), Policy().as_mapping()
    found = {key: value for key, value in local.items() if value != national[key]}

    assert {k: v for k, v in found.items() if k not in {"name", "title", "source"}} == differs


def test_a_file_states_only_what_differs(tmp_path: Path) -> None:
    """On the base that it names; named after itself."""
    path = tmp_path / "ours.toml"
    path.write_text('base = "wudang"\njoint_max_units = 4\n', encoding="utf-8-sig")

    policy = read_policy(str(path))

    assert (policy.name, policy.family_rule, policy.joint_max_units) == ("ours", "bar", 4)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("joint_max_unit = 4", "joint_max_units"),
        ("joint_max_units = 99", "joint_max_units"),
        ("joint_max_units = ", "不是有效的 TOML"),
        ('base = "nowhere"', "没有名为 nowhere 的规则"),
        ("base = 3", "base 应为规则名称"),
    ],
)
def test_a_file_with_faults_is_refused(tmp_path: Path, text: str, words: str) -> None:
    """Unknown key, value out of range, no TOML, no such base."""
    path = tmp_path / "p.toml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(PolicyError, match=words):
        read_policy(str(path))


def test_an_unknown_preset_is_told_with_those_that_there_are() -> None:
    """And with the nearest one."""
    with pytest.raises(PolicyError, match=r"是否为 wudang？.*national, jingkai"):
        read_policy("wudan")


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    """By its path."""
    with pytest.raises(PolicyError, match=r"读不出规则文件.*none\.toml"):
        read_policy(str(tmp_path / "none.toml"))
