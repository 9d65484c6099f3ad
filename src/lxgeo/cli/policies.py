"""Commands that show policies."""

from __future__ import annotations

import click

from lxgeo.cli import tell
from lxgeo.cli.app import lxgeo
from lxgeo.cli.speech import SpokenCommand, SpokenGroup
from lxgeo.errors import Lang, Words


@lxgeo.group("policy", cls=SpokenGroup, said=Words("查看规则参数", "look at policies"))
def policy() -> None:
    """Hold the policy commands together."""


@policy.command("list", cls=SpokenCommand, said=Words("列出可用规则", "list the policies"))
@click.pass_obj
def policy_list(lang: Lang) -> None:
    """List the packaged policies."""
    from lxgeo.read import policy_names, read_policy

    tell.policies([read_policy(name) for name in policy_names()], lang)


@policy.command("show", cls=SpokenCommand, said=Words("显示一套规则的参数", "show a policy"))
@click.argument("name")
@click.pass_obj
def policy_show(lang: Lang, name: str) -> None:
    """Show every setting of a policy."""
    from lxgeo.read import read_policy

    tell.policy(read_policy(name), lang)
