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
        ("naacl_dev.txt", 0.878, 0.52),
        ("naacl_train.txt", 0.871, 0.505),
        ("ccks_train.conll", 0.908, 0.66),
    ],
)
def test_strict_f1_stays_above_its_floor(
    cases: Path, name: str, floor: float, exact_floor: float
) -> None:
    """A part counts if its start, end and label are right."""
    labelled = read_labelled(cases / "addresses" / name)
    parsed = parse_addresses([text for text, _ in labelled], read_divisions())
    labels = [label for label in LABELS if label != FILES[name]]

    each, micro, exact = score([spans for _, spans in labelled], parsed, labels)

    assert micro >= floor
    assert exact >= exact_floor
    assert min(each["prov"], each["city"], each["district"]) >= 0.93
