"""A command line that speaks Chinese, and English with ``--lang en``: help, usage, errors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from lxgeo.errors import Lang, Words


def spoken(words: Words, lang: Lang) -> str:
    """Return the words in one language."""
    return words.en if lang == "en" else words.zh


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
        self.help = spoken(self.said, lang_of(ctx))
        return super().get_help_record(ctx)


class SpokenCommand(click.Command):
    """A command whose help is said in the language of the call, and that takes ``--lang``."""

    def __init__(self, *args: Any, said: Words, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.said = said
        self.params.append(_lang_option())

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the command's help."""
        self.help = spoken(self.said, lang_of(ctx))
        _speak_of_help(self, ctx)
        super().format_help(ctx, formatter)


class SpokenGroup(click.Group):
    """A group of commands, each told in the language of the call."""

    command_class = SpokenCommand

    def __init__(self, *args: Any, said: Words, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.said = said
        self.params.append(_lang_option())

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the group's help."""
        lang = lang_of(ctx)
        _speak_of_help(self, ctx)
        self.help = spoken(self.said, lang)
        for command in self.commands.values():
            if isinstance(command, (SpokenCommand, SpokenGroup)):
                command.short_help = spoken(command.said, lang)
        super().format_help(ctx, formatter)


def option(*names: str, said: Words, **kwargs: Any) -> Callable[[Any], Any]:
    """Return a decorator that adds an option with help in both languages."""
    kwargs.setdefault("show_default", kwargs.get("default") is not None)
    return click.option(*names, cls=SpokenOption, said=said, **kwargs)


def _speak_of_help(command: click.Command, context: click.Context) -> None:
    if (asked := command.get_help_option(context)) is not None:
        asked.help = spoken(Words("显示本说明", "show this page"), lang_of(context))


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


def usage_words(error: click.UsageError) -> Words:
    """Return what is wrong with the usage, and where to read on."""
    path = error.ctx.command_path if error.ctx else "lxgeo"
    said = error.format_message()
    name = _name_of(error)
    zh = said
    if isinstance(error, WrongUsage):
        zh = error.words.zh
    elif isinstance(error, click.MissingParameter):
        zh = f"缺少参数 {name}"
    elif isinstance(error, click.NoSuchOption):
        near = f"，是否为 {'、'.join(error.possibilities)}？" if error.possibilities else ""
        zh = f"没有选项 {error.option_name}{near}"
    elif isinstance(error, click.BadParameter):
        zh = f"参数 {name} 的值不对：{error.message}"
    return Words(
        zh=f"{zh}\n用法见 {path} --help",
        en=f"{said}\nsee {path} --help --lang en",
    )


def _name_of(error: click.UsageError) -> str:
    parameter = getattr(error, "param", None)
    if parameter is None:
        return ""
    names = [name for name in parameter.opts if name.startswith("--")]
    return names[0] if names else parameter.make_metavar(error.ctx)
