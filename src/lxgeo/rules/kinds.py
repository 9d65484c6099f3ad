"""What kind of organisation a unit is: by what the ledger calls it, else by its name.

A law firm is one whatever the ledger calls it (it may stand among 非公企业); an association only
where the ledger does not say that it is an enterprise (某某商会大厦有限公司 is one).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from lxgeo.model import UnitKind

_PROFESSIONAL = re.compile(
    "律师事务所|律所|法律服务所|会计师?事务所|会计所|税务师?事务所|税务所|建筑师事务所|建筑设计事务所"
)
_SAID: tuple[tuple[re.Pattern[str], UnitKind], ...] = tuple(
    (re.compile(words), kind)
    for words, kind in (
        ("个体|商户|household", UnitKind.HOUSEHOLD),
        ("合作社|cooperative", UnitKind.COOPERATIVE),
        ("基金会|foundation", UnitKind.FOUNDATION),
        ("民办|民非|社会服务机构|中介|service", UnitKind.SERVICE),
        ("社会团体|社团|协会|商会|学会|联合会|促进会|研究会|association", UnitKind.ASSOCIATION),
        ("企业|公司|经济组织|合伙|独资|enterprise|company", UnitKind.ENTERPRISE),
    )
)
"""What a ledger calls a kind; the first that fits decides: 民办非企业单位 is no enterprise."""

_NAMED: tuple[tuple[re.Pattern[str], UnitKind], ...] = tuple(
    (re.compile(words), kind)
    for words, kind in (
        (r"(公司|厂|集团)(\(.*\))?$", UnitKind.ENTERPRISE),
        (r"合作(联)?社$", UnitKind.COOPERATIVE),
        (r"基金会$", UnitKind.FOUNDATION),
        (r"(协会|商会|学会|联合会|促进会|研究会|联谊会|同业公会)(\(.*\))?$", UnitKind.ASSOCIATION),
        (r"(幼儿园|学校|小学|中学|培训中心|医院|诊所|养老院|敬老院|服务中心)$", UnitKind.SERVICE),
        (r"(店|铺|馆|经营部|商行|超市|摊位)$", UnitKind.HOUSEHOLD),
    )
)
"""Endings of names, asked only where the ledger names no kind of ours."""


def kind_of(said: object, name: object) -> UnitKind:
    """Return what kind of organisation a unit is.

    Parameters
    ----------
    said
        What the ledger calls it (单位类别); any other value than text is unknown.
    name
        Its name; any other value than text is unknown.
    """
    kind, called = _plain(said), _plain(name)
    if _PROFESSIONAL.search(kind) or _PROFESSIONAL.search(called):
        return UnitKind.PROFESSIONAL
    by_kind = _first(_SAID, kind)
    return by_kind or _first(_NAMED, called) or UnitKind.OTHER


def kinds_of(said: Iterable[object], names: Iterable[object]) -> list[UnitKind]:
    """Return what kind of organisation each unit is (`kind_of`)."""
    return [kind_of(kind, name) for kind, name in zip(said, names, strict=True)]


def _first(words: tuple[tuple[re.Pattern[str], UnitKind], ...], text: str) -> UnitKind | None:
    return next((kind for pattern, kind in words if pattern.search(text)), None)


def _plain(value: object) -> str:
    if not isinstance(value, str):
        return ""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", value)).casefold()
