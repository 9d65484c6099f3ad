"""What may leave the office: aggregates of at least five units, and nothing else.

::

    units ──counted──▶ places with true counts ──guarded──▶ places with ranges ──▶ page, CSV, JSON

Nothing behind `guarded` knows a true count, a unit or an outcome: what is written can't tell more
than what it was given.
"""

from lxgeo.publish.public.counted import Counted, counted
from lxgeo.publish.public.guarded import Guarded, Range, Shown, guarded
from lxgeo.publish.public.write import PublicFiles, Sketch, write_public

__all__ = [
    "Counted",
    "Guarded",
    "PublicFiles",
    "Range",
    "Shown",
    "Sketch",
    "counted",
    "guarded",
    "write_public",
]
