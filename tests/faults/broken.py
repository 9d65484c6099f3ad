"""``python broken.py ARGS``: the command line, with something broken on purpose on its way.

What breaks is named in the environment, so that worker processes break likewise:

=================  ===========================================================================
LXGEO_NOTES        a folder where each region that is planned is noted as a file
LXGEO_DIE_KEPT     the command kills itself (SIGKILL) once so many regions are kept
LXGEO_DIE_WORKER   a worker process kills itself as it begins its first region, so many times
LXGEO_KILL         ``PID``: that process is killed once two regions are kept
LXGEO_WAIT         a folder: the command says there that it is ready to put its run into its
                   place, and waits for as many others as LXGEO_WAIT_FOR says
=================  ===========================================================================
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from pathlib import Path
from typing import Any

import lxgeo.publish.folder.exchange
from lxgeo.cli import main
from lxgeo.engine.kept import Checkpoints
from lxgeo.engine.runners import Timed

_plan, _keep = Timed.__call__, Checkpoints._write
_exchange = lxgeo.publish.folder.exchange.Workshop.exchange
_counted = {"kept": 0}


def _asked(name: str) -> int:
    return int(os.environ.get(f"LXGEO_{name}", "0"))


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def planned(self: Timed, task: Any) -> Any:
    """Plan a region; note it, or die."""
    folder = os.environ.get("LXGEO_NOTES")
    if folder and multiprocessing.parent_process() is not None:
        deaths = list(Path(folder).glob("died *"))
        if len(deaths) < _asked("DIE_WORKER"):
            (Path(folder) / f"died {os.getpid()}").touch()
            _die()
    answer = _plan(self, task)
    if folder:
        name = task.region.replace(":", "_").replace("|", "_")
        (Path(folder) / f"planned {name} {os.getpid()}").touch()
    return answer


def kept(self: Checkpoints, path: Path, answer: Any) -> None:
    """Keep a region; then die, or kill."""
    _keep(self, path, answer)
    _counted["kept"] += 1
    if _counted["kept"] == _asked("DIE_KEPT"):
        _die()
    if _counted["kept"] == 2 and _asked("KILL"):
        os.kill(_asked("KILL"), signal.SIGKILL)


def exchanged(self: Any) -> None:
    """Put a run into its place once all who were asked to wait stand here."""
    if folder := os.environ.get("LXGEO_WAIT"):
        (Path(folder) / str(os.getpid())).touch()
        while len(list(Path(folder).iterdir())) < _asked("WAIT_FOR"):
            time.sleep(0.01)
    _exchange(self)


Timed.__call__ = planned
Checkpoints._write = kept
lxgeo.publish.folder.exchange.Workshop.exchange = exchanged

if __name__ == "__main__":
    main()
