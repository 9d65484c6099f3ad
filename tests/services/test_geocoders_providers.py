"""Each provider's documented answers, read: the place, how exact, in which datum; and its codes."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from geo_server import (
    Params,
    Sent,
    addresses_of,
    amap,
    amap_fault,
    amap_place,
    baidu,
    geo_server,
    nominatim,
    sent,
    tianditu,
)

from lxgeo.locate.geocoder import Answer
from lxgeo.model import Datum, Precision
from lxgeo.services.geocoders.key import Key
from lxgeo.services.geocoders.nominatim import phrase
from lxgeo.services.geocoders.provider import Limits
from lxgeo.services.geocoders.providers import ready
from lxgeo.services.geocoders.trouble import Kind, Trouble

KEY = "0123456789abcdef0123456789abcdef"
ONE = ["南山区科技路12号"]


def asked(
    name: str, answer: Sent, addresses: Sequence[str] = ONE
) -> tuple[Sequence[Answer | None], list[tuple[str, Params]]]:
    """Return what a provider makes of an answer, and what it had asked."""
    with geo_server(lambda _path, _params: answer) as server:
        provider = ready(name, server.url, Limits(1), Key(KEY))
        return provider.ask(addresses), server.requests


def trouble(name: str, answer: Sent, addresses: Sequence[str] = ONE) -> Trouble:
    """Return the trouble that an answer is."""
    with pytest.raises(Trouble) as caught:
        asked(name, answer, addresses)
    return caught.value


def test_amap_asks_for_ten_at_once_and_answers_in_gcj02() -> None:
    """Its own parameters; a place for each address, an empty one for what it does not find."""
    addresses = [f"科技路{number}号" for number in range(1, 11)]
    places = [amap_place(each, f"113.95{i},22.54{i}") for i, each in enumerate(addresses)]
    places[3] = amap_place("", [], [])
    answers, requests = asked("amap", amap(*places), addresses)

    expected = {"key": KEY, "output": "JSON", "address": "|".join(addresses), "batch": "true"}
    assert requests == [("/v3/geocode/geo", expected)]
    assert answers[1] == Answer(
        113.951, 22.541, "门牌号", 0.5, Datum.GCJ02, "amap", "广东省深圳市科技路2号"
    )
    assert [answer is None for answer in answers] == [i == 3 for i in range(10)]


def test_amap_is_less_sure_of_one_of_several() -> None:
    """One of four candidates is a quarter as sure as the only one; none is no answer."""
    four = amap(*(amap_place(each) for each in "甲乙丙丁"))
    (answer,), requests = asked("amap", four)
    (nothing,), _ = asked("amap", amap())

    assert answer
    assert answer.confidence == 0.125
    assert "batch" not in requests[0][1]
    assert nothing is None


@pytest.mark.parametrize("number", [1, 9, 11])
def test_amap_answers_that_can_not_be_told_apart_are_none(number: int) -> None:
    """Nine answers to ten addresses: whose is missing is not guessed."""
    addresses = [f"科技路{i}号" for i in range(10)]
    answer = amap(*(amap_place("甲") for _ in range(number)))

    assert trouble("amap", answer, addresses).kind is Kind.BATCH


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("10001", Kind.KEY),  # INVALID_USER_KEY
        ("10003", Kind.QUOTA),  # DAILY_QUERY_OVER_LIMIT
        ("10004", Kind.BUSY),  # ACCESS_TOO_FREQUENT
        ("10005", Kind.KEY),  # INVALID_USER_IP
        ("10009", Kind.KEY),  # USERKEY_PLAT_NOMATCH
        ("10014", Kind.BUSY),  # QPS_HAS_EXCEEDED_THE_LIMIT
        ("10016", Kind.BUSY),  # SERVER_IS_BUSY
        ("10021", Kind.BUSY),  # CUQPS_HAS_EXCEEDED_THE_LIMIT
        ("10044", Kind.QUOTA),  # USER_DAILY_QUERY_OVER_LIMIT
        ("20000", Kind.ADDRESS),  # INVALID_PARAMS
        ("20800", Kind.REFUSED),
        ("30001", Kind.ADDRESS),  # ENGINE_RESPONSE_DATA_ERROR
        ("40000", Kind.QUOTA),  # QUOTA_PLAN_RUN_OUT
        ("99999", Kind.REFUSED),
    ],
)
def test_amap_codes(code: str, kind: Kind) -> None:
    """Each documented infocode is what it means for the run, and is told by its number."""
    found = trouble("amap", amap_fault(code))

    assert (found.kind, found.code) == (kind, code)
    assert found.wait_s == (60 if code == "10004" else None)


def test_baidu_answers_in_bd09() -> None:
    """Its own parameters; the less sure of its two scores."""
    (answer,), requests = asked("baidu", baidu("门址", confidence=90, comprehension=60))

    assert requests == [("/geocoding/v3/", {"ak": KEY, "output": "json", "address": ONE[0]})]
    assert answer == Answer(116.30815, 40.05687, "门址", 0.6, Datum.BD09, "baidu", "")


def test_baidu_gets_no_more_than_it_takes() -> None:
    """84 bytes are 28 Chinese characters; no character is cut in two."""
    _, requests = asked("baidu", baidu("门址"), ["甲" * 27 + "a" + "乙" * 9])

    assert requests[0][1]["address"] == "甲" * 27 + "a"


@pytest.mark.parametrize(
    ("level", "more", "precision"),
    [
        ("门址", {"confidence": 80}, Precision.HOUSE_NUMBER),  # less than 100 m off
        ("门址", {"confidence": 75}, Precision.ROAD),  # less than 200 m
        ("门址", {"confidence": 60}, Precision.ROAD),  # less than 500 m
        ("商务大厦", {"confidence": 50}, Precision.VILLAGE),  # less than 1 km
        ("商务大厦", {"confidence": 40}, Precision.TOWNSHIP),  # less than 2 km
        ("商务大厦", {"confidence": 90, "precise": 0}, Precision.VILLAGE),
        ("道路", {"confidence": 25, "precise": 0}, Precision.TOWNSHIP),
        ("乡镇", {"confidence": 90}, Precision.TOWNSHIP),
        ("区县", {"confidence": 20}, Precision.DISTRICT),
        ("门址", {"confidence": None}, Precision.TOWNSHIP),
    ],
)
def test_baidu_is_worth_the_coarser_of_level_and_error(
    level: str, more: dict[str, object], precision: Precision
) -> None:
    """A house number half a kilometre off is no house number."""
    (answer,), _ = asked("baidu", baidu(level, **more))

    assert answer
    assert answer.precision is precision


@pytest.mark.parametrize(
    ("status", "msg", "kind"),
    [
        (1, "Internal Service Error", Kind.BUSY),
        (2, "Request Parameter Error:address length too long", Kind.ADDRESS),
        (4, "配额校验失败", Kind.QUOTA),
        (5, "ak不存在或者非法", Kind.KEY),
        (101, "AK参数不存在", Kind.KEY),
        (210, "APP IP校验失败", Kind.KEY),
        (240, "APP 服务被禁用", Kind.KEY),
        (302, "天配额超限，限制访问", Kind.QUOTA),
        (401, "当前并发量已经超过约定并发配额，限制访问", Kind.BUSY),
        (777, "?", Kind.REFUSED),
    ],
)
def test_baidu_codes(status: int, msg: str, kind: Kind) -> None:
    """Each documented status is what it means for the run."""
    found = trouble("baidu", sent({"status": status, "message": msg, "msg": msg}))

    assert (found.kind, found.code) == (kind, str(status))


def test_baidu_has_no_result() -> None:
    """No result comes as an internal error with these words, and is an answer: there is none."""
    answer = sent({"status": 1, "msg": "Internal Service Error:无相关结果", "results": []})

    assert asked("baidu", answer)[0] == [None]


def test_tianditu_answers_in_cgcs2000() -> None:
    """Its own parameters; coordinates as text, the score out of a hundred."""
    (answer,), requests = asked("tianditu", tianditu(keyWord="科技路12号"))

    assert requests == [("/geocoder", {"ds": f'{{"keyWord": "{ONE[0]}"}}', "tk": KEY})]
    assert answer == Answer(
        116.001688, 40.453228, "门址", 0.98, Datum.CGCS2000, "tianditu", "科技路12号"
    )


@pytest.mark.parametrize(
    ("answer", "kind", "code"),
    [
        (sent({"msg": "非法Key", "resolve": "请到API控制台…", "code": 1}, 403), Kind.KEY, "1"),
        (sent({"code": 301012, "msg": "权限类型错误", "resolve": "…"}, 403), Kind.KEY, "301012"),
        (sent({"code": 308011, "message": "请求参数非法长度或不合规"}, 400), Kind.KEY, "308011"),
        (sent({"code": 9, "msg": "超出每日访问次数"}, 403), Kind.QUOTA, "9"),
        (sent({"status": "404", "msg": "出错"}), Kind.ADDRESS, "404"),
        (sent({"status": "500", "msg": "?"}), Kind.REFUSED, "500"),
        (Sent(b"<html>CloudWAF</html>", 418), Kind.BUSY, "HTTP 418"),
        (sent({"hello": 1}), Kind.GARBLED, "HTTP 200"),
        (sent({"status": "0", "msg": "ok", "location": []}), Kind.GARBLED, ""),
    ],
)  # fmt: skip
def test_tianditu_codes(answer: Sent, kind: Kind, code: str) -> None:
    """Its own statuses, and those of the wall before it."""
    found = trouble("tianditu", answer)

    assert (found.kind, found.code) == (kind, code)


def test_tianditu_has_no_result() -> None:
    """Status 101: there is none."""
    assert asked("tianditu", sent({"status": "101", "msg": "结果为空"}))[0] == [None]


def test_nominatim_answers_in_wgs84() -> None:
    """A search of its kind: one hit, in China, in Chinese, by a caller with a name."""
    with geo_server(lambda _path, _params: nominatim()) as server:
        (answer,) = ready("nominatim", f"{server.url}/osm", Limits(1), Key("")).ask(ONE)

        assert server.requests == [
            (
                "/osm/search",
                {"q": "南山区 科技路 12", "format": "json", "limit": "1", "countrycodes": "cn",
                 "accept-language": "zh"},
            )
        ]  # fmt: skip
        assert server.agents[0].startswith("lxgeo")
    assert answer == Answer(
        *(113.9525, 22.5405, "building", 0.5, Datum.WGS84, "nominatim"),
        "创业大厦, 科技路, 南山区, 深圳市, 广东省, 中国",
    )


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("云栖路36号", "云栖路 36"),
        ("岚川市云溪区岚光街道云栖路76号岚盛国际中心3楼302室", "岚川市 云溪区 岚光街道 云栖路 76"),
        ("南山区市场路5号", "南山区 市场路 5"),
        ("深南大道10128号", "深南大道 10128"),
        ("沙棘镇沙棘集市街9号", "沙棘镇 沙棘集市街 9"),
        ("人民路北段12号附3号", "人民路北段 12"),
        ("岚光街道望岚社区", "岚光街道 望岚社区"),
        ("岚光街道岚盛国际中心3楼302室", "岚光街道 岚盛国际中心"),
        ("创业大厦B座", "创业大厦"),
        ("软件园1号楼302室", "软件园1号楼"),
        ("云栖路", "云栖路"),
        ("青云镇柳林村3组", "青云镇 柳林村 3组"),
    ],
)
def test_nominatim_is_asked_in_words_that_it_knows(address: str, words: str) -> None:
    """Blanks between divisions, road and number; nothing that no map holds."""
    assert phrase(address) == words


@pytest.mark.parametrize(
    ("place", "precision"),
    [
        ({"addresstype": "place", "class": "place", "type": "house"}, Precision.HOUSE_NUMBER),
        ({"addresstype": "road", "class": "highway", "type": "residential"}, Precision.ROAD),
        ({"addresstype": "aeroclub", "type": "x", "place_rank": 30}, Precision.BUILDING),
        ({"addresstype": "suburb", "type": "administrative"}, Precision.TOWNSHIP),
        ({"addresstype": "city", "type": "administrative", "place_rank": 16}, Precision.NONE),
    ],
)
def test_nominatim_kinds(place: dict[str, object], precision: Precision) -> None:
    """The kind of place says how exact; a thing at a point is a point of interest."""
    (answer,), _ = asked("nominatim", nominatim(**place))

    assert answer
    assert answer.precision is precision


def test_nominatim_has_no_result() -> None:
    """An empty list: there is none."""
    assert asked("nominatim", sent([]))[0] == [None]


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (sent({"error": {"code": 400, "message": "bad"}}, 400), Kind.ADDRESS),
        (Sent(b"<html>Access blocked</html>", 403), Kind.REFUSED),
        (sent({"error": "Internal"}), Kind.GARBLED),
        (sent([1, 2]), Kind.GARBLED),
        (nominatim(lat="north"), Kind.GARBLED),
        (sent("", 429, Retry_After="7"), Kind.BUSY),
    ],
)
def test_nominatim_faults(answer: Sent, kind: Kind) -> None:
    """What is no list of places is told as what it is."""
    found = trouble("nominatim", answer)

    assert found.kind is kind
    assert found.wait_s == (7 if kind is Kind.BUSY else None)


@pytest.mark.parametrize("location", ["", "x,y", "0,0", "200,22", "113.9", None, 5, "nan,22"])
def test_what_is_no_place_is_no_answer(location: object) -> None:
    """Nonsense coordinates are never taken for a place."""
    assert asked("amap", amap(amap_place("甲", location)))[0] == [None]


def test_all_of_them_know_an_address_when_they_see_one() -> None:
    """The tests' own server reads every service's request."""
    assert addresses_of({"ds": '{"keyWord": "甲"}'}) == ["甲"]
    assert addresses_of({"address": "甲|乙"}) == ["甲", "乙"]
    assert addresses_of({"q": "甲"}) == ["甲"]
