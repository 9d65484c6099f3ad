"""Reason cards: one line a question, in both languages."""

from __future__ import annotations

from lxgeo import text
from lxgeo.model import Figure, Reason, Rule

NEW: dict[str, Figure] = {
    "members": "1+1+1",
    "full": 3,
    "least": 3,
    "units": 3,
    "max_units": 5,
    "governed_by": "甲街道",
    "line": "territorial",
    "farthest_m": 240.0,
    "limit_m": 1200.0,
    "span_m": 300.0,
    "trade": "I65",
    "mode": "building",
    "place": "building",
    "shared": "创业大厦",
    "host": "创业电子有限公司",
    "host_by": "members",
    "cost_m": 1500.0,
    "runner_up": "创业芯片有限公司",
    "runner_up_cost_m": 1730.5,
    "venue": "甲街道党群服务中心",
    "venue_m": 320.0,
    "approver": "甲街道党工委",
    "name": "创业大厦联合党支部",
}


def test_the_card_of_a_new_branch() -> None:
    """Every figure beside its limit, why that host, who comes next, who approves, by which rule."""
    card = dict(text.card(Reason(Rule.NEW_JOINT_BRANCH, NEW)))

    assert card == {
        "建议名称": "创业大厦联合党支部",
        "正式党员": "1+1+1=3名，≥3名",
        "单位": "3家，≤5家",
        "管辖": "同属甲街道（属地管理）",
        "距离": "离牵头单位最远240米，≤1200米；相距最远的两家300米",
        "行业": "同属软件和信息技术服务业（I65）",
        "组建方式": "楼宇联建（创业大厦）",
        "牵头单位": "创业电子有限公司：折合距离相同，正式党员较多",
        "成本": "折合1500米；次优方案由创业芯片有限公司牵头，折合1731米",
        "活动场所": "甲街道党群服务中心，相距320米",
        "审批": "甲街道党工委",
        "依据": "《中国共产党支部工作条例（试行）》：“正式党员不足3人的单位，应当按照地域相邻、"
        "行业相近、规模适当、便于管理的原则，成立联合党支部。联合党支部覆盖单位一般不超过5个。”",
        "说明": "测算建议，以党委审批为准",
    }


def test_what_is_unknown_has_no_line() -> None:
    """No trade in common and no venue known: no line for either, in English too."""
    figures = {key: value for key, value in NEW.items() if key not in {"trade", "venue", "venue_m"}}
    card = dict(text.card(Reason(Rule.NEW_JOINT_BRANCH, figures), "en"))

    assert "Trade" not in card
    assert "Room" not in card
    assert card["Full members"] == "1+1+1 = 3 ≥ 3"
    assert card["Cost"] == "as 1500 m; the next best host is 创业芯片有限公司, as 1731 m"


def test_the_card_of_a_unit_left_out() -> None:
    """What hinders it, where else it could go, and the limit that this needs."""
    figures: dict[str, Figure] = {
        "limit_m": 1200.0,
        "nearest_m": 1580.0,
        "alternative": "甲街道养老院联合党支部",
        "alternative_m": 2250.0,
        "wider_m": 2250.0,
        "least_m": 1580.0,
    }
    card = dict(text.card(Reason(Rule.NO_PARTNER_IN_REACH, figures)))

    assert card["未纳入原因"] == "距离上限1200米内没有可联合的单位，同一管辖最近的在1580米处"
    assert card["最近去处"] == "加入“甲街道养老院联合党支部”，相距2250米"
    assert card["需放宽到"] == "2250米（现上限1200米）；重新编组则为1580米"


def test_where_nothing_would_help_that_is_said() -> None:
    """No limit would place it: no figure is made up."""
    figures: dict[str, Figure] = {"limit_m": 1200.0, "nowhere": True}
    card = dict(text.card(Reason(Rule.TOO_FEW_IN_REACH, figures)))

    assert card["最近去处"] == "同一管辖内即使放宽距离也没有"
    assert "需放宽到" not in card


def test_any_other_reason_is_one_line() -> None:
    """A unit that stands alone: its sentence."""
    ((heading, said),) = text.card(Reason(Rule.THREE_FULL_MEMBERS, {"full": 5, "least": 3}))

    assert heading == "理由"
    assert said.startswith("正式党员5名≥3名")
