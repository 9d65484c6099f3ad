"""The last veil before the screen: a password that was typed into an address is not said again.

Services tell their places without passwords themselves. An address that stands where something
else belongs (a database where a file was asked for) is told as it was typed: people send what they
read on the screen to others for help.
"""

from __future__ import annotations

import re

# One slash is enough: a path made of an address has lost the other.
_PASSWORD = re.compile(r"(:/{1,2}[^\s/@:]*:)[^\s@]+@")
_TOKEN = re.compile(r"([?&](?:key|token|password|secret|tk|ak)=)[^\s&]+", re.IGNORECASE)


def veiled(text: str) -> str:
    """Return a text without the passwords and tokens of the addresses in it."""
    return _TOKEN.sub(r"\1***", _PASSWORD.sub(r"\1***@", text))
