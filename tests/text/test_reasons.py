"""Every rule has a sentence in both languages, with its figures as planners read them."""

from __future__ import annotations

import re

import pytest

from lxgeo import text
from lxgeo.errors import Lang
from lxgeo.model import Figure, Reason, Rule
from lxgeo.text.reasons import SENTENCES
from lxgeo.text.reasons_joint import JOINT
from lxgeo.text.reasons_outcome import JOIN, OUT, THREE, UNKNOWN
from lxgeo.text.sentences import fill, gaps

LANGS: tuple[Lang, ...] = ("zh", "en")


def test_every_rule_has_a_sentence() -> None:
    """No rule is without its words, and no words without their rule."""
    assert set(SENTENCES) == set(Rule)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("code", Rule)
def test_without_figures_the_sentence_still_stands(code: Rule, lang: Lang) -> None:
    """A reason that lost its figures reads as a sentence: no gap, no bracket, no loose comma."""
    said = text.reason(Reason(code), lang)

    assert len(said) >= 8
    assert not set(said) & set("{}[]|")
    assert not re.search(r"[，；、：,;:]$|^[，；、：,; ]|[，；：]{2}|（）|\(\)|  |None|nan", said)
    assert bool(re.search(r"[\u4e00-\u9fff]", said)) is (lang == "zh")
    assert not said.endswith(("。", "."))


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("code", Rule)
def test_with_figures_each_of_them_is_told(code: Rule, lang: Lang) -> None:
    """Every gap of a sentence is filled from the figure of its name."""
    sentence = getattr(SENTENCES[code], lang)
    told = {name: f"<{name}>" for name in gaps(sentence)}
    flags = {"committee", "nowhere", "solved", "estimated", "nothing", "barred", "unsolved"}
    flags |= {"cheaper", "fewest"} | {
        *("ask", "temporary", "functional", "instructed", "dissolve"),
    }

    said = fill(sentence, told | dict.fromkeys(flags & set(told), ""))

    assert all(f"<{name}>" in said for name in set(told) - flags)


def test_standing_alone_names_count_and_article() -> None:
    """Five full members: the count, the threshold, and the article of the Party Constitution."""
    figures: dict[str, Figure] = {"full": 5, "least": 3, "level": "branch", "committee": False}
    why = Reason(Rule.THREE_FULL_MEMBERS, figures)

    assert text.reason(why) == "正式党员5名≥3名，应单独组建党支部（《党章》第三十条）"


def test_level_and_branch_committee_are_told_where_they_apply() -> None:
    """Sixty members may be a general branch; from seven full members a committee is elected."""
    figures: dict[str, Figure] = {"full": 60, "level": "general_branch", "committee": True}
    said = text.reason(Reason(Rule.THREE_FULL_MEMBERS, figures))

    assert "可设党总支" in said
    assert "应设支部委员会" in said


