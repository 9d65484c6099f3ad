"""A legal plan passes, and each kind of damage is refused by its own name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hand_plan import JOINT_ID, T1, T2, Script, hand_plan, joins_existing

from lxgeo.judge import BreachCode, verify
from town import ATTACHED_COST_M, JOINT_COST_M, LEFT_OUT_M, PLAN_COST_M, TOLERANCE_M

Damage = Callable[[Script], object]


def codes(script: Script) -> set[str]:
    """Return which breaches a script's run shows."""
    return {str(breach.code) for breach in verify(script.tables())}


def test_the_hand_plan_costs_what_the_hand_says() -> None:
    """The plan under test is the town's: 1,500 + 1,625 + 12,000 = 15,125 m."""
    script = hand_plan()

    assert script.branches[JOINT_ID]["cost_m"] == pytest.approx(JOINT_COST_M, abs=TOLERANCE_M)
    assert script.branches["E1"]["cost_m"] == pytest.approx(ATTACHED_COST_M, abs=TOLERANCE_M)
    assert script.summary["plan_cost_m"] == pytest.approx(PLAN_COST_M, abs=2 * TOLERANCE_M)
    assert script.region(T1)["cost_m"] == pytest.approx(JOINT_COST_M + LEFT_OUT_M, abs=TOLERANCE_M)


def test_a_legal_plan_has_no_breach() -> None:
    """What obeys every rule is not refused: a new branch, an attachment, a unit left out."""
    assert verify(hand_plan().tables()) == ()


def test_joining_an_approved_joint_branch_is_legal_and_opens_nothing() -> None:
    """U7 joins U6's joint branch for 600 + 225 = 825 m: no opening, no thin surcharge."""
    script = joins_existing()

    assert script.branches["E1"]["cost_m"] == pytest.approx(825, abs=TOLERANCE_M)
    assert verify(script.tables()) == ()


def unit(unit_id: str, /, **told: Any) -> Damage:
    """Change a unit in all files."""
    return lambda script: script.units[unit_id].update(told)


def branch(branch_id: str, /, **told: Any) -> Damage:
    """Change a branch in all files."""
    return lambda script: script.branches[branch_id].update(told)


def summary(**told: Any) -> Damage:
    """Change the summary."""
    return lambda script: script.summary.update(told)


def region(name: str, /, **told: Any) -> Damage:
    """Change what the summary tells of a region."""
    return lambda script: script.region(name).update(told)


def policy(**told: Any) -> Damage:
    """Hold the same plan against another policy."""
    return lambda script: script.summary["policy"].update(told)


def _row_removed(script: Script) -> None:
    del script.units["U5"]


def _row_added(script: Script) -> None:
    script.units["U10"] = script.units["U5"] | {"unit_id": "U10", "row": "九家!11"}


def _outcomes_swapped(script: Script) -> None:
    script.summary["outcomes"] |= {"standalone": 2, "no_members": 0}


def _outcome_forgotten(script: Script) -> None:
    script.units["U5"]["outcome"] = None
    del script.summary["outcomes"]["no_members"]
    script.summary["units"] = 9


def _policy_forgets(script: Script) -> None:
    del script.summary["policy"]["thin_m"]


def _limit_invented(script: Script) -> None:
    script.summary["max_distance_m"]["T2"] = 1400.0


def _two_lists(script: Script) -> None:
    script.branches["E1"].update(unit_ids="U4;U6;U7", units=3)


def _branch_renamed(script: Script) -> None:
    for each in (script.branches[JOINT_ID], *script.units.values(), *script.links.values()):
        if each["branch_id"] == JOINT_ID:
            each["branch_id"] = "B0123456789"


def _branch_twice(script: Script) -> None:
    script.branches["again"] = dict(script.branches["E1"])


def _two_members(script: Script) -> None:
    # U2 and U3 share a building and a class: 500 and nothing else, but 1 + 1 < 3.
    script.branches[script.found("U2", "U2", "U3", cost_m=500.0)]["mode"] = "building"


