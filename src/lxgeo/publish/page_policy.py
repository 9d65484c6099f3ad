"""What a page of ours may do in a browser: run its own scripts, and ask nobody for anything."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from lxgeo.errors import Lang

HTML_LANG: Mapping[Lang, str] = MappingProxyType({"zh": "zh-CN", "en": "en"})
"""How a page states its language."""


def security_policy(
    *,
    scripts: Iterable[str] = (),
    styles: Iterable[str] = (),
    pictures: Iterable[str] = (),
    frames: Iterable[str] = (),
    trusted: str = "",
) -> str:
    """Return a Content-Security-Policy that names what may run and forbids all else.

    Nothing is fetched, posted or based elsewhere.

    Parameters
    ----------
    scripts, styles
        The page's own code, named by hash.
    pictures, frames
        Addresses that it may show pictures of, and in frames.
    trusted
        Whose text the browser may set as HTML: a policy of the page's own, or ``'none'``; empty
        where the browser is not to watch that.
    """
    return "; ".join(
        (
            "default-src 'none'",
            *_directive("img-src", pictures),
            *_directive("script-src", map(_hashed, scripts)),
            *_directive("style-src", map(_hashed, styles)),
            *_directive("frame-src", frames),
            "base-uri 'none'",
            "form-action 'none'",
            *_directive("require-trusted-types-for", ("'script'",) if trusted else ()),
            *_directive("trusted-types", (trusted,) if trusted else ()),
        )
    )


def _directive(name: str, values: Iterable[str]) -> Iterator[str]:
    said = " ".join(values)
    if said:
        yield f"{name} {said}"


def _hashed(code: str) -> str:
    digest = hashlib.sha256(code.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
