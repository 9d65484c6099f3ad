"""What the guard of coordinates found, as sentences with figures and what to do."""

from __future__ import annotations

from typing import Any

from lxgeo import text
from lxgeo.locate.guard import CoordinateReport, SourceFinding, Verdict
from lxgeo.model import Datum
from lxgeo.tables import CoordinateForm

INSIDE = {Datum.WGS84: 181, Datum.GCJ02: 218, Datum.BD09: 90}


def source(verdict: Verdict, **changed: Any) -> SourceFinding:
    """Return a finding about 300 rows of a sheet, 240 of which name a township."""
    usual = {
        "sheet": "一季度",
        "declared": Datum.WGS84,
        "stated": False,
        "form": CoordinateForm.DEGREES,
        "crs": None,
        "rows": 300,
        "verdict": verdict,
        "datum": Datum.GCJ02,
        "naming": 240,
        "inside": INSIDE,
        "deciding": 50,
        "margin": 20.0,
    }
    return SourceFinding(**(usual | changed))


def said(finding: SourceFinding) -> tuple[str, str]:
    """Return the one sentence about a source, in both languages."""
    report = CoordinateReport((finding,), {}, ())
    (zh,), (en,) = text.coordinate_report(report), text.coordinate_report(report, "en")
    return zh, en


def test_another_datum_is_told_with_evidence_and_option() -> None:
    """How many rows, what they look like, how many fit under each datum, and what to run."""
    zh, en = said(source(Verdict.ANOTHER))

    assert zh == (
        "工作表“一季度”：300 行坐标像是 GCJ-02（火星坐标）（未注明，暂按 WGS 84）："
        "240 家写明乡镇（街道）的单位中，落在所写之处的，按 WGS 84 有 181 家，按 GCJ-02 有 218 家，"
        "按 BD-09 有 90 家。未作换算；请核实来源后用 --datum gcj02 重新运行"
    )
    assert en.startswith("sheet '一季度': 300 row(s) of coordinates look like GCJ-02")
    assert en.endswith("run again with --datum gcj02")


def test_a_stated_datum_is_corrected_in_the_ledger() -> None:
    """The option would not reach rows that state their own."""
    zh, en = said(source(Verdict.ANOTHER, stated=True, declared=Datum.BD09))

    assert "注明的是BD-09（百度坐标）" in zh
    assert "改正台账中的坐标系（gcj02）" in zh
    assert " --datum" not in zh + en
    assert "--areas-datum" in zh


def test_mixtures_and_doubts_say_so() -> None:
    """A mixture names both datums; where nothing can be told, the figures stand all the same."""
    mixed, _ = said(source(Verdict.MIXED))
    unsure, unsure_en = said(source(Verdict.UNSURE, datum=None))

    assert "混用了 WGS 84 和 GCJ-02" in mixed
    assert "无法判断" in unsure
    assert "按 GCJ-02 有 218 家" in unsure
    assert "can't be told" in unsure_en


def test_what_fits_and_what_is_stated_and_unsure_is_silent() -> None:
    """No sentence for a source that needs none."""
    for finding in (
        source(Verdict.FITS, datum=Datum.WGS84),
        source(Verdict.UNSURE, datum=None, stated=True, declared=Datum.GCJ02),
    ):
        assert text.coordinate_report(CoordinateReport((finding,), {}, ())) == ()


def test_sheets_that_say_the_same_are_told_together() -> None:
    """Two sheets by name, four by number, with their rows and figures summed."""

    def together(count: int) -> str:
        sources = tuple(source(Verdict.ANOTHER, sheet=f"表{i}") for i in range(count))
        (zh,) = text.coordinate_report(CoordinateReport(sources, {}, ()))
        return zh

    assert together(2).startswith("工作表“表0”“表1”：600 行坐标像是 GCJ-02")
    assert "480 家写明乡镇（街道）的单位中" in together(2)
    assert together(4).startswith("4 张工作表：1200 行")


def test_forms_are_told_with_what_to_do() -> None:
    """Metres name their system; swapped columns the option that swaps them back."""
    metres, _ = said(
        source(Verdict.FITS, form=CoordinateForm.METRES, crs="EPSG:4547", datum=Datum.WGS84)
    )
    swapped, _ = said(source(Verdict.FITS, form=CoordinateForm.SWAPPED, datum=Datum.WGS84))

    assert "300 行坐标像是投影坐标（米）（EPSG:4547），未予采用" in metres
    assert "--column lon=纬度的列名 --column lat=经度的列名" in swapped
