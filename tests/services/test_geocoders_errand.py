"""Asking for many: once each, kept at once, shuffled, within limits, gone on with after a fault."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import TypeAlias

import pytest
from geo_server import (
    GeoServer,
    Params,
    Sent,
    addresses_of,
    amap,
    amap_all,
    amap_fault,
    amap_place,
    baidu,
    geo_server,
    sent,
)

from lxgeo.errors import InputError, ServiceError
from lxgeo.locate.geocoder import Geocoder
from lxgeo.services.geocoders.cache import FILE, Cache
from lxgeo.services.geocoders.errand import run_errand, today
from lxgeo.services.geocoders.online import Online
from lxgeo.services.geocoders.order import Order, Progress, Stop
from lxgeo.services.geocoders.provider import Limits

KEY = "0123456789abcdef0123456789abcdef"
QUICK = Limits(per_second=10_000, batch=10, timeout_s=5, attempts=3, first_wait_s=0.001)
ADDRESSES = [f"南山区科技路{number}号" for number in range(1, 36)]

Reply: TypeAlias = Callable[[str, Params], Sent]
Open: TypeAlias = Callable[..., Geocoder]


def in_line(order: Order, tell: Progress) -> int:
    """Run an errand in this process."""
    return run_errand(order, Stop(), tell)


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Return a function that opens a geocoder on a server, with a cache of the test's own."""
    monkeypatch.setenv("LXGEO_AMAP_KEY", KEY)
    monkeypatch.setenv("LXGEO_BAIDU_KEY", KEY)

    def opened(
        server: GeoServer,
        limits: Limits = QUICK,
        provider: str = "amap",
        progress: Progress | None = None,
    ) -> Geocoder:
        return Online(
            provider,
            (server.url, limits),
            allow_upload=True,
            cache=tmp_path / "cache",
            progress=progress,
            errand=in_line,
        )

    return opened


def test_every_address_is_asked_once_and_answered_in_its_place(ask: Open) -> None:
    """35 addresses in four requests; a second run asks nothing."""
    with geo_server(amap_all) as server:
        first = ask(server).geocode(ADDRESSES)
        second = ask(server).geocode(ADDRESSES)

        assert len(server.requests) == 4
        assert set(server.times.values()) == {1}
        assert len(server.addresses) == 35
    assert [answer and answer.text for answer in first] == [f"广东省深圳市{a}" for a in ADDRESSES]
    assert second == first


def test_what_leaves_is_addresses_in_an_order_of_its_own(ask: Open, tmp_path: Path) -> None:
    """Neither the ledger's order nor the alphabet's: the order tells nothing of how they came."""
    with geo_server(amap_all) as server:
        ask(server).geocode(ADDRESSES)
        forth = server.addresses
        assert all(
            {*params} <= {"key", "output", "address", "batch"} for _, params in server.requests
        )
    (tmp_path / "cache" / FILE).unlink()
    with geo_server(amap_all) as server:
        ask(server).geocode([*reversed(ADDRESSES), ADDRESSES[3]])
        back = server.addresses

    assert forth == back
    assert sorted(forth) == sorted(ADDRESSES)
    assert forth not in (ADDRESSES, sorted(ADDRESSES))


def test_one_address_written_in_several_ways_is_asked_once(ask: Open) -> None:
    """Each row has its answer, the service one question."""
    with geo_server(amap_all) as server:
        answers = ask(server).geocode(["科技路1号", "科技路１号 ", "", "科技路1#", "x13800138000"])

        assert server.addresses == ["科技路1号"]
    assert [answer is None for answer in answers] == [False, False, True, False, True]


def test_a_miss_is_kept_too(ask: Open) -> None:
    """What a service does not know it is not asked again."""
    with geo_server(lambda _path, _params: amap()) as server:
        assert ask(server).geocode(ADDRESSES[:1]) == [None]
        assert ask(server).geocode(ADDRESSES[:1]) == [None]

        assert len(server.requests) == 1


