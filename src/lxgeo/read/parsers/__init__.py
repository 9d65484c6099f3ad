"""Parsers that meet a file alone, in a child process (`lxgeo.read.bounded`).

Each module is run by path, imports nothing of the project, and offers one function::

    lines(path: str, most: dict[str, int]) -> Iterator[Any]

which yields, for each sheet, an object with the key ``sheet`` and then one array a row; a known
fault is a last object with the keys ``fault`` and ``where``. Dates are arrays of one ISO text.
"""
