"""A certificate of an independent check, as lines for people and as data for programs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxgeo.errors import Lang, Words
from lxgeo.judge import Certificate, Check, Examined
from lxgeo.text.breaches import breach, unchecked
from lxgeo.text.figures import LONGEST_NAME, quoted

_CHECKS = {
    Check.POLICY: Words(
        "所用规则齐全、可读：{n} 项参数", "the rules are whole and readable: {n} settings"
    ),
    Check.ROWS: Words(
        "台账每行一个去向、有依据和理由，与其党员数相符：{n} 家单位",
        "each row of the ledger has one outcome, a rule and a reason that fit its members: "
        "{n} units",
    ),
    Check.FILES: Words(
        "units.csv、GeoJSON、GeoPackage 逐行逐列一致：{n} 行",
        "units.csv, GeoJSON and GeoPackage say the same in every row and column: {n} rows",
    ),
    Check.LINKS: Words(
        "每家加入的单位有一条连线，指向所属党支部，长度相符：{n} 条",
        "each unit that joins has one link, to its branch, of the length told: {n} links",
    ),
    Check.MEMBERS: Words(
        "单位与党支部互相对应，不重不漏，家数和党员数逐个加总：{n} 个党支部",
        "units and branches name each other, none twice, and add up: {n} branches",
    ),
    Check.LEGALITY: Words(
        "拟建联合党支部合规（家数、党员数、管辖、同一乡镇、牵头单位、组建方式）：{n} 个",
        "proposed joint branches keep the rules (units, members, jurisdiction, township, host, "
        "mode): {n} branches",
    ),
    Check.PINS: Words("人工调整逐条兑现：{n} 条", "what was settled by hand holds: {n} items"),
    Check.DISTANCES: Words(
        "由坐标重新量距，未超过上限，与所述一致：{n} 家加入的单位",
        "distances measured anew from positions are as told and within limits: {n} units that join",
    ),
    Check.BARRIERS: Words(
        "单位与牵头单位之间没有河流、快速路阻隔：{n} 家加入的单位",
        "no river or motorway lies between a unit and its host: {n} units that join",
    ),
    Check.COSTS: Words(
        "各党支部成本、最省的牵头单位、次优方案重新计算：{n} 个党支部",
        "costs, cheapest hosts and runners-up reckoned anew: {n} branches",
    ),
    Check.SUMS: Words(
        "各片区与全区的成本、未纳入、下界、差距重新加总：{n} 个片区",
        "costs, units left out, bounds and gaps added up anew: {n} regions",
    ),
}
_NEVER = (
    Words(
        "台账等输入文件不在方案文件夹里：只列出其散列值，未重新读取",
        "the ledger and other inputs are not in the run: their hashes are listed, not read again",
    ),
    Words(
        "下界由求解器证明，这里只核对它不高于成本、与差距相符",
        "the bound is the solver's proof: that it is not above the cost, and fits the gap, is all "
        "that is checked here",
    ),
    Words(
        "亲属党员是否过半、兼职党员人数从不写入文件：因此不宜单独组建的、设临时党组织的，只核对人数是否可能",
        "whether relatives are the majority, and part-time members, are never written out: of "
        "units barred for the one, or temporary by the other, only that their counts allow it",
    ),
    Words(
        "已批准党支部的名额、所在楼宇，市场、街区、走廊和村的范围不在文件里："
        "按家数上限、坐标和能看到的楼宇、园区、行业核对",
        "capacities and buildings of approved branches, markets, blocks, corridors and villages "
        "are in no file: the cap on units, positions, and what buildings, parks and trades the "
        "files tell are checked",
    ),
    Words(
        "覆盖率、工作簿、报告和地图的内容只核对散列值",
        "of rates, workbooks, reports and the map only the hashes are checked",
    ),
    Words(
        "清单没有签名：能发现误改，不能防止连清单一起伪造，请另行保存上面的散列值",
        "the manifest is not signed: it shows a change, no forgery of all files; keep its hash "
        "elsewhere",
    ),
)
"""What no check of a run's folder can see, whatever is in it."""

_SHA256 = re.compile("[0-9a-f]{64}")
_EFFORTS = {
    "fast": Words("快速", "fast"),
    "standard": Words("标准", "standard"),
    "best": Words("最优", "best"),
}


def certificate(shown: Certificate, lang: Lang = "zh") -> tuple[str, ...]:
    """Return a certificate as lines of text.

    Parameters
    ----------
    shown
        What was checked and found.
    lang
        Language.
    """
    return tuple(each.in_lang(lang) for each in _lines(shown))


