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
# 台账每季都变：有的单位注销，有的新来。重新测算可能把上季的建议全打乱；其实多数同伴不必换。
# 已批准的党支部一律锁定；尚未批准的建议，换一家牵头单位按 75 米计入考虑（测算参数，不进方案成本）。
# 清单里填过的岗位、时限、销账状态跟着事项走。数据为**虚构**演示区的两个乡镇。

# %%
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl

DEMO = Path("../data/boundaries/demo")
room = TemporaryDirectory(prefix="lxgeo-")
work = Path(room.name)
book = openpyxl.load_workbook(DEMO / "ledger.xlsx")
for sheet in set(book.sheetnames) - {"梧柳镇", "麦川镇"}:
    del book[sheet]
ledger = work / "两镇台账.xlsx"
book.save(ledger)

# %% [markdown]
# ## 两季台账
#
# 全部单位里，一季度还少 3%，二季度另有 3% 不在了。台账照原样，只是空出这些行。

# %%
from functools import partial

import numpy as np

from lxgeo.scenario import Scenario, check_ledger

SHARE = 0.03
quarter = partial(Scenario, areas=DEMO, effort="fast")
rows = check_ledger(quarter(ledger)).ledger["row"]
drawn = np.random.default_rng(1).random(len(rows))


def without(name, gone):
    """Return the ledger saved with some rows left empty."""
    copy = openpyxl.load_workbook(ledger)
    for row in gone:
        sheet, _, number = row.rpartition("!")
        for cell in copy[sheet][int(number)]:
            cell.value = None
    copy.save(work / f"{name}.xlsx")
    return work / f"{name}.xlsx"


first = without("一季度", rows[drawn < SHARE])
second = without("二季度", rows[drawn >= 1 - SHARE])
new, gone = (drawn < SHARE).sum(), (drawn >= 1 - SHARE).sum()
print(f"一季度空出 {new} 行，二季度空出 {gone} 行")

# %% [markdown]
# ## 一季度
#
# 出方案，发下去；负责的同志在工作簿的任务清单里写下进度。

# %%
from lxgeo import plan_scenario
from lxgeo.scenario import publish_scenario

out = work / "outputs"
before = plan_scenario(quarter(first))
old = publish_scenario(before, out, "一季度").folder

lists = openpyxl.load_workbook(old / "plan.xlsx")
sheet = lists["任务清单"]
heads = {cell.value: cell.column for cell in sheet[3]}
for row in range(4, 10):
    sheet.cell(row, heads["备注"]).value = "已征求意见"
lists.save(old / "plan.xlsx")

# %% [markdown]
# ## 二季度：从头测算，和接着上季
#
# `previous` 是上季的方案文件夹，命令行用 `--previous` 给出。

# %%
import pandas as pd

from lxgeo.judge.changes import changes_between

fresh = plan_scenario(quarter(second))
kept = plan_scenario(quarter(second, previous=old))


def compared(planned):
    """Return what changed since the first quarter."""
    pair = (before.units, before.branches), (planned.units, planned.branches)
    return changes_between(*pair, planned.scenario.policy)


both = {"从头测算": compared(fresh), "接着上季": compared(kept)}
cost = [planned.evaluation.figures["plan_cost_m"] for planned in (fresh, kept)]
pd.DataFrame(
    {
        "重新组合的单位": [f"{each.regrouped:.1%}" for each in both.values()],
        "方案成本（米）": [f"{each:,.0f}" for each in cost],
        "比从头测算": [f"{each / cost[0] - 1:+.2%}" for each in cost],
    },
    index=list(both),
)

# %% [markdown]
# 有单位不在了或新来的党支部，同伴总要变一变；上面只数两季都在、却换了同伴的。
# 新增的比空出的行多一家：梧柳镇有一家的地址断在下一行，二季度空出了上一行，
# 剩下的半个地址就成了没有名称的一行，照样列出、待核。

# %%
import matplotlib.pyplot as plt

from lxgeo.publish.changes.words import UNIT_CHANGES_SAID
from lxgeo.publish.charts import chinese_font

plt.rcParams["font.family"] = [chinese_font() or "DejaVu Sans", "DejaVu Sans"]
counts = pd.DataFrame({name: each.units["change"].value_counts() for name, each in both.items()})
shown = [each for each in UNIT_CHANGES_SAID if each in counts.index and each != "kept"][::-1]
counts = counts.fillna(0).loc[shown]
counts.index = [UNIT_CHANGES_SAID[each].zh for each in shown]
counts.plot.barh(figsize=(8, 3.6), color=["#9aa5b1", "#2f6db3"])
plt.gca().spines[["top", "right"]].set_visible(False)
plt.xlabel("单位数")
plt.show()
# %% [markdown]
# ## 批准了的，锁定
#
# 上季建议的党支部批准了两个：写在批准名单里（命令行 `--approved`），这一季起是已建，一家不动。

# %%
joint = (before.branches["outcome"] == "joint") & (before.branches["status"] == "proposed")
names = before.branches.loc[joint, "name"].iloc[:2]
approved = work / "已批准.txt"
approved.write_text("\n".join(names), encoding="utf-8")

settled = plan_scenario(quarter(second, previous=old, approved=approved))
now = publish_scenario(settled, out, "二季度").folder
settled.branches.loc[settled.branches["name"].isin(names), ["name", "status", "units"]]

# %% [markdown]
# ## 要告知谁
#
# `lxgeo diff` 写成工作簿：党支部变更、需告知的单位、按乡镇告知、单位自身的变化。

# %%
from lxgeo.scenario.difference import difference_of, write_difference


def read(path, sheet=0):
    """Return a list of a workbook: its heads stand in the third row."""
    return pd.read_excel(path, sheet, header=2, engine="openpyxl")


difference = difference_of(old, now)
write_difference(difference, work / "变更清单.xlsx")
read(work / "变更清单.xlsx", "单位变更")[["变化", "单位名称", "乡镇（街道）", "告知内容"]].head(6)

# %% [markdown]
# ## 写过的还在
#
# 事项跟着单位走：党支部的成员变了，备注还在，并提醒“成员有变”；情况已了结的移到“上期事项”。

# %%
tasks = read(now / "plan.xlsx", "任务清单")
tasks[tasks["备注"] == "已征求意见"][["党组织（建议名称）", "销账", "备注", "上期"]]

# %%
ended = read(now / "plan.xlsx", "上期事项")
ended[["清单", "事项名称", "了结情况", "销账", "备注"]].head(6)

# %% [markdown]
# ## 一个党支部的来历
#
# 一期一个文件夹，就是一张快照；`lxgeo history` 按期读回。

# %%
from lxgeo.scenario.history import read_history

changed = difference.changes.branches
name = changed.loc[changed["change"] == "changed", "name"].iloc[0]
print("\n".join(read_history([old, now], branch=name).told()))

# %%
room.cleanup()
