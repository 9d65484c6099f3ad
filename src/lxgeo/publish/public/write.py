"""The files that may leave the office: one page, one table, one JSON."""

from __future__ import annotations

import csv
import json
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely

from lxgeo.errors import InputError, Lang, RunError, Words
from lxgeo.publish.public.guarded import Guarded, Range, Shown
from lxgeo.publish.public.page import marks_of, page
from lxgeo.publish.public.said import PROVISO, how
from lxgeo.publish.table import in_csv
from lxgeo.tables import Column

_COLUMNS = ("id", "level", "name", "within")
_COUNTS = ("units", "before", "after")
_PAGE, _TABLE, _DATA = "index.html", "places.csv", "places.json"
_OURS = frozenset({_PAGE, _TABLE, _DATA})
_TEXT = Column("text", "text")


@dataclass(frozen=True, slots=True)
class Sketch:
    """Boundaries that may be shown, and by whose leave.

    Parameters
    ----------
    number
        审图号.
    source
        Whose boundaries they are.
    shapes
        Id in the run of the coarsest places (townships; of a province, counties) → polygon,
        EPSG:4326.
    """

    number: str
    source: str
    shapes: Mapping[str, shapely.Geometry]


@dataclass(frozen=True, slots=True)
class PublicFiles:
    """Where the files are.

    Parameters
    ----------
    page, table, data
        The page, the CSV and the JSON.
    withheld
        How many of the coarsest places (townships; of a province, counties) are not told.
    top
        Which level these are.
    """

    page: Path
    table: Path
    data: Path
    withheld: int
    top: str = "township"


def write_public(
    folder: Path, title: str, shown: Guarded, lang: Lang, sketch: Sketch | None = None
) -> PublicFiles:
    """Write all files, or none: on any error what stood there stays whole.

    Parameters
    ----------
    folder
        Where to; made if it is not there. It holds these files and nothing else.
    title
        Heading of the page.
    shown
        What may be shown.
    lang
        Language.
    sketch
        Boundaries; without them there are tables and bars only.

    Raises
    ------
    RunError
        A folder with other files stands there.
    InputError
        The place can't be written.
    """
    if folder.exists() and {path.name for path in folder.iterdir()} - _OURS:
        raise RunError(
            Words(
                f"{folder} 里有其他文件，不会覆盖；请清空或另取名称",
                f"{folder} holds other files and is kept; empty it or use another name",
            )
        )
    shapes = {} if sketch is None else _by_id(shown.topmost, sketch)
    marks = [] if sketch is None else marks_of(sketch.number, sketch.source, lang)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".lxgeo-public-") as made:
            new = Path(made) / "new"
            new.mkdir()
            html = page(title, shown, lang, shapes, marks)
            (new / _PAGE).write_text(html, encoding="utf-8", newline="\n")
            _write_table(new / _TABLE, shown)
            data = _data(title, shown, lang, sketch)
            (new / _DATA).write_text(data, encoding="utf-8", newline="\n")
            if folder.exists():
                shutil.rmtree(folder)
            new.rename(folder)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise InputError(
            Words(f"不能写入 {folder}（{why}）", f"can't write {folder} ({why})")
        ) from error
    withheld = sum(place.units is None for place in shown.topmost)
    return PublicFiles(folder / _PAGE, folder / _TABLE, folder / _DATA, withheld, shown.top)


def _by_id(topmost: list[Shown], sketch: Sketch) -> dict[str, shapely.Geometry]:
    return {
        place.place_id: sketch.shapes[place.key] for place in topmost if place.key in sketch.shapes
    }


def _write_table(path: Path, shown: Guarded) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        write = csv.writer(file)
        write.writerow(
            [*_COLUMNS, *(f"{name}_{end}" for name in _COUNTS for end in ("from", "to"))]
        )
        for place in (*shown.places, shown.district):
            said = (place.place_id, place.level, place.name, place.within)
            ends = [end for held in _counts(place) for end in _ends(held)]
            write.writerow([in_csv(_TEXT, each) for each in said] + ends)


def _counts(place: Shown) -> tuple[Range | None, Range | None, Range | None]:
    return place.units, place.before, place.after


def _ends(held: Range | None) -> tuple[int, int] | tuple[str, str]:
    return ("", "") if held is None else (held.low, held.high)


def _data(title: str, shown: Guarded, lang: Lang, sketch: Sketch | None) -> str:
    told: dict[str, Any] = {
        "title": title,
        "proviso": PROVISO.in_lang(lang),
        "how": how(shown.top).in_lang(lang),
        "district": _told(shown.district),
        "places": [_told(place) for place in shown.places],
    }
    if sketch is not None:
        told |= {"map_number": sketch.number, "map_source": sketch.source}
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _told(place: Shown) -> dict[str, Any]:
    pairs = zip(_COUNTS, _counts(place), strict=True)
    counts = {name: None if held is None else [held.low, held.high] for name, held in pairs}
    said = zip(_COLUMNS, (place.place_id, place.level, place.name, place.within), strict=True)
    return dict(said) | counts
