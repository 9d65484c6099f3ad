"""A policy is one checked value."""

from __future__ import annotations

import dataclasses
import pickle

import pytest

from lxgeo.errors import PolicyError
from lxgeo.policy import CountBasis, Policy


def test_the_national_policy_is_the_default() -> None:
    """The figures of the rules stand where nothing else is said."""
    policy = Policy()

    assert (policy.standalone_min_full, policy.joint_min_full, policy.joint_max_units) == (3, 3, 5)
    assert (policy.branch_m, policy.thin_m, policy.attach_m, policy.trade_m) == (500, 300, 800, 300)


@pytest.mark.parametrize(
    ("kind", "metres"),
    [
        ("urban", 1200),
        ("town", 1500),
        ("plain", 3000),
        ("mountain", 8000),
        (None, 2000),
        ("?", 2000),
    ],
)
def test_reach_is_by_kind_of_township(kind: str | None, metres: float) -> None:
    """Each kind of township has its own limit; an unknown one the general limit."""
    assert Policy().reach_m(kind) == metres


def test_leaving_a_unit_out_costs_ten_times_the_limit() -> None:
    """In a town: 10 × 1,500 m."""
    assert Policy().left_out_m(1500) == 15_000


def test_a_misspelt_key_is_an_error_that_suggests_the_right_one() -> None:
    """A misspelt key must stop the run, not be ignored."""
    with pytest.raises(PolicyError, match="joint_max_units"):
        Policy.from_mapping({"joint_max_unit": 4})


def test_every_fault_is_told_at_once() -> None:
    """Three faults, three sentences, in both languages."""
    with pytest.raises(PolicyError) as caught:
        Policy(joint_max_units=9, thin_m=-1, max_distance_m_by_kind={"urbn": 100})

    assert len(caught.value.faults) == 3
    assert all(words.zh and words.en for words in caught.value.faults)


@pytest.mark.parametrize(
    "values",
    [
        {"joint_max_units": 2.5},
        {"joint_max_units": True},
        {"branch_m": "500"},
        {"absorb_zero": 1},
        {"family_rule": "sometimes"},
        {"max_distance_m_by_kind": 3000},
        {"max_distance_m_by_kind": {"urban": "far"}},
        {"max_distance_m_by_kind": {"urban": True}},
        {"line_by_kind": {"service": 3}},
        {"department_by_kind": {"service": 3}},
        {"branch_m": float("nan")},
        {"max_distance_m": float("inf")},
        {"max_distance_m_by_kind": {"urban": float("inf")}},
        {"left_out_factor": 10**400},
    ],
)
def test_values_of_the_wrong_kind_are_refused(values: dict[str, object]) -> None:
    """What does not fit a field never becomes a policy."""
    with pytest.raises(PolicyError):
        Policy.from_mapping(values)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"joint_max_units": "五"}, "joint_max_units 的值 '五' 不对，应为整数"),
        ({"transfer": 1}, "transfer 的值 1 不对，应为 true 或 false"),
        ({"title": 1}, "title 的值 1 不对，应为文字"),
        ({"branch_m": "远"}, "branch_m 的值 '远' 不对，应为数"),
        ({"line_by_kind": "属地"}, "line_by_kind 的值 '属地' 不对，应为一张表"),
    ],
)
def test_what_a_setting_wants_is_told_in_words(values: dict[str, object], said: str) -> None:
    """Whoever writes a policy knows no kinds of Python."""
    with pytest.raises(PolicyError) as caught:
        Policy.from_mapping(values)

    assert said in caught.value.in_words("zh")


def test_what_is_not_named_stays_as_in_the_base() -> None:
    """A local policy says only what differs; one kind's limit leaves the others."""
    base = Policy(thin_m=100)
    policy = Policy.from_mapping({"max_distance_m_by_kind": {"urban": 900}}, base=base)

    assert policy.thin_m == 100
    assert (policy.reach_m("urban"), policy.reach_m("town")) == (900, 1500)


def test_a_policy_survives_a_round_trip() -> None:
    """As plain values and through a pickle, to worker processes and to summary.json."""
    policy = Policy(thin_m=100, max_distance_m_by_kind={"urban": 900.0})

    assert Policy.from_mapping(policy.as_mapping()) == policy
    assert pickle.loads(pickle.dumps(policy)) == policy  # noqa: S301


def test_every_setting_says_what_it_is() -> None:
    """Each field carries its own line of the options table."""
    assert all(field.metadata["zh"] for field in dataclasses.fields(Policy))


@pytest.mark.parametrize(
    ("values", "suggested"),
    [
        ({"line_by_kind": {"profesional": "sectoral"}}, "line_by_kind.professional"),
        ({"max_distance_m_by_kind": {"mountan": 9000}}, "max_distance_m_by_kind.mountain"),
        ({"line_by_kind": {"service": "sectorial"}}, "sectoral"),
        ({"cross_line": "same_bulding"}, "same_building"),
        ({"target_over": "units_with_member"}, "units_with_members"),
    ],
)
def test_a_misspelt_line_of_a_table_or_choice_suggests_the_right_one(
    values: dict[str, object], suggested: str
) -> None:
    """As with settings themselves."""
    with pytest.raises(PolicyError, match=f"是否为 {suggested}？"):
        Policy.from_mapping(values)


def test_a_table_keeps_the_lines_that_a_policy_does_not_name() -> None:
    """Associations are sectoral by default, also where only firms are said to be territorial."""
    policy = Policy.from_mapping({"line_by_kind": {"professional": "territorial"}})

    assert policy.line_by_kind["professional"] == "territorial"
    assert policy.line_by_kind["association"] == "sectoral"
    assert policy.line_by_kind["enterprise"] == "territorial"


@pytest.mark.parametrize(
    ("basis", "counts", "counted"),
    [
        ("affiliated", (4, 1, 2), 1),
        ("affiliated", (4, None, 2), 4),
        ("affiliated", (None, None, 2), None),
        ("full", (4, 1, 2), 4),
        ("full", (None, 3, 2), 3),
        ("total", (4, 1, 2), 6),
        ("total", (4, None, None), 4),
        ("total", (None, None, 2), None),
    ],
)
def test_a_threshold_counts_the_members_that_it_is_told_to(
    basis: CountBasis, counts: tuple[int | None, int | None, int | None], counted: int | None
) -> None:
    """Full, affiliated and probationary members; unknown is never taken for none."""
    assert Policy().counted(basis, *counts) == counted
