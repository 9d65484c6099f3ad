"""The commands, as a planner types them."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from lxgeo.cli import tell
from lxgeo.cli.speech import SpokenCommand, SpokenGroup, WrongUsage, option, usage_words
from lxgeo.errors import InputError, Lang, LxgeoError, ServiceError, Words
from lxgeo.model import Datum

if TYPE_CHECKING:
    from lxgeo.scenario import Scenario

DONE, FAULT, USAGE, SERVICE_FAULT = range(4)
INTERRUPTED = 130
GEOCODING = "geocoding"

PATH = click.Path(path_type=Path)
DATUMS = click.Choice([str(datum) for datum in Datum if datum is not Datum.UNKNOWN])
EFFORTS = click.Choice(["fast", "standard", "best"])


def main() -> None:
    """Run the command line; an error of ours ends in sentences, never in a traceback."""
    lang: Lang = "en" if _asks_for_english(sys.argv[1:]) else "zh"
    try:
        code = lxgeo.main(prog_name="lxgeo", obj=lang, standalone_mode=False)
    except click.Abort:
        code = INTERRUPTED
    except click.UsageError as error:
        tell.fault(usage_words(error), lang)
        code = USAGE
    except LxgeoError as error:
        for words in error.faults:
            tell.fault(words, lang)
        code = SERVICE_FAULT if isinstance(error, ServiceError) else FAULT
    sys.exit(code or DONE)


def _asks_for_english(args: list[str]) -> bool:
    said = [value for name, value in pairwise(args) if name == "--lang"]
    said += [arg.partition("=")[2] for arg in args if arg.startswith("--lang=")]
    return said[-1:] == ["en"]


@click.group(
    cls=SpokenGroup,
    said=Words(
        "两新组织党建规划：从台账到联合党支部方案、离线地图和清单。",
        "From a ledger of organisations to joint branches, an offline map and lists.",
    ),
)
@click.version_option(package_name="lxgeo", message="%(version)s")
def lxgeo() -> None:
    """Hold the commands together."""


def _command(name: str, zh: str, en: str) -> Callable[[Callable[..., Any]], click.Command]:
    return lxgeo.command(name, cls=SpokenCommand, said=Words(zh, en))


def _columns(_: click.Context, __: click.Parameter, said: tuple[str, ...]) -> dict[str, str]:
    pairs = [each.partition("=") for each in said]
    for field, sign, header in pairs:
        if not (field.strip() and sign and header.strip()):
            message = f"{field}{sign}{header}（FIELD=HEADER）"
            raise click.BadParameter(message)
    return {field.strip(): header.strip() for field, _, header in pairs}


_ledger = (
    click.argument("ledger", nargs=-1, required=True),
    option(
        "--column",
        said=Words("指定表头：字段=表头，可多次给出", "header of a field; may be repeated"),
        multiple=True,
        metavar="FIELD=HEADER",
        callback=_columns,
    ),
    option(
        "--mapping",
        said=Words("列对应文件（check --save-mapping 生成）", "a saved mapping of columns"),
        type=PATH,
    ),
    option(
        "--datum",
        said=Words("台账坐标基准（逐行注明者优先）", "datum of the ledger's coordinates"),
        type=DATUMS,
    ),
    option(
        "--blank-is-zero",
        said=Words("党员数空白按零计（默认为不明）", "take blank counts of members as zero"),
        is_flag=True,
    ),
    option(
        "--corrections",
        said=Words("填好的检查表：采用其中已签字的更正", "a check workbook that was filled in"),
        type=PATH,
    ),
    option(
        "--registry",
        said=Words("登记名单（拉网式排查），与台账比对", "registration list to compare with"),
        type=PATH,
    ),
)
_areas = option(
    "--areas",
    said=Words("区域图层文件夹（乡镇必需）", "folder of area layers (townships needed)"),
    type=PATH,
    required=True,
)


def _takes_ledger(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add what every command that reads a ledger takes."""
    for add in reversed(_ledger):
        command = add(command)
    return command


