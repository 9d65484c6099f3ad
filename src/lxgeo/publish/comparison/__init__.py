"""Several scenarios held against each other: a table, charts, maps side by side."""

from lxgeo.publish.comparison.compared import SAID, Compared
from lxgeo.publish.comparison.write import Written, check_names, write_comparison

__all__ = ["SAID", "Compared", "Written", "check_names", "write_comparison"]
