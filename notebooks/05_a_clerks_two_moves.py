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
# # 五、乡镇组织委员改两家
#
# 方案发到乡镇，组织委员只看到本镇的单位。她熟悉情况，想调两家：一家并到隔壁镇的党支部，
# 一家换到本镇另一个党支部。规则不许的，说明为什么；许的，作为“人工调整”带回测算，照此重算。
# 数据为**虚构**演示区的两个乡镇。

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
# ## 发到乡镇的工作簿
#
# 每个乡镇一个工作簿，全部锁定，只有“意见”一列可以填。

# %%
import pandas as pd

from lxgeo import plan_scenario
from lxgeo.scenario import Scenario, publish_scenario


def read(path, sheet=0):
    """Return a list of a workbook: its heads stand in the third row."""
    return pd.read_excel(path, sheet, header=2, engine="openpyxl")


out = work / "outputs"
before = plan_scenario(Scenario(ledger, DEMO))
old = publish_scenario(before, out, "征求意见").folder
hers = read(old / "townships" / "梧柳镇.xlsx")
hers.loc[
    hers["结果"] == "联合组建", ["单位名称", "正式党员", "党支部", "到牵头单位距离（m）"]
].head()

# %% [markdown]
# ## 她要调的两家
#
# 甲：离麦川镇的一个党支部不远。乙：所在的党支部少了它仍够三名，几百米外有个还不满五家的。

# %%
policy = before.scenario.policy
branches = before.branches.set_index("branch_id")
joint = before.units[before.units["outcome"] == "joint"].to_crs(4547).set_index("unit_id")
at = branches.to_crs(4547).geometry
own = joint[(joint["township"] == "梧柳镇") & ~joint["is_host"]]
open_ = (branches["outcome"] == "joint") & (branches["units"] < policy.joint_max_units)
here = branches["jurisdiction"] == own["jurisdiction"].iloc[0]
there = branches["approver"].str.contains("麦川镇")
APART_M = 150


def nearest(units, targets):
    """Return the unit and the branch of others that lie nearest, 150 m apart or more."""
    far = {
        (unit, branch): metres
        for unit in units.index
        for branch in targets.index
        if (metres := units.geometry[unit].distance(at[branch])) >= APART_M
        and branch != units["branch_id"][unit]
    }
    return min(far, key=far.get)


whole = own["branch_id"].map(branches["full_members"]) - own["full_members"]
companions = own["branch_id"].map(branches["units"]) - 2
jia, abroad = nearest(own, branches[open_ & there])
may_go = (whole >= policy.joint_min_full) & (companions > 0) & (own.index != jia)
yi, near = nearest(own[may_go], branches[open_ & here])
called = joint["name"]
for who, unit, branch in (("甲", jia, abroad), ("乙", yi, near)):
    print(f"{who}：{called[unit]}，并入 {branches['name'][branch]}")

# %% [markdown]
# 她在黄色一列写下来，发回县里。县里读到的是话，不会自动照办：

# %%
back = work / "意见"
back.mkdir()
sheet = openpyxl.load_workbook(old / "townships" / "梧柳镇.xlsx")
heads = [cell.value for cell in sheet.active[3]]
wishes = {unit: f"并入{branches['name'][branch]}" for unit, branch in ((jia, abroad), (yi, near))}
for row in sheet.active.iter_rows(min_row=4):
    unit = row[heads.index("单位编号（勿改）")].value
    if unit in wishes:
        row[heads.index("意见（填写）")].value = wishes[unit]
sheet.save(back / "梧柳镇.xlsx")

# %% [markdown]
# ## 写成人工调整
#
# 县里采纳来试：每家与那个党支部的牵头单位“同组”，写明岗位和理由。
# 地图上拖动后“保存调整”，得到的是同样的文件。

# %%
pins = work / "调整.csv"
table = pd.DataFrame(
    {
        "单位编号": [jia, yi],
        "操作": "同组",
        "对方编号": [branches["host_id"][abroad], branches["host_id"][near]],
        "理由": ["离得近", "同一条街，平时一起活动"],
        "经办岗位": "梧柳镇组织委员",
        "时间": "2026-11-22",
    }
)
table.to_csv(pins, index=False, encoding="utf-8-sig")
after = plan_scenario(Scenario(ledger, DEMO, pins=pins, previous=old, opinions=back))
new = publish_scenario(after, out, "调整后").folder

# %%
for each in after.plan.pins.refused:
    print(f"未采纳　{after.names[each.pin.unit_id]}：{each.why.zh}")
for pin in after.plan.pins.kept:
    print(f"已采纳　{after.names[pin.unit_id]}：{pin.action.said.zh} {after.names[pin.other_id]}")

# %% [markdown]
# 采纳的写进 `pins.json` 和工作簿“人工调整”表，带着岗位、理由、时间；下一季度接着用。
# 她的话在“乡镇意见”表里，旁边是这次的结果。

# %%
read(new / "plan.xlsx", "乡镇意见")[["单位名称", "意见", "本次结果", "本次党支部", "怎么办"]]

# %% [markdown]
# ## 改了什么
#
# 其余的尽量不动；它离开的党支部要重新配够三名，附近跟着动了几家。多出来的代价也写明。

# %%
from lxgeo.scenario.difference import difference_of

difference = difference_of(old, new)
changes = difference.changes.branches
print(f"方案成本 {difference.cost_before_m:,.0f} 米 → {difference.cost_after_m:,.0f} 米")
moved = changes["came"].notna() | changes["went"].notna()
changes.loc[moved, ["name", "became", "kept_units", "came", "went"]]

# %%
import matplotlib.pyplot as plt

from lxgeo.publish.charts import chinese_font
from lxgeo.publish.gis.layers import links

plt.rcParams["font.family"] = [chinese_font() or "DejaVu Sans", "DejaVu Sans"]
figure, pair = plt.subplots(1, 2, figsize=(10, 5), sharex=True, sharey=True)
shown = []
for axes, planned, title in ((pair[0], before, "调整前"), (pair[1], after, "调整后")):
    units = planned.units[planned.units.geometry.notna()].to_crs(4547)
    with_it = units[units["unit_id"] == yi]["branch_id"].iloc[0]
    lines = links(planned.units, planned.branches).to_crs(4547)
    red = lines[lines["branch_id"] == with_it]
    units.plot(ax=axes, color="#c7ccd4", markersize=10)
    lines.plot(ax=axes, color="#9aa5b1", linewidth=0.8)
    red.plot(ax=axes, color="#c0392b", linewidth=1.6)
    units[units["outcome"] == "joint"].plot(ax=axes, color="#2f6db3", markersize=26)
    units[units["branch_id"] == with_it].plot(ax=axes, color="#c0392b", markersize=36)
    units[units["unit_id"] == yi].plot(ax=axes, color="#c0392b", markersize=110, marker="*")
    shown.append(red)
    axes.set_title(title)
    axes.set_axis_off()
west, south, east, north = pd.concat(shown).total_bounds
pair[0].set_xlim(west - 250, east + 250)
pair[0].set_ylim(south - 250, north + 250)
figure.suptitle(f"星：{called[yi]}；红：它所在的党支部")
plt.show()
# %%
room.cleanup()
