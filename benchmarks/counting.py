"""The statistics table and every rate of a run, reckoned a second time by SQL.

``python benchmarks/counting.py [RUN]`` (``outputs/demo`` if not given) loads the run's
``units.csv`` and ``branches.geojson`` into SQLite, counts every line of the form by township,
before and after, and the four rates, and holds them against the workbook's sheet. Members are the
one line that these files tell in part: totals that stand in the ledger alone are in the sheet, not
in ``units.csv``. Prints what was compared; exits 1 where anything differs.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "publish"))

from statistics_sheet import sheet_figures
from statistics_sql import form_by_sql, loaded, rates_by_sql

TOWNSHIPS = "SELECT township_id, max(township) FROM units WHERE township_id <> '' GROUP BY 1"


def main() -> int:
    """Compare; return the exit code."""
    run = Path(sys.argv[1] if len(sys.argv) > 1 else "outputs/demo")
    database = loaded(run)
    townships = {key: name or key for key, name in database.execute(TOWNSHIPS)}
    counts, rates = sheet_figures(run / "plan.xlsx", townships)
    reckoned = form_by_sql(database)
    for (line, _, moment), count in list(reckoned.items()):
        reckoned[line, "*", moment] = reckoned.get((line, "*", moment), 0) + count
    members = [counts["members", "*", "after"], reckoned["members", "*", "after"]]
    lines = {key for key in {*counts, *reckoned} if key[0] != "members"}
    differing = sorted(key for key in lines if counts.get(key, 0) != reckoned.get(key, 0))
    found = rates_by_sql(database)
    differing += sorted(key for key in {*rates, *found} if rates.get(key) != found.get(key))
    print(f"townships {len(townships)}, counts {len(lines)}, rates {len(rates)}")
    print(f"members: {members[0]} in the sheet, {members[1]} in units.csv alone")
    for key in differing:
        print(f"differs: {key}: {counts.get(key, rates.get(key))}, SQL {reckoned.get(key)}")
    print(f"differing {len(differing)}")
    return 1 if differing or members[0] < members[1] else 0


if __name__ == "__main__":
    sys.exit(main())
