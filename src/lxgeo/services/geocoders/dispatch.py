"""Sending the courier, and listening to it."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from lxgeo.errors import InputError, ServiceError, Words
from lxgeo.services.geocoders.order import Order, Progress

_COURIER = "lxgeo.services.geocoders.courier"


def send_courier(order: Order, tell: Progress) -> int:
    """Have an order run by a process that outlives this one for as long as an answer takes.

    Returns
    -------
    int
        How many addresses had been sent before and are asked again: a courier was killed.

    Raises
    ------
    ServiceError
        The service failed, its quota is used up, or the courier came to grief; what was answered is
        kept.
    InputError
        The cache can't be used.
    """
    # -P: nothing that happens to lie in the current folder is imported. The key is in the
    # environment, which it inherits, and in no argument.
    command = [sys.executable, "-P", "-m", _COURIER]
    last: dict[str, Any] = {}
    with subprocess.Popen(  # noqa: S603 -- our own module
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
    ) as courier:
        into, out = courier.stdin, courier.stdout
        if into is None or out is None:  # pragma: no cover -- both were asked for
            raise RuntimeError
        try:
            into.write(order.to_json().encode() + b"\n")
            into.flush()
            for line in out:
                last = json.loads(line)
                if "done" in last:
                    tell(last["done"], last["total"])
        except BrokenPipeError:  # it ended before it read its order
            last = {}
        finally:
            _close(courier)
    return _judged(last, courier.returncode)


def _close(courier: subprocess.Popen[bytes]) -> None:
    """Tell the courier that nobody waits for more."""
    try:
        if courier.stdin is not None:
            courier.stdin.close()
    except BrokenPipeError:
        return


def _judged(last: dict[str, Any], code: int) -> int:
    if "faults" in last:
        kind = InputError if last["input"] else ServiceError
        raise kind(*(Words(*fault) for fault in last["faults"]))
    if "finished" not in last:
        raise ServiceError(
            Words(
                f"询问进程意外结束（{code}）；已得的回答都已保存，同一命令接着问",
                f"the process that asks ended unexpectedly ({code}); all answers are kept, and "
                "the same command goes on from there",
            )
        )
    return int(last["again"])
