"""The planner: which units should share a branch, and how good that plan is at least."""

from __future__ import annotations

from lxgeo.decide.propose import propose

__all__ = ["propose"]
