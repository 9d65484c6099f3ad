"""Geocoding 5,000 addresses through three SIGKILLs: how often each address was asked.

``python benchmarks/geocode.py [--addresses N]`` starts a server on loopback that answers as a
provider documents it and counts what it is asked, runs the geocoder in a process of its own, and
kills that process at the worst moment, three times: while the server is at a request and has not
answered it. Each time the same call is made again. Printed per provider: answers, how often an
address was asked at most and at least, requests, seconds.

The last run kills the courier as well, as a power cut would. Then nobody can know whether the
service saw the request that was under way, and its addresses are asked again: one request's worth
for each kill, counted by the run itself.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

KILLS = 3
SENDER = """
import json, sys
from pathlib import Path
from lxgeo.services.geocoders import open_geocoder
provider, cache, addresses = sys.argv[1], Path(sys.argv[2]), json.loads(sys.stdin.read())
geocoder = open_geocoder(provider, allow_upload=True, cache=cache)
answers = geocoder.geocode(addresses)
print(json.dumps([sum(answer is not None for answer in answers), geocoder.asked_again]))
"""


class Service:
    """The server's side: what it was asked, and whom it is to kill before it answers.

    Parameters
    ----------
    kills
        At which requests, counted from one.
    courier
        Whether the courier, whose socket it is, dies too.
    """

    def __init__(self, kills: frozenset[int], *, courier: bool) -> None:
        self.kills = kills
        self.courier = courier
        self.asked: Counter[str] = Counter()
        self.requests = 0
        self.sender: subprocess.Popen[bytes] | None = None
        self._one = threading.Lock()

    def answer(self, path: str, params: dict[str, str]) -> object:
        """Count what is asked, kill where it is time, and answer."""
        amap = path.startswith("/v3")
        text = params["address"] if amap else json.loads(params["ds"])["keyWord"]
        addresses = text.split("|")
        with self._one:
            self.requests += 1
            self.asked.update(addresses)
            if self.requests in self.kills and self.sender:
                if self.courier:
                    kill_children(self.sender.pid)
                self.sender.kill()
                self.sender.wait()
        if not amap:
            place = {"lon": "113.9525", "lat": "22.5405", "level": "门址", "score": 95}
            return {"status": "0", "msg": "ok", "location": place}
        places = [
            {"formatted_address": each, "location": "113.9525,22.5405", "level": "门牌号"}
            for each in addresses
        ]
        return {"status": "1", "infocode": "10000", "count": str(len(places)), "geocodes": places}


def kill_children(pid: int) -> None:
    """Kill a process's children, as Linux lists them."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    for child in children.split():
        os.kill(int(child), signal.SIGKILL)


@contextmanager
def serving(service: Service) -> Iterator[str]:
    """Give the URL of a server that answers for a service."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            """Answer."""
            parts = urlsplit(self.path)
            params = {name: values[0] for name, values in parse_qs(parts.query).items()}
            body = json.dumps(service.answer(parts.path, params)).encode()
            try:
                self.send_response(200)
                self.send_header("Content-Type", "application/json;charset=UTF-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except OSError:  # the courier is gone
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """Say nothing of a caller that hangs up."""

    with Server(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def run(provider: str, addresses: list[str], batch: int, *, courier: bool = False) -> None:
    """Ask through the kills and print what came of it."""
    requests = len(addresses) // batch
    kills = frozenset(random.Random(4).sample(range(2, requests), KILLS))  # noqa: S311 -- no secret
    service = Service(kills, courier=courier)
    settings = {"KEY": "0123456789abcdef0123456789abcdef", "PER_SECOND": "100000", "PER_DAY": "0"}
    began = time.perf_counter()
    killed, again = 0, 0
    with tempfile.TemporaryDirectory() as cache, serving(service) as url:
        said = {f"LXGEO_{provider.upper()}_{what}": value for what, value in settings.items()}
        environment = {**os.environ, **said, f"LXGEO_{provider.upper()}_URL": url}
        while True:
            service.sender = subprocess.Popen(  # noqa: S603 -- this very script's code
                [sys.executable, "-c", SENDER, provider, cache],
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )
            out, _ = service.sender.communicate(json.dumps(addresses).encode())
            if service.sender.returncode != -signal.SIGKILL:
                break
            killed += 1
        answers, again = json.loads(out)
    times = [service.asked[address] for address in addresses]
    who = "sender and courier" if courier else "sender"
    print(
        f"{provider}: {answers:,} answers to {len(addresses):,} addresses through {killed} kills "
        f"of the {who}; asked at most {max(times)}, at least {min(times)} times "
        f"({sum(each > 1 for each in times)} more than once, {again} of them in the last run); "
        f"{service.requests:,} requests, {time.perf_counter() - began:.1f} s"
    )


def main() -> None:
    """Run both ways of asking, then the kill that nothing outlives."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--addresses", type=int, default=5_000)
    count = parser.parse_args().addresses
    addresses = [f"深圳市南山区科技路{number}号" for number in range(1, count + 1)]
    run("tianditu", addresses, 1)
    run("amap", addresses, 10)
    run("amap", addresses, 10, courier=True)


if __name__ == "__main__":
    main()
