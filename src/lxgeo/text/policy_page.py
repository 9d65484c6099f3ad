"""The page of a policy's settings (规则参数), made from the fields themselves.

Its meaning, limits and default stand in each field; what a local document says otherwise is what
its preset says. So the page can't disagree with either.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lxgeo.policy import Policy
from lxgeo.text.labels import texts

_ABOUT = ("name", "title", "source", "note")
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "谁单独组建",
        (
            *("standalone_min_full", "standalone_basis", "family_rule", "stable_only"),
            *("unaffiliated", "count_part_time"),
        ),
    ),
    (
        "设什么层级",
        (
            *("general_branch_min", "committee_min", "level_boundary", "level_basis"),
            *("branch_committee_min", "branch_max_members"),
        ),
    ),
    (
        "怎样联合",
        (
            *("joint_min_full", "joint_basis", "joint_max_units", "absorb_zero", "transfer"),
            *("line_by_kind", "department_by_kind", "cross_line"),
            *("joint_by", "like_trade", "unknown_trade", "like_reach"),
        ),
    ),
    ("多远算近（测算参数，非政策规定）", ("distance", "max_distance_m", "max_distance_m_by_kind")),
    (
        "权重（测算参数，非政策规定）",
        (
            *("branch_m", "thin_m", "attach_m", "trade_m", "left_out_factor", "same_building"),
            "same_park",
        ),
    ),
    (
        "目标和名单",
        (
            *("target_enterprise", "target_social", "target_over", "target_reading", "key_staff"),
            *("key_association_members", "key_service_staff"),
        ),
    ),
)
"""Chapters of the page, and the settings of each; together they are all of them."""

QUESTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("三名以上设党支部，还是设支部委员会？", ("branch_committee_min",)),
    ("五十名、一百名的界线含不含本数？", ("level_boundary",)),
    ("三名、五十名、一百名各按哪些党员计？", ("standalone_basis", "level_basis")),
    ("联合党支部最多几家？没有党员的单位算不算？", ("joint_max_units", "absorb_zero")),
    ("联合以后要有几名正式党员？", ("joint_min_full",)),
    (
        "地域相邻、行业相近：两样都要，还是有其一即可？",
        ("joint_by", "like_trade", "unknown_trade", "like_reach", "trade_m"),
    ),
    ("亲属党员过半的，能不能单独组建？", ("family_rule",)),
    ("组织关系没有转入的，设临时的还是功能型的？", ("unaffiliated",)),
    ("属地、归口、挂靠的单位能不能编在一起？", ("line_by_kind", "cross_line")),
    ("覆盖率的分母是什么？", ("target_over",)),
    ("“分别达到90%和95%”怎样理解？", ("target_enterprise", "target_social", "target_reading")),
    (
        "按组织关系计，还是按实际工作单位计？",
        ("standalone_basis", "joint_basis", "count_part_time"),
    ),
)
"""What documents disagree on, and the settings that decide it."""

_HEAD = """# 规则参数

`lxgeo plan --policy 名称或文件` 指明规则；不指明的，用全国通用规则 `national`。
`lxgeo policy list` 列出自带的规则，`lxgeo policy show 名称` 显示各项的值。

自己的规则写成 TOML 文件（UTF-8），只写与 `base` 不同的各项；
写错的名称会报错，并提示相近的正确写法。例如：

```toml
base = "national"
title = "某县 2026 年规则"
source = "某县〔2026〕1号"
joint_max_units = 4
cross_line = "same_building"

[max_distance_m_by_kind]
mountain = 10000

[line_by_kind]
professional = "territorial"
```

距离、权重、乡镇类别都是测算参数，非政策规定；其余各项的依据见所用规则的“依据”。
各级规定不一致的，由下面的参数决定，报告和清单都写明所用的值。

本页由 `python scripts/build_policy_page.py` 从参数定义生成，请勿手改。