def _asked(lang: Lang, areas: Path = Path(), **said: Any) -> Scenario:
    """Return the scenario that a command's options ask for."""
    from lxgeo.read import Mapped, read_mapping, read_policy
    from lxgeo.scenario import Scenario
    from lxgeo.services import is_database

    if said.get("allow_upload") and said.get("geocoder") is None:
        raise WrongUsage(
            Words(
                "--allow-upload 要和 --geocoder 一起用：请写明发给哪个平台",
                "--allow-upload goes with --geocoder: say to whom addresses may be sent",
            )
        )
    sources: tuple[str, ...] = said.pop("ledger")
    mapping, datum, areas_datum = (
        said.pop("mapping"),
        said.pop("datum"),
        said.pop("areas_datum", None),
    )
    mapped = Mapped() if mapping is None else read_mapping(mapping)
    paths = tuple(Path(source) for source in sources)
    return Scenario(
        ledger=sources[0] if is_database(sources[0]) else paths[0] if len(paths) == 1 else paths,
        areas=areas,
        policy=read_policy(said.pop("policy", "national")),
        columns={**mapped.columns, **said.pop("column")},
        datum=mapped.datum if datum is None else Datum(datum),
        areas_datum=None if areas_datum is None else Datum(areas_datum),
        blank_is_zero=said.pop("blank_is_zero") or mapped.blank_is_zero,
        lang=lang,
        **said,
    )


_areas_datum = option(
    "--areas-datum", said=Words("区域图层坐标基准", "datum of the areas"), type=DATUMS
)
_gazetteer = option(
    "--gazetteer",
    said=Words(
        "地名库：名称、地址及其位置的表或图层（可多次给出）", "names and addresses with places"
    ),
    type=PATH,
    multiple=True,
)
_geocoder = option(
    "--geocoder",
    said=Words(
        "本地找不到的地址请平台定位：amap、baidu、nominatim、tianditu（须加 --allow-upload）",
        "ask amap, baidu, nominatim or tianditu for addresses not known here (--allow-upload)",
    ),
    metavar="NAME",
)
_allow_upload = option(
    "--allow-upload",
    said=Words(
        "允许把地址文本发给该平台（只发地址；默认不发）",
        "let the text of addresses leave for it (nothing else; off by default)",
    ),
    is_flag=True,
)
_policy = option(
    "--policy",
    said=Words("规则名称或 TOML 文件", "policy: a name or a TOML file"),
    default="national",
)
_out = option(
    "--out", said=Words("结果文件夹", "folder of results"), type=PATH, default=Path("outputs")
)


@_command("plan", "测算方案，生成地图和清单", "plan a ledger; write map and lists")
@_takes_ledger
@_areas
@_policy
@_out
@option("--name", said=Words("方案名称（默认用台账文件名）", "name of the run"))
@_areas_datum
@_gazetteer
@_geocoder
@_allow_upload
@option("--effort", said=Words("测算力度", "search effort"), type=EFFORTS, default="standard")
@option(
    "--time-limit",
    "time_limit_s",
    said=Words("限时（秒）", "seconds to search at most"),
    type=click.FloatRange(min=0),
)
@option("--seed", said=Words("随机种子", "seed of the search"), type=int, default=0)
@option("--workers", said=Words("进程数", "processes"), type=click.IntRange(1), default=1)
@click.pass_obj
def plan(lang: Lang, /, out: Path, name: str | None, **said: Any) -> None:
    """Plan a ledger and publish the result."""
    _run(_asked(lang, geocoding=out / GEOCODING, **said), out, name)


def _run(scenario: Scenario, out: Path, name: str | None) -> None:
    from lxgeo.scenario import plan_scenario, publish_scenario

    lang = scenario.lang
    with tell.progress(lang) as progress:
        planned = plan_scenario(scenario, progress=progress, asking=tell.asking(progress))
        published = publish_scenario(planned, out, name, progress=progress)
    tell.intake(planned.intake, lang)
    tell.positions(planned, lang)
    tell.plan(planned.evaluation, lang)
    tell.published(published, lang)


