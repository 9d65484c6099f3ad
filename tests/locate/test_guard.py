"""The guard of coordinates, on 1,600 doors strewn evenly over the little district."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from little_district import LITTLE, SOUTH, STEP, WEST, ledger
from numpy.typing import NDArray
from pyproj import Transformer

from lxgeo import text
from lxgeo.geo import from_wgs84
from lxgeo.locate.guard import CoordinateReport, Verdict, examine_coordinates
from lxgeo.model import Datum, Reason, Rule
from lxgeo.tables import LEDGER, CoordinateForm

Numbers = NDArray[np.float64]
SIDE = 40
OF = {(0, 0): "T1", (1, 0): "T2", (0, 1): "T3", (1, 1): "T4"}


def doors() -> tuple[Numbers, Numbers, list[str]]:
    """Return 40 × 40 doors, a tenth of a step (some hundred metres) apart, and their townships."""
    steps = (np.arange(SIDE) + 0.5) / SIDE * 4
    east, north = map(np.ravel, np.meshgrid(steps, steps))
    ids = [OF[int(x // 2), int(y // 2)] for x, y in zip(east, north, strict=True)]
    return WEST + STEP * east, SOUTH + STEP * north, ids


def made(lon: Numbers, lat: Numbers, **columns: Any) -> pd.DataFrame:
    """Return a ledger of one sheet with these coordinates, as good as it goes."""
    count = len(lon)
    table = pd.DataFrame(
        {
            "unit_id": [f"U{i}" for i in range(count)],
            "row": [f"台账!{i + 2}" for i in range(count)],
            "operating_status": "operating",
            "line": "territorial",
            "lon_in": lon,
            "lat_in": lat,
        }
    )
    return LEDGER.shaped(table.assign(**columns))


def examined(
    lon: Numbers, lat: Numbers, named: list[str] | None = None, **columns: Any
) -> CoordinateReport:
    """Return what the guard says of coordinates; rows name their own townships unless told."""
    names = doors()[2] if named is None else named
    said = [frozenset([name] if name else []) for name in names]
    return examine_coordinates(made(lon, lat, **columns), LITTLE, said)


def in_squares(lon: Numbers, lat: Numbers, named: list[str]) -> int:
    """Return how many points lie in the square that is their township, by arithmetic."""
    east, north = (lon - WEST) / STEP, (lat - SOUTH) / STEP
    inside = (east >= 0) & (east <= 4) & (north >= 0) & (north <= 4)
    squares = zip(np.minimum(east // 2, 1), np.minimum(north // 2, 1), named, inside, strict=True)
    return sum(bool(ok) and OF[int(x), int(y)] == name for x, y, name, ok in squares)


def test_right_coordinates_fit_and_nothing_is_told() -> None:
    """All 1,600 lie where they say; under GCJ-02 fewer would."""
    lon, lat, _ = doors()
    report = examined(lon, lat)

    (source,) = report.sources
    assert (source.verdict, source.datum, source.rows) == (Verdict.FITS, Datum.WGS84, 1600)
    assert (source.naming, source.inside[Datum.WGS84]) == (1600, 1600)
    assert source.inside[Datum.GCJ02] < 1600
    assert report.forms == {CoordinateForm.DEGREES: 1600}
    assert set(report.findings) == {()}
    assert text.coordinate_report(report) == ()


@pytest.mark.parametrize("datum", [Datum.GCJ02, Datum.BD09])
def test_another_datum_is_suspected_with_its_figures(datum: Datum) -> None:
    """Every row tells how many of 1,600 lie in their township as they are, and if converted."""
    lon, lat, named = doors()
    shifted = from_wgs84(lon, lat, datum)
    report = examined(*shifted)

    figures = {
        "datum": str(datum),
        "declared": "wgs84",
        "of": 1600,
        "inside_as_is": in_squares(*shifted, named),
        "inside": 1600,
    }
    assert report.sources[0].verdict is Verdict.ANOTHER
    assert set(report.findings) == {(Reason(Rule.DATUM_SUSPECTED, figures),)}
    assert f"--datum {datum}" in text.coordinate_report(report)[0]


def test_a_stated_datum_is_tested_too() -> None:
    """WGS 84 stated as GCJ-02 is told; as CGCS2000 it is right."""
    lon, lat, _ = doors()

    wrong = examined(lon, lat, datum_in="gcj02").sources[0]
    right = examined(lon, lat, datum_in="cgcs2000").sources[0]

    assert (wrong.verdict, wrong.datum, wrong.stated) == (Verdict.ANOTHER, Datum.WGS84, True)
    assert (right.verdict, right.datum) == (Verdict.FITS, Datum.CGCS2000)


def test_an_unknown_datum_is_found() -> None:
    """What the ledger calls unknown is told as what it looks like, WGS 84 included."""
    lon, lat, _ = doors()

    plain = examined(lon, lat, datum_in="unknown").sources[0]
    shifted = examined(*from_wgs84(lon, lat, Datum.BD09), datum_in="unknown").sources[0]

    assert (plain.verdict, plain.datum) == (Verdict.ANOTHER, Datum.WGS84)
    assert (shifted.verdict, shifted.datum) == (Verdict.ANOTHER, Datum.BD09)


def test_where_few_or_none_name_a_township_nothing_is_claimed() -> None:
    """Without names, with names of four rows, or of the whole district: can't tell."""
    lon, lat, named = doors()
    shifted = from_wgs84(lon, lat, Datum.GCJ02)
    few = [name if i % 400 == 0 else "" for i, name in enumerate(named)]
    everywhere = [frozenset(OF.values())] * len(lon)

    for report in (
        examined(*shifted, [""] * len(lon)),
        examined(*shifted, few),
        examine_coordinates(made(*shifted), LITTLE, everywhere),
    ):
        assert report.sources[0].verdict is Verdict.UNSURE
        assert set(report.findings) == {()}
        assert "无法判断" in text.coordinate_report(report)[0]


