"""A mapping file: which header stands for which field, decided once and used every quarter.

::

    datum = "gcj02"            # 可省略
    blank_is_zero = false      # 可省略

    [columns]
    name = "企业名称（全称）"
    full_members = "党员情况:正式"
"""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxgeo.errors import LedgerError, Words
from lxgeo.ledger.report import LedgerReport
from lxgeo.ledger.sheets.fields import field_words
from lxgeo.ledger.sheets.headers import field_named
from lxgeo.ledger.sheets.vocabulary import FIELDS
from lxgeo.model import Datum

_MOST_BYTES = 1 << 20
_SAID = ("datum", "blank_is_zero", "columns")
_DATUMS = [str(datum) for datum in Datum if datum is not Datum.UNKNOWN]


@dataclass(frozen=True)
class Mapped:
    """How a ledger is to be read.

    Parameters
    ----------
    columns
        Field → header.
    datum
        Datum of coordinates that declare none; None where it isn't said.
    blank_is_zero
        Whether a blank count is a zero.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    datum: Datum | None = None
    blank_is_zero: bool = False


def save_mapping(
    path: Path, report: LedgerReport, *, datum: Datum | None = None, blank_is_zero: bool = False
) -> None:
    """Write the columns that a ledger was read from as a mapping file.

    Parameters
    ----------
    path
        Where to; an older file is replaced.
    report
        What `lxgeo.ledger.clean` found. Where sheets head a field differently, the header of the
        most sheets is kept (of the first at a tie): the others are found by the vocabulary again.
    datum, blank_is_zero
        As they were given to ``clean``.
    """
    heads: dict[str, Counter[str]] = {}
    for sheet in report.sheets:
        for name, header in sheet.mapped.items():
            heads.setdefault(name, Counter())[header] += 1
    lines = ['# 台账列对应：字段 = "台账列名"。可修改列名后再用。']
    if datum is not None:
        lines.append(f"datum = {_quoted(str(datum))}")
    lines.append(f"blank_is_zero = {'true' if blank_is_zero else 'false'}")
    lines += ["", "[columns]"]
    for name in (each for each in FIELDS if each in heads):
        header = heads[name].most_common(1)[0][0]
        lines.append(f"{name} = {_quoted(header)}  # {field_words(name).zh}")
    Path(path).write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def _quoted(text: str) -> str:
    """Return a text as a TOML string: JSON's escapes are TOML's but for one character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")


def read_mapping(path: Path) -> Mapped:
    """Return what a mapping file says.

    Parameters
    ----------
    path
        A TOML file as `save_mapping` writes it.

    Raises
    ------
    LedgerError
        Not there, no TOML, or something in it that means nothing. Every fault is told.
    """
    path = Path(path)
    said = _toml(path)
    faults = list(_faults(path.name, said))
    if faults:
        raise LedgerError(*faults)
    datum = said.get("datum")
    return Mapped(
        columns={str(field_named(name)): head for name, head in said.get("columns", {}).items()},
        datum=None if datum is None else Datum(datum),
        blank_is_zero=said.get("blank_is_zero", False),
    )


def _toml(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise LedgerError(
                Words(
                    f"{path.name}：列对应文件过大，请核对",
                    f"{path.name}: too big for a mapping file",
                )
            )
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise LedgerError(
            Words(
                f"读不出列对应文件：{path}；应为 UTF-8 编码的 .toml 文件",
                f"can't read the mapping file {path}: it should be a .toml file in UTF-8",
            )
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise LedgerError(
            Words(
                f"{path.name}：不是有效的 TOML（{error}）",
                f"{path.name}: no valid TOML ({error})",
            )
        ) from error


def _faults(name: str, said: Mapping[str, Any]) -> Iterator[Words]:
    for key in said:
        if key not in _SAID:
            listed = ", ".join(_SAID)
            yield Words(
                f"{name}：不认识“{key}”；可用：{listed}，列名写在 [columns] 下",
                f"{name}: no such key '{key}'; known: {listed}; headers stand under [columns]",
            )
    if said.get("datum", _DATUMS[0]) not in _DATUMS:
        listed = ", ".join(_DATUMS)
        yield Words(f"{name}：datum 应为 {listed} 之一", f"{name}: datum is one of {listed}")
    if not isinstance(said.get("blank_is_zero", False), bool):
        yield Words(
            f"{name}：blank_is_zero 应为 true 或 false", f"{name}: blank_is_zero is true or false"
        )
    columns = said.get("columns", {})
    if not isinstance(columns, dict):
        yield Words(f"{name}：[columns] 应为一节", f"{name}: [columns] is a table")
        return
    for key, head in columns.items():
        if field_named(key) is None:
            yield Words(
                f"{name}：没有字段“{key}”；可用：{'、'.join(FIELDS)}",
                f"{name}: no field '{key}'; known: {', '.join(FIELDS)}",
            )
        if not isinstance(head, str) or not head.strip():
            yield Words(f"{name}：{key} 的列名应为文字", f"{name}: the header of {key} is a text")
