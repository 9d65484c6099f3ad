"""What may leave the office: aggregates of at least five units, and nothing else.

::

    units ──counted──▶ places with true counts ──guarded──▶ places with ranges ──▶ page, CSV, JSON
                                      counties ──whole_of──▶ ranges ──together──▶

Nothing behind `guarded` knows a true count, a unit or an outcome: what is written can't tell more
than what it was given.
"""

from lxgeo.publish.public.counted import Counted, counted
from lxgeo.publish.public.guarded import Guarded, Range, Shown, guarded, whole_of
from lxgeo.publish.public.together import together
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
    "together",
    "whole_of",
    "write_public",
]