@_command("demo", "虚构演示区：生成、测算、看地图", "a fictional district, start to end")
@_out
@option(
    "--folder",
    said=Words("演示区存放处", "where the fictional district is written"),
    type=PATH,
    default=Path("data/boundaries/demo"),
)
@click.pass_obj
def demo(lang: Lang, out: Path, folder: Path) -> None:
    """Write the fictional district and plan it."""
    from lxgeo.demo import LEDGER_FILE, make_demo, write_demo
    from lxgeo.scenario import Scenario

    with tell.progress(lang) as progress:
        progress("demo")
        write_demo(make_demo(), folder)
    _run(Scenario(folder / LEDGER_FILE, folder, lang=lang), out, "demo")


@_command("locate", "只定位：写出每家单位的位置", "positions only")
@_takes_ledger
@_areas
@_areas_datum
@_gazetteer
@_geocoder
@_allow_upload
@option("-o", "--output", said=Words("结果文件", "file to write"), type=PATH, required=True)
@click.pass_obj
def locate(lang: Lang, /, output: Path, **said: Any) -> None:
    """Locate a ledger's units and write them as GeoParquet."""
    from lxgeo.publish import write_located
    from lxgeo.scenario import locate_scenario

    scenario = _asked(lang, geocoding=output.parent / GEOCODING, **said)
    with tell.progress(lang) as progress:
        progress("locate")
        found = locate_scenario(scenario, asking=tell.asking(progress))
    write_located(found.located, output)
    tell.intake(found.intake, lang)
    tell.positions(found, lang)
    tell.located(found.located, output, lang)


@_command("fetch-osm", "从 OpenStreetMap 取区域图层和路网", "areas and roads from OpenStreetMap")
@click.argument("place")
@option(
    "-o",
    "--output",
    said=Words("区域图层文件夹（新建，或由本命令生成的）", "folder of areas to write"),
    type=PATH,
    required=True,
)
@click.pass_obj
def fetch_osm(lang: Lang, place: str, output: Path) -> None:
    """Write an areas folder from OpenStreetMap: of a place, or of a file at hand."""
    from lxgeo.scenario.openstreetmap import openstreetmap

    with tell.progress(lang) as progress:
        found = openstreetmap(place, output, progress=progress)
    tell.fetched(found, output, lang)


@_command("address", "解析地址：每行一个地址，输出每行一个 JSON", "addresses in, JSON lines out")
@click.argument("source", default="-")
def address(source: str) -> None:
    """Parse one address a line and print one JSON a line."""
    from lxgeo.locate.lattice import iter_addresses
    from lxgeo.read import read_divisions

    with _opened(source) as lines:
        plain = (line.rstrip("\r\n") for line in lines)
        for parsed in iter_addresses(plain, read_divisions()):
            click.echo(json.dumps(parsed.as_mapping(), ensure_ascii=False))


def _opened(source: str) -> IO[str]:
    try:
        return click.open_file(source, encoding="utf-8-sig", errors="replace")
    except OSError as error:
        raise InputError(
            Words(f"打不开 {source}：{error.strerror}", f"can't open {source}: {error.strerror}")
        ) from error


@_command("check", "检查台账：哪里有问题、怎么读的", "what is wrong with a ledger")
@_takes_ledger
@option("--report", said=Words("检查表（可填写更正）", "check workbook to write"), type=PATH)
@option("--save-mapping", said=Words("保存列对应", "mapping file to write"), type=PATH)
@click.pass_obj
def check(lang: Lang, /, report: Path | None, save_mapping: Path | None, **said: Any) -> int:
    """Report what was found while reading a ledger; 1 where a person must settle something."""
    from lxgeo.scenario import check_ledger, keep_mapping

    scenario = _asked(lang, **said)
    with tell.progress(lang) as progress:
        progress("read")
        intake = check_ledger(scenario, report)
    if save_mapping is not None:
        keep_mapping(scenario, intake, save_mapping)
    tell.intake(intake, lang)
    settled = not tell.findings(intake.ledger, lang)
    tell.written([path for path in (report, save_mapping) if path is not None], lang)
    return DONE if settled else FAULT


@_command("verify", "独立核验方案是否合规、文件是否被改", "check a finished plan independently")
@click.argument("run_dir", type=PATH)
@click.pass_obj
def verify(lang: Lang, run_dir: Path) -> int:
    """Check a run folder against the rules; 1 on a breach."""
    from lxgeo.scenario import verify_run

    return FAULT if tell.verdict(verify_run(run_dir), run_dir, lang) else DONE


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
