"""One seed, one district: byte for byte, and as it is checked in."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import shapely

from lxgeo.demo import LEDGER_FILE, Demo, make_demo, write_demo

ROOT = Path(__file__).resolve().parents[2]
CHECKED_IN = ROOT / "data" / "boundaries" / "demo"


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file's bytes; a workbook's as its members', whatever packed them.

    How tightly zlib packs depends on the build of Python; what is packed does not.
    """
    found: dict[str, bytes] = {}
    for file in sorted(folder.iterdir()):
        if file.suffix != ".xlsx":
            found[file.name] = file.read_bytes()
            continue
        with zipfile.ZipFile(file) as archive:
            for member in archive.infolist():
                found[f"{file.name}/{member.filename} {member.date_time}"] = archive.read(member)
    return found


def test_checked_in_folder_is_what_the_program_makes(folder: Path) -> None:
    """Nobody edits the checked-in district by hand, and no change of the program passes unseen."""
    made, kept = contents(folder), contents(CHECKED_IN)

    assert made.keys() == kept.keys()
    assert [name for name in made if made[name] != kept[name]] == []


def test_folder_is_small_enough_to_be_checked_in() -> None:
    """All files together stay below 2 MB."""
    assert sum(file.stat().st_size for file in CHECKED_IN.iterdir()) < 2_000_000


def test_another_process_makes_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    """Neither the order of a hash nor what is in memory tells in a file, workbook included."""
    code = (
        "import sys, pathlib; from lxgeo.demo import make_demo, write_demo; "
        "write_demo(make_demo(), pathlib.Path(sys.argv[1]))"
    )
    path = os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    env = os.environ | {"PYTHONHASHSEED": "7", "PYTHONPATH": path}
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True, env=env)

    assert (tmp_path / LEDGER_FILE).read_bytes() == (folder / LEDGER_FILE).read_bytes()
    assert contents(tmp_path) == contents(folder)


def test_writing_over_an_old_district_leaves_nothing_of_it(demo: Demo, tmp_path: Path) -> None:
    """Files of the same names are replaced; the answer names every file written."""
    (tmp_path / "townships.geojson").write_text("old" * 100_000)
    written = write_demo(demo, tmp_path)

    assert {file.name for file in written} == {file.name for file in tmp_path.iterdir()}
    assert contents(tmp_path) == contents(CHECKED_IN)


def test_another_seed_is_another_district_that_holds_as_well(demo: Demo) -> None:
    """The generator is no picture of one seed: seed 7 tiles too, and counts 3,000 rows."""
    other = make_demo(7)
    shapes = [feature.shape for feature in other.layers["townships"]]

    assert shapely.coverage_is_valid(shapes)
    assert shapes != [feature.shape for feature in demo.layers["townships"]]
    assert sum(len(page.entries) for page in other.pages) == 3000
    assert {name: len(layer) for name, layer in other.layers.items()}["buildings"] == 60
