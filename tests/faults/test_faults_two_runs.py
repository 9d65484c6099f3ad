"""Two runs of one name into one folder, at the same moment."""

from __future__ import annotations

from pathlib import Path

from runs_apart import Command, Ended, content, ended


def test_two_runs_into_one_folder(command: Command, plain: Path, tmp_path: Path) -> None:
    """One in Chinese, one in English, both ready before either takes the place: one run, whole.

    Whoever comes last stands: its folder with its own map, never one's folder and the other's map.
    """
    out, gate = tmp_path / "out", tmp_path / "gate"
    gate.mkdir()
    both = [
        command.planning(out, "--workers", 1, "--lang", lang, WAIT=gate, WAIT_FOR=2)
        for lang in ("zh", "en")
    ]

    assert [ended(each) for each in both] == [Ended(0, ""), Ended(0, "")]
    assert ended(command.started("verify", out / "多家")) == Ended(0, "")
    assert sorted(path.name for path in out.iterdir()) == ["maps", "多家"]
    assert content(out).keys() == content(plain).keys()