def certificate_data(shown: Certificate, lang: Lang = "zh") -> dict[str, Any]:
    """Return a certificate as plain values: each check with its code, its words and its breaches.

    Parameters
    ----------
    shown
        What was checked and found.
    lang
        Language of the words.
    """
    return {
        "stands": not shown.breaches,
        "run": shown.run,
        "made_by": shown.made_by,
        "checked_by": shown.checked_by,
        "manifest_sha256": shown.manifest,
        "inputs_sha256": dict(shown.inputs),
        "counts": {
            "files": shown.files,
            "units": shown.units,
            "branches": shown.branches,
            "links": shown.links,
        },
        "figures": dict(shown.figures),
        "policy": shown.policy,
        "changed": [breach(each, lang) for each in shown.changed],
        "checks": [_data(each, lang) for each in shown.checks],
        "unchecked": [each.in_lang(lang) for each in _beyond(shown)],
    }


def _data(examined: Examined, lang: Lang) -> dict[str, Any]:
    return {
        "check": str(examined.check),
        "said": _said(examined).in_lang(lang),
        "count": examined.count,
        "breaches": [breach(each, lang) for each in examined.breaches],
    }


def _lines(shown: Certificate) -> Iterator[Words]:
    run = quoted(shown.run)
    yield Words("核验证书", "Certificate of verification")
    yield Words(
        f"方案：{run}（lxgeo {quoted(shown.made_by)} 生成，lxgeo {shown.checked_by} 独立核验）",
        f"Run: {run} (made by lxgeo {quoted(shown.made_by)}, checked by lxgeo {shown.checked_by})",
    )
    yield Words(
        f"清单 manifest.json 的 SHA-256：{shown.manifest}",
        f"SHA-256 of manifest.json: {shown.manifest}",
    )
    yield Words(f"输入文件（{len(shown.inputs)} 个）：", f"Inputs ({len(shown.inputs)}):")
    for path, digest in shown.inputs.items():
        # Of a long path its end tells most.
        line = f"  {_digest(digest)}  {quoted(path[-LONGEST_NAME:])}"
        yield Words(line, line)
    yield from _figures(shown)
    yield Words("核验内容：", "Checked:")
    yield _marked(
        len(shown.changed),
        Words(
            f"文件与清单中的散列值一致，不多不少：{shown.files} 个文件",
            f"files are as the manifest's hashes say, none more or less: {shown.files} files",
        ),
    )
    for each in shown.checks:
        if each.count or each.breaches:
            yield _marked(len(each.breaches), _said(each))
    yield Words("未能核验：", "Not checked:")
    for said in _beyond(shown):
        yield Words(f"  · {said.zh}", f"  · {said.en}")


def _figures(shown: Certificate) -> Iterator[Words]:
    told = shown.figures
    cost, bound = (_metres(told.get(name)) for name in ("plan_cost_m", "bound_m"))
    gap = told.get("gap")
    share = f"{gap:.2%}" if isinstance(gap, float | int) else "—"
    left, least, must, new = (
        _plain(told.get(name))
        for name in ("left_out", "left_out_min", "must_join", "joint_branches")
    )
    yield Words(
        f"成本 {cost} 米，下界 {bound} 米，距最优不超过 {share}",
        f"Cost {cost} m, bound {bound} m, at most {share} above the best possible",
    )
    yield Words(
        f"应纳入 {must} 家，未纳入 {left} 家（任何方案至少 {least} 家），拟建联合党支部 {new} 个",
        f"{must} units to join, {left} left out (no plan below {least}), {new} joint branches",
    )
    said = _plain(told.get("effort"))
    effort = _EFFORTS.get(said, Words(said, said))
    policy, seed = quoted(shown.policy), _plain(told.get("seed"))
    yield Words(
        f"规则：{policy}；求解力度：{effort.zh}；随机种子：{seed}",
        f"Rules: {policy}; effort: {effort.en}; seed: {seed}",
    )


def _said(examined: Examined) -> Words:
    zh, en = (each.replace("{n}", str(examined.count)) for each in _CHECKS[examined.check])
    return Words(zh, en)


def _marked(broken: int, said: Words) -> Words:
    if not broken:
        return Words(f"  ✓ {said.zh}", f"  ✓ {said.en}")
    return Words(f"  ✗ {said.zh}，{broken} 处不符", f"  ✗ {said.en}; {broken} breach(es)")


def _beyond(shown: Certificate) -> Iterator[Words]:
    for each in shown.unchecked:
        zh, en = unchecked(each)
        yield Words(zh.removeprefix("未核验："), en.removeprefix("not checked: "))
    yield from _NEVER


def _digest(told: object) -> str:
    """Return a SHA-256 whole, anything else that stands there as a quoted text."""
    return str(told) if _SHA256.fullmatch(str(told)) else quoted(str(told))


def _metres(value: object) -> str:
    return f"{value:,.2f}" if isinstance(value, float | int) else "—"


def _plain(value: object) -> str:
    return "—" if value is None else quoted(str(value))
