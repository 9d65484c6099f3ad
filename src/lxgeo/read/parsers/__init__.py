"""Parsers that meet a file alone, in a child process (`lxgeo.read.bounded`).

Each module is run by path, imports nothing of the project, and offers one function::

    lines(path: str, most: dict[str, int]) -> Iterator[Any]

which yields, for each sheet, an object with the keys ``sheet``, ``hidden`` and ``merges`` (and
``width`` where it is known beforehand, and ``marks`` where there are any), then its rows as lists
of text, numbers, booleans, dates or None; rows may be of any length. A known fault is a last
object with the keys ``fault`` and ``where``; an object with the key ``note`` says something of the
sheet that it follows: a code, and a count.
"""
