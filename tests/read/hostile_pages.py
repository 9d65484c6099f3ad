"""Hostile web pages that call themselves .xls, made as they are needed."""

from __future__ import annotations

from pathlib import Path


def deep_tables(path: Path) -> None:
    """Write tables in tables in tables, 200,000 deep."""
    path.write_text("<html><table><tr><td>" * 200_000, encoding="utf-8")


def wide_spans(path: Path) -> None:
    """Write cells that claim a million columns, each."""
    path.write_text(
        "<html><table>" + "<tr><td colspan=1000000 rowspan=1000000>x</td>" * 100_000,
        encoding="utf-8",
    )


def tall_spans(path: Path) -> None:
    """Write cells that claim every row below, in every row."""
    path.write_text(
        "<html><table>" + ("<tr>" + "<td rowspan=65534>x" * 900) * 1_000, encoding="utf-8"
    )


def endless_cells(path: Path) -> None:
    """Write 3.6 million cells in one page."""
    path.write_text("<html><table>" + ("<tr>" + "<td>" * 90) * 40_000, encoding="utf-8")


def long_page_cell(path: Path) -> None:
    """Write a cell of 25 MB."""
    path.write_text("<html><table><tr><td>" + "B" * 25_000_000, encoding="utf-8")


def million_tables(path: Path) -> None:
    """Write a million tables."""
    path.write_text("<html>" + "<table><tr><td>1</table>" * 1_000_000, encoding="utf-8")


def big_page(path: Path) -> None:
    """Write a page of 90 MB, honest or not."""
    path.write_text("<html><table>" + "<tr><td>1</td></tr>" * 5_000_000, encoding="utf-8")


def page_laughs(path: Path) -> None:
    """Write entities in a page: they stay what they are, and nothing is in its table."""
    doctype = '<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    path.write_text(f"{doctype}<html><p>&a;</p>", encoding="utf-8")
