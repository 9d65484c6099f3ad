"""A command line that speaks Chinese, and English with ``--lang en``: help, usage, errors."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import click

from lxgeo.errors import Lang, Words

_METAVARS = {"[OPTIONS]": "[选项]", "COMMAND [ARGS]...": "命令 [参数]..."}
"""What click writes into a line of usage → what it is in Chinese."""


def lang_of(context: click.Context) -> Lang:
    """Return the language that the command line was called in."""
    lang: Lang = context.find_root().obj or "zh"
    return lang


class SpokenOption(click.Option):
    """An option whose help is said in the language of the call."""

    def __init__(self, *args: Any, said: Words, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.said = said

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the option's line of help."""
        lang = lang_of(ctx)
        self.help = self.said.in_lang(lang)
        record = super().get_help_record(ctx)
        if record is None or lang == "en":
            return record
        names, told = record
        return names, told.replace("[default: ", "[默认：").replace("required]", "必填]")


class SpokenCommand(click.Command):
    """A command whose help is said in the language of the call, and that takes ``--lang``."""

    def __init__(self, *args: Any, said: Words, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.said = said
        self.params.append(_lang_option())

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the command's help."""
        lang = lang_of(ctx)
        self.help = self.said.in_lang(lang)
        if (asked := self.get_help_option(ctx)) is not None:
            asked.help = Words("显示本说明", "show this page").in_lang(lang)
        super().format_help(ctx, formatter)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write how the command is called."""
        lang, pieces = lang_of(ctx), self.collect_usage_pieces(ctx)
        if lang == "zh":
            pieces = [_METAVARS.get(piece, piece) for piece in pieces]
        usage = Words("用法：", "Usage: ").in_lang(lang)
        formatter.write_usage(ctx.command_path, " ".join(pieces), usage)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the command's options."""
        options = (each for each in self.get_params(ctx) if isinstance(each, click.Option))
        records = [each.get_help_record(ctx) for each in options]
        with formatter.section(Words("选项", "Options").in_lang(lang_of(ctx))):
            formatter.write_dl([record for record in records if record is not None])


class SpokenGroup(SpokenCommand, click.Group):
    """A group of commands, each told in the language of the call."""

    command_class = SpokenCommand

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the group's options, then its commands."""
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the group's commands, each with its line of help."""
        lang = lang_of(ctx)
        told = [
            (name, command.said.in_lang(lang))
            for name, command in sorted(self.commands.items())
            if isinstance(command, SpokenCommand)
        ]
        with formatter.section(Words("命令", "Commands").in_lang(lang)):
            formatter.write_dl(told)


def option(*names: str, said: Words, **kwargs: Any) -> Callable[[Any], Any]:
    """Return a decorator that adds an option with help in both languages."""
    kwargs.setdefault("show_default", kwargs.get("default") is not None)
    return click.option(*names, cls=SpokenOption, said=said, **kwargs)


def _lang_option() -> SpokenOption:
    return SpokenOption(
        ["--lang"],
        said=Words("界面、地图和清单的语言", "language of messages, map and lists"),
        type=click.Choice(["zh", "en"]),
        default="zh",
        expose_value=False,
        is_eager=True,
        show_default=True,
    )


class WrongUsage(click.UsageError):
    """Options that don't go together, told in both languages."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.en, click.get_current_context())
        self.words = words


_SAID = (
    (re.compile(r"No such command '(.+?)'"), "没有命令 {}"),
    (re.compile(r"Got unexpected extra arguments? \((.+)\)"), "多出了参数 {}"),
    (re.compile(r"Option '(.+)' requires an argument"), "选项 {} 后面要写明取值"),
    (re.compile(r"Option '(.+)' does not take a value"), "选项 {} 后面不写取值"),
)
"""What click says by itself of a wrong call, and what it is in Chinese."""


def usage_words(error: click.UsageError) -> Words:
    """Return what is wrong with the usage, and where to read on."""
    path = error.ctx.command_path if error.ctx else "lxgeo"
    said = error.format_message()
    return Words(
        zh=f"{_in_chinese(error, said)}\n用法见 {path} --help",
        en=f"{said}\nsee {path} --help --lang en",
    )


def _in_chinese(error: click.UsageError, said: str) -> str:
    if isinstance(error, WrongUsage):
        return error.words.zh
    if isinstance(error, click.MissingParameter):
        return f"缺少参数 {_name_of(error)}"
    near = getattr(error, "possibilities", None)
    hint = f"，是否为 {'、'.join(near)}？" if near else ""
    if isinstance(error, click.NoSuchOption):
        return f"没有选项 {error.option_name}{hint}"
    if isinstance(error, click.BadParameter):
        wanted = "" if error.param is None else _wanted(error.param.type)
        return f"参数 {_name_of(error)} 的值不对：{wanted or error.message}"
    found = ((pattern.match(said), words) for pattern, words in _SAID)
    return next((words.format(match[1]) + hint for match, words in found if match), said)


def _wanted(kind: click.ParamType[Any]) -> str:
    """Return what a parameter takes; nothing where its own callback says that."""
    if isinstance(kind, click.Choice):
        return f"只能是 {'、'.join(kind.choices)}"
    whole = isinstance(kind, type(click.INT))
    if not whole and not isinstance(kind, type(click.FLOAT)):
        return ""
    number = "应为整数" if whole else "应为数"
    least = getattr(kind, "min", None)
    if least is None:
        return number
    return f"{number}，{'大于' if getattr(kind, 'min_open', False) else '不小于'} {least}"


def _name_of(error: click.BadParameter) -> str:
    parameter = error.param
    if parameter is None:
        return ""
    names = [name for name in parameter.opts if name.startswith("--")]
    return names[0] if names else parameter.human_readable_name