def test_one_provider_knows_nothing_of_another(ask: Open) -> None:
    """What AMap does not know Baidu may."""
    with geo_server(lambda path, _: amap() if path.startswith("/v3") else baidu("门址")) as server:
        assert ask(server).geocode(ADDRESSES[:1]) == [None]
        (answer,) = ask(server, replace(QUICK, batch=1), "baidu").geocode(ADDRESSES[:1])

    assert answer
    assert answer.provider == "baidu"


def test_batches_that_are_not_taken_are_asked_one_by_one(ask: Open) -> None:
    """A service that answers the first of ten only: one batch is lost, then each goes alone."""
    with geo_server(lambda _, params: amap(amap_place(addresses_of(params)[0]))) as server:
        answers = ask(server).geocode(ADDRESSES)

        assert len(server.requests) == 1 + 35
    assert [answer and answer.text for answer in answers] == [
        f"广东省深圳市{address}" for address in ADDRESSES
    ]


def test_one_bad_address_does_not_spoil_its_batch(ask: Open) -> None:
    """The engine chokes on one of ten: the others are answered, that one is a miss, kept."""

    def reply(path: str, params: Params) -> Sent:
        return (
            amap_fault("30001") if ADDRESSES[7] in addresses_of(params) else amap_all(path, params)
        )

    with geo_server(reply) as server:
        answers = ask(server).geocode(ADDRESSES)
        asked = len(server.requests)
        again = ask(server).geocode(ADDRESSES)

        assert asked == 4 + 10
        assert len(server.requests) == asked
    assert [a for a, answer in zip(ADDRESSES, answers, strict=True) if answer is None] == [
        ADDRESSES[7]
    ]
    assert again == answers


def test_one_address_that_always_fails_does_not_hold_up_the_others(ask: Open) -> None:
    """It is passed over, the run ends as failed, and the next one asks for it alone."""

    def reply(path: str, params: Params) -> Sent:
        bad = ADDRESSES[7] in addresses_of(params)
        return Sent(b'{"status":"1","geoc') if bad else amap_all(path, params)

    with geo_server(reply) as server:
        for _ in range(2):
            with pytest.raises(ServiceError, match="已得 34 条，已保存；还差 1 条"):
                ask(server).geocode(ADDRESSES)
        server.reply = amap_all
        assert None not in ask(server).geocode(ADDRESSES)

        # Three attempts with its batch, three alone; three in the second run, one in the third.
        assert server.times[ADDRESSES[7]] == 3 + 3 + 3 + 1


def test_an_outage_ends_the_run(ask: Open) -> None:
    """A batch and one address of it, three attempts each: the rest is not tried."""
    with geo_server(lambda _path, _params: sent("", 503)) as server:
        with pytest.raises(ServiceError, match="HTTP 503"):
            ask(server).geocode(ADDRESSES)

        assert len(server.requests) == 6


def test_when_nothing_is_taken_the_fault_is_ours(ask: Open) -> None:
    """Ten refusals and no answer: the run stops and keeps no miss."""
    with geo_server(lambda _path, _params: amap_fault("20000", KEY)) as server:
        with pytest.raises(ServiceError, match=r"高德（20000）.*还差 35 条") as caught:
            ask(server, replace(QUICK, batch=1)).geocode(ADDRESSES)
        assert len(server.requests) == 10
        server.reply = amap_all
        answers = ask(server).geocode(ADDRESSES)

    assert None not in answers
    assert "check the address column" in caught.value.in_words("en")


@pytest.mark.parametrize(
    "fault",
    [
        amap_fault("10021", "CUQPS_HAS_EXCEEDED_THE_LIMIT"),
        sent("", 429),
        sent("", 502),
        Sent(b'{"status":"1","geoc'),
        Sent(b"<html>portal</html>"),
    ],
)
def test_a_passing_fault_is_asked_again(ask: Open, fault: Sent) -> None:
    """Too fast, too busy, half an answer: the second attempt brings it."""
    turn = count()
    with geo_server(lambda *said: fault if next(turn) == 0 else amap_all(*said)) as server:
        answers = ask(server).geocode(ADDRESSES[:3])

        assert len(server.requests) == 2
    assert None not in answers


