"""The cache: a file that is none is told, one run at a time asks, a full disk is no riddle."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from lxgeo.errors import InputError, ServiceError
from lxgeo.locate.geocoder import Answer
from lxgeo.model import Datum
from lxgeo.services.geocoders.cache import FILE, Cache

ANSWER = Answer(113.9525, 22.5405, "门牌号", 0.5, Datum.GCJ02, "amap", "科技路1号")


@pytest.mark.parametrize("content", [b"not a database at all" * 99, None])
def test_a_cache_that_is_none_is_told(tmp_path: Path, content: bytes | None) -> None:
    """A damaged file, or one of another version, is named and left as it is."""
    path = tmp_path / FILE
    if content is None:
        with sqlite3.connect(path) as base:
            base.execute("PRAGMA user_version = 99")
        base.close()
    else:
        path.write_bytes(content)
    before = path.read_bytes()

    with pytest.raises(InputError, match="不能用作地理编码缓存"):
        Cache(tmp_path, "amap")
    assert path.read_bytes()[:16] == before[:16]


def test_two_runs_do_not_ask_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second waits for the first, and says so where that takes too long."""
    monkeypatch.setattr("lxgeo.services.geocoders.cache._WAIT_S", 0.01)
    with Cache(tmp_path, "amap") as one, Cache(tmp_path, "amap") as other, one.alone():
        with (
            pytest.raises(ServiceError, match="另一个任务正在用同一缓存询问 amap"),
            other.alone(),
        ):
            pass
        with Cache(tmp_path, "baidu") as third, third.alone():
            assert third.spent("2026-01-01") == 0


def test_an_answer_ends_the_question(tmp_path: Path) -> None:
    """Asked, answered, remembered when opened anew; a question given up leaves nothing."""
    with Cache(tmp_path, "amap") as cache:
        cache.ask(["甲", "乙", "丙"])
        assert cache.under_way() == {"甲", "乙", "丙"}
        cache.answer(["甲", "乙"], [ANSWER, None], "2026-01-01")
        cache.give_up(["丙"])
    with Cache(tmp_path, "amap") as cache:
        assert cache.under_way() == frozenset()
        assert cache.known(["甲", "乙", "丙"]) == {"甲": ANSWER, "乙": None}
        assert (cache.spent("2026-01-01"), cache.spent("2026-01-02")) == (2, 0)
    with Cache(tmp_path, "baidu") as other:
        assert other.known(["甲"]) == {}


def test_many_are_known_at_once(tmp_path: Path) -> None:
    """More addresses than SQLite takes in one question."""
    many = [f"科技路{number}号" for number in range(40_000)]
    with Cache(tmp_path, "amap") as cache:
        cache.answer(many, [ANSWER] * len(many), "2026-01-01")
        assert len(cache.known(many)) == len(many)


def test_a_full_disk_is_told(tmp_path: Path) -> None:
    """The file can grow no more: nothing half-written, and the file is named."""
    with Cache(tmp_path, "amap") as cache:
        cache._base.execute("PRAGMA max_page_count = 8")
        many = [f"科技路{number}号" for number in range(2_000)]
        with pytest.raises(InputError, match=r"geocoding\.sqlite"):
            cache.answer(many, [ANSWER] * len(many), "2026-01-01")
        assert cache.known(many) == {}
        assert cache.spent("2026-01-01") == 0
