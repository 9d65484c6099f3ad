"""How plans and their figures show themselves in a notebook: small tables, safe HTML.

Names come from ledgers, and are hostile: every text is escaped, none goes through a template.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

_MOST = 10
_PROVISO = "测算建议，以党委审批为准"
_RATES: Mapping[str, str] = {
    "organisation": "组织覆盖率",
    "standalone": "单独组建率",
    "with_members": "有党员单位建立党组织",
    "should_build": "应建已建",
}
_FIGURES: Mapping[str, str] = {
    "units": "台账单位",
    "must_join": "待编入",
    "joint_branches": "联合党支部",
    "thin_branches": "恰好三名党员的支部",
    "left_out": "未纳入",
    "left_out_min": "至少无法纳入",
    "plan_cost_m": "成本（米）",
    "bound_m": "下界（米）",
    "p95_distance_m": "95% 单位的路程（米）",
}


class ShownPlan:
    """A plan that shows itself in a notebook."""

    branches: Any
    units: Any
    regions: Any

    def _repr_html_(self) -> str:
        proposed = self.branches[self.branches["status"] == "proposed"]
        cost = sum(each.cost_m for each in self.regions)
        bound = sum(each.bound_m for each in self.regions)
        head = (
            f"{len(self.units)} 家单位，建议 {len(proposed)} 个党支部；"
            f"成本 {cost:,.2f} 米，下界 {bound:,.2f} 米"
        )
        names = ["name", "units", "full_members", "span_m", "cost_m"]
        rows = proposed[names].head(_MOST).itertuples(index=False, name=None)
        more = f"（前 {_MOST} 个）" if len(proposed) > _MOST else ""
        heads = ("党支部（建议名称）", "单位", "正式党员", "跨度（米）", "成本（米）")
        return _paragraph(head + more) + _table(heads, rows) + _paragraph(_PROVISO)


class ShownEvaluation:
    """A plan's figures that show themselves in a notebook."""

    figures: Mapping[str, Any]
    before: Any
    after: Any

    def _repr_html_(self) -> str:
        figures = [(said, self.figures.get(name)) for name, said in _FIGURES.items()]
        gap = self.figures.get("gap")
        figures.append(("距最优不超过", "—" if gap is None else f"{gap:.2%}"))
        rates = [
            (_RATES[was.name], _rate(was), _rate(now))
            for was, now in zip(self.before, self.after, strict=True)
            if was.name in _RATES
        ]
        return (
            _table(("项目", "数"), figures)
            + _table(("比率", "现状", "批准后"), rates)
            + _paragraph(_PROVISO)
        )


def _rate(rate: Any) -> str:
    share = "—" if rate.value is None else f"{rate.value:.1%}"
    return f"{share}（{rate.numerator}/{rate.denominator}）"


def _paragraph(text: str) -> str:
    return f"<p>{escape(text)}</p>"


def _table(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    top = "".join(f"<th>{escape(head)}</th>" for head in heads)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(_said(each))}</td>" for each in row) + "</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"


def _said(value: Any) -> str:
    if isinstance(value, str):
        return value
    # What is missing is no equal of itself, or can't say.
    if value is None or str(value) in {"nan", "<NA>"}:
        return "—"
    return f"{value:,.2f}" if isinstance(value, float) else f"{value:,}"
