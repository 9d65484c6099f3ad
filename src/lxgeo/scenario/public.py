"""What may leave the office of a finished run: aggregates only."""

from __future__ import annotations

from pathlib import Path

from lxgeo.errors import InputError, Lang, Words
from lxgeo.publish.public import PublicFiles, Sketch, counted, guarded, write_public
from lxgeo.publish.public.said import TITLE, in_lang
from lxgeo.read.run_layers import read_layers

PUBLIC = "public"
"""The folder beside all runs that public pages go into."""


def publish_public(
    run_dir: Path,
    *,
    map_number: str = "",
    map_source: str = "",
    title: str = "",
    out: Path | None = None,
    lang: Lang = "zh",
) -> PublicFiles:
    """Publish the aggregates of a run: by township, park and building of at least five units.

    Parameters
    ----------
    run_dir
        The run's folder.
    map_number, map_source
        审图号 of the boundaries and whose they are; without both, the page has no map.
    title
        Heading of the page; a plain one if not given (a run's name may be internal).
    out
        The folder to write; ``public/RUN`` beside the run if not given.
    lang
        Language.

    Raises
    ------
    InputError
        Only one of number and source was given; the place can't be written.
    RunError
        The folder holds no finished run; other files stand where these would go.
    """
    number, source = map_number.strip(), map_source.strip()
    if bool(number) != bool(source):
        raise InputError(
            Words(
                "公开地图须同时写明审图号和界线来源；都不写则只出表格和条形图",
                "a public map needs both its approval number and the boundaries' source; "
                "without both there are tables and bars only",
            )
        )
    layers = read_layers(run_dir)
    townships = layers.get("townships")
    named = [] if townships is None else list(zip(townships["id"], townships["name"], strict=True))
    sketch = None
    if number and townships is not None:
        sketch = Sketch(number, source, dict(zip(townships["id"], townships.geometry, strict=True)))
    folder = run_dir.resolve().parent / PUBLIC / run_dir.resolve().name if out is None else out
    shown = guarded(counted(layers["units"], named))
    return write_public(folder, title or in_lang(TITLE, lang), shown, lang, sketch)