def test_a_joint_branch_tells_its_sum_and_every_limit() -> None:
    """Members, units, township, reach, place, host, cost and runner-up, each beside its limit."""
    figures: dict[str, Figure] = {
        "members": "1+1+1",
        "full": 3,
        "least": 3,
        "units": 3,
        "max_units": 5,
        "township": "甲街道",
        "farthest_m": 240.29,
        "limit_m": 1200.0,
        "place": "building",
        "host": "创业电子有限公司",
        "cost_m": 1500.0,
        "runner_up_cost_m": 1730.5,
    }

    assert text.reason(Reason(Rule.NEW_JOINT_BRANCH, figures)) == (
        "1+1+1=3名正式党员（≥3），3家单位（≤5），同属甲街道，离牵头单位最远240米（≤1200米），同楼宇；"
        "牵头单位创业电子有限公司，成本折合1500米；次优牵头方案折合1731米；"
        "正式党员不足3名，成立联合党支部（《支部工作条例（试行）》）"
    )
    assert text.reason(Reason(Rule.NEW_JOINT_BRANCH, figures), "en").startswith(
        "1+1+1 = 3 full members (≥ 3), 3 units (≤ 5), all under 甲街道, farthest from the host "
        "240 m (≤ 1200 m), in one building; host 创业电子有限公司, cost as 1500 m; "
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("code", sorted(OUT | UNKNOWN | THREE | JOIN | JOINT))
def test_what_becomes_of_a_unit_names_its_rule_and_where_that_stands(
    code: Rule, lang: Lang
) -> None:
    """Nobody signs a reason that names no document, practice or way of counting."""
    sources = {
        "zh": ("《党章》", "《支部工作条例（试行）》", "中办发〔2012〕11号", "党内统计报表填报说明",
               "统计口径", "地方做法", "地方规定", "以登记的单位为准"),
        "en": ("Party Constitution", "Regulations on Branch Work", "national opinion of 2012",
               "instructions for the Party statistics", "rates are over operating units", "local",
               "registered units are"),
    }[lang]  # fmt: skip

    assert any(source in text.reason(Reason(code), lang) for source in sources)


def test_units_that_a_local_rule_bars_are_no_units_of_fewer_than_three() -> None:
    """Two of four members each share a branch with a smaller one: it says so, and under which."""
    barred = text.reason(Reason(Rule.NEW_JOINT_BRANCH, {"members": "4+4+2", "enough": 2}))

    assert barred.endswith(
        "；其中2家正式党员够数而按所用规则暂不单独组建，与其余单位成立联合党支部"
        "（《支部工作条例（试行）》）"
    )
    assert "不足3名" not in barred


def test_article_numbers_stand_only_where_the_article_was_seen() -> None:
    """The one article number that may be told is the Party Constitution's thirtieth."""
    told = [text.reason(Reason(code)) for code in Rule]

    assert set(re.findall(r"第.{1,4}条", "".join(told))) == {"第三十条"}


def test_kin_are_never_written_out() -> None:
    """That relatives are the majority is used and never told, in no language."""
    for lang in LANGS:
        said = text.reason(Reason(Rule.KIN_MAJORITY, {"bar": True}), lang)
        assert not re.search(r"亲属|血亲|姻亲|家族|kin|relative|famil", said)


@pytest.mark.parametrize(
    "hostile",
    ["{full}", "{0.__class__}", "%s", "[{host}|x]", "{{7*7}}", "${x}", "`x`", "{", "a]b[c|d"],
)
def test_ledger_text_is_only_ever_a_value(hostile: str) -> None:
    """A name that looks like a pattern stands in the sentence letter by letter."""
    said = text.reason(Reason(Rule.NEW_JOINT_BRANCH, {"host": hostile, "full": 3, "least": 3}))

    assert f"牵头单位{hostile}；" in said


def test_a_name_stays_in_one_line_and_ends() -> None:
    """Line breaks, control and direction marks go; a name of a thousand characters is cut."""
    said = text.reason(Reason(Rule.APPROVED_BRANCH, {"branch": "甲\r\n乙\u202e\x00丙"}))
    long = text.reason(Reason(Rule.APPROVED_BRANCH, {"branch": "长" * 1000}))

    assert "“甲 乙 丙”" in said
    assert len(long) < 100
    assert "长…”" in long


@pytest.mark.parametrize(
    ("metres", "zh", "en"),
    [
        (0.0, "0米", "0 m"),
        (3.46, "3.5米", "3.5 m"),
        (9.99, "10米", "10 m"),
        (10.4, "10米", "10 m"),
        (240.5, "241米", "241 m"),
        (12_000.0, "12000米", "12000 m"),
    ],
)
def test_metres_have_no_decimals_from_ten_on(metres: float, zh: str, en: str) -> None:
    """Planners read whole metres; only what is nearer than ten shows a decimal."""
    assert text.metres(metres, "zh") == zh
    assert text.metres(metres, "en") == en


@pytest.mark.parametrize("value", [None, float("nan"), float("inf")])
def test_an_unknown_figure_is_left_out(value: Figure) -> None:
    """What is not known is not told: neither None nor nan reaches a reader."""
    why = Reason(Rule.NO_PARTNER_IN_REACH, {"limit_m": 1200.0, "nearest_m": value})

    assert text.reason(why) == (
        "距离上限1200米内没有可联合的单位；由所在乡镇（街道）兜底管理"
        "（联合组建须地域相邻、正式党员够数、由一个党委审批：《支部工作条例（试行）》；距离上限为测算参数）"
    )


def test_value_findings_name_the_field_by_its_heading() -> None:
    """A person looks for the column's heading, not for its name in code."""
    figures: dict[str, Figure] = {"field": "full_members", "written": "三到五"}
    why = Reason(Rule.MEMBERS_UNREADABLE, figures)

    assert text.reason(why).startswith("正式党员填写的“三到五”不能读成人数")
    assert text.reason(why, "en").startswith("full members is no number: 三到五")
