"""docs/province.md: every command and every line of Python in it runs, as it stands there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from county_towns import build_province

from command import Run
from town import Town

PAGE = Path(__file__).resolve().parents[2] / "docs" / "province.md"


def _blocks(language: str) -> list[str]:
    return re.findall(
        rf"^```{language}\n(.*?)^```", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )


def test_every_command_runs(
    lxgeo: Run, town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a folder with 台账 and 区域, in the order of the page, each to its end."""
    own = build_province(tmp_path, town, ("330106", "330108"))
    own.ledgers.rename(tmp_path / "台账")
    own.areas.rename(tmp_path / "区域")
    monkeypatch.chdir(tmp_path)
    commands = [line for block in _blocks("bash") for line in block.splitlines() if line]
    for line in commands:
        said = lxgeo(*shlex.split(line)[1:])
        assert said.code == 0, f"{line}: {said.err}"

    assert len(commands) == 13
    assert (tmp_path / "变化.xlsx").is_file()
    assert (tmp_path / "结果" / "全省" / "export" / "county=330106" / "units.gpkg").is_file()
    assert (tmp_path / "结果" / "全省" / "lists" / "330106.xlsx").is_file()
    assert (tmp_path / "结果" / "public" / "全省" / "index.html").is_file()
    assert (tmp_path / "结果" / "public" / "全省-330106" / "index.html").is_file()
    found: dict[str, object] = {}
    for block in _blocks("python"):
        exec(compile(block, str(PAGE), "exec"), found)  # noqa: S102 - the page's own lines
    assert len(found["units"]) == 18  # type: ignore[arg-type]
    assert len(found["one"]) == 9  # type: ignore[arg-type]
    assert len(found["index"]) == 2  # type: ignore[arg-type]
