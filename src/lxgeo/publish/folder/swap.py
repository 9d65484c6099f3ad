"""Two paths exchanged in one step, where the system can: nobody sees either of them missing."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

_HERE, _EXCHANGE = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of Linux


def swapped(one: Path, other: Path) -> bool:
    """Exchange two paths of one file system; both must exist.

    Returns
    -------
    bool
        False where nothing was done: another system than Linux, a file system that knows no
        exchange, or no right to it. Renaming then tells what is wrong, if anything is.
    """
    if sys.platform != "linux":
        return False
    rename = getattr(ctypes.CDLL(None), "renameat2", None)
    if rename is None:  # an old C library
        return False
    rename.argtypes = (ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint)
    return bool(rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0)
