"""情景比较: the figures of several scenarios, their townships, and what holds whatever is set."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxgeo.errors import Words
from lxgeo.judge.compare import HEADLINES, STABILITY
from lxgeo.publish.comparison.compared import (
    SAID,
    Compared,
    entangled_said,
    setting_said,
    value_said,
)
from lxgeo.publish.comparison.settled import pins_sheet
from lxgeo.publish.listing import NUMBER, Head, Listing, Row, heads_said, numbered
from lxgeo.publish.rows import cells, published
from lxgeo.publish.speech import Speech

_SCENARIO = Words("情景", "Scenario")


def sheets(compared: Compared, notes: str) -> Iterator[Listing]:
    """Yield the sheets of the comparison's workbook.

    Parameters
    ----------
    compared
        The scenarios.
    notes
        What stands under the title of the first sheet.
    """
    yield _figures(compared, notes)
    yield _changes(compared)
    yield _sensitivity(compared)
    yield _townships(compared)
    yield _stable(compared)
    if any(each.kept or each.refused for each in compared.pins):
        yield pins_sheet(compared)


def _figures(compared: Compared, notes: str) -> Listing:
    speech = compared.speech
    yes = speech.say(Words("是", "yes"))
    rows: list[Row] = [
        (name, *(each[figure] for figure in SAID), yes if best else None)
        for name, each, best in zip(
            compared.names, compared.summaries, compared.on_front, strict=True
        )
    ]
    return Listing(
        sheet=speech.say(Words("情景比较", "Scenarios")),
        title=speech.say(Words("各情景的结果", "What each scenario comes to")),
        note=notes,
        heads=(
            *heads_said(speech, NUMBER, (_SCENARIO, 22, "text")),
            *heads_said(speech, *((words, 11.0, form) for words, form in SAID.values())),
            *heads_said(speech, (Words("互不占优", "On the front"), 9, "middle")),
        ),
        rows=tuple(numbered(rows)),
        paper="A3",
        frozen=2,
        below=(
            speech.say(
                Words(
                    "平均路程、95%单位路程：非牵头单位到牵头单位；跨度：拟建联合党支部内最远两家；"
                    "与牵头单位同行业：行业都已知的非牵头单位中，同一行业大类的占比；"
                    "两率的分母为实体运营单位",
                    "Distances are those of units to their host; spans are of proposed joint"
                    " branches; same trade: the share, of units whose trade and whose host's are"
                    " known, in one division; rates are over the operating units",
                )
            ),
        ),
    )


def _changes(compared: Compared) -> Listing:
    """Return 与首个情景相比: what each scenario sets otherwise, and all that moves with it."""
    speech, (first, *others) = compared.speech, compared.summaries
    rows: list[Row] = [
        (name, _settings(diff, speech), *(_rise(first[each], one[each]) for each in HEADLINES))
        for name, one, diff in zip(compared.names[1:], others, compared.changed[1:], strict=True)
    ]
    return Listing(
        sheet=speech.say(Words("变化", "Changes")),
        title=speech.say(Words("与第一个情景相比的变化", "Changes against the first scenario")),
        note=speech.say(
            Words(
                f"第一个情景：{compared.names[0]}；距离、权重为测算参数，非政策规定",
                f"first scenario: {compared.names[0]}",
            )
        ),
        heads=(
            *heads_said(
                speech,
                NUMBER,
                (_SCENARIO, 22, "text"),
                (Words("改动的参数", "Settings changed"), 40, "text"),
            ),
            *_headline_heads(speech),
        ),
        rows=tuple(numbered(rows)),
        paper="A3",
        frozen=3,
    )


def _sensitivity(compared: Compared) -> Listing:
    """Return 灵敏度: what one setting alone does to each figure; what nobody can tell apart."""
    speech, names = compared.speech, compared.names
    rows: list[Row] = [
        (
            setting_said(step.setting, speech),
            value_said(step.setting, step.was, speech),
            value_said(step.setting, step.now, speech),
            f"{names[step.before]} → {names[step.after]}",
            *(step.moved[each] for each in HEADLINES),
        )
        for step in compared.sensitivity.steps
    ]
    return Listing(
        sheet=speech.say(Words("灵敏度", "Sensitivity")),
        title=speech.say(
            Words("只改一项参数，各指标变化多少", "What one setting alone does to each figure")
        ),
        note=speech.say(
            Words(
                "每行两个情景只差这一项参数；距离、权重为测算参数，非政策规定",
                "the two scenarios of a row differ in this setting alone",
            )
        ),
        heads=(
            *heads_said(
                speech,
                NUMBER,
                (Words("参数", "Setting"), 28, "text"),
                (Words("从", "From"), 12, "middle"),
                (Words("到", "To"), 12, "middle"),
                (Words("比较的情景", "Scenarios"), 28, "text"),
            ),
            *_headline_heads(speech),
        ),
        rows=tuple(numbered(rows)),
        nothing=speech.say(
            Words("没有只差一项参数的两个情景。", "No two scenarios differ in one setting alone.")
        ),
        paper="A3",
        frozen=2,
        below=tuple(map(speech.say, entangled_said(compared))),
    )


def _headline_heads(speech: Speech) -> tuple[Head, ...]:
    return heads_said(speech, *((SAID[name][0], 11.0, SAID[name][1]) for name in HEADLINES))


def _settings(diff: Any, speech: Speech) -> str:
    return "；".join(
        f"{setting_said(name, speech)} {value_said(name, was, speech)}"
        f" → {value_said(name, now, speech)}"
        for name, (was, now) in diff.items()
    )


def _rise(was: Any, now: Any) -> Any:
    return None if was is None or now is None else now - was


def _townships(compared: Compared) -> Listing:
    """Return 各乡镇: the two rates of each township, scenario by scenario."""
    speech, summaries = compared.speech, compared.summaries
    places = [each["township"] for each in summaries[0]["townships"]]
    said = [Words("组织覆盖率", "Organisation"), Words("单独组建率", "Standalone")]
    heads = [Head(speech.say(Words("乡镇（街道）", "Township")), 18)]
    heads += [
        Head(speech.say(words), 11, "share", group=name or " ")
        for name in compared.names
        for words in said
    ]
    rows: list[Row] = []
    for number, place in enumerate(places):
        shares: list[Any] = []
        for each in summaries:
            row = each["townships"][number]
            of = row["operating_units"]
            shares += [row[name] / of if of else None for name in ("organisation", "standalone")]
        rows.append((place or speech.say(Words("乡镇不明", "unknown")), *shares))
    return Listing(
        sheet=speech.say(Words("各乡镇", "Townships")),
        title=speech.say(Words("各乡镇（街道）两率", "Rates by township")),
        note=speech.say(Words("分母：实体运营单位", "over the operating units")),
        heads=tuple(heads),
        rows=tuple(rows),
        paper="A3",
        frozen=1,
    )


def _stable(compared: Compared) -> Listing:
    """Return 稳定度: which units keep their company whatever the settings, those first."""
    speech, scenarios = compared.speech, len(compared.summaries)
    rows: list[Row] = [
        (name or unit_id, township, joined, share, always)
        for unit_id, name, township, joined, share, always in cells(
            published(compared.stable, STABILITY), STABILITY.names
        )
    ]
    rows.sort(key=lambda row: -1.0 if row[3] is None else float(row[3]), reverse=True)
    return Listing(
        sheet=speech.say(Words("稳定度", "Stability")),
        title=speech.say(
            Words("哪些建议不随参数而变", "Which proposals hold whatever the settings")
        ),
        note=speech.say(
            Words(
                f"共 {scenarios} 个情景；100% 为在每个情景中都与相同的单位同支部；稳定的排在前面",
                f"{scenarios} scenarios; 100%: the same companions in each; the most stable first",
            )
        ),
        heads=heads_said(
            speech,
            NUMBER,
            (Words("单位名称", "Unit"), 34, "text"),
            (Words("乡镇（街道）", "Township"), 16, "text"),
            (Words("编入的情景", "Joined in"), 10, "count"),
            (Words("同伴稳定度", "Stability"), 10, "share"),
            (Words("始终同支部的单位", "Always with"), 50, "text"),
        ),
        rows=tuple(numbered(rows)),
        nothing=speech.say(Words("没有待编入的单位。", "No unit to be joined.")),
        paper="A3",
        frozen=2,
    )
