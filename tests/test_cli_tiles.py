"""Online tiles: only where asked for, and the command says what that means."""

from __future__ import annotations

from pathlib import Path

import pytest

from command import Run
from town import Town


def test_a_map_with_tiles_tells_its_key_and_number(
    lxgeo: Run, town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The key stands in the map and nowhere else: the command says so; other hosts stay shut."""
    key = "0123456789abcdef0123456789abcdef"
    monkeypatch.setenv("LXGEO_TILES_KEY", key)
    said = lxgeo(
        *("plan", town.ledger, "--areas", town.areas, "--out", tmp_path, "--tiles", "tianditu"),
        *("--tiles-number", "GS(2026)0001号", "--map-number", "黔S(2026)001号"),
    )
    run = tmp_path / town.ledger.stem
    page = (tmp_path / "maps" / f"{run.name}.html").read_text(encoding="utf-8")

    assert said.code == 0, said.err
    assert "密钥" in said.out
    assert "tianditu.gov.cn" in page
    assert [
        path.name for path in run.rglob("*") if path.is_file() and key.encode() in path.read_bytes()
    ] == []


def test_without_a_word_the_map_needs_no_network(lxgeo: Run, town: Town, tmp_path: Path) -> None:
    """No host stands in the page's policy."""
    assert lxgeo("plan", town.ledger, "--areas", town.areas, "--out", tmp_path).code == 0
    page = (tmp_path / "maps" / f"{town.ledger.stem}.html").read_text(encoding="utf-8")

    assert "Content-Security-Policy" in page
    assert "https:" not in page.partition("Content-Security-Policy")[2].partition(">")[0]


def test_unknown_tiles_are_told(lxgeo: Run, town: Town, tmp_path: Path) -> None:
    """A provider that is not known is told before anything is read."""
    said = lxgeo("plan", town.ledger, "--areas", town.areas, "--out", tmp_path, "--tiles", "google")

    assert said.code == 1
    assert "tianditu" in said.err
