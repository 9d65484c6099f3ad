"""One branch spelt in several ways by its units (商会联合支部): asked about, never joined."""

from __future__ import annotations

import pandas as pd

from lxgeo.model import Reason, Rule
from lxgeo.rules.branch_names import branch_key, branch_likeness


def told_spellings(ledger: pd.DataFrame) -> pd.DataFrame:
    """Return the ledger with a finding at every row that spells a branch as only few rows do.

    Parameters
    ----------
    ledger
        `lxgeo.tables.LEDGER`.

    Returns
    -------
    pandas.DataFrame
        The same rows, ``branch_named`` as written. Of names that may be one branch the most usual
        (else the first) is not asked about; the others quote it (``same_branch_maybe``).
    """
    inside = ledger["branch_named"].notna() & ledger["organised"].fillna(value=True)
    told = ledger[["row", "branch_named"]].assign(at=range(len(ledger)))
    named = told[inside & ledger["duplicate_of"].isna()]
    known = pd.DataFrame({"name": named["branch_named"].unique()})
    keys = dict(zip(known["name"], known["name"].map(branch_key), strict=True))
    named = named.assign(key=named["branch_named"].map(keys))
    alike = {key: branch_likeness(key) for key in dict.fromkeys(keys.values())}
    named = named.assign(alike=named["key"].map(alike))
    several = named.groupby("alike", sort=False)["key"].transform("nunique") > 1
    if not several.any():
        return ledger
    found = ledger["findings"].tolist()
    for _, group in named[several].groupby("alike", sort=False):
        rows = group.groupby("key", sort=False)["key"].transform("size")
        first = group.iloc[int(rows.to_numpy().argmax())]
        others = group[group["key"] != first["key"]]
        for at, name in zip(others["at"], others["branch_named"], strict=True):
            figures = {"branch": name, "name": first["branch_named"], "row": first["row"]}
            found[at] = (*found[at], Reason(Rule.SAME_BRANCH_MAYBE, figures))
    return ledger.assign(findings=pd.Series(found, index=ledger.index, dtype=object))
