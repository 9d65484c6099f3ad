"""The report's two files, written beside their place and renamed."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from lxgeo.errors import InputError, Words
from lxgeo.publish.book import MARKING, PROVISO
from lxgeo.publish.folder.release import Record, Release
from lxgeo.publish.lists.papers import Papers
from lxgeo.publish.report.content import sections
from lxgeo.publish.report.picture import picture
from lxgeo.publish.report.web import page
from lxgeo.publish.report.word import document

_CAPTION = Words(
    "方案示意图（内部使用，边界未经审图）", "The plan (internal; borders not reviewed)"
)
_UNLETTERED = Words(
    "；本机没有中文字体，图上没有写地名和图例",
    "; no Chinese font on this machine: no names and no legend stand on it",
)


def write_report(
    folder: Path, name: str, release: Release, record: Record, rule_name: Callable[[str], str]
) -> tuple[Path, Path]:
    """Write ``report.docx`` and ``report.html``: about two pages for a superior.

    Parameters
    ----------
    folder
        Where to; made where it is missing.
    name
        What the district or run is called: leads the title.
    release
        What is published; the same release gives the same bytes.
    record
        Inputs and version.
    rule_name
        What people call a rule, by its code.

    Returns
    -------
    tuple of Path
        The document and the page.

    Raises
    ------
    InputError
        The place can't be written.
    """
    papers = Papers(release)
    parts, image = sections(papers, record, rule_name), picture(papers)
    title = release.say(
        Words(f"{name}两新组织党组织组建方案（测算报告）", f"{name}: plan of Party branches")
    )
    marks = " · ".join(release.say(each) for each in (MARKING, PROVISO))
    caption = release.say(_CAPTION)
    if image is not None and not image.lettered:
        caption += release.say(_UNLETTERED)
    html = page(title, marks, parts, image, caption).encode("utf-8")
    files = {"report.docx": document(title, marks, parts, image, caption), "report.html": html}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file, data in files.items():
            beside = folder / f".{file}.{os.getpid()}"
            beside.write_bytes(data)
            beside.replace(folder / file)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise InputError(
            Words(
                f"不能写入 {folder}（{why}）：请关闭正打开报告的程序后重试",
                f"can't write to {folder} ({why}): close programs that hold the report open",
            )
        ) from error
    return folder / "report.docx", folder / "report.html"
