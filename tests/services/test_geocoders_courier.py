"""The courier: what was sent is seen through when its sender is killed; nothing is asked twice."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from geo_server import GeoServer, Params, Sent, amap_all, amap_fault, geo_server

from lxgeo.errors import InputError, ServiceError
from lxgeo.services.geocoders import geocoder_names, open_geocoder
from lxgeo.services.geocoders.cache import FILE, Cache

KEY = "0123456789abcdef0123456789abcdef"
ADDRESSES = [f"南山区科技路{number}号" for number in range(1, 61)]

SENDER = """
import json, sys
from pathlib import Path
from lxgeo.services.geocoders import open_geocoder
addresses = [f"南山区科技路{number}号" for number in range(1, 61)]
geocoder = open_geocoder("amap", allow_upload=True, cache=Path(sys.argv[1]))
print(json.dumps([answer.text for answer in geocoder.geocode(addresses)]))
"""


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set a key and a pace for tests; nothing else of the caller's environment counts."""
    for name in [name for name in os.environ if name.startswith("LXGEO_AMAP")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("LXGEO_AMAP_KEY", KEY)
    monkeypatch.setenv("LXGEO_AMAP_PER_SECOND", "1000")


def sender(server: GeoServer, cache: Path) -> subprocess.Popen[bytes]:
    """Start a process that asks for all addresses."""
    environment = {**os.environ, "LXGEO_AMAP_URL": server.url}
    return subprocess.Popen(
        [sys.executable, "-c", SENDER, cache], env=environment, stdout=subprocess.PIPE
    )


def test_killed_at_the_worst_moment_twice_each_address_is_asked_once(tmp_path: Path) -> None:
    """SIGKILL while the service is at a request, before it answers: 60 answers, 60 times asked.

    The sender dies with a question under way; the courier waits for the answer, keeps it and ends.
    """
    killed: list[subprocess.Popen[bytes]] = []
    lives: list[subprocess.Popen[bytes]] = []

    def reply(path: str, params: Params) -> Sent:
        # Requests 1 and 3 are answered only when whoever asked is dead.
        if len(server.requests) in (1, 3) and lives:
            lives[-1].kill()
            lives[-1].wait()
            killed.append(lives.pop())
        return amap_all(path, params)

    with geo_server(reply) as server:
        for run in range(3):
            with sender(server, tmp_path) as process:
                lives.append(process)
                out, _ = process.communicate(timeout=60)
            assert process.returncode == (-signal.SIGKILL if run < 2 else 0)

        assert len(killed) == 2
        assert set(server.times.values()) == {1}
        assert len(server.addresses) == 60
    assert json.loads(out) == [f"广东省深圳市{address}" for address in ADDRESSES]


def test_a_killed_courier_is_owned_up_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody can know whether the service saw what was under way: it is asked again, counted."""
    couriers: list[int] = []
    real = subprocess.Popen

    def noted(*args: object, **more: object) -> object:
        process = real(*args, **more)  # type: ignore[call-overload]
        couriers.append(process.pid)
        return process

    def reply(path: str, params: Params) -> Sent:
        if len(server.requests) == 2:
            os.kill(couriers[0], signal.SIGKILL)
        return amap_all(path, params)

    monkeypatch.setattr(subprocess, "Popen", noted)
    with geo_server(reply) as server:
        monkeypatch.setenv("LXGEO_AMAP_URL", server.url)
        geocoder = open_geocoder("amap", allow_upload=True, cache=tmp_path)
        with pytest.raises(ServiceError, match=r"意外结束（-9）"):
            geocoder.geocode(ADDRESSES)
        under_way = set(server.addresses[10:20])
        answers = geocoder.geocode(ADDRESSES)

        assert {address for address, times in server.times.items() if times > 1} == under_way
    assert None not in answers
    assert geocoder.asked_again == 10


def test_what_the_courier_meets_is_told_by_its_sender(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same words in both languages, and no key in the courier's arguments or words."""
    with geo_server(lambda _path, _params: amap_fault("10044", KEY)) as server:
        monkeypatch.setenv("LXGEO_AMAP_URL", server.url)
        told: list[tuple[int, int]] = []
        geocoder = open_geocoder(
            "amap", allow_upload=True, cache=tmp_path, progress=lambda *each: told.append(each)
        )
        with pytest.raises(ServiceError, match=r"高德（10044）：今日配额") as caught:
            geocoder.geocode(ADDRESSES)
        server.reply = amap_all
        geocoder.geocode(ADDRESSES)

    assert "0 answered and kept, 60 to go" in caught.value.in_words("en")
    assert told == [(10 * i, 60) for i in range(1, 7)]
    assert all(KEY.encode() not in path.read_bytes() for path in tmp_path.iterdir())


def test_a_cache_that_is_none_is_an_input_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A damaged file is not the service's failure."""
    monkeypatch.setenv("LXGEO_AMAP_URL", "http://127.0.0.1:1")
    (tmp_path / FILE).write_bytes(b"no database" * 100)
    with pytest.raises(InputError, match="缓存"):
        open_geocoder("amap", allow_upload=True, cache=tmp_path).geocode(ADDRESSES)


def test_the_next_run_waits_for_the_courier_of_the_last(tmp_path: Path) -> None:
    """While a courier is at its last request, no other asks; then what it brought is known."""
    release = threading.Event()

    def reply(path: str, params: Params) -> Sent:
        if len(server.requests) == 1:
            release.wait(60)
        return amap_all(path, params)

    with geo_server(reply) as server:
        with sender(server, tmp_path) as first:
            server.wait_for(1)
            first.kill()
        with sender(server, tmp_path) as second:
            # The second's courier stands before the lock, or is about to: it asks nothing.
            assert len(server.requests) == 1
            release.set()
            second.communicate(timeout=60)

        assert second.returncode == 0
        assert set(server.times.values()) == {1}
    with Cache(tmp_path, "amap") as cache:
        assert len(cache.known(ADDRESSES)) == 60


def test_names_are_listed() -> None:
    """Four services."""
    assert geocoder_names() == ["amap", "baidu", "nominatim", "tianditu"]


@pytest.mark.parametrize(
    ("name", "words"),
    [("amp", "是否为 amap？"), ("gaode", "没有名为 gaode"), ("nominatm", "是否为 nominatim？")],
)
def test_an_unknown_name_gets_a_suggestion(tmp_path: Path, name: str, words: str) -> None:
    """What there is, and what may have been meant."""
    with pytest.raises(InputError, match=words) as caught:
        open_geocoder(name, allow_upload=True, cache=tmp_path)

    assert "amap, baidu, nominatim, tianditu" in caught.value.in_words("en")


@pytest.mark.parametrize("name", ["amap", "baidu", "tianditu"])
def test_a_missing_key_says_which_variable_to_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """And to set it nowhere else."""
    monkeypatch.setenv(f"LXGEO_{name.upper()}_KEY", " ")
    with pytest.raises(InputError, match=f"LXGEO_{name.upper()}_KEY"):
        open_geocoder(name, allow_upload=True, cache=tmp_path)


def test_consent_comes_before_all_else(tmp_path: Path) -> None:
    """Without it nothing is opened, key or no key; Nominatim needs no key."""
    with pytest.raises(InputError, match="--allow-upload"):
        open_geocoder("amap", allow_upload=False, cache=tmp_path)

    assert open_geocoder(" Nominatim", allow_upload=True, cache=tmp_path)


def test_a_missing_package_is_told_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What to install, before anything is asked; the other services need nothing more."""
    monkeypatch.setitem(sys.modules, "geopy", None)
    with pytest.raises(ServiceError, match=r"lxgeo\[geocoding\]"):
        open_geocoder("nominatim", allow_upload=True, cache=tmp_path)

    assert open_geocoder("amap", allow_upload=True, cache=tmp_path)


@pytest.mark.parametrize(
    ("what", "value"),
    [
        ("URL", "restapi.amap.com"),
        ("URL", "ftp://restapi.amap.com"),
        ("URL", f"https://user:{KEY}@restapi.amap.com"),
        ("URL", f"https://restapi.amap.com?key={KEY}"),
        ("URL", "http://[::1"),
        ("URL", "http://host:99999"),
        ("PER_SECOND", "fast"),
        ("PER_SECOND", "0"),
        ("PER_SECOND", "nan"),
        ("PER_DAY", "-1"),
    ],
)
def test_a_setting_that_can_not_be_used_is_named_and_not_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str, value: str
) -> None:
    """The variable is told, never its value: somebody may have put the key there."""
    monkeypatch.setenv(f"LXGEO_AMAP_{what}", value)
    with pytest.raises(InputError, match=f"LXGEO_AMAP_{what}") as caught:
        open_geocoder("amap", allow_upload=True, cache=tmp_path)

    assert value not in f"{caught.value!r}"
    assert caught.value.__cause__ is None
