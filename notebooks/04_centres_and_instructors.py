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
# # 四、党群服务中心与指导员
#
# 方案定了，还要问：服务中心设在哪里，大家走得最少？无党员的单位和新建的联合党支部，各由谁联系？
# 数据为**虚构**演示区的三个乡镇。

# %%
import shutil
import tempfile
from pathlib import Path

import openpyxl

DEMO = Path("../data/boundaries/demo")
TOWNS = ("梧柳镇", "麦川镇", "雁塘镇")

work = Path(tempfile.mkdtemp(prefix="lxgeo-"))
areas = work / "areas"
areas.mkdir()
for layer in DEMO.glob("*.geojson"):
    shutil.copy(layer, areas)
book = openpyxl.load_workbook(DEMO / "ledger.xlsx")
for sheet in book.sheetnames:
    if sheet not in TOWNS:
        del book[sheet]
ledger = work / "三镇台账.xlsx"
book.save(ledger)

from lxgeo.scenario import Scenario, plan_scenario, publish_scenario

run = publish_scenario(plan_scenario(Scenario(ledger, areas, effort="fast")), work, "三镇").folder

# %% [markdown]
# ## 设几个中心
#
# 每多设一个，平均路程都短一些，但越来越少。每个点都是**证明过的最优**：不存在更好的选址。
# 路程沿路网步行计（给出道路文件时），否则按直线的 1.3 倍估算。

# %%
from lxgeo.scenario.centres import Wanted, site_centres

found = {count: site_centres(run, Wanted(centres=count, areas=areas)) for count in range(1, 7)}
members = int(found[1].served["members"].sum())
mean = {count: each.siting.value / members for count, each in found.items()}
for count, each in found.items():
    print(f"{count} 个中心：平均 {mean[count]:,.0f} 米，与最优的差距 {each.siting.gap:.2%}")

# %%
import matplotlib.pyplot as plt

from lxgeo.publish.charts import chinese_font

plt.rcParams["font.family"] = [chinese_font() or "DejaVu Sans", "DejaVu Sans"]
figure, axes = plt.subplots(figsize=(7, 3.6))
axes.plot(list(mean), list(mean.values()), marker="o", color="#2f6db3")
axes.set_xlabel("中心个数")
axes.set_ylabel("每名党员平均路程（米）")
axes.set_ylim(bottom=0)
axes.spines[["top", "right"]].set_visible(False)

# %% [markdown]
# ## 步行半小时
#
# 换个问法：要让附近有地点可用的党员都在步行半小时内，最少几个？

# %%
near = site_centres(run, Wanted(walk_min=30, areas=areas))
for words in near.told:
    print(words.zh)
near.centres[["name", "place", "units", "members", "mean_m", "longest_m"]]

# %% [markdown]
# ## 指导员、联络员
#
# 每个无党员单位、每个联合党支部都有人联系；各乡镇用人最少，每人不超过限数，路尽量短。

# %%
from lxgeo.scenario.instructing import assign_instructors

sent = assign_instructors(run, 20)
for words in sent.told:
    print(words.zh)
sent.instructors[["name", "posts", "mean_m", "longest_m", "tour_m"]].round(0).head(10)

# %%
figure, axes = plt.subplots(figsize=(8, 5.5))
here = sent.posts[sent.posts.geometry.notna()]
codes = here["instructor_id"].astype("category").cat.codes
here.plot(ax=axes, c=codes % 10, cmap="tab10", markersize=10)
seats = sent.instructors[sent.instructors.geometry.notna()]
seats.plot(ax=axes, color="black", marker="^", markersize=46)
axes.set_title("一种颜色一名指导员；三角是他所联系单位的中心")
axes.set_axis_off()

# %%
shutil.rmtree(work)
