"""From raw cells to the LEDGER: headers, values, privacy."""

from lxgeo.ledger.clean import clean
from lxgeo.ledger.report import LedgerReport
from lxgeo.ledger.sheets.sheet import Sheet

__all__ = ["LedgerReport", "Sheet", "clean"]
