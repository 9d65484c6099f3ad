"""A key that is hard to let slip: it shows itself only when asked to."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote_plus


class Key:
    """A secret from the environment.

    Parameters
    ----------
    text
        The key; empty for a service that needs none.
    """

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def __repr__(self) -> str:
        return "Key(***)"

    def __bool__(self) -> bool:
        return bool(self._text)

    def __reduce__(self) -> str:
        raise TypeError("a key is not written anywhere")

    def reveal(self) -> str:
        """Return the key, to be put into a request and nowhere else."""
        return self._text

    def stands_in(self, text: str) -> bool:
        """Return whether a text holds the key, plain or as a URL writes it."""
        return bool(self._text) and (self._text in text or quote_plus(self._text) in text)

    @contextmanager
    def unlogged(self) -> Iterator[None]:
        """Keep urllib3 from logging requests that hold the key, whatever its level is set to."""
        logger = logging.getLogger("urllib3.connectionpool")
        silent = _Silent(self)
        logger.addFilter(silent)
        try:
            yield
        finally:
            logger.removeFilter(silent)


class _Silent(logging.Filter):
    def __init__(self, key: Key) -> None:
        super().__init__()
        self._key = key

    def filter(self, record: logging.LogRecord) -> bool:
        return not self._key.stands_in(record.getMessage())
