"""One request over HTTP and what came back: never followed elsewhere, never repeated by itself.

Repeating is the business of `lxgeo.services.geocoders.errand`, which counts what it asks.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import urllib3

from lxgeo.services.geocoders.key import Key
from lxgeo.services.geocoders.trouble import Kind, Trouble

USER_AGENT = "lxgeo (https://pypi.org/project/lxgeo)"
MOST_BYTES = 1 << 20
LONGEST_WAIT_S = 120.0

_OK = 200
_TOO_MANY = frozenset({408, 418, 425, 429})  # 418: the wall before Tianditu, to hasty callers
_SERVER = 500
_HERE = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True)
class Reply:
    """What a service answered.

    Parameters
    ----------
    status
        HTTP status, below 500.
    data
        The JSON; None where it was none.
    """

    status: int
    data: Any

    def record(self) -> Mapping[str, Any]:
        """Return the JSON object that every documented answer is.

        Raises
        ------
        Trouble
            It is none.
        """
        if isinstance(self.data, dict):
            return self.data
        raise Trouble(Kind.GARBLED, f"HTTP {self.status}")


class Transport:
    """The way to one service.

    Parameters
    ----------
    url
        Where the service is, without a path of its own to follow.
    key
        What must not be logged.
    timeout_s
        How long a request may take in all.
    """

    def __init__(self, url: str, key: Key, timeout_s: float) -> None:
        self.url = url.rstrip("/")
        self._key = key
        self._timeout_s = timeout_s
        self._pool = _pool(url)

    def get(self, path: str, params: Mapping[str, str]) -> Reply:
        """Return the answer to one request.

        Raises
        ------
        Trouble
            No answer (``BUSY``), or nothing that could be one (``GARBLED``, ``REFUSED``). It holds
            nothing of the request, and no exception that does.
        """
        got = self._sent(f"{self.url}{path}", params)
        if isinstance(got, Trouble):
            # Raised here and not where it was caught, so that it carries no URL along.
            raise got
        return got

    def _sent(self, url: str, params: Mapping[str, str]) -> Reply | Trouble:
        deadline = time.monotonic() + self._timeout_s
        try:
            with self._key.unlogged():
                response = self._pool.request(
                    "GET",
                    url,
                    fields=dict(params),
                    headers={"User-Agent": USER_AGENT, "Accept": "application/json"},
                    timeout=urllib3.Timeout(total=self._timeout_s),
                    retries=False,
                    redirect=False,
                    preload_content=False,
                )
                body = _body(response, deadline)
        except urllib3.exceptions.NewConnectionError:
            return Trouble(Kind.BUSY, "connection")
        except urllib3.exceptions.TimeoutError:
            return Trouble(Kind.BUSY, "timeout")
        except urllib3.exceptions.SSLError:
            return Trouble(Kind.REFUSED, "TLS")
        except (urllib3.exceptions.HTTPError, OSError):
            return Trouble(Kind.BUSY, "connection")
        return _reply(response, body)


def _pool(url: str) -> urllib3.PoolManager:
    """Return connections to a service, through the office's proxy where there is one."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    proxy = getproxies().get(parts.scheme)
    if proxy is None or host in _HERE or proxy_bypass(host):
        return urllib3.PoolManager(num_pools=1)
    told = urlsplit(proxy if "://" in proxy else f"http://{proxy}")
    headers = None
    if told.username:
        headers = urllib3.make_headers(proxy_basic_auth=f"{told.username}:{told.password or ''}")
    place = f"{told.scheme}://{told.hostname}:{told.port or 80}"
    return urllib3.ProxyManager(place, num_pools=1, proxy_headers=headers)


def _body(response: urllib3.BaseHTTPResponse, deadline: float) -> bytes | None:
    """Return what came; None where it is too much or comes too slowly."""
    body = bytearray()
    while len(body) <= MOST_BYTES and time.monotonic() < deadline:
        part = response.read1(1 << 16)
        if not part:
            response.release_conn()
            return bytes(body)
        body += part
    response.close()
    return None


def _reply(response: urllib3.BaseHTTPResponse, body: bytes | None) -> Reply | Trouble:
    status = response.status
    if status in _TOO_MANY or status >= _SERVER:
        return Trouble(Kind.BUSY, f"HTTP {status}", _wait(response.headers.get("Retry-After")))
    if _OK < status < 400:  # noqa: PLR2004 -- a redirection: the key goes to one place only
        return Trouble(Kind.REFUSED, f"HTTP {status}")
    if body is None:
        return Trouble(Kind.GARBLED, "too long")
    return Reply(status, _json(body, response.headers.get("Content-Type", "")))


def _wait(header: str | None) -> float | None:
    """Return the seconds that a service asks for; a date is left to our own pause."""
    return min(float(header), LONGEST_WAIT_S) if header and header.strip().isdecimal() else None


def _json(body: bytes, content_type: str) -> Any:
    """Return the JSON of a body; None where it is none, in UTF-8 or in the charset that it names.

    UTF-8 is what all of the services document; some wall before one may say otherwise.
    """
    named = content_type.lower().partition("charset=")[2].partition(";")[0].strip(" \"'")
    for charset in ("utf-8-sig", named):
        try:
            return json.loads(body.decode(charset)) if charset else None
        except (UnicodeError, LookupError):
            continue
        except (ValueError, RecursionError):
            return None
    return None
