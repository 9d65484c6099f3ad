"""Labelled addresses: the parser keeps what it reached on files that it was not made of."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from lxgeo.locate.lattice import parse_addresses
from lxgeo.read.divisions import read_divisions

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))
from address import FILES, LABELS, read_labelled, score


@pytest.mark.parametrize(
    ("name", "floor", "exact_floor"),
    [
        ("naacl_dev.txt", 0.870, 0.50),
        ("naacl_train.txt", 0.864, 0.49),
        ("ccks_train.conll", 0.899, 0.62),
    ],
)
def test_strict_f1_stays_above_its_floor(
    cases: Path, name: str, floor: float, exact_floor: float
) -> None:
    """A part counts if its start, end and label are right."""
    labelled = read_labelled(cases / "addresses" / name)
    parsed = list(parse_addresses([text for text, _ in labelled], read_divisions()))
    labels = [label for label in LABELS if label != FILES[name]]

    each, micro, exact = score([spans for _, spans in labelled], parsed, labels)

    assert micro >= floor
    assert exact >= exact_floor
    assert min(each["prov"], each["city"], each["district"]) >= 0.93
