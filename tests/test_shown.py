"""Plans in a notebook: their figures, and no text of a ledger as HTML."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

from lxgeo.judge import evaluate
from lxgeo.scenario import Scenario, plan_scenario
from town import Town

HOSTILE = "<script>alert(1)</script>{{7*7}}${1}\" onload='x'"


class Tags(HTMLParser):
    """Gathers the tags and the text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag; none of ours has an attribute."""
        assert attrs == []
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        """Keep text."""
        self.text += data


def test_figures_are_shown_and_names_are_text(town: Town) -> None:
    """Tables and paragraphs alone; a hostile name stands there as it is written."""
    plan = plan_scenario(Scenario(town.ledger, town.areas)).plan
    plan = replace(plan, branches=plan.branches.assign(name=HOSTILE))
    shown, figures = Tags(plan._repr_html_()), Tags(evaluate(plan)._repr_html_())

    ours = {"p", "table", "thead", "tbody", "tr", "th", "td"}
    assert shown.tags <= ours
    assert figures.tags <= ours
    assert HOSTILE in shown.text
    assert "测算建议" in shown.text
    # U1 alone, and U2 with U3 and U4.
    assert "9 家单位，建议 2 个党支部；成本 15,125" in shown.text
    assert "组织覆盖率11.1%（1/9）66.7%（6/9）" in figures.text
