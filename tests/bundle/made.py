"""What a bundle is to its tests: a zip, and what is in it."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bundling.target import Target

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Made:
    """A zip that was made, and what is in it."""

    path: Path
    target: Target

    @property
    def folder(self) -> str:
        """The one folder that everything in it lies in."""
        return self.path.stem

    @cached_property
    def held(self) -> Mapping[str, bytes]:
        """Every file below that folder."""
        with zipfile.ZipFile(self.path) as parts:
            names = parts.namelist()
            assert {name.partition("/")[0] for name in names} == {self.folder}
            return {name.partition("/")[2]: parts.read(name) for name in names}

    def text(self, name: str) -> str:
        """Return a file as text, line ends and all."""
        return self.held[name].decode()


Make = Callable[[Target], Made]
