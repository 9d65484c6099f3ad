"""The house holds: import directions, purity, file sizes, the public list."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import lxgeo

SOURCE = Path(lxgeo.__file__).parent
MODULES = sorted(SOURCE.rglob("*.py"))
MOST_LINES = 400

# Rooms by floor; a room imports lower floors and itself, never a neighbour.
FLOORS: tuple[frozenset[str], ...] = (
    frozenset({"errors", "model", "pin", "policy", "rule", "schema", "shown", "tables"}),
    frozenset({"geo", "rules"}),
    frozenset({"ledger", "locate", "decide", "judge"}),
    frozenset({"text", "read", "publish", "services", "engine"}),
    frozenset({"scenario", "demo"}),
    frozenset({"cli"}),
    frozenset({"__main__"}),
)
WORDS = FLOORS[0]
PURE = WORDS | FLOORS[1] | FLOORS[2]
PURE_LIBRARIES = frozenset(
    {"numpy", "pandas", "geopandas", "shapely", "pyproj", "scipy", "sklearn", "numba", "highspy"}
    | {"rapidfuzz", "pyarrow"}
)
# Standard modules that reach outside the process, or change from run to run.
IMPURE = frozenset(
    {"os", "pathlib", "io", "shutil", "tempfile", "subprocess", "socket", "urllib", "http", "time"}
    | {"random", "logging", "sqlite3", "multiprocessing", "threading", "concurrent", "secrets"}
)
IMPURE_CALLS = frozenset({"open", "print", "input", "exec", "eval", "__import__"})
BANNED_NAMES = frozenset({"utils", "helpers", "common", "manager", "misc"})


def room(module: Path) -> str:
    """Return the room that a module stands in."""
    return module.relative_to(SOURCE).parts[0].removesuffix(".py")


def floor(name: str) -> int:
    """Return the floor that a room is on."""
    return next(i for i, rooms in enumerate(FLOORS) if name in rooms)


def imported(module: Path) -> Iterator[str]:
    """Yield the dotted names that a module imports, wherever in it."""
    package = "lxgeo." + ".".join(module.relative_to(SOURCE).parts[:-1])
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parts = package.rstrip(".").split(".")
                base = ".".join([*parts[: len(parts) - node.level + 1], base]).rstrip(".")
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names if base == "lxgeo")


def modules(rooms: frozenset[str]) -> list[Path]:
    """Return the modules of some rooms."""
    return [module for module in MODULES if room(module) in rooms]


def named(module: Path) -> str:
    """Return a module's path as test id."""
    return str(module.relative_to(SOURCE))


@pytest.mark.parametrize("module", [m for m in MODULES if room(m) != "__init__"], ids=named)
def test_imports_run_one_way(module: Path) -> None:
    """A room imports lower floors and itself only."""
    here = room(module)
    rooms = {name.split(".")[1] for name in imported(module) if name.startswith("lxgeo.")}
    wrong = {
        other
        for other in rooms
        if other != here and (floor(other) > floor(here) or floor(other) == floor(here) != 0)
    }

    assert wrong == set()


@pytest.mark.parametrize("module", modules(PURE), ids=named)
def test_everything_up_to_judge_is_pure(module: Path) -> None:
    """No file, network, clock, environment, randomness without a seed, and no printing."""
    tops = {name.split(".")[0] for name in imported(module)}
    allowed = PURE_LIBRARIES | (frozenset(sys.stdlib_module_names) - IMPURE) | {"lxgeo"}
    tree = ast.parse(module.read_text(encoding="utf-8"))
    called = {
        node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }

    assert tops - allowed == set()
    assert called & IMPURE_CALLS == set()


def test_verify_shares_nothing_with_the_planner() -> None:
    """The judge of a plan imports words only, so it can't repeat the planner's mistakes."""
    judges = [m for m in MODULES if m.relative_to(SOURCE).parts[:2] == ("judge", "verify")]
    names = {name for module in judges for name in imported(module)}
    rooms = {name.split(".")[1] for name in names if name.startswith("lxgeo.")}

    assert judges
    assert rooms <= WORDS | {"judge"}
    assert not {name for name in names if name.startswith("lxgeo.judge.coverage")}


@pytest.mark.parametrize("module", MODULES, ids=named)
def test_files_stay_small_and_well_named(module: Path) -> None:
    """No file over 400 lines, no drawer for odds and ends."""
    assert len(module.read_text(encoding="utf-8").splitlines()) <= MOST_LINES
    assert not BANNED_NAMES & {part.removesuffix(".py") for part in module.parts}


def test_only_the_command_line_prints() -> None:
    """Everything else returns, raises, or reports progress to its caller."""
    loud = [
        named(module)
        for module in MODULES
        if room(module) not in {"cli", "__main__"}
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "print"
    ]

    assert loud == []


def test_public_list_is_sorted_complete_and_real() -> None:
    """`__all__` names every public name of the package, in order, and each exists."""
    tree = ast.parse((SOURCE / "__init__.py").read_text(encoding="utf-8"))
    typed = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("lxgeo.")
        for alias in node.names
    }

    assert lxgeo.__all__ == sorted(lxgeo.__all__)
    assert set(lxgeo.__all__) == typed == set(dir(lxgeo))
    assert all(hasattr(lxgeo, name) for name in lxgeo.__all__)


def test_import_does_no_work() -> None:
    """`import lxgeo` loads no geospatial or numeric library: those wait until they are used."""
    code = (
        "import sys, lxgeo; "
        "print(sorted({'geopandas', 'pandas', 'osmnx', 'folium', 'numba'} & set(sys.modules)))"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert loaded.stdout.strip() == "[]"
