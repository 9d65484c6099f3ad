"""Plans that keep to what was settled by hand, and tell what they can't keep, and why."""

from __future__ import annotations

from collections.abc import Callable

import geopandas as gpd
import pandas as pd
import pytest
from counties import County, counties
from hypothesis import given
from hypothesis import strategies as st
from run_in_memory import as_read
from tables_by_hand import STANDALONE, existing, triaged

from lxgeo.decide import propose
from lxgeo.judge import verify
from lxgeo.model import Plan, Reason, Rule
from lxgeo.pin import Pin, PinAction
from lxgeo.policy import Policy
from lxgeo.tables import PLANNED_BRANCHES
from strategies import examples

WHO, WHY = "组织委员", "同一栋楼，书记人选已定"
FAR_OFF = 5_000


def pin(unit_id: str, action: str, other_id: str = "", **said: str) -> Pin:
    """Return a pin."""
    return Pin(unit_id, PinAction(action), other_id, **said)


def street(count: int = 9) -> gpd.GeoDataFrame:
    """Return units of one member each, a hundred metres apart in a row: U1, U2 and so on."""
    return triaged(*({"unit_id": f"U{i}", "at": (100 * i, 0)} for i in range(1, count + 1)))


def room(**more: object) -> gpd.GeoDataFrame:
    """Return an approved joint branch E1 of three units, with room for two, where U1 is."""
    at = {"at": (100, 0), "industry_code": None}  # known only where its host is in the ledger
    return existing({"branch_id": "E1", "outcome": "joint", "units": 3, "room": 2, **at, **more})


def planned(
    *pins: Pin, units: gpd.GeoDataFrame | None = None, approved: gpd.GeoDataFrame | None = None
) -> Plan:
    """Return the street's plan, checked by the independent verifier."""
    plan = propose(
        street() if units is None else units,
        existing() if approved is None else approved,
        Policy(),
        pins=pins,
    )
    assert verify(as_read(plan)) == ()
    assert len(plan.pins.kept) + len(plan.pins.refused) == len(pins)
    return plan


def row(plan: Plan, unit_id: str):  # noqa: ANN201
    """Return what a plan decides for a unit."""
    return plan.units.set_index("unit_id").loc[unit_id]


def branches(plan: Plan) -> dict[str, set[str]]:
    """Return branch id → its units."""
    table = plan.branches
    return {
        b: set(ids.split(";")) for b, ids in zip(table["branch_id"], table["unit_ids"], strict=True)
    }


def refused(plan: Plan) -> dict[tuple[str, str], str]:
    """Return unit and action of each pin that can't be kept → why, in Chinese."""
    return {(each.pin.unit_id, str(each.pin.action)): each.why.zh for each in plan.pins.refused}


def test_nothing_settled_changes_nothing() -> None:
    """No pins, no findings; the two branches of the street cost what they did: 1,300 + 1,900."""
    plan = planned()

    assert plan.pins.kept == plan.pins.refused == ()
    assert plan.units["findings"].map(len).sum() == 0
    assert sum(each.cost_m for each in plan.regions) == pytest.approx(2 * 500 + 400 + 600, abs=1)


def test_left_out_as_settled() -> None:
    """U5 is left out with who and why; its penalty of 12,000 m stands in cost and bound."""
    plan = planned(pin("U5", "leave_out", who=WHO, why="即将迁出"))
    unit, (region,) = row(plan, "U5"), plan.regions

    assert (unit["outcome"], unit["why"].code) == ("left_out", Rule.LEFT_OUT_BY_PIN)
    assert (unit["why"].figures["pin_who"], unit["why"].figures["pin_why"]) == (WHO, "即将迁出")
    assert [each.code for each in unit["findings"]] == [Rule.PINNED]
    assert (region.left_out_m, region.left_out_min) == (12_000.0, 1)
    assert region.cost_m == region.bound_m == pytest.approx(12_000 + 1000 + 400 + 400, abs=1)


def test_host_as_settled() -> None:
    """U1 at the end of the street hosts its branch though others would be cheaper."""
    plan = planned(pin("U1", "host"))
    unit = row(plan, "U1")

    assert unit["is_host"]
    assert unit["why"].figures["host_by"] == "pin"
    assert row(planned(), "U1")["is_host"] == False  # noqa: E712 - a numpy flag


