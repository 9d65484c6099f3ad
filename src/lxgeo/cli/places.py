"""Commands that tell where things are."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import click

from lxgeo.cli import asked, tell
from lxgeo.cli.app import command
from lxgeo.cli.speech import option
from lxgeo.errors import InputError, Lang, Words


@command("locate", "只定位：写出每家单位的位置", "positions only")
@asked.takes_ledger
@asked.areas
@asked.areas_datum
@asked.gazetteer
@asked.geocoder
@asked.allow_upload
@option("-o", "--output", said=Words("结果文件", "file to write"), type=asked.PATH, required=True)
@click.pass_obj
def locate(lang: Lang, /, output: Path, **said: Any) -> None:
    """Locate a ledger's units and write them as GeoParquet."""
    from lxgeo.publish import write_located
    from lxgeo.scenario import locate_scenario

    scenario = asked.asked_scenario(lang, **asked.kept_in(output.parent), **said)
    with tell.progress(lang) as progress:
        progress("locate")
        found = locate_scenario(scenario, asking=tell.asking(progress))
    write_located(found.located, output)
    tell.intake(found.intake, lang)
    tell.positions(found, lang)
    tell.located(found.located, output, lang)


@command("fetch-osm", "从 OpenStreetMap 取区域图层和路网", "areas and roads from OpenStreetMap")
@click.argument("place")
@option(
    "-o",
    "--output",
    said=Words("区域图层文件夹（新建，或由本命令生成的）", "folder of areas to write"),
    type=asked.PATH,
    required=True,
)
@click.pass_obj
def fetch_osm(lang: Lang, place: str, output: Path) -> None:
    """Write an areas folder from OpenStreetMap: of a place, or of a file at hand."""
    from lxgeo.scenario.openstreetmap import openstreetmap

    with tell.progress(lang) as progress:
        found = openstreetmap(place, output, progress=progress)
    tell.fetched(found, output, lang)


@command("address", "解析地址：每行一个地址，输出每行一个 JSON", "addresses in, JSON lines out")
@click.argument("source", default="-")
def address(source: str) -> None:
    """Parse one address a line and print one JSON a line."""
    from lxgeo.locate.lattice import iter_addresses
    from lxgeo.read import read_divisions

    with _opened(source) as lines:
        plain = (_text(line).rstrip("\r\n") for line in lines)
        for parsed in iter_addresses(plain, read_divisions()):
            click.echo(json.dumps(parsed.as_mapping(), ensure_ascii=False))


def _text(line: bytes) -> str:
    """Return a line's text: a Chinese Windows pipes GBK where files are UTF-8."""
    for encoding in ("utf-8-sig", "gb18030"):
        with suppress(UnicodeDecodeError):
            return line.decode(encoding)
    return line.decode("utf-8-sig", errors="replace")


def _opened(source: str) -> IO[bytes]:
    try:
        return click.open_file(source, "rb")
    except OSError as error:
        raise InputError(
            Words(f"打不开 {source}：{error.strerror}", f"can't open {source}: {error.strerror}")
        ) from error
