"""A run divided by county takes its place: every county's files, the index, the overview page.

::

    OUT/maps/RUN.html                          the overview: counties, shaded and in a table
    OUT/RUN/units/county=330106/part-0.parquet     and so branches, links, barriers, and the
                                                   areas: townships, parks, buildings
    OUT/RUN/maps/330106.html                   the county's own map
    OUT/RUN/lists/330106.xlsx                  its lists, where they were asked for
    OUT/RUN/counties/330106.json               its figures, as summary.json has them
    OUT/RUN/index.parquet  repeated.parquet  summary.json  manifest.json
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from lxgeo.errors import InputError, Lang, Words
from lxgeo.judge.parts import INDEX, KEY, part_place
from lxgeo.publish.folder.exchange import Workshop, workshop
from lxgeo.publish.folder.release import Record
from lxgeo.publish.folder.run import Published
from lxgeo.publish.folder.summary import manifest, sha256, write_json
from lxgeo.publish.province.county import link
from lxgeo.publish.province.index import CountyLine, index_of
from lxgeo.publish.province.overview import overview_page


@dataclass(frozen=True)
class ProvinceRelease:
    """What is published of a province.

    Parameters
    ----------
    lines
        How each county went.
    figures
        All counties' figures added up (`lxgeo.judge.adding.add_up`).
    made
        How it was asked for: ``policy``, ``seed``, ``effort``.
    repeated
        ``unit_id, county``: units that stand in more than one county's ledger.
    record
        Versions, inputs, seconds, workers.
    texts
        Labels by ``kind.code``, in the language.
    lang
        Language of the overview.
    """

    lines: Sequence[CountyLine]
    figures: Mapping[str, Any]
    made: Mapping[str, Any]
    repeated: pd.DataFrame
    record: Record
    texts: Mapping[str, str] = field(default_factory=dict)
    lang: Lang = "zh"


def publish_province(out: Path, name: str, tree: Path, release: ProvinceRelease) -> Published:
    """Put a run divided by county in its place, or leave the old one whole.

    Parameters
    ----------
    out
        The folder of all runs.
    name
        The run's name.
    tree
        Where the counties' files were written; they stay there too.
    release
        What is published.

    Raises
    ------
    InputError
        A name that can't be a folder's, or a place that can't be written.
    RunError
        A folder of this name stands there that is no run of ours.
    """
    try:
        with workshop(out, name) as shop:
            _write(shop, tree, release)
            shop.exchange()
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise InputError(
            Words(
                f"不能写入 {out / name}（{why}）：请检查权限和磁盘空间；已算完的县都已保存，"
                "重新运行同一命令即可接着算",
                f"can't write {out / name} ({why}): check permissions and disk space; counties "
                "that are done are kept, run the same command again to go on",
            )
        ) from error
    return Published(folder=out / name, map_page=out / "maps" / f"{name}.html")


def _write(shop: Workshop, tree: Path, release: ProvinceRelease) -> None:
    listed = {}
    for line in release.lines:
        if line.told is None:
            continue
        folder = tree / f"{KEY}{line.county}"
        digests = {**line.told["files"], "county.json": sha256(folder / "county.json")}
        for file, digest in digests.items():
            place = part_place(file, line.county)
            link(folder / file, shop.run / place)
            listed[place] = digest
    index = index_of(release.lines)
    index.to_parquet(shop.run / INDEX, index=False, compression="zstd")
    release.repeated.to_parquet(shop.run / "repeated.parquet", index=False)
    write_json(shop.run / "summary.json", _summary(release))
    page = overview_page(shop.name, index, release.figures, release.texts, release.lang)
    shop.map.write_text(page, encoding="utf-8", newline="\n")
    ours = {each: shop.run / each for each in (INDEX, "repeated.parquet", "summary.json")}
    told = manifest(shop.name, release.record, {**ours, f"../maps/{shop.name}.html": shop.map})
    # Counties' files were hashed as they were written: hashing them again would read all of them.
    told["files"] = dict(sorted({**told["files"], **listed}.items()))
    write_json(shop.run / "manifest.json", told)


def _summary(release: ProvinceRelease) -> dict[str, Any]:
    regions, coverage = (release.figures[name] for name in ("regions", "coverage"))
    plain = {k: v for k, v in release.figures.items() if k not in {"regions", "coverage"}}
    went = [line.went for line in release.lines]
    return {
        **plain,
        "regions": regions,
        "coverage": coverage,
        "counties": {
            "planned": sum(line.told is not None for line in release.lines),
            "empty": went.count("empty"),
            "failed": [line.county for line in release.lines if line.went == "failed"],
        },
        "repeated_units": int(release.repeated["unit_id"].nunique()),
        **release.made,
        "inputs": dict(release.record.inputs),
        "seconds": {stage: round(spent, 3) for stage, spent in release.record.seconds.items()},
        "workers": release.record.workers,
        "versions": dict(release.record.versions),
    }
