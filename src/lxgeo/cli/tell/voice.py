"""Lines on the terminal, in the language of the call; ledger text stands as it is, unstyled."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from lxgeo.cli.tell.veil import veiled
from lxgeo.errors import Lang, Words

OUT = Console(highlight=False, soft_wrap=True, markup=False, emoji=False)
_err = Console(stderr=True, highlight=False, soft_wrap=True, markup=False, emoji=False)

_STAGES = {
    "demo": Words("生成虚构演示区", "making the fictional district"),
    "read": Words("读取台账和区域", "reading ledger and areas"),
    "locate": Words("定位", "locating"),
    "triage": Words("研判", "triage"),
    "propose": Words("测算联合党支部", "proposing joint branches"),
    "judge": Words("核验与评估", "verifying and judging"),
    "publish": Words("生成地图和清单", "writing map and lists"),
}


def say(zh: str, en: str, lang: Lang, style: str = "") -> None:
    """Print one line on standard output."""
    OUT.print(Text(veiled(Words(zh, en).in_lang(lang)), style=style))


def fault(words: Words, lang: Lang) -> None:
    """Print a fault on standard error."""
    _err.print(Text(veiled(words.in_lang(lang)), style="red"))


@contextmanager
def progress(lang: Lang) -> Iterator[Callable[[str | Words], None]]:
    """Give a function that shows what is under way, a stage or in words, on a terminal."""
    if not _err.is_terminal:
        yield lambda _: None
        return
    with _err.status("") as status:

        def show(what: str | Words) -> None:
            said = _STAGES[what] if isinstance(what, str) else what
            status.update(Text(f"{said.in_lang(lang)}…"))

        yield show


def asking(show: Callable[[str | Words], None]) -> Callable[[int, int], None]:
    """Return a function that shows how far a geocoder is."""
    return lambda done, total: show(
        Words(f"在线地理编码 {done}/{total}", f"asking the geocoder {done}/{total}")
    )


def planning(show: Callable[[str | Words], None]) -> Callable[[int, int], None]:
    """Return a function that shows how many regions are planned."""
    return lambda done, total: show(
        Words(f"测算联合党支部：{done}/{total} 个片区", f"joint branches: {done}/{total} regions")
    )


def words(said: Words, lang: Lang) -> None:
    """Print a sentence."""
    say(said.zh, said.en, lang)


def written(paths: Sequence[Path], lang: Lang) -> None:
    """Print where files were written."""
    for path in paths:
        say(f"已写入：{path}", f"written: {path}", lang, "green")


def grid(*heads: str, lang: Lang) -> Table:
    """Return an empty table, its heads in one language: Chinese and English by turns."""
    table = Table(box=None, pad_edge=False)
    for zh, en in zip(heads[::2], heads[1::2], strict=True):
        table.add_column(Words(zh, en).in_lang(lang), overflow="fold")
    return table
