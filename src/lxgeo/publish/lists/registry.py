"""登记比对: who is registered and not in the ledger, or the other way, and what has changed."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd

from lxgeo.errors import Words
from lxgeo.ledger.doubts.registry import REGISTRY, Difference
from lxgeo.publish.folder.release import NO_TEXTS, Voice
from lxgeo.publish.listing import NUMBER, Listing, Row, heads_said, numbered
from lxgeo.publish.rows import Cell, cells, plain, plain_cell

DIFFERENCES = MappingProxyType(
    {
        Difference.NOT_IN_LEDGER: Words("已登记，台账没有", "registered, not in the ledger"),
        Difference.NAME: Words("名称变更", "name changed"),
        Difference.ADDRESS: Words("地址变更", "address changed"),
        Difference.STATUS: Words("经营状态变更", "state changed"),
        Difference.NOT_REGISTERED: Words("台账有，未登记", "in the ledger, not registered"),
    }
)
"""What each difference is called, in the order in which they are listed."""

_MEASURES = MappingProxyType(
    {
        Difference.NOT_IN_LEDGER: Words("核实是否在营，在营的补入台账", "Add it if it operates"),
        Difference.NOT_REGISTERED: Words(
            "核实登记情况和名称、代码", "Check its registration, name and code"
        ),
        Difference.NAME: Words("按登记名称核对台账", "Check the name"),
        Difference.ADDRESS: Words("核实实际经营地址", "Check where it really is"),
        Difference.STATUS: Words("核实是否仍在营", "Check whether it still operates"),
    }
)


def differences_counted(comparison: pd.DataFrame) -> Words:
    """Return how many differences of each kind there are, such as 名称变更 1；地址变更 3."""
    counts = comparison["difference"].value_counts()
    there = [(words, counts[each]) for each, words in DIFFERENCES.items() if counts.get(each)]
    return Words(
        "；".join(f"{words.zh} {count}" for words, count in there),
        "; ".join(f"{words.en} {count}" for words, count in there),
    )


def registry_sheet(
    comparison: pd.DataFrame, voice: Voice, texts: Mapping[str, str] = NO_TEXTS
) -> Listing:
    """Return 登记比对, with the row of both lists in every line.

    Parameters
    ----------
    comparison
        `lxgeo.ledger.doubts.registry.REGISTRY`.
    voice
        Who says it: a `lxgeo.publish.folder.release.Release` or the check workbook's voice.
    texts
        Labels of operating states, by ``operating_status.code``.
    """
    found = list(cells(comparison, REGISTRY.names))
    rows = [_row(row, voice, texts) for kind in DIFFERENCES for row in found if row[0] == kind]
    heads = heads_said(
        voice,
        NUMBER,
        (Words("差异", "Difference"), 15, "middle"),
        (Words("单位名称", "Unit"), 28, "text"),
        (Words("统一社会信用代码", "Credit code"), 22, "middle"),
        (Words("台账行", "Ledger row"), 14, "middle"),
        (Words("登记名录行", "Registry row"), 14, "middle"),
        (Words("台账所写", "Ledger says"), 26, "text"),
        (Words("登记所写", "Registry says"), 26, "text"),
        (Words("疑似对应（待人工确认）", "Perhaps (a person decides)"), 30, "text"),
        (Words("建议措施", "What to do"), 22, "text"),
    )
    said = voice.say(differences_counted(comparison))
    return Listing(
        sheet=voice.say(Words("登记比对", "Registry")),
        title=voice.say(Words("台账与登记名录比对", "The ledger against the registry")),
        note=said,
        heads=heads,
        rows=tuple(numbered(rows)),
        nothing=voice.say(Words("台账与登记名录一致。", "Ledger and registry agree.")),
        paper="A3",
        frozen=3,
        locked=True,
    )


def _row(row: tuple[Cell, ...], voice: Voice, texts: Mapping[str, str]) -> Row:
    said = dict(zip(REGISTRY.names, row, strict=True))
    kind = Difference(str(said["difference"]))
    here, there = said["in_ledger"], said["in_registry"]
    if kind is Difference.STATUS:
        here, there = (texts.get(f"operating_status.{each}", each) for each in (here, there))
    like = None
    if said["suggested"] is not None:
        like = plain(f"{said['suggested']}（{said['suggested_row']}，{said['likeness']}%）")
    shown = (said["name"], said["credit_code"], said["ledger_row"], said["registry_row"])
    return (
        voice.say(DIFFERENCES[kind]),
        *(plain_cell(each) for each in (*shown, here, there)),
        like,
        voice.say(_MEASURES[kind]),
    )
