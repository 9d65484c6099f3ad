"""Running one command as a planner types it, in this process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from lxgeo.cli import main


@dataclass(frozen=True)
class Said:
    """What a command said and how it ended."""

    code: int
    out: str
    err: str


Run = Callable[..., Said]


def runner(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs one command and tells what it said."""

    def run(*args: object) -> Said:
        monkeypatch.setattr("sys.argv", ["lxgeo", *map(str, args)])
        with pytest.raises(SystemExit) as ended:
            main()
        told = capsys.readouterr()
        return Said(int(ended.value.code or 0), told.out, told.err)

    return run
