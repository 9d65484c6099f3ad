"""What the network may do to a request: slowness, half answers, portals; the key in none of it."""

from __future__ import annotations

import json
import logging
import socket
import threading
import traceback

import pytest
from geo_server import Params, Sent, geo_server, sent

from lxgeo.services.geocoders.key import Key
from lxgeo.services.geocoders.transport import MOST_BYTES, Reply, Transport
from lxgeo.services.geocoders.trouble import Kind, Trouble

KEY = "0123456789abcdef0123456789abcdef"
JSON = (("Content-Type", "application/json"),)
GBK = (("Content-Type", "application/json; charset=GBK"),)


def got(answer: Sent, timeout_s: float = 5) -> Reply:
    """Return what comes of an answer."""
    with geo_server(lambda _path, _params: answer) as server:
        return Transport(server.url, Key(KEY), timeout_s).get("/x", {"key": KEY})


def trouble(answer: Sent, timeout_s: float = 5) -> Trouble:
    """Return the trouble that an answer is."""
    with pytest.raises(Trouble) as caught:
        got(answer, timeout_s).record()
    return caught.value


@pytest.mark.parametrize(
    "answer",
    [
        sent({"名": "甲"}),
        Sent('{"名": "甲"}'.encode("utf-8-sig"), headers=JSON),
        Sent('{"名": "甲"}'.encode(), headers=GBK),  # UTF-8 whatever it is called
        Sent('{"名": "甲"}'.encode("gbk"), headers=GBK),
    ],
)
def test_json_is_read_in_the_charset_that_it_is_in(answer: Sent) -> None:
    """UTF-8 as documented, else as the header says."""
    assert got(answer).record() == {"名": "甲"}


@pytest.mark.parametrize(
    ("answer", "kind", "code"),
    [
        (Sent(b'{"status":"1","geocodes":[{"loc'), Kind.GARBLED, "HTTP 200"),
        (Sent("<html>请先登录校园网</html>".encode()), Kind.GARBLED, "HTTP 200"),
        (Sent('{"名": "甲"}'.encode("gbk")), Kind.GARBLED, "HTTP 200"),  # and says UTF-8
        (Sent(b'{"a": 1}', headers=(("Content-Type", "text/x; charset=nonsense"),)), None, ""),
        (Sent(b""), Kind.GARBLED, "HTTP 200"),
        (Sent(b"[" * 100_000), Kind.GARBLED, "HTTP 200"),
        (Sent(b'"' + b"x" * MOST_BYTES + b'"'), Kind.GARBLED, "too long"),
        (Sent(b'{"a": 1', headers=(*JSON, ("Content-Length", "9"))), Kind.BUSY, "connection"),
        (Sent(b"\x1f\x8bno", headers=(("Content-Encoding", "gzip"),)), Kind.BUSY, "connection"),
        (Sent(b"{}", 302, (("Location", "http://127.0.0.1:1/login"),)), Kind.REFUSED, "HTTP 302"),
        (Sent(b"{}", 500), Kind.BUSY, "HTTP 500"),
        (Sent(b"{}", 503, (("Retry-After", "5"),)), Kind.BUSY, "HTTP 503"),
        (Sent(b"<html>Too Many Requests</html>", 429), Kind.BUSY, "HTTP 429"),
        (Sent(b"not found", 404), Kind.GARBLED, "HTTP 404"),
    ],
)  # fmt: skip
def test_what_is_no_answer(answer: Sent, kind: Kind | None, code: str) -> None:
    """Half a JSON, a portal's page, the wrong charset, too much of it, an error: each is told."""
    if kind is None:
        assert got(answer).record() == {"a": 1}
        return
    found = trouble(answer)

    assert (found.kind, found.code) == (kind, code)


@pytest.mark.parametrize(
    ("header", "wait_s"), [("5", 5.0), ("86400", 120.0), ("Fri, 31 Dec 2027 23:59:59 GMT", None)]
)
def test_a_service_may_ask_for_a_pause(header: str, wait_s: float | None) -> None:
    """As many seconds as it says, two minutes at most; a date is left to our own pause."""
    assert trouble(Sent(b"", 429, (("Retry-After", header),))).wait_s == wait_s


