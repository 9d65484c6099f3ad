"""A worker: damages seeds by number and reads what comes of it, as the product does."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
import traceback
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import IO, Any

import pandas as pd

from fuzzing import warm
from fuzzing.damage import damaged
from lxgeo.errors import LedgerError
from lxgeo.ledger import clean
from lxgeo.ledger.report import LedgerReport
from lxgeo.read.ledger import read_cells
from lxgeo.tables import LEDGER

READ, REFUSED, FAILED = "read", "refused", "failed"
EVERY = 100
"""One file in so many is read twice: as the product does to the letter, and by warm parsers."""

SLOW = 10.0
"""Seconds after which a file is a hang, where the reader was at work for half of them."""

_IMPORTS = {
    "workbook.py": ("python_calamine", "zipfile", "html"),
    "old_workbook.py": ("python_calamine", "zipfile", "lxml.etree"),
    "web_page.py": ("lxml.etree",),
    "layers.py": ("pyarrow.parquet", "pyproj", "sqlite3"),
}
_START = subprocess.run


class WarmParsers:
    """Stands in for `subprocess.run` where a parser's process is started: forks a warm one."""

    def __init__(self, folder: Path) -> None:
        self.out = folder / "parsed"
        self.warm: dict[str, subprocess.Popen[str]] = {}
        self.memory = 0

    def run(self, command: Sequence[str], **how: Any) -> subprocess.CompletedProcess[bytes]:
        """Run a parser on a file, under its own limits."""
        seconds = how["timeout"]
        parser = Path([part for part in command if part.endswith(".py")][-1]).name
        request = {"argv": command[2:], "seconds": int(seconds) + 1, "out": str(self.out)}
        process = self._process(parser)
        _pipe(process.stdin).write(json.dumps(request) + "\n")
        _pipe(process.stdin).flush()
        answer = json.loads(_pipe(process.stdout).readline())
        self.memory = max(self.memory, answer["memory"])
        if answer["code"] == -14:  # noqa: PLR2004 -- SIGALRM: its time is over
            raise subprocess.TimeoutExpired(command, seconds)
        return subprocess.CompletedProcess(command, answer["code"], self.out.read_bytes(), b"")

    def close(self) -> None:
        """End the warm processes."""
        for process in self.warm.values():
            process.communicate()

    def _process(self, parser: str) -> subprocess.Popen[str]:
        if parser not in self.warm:
            self.warm[parser] = subprocess.Popen(  # noqa: S603 -- our own file
                [sys.executable, "-P", warm.__file__, *_IMPORTS.get(parser, ())],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        return self.warm[parser]


def _pipe(stream: IO[str] | None) -> IO[str]:
    if stream is None:
        raise BrokenPipeError
    return stream


@dataclass
class Outcome:
    """What became of a file.

    Parameters
    ----------
    number, source
        Which it is, and the seed that it was made of.
    what
        `READ`, `REFUSED` or `FAILED`.
    seconds
        How long it took.
    trace
        Why it failed.
    said
        What it was read as, or the words that refuse it.
    """

    number: int
    source: str
    what: str
    seconds: float = 0.0
    trace: str = ""
    said: Any = field(default=None, repr=False, compare=False)


def read(number: int, path: Path) -> Outcome:
    """Read a file as the product does; anything but a ledger or words is a failure."""
    begins = time.monotonic()
    try:
        what, said = READ, _ledger(path)
    except LedgerError as error:
        what, said = REFUSED, error.faults
        if not error.faults or not all(text.strip() for fault in error.faults for text in fault):
            what, said = FAILED, "an error without words"
    except BaseException:  # noqa: BLE001 -- whatever it is, it is what is looked for
        what, said = FAILED, traceback.format_exc()
    seconds = time.monotonic() - begins
    trace = said if what == FAILED else ""
    return Outcome(number, path.suffix, what, seconds, trace, said)


def _ledger(path: Path) -> tuple[pd.DataFrame, LedgerReport]:
    ledger, report = clean(read_cells(path))
    LEDGER.check(ledger)
    return ledger, report


def same(one: Outcome, other: Outcome) -> bool:
    """Whether two readings of a file say the same."""
    if one.what != other.what:
        return False
    if one.what == READ:
        return one.said[0].equals(other.said[0]) and one.said[1] == other.said[1]
    return one.what == FAILED or one.said == other.said


def work(pipe: Connection, seed: int, seeds: dict[str, bytes]) -> None:
    """Answer numbers of files with their outcomes until the other end closes.

    The file is kept beside the outcome, as bytes, where it failed.
    """
    warnings.simplefilter("error")
    with tempfile.TemporaryDirectory() as folder:
        warm_parsers = WarmParsers(Path(folder))
        pipe.send(None)
        while (number := pipe.recv()) is not None:
            name, data = damaged(seeds, seed, number)
            path = Path(folder, f"{number}{Path(name).suffix}")
            path.write_bytes(data)
            outcome = _outcome(number, path, warm_parsers)
            outcome.source, outcome.said = name, None
            pipe.send((outcome, data if outcome.what == FAILED else b"", warm_parsers.memory))
            path.unlink()
        warm_parsers.close()


def _outcome(number: int, path: Path, warm_parsers: WarmParsers) -> Outcome:
    """Read a file with warm parsers, now and then to the letter too, and again where it hung."""
    subprocess.run = warm_parsers.run  # type: ignore[assignment]
    outcome = read(number, path)
    subprocess.run = _START
    if number % EVERY == 0:
        strict = read(number, path)
        if not same(outcome, strict) and same(strict, read(number, path)):
            trace = f"warm: {outcome.said}\nto the letter: {strict.said}"
            return Outcome(number, path.suffix, FAILED, strict.seconds, trace)
    if outcome.seconds > SLOW:
        # A machine with much else to do is slow too: that is no fault of the file. Parsers are
        # ended by their limits; a reader that waits for ever is ended from outside.
        at_work = time.process_time()
        outcome = read(number, path)
        if outcome.seconds > SLOW and time.process_time() - at_work > SLOW / 2:
            return Outcome(number, path.suffix, FAILED, outcome.seconds, "hangs")
    return outcome
