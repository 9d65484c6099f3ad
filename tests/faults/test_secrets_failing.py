"""Secrets where something goes wrong: what is said then is what people send on for help."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from geo_server import Params, Sent, geo_server, sent
from told import holding, spellings

from command import Run, runner
from lxgeo.cli.tell.veil import veiled
from town import Town, build_town

SECRET = "marked%2Fsecret" * 2
SECRETS = spellings((SECRET,))
_PLAIN = SECRET.replace("%2F", "/")
# Each place where a secret may be: all are set at once, whatever a command asks.
_PLACES = {
    "LXGEO_AMAP_KEY": _PLAIN,
    "LXGEO_BAIDU_KEY": _PLAIN,
    "LXGEO_TIANDITU_KEY": _PLAIN,
    "LXGEO_TILES_KEY": _PLAIN,
    "PGPASSWORD": _PLAIN,
    "HTTP_PROXY": f"http://u:{SECRET}@127.0.0.1:9",
    "HTTPS_PROXY": f"http://u:{SECRET}@127.0.0.1:9",
    "AWS_SECRET_ACCESS_KEY": _PLAIN,
}


@pytest.fixture(autouse=True)
def _secrets(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for name, value in _PLACES.items():
        monkeypatch.setenv(name, value)
    # A scheduler that never answers need not be waited for.
    monkeypatch.setattr("lxgeo.engine.cluster._CONNECT_S", 0.1)


@pytest.fixture
def place(tmp_path: Path) -> Town:
    """Return the town with one address that only a map platform can place."""
    made = build_town(tmp_path)
    text = made.ledger.read_text(encoding="utf-8-sig")
    changed = text.replace("甲街道,", "甲街道和平巷9号,")
    made.ledger.write_text(changed, encoding="utf-8-sig")
    return made


@pytest.fixture
def lxgeo(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs one command; what its helpers say counts, too."""
    return runner(monkeypatch, capfd)


@pytest.fixture
def quiet(lxgeo: Run, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> Callable[..., int]:
    """Return a function that runs a command, holds all of it against the secret, tells its end."""

    def run(*args: object) -> int:
        said = lxgeo(*args)
        assert said.err, args
        assert "Traceback" not in said.err
        for secret in SECRETS:
            assert secret not in said.out + said.err + caplog.text, args
        assert holding(tmp_path, SECRETS) == set()
        return said.code

    return run


def _echo(status: int, **headers: str) -> Callable[[str, Params], Sent]:
    """Return a service that repeats what it was asked with, key and all."""
    return lambda path, params: sent({"status": "0", "info": f"{path} {params}"}, status, **headers)


@pytest.mark.parametrize(
    ("service", "answer"),
    [
        pytest.param("amap", _echo(200), id="a refusal"),
        pytest.param("amap", _echo(403), id="no entry"),
        pytest.param("amap", lambda _, params: Sent(f"<p>{params}".encode()), id="a login page"),
        pytest.param("amap", _echo(302, Location=f"http://127.0.0.1:9/{_PLAIN}"), id="elsewhere"),
        pytest.param("baidu", _echo(200), id="a refusal of another"),
        pytest.param("tianditu", _echo(200), id="a refusal of a third"),
    ],
)
def test_a_service_that_repeats_the_key(
    quiet: Callable[..., int],
    place: Town,
    monkeypatch: pytest.MonkeyPatch,
    service: str,
    answer: Callable[[str, Params], Sent],
) -> None:
    """Whatever comes back, the key is in no sentence, no log and no cache."""
    with geo_server(answer) as server:
        monkeypatch.setenv(f"LXGEO_{service.upper()}_URL", server.url)
        monkeypatch.setenv(f"LXGEO_{service.upper()}_PER_SECOND", "1000")
        asked = ("--areas", place.areas, "--out", place.ledger.parent / "out")
        upload = ("--geocoder", service, "--allow-upload")
        assert quiet("plan", place.ledger, *asked, *upload) == 3
        assert all(_PLAIN in str(params) for _, params in server.requests)
        assert server.requests


_BASE = f"postgresql://u:{SECRET}@127.0.0.1:9/d"


@pytest.mark.parametrize(
    ("code", "args"),
    [
        pytest.param(3, ("--engine", "dask", "--scheduler", f"tcp://u:{SECRET}@127.0.0.1:9"),
                     id="a scheduler that is not there"),
        pytest.param(3, ("--engine", "dask", "--scheduler", f"tls://127.0.0.1:9?token={SECRET}"),
                     id="a scheduler with a token"),
        pytest.param(1, ("--scheduler", f"tcp://{SECRET}@127.0.0.1:9"), id="without Dask"),
        pytest.param(1, ("--tiles", "tianditu"), id="a key for tiles that can be none"),
        pytest.param(1, ("--corrections", _BASE), id="a base where a file belongs"),
        pytest.param(1, ("--previous", _BASE), id="a base where a run belongs"),
        pytest.param(1, ("--policy", _BASE), id="a base where a policy belongs"),
    ],
)  # fmt: skip
def test_a_plan_that_fails(
    quiet: Callable[..., int], place: Town, code: int, args: tuple[str, ...]
) -> None:
    """An option with the secret in it, put where it belongs or where it doesn't."""
    out = place.ledger.parent / "out"
    assert quiet("plan", place.ledger, "--areas", place.areas, "--out", out, *args) == code


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("postgresql://u:a%2Fb@h:5432/d?table=t", "postgresql://u:***@h:5432/d?table=t"),
        ("找不到 postgresql:/u:ab@h/d/manifest.json", "找不到 postgresql:/u:***@h/d/manifest.json"),
        ("http://:p@h/ https://h/x?tk=abc&x=1", "http://:***@h/ https://h/x?tk=***&x=1"),
        ("postgresql://u@h/d?table=t", "postgresql://u@h/d?table=t"),
        ("C:/台账/甲:乙.xlsx 12:30 a@b", "C:/台账/甲:乙.xlsx 12:30 a@b"),
        ("http://127.0.0.1:8787/status", "http://127.0.0.1:8787/status"),
    ],
)
def test_the_last_veil_takes_the_password_alone(text: str, said: str) -> None:
    """Whatever sentence an address got into: the password goes, all else stays."""
    assert veiled(text) == said
