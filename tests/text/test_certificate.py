"""A certificate says what was checked, on which files, with which figures, and what was not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lxgeo.judge import Breach, BreachCode, Certificate, Check, Examined, Unchecked
from lxgeo.text import certificate, certificate_data

SHA = "ab" * 32
STANDS = Certificate(
    run="九家",
    made_by="0.1.0",
    checked_by="0.2.0",
    manifest=SHA,
    inputs={"/data/台账.xlsx": SHA, "/data/\u202eevil\n.csv": "no hash\x1b[31m"},
    files=12,
    units=9,
    branches=2,
    links=3,
    figures={
        "plan_cost_m": 15_125.0,
        "bound_m": 15_000.0,
        "gap": 0.04,
        "joint_branches": 1,
        "must_join": 5,
        "left_out": 1,
        "left_out_min": 1,
        "seed": 0,
        "effort": "standard",
    },
    policy="全国通用规则",
    changed=(),
    checks=tuple(Examined(check, 4, ()) for check in Check),
    unchecked=(Unchecked.BARRIERS,),
)
BREACH = Breach.at(BreachCode.PIN_BROKEN, "U1", pin_action="lock", other="U2")


def test_it_tells_hashes_figures_checks_and_limits() -> None:
    """Every line by hand; each check has words, and what no check sees is told."""
    said = certificate(STANDS)

    assert said[0] == "核验证书"
    assert said[1] == "方案：九家（lxgeo 0.1.0 生成，lxgeo 0.2.0 独立核验）"
    assert said[2].endswith(SHA)
    assert f"  {SHA}  /data/台账.xlsx" in said
    assert "成本 15,125.00 米，下界 15,000.00 米，距最优不超过 4.00%" in said
    assert "应纳入 5 家，未纳入 1 家（任何方案至少 1 家），拟建联合党支部 1 个" in said
    assert "规则：全国通用规则；求解力度：标准；随机种子：0" in said
    assert sum(line.startswith("  ✓ ") for line in said) == 1 + len(Check)
    assert sum(line.startswith("  · ") for line in said) == 7


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_line_is_broken_by_what_a_manifest_says(lang: str) -> None:
    """Names and hashes of a forged manifest stay in their lines, without control characters."""
    said = certificate(STANDS, lang)  # type: ignore[arg-type]

    assert all(line.isprintable() for line in said)


def test_a_breach_is_marked_at_its_check_and_counted() -> None:
    """One broken pin: its check is crossed, the others stand, and the data says so."""
    checks = tuple(
        replace(each, breaches=(BREACH,)) if each.check is Check.PINS else each
        for each in STANDS.checks
    )
    broken = replace(STANDS, checks=checks)

    crossed = [line for line in certificate(broken) if line.startswith("  ✗ ")]
    assert crossed == ["  ✗ 人工调整逐条兑现：4 条，1 处不符"]
    data = certificate_data(broken)
    assert not data["stands"]
    assert [each["check"] for each in data["checks"] if each["breaches"]] == ["pins"]
    assert broken.breaches == (BREACH,)
    assert certificate_data(STANDS)["stands"]


def test_what_there_was_nothing_of_is_not_claimed() -> None:
    """No pin, no line about pins; figures that a damaged summary lacks are dashes."""
    empty = replace(STANDS, checks=(Examined(Check.PINS, 0, ()),), figures={})
    said = certificate(empty)

    assert not any("人工调整" in line for line in said)
    assert "成本 — 米，下界 — 米，距最优不超过 —" in said
