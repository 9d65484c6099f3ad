"""An independent check of a finished run."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

from lxgeo import text
from lxgeo.errors import InputError, Lang, RunError, Words
from lxgeo.judge import FIGURES, Certificate, examine, unchecked, verify
from lxgeo.publish import sha256
from lxgeo.publish.folder.summary import write_json
from lxgeo.read import read_run, read_tables
from lxgeo.read.partitioned import county_in


def verify_run(folder: Path) -> Certificate:
    """Check a run folder: its files against the manifest, its plan against the rules.

    Parameters
    ----------
    folder
        The folder that holds ``manifest.json``.

    Returns
    -------
    Certificate
        What was checked, on which files, with which figures, and what is broken.

    Raises
    ------
    RunError
        The folder holds no plan of ours.
    """
    run = read_run(folder)
    tables, summary = run.tables, run.tables.summary
    policy = summary.get("policy")
    return Certificate(
        run=run.name,
        made_by=run.version,
        checked_by=version("lxgeo"),
        manifest=sha256(county_in(folder)[0] / "manifest.json"),
        inputs=run.inputs,
        files=run.files,
        units=len(tables.units),
        branches=len(tables.branches),
        links=len(tables.links),
        figures={name: summary.get(name) for name in FIGURES},
        policy=str(policy.get("title", "")) if isinstance(policy, Mapping) else "",
        changed=run.faults,
        checks=examine(tables),
        unchecked=unchecked(tables),
    )


def write_certificate(path: Path, certificate: Certificate, lang: Lang = "zh") -> None:
    """Write a certificate, as text (``.txt``) or as data (``.json``).

    Raises
    ------
    InputError
        Another ending, or a place that can't be written.
    """
    if path.suffix not in {".txt", ".json"}:
        raise InputError(
            Words(
                f"{path}：核验证书只能写成 .txt 或 .json",
                f"{path}: a certificate is written as .txt or .json",
            )
        )
    try:
        if path.suffix == ".json":
            write_json(path, text.certificate_data(certificate, lang))
        else:
            lines = "\n".join(text.certificate(certificate, lang))
            path.write_text(f"{lines}\n", encoding="utf-8", newline="\n")
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise InputError(
            Words(
                f"不能写入 {path}（{why}）：请检查文件夹和权限后重试",
                f"can't write {path} ({why}): check the folder and permissions, run again",
            )
        ) from error


def let_none_out_that_is_refused(folder: Path) -> None:
    """Raise where the independent check refuses a run that is about to be published.

    Raises
    ------
    RunError
        Every breach, in words.
    """
    tables, unread = read_tables(folder)
    if breaches := (*unread, *verify(tables)):
        raise RunError(
            *(Words(text.breach(each, "zh"), text.breach(each, "en")) for each in breaches)
        )
