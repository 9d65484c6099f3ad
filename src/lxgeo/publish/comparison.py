"""情景比较: one table of several scenarios, what holds whatever the settings, charts."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from lxgeo.errors import InputError, Lang, Words
from lxgeo.judge.compare import HEADLINES, STABILITY
from lxgeo.publish.book import PROVISO, draw, open_book
from lxgeo.publish.charts import draw_charts
from lxgeo.publish.exchange import check_name
from lxgeo.publish.export.write import unwritable
from lxgeo.publish.listing import NUMBER, Form, Head, Listing, Row, heads_said, numbered
from lxgeo.publish.rows import cells, plain, published
from lxgeo.publish.speech import Speech
from lxgeo.publish.summary import write_json

BOOK, TABLE, SUMMARY = "compare.xlsx", "compare.json", "summary.json"

SAID: Mapping[str, tuple[Words, Form]] = {
    "joint_branches": (Words("联合党支部", "Joint branches"), "count"),
    "covered": (Words("编入或挂靠单位", "Units covered"), "count"),
    "left_out": (Words("未纳入", "Left out"), "count"),
    "mean_distance_m": (Words("平均路程（米）", "Mean distance (m)"), "metres"),
    "p95_distance_m": (Words("95%单位路程（米）", "95th percentile (m)"), "metres"),
    "mean_span_m": (Words("平均跨度（米）", "Mean span (m)"), "metres"),
    "longest_span_m": (Words("最大跨度（米）", "Longest span (m)"), "metres"),
    "same_trade_share": (Words("与牵头单位同行业", "Same trade"), "share"),
    "thin_branches": (Words("恰好三名党员的支部", "Of exactly three"), "count"),
    "standalone_rate": (Words("单独组建率", "Standalone rate"), "share"),
    "organisation_rate": (Words("组织覆盖率", "Organisation rate"), "share"),
    "plan_cost_m": (Words("方案成本（米）", "Plan cost (m)"), "metres"),
    "gap": (Words("距最优不超过", "Gap"), "share"),
    "seconds": (Words("用时（秒）", "Seconds"), "decimal"),
}
"""What each figure is called, and how it is shown."""


def write_comparison(
    out: Path,
    summaries: Sequence[Mapping[str, Any]],
    on_front: Sequence[bool],
    changed: Sequence[Mapping[str, tuple[Any, Any]]],
    stable: pd.DataFrame,
    *,
    lang: Lang = "zh",
) -> tuple[Path, ...]:
    """Write ``compare.xlsx``, ``compare.json``, the charts and ``NAME/summary.json`` of each.

    Parameters
    ----------
    out
        The folder; made where it is missing. Files are written beside it and put in when all are
        done.
    summaries
        What is told of each scenario.
    on_front
        Which no other beats in both distance and trade.
    changed
        Of each, setting → its value in the first scenario and here.
    stable
        `lxgeo.judge.compare.STABILITY`.
    lang
        Language.

    Raises
    ------
    InputError
        A name that can't be a folder's, or a folder that can't be written.
    """
    for each in summaries:
        check_name(str(each["scenario"]))
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".lxgeo-compare-", dir=out) as made:
            shop = Path(made)
            for each in summaries:
                (shop / str(each["scenario"])).mkdir()
                write_json(shop / str(each["scenario"]) / SUMMARY, each)
            told = draw_charts(shop, summaries, on_front, lang)
            write_json(shop / TABLE, _table(summaries, on_front, changed, told))
            _write_book(shop / BOOK, (summaries, on_front, changed, stable), told, lang)
            return tuple(_placed(shop, out))
    except OSError as error:
        raise InputError(unwritable(out, error)) from error


def _placed(shop: Path, out: Path) -> Iterator[Path]:
    for path in sorted(each for each in shop.rglob("*") if each.is_file()):
        place = out / path.relative_to(shop)
        place.parent.mkdir(exist_ok=True)
        yield path.replace(place)


def _table(
    summaries: Sequence[Mapping[str, Any]],
    on_front: Sequence[bool],
    changed: Sequence[Mapping[str, tuple[Any, Any]]],
    told: Sequence[Words],
) -> dict[str, Any]:
    return {
        "scenarios": [
            {
                "scenario": each["scenario"],
                **{name: each[name] for name in SAID},
                "on_front": best,
                "changed": {name: [_plain(one) for one in pair] for name, pair in diff.items()},
                "townships": each["townships"],
            }
            for each, best, diff in zip(summaries, on_front, changed, strict=True)
        ],
        "notes": [words.zh for words in told],
    }


def _plain(value: Any) -> Any:
    return dict(value) if isinstance(value, Mapping) else value


def _write_book(path: Path, said: tuple[Any, Any, Any, Any], told: Any, lang: Lang) -> None:
    summaries, on_front, changed, stable = said
    speech = Speech(lang=lang)
    with open_book(path, speech, PROVISO) as book:
        draw(book, _figures(summaries, on_front, told, speech))
        draw(book, _settings(summaries, changed, speech))
        draw(book, _townships(summaries, speech))
        draw(book, _stable(stable, len(summaries), speech))


def _figures(
    summaries: Sequence[Mapping[str, Any]],
    on_front: Sequence[bool],
    told: Sequence[Words],
    speech: Speech,
) -> Listing:
    yes = speech.say(Words("是", "yes"))
    rows: list[Row] = [
        (plain(str(each["scenario"])), *(each[name] for name in SAID), yes if best else None)
        for each, best in zip(summaries, on_front, strict=True)
    ]
    return Listing(
        sheet=speech.say(Words("情景比较", "Scenarios")),
        title=speech.say(Words("各情景的结果", "What each scenario comes to")),
        note="".join(speech.say(words) for words in told),
        heads=(
            *heads_said(speech, NUMBER, (Words("情景", "Scenario"), 22, "text")),
            *heads_said(speech, *((words, 11.0, form) for words, form in SAID.values())),
            *heads_said(speech, (Words("互不占优", "On the front"), 9, "middle")),
        ),
        rows=tuple(numbered(rows)),
        paper="A3",
        frozen=2,
    )


def _settings(
    summaries: Sequence[Mapping[str, Any]],
    changed: Sequence[Mapping[str, tuple[Any, Any]]],
    speech: Speech,
) -> Listing:
    """Return 灵敏度: what each scenario sets otherwise than the first, and what that moves."""
    first = summaries[0]
    rows: list[Row] = [
        (
            plain(str(each["scenario"])),
            "；".join(f"{name} {_of(was)} → {_of(now)}" for name, (was, now) in diff.items()),
            *(_moved(first[name], each[name]) for name in HEADLINES),
        )
        for each, diff in zip(summaries[1:], changed[1:], strict=True)
    ]
    return Listing(
        sheet=speech.say(Words("灵敏度", "Sensitivity")),
        title=speech.say(Words("与第一个情景相比的变化", "Changes against the first scenario")),
        note=speech.say(
            Words(
                f"第一个情景：{plain(str(first['scenario']))}；距离、权重为测算参数，非政策规定",
                f"first scenario: {plain(str(first['scenario']))}",
            )
        ),
        heads=(
            *heads_said(
                speech,
                NUMBER,
                (Words("情景", "Scenario"), 22, "text"),
                (Words("改动的参数", "Settings changed"), 40, "text"),
            ),
            *heads_said(speech, *((SAID[name][0], 11.0, _moving(name)) for name in HEADLINES)),
        ),
        rows=tuple(numbered(rows)),
        paper="A3",
        frozen=3,
    )


def _moving(name: str) -> Form:
    return SAID[name][1]


def _moved(was: Any, now: Any) -> Any:
    return None if was is None or now is None else now - was


def _of(value: Any) -> str:
    if isinstance(value, Mapping):
        return "、".join(f"{key} {_of(each)}" for key, each in value.items())
    return f"{value:g}" if isinstance(value, float) else str(value)


def _townships(summaries: Sequence[Mapping[str, Any]], speech: Speech) -> Listing:
    """Return 各乡镇: the two rates of each township, scenario by scenario."""
    places = [each["township"] for each in summaries[0]["townships"]]
    said = [Words("组织覆盖率", "Organisation"), Words("单独组建率", "Standalone")]
    heads = [Head(speech.say(Words("乡镇（街道）", "Township")), 18)]
    heads += [
        Head(speech.say(words), 11, "share", group=plain(str(each["scenario"])) or " ")
        for each in summaries
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


def _stable(stable: pd.DataFrame, scenarios: int, speech: Speech) -> Listing:
    rows: list[Row] = [
        (name or unit_id, township, joined, share, always)
        for unit_id, name, township, joined, share, always in cells(
            published(stable, STABILITY), STABILITY.names
        )
    ]
    return Listing(
        sheet=speech.say(Words("稳定度", "Stability")),
        title=speech.say(
            Words("哪些建议不随参数而变", "Which proposals hold whatever the settings")
        ),
        note=speech.say(
            Words(
                f"共 {scenarios} 个情景；1 为在每个情景中都与相同的单位同支部",
                f"{scenarios} scenarios; 1: the same companions in each",
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
