"""The statistics table and the rates a second time: SQL over a run's files, nothing of ours."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

Counts: TypeAlias = dict[tuple[str, str, str], int]
"""(line of the form, township id, before or after) → count."""
Rates: TypeAlias = dict[tuple[str, str, str], tuple[int, int]]
"""(rate, township id or ``*``, before or after) → numerator and denominator."""

NUMBERS = ("staff", "full_members", "probationary_members", "affiliated_members")

_STANDING = """
CREATE VIEW own AS  -- units that host an approved branch of their own
  SELECT host_id FROM branches WHERE status = 'existing' AND outcome = 'standalone'
    AND host_id IS NOT NULL;
CREATE VIEW joint AS SELECT branch_id FROM branches WHERE outcome = 'joint';
CREATE VIEW operating AS
  SELECT *,
    coalesce(full_members, affiliated_members, 0) AS known,
    coalesce(affiliated_members, full_members, 0) AS counted,
    CASE outcome
      WHEN 'existing' THEN CASE
        WHEN branch_id IN (SELECT branch_id FROM joint) THEN 'joint'
        WHEN unit_id IN (SELECT host_id FROM own) THEN 'own' ELSE 'attached' END
      WHEN 'standalone' THEN 'due' WHEN 'temporary' THEN 'due'
      WHEN 'no_members' THEN 'empty' WHEN 'unknown_members' THEN 'unsure' ELSE 'few'
    END AS before
  FROM units WHERE outcome <> 'excluded';
CREATE VIEW placed AS
  SELECT *,
    CASE
      WHEN outcome = 'existing' AND proposed_outcome = 'standalone' THEN 'own'
      WHEN outcome = 'existing' AND proposed_outcome IS NOT NULL THEN 'joint'
      WHEN outcome = 'existing' THEN before
      WHEN outcome = 'standalone' THEN 'own'
      WHEN outcome IN ('temporary', 'joint', 'attached', 'transfer') THEN outcome
      ELSE before
    END AS after,
    CASE
      WHEN level IS NOT NULL THEN level
      WHEN unit_id NOT IN (SELECT host_id FROM own) THEN 'level_unknown'
      ELSE coalesce((
        SELECT CASE
          WHEN name LIKE '%总支' OR name LIKE '%总支部' OR name LIKE '%总支部委员会'
            THEN 'general_branch'
          WHEN name LIKE '%支部' OR name LIKE '%支部委员会' THEN 'branch'
          WHEN name LIKE '%党委' OR name LIKE '%委员会' THEN 'committee' END
        FROM branches WHERE branches.branch_id = operating.branch_id), 'level_unknown')
    END AS own_level
  FROM operating;
CREATE VIEW moments AS
  SELECT *, 'before' AS moment, before AS entry FROM placed
  UNION ALL SELECT *, 'after', after FROM placed;
"""

_LINES = """
SELECT 'units', township_id, moment, count(*) FROM moments GROUP BY 2, 3
UNION ALL SELECT entry, township_id, moment, count(*) FROM moments GROUP BY 1, 2, 3
UNION ALL SELECT 'other', township_id, moment, count(*) FROM moments
  WHERE entry IN ('attached', 'temporary') GROUP BY 2, 3
UNION ALL SELECT 'none', township_id, moment, count(*) FROM moments
  WHERE entry IN ('transfer', 'due', 'few', 'empty', 'unsure') GROUP BY 2, 3
UNION ALL SELECT own_level, township_id, moment, count(*) FROM moments
  WHERE entry = 'own' GROUP BY 1, 2, 3
UNION ALL SELECT 'joint_large', township_id, moment, count(*) FROM moments
  WHERE entry = 'joint' AND full_members >= 3 GROUP BY 2, 3
UNION ALL SELECT 'staff', township_id, moment, sum(coalesce(staff, 0)) FROM moments GROUP BY 2, 3
UNION ALL SELECT 'members', township_id, moment,
  sum(coalesce(full_members + coalesce(probationary_members, 0), 0)) FROM moments GROUP BY 2, 3
UNION ALL SELECT 'not_affiliated', township_id, moment,
  sum(max(coalesce(full_members - affiliated_members, 0), 0)) FROM moments GROUP BY 2, 3
UNION ALL
SELECT 'joint_branches', place, moment, count(*) FROM (
  SELECT branches.branch_id, status, coalesce((
    SELECT township_id FROM units
    WHERE units.branch_id = branches.branch_id AND township_id <> ''
    ORDER BY is_host <> 'true', rowid LIMIT 1), '') AS place
  FROM branches WHERE outcome = 'joint'
), (SELECT 'before' AS moment UNION SELECT 'after')
WHERE moment = 'after' OR status = 'existing' GROUP BY 2, 3
"""

_RATES = """
WITH flagged AS (
  SELECT township_id, moment, known > 0 AS with_members, counted >= 3 AS of_three,
    CASE moment WHEN 'before' THEN outcome = 'existing'
      ELSE entry NOT IN ('transfer', 'due', 'few', 'empty', 'unsure') END AS organised,
    entry = 'own' AS alone
  FROM moments
), places AS (
  SELECT * FROM flagged UNION ALL SELECT '*', moment, with_members, of_three, organised, alone
  FROM flagged
)
SELECT 'organisation', township_id, moment, sum(organised), count(*) FROM places GROUP BY 2, 3
UNION ALL SELECT 'standalone', township_id, moment, sum(alone), count(*) FROM places GROUP BY 2, 3
UNION ALL SELECT 'with_members', township_id, moment, sum(organised AND with_members),
  sum(with_members) FROM places GROUP BY 2, 3
UNION ALL SELECT 'should_build', township_id, moment, sum(organised AND of_three), sum(of_three)
  FROM places GROUP BY 2, 3
"""


def loaded(run: Path) -> sqlite3.Connection:
    """Return a database that holds ``units.csv`` and ``branches.geojson`` of a run."""
    database = sqlite3.connect(":memory:")
    with (run / "units.csv").open(encoding="utf-8-sig", newline="") as file:
        heads, *rows = csv.reader(file)
    told = [f'"{head}" {"INTEGER" if head in NUMBERS else "TEXT"}' for head in heads]
    database.execute(f"CREATE TABLE units ({', '.join(told)})")
    marks = ", ".join("?" * len(heads))
    database.executemany(f"INSERT INTO units VALUES ({marks})", _nulls(heads, rows))  # noqa: S608
    features = json.loads((run / "branches.geojson").read_text(encoding="utf-8"))["features"]
    columns = ("branch_id", "name", "outcome", "status", "host_id")
    database.execute(f"CREATE TABLE branches ({', '.join(columns)})")
    database.executemany(
        "INSERT INTO branches VALUES (?, ?, ?, ?, ?)",
        ([each["properties"][name] for name in columns] for each in features),
    )
    database.executescript(_STANDING)
    return database


def _nulls(heads: list[str], rows: list[list[str]]) -> Iterator[list[str | None]]:
    """Yield rows, unknown values as NULL; a township that is unknown stays an empty text."""
    for row in rows:
        pairs = zip(heads, row, strict=True)
        yield [value if value or head == "township_id" else None for head, value in pairs]


def form_by_sql(database: sqlite3.Connection) -> Counts:
    """Return the statistics table; a line that counts nothing is not in it."""
    return {(line, place, moment): count for line, place, moment, count in database.execute(_LINES)}


def rates_by_sql(database: sqlite3.Connection) -> Rates:
    """Return every rate, of each township and of all."""
    found = database.execute(_RATES)
    return {(rate, place, moment): (n, of) for rate, place, moment, n, of in found}
