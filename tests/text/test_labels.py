"""Every code has a label in both languages; every breach a sentence."""

from __future__ import annotations

import re
from enum import StrEnum

import pytest

from lxgeo import text
from lxgeo.errors import Lang
from lxgeo.judge import Breach, BreachCode
from lxgeo.model import (
    Datum,
    Level,
    Line,
    Mode,
    OperatingStatus,
    Outcome,
    Precision,
    Rule,
)
from lxgeo.tables import BranchStatus, CoordinateForm
from lxgeo.text.breaches import SENTENCES

LISTS: dict[str, type[StrEnum]] = {
    "outcome": Outcome,
    "mode": Mode,
    "level": Level,
    "line": Line,
    "precision": Precision,
    "datum": Datum,
    "coordinate_form": CoordinateForm,
    "operating_status": OperatingStatus,
    "status": BranchStatus,
}
CODES = [(kind, code) for kind, codes in LISTS.items() for code in codes]


@pytest.mark.parametrize(("kind", "code"), CODES, ids=[f"{k}.{c}" for k, c in CODES])
def test_every_code_has_a_label(kind: str, code: StrEnum) -> None:
    """A code of a closed list reads in both languages, and stands in the list of all texts."""
    for lang in ("zh", "en"):
        said = text.label(code, lang)

        assert said
        assert text.texts(lang)[f"{kind}.{code}"] == said
    assert re.search(r"[\u4e00-\u9fff]|\d", text.label(code))


def test_codes_of_one_name_keep_their_own_labels() -> None:
    """``attached`` is an outcome and a management line, ``building`` a mode and a precision."""
    assert text.label(Outcome.ATTACHED) == "挂靠组建"
    assert text.label(Line.ATTACHED) == "挂靠管理"
    assert text.label(Mode.BUILDING) == "楼宇联建"
    assert text.label(Precision.BUILDING) == "楼宇"


def test_rates_and_denominators_are_named() -> None:
    """A rate reads with what it is over, also where the unknown are taken at their total."""
    assert text.rate_name("organisation") == "党的组织覆盖率"
    assert text.over_name("operating_units") == "实体运营单位"
    assert text.over_name("units_with_members_unknown_high") == ("有正式党员的单位（不明按总数计）")
    assert text.rate_name("should_build", "en") == "Rate of branches due that are set up"
    assert text.rate_name("of my own") == "of my own"


def test_a_rule_reads_without_figures() -> None:
    """A list of rules names each by its plain sentence."""
    assert text.rule_name(Rule.NO_POSITION) == (
        "没有可用的地址或坐标，无法定位，请补填（联合组建须地域相邻：《支部工作条例（试行）》）"
    )


def test_every_breach_has_a_sentence() -> None:
    """No kind of breach is without its words."""
    assert set(SENTENCES) == set(BreachCode)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("code", BreachCode)
def test_a_breach_names_its_place_in_both_languages(code: BreachCode, lang: Lang) -> None:
    """Where it is broken is always told, and nothing is left unfilled."""
    said = text.breach(Breach(code, "X{where}"), lang)

    assert "X{where}" in said
    assert not re.search(r"\[|\]|\||None|（）|\(\)|  ", said)
    assert bool(re.search(r"[\u4e00-\u9fff]", said)) is (lang == "zh")


def test_a_breach_tells_metres_to_the_centimetre() -> None:
    """A cost that is wrong by a few centimetres shows so."""
    broken = Breach.at(BreachCode.COST_WRONG, "B1", told=1500.0, cost_m=1500.04)

    assert text.breach(broken) == "党支部 B1 的成本不符：所述 1500，应为 1500.04米"