def test_apart_and_together_as_settled() -> None:
    """Neighbours are parted, the two ends of the street come together."""
    plan = planned(pin("U1", "apart", "U2"), pin("U3", "together", "U9"))

    assert row(plan, "U1")["branch_id"] != row(plan, "U2")["branch_id"]
    assert row(plan, "U3")["branch_id"] == row(plan, "U9")["branch_id"] is not None
    assert [each.code for each in row(plan, "U9")["findings"]] == [Rule.PINNED]


def test_forbidden_as_settled() -> None:
    """The branch with room next door is forbidden to U1: nobody then joins it from afar."""
    free, plan = planned(approved=room()), planned(pin("U1", "forbid", "E1"), approved=room())

    assert row(free, "U1")["branch_id"] == "E1"
    assert row(plan, "U1")["branch_id"] != "E1"


def test_a_branch_stands_as_it_was_locked() -> None:
    """U1, U5 and U9 share a branch under U5 and nobody else does: 500 + 300 + 2 · 400 = 1,600."""
    plan = planned(*(pin(f"U{i}", "lock", "U5", who=WHO, why=WHY) for i in (1, 5, 9)))
    (locked,) = plan.branches[plan.branches["host_id"] == "U5"].itertuples()

    assert set(locked.unit_ids.split(";")) == {"U1", "U5", "U9"}
    assert locked.cost_m == pytest.approx(1_600, abs=0.1)
    assert pd.isna(locked.runner_up_cost_m)
    assert locked.why.figures["pin_why"] == WHY
    assert plan.regions[0].bound_m == plan.regions[0].cost_m


def test_units_locked_to_an_approved_branch_join_it_and_close_it() -> None:
    """U8 is locked into E1: nobody else may join it."""
    plan = planned(pin("U8", "lock", "E1"), approved=room())

    assert branches(plan)["E1"] == {"U8"}
    assert row(plan, "U8")["why"].figures["pinned"] is True


@pytest.mark.parametrize(
    ("count", "said", "kept"),
    [(5, {}, True), (6, {}, False), (6, {"who": WHO}, False), (8, {"who": WHO, "why": WHY}, False)]
    + [(count, {"who": WHO, "why": WHY}, True) for count in (6, 7)],
)
def test_over_five_units_only_where_who_and_why_are_said(
    count: int,
    said: dict[str, str],
    kept: bool,  # noqa: FBT001
) -> None:
    """Six or seven stand with a finding for the approver; never eight; five need no reason."""
    plan = planned(*(pin(f"U{i}", "lock", "U4", **said) for i in range(1, count + 1)))
    locked = {f"U{i}" for i in range(1, count + 1)}

    assert (locked in branches(plan).values()) is kept
    assert len(plan.pins.refused) == (0 if kept else count)
    over = Rule.PINNED_OVER_CAP in {each.code for each in row(plan, "U1")["findings"]}
    assert over is (kept and count > 5)


def test_a_region_where_all_is_settled() -> None:
    """Nothing is left to solve; cost and bound are those of what was settled."""
    locks = [pin(f"U{i}", "lock", "U2") for i in (1, 3)]
    plan = planned(*locks, pin("U4", "leave_out"), units=street(4))

    assert [each.status for each in plan.regions] == ["optimal"]
    assert plan.regions[0].cost_m == pytest.approx(500 + 300 + 200 + 12_000, abs=0.1)


def odd_units() -> gpd.GeoDataFrame:
    """Return the street with a unit that grew to three, one far off and one elsewhere."""
    why = {"outcome": "standalone", "why": STANDALONE, "level": "branch"}
    there = {"jurisdiction": "township:T2|territorial", "township_id": "T2"}
    rows = [{"unit_id": f"U{i}", "at": (100 * i, 0)} for i in range(1, 6)]
    return triaged(
        *rows,
        {"unit_id": "GREW", "at": (0, 0), "full_members": 3, **why},
        {"unit_id": "FAR", "at": (FAR_OFF, 0)},
        {"unit_id": "THERE", "at": (0, 50), **there},
        {"unit_id": "MANY", "at": (0, 10), "probationary_members": 48, "total_members": 49},
    )


