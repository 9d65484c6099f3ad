"""Pins: what the map saves and a clerk writes comes back as it was said, or is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lxgeo.errors import InputError
from lxgeo.pin import Pin, PinAction
from lxgeo.read.pins import read_pins

TWO = [
    {
        "unit_id": "U1",
        "action": "together",
        "other_id": "U2",
        "why": "同一老板",
        "who": "组织委员",
        "when": "2026-11-22",
    },
    {"unit_id": "U3", "action": "host"},
]
READ = [
    ("U1", PinAction.TOGETHER, "U2", "同一老板", "组织委员", "2026-11-22"),
    ("U3", PinAction.HOST, "", "", "", ""),
]


def said(pins: tuple[Pin, ...]) -> list[tuple[str, ...]]:
    """Return what pins say, without their places."""
    return [(p.unit_id, p.action, p.other_id, p.why, p.who, p.when) for p in pins]


@pytest.mark.parametrize("held", [TWO, {"run": "demo", "pins": TWO}])
def test_json_from_the_map(tmp_path: Path, held: object) -> None:
    """A list, or the map's object around one."""
    path = tmp_path / "pins.json"
    path.write_text(json.dumps(held, ensure_ascii=False), encoding="utf-8")

    assert said(read_pins(path)) == READ


@pytest.mark.parametrize(
    "heads", ["unit_id,action,other_id,why,who,when", "单位编号,操作,对方编号,理由,经办岗位,时间"]
)
@pytest.mark.parametrize(("together", "host"), [("together", "host"), ("同组", "牵头")])
def test_csv_in_both_languages(tmp_path: Path, heads: str, together: str, host: str) -> None:
    """A clerk's table says the same as the map's file; blank lines are none."""
    path = tmp_path / "pins.csv"
    path.write_text(
        f"{heads}\nU1,{together},U2,同一老板,组织委员,2026-11-22\n,,,,,\nU3,{host},,,,\n",
        encoding="utf-8-sig",
    )

    assert said(read_pins(path)) == READ
    assert [pin.place for pin in read_pins(path)] == ["第2行", "第4行"]


def test_ids_that_could_start_a_formula_come_back(tmp_path: Path) -> None:
    """The quote that the map puts before = + - @ is taken off; another quote is the id's own."""
    path = tmp_path / "pins.csv"
    path.write_text("unit_id,action\n'=1+1,host\n'quoted',host\n", encoding="utf-8-sig")

    assert [pin.unit_id for pin in read_pins(path)] == ["=1+1", "'quoted'"]


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    """Rows at fault are named by their lines, all of them."""
    path = tmp_path / "pins.csv"
    path.write_text(
        "unit_id,action,other_id\nU1,merge,U2\n,host,\nU2,apart,\nU3,together,U3\nU4,host,\n",
        encoding="utf-8",
    )

    with pytest.raises(InputError) as caught:
        read_pins(path)
    faults = [fault.zh for fault in caught.value.faults]
    assert len(faults) == 4
    assert "第2行" in faults[0]
    assert "merge" in faults[0]
    assert "第3行" in faults[1]
    assert "第4行" in faults[2]
    assert "第5行" in faults[3]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("half.json", '[{"unit_id": "U1"'),
        ("deep.json", "[" * 100_000),
        ("wrong.json", '{"moves": []}'),
        ("heads.csv", "name,what\nU1,host\n"),
        ("none.json", None),
    ],
)
def test_what_is_no_file_of_pins_is_told(tmp_path: Path, name: str, content: str | None) -> None:
    """Cut short, bottomless, something else, or not there: one sentence."""
    path = tmp_path / name
    if content is not None:
        path.write_text(content, encoding="utf-8")

    with pytest.raises(InputError, match=name.partition(".")[0]):
        read_pins(path)