def test_a_tower_full_of_firms_is_one_witness() -> None:
    """A thousand firms at four doors over the border are four places in one square kilometre."""
    lon = np.repeat(WEST + STEP * np.array([2.02, 2.03, 2.04, 2.05]), 250)
    report = examined(lon, np.full(1000, SOUTH + STEP), ["T1"] * 1000)

    assert report.sources[0].verdict is Verdict.UNSURE
    assert report.sources[0].naming == 1000


def test_wrong_addresses_and_rough_borders_accuse_nobody() -> None:
    """One row in ten names another township, and points lie 50 m off: still right."""
    lon, lat, named = doors()
    random = np.random.default_rng(3)
    wrong = random.random(len(lon)) < 0.1
    names = [str(random.choice(["T1", "T2", "T3", "T4"])) if w else n for w, n in zip(wrong, named)]  # noqa: B905
    report = examined(
        lon + random.normal(0, 5e-4, len(lon)), lat + random.normal(0, 4.5e-4, len(lon)), names
    )

    assert report.sources[0].verdict is Verdict.FITS


def test_one_border_drawn_wrong_accuses_nobody() -> None:
    """Along one kilometre of a border, 400 m of ground say that they are of the other side."""
    lon, lat, named = doors()
    east, north = (lon - WEST) / STEP, (lat - SOUTH) / STEP
    strip = (east > 2) & (east < 2.4) & (north < 1)
    names = ["T1" if wrong else name for wrong, name in zip(strip, named, strict=True)]

    report = examined(lon, lat, names)

    assert strip.sum() == 40  # 4 doors across, 10 along
    assert report.sources[0].verdict is Verdict.FITS


def test_a_mixture_is_told_row_by_row() -> None:
    """Every other row in GCJ-02: those that only fit so say it, and none of the others does."""
    lon, lat, _ = doors()
    second = np.arange(len(lon)) % 2 == 1
    lon[second], lat[second] = from_wgs84(lon[second], lat[second], Datum.GCJ02)
    report = examined(lon, lat)

    told = [reason for (reason,) in report.findings]
    here = np.array(["here" in reason.figures for reason in told])
    assert (report.sources[0].verdict, report.sources[0].datum) == (Verdict.MIXED, Datum.GCJ02)
    assert {reason.code for reason in told} == {Rule.DATUMS_MIXED}
    assert here.any()
    assert not here[~second].any()
    assert "混用" in text.coordinate_report(report)[0]


def test_sheets_are_judged_apart_and_small_ones_with_the_rest() -> None:
    """Two big sheets of two datums are told apart; of the small third nobody knows."""
    lon, lat, _ = doors()
    at = np.arange(len(lon))
    sheet = np.where(at % 2 == 0, "甲", "乙").astype(object)
    sheet[at % 800 == 0] = "丙"
    rows = [f"{name}!{i + 2}" for i, name in enumerate(sheet)]
    second = sheet == "乙"
    mixed = lon.copy(), lat.copy()
    for whole, part in zip(mixed, from_wgs84(lon[second], lat[second], Datum.GCJ02), strict=True):
        whole[second] = part

    apart = {each.sheet: each for each in examined(*mixed, row=rows).sources}
    alike = {each.sheet: each for each in examined(lon, lat, row=rows).sources}

    assert {name: str(each.verdict) for name, each in apart.items()} == {
        "甲": "fits",
        "乙": "another",
        "丙": "unsure",
    }
    assert (alike["丙"].verdict, alike["丙"].by_other_sheets) == (Verdict.FITS, True)


