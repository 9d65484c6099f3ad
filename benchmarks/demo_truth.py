"""How the demo ledger is read, beside the truth that lies with it.

``python benchmarks/demo_truth.py [FOLDER] [--all]`` reads the ledger of a demo folder (the one that
is checked in by default) and prints rows lost, values invented, counts neither right nor flagged,
repairs without a trace, and precision and recall of the rows that are flagged. ``--all`` counts
by pattern, and lists every difference, told to a person or not.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from lxgeo.demo import LEDGER_FILE
from lxgeo.demo.compare import Comparison, Difference, compare
from lxgeo.demo.write import OTHER_ROWS_FILE, TRUTH_FILE
from lxgeo.ledger import clean
from lxgeo.read import read_cells

CHECKED_IN = Path(__file__).resolve().parents[1] / "data" / "boundaries" / "demo"
LISTED = 40


def compared(folder: Path) -> tuple[Comparison, pd.DataFrame]:
    """Return a demo folder's ledger, as it is read, beside its truth; and the truth."""
    ledger, report = clean(read_cells(folder / LEDGER_FILE))
    truth = pd.read_csv(folder / TRUTH_FILE, dtype=str, keep_default_na=False)
    other = pd.read_csv(folder / OTHER_ROWS_FILE, dtype=str, keep_default_na=False)
    return compare(ledger, report, truth, other), truth.set_index("row")


def listed(title: str, differences: Iterable[Difference]) -> None:
    """Print differences, one a line."""
    each = sorted(differences, key=lambda d: (d.trap, d.row, d.field))
    print(f"\n{title}: {len(each)}")
    for d in each[:LISTED]:
        where = f"{d.row:14} {d.trap or '(no trap)':24} {d.field}"
        print(f"  {where}: {d.true!r} read {d.read!r}{' (flagged)' if d.flagged else ''}")


def by_pattern(found: Comparison, truth: pd.DataFrame) -> None:
    """Print, for every pattern planted in rows, how many rows of it are read as they should be."""
    wrong = {d.row for d in found.differences if not d.flagged} | set(found.lost)
    print("\npattern: rows, wrong or lost, must be flagged, flagged")
    planted = truth[truth["pattern"] != ""]
    for pattern, rows in planted.groupby(planted["pattern"].astype(int)):
        own = set(rows.index)
        counts = (len(own), len(own & wrong), len(own & found.to_flag), len(own & found.flagged))
        print(
            f"  {pattern or 'below':>5}: {', '.join(map(str, counts)):16} {sorted(set(rows.trap))}"
        )


def main(arguments: list[str]) -> None:
    """Print how the ledger is read."""
    folders = [Path(each) for each in arguments if not each.startswith("--")]
    found, truth = compared(folders[0] if folders else CHECKED_IN)
    rows = truth.index
    print(f"units {found.units}, values compared {found.compared}")
    print(f"rows lost {len(found.lost)} {list(found.lost[:LISTED])}")
    print(f"rows that are no units {len(found.extra)} {list(found.extra[:LISTED])}")
    print(f"values invented {len(found.invented)}")
    print(f"counts neither right nor flagged {len(found.wrong_counts)}")
    print(f"repairs traced {found.repairs - len(found.untraced)} of {found.repairs}")
    hits = found.flagged & found.to_flag
    print(
        f"flagged {len(found.flagged)}, must be {len(found.to_flag)}: precision "
        f"{found.precision:.3f}, recall {found.recall:.3f} ({len(hits)} of {len(found.to_flag)})"
    )
    listed("invented", found.invented)
    listed("told by the row, not read, not flagged", found.unread)
    if "--all" in arguments:
        by_pattern(found, truth)
        listed("differing and flagged", [d for d in found.differences if d.flagged])
    missed = [row for row in rows if row in found.to_flag - found.flagged]
    print(f"\nnot flagged and should be: {Counter(truth.loc[missed, 'trap'])} {missed[:LISTED]}")
    loud = [row for row in rows if row in found.flagged - found.to_flag - found.may_flag]
    print(f"flagged and need not be: {Counter(truth.loc[loud, 'trap'])} {loud[:LISTED]}")
    print(f"mended without a trace: {Counter(truth.loc[[r for r, _ in found.untraced], 'trap'])}")


if __name__ == "__main__":
    main(sys.argv[1:])
