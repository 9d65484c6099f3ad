"""Which divisions an address lies in: inferred, ambiguous, renamed, contradictory."""

from __future__ import annotations

import pytest

from lxgeo.locate.divisions import Division, Divisions, FormerName, Level, short_name
from lxgeo.locate.lattice import ParsedAddress, Renamed, parse_address
from lxgeo.read.divisions import read_divisions


def parsed(text: str) -> ParsedAddress:
    """Return an address as parsed with the packaged divisions."""
    return parse_address(text, read_divisions())


def where(text: str) -> tuple[str, str, str, str]:
    """Return province, city, district and township of an address."""
    found = parsed(text)
    return found.province, found.city, found.district, found.township


@pytest.mark.parametrize(
    ("text", "divisions"),
    [
        ("义乌市福田街道下沈村", ("浙江省", "金华市", "义乌市", "福田街道")),
        ("深圳福田沙头街道办事处", ("广东省", "深圳市", "福田区", "沙头街道")),
        ("东莞市长安镇振安中路12号", ("广东省", "东莞市", "", "长安镇")),
        ("重庆市万州区", ("重庆市", "重庆市", "万州区", "")),
        ("上海市浦东新区张江镇", ("上海市", "上海市", "浦东新区", "张江镇")),
        ("湘西州吉首市", ("湖南省", "湘西土家族苗族自治州", "吉首市", "")),
        ("关岭县", ("贵州省", "安顺市", "关岭布依族苗族自治县", "")),
        ("济源市", ("河南省", "", "济源市", "")),
        ("中山路5号", ("", "", "", "")),
    ],
)
def test_what_is_left_out_is_inferred(text: str, divisions: tuple[str, str, str, str]) -> None:
    """A district tells its city and province; a municipality is its own city."""
    assert where(text) == divisions


def test_an_ambiguous_district_has_candidates_and_a_share_of_confidence() -> None:
    """鼓楼区 is in 南京, 徐州, 福州 and 开封: what they share is told, no more."""
    alone, province, city = parsed("鼓楼区"), parsed("江苏省鼓楼区"), parsed("徐州市鼓楼区")

    assert alone.candidates == ("320106", "320302", "350102", "410204")
    assert (alone.confidence, alone.district, alone.code) == (0.25, "", "")
    assert province.candidates == ("320106", "320302")
    assert (province.confidence, province.province, province.code) == (0.5, "江苏省", "320000")
    assert (city.confidence, city.code, city.candidates) == (1.0, "320302", ())


def test_former_names_lead_to_today_and_are_told() -> None:
    """江干区 went into 上城区 in 2021, 襄樊市 is 襄阳市 since 2010."""
    hangzhou, xiangyang = parsed("杭州市江干区九堡镇"), parsed("襄樊市襄城区")

    assert hangzhou.renamed == (Renamed("江干区", "上城区", 2021),)
    assert hangzhou.township == "九堡街道"
    assert xiangyang.renamed == (Renamed("襄樊市", "襄阳市", 2010),)
    assert xiangyang.code == "420602"
    assert hangzhou.confidence == xiangyang.confidence == 0.9


def test_divisions_at_odds_are_told() -> None:
    """福田区 lies in no 广州市; a township that the table lacks keeps its own words."""
    odd, unknown = parsed("广州市福田区"), parsed("镇远县舞阳镇")

    assert odd.contradicted == ("广州市",)
    assert odd.confidence == 0.5
    assert (unknown.district, unknown.township, unknown.confidence) == ("镇远县", "舞阳镇", 0.8)
    assert unknown.contradicted == ()


def test_the_packaged_table_is_whole() -> None:
    """As many divisions as the registry counts; every one lies in one that is there."""
    table = read_divisions()
    counts = [sum(each.level is level for each in table.divisions) for level in Level]

    assert table.as_of == "2025-12-31"
    assert counts == [33, 333, 2845, 38723]
    assert all(each.above in table.by_code for each in table.divisions if each.above)
    assert all(former.code in table.by_code for former in table.former)
    assert [each.name for each in table.path("440304005")] == [
        "广东省",
        "深圳市",
        "福田区",
        "沙头街道",
    ]


def test_a_table_of_ones_own_is_enough() -> None:
    """The parser knows the divisions that it is given, and no other ones."""
    table = Divisions(
        as_of="2030-01-01",
        divisions=(
            Division(Level.PROVINCE, "990000", "", "云山省"),
            Division(Level.CITY, "990100", "990000", "河湾市"),
            Division(Level.DISTRICT, "990102", "990100", "东岭区"),
        ),
        former=(FormerName(2029, "990103", "990102", "西岭县", ("云山省", "河湾市")),),
    )

    new, old = parse_address("东岭区", table), parse_address("河湾市西岭县", table)

    assert (new.province, new.city, new.code) == ("云山省", "河湾市", "990102")
    assert (old.district, old.renamed) == ("东岭区", (Renamed("西岭县", "东岭区", 2029),))


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("黔东南苗族侗族自治州", "黔东南"),
        ("内蒙古自治区", "内蒙古"),
        ("新疆维吾尔自治区", "新疆"),
        ("三都水族自治县", "三都"),
        ("通县", "通县"),
        ("沙头街道", "沙头"),
    ],
)
def test_names_in_short(name: str, short: str) -> None:
    """What kind it is and whose it is goes; two characters stay."""
    assert short_name(name) == short
