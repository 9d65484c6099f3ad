# ruff: noqa: INP001, T201 -- a script, run by hand
"""Write docs/dependencies.md: what is depended on, under which licence, why, how much it brings.

Run by hand when pyproject.toml or requirements.txt change: ``python scripts/audit.py``. Ends with 1
where a licence is not among those that dependencies.toml allows.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "dependencies.md"
_GROUPS = {
    "": "运行必需",
    "bucket": "可选：对象存储",
    "charts": "可选：统计图",
    "dask": "可选：Dask",
    "geocoding": "可选：地理编码",
    "notebook": "可选：笔记本",
    "postgis": "可选：PostGIS",
    "dev": "开发和测试",
}


@dataclass(frozen=True)
class House:
    """Everything that the page is made from."""

    root: Path

    @cached_property
    def said(self) -> dict[str, Any]:
        """What people wrote down in dependencies.toml."""
        text = (self.root / "scripts" / "dependencies.toml").read_text(encoding="utf-8")
        return tomllib.loads(text)

    @cached_property
    def groups(self) -> dict[str, list[str]]:
        """The direct dependencies of pyproject.toml: group → names."""
        told = tomllib.loads((self.root / "pyproject.toml").read_text(encoding="utf-8"))
        asked = {"": told["project"]["dependencies"], **told["project"]["optional-dependencies"]}
        asked["dev"] = told["dependency-groups"]["dev"]
        return {
            group: sorted({canonicalize_name(Requirement(each).name) for each in lines})
            for group, lines in asked.items()
        }

    @cached_property
    def locked(self) -> dict[str, list[str]]:
        """The versions that requirements.txt names: one, or one a Python version."""
        text = (self.root / "requirements.txt").read_text(encoding="utf-8")
        found: dict[str, list[str]] = {}
        for name, version in re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE):
            found.setdefault(canonicalize_name(name), []).append(version)
        return dict(sorted(found.items()))

    @cached_property
    def installed(self) -> dict[str, Distribution]:
        """The metadata of what stands in this environment, by name."""
        return {canonicalize_name(each.metadata["Name"]): each for each in distributions()}

    def licence(self, name: str) -> str:
        """Return a package's licence in SPDX's words; what people read in its file goes first."""
        if name in self.said["licence"]:
            return str(self.said["licence"][name])
        told = self.installed[name].metadata
        return str(told.get("License-Expression") or told.get("License") or "?").strip()

    def allowed(self, licence: str) -> bool:
        """Tell whether a licence, or one that may be chosen, is among those allowed."""
        return all(
            any(choice.strip(" ()") in self.said["allowed"] for choice in part.split(" OR "))
            for part in licence.split(" AND ")
        )

    def maintainer(self, name: str) -> str:
        """Return who looks after a package, without addresses."""
        told = self.installed[name].metadata if name in self.installed else {}
        by_hand = self.said["maintainer"].get(name)
        names = [told.get(key) or "" for key in ("Maintainer", "Author")]
        mails = [told.get(key) or "" for key in ("Maintainer-email", "Author-email")]
        people = [re.sub(r'\s*<[^>]*>|"', "", each).strip() for each in mails]
        found = [each for each in [*names, *people] if each and "@" not in each]
        return by_hand or (_short(found[0]) if found else "?")

    def tree(self, name: str) -> set[str]:
        """Return a package and everything that it brings, of what is locked."""
        found: set[str] = set()
        ahead = [name]
        while ahead:
            each = ahead.pop()
            if each in found or each not in self.locked:
                continue
            found.add(each)
            ahead += self._all_needs[each]
        return found

    def brought_by(self, name: str) -> list[str]:
        """Return the packages that need this one themselves."""
        return [each for each, needs in self._all_needs.items() if each != name and name in needs]

    @cached_property
    def _extras(self) -> dict[str, set[str]]:
        """The extras that are asked for, by us or by what we ask for: psycopg → binary."""
        told = tomllib.loads((self.root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        lines = [*told["dependencies"]]
        lines += (line for more in told["optional-dependencies"].values() for line in more)
        found: dict[str, set[str]] = {}
        ahead = [*map(Requirement, lines)]
        ahead += (each for name in self.locked for each in self._asked(name, set()))
        while ahead:
            each = ahead.pop()
            name = canonicalize_name(each.name)
            if more := each.extras - found.setdefault(name, set()):
                found[name] |= more
                ahead += self._asked(name, found[name])
        return found

    @cached_property
    def _all_needs(self) -> dict[str, list[str]]:
        return {name: self._needs(name) for name in self.locked}

    def _needs(self, name: str) -> list[str]:
        """Return what a package needs on whatever machine, with the extras that are asked for."""
        if name not in self.installed:
            return list(self.said["needs"].get(name, []))
        asked = self._asked(name, self._extras.get(name, set()))
        return [canonicalize_name(each.name) for each in asked]

    def _asked(self, name: str, extras: set[str]) -> list[Requirement]:
        """Return what an installed package asks for with some of its extras."""
        held = self.installed[name].requires or [] if name in self.installed else []
        return [
            each
            for each in map(Requirement, held)
            if "extra" not in str(each.marker or "")
            or any(each.marker.evaluate({"extra": extra}) for extra in extras if each.marker)
        ]

    def megabytes(self, name: str) -> float:
        """Return what a package takes up when installed here."""
        held = self.installed[name].files if name in self.installed else []
        return sum(each.size or 0 for each in held or []) / 1e6


def _short(people: str) -> str:
    first, *others = re.split(r",| and ", people)
    return f"{first.strip()} 等" if others else first.strip()


def rows(house: House) -> Iterator[tuple[str, ...]]:
    """Yield the page's tables, row by row; the last cell of a direct dependency is its size."""
    direct = {name for names in house.groups.values() for name in names}
    for group, title in _GROUPS.items():
        yield ("##", title)
        yield ("组件", "版本", "许可", "做什么", "谁维护", "连同它带来的")
        for name in house.groups[group]:
            tree = house.tree(name)
            size = sum(map(house.megabytes, sorted(tree)))
            told = (house.said["why"][name], house.maintainer(name))
            yield (*_known(house, name), *told, f"{len(tree)} 个，{size:.0f} MB")
    yield ("##", "间接依赖")
    yield ("组件", "版本", "许可", "谁要用它")
    for name in house.locked:
        if name not in direct:
            yield (*_known(house, name), "、".join(house.brought_by(name)))


