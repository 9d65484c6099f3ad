"""The benchmark's view of other parsers: their names as stretches of the text."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmarks"))
from address_peers import __file__ as script
from address_peers import ask_peers, peers_python, plain, spans_of


def test_a_name_stands_for_the_words_that_it_shares_with_the_text() -> None:
    """杭州市 for 杭州; a name that the text lacks, and one without a place, stand for nothing."""
    text = "浙江杭州西湖区"

    assert spans_of(
        text, [("prov", "浙江省", 0), ("city", "杭州市", 2), ("district", "西湖区", 4)]
    ) == {
        (0, 2, "prov"),
        (2, 4, "city"),
        (4, 7, "district"),
    }
    assert spans_of(text, [("prov", "浙江省", -1), ("city", "宁波市", -1)]) == {(0, 2, "prov")}


def test_names_without_their_kind() -> None:
    """省, 街道办事处 and 自治州 go; two characters stay."""
    names = ("浙江省", "沙头街道办事处", "湘西自治州", "通县")

    assert [plain(name) for name in names] == ["浙江", "沙头", "湘西", "通县"]


def test_peers_that_are_not_there_are_left_out() -> None:
    """Asked with a Python that has none of them, the answer is empty, not an error."""
    assert ask_peers(Path(sys.executable), ["浙江省杭州市"]) == {}


def test_the_script_speaks_json() -> None:
    """What other parsers print goes elsewhere."""
    done = subprocess.run(
        [sys.executable, script],
        input="[]",
        capture_output=True,
        text=True,
        check=True,
    )

    assert json.loads(done.stdout) == {}
    assert peers_python() is None or peers_python().exists()
