"""What people call the fields of a ledger, and which field a strange header is near."""

from __future__ import annotations

from types import MappingProxyType

from rapidfuzz import fuzz, process

from lxgeo.errors import Words
from lxgeo.ledger.sheets.headers import squeeze_header
from lxgeo.ledger.sheets.vocabulary import FIELDS, UNREAD
from lxgeo.ledger.values.wording import squeeze
from lxgeo.tables import LEDGER

NEAR = 60.0
"""Likeness (0 to 100) from which a header is worth asking about."""

_ONLY_READ = {
    "registered_address": "注册地址",
    "affiliated_total": "组织关系在本单位党员",
    "unaffiliated_total": "未转入组织关系党员",
    "double_registered": "双登记党员",
    "remarks": "备注",
    "founded": "党组织成立时间",
    "datum": "坐标系",
    "lon": "经度",
    "lat": "纬度",
    "coordinates": "坐标",
}
"""Fields that a ledger may have and the LEDGER keeps under another name, or only looks at."""

_HEADINGS = {column.name: column.zh for column in LEDGER.columns}

FIELD_WORDS = MappingProxyType(
    {
        field: Words(_ONLY_READ.get(field) or _HEADINGS.get(field, row[0]), field.replace("_", " "))
        for field, row in FIELDS.items()
    }
)
"""Field → its name for people, in both languages."""

_BY_WORDS = {squeeze(said): field for field, words in FIELD_WORDS.items() for said in words}
_SPELLINGS = [(spelling, field) for field, row in FIELDS.items() for spelling in row]


def field_words(field: str) -> Words:
    """Return a field's name for people; the field itself where it is none of a ledger's."""
    return FIELD_WORDS.get(field) or Words(field, field)


def field_called(said: str) -> str | None:
    """Return the field that people call so in either language, or by its own name; else None."""
    return said if said in FIELDS else _BY_WORDS.get(squeeze(said))


def nearest_field(header: str) -> str | None:
    """Return the field whose spellings a header is most like; None where it is like none.

    A suggestion for a person to decide on, never a reading: 党员情况说明 is near 党员数.
    Headers that are known to hold nothing of use (备注) are near to nothing.
    """
    leaf = squeeze_header(header.rsplit(":", maxsplit=1)[-1])
    if not leaf or leaf in UNREAD:
        return None
    found = process.extractOne(
        leaf, [spelling for spelling, _ in _SPELLINGS], scorer=fuzz.ratio, score_cutoff=NEAR
    )
    return None if found is None else _SPELLINGS[found[2]][1]