This page is made from the policy's fields: every setting, its meaning, default and limits; what
documents disagree on and which setting decides it; what each local preset says otherwise.
"""


def policy_page(presets: Sequence[Policy]) -> str:
    """Return the page as Markdown.

    Parameters
    ----------
    presets
        The policies that come with lxgeo, the national one first.
    """
    national, *local = presets
    parts = [_HEAD, *_chapters(national), *_questions(national, local), *_presets(presets)]
    return "\n".join(parts).rstrip() + "\n"


def _chapters(national: Policy) -> Iterator[str]:
    fields = {each.name: each for each in dataclasses.fields(Policy)}
    for title, names in GROUPS:
        yield f"## {title}\n"
        yield "| 参数 | 含义 | 默认 | 取值范围 |\n|---|---|---|---|"
        for name in names:
            yield from _rows(fields[name], getattr(national, name))
        yield ""


def _rows(setting: Any, value: object) -> Iterator[str]:
    meta = setting.metadata
    if not isinstance(value, Mapping):
        said = _said(value, meta["unit"])
        yield f"| `{setting.name}` | {meta['zh']} | {said} | {_limits(meta)} |"
        return
    told = "见下" if any(value.values()) else "空白"
    yield f"| `{setting.name}` | {meta['zh']} | {told} | |"
    named = texts("zh")
    for key, each in value.items():
        if each == "":
            continue
        meaning = named.get(f"{meta['keys']}.{key}", key)
        yield f"| `{setting.name}.{key}` | {meaning} | {_said(each, meta['unit'])} | |"


def _limits(meta: Mapping[str, Any]) -> str:
    least, most, above = (meta[key] for key in ("least", "most", "above"))
    told = [
        f"{least:g} 以上" if least is not None else "",
        f"{most:g} 以下" if most is not None else "",
        f"大于 {above:g}" if above is not None else "",
    ]
    return "，".join(each for each in told if each)


def _questions(national: Policy, local: Sequence[Policy]) -> Iterator[str]:
    yield "## 各级规定不一致之处\n"
    yield "| 问题 | 参数 | 全国通用规则 | 自带规则中不同的 |\n|---|---|---|---|"
    for question, names in QUESTIONS:
        for number, name in enumerate(names):
            asked = question if number == 0 else ""
            others = [
                f"`{each.name}` {_apart(getattr(each, name), getattr(national, name))}"
                for each in local
                if getattr(each, name) != getattr(national, name)
            ]
            usual = getattr(national, name)
            told = "见上表" if isinstance(usual, Mapping) else _said(usual)
            yield f"| {asked} | `{name}` | {told} | {'；'.join(others)} |"
    yield ""
    yield (
        "相邻指单位到牵头单位不超过距离上限；"
        "相近指与牵头单位同属一个行业大类（或 `like_trade` 所定的一级）。\n"
        "`near`：相邻是硬条件，相近只计入成本。`near_and_like`（“业务相近、地域相邻”）：两样都是硬条件；"
        "行业不明的，\n默认仍可联合，理由里标明待核实：不因台账缺一个代码就把单位排除在外。"
        "`near_or_like`（“区域相邻或行业相近”）：\n相邻的都可联合，行业相近的可以远到距离上限的 "
        "`like_reach` 倍；行业不明的不放宽：放宽要有凭据。\n"
    )


def _presets(presets: Sequence[Policy]) -> Iterator[str]:
    national = presets[0]
    yield "## 自带的规则\n"
    for each in presets:
        yield f"### `{each.name}` {each.title}\n"
        yield f"- 依据：{each.source}"
        yield f"- 说明：{each.note}"
        for setting in dataclasses.fields(Policy):
            value, usual = getattr(each, setting.name), getattr(national, setting.name)
            if setting.name not in _ABOUT and value != usual:
                yield f"- `{setting.name}` = {_apart(value, usual)}（{setting.metadata['zh']}）"
        yield ""


def _apart(value: object, usual: object) -> str:
    """Return a value; of a table the lines that differ."""
    if isinstance(value, Mapping) and isinstance(usual, Mapping):
        differ = {key: each for key, each in value.items() if each != usual[key]}
        return "、".join(f"{key} {_said(each)}" for key, each in differ.items())
    return _said(value)


def _said(value: object, unit: str = "") -> str:
    if isinstance(value, bool):
        return "`true`" if value else "`false`"
    if isinstance(value, str):
        return f"`{value}`"
    said = f"{value:g}" if isinstance(value, float) else str(value)
    return f"{said} {unit}".strip()
