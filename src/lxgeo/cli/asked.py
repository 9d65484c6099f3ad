"""What commands are asked for: the options that they share, and the scenario these make."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lxgeo.cli.speech import WrongUsage, option
from lxgeo.errors import Lang, Words
from lxgeo.model import Datum

if TYPE_CHECKING:
    from lxgeo.scenario import Scenario

_GEOCODING, _GEOCODING_BEFORE = ".geocoding", "geocoding"
_NETWORK = ".network"

PATH = click.Path(path_type=Path)


class _Place(click.Path):
    """A path; an address with its scheme (``s3://…``) stays as it is written."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path, or the address."""
        return value if "://" in str(value) else super().convert(value, param, ctx)


DATUMS = click.Choice([str(datum) for datum in Datum if datum is not Datum.UNKNOWN])
EFFORTS = click.Choice(["fast", "standard", "best"])


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
_where = (
    option(
        "--engine",
        said=Words("在哪里测算：local 本机，dask 集群", "where to plan: this machine, or on Dask"),
        type=click.Choice(["local", "dask"]),
        default="local",
    ),
    option(
        "--workers",
        said=Words("进程数（默认：全部核心）", "processes (default: all cores)"),
        type=click.IntRange(1),
    ),
    option(
        "--scheduler",
        said=Words(
            "已有的 Dask 调度器，如 tcp://10.0.0.5:8786",
            "a Dask scheduler, as tcp://10.0.0.5:8786",
        ),
        metavar="URL",
    ),
)
pins = option(
    "--pins",
    said=Words(
        "人工调整文件：地图上保存的，或自己列的表（JSON、CSV、XLSX）",
        "what was settled by hand: saved by the map, or a table (JSON, CSV, XLSX)",
    ),
    type=PATH,
)
map_number = option(
    "--map-number",
    said=Words("区域界线的审图号，印在地图上", "the borders' approval number, shown on the map"),
    default="",
    show_default=False,
    metavar="NUMBER",
)
areas = option(
    "--areas",
    said=Words("区域图层文件夹（乡镇必需）", "folder of area layers (townships needed)"),
    type=_Place(path_type=Path),
    required=True,
)


def takes_ledger(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add what every command that reads a ledger takes."""
    for add in reversed(_ledger):
        command = add(command)
    return command


def says_where(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add what every command that plans takes: on which machines, in how many processes."""
    for add in reversed(_where):
        command = add(command)
    return command


def kept_in(out: Path) -> dict[str, Path]:
    """Return the folders below another where what is slow to have again is kept, by its field.

    Answers of geocoders that an earlier version kept are used on where they stand.
    """
    before = out / _GEOCODING_BEFORE
    used_on = (before / "geocoding.sqlite").is_file() and not (out / _GEOCODING).exists()
    return {"geocoding": before if used_on else out / _GEOCODING, "network": out / _NETWORK}


def asked_scenario(lang: Lang, areas: Path = Path(), **said: Any) -> Scenario:
    """Return the scenario that a command's options ask for."""
    from lxgeo.engine import Engine
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
    if "engine" in said:
        said["engine"] = Engine(said["engine"], said.pop("workers"), said.pop("scheduler"))
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


areas_datum = option(
    "--areas-datum", said=Words("区域图层坐标基准", "datum of the areas"), type=DATUMS
)
gazetteer = option(
    "--gazetteer",
    said=Words(
        "地名库：名称、地址及其位置的表或图层（可多次给出）", "names and addresses with places"
    ),
    type=PATH,
    multiple=True,
)
geocoder = option(
    "--geocoder",
    said=Words(
        "本地找不到的地址请平台定位：amap、baidu、nominatim、tianditu（须加 --allow-upload）",
        "ask amap, baidu, nominatim or tianditu for addresses not known here (--allow-upload)",
    ),
    metavar="NAME",
)
allow_upload = option(
    "--allow-upload",
    said=Words(
        "允许把地址文本发给该平台（只发地址；默认不发）",
        "let the text of addresses leave for it (nothing else; off by default)",
    ),
    is_flag=True,
)
policy = option(
    "--policy",
    said=Words("规则名称或 TOML 文件", "policy: a name or a TOML file"),
    default="national",
)
out = option(
    "--out", said=Words("结果文件夹", "folder of results"), type=PATH, default=Path("outputs")
)
