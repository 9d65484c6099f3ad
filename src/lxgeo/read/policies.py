"""Policies: presets that come with lxgeo, and a person's own TOML files."""

from __future__ import annotations

import difflib
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

from lxgeo.errors import PolicyError, Words
from lxgeo.policy import Policy

_SUFFIX = ".toml"
_FIRST = "national"


def policy_names() -> list[str]:
    """Return the names of the presets, the national one first."""
    folder = files("lxgeo") / "policies"
    names = [each.name.removesuffix(_SUFFIX) for each in folder.iterdir()]
    return sorted(names, key=lambda name: (name != _FIRST, name))


def read_policy(name_or_path: str) -> Policy:
    """Return a policy by the name of a preset, or from a TOML file.

    A file states only what differs: from the preset that it names as ``base``, else from the
    national one. Its ``name`` is the file's stem if it states none.

    Raises
    ------
    PolicyError
        An unknown preset, a file that can't be read, an unknown key, a value out of its range.
    """
    named = str(name_or_path)
    if not named.endswith(_SUFFIX):
        return _preset(named)
    path = Path(named)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise PolicyError(
            Words(
                f"读不出规则文件：{path}；应为 UTF-8 编码的 .toml 文件",
                f"can't read the policy file {path}: it should be a .toml file in UTF-8",
            )
        ) from error
    return _policy(path.stem, path.name, text)


def _preset(name: str) -> Policy:
    names = policy_names()
    if name not in names:
        near = difflib.get_close_matches(name, names, n=1)
        zh = f"，是否为 {near[0]}？" if near else ""
        en = f", did you mean {near[0]}?" if near else ""
        listed = ", ".join(names)
        raise PolicyError(
            Words(
                f"没有名为 {name} 的规则{zh} 可用：{listed}；或给出 .toml 文件",
                f"no policy {name}{en} Known: {listed}; or name a .toml file",
            )
        )
    text = (files("lxgeo") / "policies" / f"{name}{_SUFFIX}").read_text(encoding="utf-8")
    return _policy(name, f"{name}{_SUFFIX}", text)


def _policy(name: str, where: str, text: str) -> Policy:
    try:
        values: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PolicyError(
            Words(f"{where}：不是有效的 TOML（{error}）", f"{where}: no valid TOML ({error})")
        ) from error
    base = values.pop("base", None)
    if base is not None and not isinstance(base, str):
        raise PolicyError(
            Words(f"{where}：base 应为规则名称", f"{where}: base should be the name of a policy")
        )
    return Policy.from_mapping(
        {"name": name, **values}, base=None if base is None else _preset(base)
    )
