"""Run one function over many regions: in line, in processes of this machine, or on Dask.

All three give the same answers, in the order in which they are done; only the time differs. A
region that fails is told by name, after all others are done.
"""

from __future__ import annotations

from lxgeo.engine.engine import Engine, EngineKind, start
from lxgeo.engine.kept import Checkpoints
from lxgeo.engine.runners import Runner, Task, counted, largest_first, small_in_line, timed

__all__ = [
    "Checkpoints",
    "Engine",
    "EngineKind",
    "Runner",
    "Task",
    "counted",
    "largest_first",
    "small_in_line",
    "start",
    "timed",
]
