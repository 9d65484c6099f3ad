"""The columns of the check workbook: what each is called, how wide it is, how its values show."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from lxgeo.errors import Words
from lxgeo.ledger.corrections.titles import RIGHT, TITLES
from lxgeo.publish.check.voice import CheckVoice
from lxgeo.publish.listing import NUMBER, Form, Head

_COLUMNS: Mapping[str, tuple[Words, float, Form]] = MappingProxyType(
    {
        "no": NUMBER,
        # where it stands, and what a clerk fills in: read again when the workbook comes back
        "sheet": (TITLES["sheet"], 12, "text"),
        "number": (TITLES["number"], 7, "middle"),
        "cell": (TITLES["cell"], 8, "middle"),
        "name": (TITLES["name"], 28, "text"),
        "field": (TITLES["field"], 14, "text"),
        "written": (TITLES["written"], 22, "text"),
        "value": (TITLES["value"], 22, "text"),
        "post": (TITLES["post"], 14, "text"),
        "day": (TITLES["day"], 12, "middle"),
        "why": (TITLES["why"], 18, "text"),
        "round": (TITLES["round"], 6, "middle"),
        "mark": (TITLES["mark"], 10, "middle"),
        # what was found
        "taken": (Words("读作", "Taken for"), 14, "middle"),
        "problem": (Words("问题", "Problem"), 36, "text"),
        "to_do": (Words("怎么办", "What to do"), 24, "text"),
        "given": (Words("所填值", "Value given"), 22, "text"),
        "by": (Words("岗位", "Post"), 14, "text"),
        "why_not": (Words("未采用的原因", "Why not taken"), 36, "text"),
        "kind": (Words("类别", "Kind"), 14, "middle"),
        "said": (Words("说明", "Why"), 80, "text"),
        # the ledger's own columns
        "header": (Words("台账列名", "Header in the ledger"), 30, "text"),
        "letters": (Words("列", "Column"), 7, "middle"),
        "result": (Words("处理", "Result"), 18, "middle"),
        "called": (TITLES["field"], 34, "text"),
        "perhaps": (Words("疑似字段", "Perhaps"), 20, "text"),
        "sheets": (TITLES["sheet"], 34, "text"),
        "about": (Words("事项", "About"), 20, "text"),
        "what": (Words("内容", "What"), 105, "text"),
    }
)


def heads(voice: CheckVoice, *names: str, hints: Mapping[str, Words] = {}) -> tuple[Head, ...]:
    """Return the heads of some columns of the check workbook.

    Parameters
    ----------
    voice
        Who says them.
    names
        Which, in order.
    hints
        Columns that are filled in here, and what is told there.
    """
    return tuple(_head(name, voice, hints.get(name)) for name in names)


def _head(name: str, voice: CheckVoice, hint: Words | None) -> Head:
    words, width, form = _COLUMNS[name]
    if hint is None:
        return Head(voice.say(words), width, form)
    offered = (voice.say(RIGHT),) if name == "value" else ()
    return Head(voice.say(words), width, form, hint=voice.say(hint), choices=offered)
