"""A parser's process kept warm: it forks for every file instead of starting anew.

``python -P warm.py MODULE…`` imports what the parser will import, then answers requests on standard
input, one JSON object a line: ``{"argv": [script, …], "seconds": n, "out": path}``. Each is run in
a process forked for it, which limits itself as it would alone; the answer is a JSON object with
its ``code`` (negative: the signal that ended it) and its greatest ``memory`` in KiB.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import runpy
import signal
import sys
import traceback
from typing import Any


def _run(argv: list[str], out: str, seconds: int) -> None:
    """Run a script as it would be run alone; never return."""
    code = 1
    try:
        # A signal ends it whatever its parser is doing.
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(seconds)
        os.dup2(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 1)
        sys.argv = argv
        runpy.run_path(argv[0], run_name="__main__")
        sys.stdout.flush()
        code = 0
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    except BaseException:  # noqa: BLE001 -- as the interpreter itself ends
        with contextlib.suppress(MemoryError):
            traceback.print_exc()
    finally:
        os._exit(code)


def _answer(request: dict[str, Any]) -> dict[str, int]:
    child = os.fork()
    if child == 0:
        _run(request["argv"], request["out"], request["seconds"])
    _, status, used = os.wait4(child, 0)
    return {"code": os.waitstatus_to_exitcode(status), "memory": used.ru_maxrss}


def main() -> None:
    """Answer requests until there are no more."""
    for module in sys.argv[1:]:
        importlib.import_module(module)
    answers = os.fdopen(os.dup(1), "w")
    requests = os.fdopen(os.dup(0))
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    for line in requests:
        answers.write(json.dumps(_answer(json.loads(line))) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