def _known(house: House, name: str) -> tuple[str, str, str]:
    return (f"`{name}`", "、".join(house.locked[name]), house.licence(name))


def vendored(root: Path) -> Iterator[str]:
    """Yield what other people's files the repository itself holds."""
    lines = (root / "src/lxgeo/publish/map/assets/vendor/VENDOR.md").read_text("utf-8").splitlines()
    yield from (line for line in lines if line.startswith("|"))


def page(house: House) -> str:
    """Return docs/dependencies.md."""
    parts = [(ROOT / "scripts" / "dependencies.head.md").read_text(encoding="utf-8")]
    for row in rows(house):
        if row[0] == "##":
            parts.append(f"\n## {row[1]}\n\n")
            continue
        parts.append("| " + " | ".join(row) + " |\n")
        if row[0] == "组件":
            parts.append("|" + "---|" * len(row) + "\n")
    parts.append("\n## 地图页里嵌入的\n\n原样取自发布的包，测试核对 SHA-256。\n\n")
    parts += [f"{line}\n" for line in vendored(house.root)]
    return "".join(parts)


def main() -> int:
    """Write the page; tell the licences that are not allowed."""
    house = House(ROOT)
    PAGE.write_text(page(house), encoding="utf-8")
    print(PAGE)
    refused = [name for name in house.locked if not house.allowed(house.licence(name))]
    for name in refused:
        print(f"{name}: {house.licence(name)}")
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main())
