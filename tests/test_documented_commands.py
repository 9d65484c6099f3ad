"""Every command line in the documentation is one that the program takes; nothing of it is run."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import lxgeo.cli  # noqa: F401 - it makes the commands
from lxgeo.cli.app import lxgeo as program

ROOT = Path(__file__).resolve().parent.parent
PAGES = [*sorted(ROOT.glob("README*.md")), *sorted((ROOT / "docs").glob("*.md"))]
_BLOCK = re.compile(r"^```[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"(?<!`)`([^`\n]*\blxgeo [a-z][^`\n]*)`(?!`)")
_CALL = re.compile(r"(?:^|\s)(?:\.venv/bin/)?lxgeo((?: .*)?)$")
_SHELL = {"|", ">", ">>", "<", "&&", ";"}


def _calls(lines: Iterator[str]) -> Iterator[list[str]]:
    """Yield the words of each call of the program: up to a comment, a pipe or a redirection."""
    for line in lines:
        for part in re.split(r" (?:\||&&) ", line):
            if (found := _CALL.search(part.strip())) is None:
                continue
            words = shlex.split(found[1], comments=True)
            end = next((i for i, word in enumerate(words) if word in _SHELL), len(words))
            yield words[:end]


def _lines(page: Path) -> list[list[str]]:
    blocks = _BLOCK.findall(page.read_text(encoding="utf-8"))
    joined = (re.sub(r"\\\n\s*", "", block) for block in blocks)
    return list(_calls(line for block in joined for line in block.splitlines()))


def _mentions(page: Path) -> list[list[str]]:
    text = _BLOCK.sub("", page.read_text(encoding="utf-8"))
    return list(_calls(iter(_SPAN.findall(text))))


def _commands(group: click.Group, path: str = "lxgeo") -> Iterator[tuple[str, click.Command]]:
    for name, command in sorted(group.commands.items()):
        if isinstance(command, click.Group):
            yield from _commands(command, f"{path} {name}")
        yield f"{path} {name}", command


def _parsed(command: click.Command, words: list[str]) -> None:
    """Parse a call as far as it goes, through groups of commands."""
    if words in (["--help"], ["--version"]):
        return
    while isinstance(command, click.Group):
        assert words, "which command?"
        name, *words = words
        if name.startswith("-"):
            assert name in _options(command)
            return
        assert name in command.commands, f"no command {name}"
        command = command.commands[name]
    command.make_context(command.name, words, obj="zh")


def _options(command: click.Command) -> set[str]:
    return {name for each in command.params for name in each.opts} | {"--help"}


def test_there_is_something_to_look_at() -> None:
    """Both front pages plan, verify and check; were the pattern wrong, this would be empty."""
    for page in (ROOT / "README.md", ROOT / "README.en.md"):
        named = {words[0] for words in _lines(page) if words}
        assert {"plan", "verify", "check", "fetch-osm"} <= named


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_line_is_taken(page: Path) -> None:
    """Each command, argument and option in a block of code, with values that are allowed."""
    for words in _lines(page):
        try:
            _parsed(program, words)
        except (click.UsageError, AssertionError) as fault:
            pytest.fail(f"{page.name}: lxgeo {' '.join(words)}: {fault}")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_that_is_named_exists(page: Path) -> None:
    """In running text a command may stand without its arguments; what is named must exist."""
    for words in _mentions(page):
        command: click.Command = program
        for word in words:
            if isinstance(command, click.Group) and not word.startswith("-"):
                assert word in command.commands, f"{page.name}: lxgeo {' '.join(words)}"
                command = command.commands[word]
            elif word.startswith("-") and word != "-":
                assert word in _options(command) | {"--version"}, f"{page.name}: {words}"


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("path", "command"), [*_commands(program)])
def test_help_names_every_option(path: str, command: click.Command, lang: str) -> None:
    """No option is hidden, and each says what it does, in the language of the call."""
    with click.Context(command, info_name=path, obj=lang) as context:
        page = command.get_help(context)

    for each in command.params:
        if isinstance(each, click.Option):
            assert all(name in page for name in each.opts)
            assert each.help, f"{path} {each.name}"
            assert (lang == "zh") == bool(re.search("[一-鿿]", each.help)), each.help