def _lone_unit(script: Script) -> None:
    script.found("U4", "U4", cost_m=500.0)


def _line_crossed(script: Script) -> None:
    # U4 now lies under another line of the same township; its region is not planned.
    script.units["U4"]["jurisdiction"] = "township:T1|sectoral"


def _dear_host(script: Script) -> None:
    # Under U4 both others walk 400 m and change their trade: 500 + 300 + 2 × 700 = 2,200.
    apart = script.units["U4"]["distance_m"]
    script.found("U4", "U2", "U3", "U4", cost_m=500 + 300 + 2 * (apart + 300))


def _tied_host(script: Script) -> None:
    # U3 costs the same 1,500 as U2, but U2 has the smaller id.
    apart = script.units["U4"]["distance_m"]
    script.found("U3", "U2", "U3", "U4", cost_m=500 + 300 + apart + 300)


def _reach_shortened(script: Script) -> None:
    script.summary["policy"]["max_distance_m_by_kind"]["urban"] = 300.0
    script.summary["max_distance_m"]["T1"] = 300.0
    script.branches[JOINT_ID]["max_distance_m"] = 300.0
    script.settle()


def _reach_shortened_for_unlike_trades(script: Script) -> None:
    # 400 m are within twice 300 m, but only for those of like trade: U4 is of another.
    _reach_shortened(script)
    script.summary["policy"]["joint_by"] = "near_or_like"


def _distance_changed(script: Script) -> None:
    script.units["U4"]["distance_m"] += 5
    script.links["U4"]["distance_m"] += 5


def _cost_changed(script: Script) -> None:
    script.branches[JOINT_ID]["cost_m"] -= 100


def _region_forgotten(script: Script) -> None:
    script.summary["regions"].remove(script.region(T2))


def _region_dearer(script: Script) -> None:
    row = script.region(T2)
    row["cost_m"] += 10
    row["gap"] = 10 / row["cost_m"]


def _plan_dearer(script: Script) -> None:
    script.summary["plan_cost_m"] += 10
    script.summary["gap"] = 10 / (script.summary["plan_cost_m"] - LEFT_OUT_M)


def _bound_above(script: Script) -> None:
    script.region(T2)["bound_m"] += 1
    script.summary["bound_m"] += 1


def _link_dropped(script: Script) -> None:
    del script.links["U4"]