EAST, NORTH = 106.61, 26.51


def _metres(crs: int, *, zone: float = 0, turned: bool = False) -> tuple[float, float]:
    x, y = Transformer.from_crs(4326, crs, always_xy=True).transform(EAST, NORTH)
    return (y, x + zone * 1e6) if turned else (x + zone * 1e6, y)


@pytest.mark.parametrize(
    ("pair", "form", "crs"),
    [
        ((26.51, 106.61), "swapped", None),
        ((10636.6, 2630.6), "minutes", None),  # 106°36.6′, 26°30.6′
        ((1063636.0, 263036.0), "seconds", None),  # 106°36′36″, 26°30′36″
        ((263036.0, 1063636.0), "seconds", None),
        ((106610000.0, 26510000.0), "scaled", None),
        (_metres(4545), "metres", "EPSG:4545"),  # 3-degree zone of 108° E
        (_metres(4545, turned=True), "metres", "EPSG:4545"),
        (_metres(4545, zone=36), "metres", "EPSG:4524"),  # the same with its number, 36
        (_metres(4545, zone=36, turned=True), "metres", "EPSG:4524"),
        (_metres(3857), "metres", "EPSG:3857"),
    ],
)
def test_what_are_no_degrees_is_recognised(
    pair: tuple[float, float], form: str, crs: str | None
) -> None:
    """106.61, 26.51 in other forms: told with what is meant, not converted."""
    report = examined(np.array([pair[0]]), np.array([pair[1]]), ["T1"])

    (reason,) = report.findings[0]
    assert (report.sources[0].form, report.sources[0].crs) == (form, crs)
    assert reason.figures["form"] == form
    assert reason.figures["meant"] == "106.610000, 26.510000"


def test_utm_is_told_from_gauss_kruger_by_the_townships_named() -> None:
    """Both have a meridian at 105° E and lie a kilometre apart: more rows fit the right one."""
    lon, lat, _ = doors()
    x, y = Transformer.from_crs(4326, 32648, always_xy=True).transform(lon, lat)

    source = examined(np.asarray(x), np.asarray(y)).sources[0]

    assert (source.crs, source.verdict) == ("EPSG:32648", Verdict.FITS)


def test_what_the_ledger_could_not_read_is_told_once() -> None:
    """A pair that stands only in the ledger's finding is recognised, and joined to it."""
    quoted = Reason(Rule.COORDINATES_UNREADABLE, {"field": "lon, lat", "written": "26.51, 106.61"})
    other = Reason(Rule.VALUE_APPROXIMATE, {"field": "staff"})
    units = ledger({"findings": (other, quoted)}, {"findings": (other,)})

    report = examine_coordinates(units, LITTLE, [frozenset()] * 2)
    joined = report.joined(units["findings"].tolist())

    like = {**quoted.figures, "form": "swapped", "meant": "106.610000, 26.510000"}
    assert joined == [(other, Reason(Rule.COORDINATES_UNREADABLE, like)), (other,)]
    assert report.forms == {CoordinateForm.SWAPPED: 1}
    assert text.reason(joined[0][1]).startswith(
        "坐标“26.51, 106.61”不能识别，像是经度和纬度填反（即106.610000, 26.510000），未予采用"
    )


def test_zeros_halves_and_oddities_have_no_source() -> None:
    """They say nothing about a datum; each row is told."""
    lon = np.array([0.0, 106.6, np.nan, 500.0, np.nan])
    lat = np.array([0.0, np.nan, 26.5, 700.0, np.nan])

    report = examined(lon, lat, ["T1"] * 5)

    assert report.sources == ()
    assert report.forms == {
        CoordinateForm.ZERO: 1,
        CoordinateForm.HALF: 2,
        CoordinateForm.ODD: 1,
    }
    assert [len(each) for each in report.findings] == [1, 1, 1, 1, 0]


def test_a_ledger_without_rows_or_coordinates() -> None:
    """Nothing given, nothing told."""
    none = np.full(3, np.nan)

    assert examined(none[:0], none[:0], []).sources == ()
    assert examined(none, none, ["T1"] * 3).findings == ((), (), ())


def test_the_order_of_rows_changes_nothing() -> None:
    """The same rows backwards: the same source, to the last figure."""
    lon, lat, named = doors()
    there = from_wgs84(lon, lat, Datum.GCJ02)

    back = examined(there[0][::-1], there[1][::-1], named[::-1])

    assert back.sources == examined(*there).sources
