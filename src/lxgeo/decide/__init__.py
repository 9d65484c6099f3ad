"""The planner: which units should share a branch, and how good that plan is at least.

`propose` tells the whole story: `regions` are read, each is solved (`solve`: `plans` are made, the
`proof` bounds them) around what `pins` settle and what was planned before (`replan`), and the
answer becomes `branches`; units that none takes in (`leaving_out`) and what only a superior can
decide (`superior`) are told. `serving` finds centres, instructors and liaisons for it.
"""

from __future__ import annotations

from lxgeo.decide.propose import propose

__all__ = ["propose"]
