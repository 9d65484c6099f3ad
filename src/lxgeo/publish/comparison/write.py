"""情景比较: the table, the charts, the maps and a page that shows two of them side by side."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxgeo.errors import InputError, Words
from lxgeo.publish.book import PROVISO, draw, open_book
from lxgeo.publish.charts import NO_CHARTS, NO_FONT, Hand, can_draw
from lxgeo.publish.comparison.charts import draw_figures, draw_front, draw_sensitivity
from lxgeo.publish.comparison.compared import SAID, Compared, entangled_said
from lxgeo.publish.comparison.multiples import draw_multiples
from lxgeo.publish.comparison.page import MAPS, comparison_page
from lxgeo.publish.comparison.sheets import sheets
from lxgeo.publish.export.write import unwritable
from lxgeo.publish.folder.exchange import check_name
from lxgeo.publish.folder.summary import write_json
from lxgeo.publish.map import draw_map

BOOK, TABLE, SUMMARY, PAGE = "compare.xlsx", "compare.json", "summary.json", "compare.html"
FRONT, FIGURES, SENSITIVITY, MULTIPLES = "front.png", "figures.png", "sensitivity.png", "maps.png"


@dataclass(frozen=True)
class Written:
    """What was written of a comparison.

    Parameters
    ----------
    paths
        Every file, in its place.
    told
        What a person should know of the charts, and of settings whose effect can't be told.
    """

    paths: tuple[Path, ...]
    told: tuple[Words, ...]


def write_comparison(out: Path, compared: Compared) -> Written:
    """Write what there is to say of several scenarios into a folder.

    ``compare.html`` (two maps side by side), ``compare.xlsx``, ``compare.json``, the charts,
    ``maps/NAME.html`` and ``NAME/summary.json`` of each.

    Parameters
    ----------
    out
        The folder; made where it is missing. Files are written beside it and put in when all are
        done.
    compared
        The scenarios.

    Raises
    ------
    InputError
        A name that can't be a folder's, or a folder that can't be written.
    """
    check_names([str(each["scenario"]) for each in compared.summaries])
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".lxgeo-compare-", dir=out) as made:
            shop = Path(made)
            told = _drawn(shop, compared)
            _write_tables(shop, compared, told)
            _write_maps(shop, compared)
            return Written(tuple(_placed(shop, out)), (*told, *entangled_said(compared)))
    except OSError as error:
        raise InputError(unwritable(out, error)) from error


def check_names(names: Sequence[str]) -> None:
    """Check that each scenario can have a folder and a map of its name.

    Raises
    ------
    InputError
        A name that can't be a folder's, that one of the comparison's own files has, or that
        differs from another in capitals alone.
    """
    taken = {BOOK, TABLE, PAGE, FRONT, FIGURES, SENSITIVITY, MULTIPLES}
    for name in names:
        check_name(name)
        if name.casefold() in taken:
            raise InputError(
                Words(
                    f"情景名称 {name} 与比较结果的文件或另一情景同名（不分大小写），请另取一名",
                    f"a file of the comparison or another scenario is called {name}: give it"
                    " another name",
                )
            )
        taken.add(name.casefold())


def _placed(shop: Path, out: Path) -> Iterator[Path]:
    for path in sorted(each for each in shop.rglob("*") if each.is_file()):
        place = out / path.relative_to(shop)
        place.parent.mkdir(exist_ok=True)
        yield path.replace(place)


def _drawn(shop: Path, compared: Compared) -> tuple[Words, ...]:
    """Draw the charts; return what is to be told of them."""
    if not can_draw():
        return (NO_CHARTS,)
    from matplotlib import rc_context

    hand = Hand.of(compared.speech.lang)
    with rc_context(hand.look):
        draw_front(shop / FRONT, compared, hand)
        draw_figures(shop / FIGURES, compared, hand)
        draw_sensitivity(shop / SENSITIVITY, compared, hand)
        draw_multiples(shop / MULTIPLES, compared, hand)
    return (NO_FONT,) if hand.lang != compared.speech.lang else ()


def _write_tables(shop: Path, compared: Compared, told: tuple[Words, ...]) -> None:
    for each in compared.summaries:
        folder = shop / str(each["scenario"])
        folder.mkdir()
        write_json(folder / SUMMARY, each)
    write_json(shop / TABLE, _table(compared, told))
    notes = "".join(compared.speech.say(words) for words in told)
    with open_book(shop / BOOK, compared.speech, PROVISO) as book:
        for listing in sheets(compared, notes):
            draw(book, listing)


def _write_maps(shop: Path, compared: Compared) -> None:
    (shop / MAPS).mkdir()
    lang = compared.speech.lang
    for name, summary, layers in zip(
        compared.names, compared.summaries, compared.layers, strict=True
    ):
        page = draw_map(layers, title=name, lang=lang)
        _write_text(shop / MAPS / f"{summary['scenario']}.html", page.html)
    _write_text(shop / PAGE, comparison_page(compared))


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _table(compared: Compared, told: tuple[Words, ...]) -> dict[str, Any]:
    names = compared.names
    return {
        "scenarios": [
            {
                "scenario": each["scenario"],
                **{name: each[name] for name in SAID},
                "on_front": best,
                "changed": diff,
                "townships": each["townships"],
            }
            for each, best, diff in zip(
                compared.summaries, compared.on_front, compared.changed, strict=True
            )
        ],
        "sensitivity": [
            {
                "setting": step.setting,
                "from": step.was,
                "to": step.now,
                "scenarios": [names[step.before], names[step.after]],
                "moved": step.moved,
            }
            for step in compared.sensitivity.steps
        ],
        "entangled": [
            {
                "setting": each.setting,
                "scenarios": [names[each.before], names[each.after]],
                "with": list(each.others),
            }
            for each in compared.sensitivity.entangled
        ],
        "apart": compared.apart,
        "notes": [words.zh for words in told],
    }
