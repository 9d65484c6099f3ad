"""How well and how fast addresses are parsed, on labelled files where they are at hand.

``python benchmarks/address.py [FOLDER]`` prints strict F1 (a part counts if its start, end and
label are right) per label and over all, the share of addresses that are right in all labels, and
addresses per second on one core, beside the same parser called one address at a time and a bare
``re.findall``. Beside it, other packages on the labels that they know, where an environment of
their own has them (``benchmarks/peers.txt`` says how to make it; ``LXGEO_PEERS`` names its Python).

The files' conventions differ. NAACL calls 工业园 and 产业园 a poi, CCKS a devzone, as lxgeo does;
so devzone is scored on CCKS only. CCKS masks rooms; so roomno is scored on NAACL only. NAACL leaves
out a division that is said twice, and a second road with its number; lxgeo tells both.
"""

from __future__ import annotations

import os
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from address_peers import INSTALL, LABELS_KNOWN, PEERS, ask_peers, peers_python, plain, spans_of
from lxgeo.locate.lattice import ParsedAddress, parse_address, parse_addresses
from lxgeo.read.divisions import read_divisions

Span = tuple[int, int, str]
LABELS = (
    *("prov", "city", "district", "town", "devzone", "community", "road", "roadno", "poi"),
    *("houseno", "floorno", "roomno", "cellno"),
)
FILES = {"naacl_dev.txt": "devzone", "naacl_train.txt": "devzone", "ccks_train.conll": "roomno"}
"""Each file, and the label that is not scored on it."""
COMPARED = ("naacl_dev.txt", "ccks_train.conll")
BESIDE = ("prov", "city", "district", "town", "community")
"""Labels that some other package knows."""
FEW = 500
"""Addresses of a file that other packages parse: one of them takes seconds for a hundred."""
_ENDINGS = "[\u4e00-\u9fff]+?(?:省|市|区|县|镇|街道|村|社区|路|街|道)|[0-9]+(?:号|栋|幢|单元|楼|室)"


def read_labelled(path: Path) -> list[tuple[str, list[Span]]]:
    """Return addresses and their labelled spans from a BIO or BIOES file, one token a line."""
    addresses: list[tuple[str, list[Span]]] = []
    text, spans, begun = "", list[Span](), None
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        token, _, tag = line.rstrip("\n").replace("\t", " ").rpartition(" ")
        kind, _, label = tag.partition("-")
        if begun and (not token or kind in ("B", "S", "O") or label.lower() != begun[1]):
            spans.append((begun[0], len(text), begun[1]))
            begun = None
        if not token:
            if text:
                addresses.append((text, spans))
            text, spans = "", []
            continue
        if kind != "O" and begun is None:
            begun = len(text), label.lower()
        text += token
    return addresses


def score(
    truths: Sequence[Iterable[Span]], parsed: Sequence[ParsedAddress], labels: Iterable[str]
) -> tuple[dict[str, float], float, float]:
    """Return F1 per label, over all labels, and the share of addresses with all of them right."""
    wanted = frozenset(labels)
    right, told, true, exact = Counter[str](), Counter[str](), Counter[str](), 0
    for truth, address in zip(truths, parsed, strict=True):
        expected = {span for span in truth if span[2] in wanted}
        found = {(p.start, p.end, p.label) for p in address.parts if p.label in wanted}
        right.update(span[2] for span in expected & found)
        told.update(span[2] for span in found)
        true.update(span[2] for span in expected)
        exact += expected == found
    each = {label: _f1(right[label], told[label], true[label]) for label in sorted(wanted)}
    return each, _f1(right.total(), told.total(), true.total()), exact / len(truths)


def _f1(right: int, told: int, true: int) -> float:
    return 2 * right / (told + true) if told + true else 0.0