DAMAGES: tuple[tuple[str, set[str], Damage], ...] = (
    ("U1", {"unit_repeated"}, unit("U5", unit_id="U1")),
    ("九家!5", {"row_repeated"}, unit("U5", row="九家!5")),
    ("U5", {"row_out_of_order"}, unit("U5", row="九家!1")),
    ("units.csv", {"rows_missing"}, _row_removed),
    ("units.csv", {"rows_added"}, _row_added),
    ("U5", {"no_outcome", "outcomes_miscounted"}, _outcome_forgotten),
    ("U5", {"no_reason"}, unit("U5", reason=" ")),
    ("U5", {"no_reason"}, unit("U5", rule="because")),
    ("九家!6", {"no_unit_id"}, unit("U5", unit_id=None)),
    ("standalone", {"outcomes_miscounted"}, _outcomes_swapped),
    ("U1", {"outcome_unfounded"}, unit("U1", full_members=2)),
    ("U5", {"outcome_unfounded"}, unit("U5", full_members=4)),
    ("U8", {"outcome_unfounded"}, unit("U8", affiliated_members=3)),
    ("U5", {"outcome_unfounded"}, unit("U5", operating_status="closed")),
    ("thin_m", {"policy_incomplete"}, _policy_forgets),
    ("T2", {"limit_wrong"}, _limit_invented),
    (JOINT_ID, {"limit_wrong"}, branch(JOINT_ID, max_distance_m=1500.0)),
    ("E1", {"branch_repeated"}, _branch_twice),
    ("U6", {"branch_unknown"}, unit("U6", branch_id="E9")),
    ("U5", {"branch_unfounded"}, unit("U5", branch_id=JOINT_ID)),
    ("B0123456789", {"branch_id_wrong"}, _branch_renamed),
    (JOINT_ID, {"branch_miscounted"}, branch(JOINT_ID, total_members=3)),
    (JOINT_ID, {"branch_miscounted"}, branch(JOINT_ID, units=4)),
    ("U4", {"unit_in_two_branches"}, _two_lists),
    ("U7", {"members_disagree"}, branch("E1", unit_ids="U6")),
    (None, {"too_few_members"}, _two_members),
    (None, {"too_few_units", "too_few_members"}, _lone_unit),
    (JOINT_ID, {"too_many_units"}, policy(joint_max_units=2)),
    (JOINT_ID, {"too_many_members"}, policy(branch_max_members=3)),
    (JOINT_ID, {"two_jurisdictions", "region_unknown", "figure_wrong"}, _line_crossed),
    (JOINT_ID, {"two_townships"}, unit("U4", township_id="T2")),
    ("U4", {"not_joinable"}, unit("U4", precision="township")),
    (JOINT_ID, {"host_not_member"}, unit("U3", is_host=True)),
    ("E1", {"host_not_member"}, unit("U7", is_host=True)),
    (None, {"host_not_cheapest"}, _dear_host),
    (None, {"host_not_cheapest"}, _tied_host),
    (T1, {"crs_wrong"}, region(T1, crs="EPSG:4326")),
    (T1, {"crs_wrong"}, region(T1, crs="EPSG:3857")),
    (T1, {"crs_wrong"}, region(T1, crs="EPSG:4534")),
    (T1, {"crs_wrong"}, region(T1, crs="metres")),
    ("U4", {"too_far"}, _reach_shortened),
    ("U4", {"too_far"}, _reach_shortened_for_unlike_trades),
    ("U4", {"unlike_trade"}, policy(joint_by="near_and_like", like_trade="section")),
    ("U4", {"distance_wrong"}, _distance_changed),
    ("U2", {"distance_wrong"}, unit("U2", distance_m=1.0)),
    (JOINT_ID, {"span_wrong"}, branch(JOINT_ID, span_m=300.0)),
    (JOINT_ID, {"cost_wrong"}, _cost_changed),
    ("E1", {"cost_wrong"}, branch("E1", cost_m=825.0)),
    (T2, {"region_unknown", "bound_wrong"}, _region_forgotten),
    (T2, {"region_cost_wrong"}, _region_dearer),
    ("plan_cost_m", {"plan_cost_wrong"}, _plan_dearer),
    (T2, {"bound_wrong"}, _bound_above),
    ("bound_m", {"bound_wrong"}, summary(bound_m=1.0)),
    ("plan", {"gap_wrong"}, summary(gap=0.5)),
    (T2, {"gap_wrong"}, region(T2, gap=None)),
    ("left_out", {"figure_wrong"}, summary(left_out=2)),
    ("left_out_min", {"figure_wrong"}, summary(left_out_min=2)),
    ("must_join", {"figure_wrong"}, summary(must_join=4)),
    ("joint_branches", {"figure_wrong"}, summary(joint_branches=2)),
    ("thin_branches", {"figure_wrong"}, summary(thin_branches=0)),
    ("mean_cost_m", {"figure_wrong"}, summary(mean_cost_m=1.0)),
    (f"{T2} must_join", {"figure_wrong"}, region(T2, must_join=2)),
    ("U4", {"link_wrong"}, _link_dropped),
)


@pytest.mark.parametrize(
    ("where", "expected", "damage"),
    DAMAGES,
    ids=[f"{'+'.join(sorted(each[1]))}-{i}" for i, each in enumerate(DAMAGES)],
)
def test_each_damage_is_refused_by_its_name(
    where: str | None, expected: set[str], damage: Damage
) -> None:
    """One thing is broken in all files alike: that breach is told, there, and no other."""
    script = hand_plan()
    damage(script)
    breaches = verify(script.tables())

    assert {str(breach.code) for breach in breaches} == expected
    assert where is None or where in {breach.where for breach in breaches}


