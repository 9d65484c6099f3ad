"""Every error that lxgeo raises on purpose.

::

    LxgeoError
    ├── InputError (ValueError)     what came in is at fault as a whole: mend it, run again
    │   ├── LedgerError             the ledger: no such file, no header, no name column
    │   ├── AreasError              the areas: no township layer, no CRS, an unreadable file
    │   ├── PolicyError             a policy: unknown key, a value out of its range
    │   ├── TableError              a table does not hold what its schema says
    │   └── RunError                a run folder: incomplete, edited, or no plan of ours
    └── ServiceError (RuntimeError) something outside failed: what was done is kept, run again

A faulty *row* is never an error: it is an outcome with a reason (see `lxgeo.model`).
Anything else that escapes is a bug.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Lang = Literal["zh", "en"]


class Words(NamedTuple):
    """One sentence in both languages: what is wrong, where, and what to do."""

    zh: str
    en: str

    def in_lang(self, lang: Lang) -> str:
        """Return it in one of the two."""
        return self.en if lang == "en" else self.zh


class LxgeoError(Exception):
    """Root of all errors raised on purpose; carries every fault found, in both languages.

    Parameters
    ----------
    *faults
        All faults found in one look, so that a person mends them in one go.
    """

    def __init__(self, *faults: Words) -> None:
        super().__init__(*faults)
        self.faults = faults

    def in_words(self, lang: Lang = "zh") -> str:
        """Return the faults as text, one a line."""
        return "\n".join(fault.in_lang(lang) for fault in self.faults)

    def __str__(self) -> str:
        return self.in_words()


class InputError(LxgeoError, ValueError):
    """Something that came in is at fault as a whole."""


class LedgerError(InputError):
    """The ledger can't be read as a ledger."""


class AreasError(InputError):
    """The areas can't be read, or a layer that is needed is missing."""


class PolicyError(InputError):
    """A policy has an unknown key or a value out of its range."""


class TableError(InputError):
    """A table does not hold what its schema says."""


class RunError(InputError):
    """A run folder is incomplete, edited, or not a plan of ours."""


class ServiceError(LxgeoError, RuntimeError):
    """A service outside failed; what was done is kept."""