@pytest.mark.parametrize(
    ("pins", "told"),
    [
        ([pin("GONE", "host")], "台账中没有这个编号"),
        ([pin("U1", "lock", "GONE")], "台账中没有这个编号"),
        ([pin("GREW", "leave_out")], "应单独组建"),
        ([pin("U1", "together", "GREW")], "应单独组建"),
        ([pin("U1", "together", "THERE")], "不在同一管辖"),
        ([pin("U1", "lock", "THERE")], "不在同一管辖"),
        ([pin("U1", "together", "E1")], "只能写单位"),
        ([pin("U1", "lock", "FAR")], "超过距离上限1200米"),
        ([pin("U1", "together", "FAR")], "距离上限之内"),
        ([pin("U1", "lock", "U1")], "只有一家单位"),
        ([pin("U1", "lock", "U2")], "正式党员合计2名，不足3名"),
        ([pin(u, "lock", "U3") for u in ("U1", "U2", "MANY")], "党员合计52名，超过50名"),
        ([pin(u, "lock", "E1") for u in ("U1", "U2", "U3")], "只能再纳入2家单位"),
        ([pin("U1", "together", "U2"), pin("U2", "together", "MANY")], "党员合计51名，超过50名"),
    ],
)
def test_what_does_not_fit_is_told(pins: list[Pin], told: str) -> None:
    """Gone, grown to three, elsewhere, too far, too few, too many: each with the rule it breaks."""
    plan = planned(*pins, units=odd_units(), approved=room())

    assert plan.pins.kept == ()
    assert all(told in why for why in refused(plan).values())


def test_one_unit_too_far_leaves_the_rest_of_a_lock() -> None:
    """Who is too far is refused by itself; the others stand as they were locked."""
    plan = planned(*(pin(u, "lock", "U2") for u in ("U1", "U3", "FAR")), units=odd_units())

    assert set(refused(plan)) == {("FAR", "lock")}
    assert {"U1", "U2", "U3"} in branches(plan).values()


@pytest.mark.parametrize(
    "pins",
    [
        [pin("U1", "together", "U2"), pin("U2", "apart", "U1")],
        [pin("U1", "lock", "U2"), pin("U1", "lock", "U3")],
        [pin("U1", "lock", "U2"), pin("U2", "lock", "U3")],
        [pin("U1", "host"), pin("U1", "lock", "U2")],
        [pin("U1", "leave_out"), pin("U1", "lock", "U2")],
        [pin("U2", "leave_out"), pin("U1", "lock", "U2")],
        [pin("U1", "leave_out"), pin("U1", "host")],
        [pin("U1", "leave_out"), pin("U2", "together", "U1")],
        [pin("U1", "forbid", "U2"), pin("U1", "lock", "U2")],
        [pin("U1", "apart", "U3"), pin("U1", "lock", "U2"), pin("U3", "lock", "U2")],
        [pin("U1", "together", "U2"), pin("U1", "lock", "U3")],
        [pin("U1", "host"), pin("U2", "host"), pin("U1", "together", "U2")],
        [pin("U1", "together", "U2"), pin("U2", "together", "U3"), pin("U1", "apart", "U3")],
    ],
)
def test_contradictions_are_refused_with_both_places(pins: list[Pin]) -> None:
    """None of them is kept; each names the place of another. A pin that is beside it stands."""
    numbered = [
        Pin(p.unit_id, p.action, p.other_id, place=f"第{n}行") for n, p in enumerate(pins, start=2)
    ]
    plan = planned(*numbered, pin("U9", "host"))

    assert [each.unit_id for each in plan.pins.kept] == ["U9"]
    for each in plan.pins.refused:
        others = {p.place for p in numbered} - {each.pin.place}
        assert any(place in each.why.zh for place in others)
        assert "矛盾" in each.why.zh
        assert "contradicts" in each.why.en


def test_what_was_said_by_hand_is_told_as_it_was_said() -> None:
    """Who and why may hold anything: they are figures, and never a pattern."""
    nasty = "{{7*7}}[{full}]=HYPERLINK(1)"
    plan = planned(pin("U5", "leave_out", who=nasty, why=nasty))

    assert row(plan, "U5")["why"].figures["pin_why"] == nasty


