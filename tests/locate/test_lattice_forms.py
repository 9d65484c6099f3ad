"""How ledgers write addresses, form by form: parts, spans in the text as given, divisions."""

from __future__ import annotations

import pytest

from lxgeo.locate.lattice import ParsedAddress, parse_address
from lxgeo.read.divisions import read_divisions


def parsed(text: str) -> ParsedAddress:
    """Return an address as parsed with the packaged divisions."""
    return parse_address(text, read_divisions())


def labelled(text: str) -> str:
    """Return an address as ``label:text`` in one line; each part is what its offsets say."""
    address = parsed(text)
    assert all(text[part.start : part.end] == part.text for part in address.parts)
    return " ".join(f"{part.label}:{part.text}" for part in address.parts)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("南京市玄武区珠江路88号", ("江苏省", "南京市", "玄武区", "")),
        ("贵阳市云岩区中华北路1号", ("贵州省", "贵阳市", "云岩区", "")),
        ("内蒙古呼和浩特市赛罕区", ("内蒙古自治区", "呼和浩特市", "赛罕区", "")),
        ("恩施州恩施市舞阳坝街道", ("湖北省", "恩施土家族苗族自治州", "恩施市", "舞阳坝街道")),
        (
            "黔东南苗族侗族自治州镇远县",
            ("贵州省", "黔东南苗族侗族自治州", "镇远县", ""),
        ),
        (
            "紫云苗族布依族自治县松山街道",
            ("贵州省", "安顺市", "紫云苗族布依族自治县", "松山街道"),
        ),
        ("仙桃市干河街道", ("湖北省", "", "仙桃市", "干河街道")),
        ("儋州市那大镇", ("海南省", "儋州市", "", "那大镇")),
        ("中山市小榄镇", ("广东省", "中山市", "", "小榄镇")),
        ("重庆万州区高笋塘街道", ("重庆市", "重庆市", "万州区", "高笋塘街道")),
        ("福田区沙头街道办事处", ("广东省", "深圳市", "福田区", "沙头街道")),
        ("福田区沙头街道办", ("广东省", "深圳市", "福田区", "沙头街道")),
        ("福田区沙头办事处", ("广东省", "深圳市", "福田区", "沙头街道")),
    ],
)
def test_provinces_left_out_and_cities_of_every_kind(text: str, where: tuple[str, ...]) -> None:
    """A province left out, prefectures, cities without districts, a subdistrict as an office."""
    address = parsed(text)

    assert (address.province, address.city, address.district, address.township) == where
    assert address.confidence == 1.0
    assert address.candidates == ()


@pytest.mark.parametrize(
    ("text", "renamed", "code", "district"),
    [
        ("绍兴县柯桥街道", ("绍兴县", "柯桥区", 2013), "330603001", "柯桥区"),
        ("临安市锦城街道", ("临安市", "临安区", 2017), "330112001", "临安区"),
        ("杭州市下城区天水街道", ("下城区", "拱墅区", 2021), "330105012", "拱墅区"),
    ],
)
def test_a_county_renamed_or_abolished_is_told_with_todays_name(
    text: str, renamed: tuple[str, str, int], code: str, district: str
) -> None:
    """The address keeps its words; the divisions are today's, and the change is told."""
    address = parsed(text)

    assert [tuple(change) for change in address.renamed] == [renamed]
    assert (address.code, address.district, address.confidence) == (code, district, 0.9)
    assert address.first("district") == renamed[0]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("云岩区[油榨社区]油榨街", "district:云岩区 community:油榨社区 road:油榨街"),
        ("云岩区【油榨社区】油榨街", "district:云岩区 community:油榨社区 road:油榨街"),
        ("云岩区（油榨社区）油榨街", "district:云岩区 community:油榨社区 road:油榨街"),
        ("油榨街附2号", "road:油榨街 roadno:附2号"),
        ("黄河路B—2—2号", "road:黄河路 roadno:B—2—2号"),
        ("莲花小区甲座1201", "poi:莲花小区 houseno:甲座 roomno:1201"),
        ("莲花小区A栋3单元", "poi:莲花小区 houseno:A栋 cellno:3单元"),
        ("莲花小区3号楼2单元301室", "poi:莲花小区 houseno:3号楼 cellno:2单元 roomno:301室"),
        ("翠竹公寓12-3-401室", "poi:翠竹公寓 houseno:12 cellno:3 roomno:401室"),
        ("翠竹公寓201-202室", "poi:翠竹公寓 roomno:201-202室"),
        ("世茂大厦负一层", "poi:世茂大厦 floorno:负一层"),
        ("世茂大厦B1层", "poi:世茂大厦 floorno:B1层"),
        ("世茂大厦地下一层", "poi:世茂大厦 floorno:地下一层"),
        ("碧波路690号12F", "road:碧波路 roadno:690号 floorno:12F"),
        ("人民路20号内", "road:人民路 roadno:20号"),
        ("人民路20号旁", "road:人民路 roadno:20号"),
        ("中心公园对面建设银行", "poi:中心公园 poi:建设银行"),
        ("田园路北20号", "road:田园路 roadno:20号"),
        ("人民路仁爱路口世纪大厦", "road:人民路 road:仁爱路 poi:世纪大厦"),
        ("福田区泰然六路２７号", "district:福田区 road:泰然六路 roadno:２７号"),
        ("ＡＢＣ大厦１２楼１２０１室", "poi:ＡＢＣ大厦 floorno:１２楼 roomno:１２０１室"),
        ("泰然六路２7号A座１2层", "road:泰然六路 roadno:２7号 houseno:A座 floorno:１2层"),
    ],
)
def test_forms(text: str, parts: str) -> None:
    """Brackets, extra numbers, dashes, blocks, floors, what stands beside, full width and mixed."""
    assert labelled(text) == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("万达广场步行街", "poi:万达广场 subpoi:步行街"),
        ("青口镇青口中心小学", "town:青口镇 poi:青口中心小学"),
        ("华中师范大学外国语学校", "poi:华中师范大学外国语学校"),
        ("中国平安大厦", "poi:中国平安大厦"),
        ("国际商贸城北四区", "poi:国际商贸城 subpoi:北四区"),
        ("其它区建设路1号", "district:其它区 road:建设路 roadno:1号"),
    ],
)
def test_where_one_name_ends_and_the_next_begins(text: str, parts: str) -> None:
    """An estate ends before its street; a school keeps its centre."""
    assert labelled(text) == parts


def test_what_is_ambiguous_has_candidates_and_a_share_of_confidence() -> None:
    """朝阳区 lies in 北京 and 长春: a municipality's district counts as much as a city's."""
    address = parsed("朝阳区建设路1号")

    assert address.candidates == ("110105", "220104")
    assert (address.confidence, address.district_code) == (0.5, "")


def test_codes_are_those_of_every_level_that_is_sure() -> None:
    """A municipality has one code for province and city; an unknown township has none."""
    whole, unknown = parsed("重庆市万州区高笋塘街道"), parsed("镇远县舞阳镇")

    assert (whole.province_code, whole.city_code) == ("500000", "500000")
    assert (whole.district_code, whole.township_code) == ("500101", "500101001")
    assert (unknown.district_code, unknown.township_code) == ("522625", "")
