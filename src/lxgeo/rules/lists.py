"""Lists that an office keeps an eye on (名单): who is due, near, large, or reached otherwise.

None of them changes an outcome: a unit stands on as many lists as it belongs on. The figures that
decide are the policy's; where only a local document knows a list, its source says so.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from lxgeo.errors import Words
from lxgeo.model import Outcome, UnitKind
from lxgeo.policy import Policy
from lxgeo.rules.kinds import kinds_of
from lxgeo.rules.legality import full_members, total_members
from lxgeo.tables import BranchStatus

_UNIT = ("unit_id", "row", "name", "township", "approver")
_BRANCH = ("branch_id", "name", "full_members", "total_members")


@dataclass(frozen=True)
class WatchList:
    """Units, or branches, to keep an eye on.

    Parameters
    ----------
    code
        Its name in code: always the same for the same list.
    title, why, source
        What it is called, what to do with those on it, and which document asks for it.
    rows
        One row a unit (or branch), in ledger order. Columns are columns of `lxgeo.tables.PLANNED`
        (`lxgeo.tables.PLANNED_BRANCHES`), which say what heads them; ``elsewhere`` is the only
        other one: full members whose affiliation is elsewhere.
    """

    code: str
    title: Words
    why: Words
    source: Words
    rows: pd.DataFrame


def watch_lists(
    units: pd.DataFrame, branches: pd.DataFrame, policy: Policy
) -> tuple[WatchList, ...]:
    """Return all lists, empty ones too, always in the same order.

    Parameters
    ----------
    units
        `lxgeo.tables.TRIAGED` or `lxgeo.tables.PLANNED`. Excluded units are on no list.
    branches
        `lxgeo.tables.PLANNED_BRANCHES`.
    policy
        Thresholds.
    """
    counted = units[units["outcome"].fillna("") != Outcome.EXCLUDED]
    kinds = pd.Series(kinds_of(counted["kind"], counted["name"]), counted.index, dtype=object)
    return (
        _due(counted),
        _near_three(counted, policy),
        _elsewhere(counted),
        _members_wanted(counted, policy),
        _key_associations(counted, kinds, policy),
        _key_services(counted, kinds, policy),
        _instructors(counted),
        _households(counted, kinds),
        _out_of_area(branches),
    )


def key_units(units: pd.DataFrame, policy: Policy) -> pd.Series:
    """Return which units are key ones (重点工作对象): large associations, services, firms."""
    kinds = pd.Series(kinds_of(units["kind"], units["name"]), units.index, dtype=object)
    return _is_key_association(units, kinds, policy) | _is_key_service(units, kinds, policy)


def _due(units: pd.DataFrame) -> WatchList:
    due = units[units["outcome"].isin([Outcome.STANDALONE, Outcome.TEMPORARY])]
    return WatchList(
        "due",
        Words("应建未建名单", "Due but not set up"),
        Words(
            "具备单独组建条件，逐家列入组建计划；组织关系未转入的先转接",
            "Each goes into the plan for setting up; affiliations elsewhere are transferred first",
        ),
        Words("《中国共产党章程》第三十条", "Party Constitution, article 30"),
        _rows(due, "full_members", "probationary_members", "affiliated_members", "outcome"),
    )


def _near_three(units: pd.DataFrame, policy: Policy) -> WatchList:
    one_short = full_members(units) == policy.standalone_min_full - 1
    on_probation = units["probationary_members"].fillna(0) >= 1
    return WatchList(
        "near_three",
        Words("临近单独组建名单", "Near to standing alone"),
        Words(
            "差一名正式党员、已有预备党员：转正后即可单独组建；也是党员发展计划单列的名单",
            "One full member short, with one on probation: due once that member is full; the list "
            "for places of their own in the plan for new members, too",
        ),
        _local("天津市 2017 年工作要求：孵化单独组建", "Tianjin, 2017: incubate"),
        _rows(units[one_short & on_probation], "full_members", "probationary_members", "outcome"),
    )


def _elsewhere(units: pd.DataFrame) -> WatchList:
    away = (units["full_members"] - units["affiliated_members"]).fillna(0)
    told = units.assign(elsewhere=away.astype("Int64"))[away > 0]
    return WatchList(
        "elsewhere",
        Words("组织关系未转入名单", "Affiliation elsewhere"),
        Words(
            "排查组织关系：能转的转入，转入前只在组织关系所在处统计",
            "Find out where they are affiliated and transfer what can be; until then they are "
            "counted where their affiliation is",
        ),
        Words("党内统计报表填报说明", "Instructions for the Party statistics"),
        _rows(told, "full_members", "affiliated_members", "elsewhere", "outcome"),
    )


def _members_wanted(units: pd.DataFrame, policy: Policy) -> WatchList:
    none = (units["full_members"] == 0).fillna(value=False) & (total_members(units) == 0)
    large = (units["staff"] >= policy.key_staff).fillna(value=False)
    return WatchList(
        "members_wanted",
        Words(
            f"职工{policy.key_staff}人以上无党员单位名单",
            f"{policy.key_staff} or more staff, no member",
        ),
        Words("列为发展党员的重点，选派指导员", "First where new members are won"),
        _local("临汾经济开发区 2012 年报道", "Linfen, 2012"),
        _rows(units[none & large], "staff", "instructor", "outcome"),
    )


def _is_key_association(units: pd.DataFrame, kinds: pd.Series, policy: Policy) -> pd.Series:
    enough = (units["association_members"] >= policy.key_association_members).fillna(value=False)
    full_time = (units["staff"] > 0).fillna(value=False)
    return (kinds == UnitKind.ASSOCIATION) & enough & full_time


def _key_associations(units: pd.DataFrame, kinds: pd.Series, policy: Policy) -> WatchList:
    least = policy.key_association_members
    return WatchList(
        "key_associations",
        Words(f"会员{least}以上的重点社会团体名单", f"Associations of {least} or more members"),
        Words(
            "有专职人员，列为重点；会员不是党员，只看办事机构专职人员中的正式党员",
            "With full-time staff; who belongs to the association is no Party member by that: only "
            "full members among its full-time staff count",
        ),
        _local("温州市 2010 年意见；组通字〔1998〕6号", "Wenzhou, 2010; a national notice of 1998"),
        _rows(
            units[_is_key_association(units, kinds, policy)],
            *("association_members", "staff", "full_members", "supervisor", "outcome"),
        ),
    )


def _is_key_service(units: pd.DataFrame, kinds: pd.Series, policy: Policy) -> pd.Series:
    ours = kinds.isin([UnitKind.SERVICE, UnitKind.PROFESSIONAL])
    return ours & (units["staff"] >= policy.key_service_staff).fillna(value=False)


def _key_services(units: pd.DataFrame, kinds: pd.Series, policy: Policy) -> WatchList:
    least = policy.key_service_staff
    return WatchList(
        "key_services",
        Words(
            f"从业人员{least}人以上的重点民办非企业单位、中介组织名单",
            f"Private non-enterprise units and firms of {least} or more staff",
        ),
        Words(
            "列为重点；没有党组织的，选派指导员、联络员",
            "Key units; an instructor or liaison officer where there is no organisation",
        ),
        _local("温州市 2010 年意见", "Wenzhou, 2010"),
        _rows(
            units[_is_key_service(units, kinds, policy)],
            *("staff", "full_members", "supervisor", "outcome"),
        ),
    )


def _instructors(units: pd.DataFrame) -> WatchList:
    sent = units["instructor"].fillna(value=False).astype(bool)
    wanting = units[(units["outcome"] == Outcome.NO_MEMBERS) & ~sent]
    return WatchList(
        "instructors",
        Words("待派党建指导员、联络员名单", "Instructors and liaison officers to be sent"),
        Words(
            "没有正式党员：派指导员或联络员，先建工会、共青团、妇联等群团组织",
            "No full member: an instructor or liaison officer, and mass organisations first",
        ),
        Words("参照中办发〔2012〕11号", "After a national opinion of 2012"),
        _rows(wanting, "staff", "probationary_members", "instructor"),
    )


def _households(units: pd.DataFrame, kinds: pd.Series) -> WatchList:
    apart = ~units["outcome"].isin([Outcome.EXISTING, Outcome.STANDALONE])
    ours = (kinds == UnitKind.HOUSEHOLD) & (full_members(units) > 0) & apart
    return WatchList(
        "households",
        Words("有党员的个体工商户名单", "Self-employed households with members"),
        Words(
            "党员相对集中的，可依托个体劳动者协会、行业协会等社会组织建立党组织",
            "Where there are several, a branch may be set up at their association",
        ),
        _local("乌当区约 2011 年意见", "Wudang, c. 2011"),
        _rows(units[ours], "full_members", "industry_code", "outcome", "branch_id"),
    )


def _out_of_area(branches: pd.DataFrame) -> WatchList:
    existing = branches["status"] == BranchStatus.EXISTING
    away = branches["jurisdiction"].isna() & branches["geometry"].notna()
    none_here = branches["unit_ids"].fillna("") == ""
    found = branches[existing & away & none_here]
    return WatchList(
        "out_of_area",
        Words("区外（驻外）党支部名单", "Branches out of the area"),
        Words(
            "不参加本地测算；书记每季度参加述职",
            "No part of the plan here; the secretary reports every quarter",
        ),
        _local("《支部工作条例（试行）》流动党员党支部；经开区经验材料", "Branch Work; Jingkai"),
        found[list(_BRANCH)].reset_index(drop=True),
    )


def _local(zh: str, en: str) -> Words:
    """Return a source that is no national one, marked so."""
    return Words(f"{zh}（地方做法）", f"{en} (local)")


def _rows(units: pd.DataFrame, *more: str) -> pd.DataFrame:
    """Return units as a plain table with these columns, those that the table has."""
    names = [name for name in (*_UNIT, *more) if name in units]
    return pd.DataFrame(units[names]).reset_index(drop=True)