def test_pauses_grow_and_their_chance_has_a_seed(
    ask: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """1, 2 and 4 seconds, each up to a half less; the same in every run; then the run gives up."""
    waited: list[float] = []
    monkeypatch.setattr(Stop, "wait", lambda _, seconds: bool(waited.append(seconds)))
    slow = Limits(per_second=10**9, attempts=4, first_wait_s=1)
    runs = []
    with geo_server(lambda _path, _params: sent("", 500)) as server:
        for _ in range(2):
            waited.clear()
            with pytest.raises(ServiceError, match="多次请求都没有得到回答"):
                ask(server, slow).geocode(ADDRESSES[:1])
            runs.append([seconds for seconds in waited if seconds > 0.1])

        assert len(server.requests) == 8
    with Cache(tmp_path / "cache", "amap") as cache:
        assert cache.under_way() == frozenset()
        assert cache.spent(today()) == 0
    assert runs[0] == runs[1]
    assert [0.5 * 2**i <= pause <= 2**i for i, pause in enumerate(runs[0])] == [True] * 3


def test_a_service_is_left_alone_as_long_as_it_says(
    ask: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Retry-After, and AMap's minute after 10004, are longer than our own pause."""
    waited: list[float] = []
    monkeypatch.setattr(Stop, "wait", lambda _, seconds: bool(waited.append(seconds)))
    faults = iter([sent("", 503, Retry_After="9"), amap_fault("10004")])
    with geo_server(lambda *said: next(faults, None) or amap_all(*said)) as server:
        ask(server, replace(QUICK, per_second=10**9)).geocode(ADDRESSES[:1])

    assert [seconds for seconds in waited if seconds > 0.1] == [9.0, 60.0]


def test_requests_keep_their_distance(ask: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """At two a second, each of three further requests waits for its half second."""
    waited: list[float] = []
    monkeypatch.setattr(Stop, "wait", lambda _, seconds: bool(waited.append(seconds)))
    with geo_server(amap_all) as server:
        ask(server, replace(QUICK, per_second=2)).geocode(ADDRESSES)

    assert len(waited) == 4
    assert all(0.3 < seconds <= 0.5 for seconds in waited[1:])


@pytest.mark.parametrize("code", ["10003", "10044"])
def test_a_used_up_quota_ends_the_run_and_the_next_goes_on(ask: Open, code: str) -> None:
    """Twenty answered and kept, fifteen to go; the next day the fifteen are asked, no other."""
    turn = count()
    with geo_server(
        lambda *said: amap_all(*said) if next(turn) != 2 else amap_fault(code)
    ) as server:
        with pytest.raises(
            ServiceError, match=rf"高德（{code}）：今日配额.*已得 20 条.*15 条"
        ) as caught:
            ask(server).geocode(ADDRESSES)
        refused = server.addresses[20:]
        answers = ask(server).geocode(ADDRESSES)

        assert sorted(set(server.times.elements())) == sorted(ADDRESSES)
        assert {a for a, times in server.times.items() if times == 2} == set(refused)
        assert len(server.requests) == 2 + 1 + 2
    assert None not in answers
    assert "20 answered and kept, 15 to go" in caught.value.in_words("en")


def test_our_own_daily_limit_ends_the_run_before_the_service_does(
    ask: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twenty a day: a second run on the same day asks nothing, on the next day the rest."""
    limits = replace(QUICK, per_day=20)
    with geo_server(amap_all) as server:
        for _ in range(2):
            with pytest.raises(ServiceError, match=r"per day.*配额.*已得 20 条"):
                ask(server, limits).geocode(ADDRESSES)
            assert len(server.addresses) == 20
        monkeypatch.setattr("lxgeo.services.geocoders.errand.today", lambda: "2099-01-01")
        answers = ask(server, limits).geocode(ADDRESSES)

        assert set(server.times.values()) == {1}
    assert None not in answers


@pytest.mark.parametrize(
    ("code", "words"),
    [("10001", "密钥无效"), ("10009", "密钥无效"), ("20800", "请求被拒绝")],
)
def test_what_asking_again_will_not_mend_is_not_asked_again(
    ask: Open, code: str, words: str
) -> None:
    """A wrong key costs one request and says which code."""
    with geo_server(lambda _path, _params: amap_fault(code)) as server:
        with pytest.raises(ServiceError, match=rf"高德（{code}）：{words}"):
            ask(server).geocode(ADDRESSES)

        assert len(server.requests) == 1


def test_progress_is_told_after_each_request(ask: Open) -> None:
    """How many are answered, of how many, those known before included."""
    told: list[tuple[int, int]] = []
    with geo_server(amap_all) as server:
        ask(server).geocode(ADDRESSES[:5])
        ask(server, progress=lambda done, total: told.append((done, total))).geocode(ADDRESSES)

    assert told == [(15, 35), (25, 35), (35, 35)]


def test_the_key_is_in_nothing_that_is_written(
    ask: Open, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A service that repeats the key wherever it can: it is in no file, no log, no answer."""
    caplog.set_level(logging.DEBUG)
    place = {**amap_place(KEY), "level": KEY}
    with geo_server(lambda _path, _params: amap(place)) as server:
        geocoder = ask(server, replace(QUICK, batch=1))
        answers = geocoder.geocode(ADDRESSES[:2])
        server.reply = lambda _path, _params: amap_fault(KEY, KEY)
        with pytest.raises(ServiceError) as caught:
            geocoder.geocode(ADDRESSES)

    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files
    assert all(KEY.encode() not in path.read_bytes() for path in files)
    assert KEY not in f"{answers}{vars(geocoder)}{caplog.text}{caught.value!r}"
    assert KEY not in "".join(map(str, caught.value.faults))
    assert [answer and answer.text for answer in answers] == ["", ""]


def test_the_cache_holds_addresses_and_places_only(ask: Open, tmp_path: Path) -> None:
    """For the owner's eyes; nothing of it is dated but the day's count."""
    with geo_server(amap_all) as server:
        ask(server).geocode(ADDRESSES[:1])
    path = tmp_path / "cache" / FILE

    assert path.stat().st_mode & 0o077 == 0
    with sqlite3.connect(path) as base:
        assert base.execute("SELECT * FROM answers").fetchall() == [
            ("amap", ADDRESSES[0], 113.9525, 22.5405, "门牌号", 0.5, "gcj02",
             f"广东省深圳市{ADDRESSES[0]}")
        ]  # fmt: skip
        assert base.execute("SELECT * FROM asked").fetchall() == []
    base.close()


def test_without_consent_there_is_no_geocoder(tmp_path: Path) -> None:
    """Anything but a plain True is no consent, and nothing is made."""
    for said in (False, None, 1, "yes"):
        with pytest.raises(InputError, match="--allow-upload"):
            Online("amap", ("http://127.0.0.1:1", QUICK), allow_upload=said, cache=tmp_path / "c")  # type: ignore[arg-type]

    assert not (tmp_path / "c").exists()


def test_when_told_to_stop_what_is_under_way_is_kept(ask: Open, tmp_path: Path) -> None:
    """The request that was sent is seen through; no other is sent."""
    del ask  # for the key that it sets
    stop = Stop()
    order = Order("amap", "", QUICK, tmp_path, tuple(ADDRESSES))

    def reply(path: str, params: Params) -> Sent:
        stop.set()
        return amap_all(path, params)

    with geo_server(reply) as server:
        run_errand(replace(order, url=server.url), stop, lambda _done, _total: None)

        assert len(server.requests) == 1
        asked = server.addresses
    with Cache(tmp_path, "amap") as cache:
        assert set(cache.known(ADDRESSES)) == set(asked)
        assert cache.under_way() == frozenset()
