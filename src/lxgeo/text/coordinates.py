"""What the guard of coordinates found, in sentences: by source, with what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lxgeo.errors import Lang, Words
from lxgeo.locate.guard import CoordinateReport, SourceFinding, Verdict
from lxgeo.model import Datum
from lxgeo.tables import CoordinateForm
from lxgeo.text.labels import label

_SHEETS_NAMED = 3
_CORRECT = {
    CoordinateForm.SWAPPED: Words(
        "对调这些格；整列填反的，可用 --column lon=纬度的列名 --column lat=经度的列名 重新读取",
        "exchange the cells; where whole columns are swapped, read again with --column lon=… "
        "--column lat=… the other way round",
    ),
    CoordinateForm.MINUTES: Words(
        "改写成 114°03.5′ 或十进制度", "write them as 114°03.5′ or as decimal degrees"
    ),
    CoordinateForm.SECONDS: Words(
        "改写成 114°03′30″ 或十进制度", "write them as 114°03′30″ or as decimal degrees"
    ),
    CoordinateForm.SCALED: Words("补上小数点", "put the decimal point back"),
    CoordinateForm.METRES: Words(
        "在 GIS 中转换成经纬度再填", "convert them to degrees in a GIS first"
    ),
}


def coordinate_report(report: CoordinateReport, lang: Lang = "zh") -> tuple[str, ...]:
    """Return what the guard found, one sentence a kind of source; what fits is not told.

    Parameters
    ----------
    report
        What `lxgeo.locate.guard.examine_coordinates` returned.
    lang
        Language.

    Returns
    -------
    tuple of str
        Names of sheets in them are a ledger's text: hostile to whatever displays them.
    """
    told = []
    for alike in _alike(report.sources):
        where = _where([each.sheet for each in alike]).in_lang(lang)
        source = _together(alike)
        told += [where + each.in_lang(lang) for each in (*_form(source), *_datum(source))]
    return tuple(told)


def _alike(sources: Sequence[SourceFinding]) -> list[list[SourceFinding]]:
    """Return findings that say the same of several sheets, together."""
    alike: dict[object, list[SourceFinding]] = {}
    for each in sources:
        same = (each.declared, each.stated, each.form, each.crs, each.verdict, each.datum)
        alike.setdefault(same, []).append(each)
    return list(alike.values())


def _together(alike: Sequence[SourceFinding]) -> SourceFinding:
    """Return one finding with the rows and figures of several."""
    return replace(
        alike[0],
        rows=sum(each.rows for each in alike),
        naming=sum(each.naming for each in alike),
        deciding=sum(each.deciding for each in alike),
        inside={datum: sum(each.inside[datum] for each in alike) for datum in alike[0].inside},
    )


def _where(sheets: Sequence[str]) -> Words:
    named = [sheet for sheet in sheets if sheet]
    if not named:
        return Words("", "")
    if len(named) > _SHEETS_NAMED:
        return Words(f"{len(named)} 张工作表：", f"{len(named)} sheets: ")
    return Words(
        "工作表" + "".join(f"“{sheet}”" for sheet in named) + "：",
        "sheet " + ", ".join(f"'{sheet}'" for sheet in named) + ": ",
    )


def _form(source: SourceFinding) -> list[Words]:
    """Return what numbers that are no degrees look like, and what to do."""
    if source.form is CoordinateForm.DEGREES:
        return []
    zh, en = (label(source.form, lang) for lang in ("zh", "en"))
    system = f"（{source.crs}）" if source.crs else ""
    in_system = f" ({source.crs})" if source.crs else ""
    do = _CORRECT[source.form]
    return [
        Words(
            f"{source.rows} 行坐标像是{zh}{system}，未予采用；请{do.zh}",
            f"{source.rows} row(s) of coordinates look like {en}{in_system} and were not used; "
            f"please {do.en}",
        )
    ]


def _datum(source: SourceFinding) -> list[Words]:
    if source.verdict is Verdict.ANOTHER and source.datum is not None:
        return [_another(source, source.datum)]
    if source.verdict is Verdict.MIXED and source.datum is not None:
        return [_mixed(source, source.datum)]
    nobody_says = not source.stated or source.declared is Datum.UNKNOWN
    plain = source.form is CoordinateForm.DEGREES
    if source.verdict is Verdict.UNSURE and nobody_says and plain:
        return [_unsure(source)]
    return []


def _another(source: SourceFinding, datum: Datum) -> Words:
    evidence = _counts(source)
    do = Words(
        f"核实来源后用 --datum {datum} 重新运行",
        f"check where they come from, then run again with --datum {datum}",
    )
    if source.stated:
        do = Words(
            f"核实来源后改正台账中的坐标系（{datum}），边界图层的坐标系不对时用 --areas-datum 指明",
            f"check where they come from, then correct the datum stated ({datum}), or say the "
            "areas' with --areas-datum where that is the wrong one",
        )
    zh, en = (label(datum, lang) for lang in ("zh", "en"))
    said_zh, said_en = (label(source.declared, lang) for lang in ("zh", "en"))
    taken = Words(
        f"注明的是{said_zh}" if source.stated else "未注明，暂按 WGS 84",
        f"stated as {said_en}" if source.stated else "nothing stated, taken for WGS 84",
    )
    return Words(
        f"{source.rows} 行坐标像是 {zh}（{taken.zh}）：{evidence.zh}。未作换算；请{do.zh}",
        f"{source.rows} row(s) of coordinates look like {en} ({taken.en}): {evidence.en}. "
        f"Nothing was converted; please {do.en}",
    )


def _counts(source: SourceFinding) -> Words:
    wgs84, gcj02, bd09 = (source.inside[each] for each in (Datum.WGS84, Datum.GCJ02, Datum.BD09))
    return Words(
        f"{source.naming} 家写明乡镇（街道）的单位中，落在所写之处的，"
        f"按 WGS 84 有 {wgs84} 家，按 GCJ-02 有 {gcj02} 家，按 BD-09 有 {bd09} 家",
        f"of {source.naming} units that name a township, {wgs84} lie in it if WGS 84, {gcj02} if "
        f"GCJ-02, {bd09} if BD-09",
    )


def _mixed(source: SourceFinding, datum: Datum) -> Words:
    zh, en = (label(datum, lang) for lang in ("zh", "en"))
    said_zh, said_en = (label(source.declared, lang) for lang in ("zh", "en"))
    return Words(
        f"{source.rows} 行坐标像是混用了 {said_zh} 和 {zh}。未作换算；请逐行填写坐标系（datum 列）",
        f"{source.rows} row(s) of coordinates look like a mix of {said_en} and {en}. Nothing was "
        "converted; please state the datum row by row (column datum)",
    )


def _unsure(source: SourceFinding) -> Words:
    counts = _counts(source)
    return Words(
        f"{source.rows} 行坐标的坐标系无法判断（{counts.zh}）："
        f"能区分坐标系的只有 {source.deciding} 处，或者互相矛盾",
        f"the datum of {source.rows} row(s) of coordinates can't be told ({counts.en}): only "
        f"{source.deciding} place(s) tell datums apart, or they disagree",
    )
