"""The data block of the map page: what is packed comes back as it went, in little room."""

from __future__ import annotations

import pandas as pd
import pytest
from map_data import unpack, whole_code

from lxgeo.publish.map.codes import credit_codes
from lxgeo.publish.map.pack import coded, counts, known, pack, steps, texts
from lxgeo.publish.map.pinyin import pinyin
from lxgeo.publish.map.wording import affixed, formed, lettered


def test_columns_come_back_as_they_went() -> None:
    """Numbers of every width, unknown ones, steps below zero and any text survive the packing."""
    odd = ["", "a\nb", "NUL\x00", "\u2028", "𠮷", '"', "</script>"]
    notes, columns = unpack(
        pack(
            [
                counts("narrow", [0, 255]),
                counts("middle", [0, 65535]),
                counts("wide", [0, 4294967295]),
                known("maybe", pd.Series([0, None, 7], dtype="Int64")),
                steps("step", [112200000, -5, 0, 180000000]),
                texts("text", [*odd, None]),
                *coded("term", pd.Series(["b", None, "a", "b"], dtype="str")),
                counts("empty", []),
            ],
            {"n": 1},
        )
    )

    assert notes == {"n": 1}
    assert columns["narrow"] == [0, 255]
    assert columns["middle"] == [0, 65535]
    assert columns["wide"] == [0, 4294967295]
    assert columns["maybe"] == [1, 0, 8]
    assert columns["step"] == [112200000, -5, 0, 180000000]
    assert columns["text"] == [*odd, ""]
    assert columns["term"] == [1, 0, 2, 1]
    assert columns["term.values"] == ["b", "a"]
    assert columns["empty"] == []


def test_texts_come_back_as_they_went() -> None:
    """Letters, names, addresses and codes of any kind survive their shorter forms."""
    names = [
        *("云溪区鑫达商贸有限公司", "云溪区恒信商贸有限公司") * 5,
        "",
        "a\x00b",
        "𠮷\n",
        "0",
        "商贸有限公司",
    ]
    addresses = ["人民路12号3单元0室", "人民路007号", "", "١٢", "#0#", "12"]
    many = [chr(0x4E00 + n) for n in range(9000)]
    _, columns = unpack(
        pack(
            [
                *lettered("letters", names),
                *lettered("many", many),
                *lettered("none", []),
                *affixed("names", names),
                *formed("addresses", addresses),
            ]
        )
    )

    assert columns["letters"] == columns["names"] == names
    assert columns["many"] == many
    assert columns["none"] == []
    assert columns["addresses"] == addresses


def test_credit_codes_come_back_as_they_went() -> None:
    """A right code loses its two check characters; whatever else stands there goes as it is."""
    right = [whole_code("91420100MA4KXYB1"), whole_code("92980203MA5H2MJE")]
    odd = ["", "91420100MA4KXYB1AA", "12345", "9142010O0000000000", "x" * 18, "１" * 18]
    values = [right[0], *odd, right[1], right[0]]
    _, columns = unpack(pack(credit_codes("code", values)))

    assert columns["code"] == values
    assert columns["code.start.values"] == ["91420100", "92980203"]
    assert columns["code.odd"] == odd


def test_pinyin_has_every_reading_of_a_letter() -> None:
    """重 reads zhong first, chong too; what is not Chinese has none."""
    _, columns = unpack(pack(pinyin(["重庆A行", "绿"])))
    letters = columns["pinyin.letters"][0]
    read = dict(zip(letters, columns["pinyin.readings"], strict=True))
    values = columns["pinyin.readings.values"]

    assert sorted(letters) == sorted("重庆行绿")
    assert values[read["重"]].split()[:2] == ["zhong", "chong"]
    assert {"xing", "hang"} <= set(values[read["行"]].split())
    assert values[read["绿"]].split()[0] == "lv"


def test_counts_refuse_what_they_cannot_hold() -> None:
    """A number below zero or beyond 32 bits is a bug of ours, not a wrong figure on a map."""
    with pytest.raises(ValueError, match="column odd"):
        counts("odd", [-1])
    with pytest.raises(ValueError, match="column odd"):
        counts("odd", [1 << 32])
