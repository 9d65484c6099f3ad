"""What may leave the office of a finished run: aggregates only."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import shapely

from lxgeo.errors import InputError, Lang, Words
from lxgeo.publish.public import Guarded, PublicFiles, Sketch, counted, guarded, write_public
from lxgeo.publish.public.said import TITLE
from lxgeo.read.partitioned import county_in, is_partitioned
from lxgeo.scenario.province.layers import layers_of_run, townships_of
from lxgeo.scenario.province.public import counties_shown

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

    Of a run divided by county these are its counties, each told as the page of the county itself
    tells it, and the sum of what is told of them: the pages of all of them together tell no more
    than each does.

    Parameters
    ----------
    run_dir
        The run's folder; or one county of a divided run, as ``RUN/county=330106``.
    map_number, map_source
        审图号 of the boundaries and whose they are; without both, the page has no map.
    title
        Heading of the page; a plain one if not given (a run's name may be internal).
    out
        The folder to write; ``public/RUN`` beside the run if not given (``public/RUN-330106``).
    lang
        Language.

    Raises
    ------
    InputError
        Only one of number and source was given; the place can't be written.
    RunError
        The folder holds no finished run, or one that lacks a county; other files stand where
        these would go.
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
    shown, shapes = _shown(run_dir)
    sketch = Sketch(number, source, shapes) if number and shapes else None
    folder = _place(run_dir) if out is None else out
    return write_public(folder, title or TITLE.in_lang(lang), shown, lang, sketch)


def _shown(run: Path) -> tuple[Guarded, Mapping[str, shapely.Geometry]]:
    """Return what may be shown of a run, and the shapes of its coarsest places by their ids."""
    if is_partitioned(run):
        return counties_shown(run)
    layers = layers_of_run(run)
    townships = layers.get("townships")
    shapes = (
        {} if townships is None else dict(zip(townships["id"], townships.geometry, strict=True))
    )
    return guarded(counted(layers["units"], townships_of(layers))), shapes


def _place(run: Path) -> Path:
    """Return where a run's public page goes: beside all runs, never into one."""
    folder, county = county_in(run.resolve())
    name = folder.name if county is None else f"{folder.name}-{county}"
    return folder.parent / PUBLIC / name
