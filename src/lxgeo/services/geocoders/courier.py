"""The courier: a process of its own that asks, so that what was sent is seen through.

``python -P -m lxgeo.services.geocoders.courier`` reads an order, one line of JSON, from standard
input and writes lines of JSON to standard output: ``done`` and ``total`` after each request, at the
end ``faults`` or ``finished``. It lives in a session of its own: when its sender is killed, or the
terminal is closed, it waits for the answer that is under way, keeps it, and ends. So an address is
asked once even if the sender dies between question and answer. Only where the courier itself is
killed, or the machine stops, is the request under way asked again: nobody can know whether the
service ever saw it.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Mapping
from typing import Any

from lxgeo.errors import InputError, LxgeoError
from lxgeo.services.geocoders.errand import run_errand
from lxgeo.services.geocoders.order import Order, Stop

_IN, _OUT = 0, 1


def main() -> None:
    """Run one order."""
    stop = Stop(os.getppid())
    line = _line()
    if not line.endswith(b"\n"):  # the sender died before it had said all
        return
    order = Order.of_json(line)
    threading.Thread(target=_watch, args=(stop,), daemon=True).start()

    def tell(done: int, total: int) -> None:
        _say({"done": done, "total": total}, stop)

    try:
        again = run_errand(order, stop, tell)
    except LxgeoError as error:
        ours = isinstance(error, InputError)
        _say({"faults": [list(fault) for fault in error.faults], "input": ours}, stop)
    else:
        _say({"finished": True, "again": again}, stop)


def _line() -> bytes:
    """Return the order. Read without a buffer, for the thread that watches reads on."""
    line = bytearray()
    while not line.endswith(b"\n") and (part := os.read(_IN, 1 << 16)):
        line += part
    return bytes(line)


def _watch(stop: Stop) -> None:
    """Wait until the sender is done with us, or gone: then its end of the pipe is closed."""
    os.read(_IN, 1)
    stop.set()


def _say(what: Mapping[str, Any], stop: Stop) -> None:
    try:
        os.write(_OUT, json.dumps(what).encode() + b"\n")
    except OSError:  # nobody listens any more
        stop.set()


if __name__ == "__main__":
    main()