def test_a_slow_answer_is_given_up() -> None:
    """A server that is silent costs no longer than the limit."""
    enough = threading.Event()

    def slow(_path: str, _params: Params) -> Sent:
        enough.wait(30)
        return sent({})

    with geo_server(slow) as server:
        with pytest.raises(Trouble) as caught:
            Transport(server.url, Key(KEY), 0.1).get("/x", {"key": KEY})
        enough.set()

    assert (caught.value.kind, caught.value.code) == (Kind.BUSY, "timeout")


def test_an_answer_that_drips_is_given_up() -> None:
    """A byte now and then never comes to an end: the limit is for all of it."""
    over = threading.Event()

    def drip(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection:
            connection.recv(65536)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
            while not over.wait(0.02):
                connection.sendall(b" ")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=drip, args=(listener,))
        thread.start()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        with pytest.raises(Trouble) as caught:
            Transport(url, Key(KEY), 0.3).get("/x", {"key": KEY}).record()
        over.set()
        thread.join()

    assert caught.value.kind is Kind.GARBLED


def closed_port() -> int:
    """Return a port where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def test_nobody_there() -> None:
    """No connection is told, not raised as somebody else's error."""
    with pytest.raises(Trouble) as caught:
        Transport(f"http://127.0.0.1:{closed_port()}", Key(KEY), 5).get("/x", {"key": KEY})

    assert (caught.value.kind, caught.value.code) == (Kind.BUSY, "connection")


def test_one_request_is_sent_once() -> None:
    """The transport never repeats by itself: who repeats also counts."""
    with geo_server(lambda _path, _params: Sent(b"", 503)) as server:
        with pytest.raises(Trouble):
            Transport(server.url, Key(KEY), 5).get("/x", {"key": KEY})

        assert len(server.requests) == 1


def everything_said(error: BaseException | None) -> str:
    """Return all that an exception could show, with what it came from."""
    said = ""
    while error is not None:
        said += "".join(traceback.format_exception(error)) + repr(error) + repr(error.args)
        error = error.__cause__ or error.__context__
    return said


@pytest.mark.parametrize(
    "answer",
    [
        None,
        Sent(b"<html>", 200),
        Sent(f"{KEY}".encode(), 500),
        Sent(b"{}", 302, (("Location", f"/login?key={KEY}"),)),
        Sent(b'{"a": 1', headers=(*JSON, ("Content-Length", "9"))),
    ],
)
def test_the_key_is_in_no_error_and_no_log(
    answer: Sent | None, caplog: pytest.LogCaptureFixture
) -> None:
    """Not in the message, not in what caused it, and not in urllib3's log at its loudest."""
    caplog.set_level(logging.DEBUG)
    if answer is None:
        with pytest.raises(Trouble) as caught:
            Transport(f"http://127.0.0.1:{closed_port()}", Key(KEY), 5).get("/x", {"key": KEY})
        found = caught.value
    else:
        found = trouble(answer)

    assert KEY not in everything_said(found)
    assert KEY not in caplog.text
    assert found.__context__ is None


def test_other_requests_are_logged_as_ever(caplog: pytest.LogCaptureFixture) -> None:
    """Only what holds the key is kept out of the log, and only while it is being sent."""
    caplog.set_level(logging.DEBUG)
    with geo_server(lambda _path, _params: sent({})) as server:
        Transport(server.url, Key(KEY), 5).get("/here", {"q": "1"})

    assert "/here" in caplog.text
    assert logging.getLogger("urllib3.connectionpool").filters == []


def test_a_key_shows_itself_only_when_asked() -> None:
    """Not by repr, not by str, not in JSON or a pickle."""
    key = Key(KEY)

    assert KEY not in f"{key!r}{key}"
    assert key.stands_in(f"…key={KEY}&…")
    assert not Key("").stands_in("anything")
    with pytest.raises(TypeError):
        json.dumps(key)
