"""What the commands print, in the language of the call; ledger text stands as it is, unstyled."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from lxgeo.cli.speech import spoken
from lxgeo.errors import Lang, Words

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from lxgeo.ledger import LedgerReport
    from lxgeo.ledger.report import SheetReport
    from lxgeo.model import Evaluation, Rate
    from lxgeo.policy import Policy
    from lxgeo.publish import Published
    from lxgeo.scenario import Intake, Planned, Positioned, Verdict
    from lxgeo.services.osm_folder import Found

MOST_SHOWN = 20

_out = Console(highlight=False, soft_wrap=True, markup=False, emoji=False)
_err = Console(stderr=True, highlight=False, soft_wrap=True, markup=False, emoji=False)

_STAGES = {
    "demo": Words("生成虚构演示区", "making the fictional district"),
    "read": Words("读取台账和区域", "reading ledger and areas"),
    "locate": Words("定位", "locating"),
    "triage": Words("研判", "triage"),
    "propose": Words("测算联合党支部", "proposing joint branches"),
    "judge": Words("核验与评估", "verifying and judging"),
    "publish": Words("生成地图和清单", "writing map and lists"),
}


def say(zh: str, en: str, lang: Lang, style: str = "") -> None:
    """Print one line on standard output."""
    _out.print(Text(spoken(Words(zh, en), lang), style=style))


def fault(words: Words, lang: Lang) -> None:
    """Print a fault on standard error."""
    _err.print(Text(spoken(words, lang), style="red"))


@contextmanager
def progress(lang: Lang) -> Iterator[Callable[[str | Words], None]]:
    """Give a function that shows what is under way, a stage or in words, on a terminal."""
    if not _err.is_terminal:
        yield lambda _: None
        return
    with _err.status("") as status:
        yield lambda what: status.update(
            Text(f"{spoken(_STAGES[what] if isinstance(what, str) else what, lang)}…")
        )


def asking(show: Callable[[str | Words], None]) -> Callable[[int, int], None]:
    """Return a function that shows how far a geocoder is."""
    return lambda done, total: show(
        Words(f"在线地理编码 {done}/{total}", f"asking the geocoder {done}/{total}")
    )


def intake(taken: Intake, lang: Lang) -> None:
    """Print how a ledger was taken in: its sheets, its corrections, the registration list."""
    from lxgeo.ledger.fields import field_words

    _ledger(taken.report, lang)
    if taken.corrected is not None:
        applied, refused = len(taken.corrected.applied), taken.corrected.refused
        say(
            f"更正：采用 {applied} 处，未采用 {len(refused)} 处",
            f"corrections: {applied} taken, {len(refused)} refused",
            lang,
        )
        for each in refused:
            row, words = each.correction.row, field_words(each.correction.field)
            zh, en = f"  · {row} {words.zh}：{each.why.zh}", f"  · {row} {words.en}: {each.why.en}"
            say(zh, en, lang, "yellow")
    if taken.comparison is not None:
        from lxgeo.publish import differences_counted

        counted, many = differences_counted(taken.comparison), len(taken.comparison)
        say(
            f"与登记名单比对：{many} 处不一致（{counted.zh}），详见清单“登记比对”"
            if many
            else "与登记名单比对：一致",
            f"compared with the registration list: {many} differences ({counted.en}), listed"
            if many
            else "compared with the registration list: no difference",
            lang,
        )


def positions(found: Positioned | Planned, lang: Lang) -> None:
    """Print what there is to tell about coordinates, gazetteers and the geocoder."""
    from lxgeo import text

    for sentence in text.coordinate_report(found.coordinates, lang):
        say(f"  · {sentence}", f"  · {sentence}", lang, "yellow")
    for words in found.notes:
        say(f"  · {words.zh}", f"  · {words.en}", lang, "yellow")


def written(paths: Sequence[Path], lang: Lang) -> None:
    """Print where files were written."""
    for path in paths:
        say(f"已写入：{path}", f"written: {path}", lang, "green")


def _ledger(report: LedgerReport, lang: Lang) -> None:
    say("不得录入涉密数据。", "Classified data must not be entered.", lang, "bold")
    for sheet in report.sheets:
        _sheet(sheet, lang)
    for words in (*report.skipped, *report.assumptions):
        say(f"  · {words.zh}", f"  · {words.en}", lang)
    if report.refused:
        heads = "、".join(report.refused)
        say(
            f"  · 涉及个人信息的列未读入：{heads}",
            f"  · columns of persons were refused: {heads}",
            lang,
            "yellow",
        )


def _sheet(sheet: SheetReport, lang: Lang) -> None:
    dropped = len(sheet.dropped)
    zh = f"，另有 {dropped} 行不是单位" if dropped else ""
    en = f", {dropped} other rows" if dropped else ""
    say(f"{sheet.sheet}：{sheet.units} 家单位{zh}", f"{sheet.sheet}: {sheet.units} units{en}", lang)
    for each in sheet.notes:
        say(f"  · {each.zh}", f"  · {each.en}", lang, "yellow")
    if sheet.unread:
        heads = "、".join(sheet.unread)
        say(f"  · 未采用的列：{heads}", f"  · columns not used: {heads}", lang)


def findings(table: pd.DataFrame, lang: Lang) -> int:
    """Print what a person should settle in a ledger, row by row; return how many rows."""
    from lxgeo import text
    from lxgeo.ledger.problems import open_reasons, unsettled
    from lxgeo.model import Rule

    flagged = table[unsettled(table)]
    for row, reasons in zip(flagged["row"], open_reasons(flagged, table), strict=True):
        sentences = "；".join(text.reason(reason, lang) for reason in reasons)
        say(f"{row}  {sentences}", f"{row}  {sentences}", lang)
    right = sum(each.code is Rule.CONFIRMED for reasons in table["findings"] for each in reasons)
    if right:
        say(f"已核对无误 {right} 处", f"{right} value(s) confirmed as they stand", lang)
    say(
        f"共 {len(table)} 行，{len(flagged)} 行需人工核对",
        f"{len(table)} rows, {len(flagged)} to be settled by a person",
        lang,
        "bold",
    )
    return len(flagged)


def plan(evaluation: Evaluation, lang: Lang) -> None:
    """Print a plan's main figures."""
    from lxgeo import text
    from lxgeo.model import Outcome

    figures: Mapping[str, Any] = evaluation.figures
    table = _grid("结果", "outcome", "单位数", "units", lang=lang)
    for outcome in Outcome:
        if count := figures["outcomes"].get(outcome, 0):
            table.add_row(text.label(outcome, lang), str(count))
    _out.print(table)
    say(
        f"联合党支部 {figures['joint_branches']} 个，未纳入 {figures['left_out']} 家"
        f"（至少 {figures['left_out_min']} 家无法纳入）",
        f"{figures['joint_branches']} joint branches, {figures['left_out']} units left out"
        f" (no plan could leave out fewer than {figures['left_out_min']})",
        lang,
    )
    say(
        f"成本 {figures['plan_cost_m']:,.0f} 米，下界 {figures['bound_m']:,.0f} 米，"
        f"距最优不超过 {figures['gap']:.2%}",
        f"cost {figures['plan_cost_m']:,.0f} m, bound {figures['bound_m']:,.0f} m, "
        f"at most {figures['gap']:.2%} above the best possible",
        lang,
    )
    for before, after in zip(evaluation.before, evaluation.after, strict=True):
        name = text.rate_name(before.name, lang)
        say(
            f"{name}：{_rate(before)} → {_rate(after)}",
            f"{name}: {_rate(before)} → {_rate(after)}",
            lang,
        )


