"""Commands on a finished run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from lxgeo.cli import asked, provinces, tell
from lxgeo.cli.app import DONE, FAULT, command
from lxgeo.cli.speech import WrongUsage, option
from lxgeo.errors import Lang, Words


@command("verify", "独立核验方案是否合规、文件是否被改", "check a finished plan independently")
@click.argument("run_dir", type=asked.PATH)
@option(
    "-o",
    "--output",
    said=Words("核验证书（.txt 或 .json）", "certificate to write, .txt or .json"),
    type=asked.PATH,
)
@click.pass_obj
def verify(lang: Lang, run_dir: Path, output: Path | None) -> int:
    """Check a run folder against the rules and print a certificate; 1 on a breach."""
    from lxgeo.read.partitioned import is_partitioned
    from lxgeo.scenario import verify_run, write_certificate

    if is_partitioned(run_dir):
        return provinces.verify(run_dir, output, lang)
    found = verify_run(run_dir)
    broken = tell.certificate(found, run_dir, lang)
    if output is not None:
        write_certificate(output, found, lang)
        tell.written([output], lang)
    return FAULT if broken else DONE


@command("export", "导出 GIS 文件或写入数据库", "hand a run to a GIS: files or a database")
@click.argument("run_dir", type=asked.PATH)
@option(
    "--format",
    "fmt",
    said=Words(
        "geojson、gpkg、parquet、fgb、shp、kml，或 postgresql://… 数据库",
        "geojson, gpkg, parquet, fgb, shp, kml, or a postgresql://… database",
    ),
    required=True,
    metavar="F",
)
@option(
    "--crs",
    said=Words(
        "坐标系：EPSG:4490、EPSG:4547……，auto 按经度选国家 2000 分带（默认 WGS 84）",
        "EPSG:4490, EPSG:4547 …; auto picks the CGCS2000 zone by longitude (WGS 84 if not given)",
    ),
    metavar="C",
)
@option(
    "--gcj02",
    said=Words(
        "另存一份火星坐标（GCJ-02）副本，文件名注明，只供互联网地图叠加",
        "a copy shifted to GCJ-02, named as such, for maps of the internet only",
    ),
    is_flag=True,
)
@click.pass_obj
def export(lang: Lang, run_dir: Path, fmt: str, crs: str | None, *, gcj02: bool) -> None:
    """Write a run's layers in a format, and a coordinate system, that a GIS asks for."""
    from lxgeo.scenario.exporting import export_run

    found = export_run(run_dir, fmt, crs, gcj02=gcj02, lang=lang)
    for note in found.notes:
        tell.words(note, lang)
    tell.written(found.paths, lang)


@command(
    "diff", "比较两次方案：哪些不变、调整、拆分、撤销，要告知谁", "what changed between two runs"
)
@click.argument("old_run", type=asked.PATH)
@click.argument("new_run", type=asked.PATH)
@option("-o", "--output", said=Words("变更清单（xlsx）", "workbook to write"), type=asked.PATH)
@click.pass_obj
def diff(lang: Lang, old_run: Path, new_run: Path, output: Path | None) -> None:
    """Tell what changed from one run to the next, and write it as a workbook."""
    from lxgeo.scenario.difference import difference_of, write_difference

    found = difference_of(old_run, new_run)
    if output is not None:
        write_difference(found, output, lang)
    tell.difference(found, lang)
    tell.written([output] if output is not None else [], lang)


@command("history", "读回各期方案：党支部从哪里来、怎么变的", "what became of branches, run by run")
@click.argument("run_dirs", type=asked.PATH, nargs=-1, required=True)
@option(
    "--branch",
    said=Words(
        "只看一个党支部（编号或名称，任一期的都可以）", "one branch: its id or name in any run"
    ),
    metavar="ID|NAME",
)
@option("--unit", said=Words("只看一家单位（编号或名称）", "one unit"), metavar="ID|NAME")
@option("-o", "--output", said=Words("沿革表（xlsx）", "workbook to write"), type=asked.PATH)
@click.pass_obj
def history(
    lang: Lang,
    run_dirs: tuple[Path, ...],
    branch: str | None,
    unit: str | None,
    output: Path | None,
) -> None:
    """Tell what became of branches from run to run, the earliest run first."""
    from lxgeo.scenario.history import read_history

    found = read_history(run_dirs, branch=branch, unit=unit)
    if output is not None:
        found.write(output, lang)
    tell.past(found, lang)
    tell.written([output] if output is not None else [], lang)


@command("publish", "生成可对外的汇总页（只有汇总数）", "what may leave the office: aggregates")
@click.argument("run_dir", type=asked.PATH)
@option(
    "--public",
    said=Words("对外汇总页：只含乡镇、园区、楼宇的汇总", "the page of aggregates, nothing else"),
    is_flag=True,
)
@option(
    "--map-number",
    said=Words("审图号（不给则页面没有地图）", "the borders' approval number: no map without it"),
    default="",
    show_default=False,
    metavar="NUMBER",
)
@option(
    "--map-source",
    said=Words("界线来源，与审图号同用", "whose borders they are; goes with the number"),
    default="",
    show_default=False,
    metavar="TEXT",
)
@option("--title", said=Words("页面标题", "the page's title"), default="", show_default=False)
@option("--out", said=Words("写到哪里（默认结果文件夹下的 public）", "where to"), type=asked.PATH)
@click.pass_obj
def publish(lang: Lang, /, run_dir: Path, *, public: bool, **said: Any) -> None:
    """Write the page that may leave the office."""
    from lxgeo.scenario.public import publish_public

    if not public:
        raise WrongUsage(
            Words(
                "请加 --public：对外只能发布汇总页，内部地图已在结果文件夹的 maps 下",
                "say --public: only aggregates may leave; the internal map is in the folder maps",
            )
        )
    files = publish_public(run_dir, lang=lang, **said)
    tell.withheld(files.withheld, files.top, lang)
    tell.written([files.page, files.table, files.data], lang)
