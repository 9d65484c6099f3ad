"""Whether what pins ask for breaks a hard rule: locked branches, and units that are together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from lxgeo.decide.pins.clashes import Fit
from lxgeo.decide.pins.settled import Lock
from lxgeo.decide.regions.instance import FAR, Instance, Shorts, pair_cm
from lxgeo.decide.regions.law import WITH
from lxgeo.decide.regions.region import Region
from lxgeo.errors import Words
from lxgeo.model import Outcome
from lxgeo.pin import MOST_BY_PIN
from lxgeo.policy import Policy
from lxgeo.rules.cost import (
    distances_m,
    joining_cm,
    lines_agree,
    near_or_like,
    new_branch_cm,
    pairs_cm,
)
from lxgeo.rules.legality import LEAST_UNITS

_NO_WAY = Words("中间没有走得通的路", "no way leads from one to the other")


@dataclass(frozen=True)
class Locked:
    """What became of the pins that lock units to one host or approved branch.

    Parameters
    ----------
    lock
        The branch; None where it would break a rule.
    refused
        Number of each pin that can't be kept → why.
    """

    lock: Lock | None
    refused: dict[int, Words]


def locked(region: Region, host: int, fits: Sequence[Fit], policy: Policy) -> Locked:
    """Return the branch that some pins settle, as far as no rule forbids it.

    A unit that lies too far from the host, or under another body, is refused by itself; the others
    are then looked at as a branch.

    Parameters
    ----------
    region
        Where.
    host
        Number of the host or approved branch among the region's sites.
    fits
        The pins.
    policy
        Thresholds.
    """
    refused = {}
    for fit in fits:
        why = None if fit.unit[1] == host else _between(region, fit.unit[1], host, policy)
        if why is not None:
            refused[fit.number] = why
    kept = sorted((fit for fit in fits if fit.number not in refused), key=lambda f: f.pin.key)
    members = {fit.unit[1] for fit in kept}
    new = host < len(region.units)
    if new and kept:
        members.add(host)
    if not kept:
        return Locked(None, refused)
    numbers = tuple(sorted(members))
    said = any(fit.pin.accounted_for for fit in kept)
    why = (
        _as_new(region, numbers, said=said, policy=policy)
        if new
        else _as_joined(region, host, numbers, policy)
    )
    if why is not None:
        return Locked(None, refused | {fit.number: why for fit in kept})
    cost = _cost_cm(region, host, numbers, policy)
    return Locked(Lock(host, numbers, cost, tuple(fit.pin for fit in kept)), refused)


def _between(region: Region, unit: int, host: int, policy: Policy) -> Words | None:
    """Return why a unit may not be under a host, None if it may."""
    here, there = (region.sites.take(np.array([each])) for each in (unit, host))
    if not lines_agree(here, there, policy)[0, 0]:
        return Words(
            zh="与牵头单位（党支部）不在同一管理线，跨管辖联合须由上级决定",
            en="on another management line than its host: only the superior can decide",
        )
    if near_or_like(here, there, policy)[0, 0]:
        return None
    away = float(distances_m(here, there)[0, 0])
    limit = float(min(here.limit_m[0], there.limit_m[0]))
    if away <= limit:
        return Words(
            zh="与牵头单位（党支部）行业不相近，所用规则要求既相邻又相近；请改到行业相近的党支部",
            en="its trade is not like its host's, and the policy asks for near and like;"
            " choose a branch of like trade",
        )
    zh = f"距牵头单位（党支部）{away:.0f}米" if np.isfinite(away) else _NO_WAY.zh
    en = f"{away:.0f} m from its host" if np.isfinite(away) else _NO_WAY.en
    return Words(
        zh=f"{zh}，超过距离上限{limit:.0f}米；请改到近处的党支部，或由乡镇调整距离上限",
        en=f"{en}, over the limit of {limit:.0f} m; choose a nearer branch",
    )


def _as_new(
    region: Region, members: tuple[int, ...], *, said: bool, policy: Policy
) -> Words | None:
    """Return the rule that a new branch breaks, None if it breaks none."""
    which = list(members)
    count, full = len(which), int(region.full[which].sum())
    if count < LEAST_UNITS:
        return Words(
            zh="锁定后只有一家单位，不成联合党支部；请把成员单位都锁定到同一牵头单位",
            en="only one unit is left in it: lock all its units to one host",
        )
    most = max(policy.joint_max_units, MOST_BY_PIN)
    if count > most:
        return Words(
            zh=f"锁定了{count}家单位，最多{most}家；请分成两个党支部",
            en=f"{count} units are locked together, at most {most} may be; split them",
        )
    if count > policy.joint_max_units and not said:
        return Words(
            zh=f"锁定了{count}家单位，超过{policy.joint_max_units}家的，须写明经办岗位和理由",
            en=f"{count} units are locked together: over {policy.joint_max_units},"
            " who settled it and why must be said",
        )
    if full < policy.joint_min_full:
        return _too_few(full, policy)
    return _too_many(int(region.total[which].sum()), policy)


def _as_joined(region: Region, host: int, members: tuple[int, ...], policy: Policy) -> Words | None:
    """Return the rule that units joining an approved branch break, None if they break none."""
    which, node = list(members), region.instance.node[host]
    room = int(node["room"])
    if len(which) > room:
        return Words(
            zh=f"该党支部只能再纳入{room}家单位，锁定了{len(which)}家",
            en=f"the branch has room for {room} units, {len(which)} are locked to it",
        )
    full = int(node["full"]) + int(region.full[which].sum())
    if full < policy.joint_min_full:
        return _too_few(full, policy)
    return _too_many(int(node["total"]) + int(region.total[which].sum()), policy)


def _too_few(full: int, policy: Policy) -> Words:
    least = policy.joint_min_full
    return Words(
        zh=f"正式党员合计{full}名，不足{least}名，不能成立联合党支部；请补充成员单位",
        en=f"{full} full members together, {least} are needed; add units",
    )


def _too_many(total: int, policy: Policy) -> Words | None:
    most = policy.branch_max_members
    if total <= most:
        return None
    return Words(
        zh=f"党员合计{total}名，超过{most}名；请减少成员单位",
        en=f"{total} members together, over {most}; take units out",
    )


def _cost_cm(region: Region, host: int, members: tuple[int, ...], policy: Policy) -> int:
    under = np.array([each for each in members if each != host], dtype=np.intp)
    there = region.sites.take(np.array([host]))
    pairs = pairs_cm(region.sites.take(under), there, policy)[:, 0]
    if host < len(region.units):
        return new_branch_cm(int(region.full[list(members)].sum()), pairs, policy)
    standalone = region.hosts[host - len(region.units)].outcome == Outcome.STANDALONE
    return joining_cm(pairs, policy, standalone=standalone)


def why_not_together(region: Region, group: Iterable[int], free: Sequence[int]) -> Words | None:
    """Return why some units can't be in one branch; None where nothing shows that they can't.

    Parameters
    ----------
    region
        Where; its instance keeps to the law of the other pins.
    group
        Numbers of the units.
    free
        Numbers of the units and approved branches that no pin has settled.
    """
    units, instance = sorted(group), region.instance
    total = int(region.total[units].sum())
    if len(units) > _most_units(instance, free):
        return Words(
            zh=f"要求同组的单位有{len(units)}家，超过一个党支部可覆盖的单位数",
            en=f"{len(units)} units are to be together, more than a branch may cover",
        )
    if total > instance.most_members:
        return Words(
            zh=f"要求同组的单位党员合计{total}名，超过{instance.most_members}名",
            en=f"those to be together have {total} members, over {instance.most_members}",
        )
    candidates = np.array(sorted(free), dtype=np.int32)
    reach = _reaching(instance, np.array(units, dtype=np.int32), candidates)
    if not reach.any():
        return Words(
            zh="要求同组的单位没有一家牵头单位或党支部在大家的距离上限之内（或管理线不同、已被禁止）",
            en="no host or branch is within the limit of all that are to be together",
        )
    if not any(_enough(instance, units, int(host), free) for host in candidates[reach]):
        return Words(
            zh=f"要求同组的单位即使加上附近单位，正式党员也凑不足{instance.least_full}名，"
            "或超出单位数、党员数上限",
            en="those to be together, with any unit near, make no legal branch:"
            f" fewer than {instance.least_full} full members, or too many units or members",
        )
    return None


def _most_units(instance: Instance, free: Sequence[int]) -> int:
    """Return how many must-join units any branch may hold at most."""
    room = instance.node["room"]
    return max((int(room[i]) + (i < instance.units) for i in free), default=0)


@njit(cache=True)
def _reaching(instance: Instance, units: Shorts, hosts: Shorts) -> NDArray[np.bool_]:
    """Return which hosts may have all units under them, but themselves."""
    reach = np.ones(len(hosts), dtype=np.bool_)
    for i in range(len(hosts)):
        for unit in units:
            if unit != hosts[i] and pair_cm(instance, unit, hosts[i]) >= FAR:
                reach[i] = False
                break
    return reach


def _enough(instance: Instance, units: Sequence[int], host: int, free: Sequence[int]) -> bool:
    """Return whether a branch under a host that holds these units may be legal."""
    node, inside = instance.node, {*units, host}
    if any(_mates(instance, each) - inside for each in inside):
        return True  # more come with them: left to the search
    room = int(node["room"][host]) - len(inside) + 1
    full = sum(int(node["full"][each]) for each in inside)
    total = sum(int(node["total"][each]) for each in inside)
    if room < 0 or total > instance.most_members:
        return False
    if full >= instance.least_full:
        return True
    others = np.array([i for i in free if i < instance.units and i not in inside], dtype=np.int32)
    near = others[_under(instance, others, host)]
    more = np.sort(node["full"][near])[::-1][:room]
    return full + int(more.sum()) >= instance.least_full


@njit(cache=True)
def _under(instance: Instance, units: Shorts, host: int) -> NDArray[np.bool_]:
    """Return which units may be under a host."""
    may = np.empty(len(units), dtype=np.bool_)
    for i in range(len(units)):
        may[i] = pair_cm(instance, units[i], host) < FAR
    return may


def _mates(instance: Instance, node: int) -> set[int]:
    """Return who always is with a node."""
    law = instance.law
    if law.free:
        return set()
    entries = slice(int(law.first[node]), int(law.first[node + 1]))
    return set(law.other[entries][law.how[entries] == WITH].tolist())
