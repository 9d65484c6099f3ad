"""The page's code: our modules bundled, vendored libraries as they came, all as plain text.

Our JavaScript stands in small modules that import one another. A page that opens from a file
can't load modules, so they are joined here: each becomes a function that returns what it exports,
after those that it imports from.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_ASSETS = files("lxgeo.publish.map") / "assets"
_IMPORT = re.compile(r"^import (\{[^}]*\}) from '\./([a-z]+)\.js';$", re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async function|function|class|const) (\w+))", re.MULTILINE)
_URL = re.compile(r"url\([^)]*\)")
_SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)

STYLES = (
    "vendor/leaflet.css",
    *(f"css/{name}.css" for name in ("theme", "page", "panel", "legend", "coverage", "card")),
    *("css/table.css", "css/editing.css", "css/print.css"),
)
"""Style sheets in the order that they count in."""

SCRIPTS = ("js/guard.js", "vendor/leaflet.js", "vendor/fflate.js", "bundle")
"""Scripts in the order that they run in."""


@cache
def asset(name: str) -> str:
    """Return a file under ``assets`` as text."""
    return _ASSETS.joinpath(*name.split("/")).read_text(encoding="utf-8")


@cache
def style(name: str) -> str:
    """Return a style sheet without its pictures: the page fetches nothing and shows none."""
    return _URL.sub("none", asset(name))


@cache
def script(name: str) -> str:
    """Return a script, ready to stand between ``<script>`` and ``</script>``."""
    code = bundle() if name == "bundle" else _SOURCE_MAP.sub("", asset(name))
    if "</script" in code.lower() or "<!--" in code:
        raise ValueError(f"{name} would end its own script element")
    return code


@cache
def bundle() -> str:
    """Return our modules as one script whose only trace is ``lxgeo.open``."""
    body = "\n".join(_as_function(name) for name in modules())
    return (
        "window.lxgeo = {};\n(() => {\n'use strict';\n"
        f"{body}\nlxgeo.open = mainModule.open;\n}})();\n"
    )


def modules() -> list[str]:
    """Return the names of our modules, each after all that it imports."""
    order: list[str] = []

    def visit(name: str) -> None:
        if name in order:
            return
        for _, imported in _IMPORT.findall(asset(f"js/{name}.js")):
            visit(imported)
        order.append(name)

    visit("main")
    return order


def _as_function(name: str) -> str:
    code = asset(f"js/{name}.js")
    exported = ", ".join(said for _, said in _EXPORT.findall(code))
    body = _EXPORT.sub(r"\1", _IMPORT.sub(r"const \1 = \2Module;", code))
    return f"const {name}Module = (() => {{\n{body}return {{ {exported} }};\n}})();\n"
