"""The port to online geocoders: words for how exact, the form of an address, what stays here."""

from __future__ import annotations

import pytest

from lxgeo.locate.geocoder import Answer, may_be_sent, normal_address, precision_of
from lxgeo.model import Datum, Precision


@pytest.mark.parametrize(
    ("level", "precision"),
    [
        # AMap
        ("国家", Precision.NONE),
        ("省", Precision.NONE),
        ("市", Precision.NONE),
        ("区县", Precision.DISTRICT),
        ("开发区", Precision.TOWNSHIP),
        ("乡镇", Precision.TOWNSHIP),
        ("村庄", Precision.VILLAGE),
        ("热点商圈", Precision.VILLAGE),
        ("道路", Precision.ROAD),
        ("道路交叉路口", Precision.ROAD),
        ("兴趣点", Precision.BUILDING),
        ("门牌号", Precision.HOUSE_NUMBER),
        ("单元号", Precision.BUILDING),
        ("公交地铁站点", Precision.ROAD),
        ("门址", Precision.HOUSE_NUMBER),
        ("住宅区", Precision.VILLAGE),
        ("未知", Precision.NONE),
        # Baidu
        ("UNKNOWN", Precision.NONE),
        ("城市", Precision.NONE),
        ("商务大厦", Precision.BUILDING),
        ("工业园区", Precision.PARK),
        ("停车场/停车区", Precision.ROAD),
        ("误差500米以内", Precision.ROAD),
        ("误差超过1公里", Precision.TOWNSHIP),
        # Tianditu
        ("地名地址", Precision.VILLAGE),
        # Nominatim
        ("building", Precision.BUILDING),
        ("road", Precision.ROAD),
        ("suburb", Precision.TOWNSHIP),
        ("city", Precision.NONE),
        ("state", Precision.NONE),
        # nobody's
        ("", Precision.NONE),
        ("新词", Precision.NONE),
    ],
)
def test_each_word_has_a_precision(level: str, precision: Precision) -> None:
    """What each provider calls exact, in our words; an unknown word is worth nothing."""
    assert precision_of(level) is precision
    assert Answer(114, 22, level, 0.5, Datum.WGS84, "amap", "").precision is precision


@pytest.mark.parametrize(
    "level", ["区县", "乡镇", "开发区", "市", "town", "suburb", "city", "未知"]
)
def test_a_coarse_answer_is_never_joined_on(level: str) -> None:
    """A centre of a town or district is no address."""
    assert not precision_of(level).joinable


@pytest.mark.parametrize(
    ("lon", "lat", "sure"),
    [(181, 22, 0.5), (114, 91, 0.5), (float("nan"), 22, 0.5), (114, 22, 1.1), (114, 22, -0.1),
     (114, 22, float("nan"))],
)  # fmt: skip
def test_an_answer_is_a_place_on_earth(lon: float, lat: float, sure: float) -> None:
    """Nonsense is no answer."""
    with pytest.raises(ValueError, match=r"place|confidence"):
        Answer(lon, lat, "门址", sure, Datum.GCJ02, "amap", "")


@pytest.mark.parametrize(
    "address",
    [
        "广东省深圳市南山区科技路12号3号楼",
        " 广东省 深圳市　南山区科技路１２号３号楼\n",
        "广东省深圳市南山区科技路12#3#楼",
        "“广东省深圳市南山区科技路12号3号楼”。",
    ],
)
def test_writings_of_one_address_are_one(address: str) -> None:
    """Width, blanks, quotes and number signs make no new address."""
    assert normal_address(address) == "广东省深圳市南山区科技路12号3号楼"


def test_a_batch_is_not_torn_apart() -> None:
    """The bar that separates AMap's addresses never stands inside one."""
    assert "|" not in normal_address("科技路1号|宏达大厦｜2楼")


@pytest.mark.parametrize(
    "address", ["", "12", "12-3", "科技路1号13800138000", "科技路1号(0755-26991234)",
                "科技路1号44030519900101123X", "科技路1号1 3 8 0 0 1 3 8 0 0 0"],
)  # fmt: skip
def test_what_is_no_address_or_holds_a_persons_number_stays_here(address: str) -> None:
    """A telephone or identity number typed into the address column never leaves."""
    assert not may_be_sent(normal_address(address))


@pytest.mark.parametrize("address", ["科技路1号", "深南大道10128号13楼1380室", "Keji Road 1"])
def test_an_address_may_be_sent(address: str) -> None:
    """Ordinary numbers are no person's."""
    assert may_be_sent(normal_address(address))