Draw = Callable[[st.SearchStrategy], object]


@st.composite
def pinned(draw: Draw) -> tuple[County, list[Pin]]:
    """Draw a county and pins that may contradict each other, be far apart, or name nobody.

    Most are about the units of one body and the approved branches there.
    """
    county = draw(counties(bodies=2, least=4, most=10))
    here = [each for each in county.units["unit_id"] if each.startswith("U00")]
    there = [each for each in county.branches["branch_id"] if each.startswith("E00")]
    anybody = st.sampled_from([*county.units["unit_id"], *county.branches["branch_id"], "GONE"])
    unit = st.one_of(*[st.sampled_from(here)] * 6, anybody)
    other = st.one_of(*[st.sampled_from([*here, *there])] * 6, anybody)
    said = draw(st.lists(st.tuples(unit, st.sampled_from(_SOFT), other), max_size=5))
    for _ in range(draw(st.integers(0, 2))):
        host = draw(other)
        locked = draw(st.lists(unit, min_size=1, max_size=7))
        said += [(each, PinAction.LOCK, host) for each in locked]
    who = {"who": WHO, "why": WHY} if draw(st.booleans()) else {}
    return county, [
        Pin(one, action, two if action.needs_other else "", **who) for one, action, two in said
    ]


_SOFT = [each for each in PinAction if each is not PinAction.LOCK]


@given(pinned(), st.randoms(use_true_random=False))
@examples(12)
def test_any_pins_leave_a_legal_plan_that_keeps_them(
    drawn: tuple[County, list[Pin]], random: object
) -> None:
    """No rule and no kept pin broken (`verify`), bound ≤ cost; pins in any order, the same plan."""
    county, pins = drawn
    plan = propose(county.units, county.branches, county.policy, pins=pins, effort="standard")
    shuffled = list(pins)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    again = propose(county.units, county.branches, county.policy, pins=shuffled, effort="standard")

    assert verify(as_read(plan)) == ()
    assert all(0 <= each.bound_m <= each.cost_m for each in plan.regions)
    assert len(plan.pins.kept) + len(plan.pins.refused) == len(pins)
    assert sorted(p.key for p in again.pins.kept) == sorted(p.key for p in plan.pins.kept)
    assert _told(again) == _told(plan)


def _told(plan: Plan) -> str:
    return pd.DataFrame(PLANNED_BRANCHES.shaped(plan.branches)).to_csv()


@given(counties(bodies=2, least=4, most=10))
@examples(6)
def test_a_plan_that_is_locked_as_it_stands_comes_back_as_it_is(county: County) -> None:
    """Each unit locked to its host or approved branch, those left out left out: bound = cost."""
    plan = propose(county.units, county.branches, county.policy, effort="fast")
    hosts = {b.branch_id: b for b in plan.branches.itertuples()}
    pins = []
    for unit in plan.units.itertuples():
        if unit.outcome in {"joint", "attached"}:
            new = hosts[unit.branch_id].status == "proposed"
            to = hosts[unit.branch_id].host_id if new else unit.branch_id
            pins.append(pin(unit.unit_id, "lock", to))
        elif unit.outcome == "left_out":
            pins.append(pin(unit.unit_id, "leave_out"))
    again = propose(county.units, county.branches, county.policy, effort="fast", pins=pins)

    assert again.pins.refused == ()
    for name in ("branch_id", "unit_ids", "host_id", "cost_m"):
        assert again.branches[name].equals(plan.branches[name])
    assert [each.cost_m for each in again.regions] == [each.cost_m for each in plan.regions]
    assert [each.bound_m for each in again.regions] == [each.cost_m for each in plan.regions]
    assert verify(as_read(again)) == ()


def test_a_pinned_reason_is_a_reason() -> None:
    """Findings of pins are hashable, as all reasons are: told once where they say the same."""
    plan = planned(pin("U1", "host"), pin("U1", "host"))

    assert [each.code for each in row(plan, "U1")["findings"]] == [Rule.PINNED]
    assert isinstance(row(plan, "U1")["findings"][0], Reason)
