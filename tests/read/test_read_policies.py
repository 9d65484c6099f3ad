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


_LOCAL: dict[str, dict[str, object]] = {
    "jingkai": {
        "line_by_kind": {"professional": "territorial"},
        "department_by_kind": {"association": "民政部门"},
        "target_enterprise": 0.0,
        "target_social": 0.0,
    },
    "linfen": {
        "standalone_basis": "total",
        "absorb_zero": True,
        "target_enterprise": 1.0,
        "target_social": 0.0,
        "target_over": "units_with_members",
    },
    "wenzhou-2010": {
        "unaffiliated": "temporary",
        "count_part_time": True,
        "transfer": True,
        "joint_by": "near_and_like",
        "like_trade": "section",
        "target_enterprise": 0.0,
        "target_social": 1.0,
        "target_over": "key_units",
    },
    "wudang": {
        "family_rule": "bar",
        "stable_only": True,
        "level_boundary": "gt",
        "joint_by": "near_or_like",
        "target_enterprise": 0.0,
        "target_social": 0.0,
        "line_by_kind": {"association": "territorial", "professional": "territorial"},
    },
}


@pytest.mark.parametrize("name", _LOCAL)
def test_local_presets_differ_where_their_document_does(name: str) -> None:
    """Each says what its document says, and nothing else; all the rest is national."""
    local, national = read_policy(name).as_mapping(), Policy().as_mapping()
    told = {"name", "title", "source", "note"}
    found = {key: _apart(value, national[key]) for key, value in local.items() if key not in told}

    assert {key: value for key, value in found.items() if value is not None} == _LOCAL[name]


def test_the_usual_targets_are_tianjin_s() -> None:
    """The preset that they come from says so itself, and would still if the usual ones changed."""
    tianjin = read_policy("tianjin-2017")

    assert (tianjin.target_enterprise, tianjin.target_social) == (0.9, 0.95)


def _apart(value: object, usual: object) -> object:
    """Return what a value says otherwise: of a table the lines that differ, None if nothing."""
    if isinstance(value, dict) and isinstance(usual, dict):
        return {key: each for key, each in value.items() if each != usual[key]} or None
    return value if value != usual else None


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
