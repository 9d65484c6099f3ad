"""What each stretch of an address is, and where it stands in the text as given."""

from __future__ import annotations

import pytest

from lxgeo.locate import parse
from lxgeo.locate.address import house_number
from lxgeo.locate.names import fold


def labelled(text: str) -> str:
    """Return an address as ``label:text`` in one line."""
    return " ".join(f"{part.label}:{part.text}" for part in parse(text))


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
            "浙江杭州市余杭区五常街道文一西路969号3幢5单元301",
            (
                "prov:浙江 city:杭州市 district:余杭区 town:五常街道 road:文一西路 roadno:969号"
                " houseno:3幢 cellno:5单元 roomno:301"
            ),
        ),
        ("上海市黄浦区南京东路12弄", "city:上海市 district:黄浦区 road:南京东路 road:12弄"),
        ("山东省济南市市中区经四路", "prov:山东省 city:济南市 district:市中区 road:经四路"),
        (
            "贵州省关岭布依族苗族自治县关索街道",
            "prov:贵州省 district:关岭布依族苗族自治县 town:关索街道",
        ),
        ("城关镇东街5号", "town:城关镇 road:东街 roadno:5号"),
        ("淮海中路街道", "town:淮海中路街道"),
        ("河南路北京路", "road:河南路 road:北京路"),
        ("八卦岭工业区3栋", "devzone:八卦岭工业区 houseno:3栋"),
        ("滨江大道与人民路交汇处", "road:滨江大道 road:与人民路 poi:交汇处"),
        ("G210国道旁", "road:G210国道 poi:旁"),
        ("福田区八卦路福田区园岭街道", "district:福田区 road:八卦路 district:福田区 poi:园岭街道"),
    ],
)
def test_parts(text: str, parts: str) -> None:
    """Divisions from the top, then street, building, floor and room."""
    assert labelled(text) == parts


@pytest.mark.parametrize("text", ["天安社区", "花园小区", "高新技术开发区", "商务区", "东区"])
def test_not_every_area_is_a_district(text: str) -> None:
    """社区, 小区, 开发区 end like districts and are none."""
    assert "district:" not in labelled(text)


def test_offsets_are_those_of_the_text_as_given() -> None:
    """Blanks, full-width digits and brackets change nothing about where a part stands."""
    text = " 福田区 沙头街道(泰然６路 27 号)㎡"

    parts = parse(text)

    assert [text[part.start : part.end] for part in parts] == [part.text for part in parts]
    assert [part.text for part in parts][:4] == ["福田区", "沙头街道", "泰然６路", "27 号"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\x00",
        "{{7*7}}",
        "(((" * 999,
        "路" * 10_000,
        "1" * 10_000,
        "区" * 9_999,
        "\U0001f600\u202e",
    ],
)
def test_anything_is_text(text: str) -> None:
    """Parts never overlap, never run backwards and never fall outside the text."""
    ends = [0]
    for part in parse(text):
        assert ends[-1] <= part.start < part.end <= len(text)
        ends.append(part.end)


@pytest.mark.parametrize(
    ("after", "number"),
    [
        ("12号3楼", "12"),
        ("12-3号", "12-3"),
        ("十二号", "12"),
        ("附12号", "12"),
        ("12号院", "12"),
        ("12", "12"),
        ("12号楼", None),
        ("12栋", None),
        ("旁", None),
    ],
)
def test_house_numbers(after: str, number: str | None) -> None:
    """A number with 号 is a house number; 12号楼 is a block."""
    found = house_number("人民路" + after, 3)

    assert (found[0] if found else None) == number


def test_fold_keeps_what_names_are_made_of() -> None:
    """Full-width, small letters, odd dashes and brackets, radicals and invisible marks."""
    assert fold("ＨＡＬＯ广场　【１－２期】") == "HALO广场(1-2期)"
    assert fold("⻄路 a座—3\u200b“号”") == "西路A座-3号"
