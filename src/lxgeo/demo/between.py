"""What goes wrong between rows: it shows only when rows are compared, or beside the branches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Between:
    """One thing that goes wrong between rows.

    Parameters
    ----------
    pattern, zh
        Its number among the patterns of dirt (0 for those without one), and what the README says.
    flag, seen
        Fields that a careful reader must ask about, and where it shows.
    """

    pattern: int
    zh: str
    flag: tuple[str, ...] = ()
    seen: str = ""


def _again(pattern: int, zh: str) -> Between:
    return Between(pattern, zh, ("duplicate_of",), "read")


def _branch(pattern: int, zh: str) -> Between:
    return Between(pattern, zh, ("branch_named",), "triage")


BETWEEN_ROWS: Mapping[str, Between] = MappingProxyType(
    {
        "duplicate_on_sheet": _again(27, "同一工作表内重复"),
        "duplicate_on_other_sheet": _again(31, "两个工作表内重复"),
        "duplicate_renamed": _again(26, "改名后重复，信用代码相同"),
        "duplicate_without_code": _again(27, "重复，且没有信用代码"),
        "duplicate_as_social": _again(32, "企业、社会组织两类中各列一次"),
        "duplicate_short_name": _again(29, "以简称重复，没有信用代码"),
        "branch_office": Between(30, "另一行单位的分公司，是另一家单位"),
        "branch_misspelt": Between(43, "党组织名称写法与其他成员不同", ("branch_named",), "read"),
        "joint_over_cap": _branch(44, "所在联合党支部超过 5 家单位"),
        "three_inside_joint": _branch(44, "所在联合党支部含三名以上正式党员的单位"),
        "joint_under_three": _branch(44, "所在联合党支部正式党员合计不足三名"),
        "joint_of_one": _branch(44, "所在联合党支部只有一家单位"),
        "ditto_word": Between(0, "类别、状态写“同上”“〃”，取上一行"),
        "ditto_address": Between(0, "地址写“同上”，取上一行"),
        # A count is a unit's own: whether 〃 means the same number, only a person can say.
        "ditto_count": Between(0, "人数写“〃”", ("staff", "full_members"), "read"),
        "building_not_merged": Between(11, "楼宇名称只写在首行，其下留空、没有合并"),
    }
)
"""Name of what goes wrong → what is to be made of it."""
