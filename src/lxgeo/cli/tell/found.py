"""What was found in a ledger, and where its units are."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from lxgeo.cli.tell.voice import OUT, grid, say, written
from lxgeo.errors import Lang

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from lxgeo.ledger import LedgerReport
    from lxgeo.ledger.report import SheetReport
    from lxgeo.scenario import Intake, Planned, Positioned
    from lxgeo.services.osm_folder import Found


def intake(taken: Intake, lang: Lang) -> None:
    """Print how a ledger was taken in: its sheets, its corrections, the registration list."""
    from lxgeo.ledger.sheets.fields import field_words

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
    from lxgeo.ledger.doubts.problems import open_reasons, unsettled
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


def located(units: gpd.GeoDataFrame, path: Path, lang: Lang) -> None:
    """Print how exactly units were located, and where the file stands."""
    from lxgeo import text
    from lxgeo.model import Precision

    counts = Counter(units["precision"])
    table = grid("定位精度", "precision", "单位数", "units", lang=lang)
    for precision in Precision:
        table.add_row(text.label(precision, lang), str(counts[str(precision)]))
    OUT.print(table)
    say(f"结果：{path}", f"written: {path}", lang, "green")


def fetched(found: Found, folder: Path, lang: Lang) -> None:
    """Print what was found in OpenStreetMap, layer by layer, and where it stands."""
    table = grid("图层", "layer", "要素", "features", lang=lang)
    for layer, count in found.counts.items():
        table.add_row(layer, str(count))
    OUT.print(table)
    say(
        "数据 © OpenStreetMap contributors（ODbL 1.0）；其行政界线不是法定界线。",
        "Data © OpenStreetMap contributors (ODbL 1.0); its borders are no legal borders.",
        lang,
    )
    written([folder], lang)