def beside(name: str, labelled: Sequence[tuple[str, list[Span]]]) -> None:
    """Print strict F1 and recall without 省, 市, 镇 … of lxgeo and of other packages."""
    few = labelled[:FEW]
    what = "strict F1 / recall of names without 省市区镇村; addresses/s"
    print(f"{name}, first {len(few)}: {what}")
    print(f"   {'':21}" + "".join(f"{label:>15}" for label in BESIDE))
    texts = [text for text, _ in few]
    divisions = read_divisions()
    parsed = parse_addresses(texts, divisions)
    took = _seconds(lambda: parse_addresses(texts, divisions))
    ours = [{(p.start, p.end, p.label) for p in address.parts} for address in parsed]
    names = [{(p.label, plain(p.text)) for p in address.parts} for address in parsed]
    _print_beside("lxgeo", few, ours, names, BESIDE, len(texts) / took)
    python = peers_python()
    answers = ask_peers(python, texts) if python else {}
    for peer in PEERS:
        if peer not in answers:
            print(f"   {peer:21} not installed: {INSTALL}")
            continue
        found = [[(a, b, c) for a, b, c in each] for each in answers[peer]["found"]]
        spans = [spans_of(text, each) for text, each in zip(texts, found, strict=True)]
        names = [{(label, plain(name)) for label, name, _ in each} for each in found]
        rate = len(texts) / answers[peer]["seconds"]
        told = f"{peer} {answers[peer]['version']}"
        _print_beside(told, few, spans, names, LABELS_KNOWN[peer], rate)


def _print_beside(
    told: str,
    labelled: Sequence[tuple[str, list[Span]]],
    spans: Sequence[set[Span]],
    names: Sequence[set[tuple[str, str]]],
    labels: Iterable[str],
    rate: float,
) -> None:
    """Print one line of the table."""
    known, cells = frozenset(labels), []
    for label in BESIDE:
        right = told_ = true = recalled = 0
        for (text, truth), found, named in zip(labelled, spans, names, strict=True):
            expected = {span for span in truth if span[2] == label}
            these = {span for span in found if span[2] == label}
            right, told_, true = (
                right + len(expected & these),
                told_ + len(these),
                true + len(expected),
            )
            recalled += sum((label, plain(text[start:end])) in named for start, end, _ in expected)
        cell = f"{_f1(right, told_, true):.3f} / {recalled / max(true, 1):.3f}"
        cells.append(f"{cell if label in known else '–':>15}")
    print(f"   {told:21}" + "".join(cells) + f"{rate:12,.0f}")


def _seconds(run: Callable[[], object]) -> float:
    began = time.process_time()
    run()
    return time.process_time() - began


def speed(texts: Sequence[str]) -> None:
    """Print addresses per second of processor time, least of three runs each."""
    divisions, endings = read_divisions(), re.compile(_ENDINGS)
    one_by_one = texts[:2000]
    ways: tuple[tuple[str, Sequence[str], Callable[[], object]], ...] = (
        ("parse_addresses", texts, lambda: parse_addresses(texts, divisions)),
        ("parse_address", one_by_one, lambda: [parse_address(t, divisions) for t in one_by_one]),
        ("re.findall", texts, lambda: [endings.findall(t) for t in texts]),
    )
    rates = {name: len(few) / min(_seconds(run) for _ in range(3)) for name, few, run in ways}
    told = ", ".join(f"{name} {rate:,.0f}/s" for name, rate in rates.items())
    print(f"{told}; parse_addresses takes {rates['re.findall'] / rates['parse_addresses']:.1f} "
          "times as long as re.findall")  # fmt: skip


def main() -> None:
    """Score every file at hand, then measure the speed."""
    default = Path(__file__).resolve().parents[2] / "shared" / "cases"
    cases = Path(os.environ.get("LXGEO_CASES", default)) / "addresses"
    folder = Path(sys.argv[1]) if sys.argv[1:] else cases
    divisions = read_divisions()
    began = time.perf_counter()
    parse_address("", divisions)
    print(f"divisions as of {divisions.as_of}; ready in {time.perf_counter() - began:.1f} s")
    texts: list[str] = []
    for name, unscored in FILES.items():
        if not (folder / name).is_file():
            print(f"{name}: not at hand")
            continue
        labelled = read_labelled(folder / name)
        read = [text for text, _ in labelled]
        parsed = parse_addresses(read, divisions)
        labels = [label for label in LABELS if label != unscored]
        each, micro, exact = score([spans for _, spans in labelled], parsed, labels)
        print(f"{name}: {len(read):,} addresses, micro F1 {micro:.4f}, all right {exact:.3f}")
        print("   " + "  ".join(f"{label} {each[label]:.3f}" for label in labels))
        texts += read
        if name in COMPARED:
            beside(name, labelled)
    speed(texts or ["浙江省杭州市西湖区文三路478号华星时代广场A座3楼301室"] * 10_000)


if __name__ == "__main__":
    main()
