# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 三、下一季度
#
# 台账每季都变：有的单位搬走，有的新来。重新测算可能把上季的建议全打乱；其实多数同伴不必换。
# 已批准的党支部一律锁定；尚未批准的建议，换一家牵头单位按 75 米计入考虑（测算参数，不进方案成本）。
# 数据为**虚构**演示区的两个乡镇。

# %%
import shutil
import tempfile
from pathlib import Path

import openpyxl

DEMO = Path("../data/boundaries/demo")
TOWNS = ("梧柳镇", "麦川镇")

work = Path(tempfile.mkdtemp(prefix="lxgeo-"))
areas = work / "areas"
areas.mkdir()
for layer in DEMO.glob("*.geojson"):
    shutil.copy(layer, areas)
book = openpyxl.load_workbook(DEMO / "ledger.xlsx")
for sheet in book.sheetnames:
    if sheet not in TOWNS:
        del book[sheet]
ledger = work / "两镇台账.xlsx"
book.save(ledger)

# %% [markdown]
# ## 两个季度
#
# 第一季度还少 5% 的单位，第二季度另有 5% 的单位不在了。

# %%
import numpy as np

from lxgeo import Policy
from lxgeo.scenario import Scenario, locate_scenario

SHARE = 0.05
scenario = Scenario(ledger, areas)
found = locate_scenario(scenario)
drawn = np.random.default_rng(1).random(len(found.located))
second = found.located[drawn < 1 - SHARE].reset_index(drop=True)
print(f"第二季度 {len(second)} 家，其中新来 {(drawn[drawn < 1 - SHARE] < SHARE).sum()} 家")

# %%
from lxgeo import existing_branches, propose, triage

policy = Policy()


def planned(located, former=None):
    triaged = triage(located, found.areas, policy)
    standing = existing_branches(triaged, found.areas, policy)
    return propose(triaged, standing, policy, areas=found.areas, former=former)


before = planned(found.located[drawn >= SHARE].reset_index(drop=True))

# %% [markdown]
# ## 重新测算，和沿用上季
#
# `former` 是上季各单位的牵头单位；命令行用 `--previous` 给出上季的方案文件夹。

# %%
from lxgeo.decide.replan import Former

branches = before.branches.set_index("branch_id")
joined = before.units[before.units["outcome"].isin(["joint", "attached"])]
hosts = {
    unit: branches.loc[branch, "host_id"]
    if branches.loc[branch, "status"] == "proposed"
    else branch
    for unit, branch in zip(joined["unit_id"], joined["branch_id"], strict=True)
}
fresh, kept = planned(second), planned(second, Former(hosts))

# %%
import pandas as pd

from lxgeo.judge.changes import changes_between


def compared(plan):
    changes = changes_between((before.units, before.branches), (plan.units, plan.branches), policy)
    cost = sum(region.cost_m for region in plan.regions)
    return {"换了同伴的单位": f"{changes.changed_companions:.1%}", "方案成本（米）": f"{cost:,.0f}"}


pd.DataFrame({"重新测算": compared(fresh), "沿用上季": compared(kept)})

# %% [markdown]
# 有单位搬走或新来的党支部，同伴总要变一变；沿用上季省下的，是那些本不必换的。
#
# ## 变在哪里

# %%
import matplotlib.pyplot as plt

from lxgeo.publish.changes_words import UNIT_CHANGES_SAID
from lxgeo.publish.charts import chinese_font

plt.rcParams["font.family"] = [chinese_font() or "DejaVu Sans", "DejaVu Sans"]
counts = pd.DataFrame(
    {
        name: changes_between((before.units, before.branches), (plan.units, plan.branches), policy)
        .units["change"]
        .value_counts()
        for name, plan in (("重新测算", fresh), ("沿用上季", kept))
    }
).fillna(0)
shown = [change for change in UNIT_CHANGES_SAID if change in counts.index and change != "kept"]
counts = counts.loc[shown[::-1]]
counts.index = [UNIT_CHANGES_SAID[change].zh for change in shown[::-1]]
counts.plot.barh(figsize=(8, 3.6), color=["#9aa5b1", "#2f6db3"])
plt.gca().spines[["top", "right"]].set_visible(False)
plt.xlabel("单位数")

# %%
shutil.rmtree(work)
