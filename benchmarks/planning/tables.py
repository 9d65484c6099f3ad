"""The benchmark's figures as Markdown tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from planning.growth import Grown
from planning.measured import Measured
from planning.peers import Judged

Row = Sequence[str]


def table(head: Row, rows: Iterable[Row]) -> str:
    """Return a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def plans_table(plans: Sequence[Measured]) -> str:
    """Return one row a plan."""
    head = (
        *("units", "seed", "open, thin", "effort", "cost m", "bound m", "gap", "worst region"),
        *("proved", "left out (min)", "breaches", "solver s", "units/s", "with tables s"),
    )
    return table(head, map(_plan, plans))


def summed_table(plans: Sequence[Measured]) -> str:
    """Return one row a size, weights and effort, over all seeds."""

    def kind(each: Measured) -> tuple[str, float, float, str]:
        return each.district, each.branch_m, each.thin_m, each.effort

    ordered = list(dict.fromkeys(map(kind, plans)))
    rows = []
    for name, group in groupby(sorted(plans, key=lambda p: ordered.index(kind(p))), key=kind):
        same = list(group)
        cost, bound, out = (
            sum(getattr(each, field) for each in same)
            for field in ("cost_m", "bound_m", "penalty_m")
        )
        units, seconds = sum(each.units for each in same), sum(each.solver_s for each in same)
        rows.append(
            (
                *(name[0], f"{name[1]:g}, {name[2]:g}", name[3], str(len(same))),
                *(_share((cost - bound) / (cost - out)), _share(max(p.worst_gap for p in same))),
                f"{sum(p.proved for p in same)} of {sum(p.townships for p in same)}",
                f"{sum(p.left_out for p in same)} ({sum(p.left_out_min for p in same)})",
                _count([p.breaches for p in same]),
                *(f"{units / seconds:,.0f}", f"{units / sum(p.whole_s for p in same):,.0f}"),
            )
        )
    head = (
        *("units", "open, thin", "effort", "seeds", "gap", "worst region", "proved"),
        *("left out (min)", "breaches", "units/s", "with tables"),
    )
    return table(head, rows)


def peers_table(ours: Sequence[Measured], peers: Sequence[Judged]) -> str:
    """Return one row a planner and district, ours first, each district's best cost as 100 %.

    Costs and units left out are those after the repair: all are paid for alike.
    """
    rows = []
    for each in ours:
        best = _least(each.units, each.seed, each.branch_m, ours, peers)
        rows.append(
            (
                *(f"{each.units:,}", str(each.seed), f"{each.branch_m:g}, {each.thin_m:g}"),
                *(f"lxgeo {each.effort}", f"{each.cost_m:,.0f}", f"{each.cost_m / best:.2%}"),
                *(str(each.left_out), "yes", f"{each.bound_m:,.0f}", f"{each.solver_s:.2f}"),
            )
        )
    for peer in peers:
        best = _least(peer.units, peer.seed, peer.branch_m, ours, peers)
        bound = "–" if peer.bound_m is None else f"{peer.bound_m:,.0f}"
        rows.append(
            (
                *(f"{peer.units:,}", str(peer.seed), f"{peer.branch_m:g}, {peer.thin_m:g}"),
                *(peer.peer, f"{peer.cost_m:,.0f}", f"{peer.cost_m / best:.2%}"),
                *(str(peer.left_out), _legal(peer.dissolved), bound, f"{peer.seconds:.2f}"),
            )
        )
    rows.sort(key=lambda row: (int(row[0].replace(",", "")), row[1], row[2]))
    head = ("units", "seed", "open, thin", "planner", "cost m", "of the best")
    return table((*head, "left out", "legal as made", "own bound m", "s"), rows)


def growth_table(grown: Sequence[Grown]) -> str:
    """Return one row a size: seconds, and seconds a unit."""
    rows = [
        (
            *(f"{each.units:,}", str(each.townships), each.effort, f"{each.solver_s:.2f}"),
            *(f"{1e6 * each.solver_s / each.units:,.0f}", f"{each.bound_s:.2f}"),
            f"{each.whole_s:.2f}",
            *(f"{1e6 * each.whole_s / each.units:,.0f}", f"{each.gap:.3%}"),
            *(f"{each.before_mb:,}", f"{each.peak_mb:,}", _count([each.breaches])),
        )
        for each in grown
    ]
    head = (
        "units",
        "regions",
        "effort",
        "solver s",
        "µs a unit",
        "bound s",
        "with tables s",
        "µs a unit",
    )
    return table((*head, "gap", "MB before", "MB at most", "breaches"), rows)


def _plan(each: Measured) -> Row:
    return (
        *(each.district, str(each.seed), f"{each.branch_m:g}, {each.thin_m:g}", each.effort),
        *(f"{each.cost_m:,.2f}", f"{each.bound_m:,.2f}", _share(each.gap)),
        *(_share(each.worst_gap), f"{each.proved} of {each.townships}"),
        *(f"{each.left_out} ({each.left_out_min})", _count([each.breaches])),
        *(f"{each.solver_s:.2f}", f"{each.units / max(each.solver_s, 1e-3):,.0f}"),
        f"{each.whole_s:.2f}",
    )


def _legal(dissolved: int) -> str:
    """Return whether a peer's groups were legal before they were repaired."""
    return f"no: {dissolved:,} groups dissolved" if dissolved else "yes"


def _share(value: float) -> str:
    return f"{value:.3%}"


def _count(found: Sequence[int | None]) -> str:
    known = [each for each in found if each is not None]
    return str(sum(known)) if known else "not asked"


def _least(
    units: int, seed: int, branch_m: float, ours: Sequence[Measured], peers: Sequence[Judged]
) -> float:
    """Return the least cost that anybody found for a district, metres."""
    everybody: list[Measured | Judged] = [*ours, *peers]
    return min(
        each.cost_m
        for each in everybody
        if (each.units, each.seed, each.branch_m) == (units, seed, branch_m)
    )
