"""Addresses in parts: labels, offsets into the text as given, and what an address leaves out."""

from __future__ import annotations

import json

import pytest

from lxgeo.locate.divisions import Division, Divisions, Level
from lxgeo.locate.lattice import ParsedAddress, parse_address, parse_addresses
from lxgeo.read.divisions import read_divisions


def parsed(text: str) -> ParsedAddress:
    """Return an address as parsed with the packaged divisions."""
    return parse_address(text, read_divisions())


def labelled(text: str) -> str:
    """Return an address as ``label:text`` in one line."""
    return " ".join(f"{part.label}:{part.text}" for part in parsed(text).parts)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "广东省深圳市福田区沙头街道天安社区泰然六路27号创业大厦A座12层1201室",
            (
                "prov:广东省 city:深圳市 district:福田区 town:沙头街道 community:天安社区"
                " road:泰然六路 roadno:27号 poi:创业大厦 houseno:A座 floorno:12层 roomno:1201室"
            ),
        ),
        (
            "贵州省贵阳市云岩区[油榨社区]油榨街附2号",
            "prov:贵州省 city:贵阳市 district:云岩区 community:油榨社区 road:油榨街 roadno:附2号",
        ),
        (
            "镇宁布依族苗族自治县白马湖街道办事处",
            "district:镇宁布依族苗族自治县 town:白马湖街道办事处",
        ),
        ("镇远县舞阳镇", "district:镇远县 town:舞阳镇"),
        (
            "北京市朝阳区建国路甲92号世茂大厦B座负一层",
            (
                "city:北京市 district:朝阳区 road:建国路 roadno:甲92号 poi:世茂大厦 houseno:B座"
                " floorno:负一层"
            ),
        ),
        (
            "碧波路690号7号楼12F",
            "road:碧波路 roadno:690号 houseno:7号楼 floorno:12F",
        ),
        ("莲花小区甲座2单元301室", "poi:莲花小区 houseno:甲座 cellno:2单元 roomno:301室"),
        (
            "集中商业（北）1单元B—2—2号",
            "poi:集中商业（北） cellno:1单元 roomno:B—2—2号",
        ),
        ("文三路４７８号", "road:文三路 roadno:４７８号"),
        ("文 三 路 478 号", "road:文 三 路 roadno:478 号"),
        ("乌当区北衙村旁", "district:乌当区 community:北衙村"),
        ("人民路20号对面中心花园", "road:人民路 roadno:20号 poi:中心花园"),
        (
            "义乌市经济开发区宏迪路1号",
            "district:义乌市 devzone:经济开发区 road:宏迪路 roadno:1号",
        ),
        (
            "杭州市滨江区江虹路1750号信雅达国际创意中心",
            "city:杭州市 district:滨江区 road:江虹路 roadno:1750号 poi:信雅达国际创意中心",
        ),
        ("山东腾远建材科技股份有限公司", "poi:山东腾远建材科技股份有限公司"),
        ("下洼村东兴路8号", "community:下洼村 road:东兴路 roadno:8号"),
        ("上海市黄浦区南京东路12号", "city:上海市 district:黄浦区 road:南京东路 roadno:12号"),
    ],
)
def test_parts(text: str, parts: str) -> None:
    """Divisions, street, building, floor and room, in all the forms that ledgers write them."""
    assert labelled(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "?!，。",
        "=HYPERLINK(1)",
        "\u200b浙\u200b江省杭州市",
        "𠮷野家(西湖店)𠮷",
        "a" * 3000,
        "路" * 700,
        "1-2-3-" * 200,
        "镇" * 600,
        "\ud800广州市",
    ],
)
def test_any_text_comes_back_in_parts_that_stand_in_it(text: str) -> None:
    """Whatever comes in, parts are in order, don't overlap, and are what their offsets say."""
    end = 0
    for part in parsed(text).parts:
        assert end <= part.start < part.end <= len(text)
        assert part.text == text[part.start : part.end]
        end = part.end


def test_a_text_too_long_is_read_from_its_beginning_and_said_to_be_cut() -> None:
    """The first 512 characters are read."""
    text = "浙江省杭州市" + " " * 600 + "西湖区"

    assert [part.text for part in parsed(text).parts] == ["浙江省", "杭州市"]
    assert parsed(text).cut
    assert not parsed("浙江省杭州市").cut


def test_many_addresses_are_each_parsed_as_if_alone() -> None:
    """What one address names vouches for nothing in the next; order and number are kept."""
    texts = ["江苏省南京市", "鼓楼区中山路1号", "", "福州市", "鼓楼区中山路1号"]

    together = parse_addresses(texts, read_divisions())

    assert together == [parsed(text) for text in texts]
    assert len(together[1].candidates) == 4


def test_as_mapping_is_what_the_command_prints() -> None:
    """The keys stand in the order of the design; candidates only where there are several."""
    told = parsed("南京市鼓楼区").as_mapping()

    assert json.loads(json.dumps(told)) == {
        "text": "南京市鼓楼区",
        "parts": [
            {"label": "city", "text": "南京市", "start": 0, "end": 3},
            {"label": "district", "text": "鼓楼区", "start": 3, "end": 6},
        ],
        "province": "江苏省",
        "city": "南京市",
        "district": "鼓楼区",
        "township": "",
        "confidence": 1.0,
    }


def test_addresses_that_differ_in_figures_alone_are_read_as_if_each_were_alone() -> None:
    """Offsets and words are each one's own; B1 is a floor, whatever B7 beside it is."""
    texts = [
        f"深圳市福田区泰然六路{house}号创业大厦{part}"
        for house in (7, 27, 127)
        for part in ("A座1201室", "A座1305室", "B1层", "B2层", "B7层", "3栋402", "5栋611", "B1F")
    ]

    assert parse_addresses(texts, read_divisions()) == [parsed(text) for text in texts]


def test_figures_tell_where_a_known_name_has_some() -> None:
    """146团 is a township there and 147团 is not: read together they stay apart."""
    district = Division(Level.DISTRICT, "1", "", "石河子市")
    known = Divisions("", (district, Division(Level.TOWNSHIP, "2", "1", "146团")))
    texts = ["石河子市146团幸福路8号", "石河子市147团幸福路8号"]
    both = parse_addresses(texts, known)

    assert [each.township_code for each in both] == ["2", ""]
    assert both == [parse_address(text, known) for text in texts]
