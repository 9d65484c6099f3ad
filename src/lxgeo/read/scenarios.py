"""What-if files: a name, and what it changes in a policy."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxgeo.errors import InputError, LxgeoError, PolicyError, Words
from lxgeo.pin import Pin
from lxgeo.policy import Policy
from lxgeo.read.pins import read_pins
from lxgeo.read.policies import read_policy

_KNOWN = frozenset({"name", "base", "policy", "pins"})


@dataclass(frozen=True)
class Alternative:
    """One of several ways to plan the same units.

    Parameters
    ----------
    name
        What it is called.
    policy
        The rules and figures that it is planned under.
    pins
        What is settled by hand in it alone; None where it is what is settled in all.
    pins_file
        What the file of these pins is called.
    """

    name: str
    policy: Policy
    pins: tuple[Pin, ...] | None = None
    pins_file: str = ""


def read_alternatives(paths: Sequence[Path]) -> tuple[Alternative, ...]:
    """Return the scenarios of some TOML files.

    A file holds ``name`` (its stem if not given), ``base`` (a preset or a policy file; the
    national one if not given), a table ``[policy]`` of what differs from it, and ``pins``: a file
    beside it of what is settled by hand in this scenario, empty for nothing.

    Raises
    ------
    PolicyError
        A file that can't be read, an unknown key, a value out of its range; all files at once.
    InputError
        Two scenarios of one name.
    """
    found: list[Alternative] = []
    faults: list[Words] = []
    for path in paths:
        try:
            found.append(_alternative(path))
        except LxgeoError as error:
            faults += [Words(f"{path}：{zh}", f"{path}: {en}") for zh, en in error.faults]
    if faults:
        raise PolicyError(*faults)
    names = [each.name for each in found]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        listed = "、".join(twice)
        raise InputError(
            Words(f"情景名称重复：{listed}；请各取一名", f"two scenarios are called {listed}")
        )
    return tuple(found)


def _alternative(path: Path) -> Alternative:
    try:
        values: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise PolicyError(
            Words(
                "读不出情景文件；应为 UTF-8 编码的 .toml 文件", "no scenario file: a .toml in UTF-8"
            )
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise PolicyError(
            Words(f"不是有效的 TOML（{error}）", f"no valid TOML ({error})")
        ) from error
    name, base, changes = values.get("name", path.stem), values.get("base"), values.get("policy")
    faults = [
        Words(
            f"不认识“{key}”；情景文件只有 name、base、pins 和 [policy]",
            f"unknown key '{key}': a scenario has name, base, pins and [policy]",
        )
        for key in values
        if key not in _KNOWN
    ]
    pins = values.get("pins")
    if not isinstance(name, str) or not all(isinstance(e, (str, type(None))) for e in (base, pins)):
        faults.append(Words("name、base 和 pins 应为文字", "name, base and pins should be text"))
    if not isinstance(changes, (dict, type(None))):
        faults.append(Words("[policy] 应为表", "[policy] should be a table"))
    if faults:
        raise PolicyError(*faults)
    policy = Policy.from_mapping(
        {"name": name, **(changes or {})}, base=read_policy(base or "national")
    )
    if pins is None:
        return Alternative(str(name), policy)
    settled = read_pins(path.parent / pins) if pins else ()
    return Alternative(str(name), policy, settled, Path(pins).name)
