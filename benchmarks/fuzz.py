"""Damaged ledgers, by the thousand: each must be read, or refused in words, and nothing else.

``python benchmarks/fuzz.py [N] [SEED] [--keep FOLDER] [--only NUMBER]`` damages small ledgers of
every format (bytes, archives, markup by its structure, tables, layers) and reads each as the
product does: ``clean(read_cells(file))``. Every parser runs in a process of its own under its own
limits, forked from a warm one; one file in a hundred is read by a newly started one too, and must
come out the same. Anything but a LEDGER or a `LedgerError` with words, a warning, more than ten
seconds, or the end of the reading process is a failure: the file is kept and its number printed;
``--only`` repeats it. The figures end with a line of JSON; the exit code is 1 after a failure.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any

from fuzzing.damage import damaged
from fuzzing.reading import FAILED, Outcome, work
from fuzzing.seeds import seeds

FILES, SEED = 20_000, 1
_PATIENCE = 60.0
"""Seconds after which a worker that says nothing is lost."""

_CONTEXT = multiprocessing.get_context("spawn")


class Worker:
    """A process that reads one file after the other."""

    def __init__(self, seed: int, files: dict[str, bytes]) -> None:
        self.pipe, there = _CONTEXT.Pipe()
        self.process = _CONTEXT.Process(target=work, args=(there, seed, files), daemon=True)
        self.process.start()
        there.close()
        self.number: int | None = None
        self.since = time.monotonic()

    def give(self, number: int | None) -> None:
        """Give it the next file's number; None is the last."""
        self.number, self.since = number, time.monotonic()
        self.pipe.send(number)

    @property
    def lost(self) -> bool:
        """Whether it has been silent for too long."""
        return time.monotonic() - self.since > _PATIENCE

    def end(self) -> None:
        """End it, whatever it is doing."""
        self.process.kill()
        self.process.join()


def outcomes(
    numbers: Iterator[int], seed: int, files: dict[str, bytes], workers: int
) -> Iterator[tuple[Outcome, bytes, int]]:
    """Yield what becomes of each file, its bytes where it failed, and its parser's memory in KiB.

    A worker that ends or falls silent takes one file with it, and another one goes on.
    """
    team = [Worker(seed, files) for _ in range(workers)]
    while team:
        ready = wait([worker.pipe for worker in team], timeout=1)
        for worker in list(team):
            said: Any = None
            gone = worker.lost
            if worker.pipe in ready:
                try:
                    said = worker.pipe.recv()
                except EOFError:
                    gone = True
            elif not gone:
                continue
            if gone:
                worker.end()
                team.remove(worker)
                yield _lost(worker, seed, files)
                team.append(Worker(seed, files))
                continue
            if said is not None:
                yield said
            number = next(numbers, None)
            worker.give(number)
            if number is None:
                worker.process.join()
                team.remove(worker)


def _lost(worker: Worker, seed: int, files: dict[str, bytes]) -> tuple[Outcome, bytes, int]:
    if worker.number is None:
        raise ChildProcessError("a worker ended before it began")
    name, data = damaged(files, seed, worker.number)
    trace = f"the reading process ended ({worker.process.exitcode}) or fell silent"
    return Outcome(worker.number, name, FAILED, time.monotonic() - worker.since, trace), data, 0


def main() -> int:
    """Read damaged files and print what became of them."""
    asked = _asked()
    numbers = range(asked.files) if asked.only is None else range(asked.only, asked.only + 1)
    begins = time.monotonic()
    counts: Counter[str] = Counter()
    formats: Counter[str] = Counter()
    slowest = memory = 0.0
    for outcome, data, used in outcomes(iter(numbers), asked.seed, seeds(), asked.workers):
        counts[outcome.what] += 1
        formats[f"{Path(outcome.source).suffix} {outcome.what}"] += 1
        slowest, memory = max(slowest, outcome.seconds), max(memory, used / 1024)
        if outcome.what == FAILED:
            kept = _keep(asked.keep, asked.seed, outcome, data)
            print(f"FAILED {outcome.number} of seed {asked.seed} ({kept})\n{outcome.trace}\n")
        if sum(counts.values()) % 1000 == 0:
            print(f"{sum(counts.values())} files, {time.monotonic() - begins:.0f} s", flush=True)
    for name, count in sorted(formats.items()):
        print(f"{count:7d} {name}")
    figures = {
        "files": sum(counts.values()),
        "seed": asked.seed,
        **{what: counts[what] for what in ("read", "refused", "failed")},
        "slowest_s": round(slowest, 2),
        "parser_memory_mib": round(memory),
        "reader_memory_mib": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024,
        "seconds": round(time.monotonic() - begins),
    }
    print(json.dumps(figures))
    return 1 if counts[FAILED] else 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("files", nargs="?", type=int, default=FILES, metavar="N")
    parser.add_argument("seed", nargs="?", type=int, default=SEED, metavar="SEED")
    parser.add_argument("--keep", type=Path, default=Path("outputs", "fuzz"), metavar="FOLDER")
    parser.add_argument("--only", type=int, metavar="NUMBER")
    parser.add_argument("--workers", type=int, default=min(4, os.cpu_count() or 1))
    return parser.parse_args()


def _keep(folder: Path, seed: int, outcome: Outcome, data: bytes) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{seed}-{outcome.number}{Path(outcome.source).suffix}"
    path.write_bytes(data)
    return path


if __name__ == "__main__":
    sys.exit(main())
