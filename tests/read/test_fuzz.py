"""Damaged ledgers: the short form of ``python benchmarks/fuzz.py``, and that it sees failures."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from lxgeo.errors import LedgerError, Words

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
FILES, SEED = 100, 20


@pytest.fixture
def reading(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Return the module that reads damaged files and judges what comes of it."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return importlib.import_module("fuzzing.reading")


def test_damaged_ledgers_are_read_or_refused_in_words(tmp_path: Path) -> None:
    """A hundred files of every format: no other error, no warning, no hang, no lost process."""
    command = [sys.executable, str(BENCHMARKS / "fuzz.py"), str(FILES), str(SEED)]
    done = subprocess.run(
        [*command, "--keep", str(tmp_path), "--workers", "2"],
        capture_output=True,
        check=False,
        text=True,
        timeout=120,
    )

    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
    figures = json.loads(done.stdout.splitlines()[-1])
    assert figures["read"] + figures["refused"] == figures["files"] == FILES
    assert figures["failed"] == 0
    # Damage that nothing survives, or that nobody notices, would try nothing.
    assert min(figures["read"], figures["refused"]) > FILES // 6


def test_the_same_number_is_the_same_file(reading: ModuleType) -> None:
    """A failure can be repeated by its number, and its seeds are the same bytes every time."""
    made = importlib.import_module("fuzzing.seeds").seeds
    first, again = made(), made()

    assert first == again
    assert [reading.damaged(first, SEED, number) for number in range(60)] == [
        reading.damaged(again, SEED, number) for number in range(60)
    ]


@pytest.mark.parametrize(
    ("error", "what"),
    [
        (None, "read"),
        (LedgerError(Words("坏", "bad")), "refused"),
        (LedgerError(), "failed"),
        (LedgerError(Words("坏", "")), "failed"),
        (ValueError("x"), "failed"),
        (RecursionError(), "failed"),
        (MemoryError(), "failed"),
        (RuntimeWarning("x"), "failed"),
        (SystemExit(0), "failed"),
    ],
)
def test_anything_but_a_ledger_or_words_is_a_failure(
    reading: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    error: BaseException | None,
    what: str,
) -> None:
    """A LedgerError without words in both languages is one too."""
    path = tmp_path / "台账.csv"
    path.write_text("单位名称,正式党员\n宏达,1\n", encoding="utf-8")

    def raising(_: Path) -> None:
        if error is not None:
            raise error

    if error is not None:
        monkeypatch.setattr(reading, "read_cells", raising)

    assert reading.read(1, path).what == what
