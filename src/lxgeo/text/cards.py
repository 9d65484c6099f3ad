"""A reason as a card: one line a question, each with its figures; what is unknown has no line."""

from __future__ import annotations

from lxgeo.errors import Lang, Words
from lxgeo.model import Reason, Rule
from lxgeo.text.figures import told
from lxgeo.text.reasons import reason
from lxgeo.text.reasons_joint import HINDRANCES
from lxgeo.text.sentences import fill

RULE_OF_JOINT_BRANCHES = Words(
    "《中国共产党支部工作条例（试行）》：“正式党员不足3人的单位，应当按照地域相邻、行业相近、"
    "规模适当、便于管理的原则，成立联合党支部。联合党支部覆盖单位一般不超过5个。”",
    "Regulations on Branch Work (trial): units with fewer than 3 full members set up a joint "
    "branch with neighbours in like trades, of fit size and easy to run; as a rule it covers no "
    "more than 5 units",
)
"""What the rule says, as quoted; no article number is given for it."""
ADVICE = Words("测算建议，以党委审批为准", "A calculation for the committee to decide on")

_Line = tuple[Words, Words]
_SOURCE: _Line = (Words("依据", "Rule"), RULE_OF_JOINT_BRANCHES)
_NOTE: _Line = (Words("说明", "Note"), ADVICE)
_REASON = Words("理由", "Reason")

_NEW: tuple[_Line, ...] = (
    (Words("建议名称", "Suggested name"), Words("[{name}]", "[{name}]")),
    (
        Words("正式党员", "Full members"),
        Words("[{members}={full}名，≥{least}名]", "[{members} = {full} ≥ {least}]"),
    ),
    (Words("单位", "Units"), Words("[{units}家，≤{max_units}家]", "[{units} ≤ {max_units}]")),
    (
        Words("管辖", "Under"),
        Words("[同属{governed_by}][（{line}）]", "[all under {governed_by}][ ({line})]"),
    ),
    (
        Words("距离", "Distance"),
        Words(
            "[离牵头单位最远{farthest_m}，≤{limit_m}][；相距最远的两家{span_m}]",
            "[farthest from the host {farthest_m} ≤ {limit_m}][; farthest pair {span_m}]",
        ),
    ),
    (Words("行业", "Trade"), Words("[同属{trade}]", "[{trade}]")),
    (Words("组建方式", "Mode"), Words("[{mode}][（{shared}）]", "[{mode}][ ({shared})]")),
    (Words("牵头单位", "Host"), Words("[{host}][：{host_by}]", "[{host}][: {host_by}]")),
    (
        Words("成本", "Cost"),
        Words(
            "[折合{cost_m}][；次优方案由{runner_up}牵头][，折合{runner_up_cost_m}]",
            "[as {cost_m}][; the next best host is {runner_up}][, as {runner_up_cost_m}]",
        ),
    ),
    (Words("活动场所", "Room"), Words("[{venue}][，相距{venue_m}]", "[{venue}][, {venue_m} away]")),
    (Words("审批", "Approver"), Words("[{approver}]", "[{approver}]")),
    _SOURCE,
    _NOTE,
)
_WHERE_TO: tuple[_Line, ...] = (
    (
        Words("最近去处", "Nearest way"),
        Words(
            "[加入“{alternative}”][挂靠“{attach_to}”][，相距{alternative_m}][与{partners}联合]"
            "[{nowhere}同一管辖内即使放宽距离也没有]",
            "[join {alternative}][be attached to {attach_to}][, {alternative_m} away]"
            "[a branch with {partners}][{nowhere}none under this body, however far]",
        ),
    ),
    (
        Words("需放宽到", "Limit needed"),
        Words(
            "[{wider_m}（现上限{limit_m}）][；重新编组则为{least_m}]",
            "[{wider_m} (now {limit_m})][; planned anew {least_m}]",
        ),
    ),
    (
        Words("兜底", "In the care of"),
        Words("由所在乡镇（街道）兜底管理", "its township"),
    ),
    _SOURCE,
    _NOTE,
)


def card(why: Reason, lang: Lang = "zh") -> tuple[tuple[str, str], ...]:
    """Return a reason as a card: headings and what stands beside them.

    Parameters
    ----------
    why
        Of a branch, or of a unit.
    lang
        Language.

    Returns
    -------
    tuple of (heading, text)
        For a new joint branch one line a rule and a figure; for a unit left out what hinders it
        and where else it could go; for any other its reason as one sentence. Ledger text in it is
        quoted as a value: still hostile to whatever displays it.
    """
    if why.code is Rule.NEW_JOINT_BRANCH:
        return _filled(_NEW, why, lang)
    if why.code in HINDRANCES:
        hindered: _Line = (Words("未纳入原因", "Hindrance"), HINDRANCES[why.code])
        return _filled((hindered, *_WHERE_TO), why, lang)
    return ((_REASON.in_lang(lang), reason(why, lang)),)


def _filled(lines: tuple[_Line, ...], why: Reason, lang: Lang) -> tuple[tuple[str, str], ...]:
    figures = told(why.figures, lang)
    if figures.get("span_m") == figures.get("farthest_m"):
        figures.pop("span_m", None)  # the host is at one end of the farthest pair
    said = ((heading, fill(words.in_lang(lang), figures)) for heading, words in lines)
    return tuple((heading.in_lang(lang), text) for heading, text in said if text)
