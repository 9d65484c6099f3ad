"""Notebooks: pairs agree, nothing is stored in them, and each runs from a clean kernel."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("jupytext")
pytest.importorskip("nbclient")

import jupytext
import nbformat

FOLDER = Path(__file__).resolve().parents[1] / "notebooks"
SOURCES = sorted(FOLDER.glob("*.py"))
MOST_SECONDS = 600
RUN = """
import sys
import nbformat
from nbclient import NotebookClient

book = nbformat.read(sys.argv[1], as_version=4)
client = NotebookClient(book, timeout=600, resources={"metadata": {"path": sys.argv[2]}})
client.execute()
shown = [out for cell in book.cells if cell.cell_type == "code" for out in cell.outputs]
print(sum("image/png" in out.get("data", {}) for out in shown))
"""
PICTURES = {"01": 1, "02": 2, "03": 1, "04": 2, "05": 1, "06": 2}


def named(path: Path) -> str:
    """Return a notebook's name as test id."""
    return path.stem


@pytest.mark.parametrize("source", SOURCES, ids=named)
def test_pairs_agree_and_hold_no_output(source: Path) -> None:
    """What stands in the script stands in the notebook; nothing that was run is stored."""
    book = nbformat.read(source.with_suffix(".ipynb"), as_version=4)
    script = jupytext.read(source)
    code = [cell for cell in book.cells if cell.cell_type == "code"]

    nbformat.validate(book)
    assert [cell.source for cell in book.cells] == [cell.source for cell in script.cells]
    assert all(not cell.outputs and cell.execution_count is None for cell in code)


@pytest.mark.slow
@pytest.mark.parametrize("source", SOURCES, ids=named)
def test_runs_from_a_clean_kernel(source: Path) -> None:
    """Every cell runs, in a process and a kernel of its own, and the pictures are drawn."""
    book = source.with_suffix(".ipynb")
    ended = subprocess.run(
        [sys.executable, "-c", RUN, str(book), str(FOLDER)],
        capture_output=True,
        text=True,
        check=False,
        timeout=MOST_SECONDS,
    )

    assert ended.returncode == 0, ended.stderr[-3000:]
    assert int(ended.stdout.split()[-1]) >= PICTURES[source.stem[:2]]