def _rate(rate: Rate) -> str:
    share = "—" if rate.value is None else f"{rate.value:.1%}"
    return f"{share} ({rate.numerator}/{rate.denominator})"


def published(result: Published, lang: Lang) -> None:
    """Print where the results stand."""
    for zh, en, path in (
        ("地图", "map", result.map_page),
        ("清单", "workbook", result.folder / "plan.xlsx"),
        ("GeoJSON", "GeoJSON", result.folder / "branches.geojson"),
        ("GeoPackage", "GeoPackage", result.folder / "plan.gpkg"),
    ):
        say(f"{zh}：{path}", f"{en}: {path}", lang, "green")
    say("测算建议，以党委审批为准。", "A calculation for a committee to decide on.", lang)


def located(units: gpd.GeoDataFrame, path: Path, lang: Lang) -> None:
    """Print how exactly units were located, and where the file stands."""
    from lxgeo import text
    from lxgeo.model import Precision

    counts = Counter(units["precision"])
    table = _grid("定位精度", "precision", "单位数", "units", lang=lang)
    for precision in Precision:
        table.add_row(text.label(precision, lang), str(counts[str(precision)]))
    _out.print(table)
    say(f"结果：{path}", f"written: {path}", lang, "green")


def fetched(found: Found, folder: Path, lang: Lang) -> None:
    """Print what was found in OpenStreetMap, layer by layer, and where it stands."""
    table = _grid("图层", "layer", "要素", "features", lang=lang)
    for layer, count in found.counts.items():
        table.add_row(layer, str(count))
    _out.print(table)
    say(
        "数据 © OpenStreetMap contributors（ODbL 1.0）；其行政界线不是法定界线。",
        "Data © OpenStreetMap contributors (ODbL 1.0); its borders are no legal borders.",
        lang,
    )
    written([folder], lang)


def verdict(result: Verdict, run: Path, lang: Lang) -> int:
    """Print what is broken in a run; return how many breaches."""
    from lxgeo import text

    for breach in result.breaches[: MOST_SHOWN * 10]:
        fault(Words(text.breach(breach, "zh"), text.breach(breach, "en")), lang)
    count = len(result.breaches)
    if count:
        fault(
            Words(f"{run}：{count} 处不符，方案不予认可", f"{run}: {count} breach(es), refused"),
            lang,
        )
    else:
        say(
            f"{run}：核验通过（{result.units} 家单位，{result.branches} 个党支部，"
            f"{result.files} 个文件，成本 {result.plan_cost_m:,.2f} 米）",
            f"{run}: verified ({result.units} units, {result.branches} branches, "
            f"{result.files} files, cost {result.plan_cost_m:,.2f} m)",
            lang,
            "green",
        )
    return count


def policies(known: Sequence[Policy], lang: Lang) -> None:
    """Print the packaged policies."""
    table = _grid("名称", "name", "标题", "title", lang=lang)
    for policy in known:
        table.add_row(policy.name, policy.title)
    _out.print(table)


def policy(shown: Policy, lang: Lang) -> None:
    """Print every setting of a policy."""
    table = _grid("参数", "setting", "值", "value", "含义", "meaning", lang=lang)
    for field in dataclasses.fields(shown):
        unit = field.metadata["unit"]
        value = getattr(shown, field.name)
        if isinstance(value, Mapping):
            value = "、".join(f"{kind} {metres:g}" for kind, metres in value.items())
        table.add_row(field.name, f"{value} {unit}".strip(), field.metadata["zh"])
    _out.print(table)
    say("距离、权重为测算参数，非政策规定。", "Distances and weights are settings, no rules.", lang)


def _grid(*heads: str, lang: Lang) -> Table:
    table = Table(box=None, pad_edge=False)
    for zh, en in zip(heads[::2], heads[1::2], strict=True):
        table.add_column(spoken(Words(zh, en), lang), overflow="fold")
    return table
