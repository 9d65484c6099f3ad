"""Names that Windows keeps for devices: no file or folder there can have one."""

from __future__ import annotations

_DEVICES = frozenset(
    {
        *("con", "prn", "aux", "nul", "conin$", "conout$"),
        *(f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"),
    }
)


def is_device(name: str) -> bool:
    """Tell whether Windows takes a file name for a device, with any ending behind it.

    Source: Microsoft, "Naming Files, Paths, and Namespaces".
    """
    return name.partition(".")[0].rstrip().casefold() in _DEVICES