def test_an_approved_joint_branch_takes_no_more_than_it_has_room_for() -> None:
    """With six units after U7 has joined, one more than the cap, the branch is over-full."""
    script = joins_existing()
    script.branches["E1"]["units"] = 6

    assert codes(script) == {"no_room"}


def test_files_that_disagree_are_told_with_unit_and_column() -> None:
    """A figure changed in one file only is a breach, whichever file it is."""
    sound = hand_plan().tables()
    csv = sound.units.assign(lon=sound.units["lon"] + 1e-6)
    moved = sound.points.assign(geometry=sound.points.geometry.translate(1e-6))
    ids = sound.gpkg_units["unit_id"]
    restyled = sound.gpkg_units.assign(
        outcome=sound.gpkg_units["outcome"].where(ids != "U8", "joint")
    )
    cheaper = sound.gpkg_branches.assign(cost_m=1.0)
    fewer = sound.points[sound.points["unit_id"] != "U5"]
    for damaged in (
        replace(sound, units=csv),
        replace(sound, points=moved),
        replace(sound, gpkg_units=restyled),
        replace(sound, gpkg_branches=cheaper),
        replace(sound, points=fewer),
    ):
        assert {breach.code for breach in verify(damaged)} == {BreachCode.FILES_DISAGREE}


def test_a_leading_apostrophe_in_the_csv_is_no_difference() -> None:
    """Lists lead text that could run as a formula by an apostrophe; GIS files keep it as it is."""
    script = hand_plan()
    script.units["U5"]["unit_id"] = "=1+1"
    tables = script.tables()
    led = tables.units["unit_id"].where(tables.units["unit_id"] != "=1+1", "'=1+1")

    assert verify(replace(tables, units=tables.units.assign(unit_id=led))) == ()


@pytest.mark.parametrize(
    "name", ["units", "points", "branches", "gpkg_units", "gpkg_branches", "links"]
)
def test_a_damaged_run_is_refused_and_never_raises(name: str) -> None:
    """Whatever table is empty or has lost its columns, verify tells so instead of failing."""
    sound = hand_plan().tables()
    table = getattr(sound, name)
    kept = table[["geometry"]] if "geometry" in table else table[["name"]]

    assert verify(replace(sound, **{name: table.iloc[:0]}))
    assert verify(replace(sound, **{name: kept}))


def test_an_empty_summary_is_refused_and_never_raises() -> None:
    """Without a summary nothing can be checked against it, and that is told."""
    found = {breach.code for breach in verify(replace(hand_plan().tables(), summary={}))}

    assert BreachCode.POLICY_INCOMPLETE in found
    assert BreachCode.PLAN_COST_WRONG in found
    assert BreachCode.ROWS_MISSING in found


@pytest.mark.parametrize("odd", ["x", {"T1": [1]}], ids=str)
def test_a_summary_of_odd_values_is_refused_and_never_raises(odd: object) -> None:
    """Whatever stands where a figure, a list or a table should, verify tells so."""
    sound = hand_plan().tables()
    checked = ("units", "outcomes", "regions", "max_distance_m", "policy", "must_join", "left_out")
    checked += ("left_out_min", "joint_branches", "plan_cost_m", "bound_m", "gap", "mean_cost_m")

    for key in checked:
        assert verify(replace(sound, summary={**sound.summary, key: odd})), key


def test_every_breach_code_has_a_test() -> None:
    """No kind of breach is without a damage that shows it (file faults: tests of read.run)."""
    shown = set().union(*(expected for _, expected, _ in DAMAGES))
    elsewhere = {"file_edited", "file_missing", "file_unlisted", "column_missing"}
    elsewhere |= {"value_unreadable", "files_disagree", "no_room"}
    # tests/judge/test_verify_ways.py
    elsewhere |= {"crosses_barrier", "runner_up_wrong", "level_wrong", "mode_wrong"}
    elsewhere |= {"transfer_unfounded"}  # tests/judge/test_verify_settings.py
    elsewhere |= {"pin_broken"}  # tests/judge/test_verify_pins.py

    assert {str(code) for code in BreachCode} == shown | elsewhere
