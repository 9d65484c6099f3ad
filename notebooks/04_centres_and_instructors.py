# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#       format_version: '1.3'
#       jupytext_version: 1.19.6
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
for layer in (*DEMO.glob("*.geojson"), *DEMO.glob("roads*")):
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
# ## 走五分钟、十分钟、十五分钟到得了哪里
#
# `publish_centres` 写出清单、图层和一张地图：中心、各自的服务范围和步行范围。步行范围沿道路算，
# 被道路围住的街区也算在内；没有路网时是圆，按直线估算，并写明。下面画三个中心的情形。

# %%
from lxgeo.scenario.centre_walks import walks_of
from lxgeo.scenario.centres import publish_centres

publish_centres(run, found[3])
walks = walks_of(found[3].centres, found[3].roads)
print("沿路网" if walks["by_road"].all() else "没有路网，按直线估算")

import geopandas as gpd

towns = gpd.read_file(areas / "townships.geojson").query("name in @TOWNS")
units = gpd.read_file(run / "units.geojson")
shades = {15: "#d6e6f4", 10: "#8fbbd9", 5: "#2f6db3"}
figure, panels = plt.subplots(1, 3, figsize=(11, 4.2))
for axes, (_, centre) in zip(panels, found[3].centres.iterrows(), strict=True):
    mine = walks[walks["centre_id"] == centre["centre_id"]]
    towns.plot(ax=axes, color="#f6f7f8", edgecolor="#9aa5b1")
    mine.plot(ax=axes, color=mine["minutes"].map(shades), edgecolor="white", linewidth=0.4)
    units.plot(ax=axes, color="#1f2937", markersize=4, zorder=3)
    axes.plot(centre.geometry.x, centre.geometry.y, marker="v", color="#c0392b", zorder=4)
    west, south, east, north = mine.total_bounds
    axes.set_xlim(west, east)
    axes.set_ylim(south, north)
    axes.set_title(centre["name"], fontsize=10)
    axes.set_axis_off()
figure.suptitle("步行 5、10、15 分钟（深到浅）；黑点是单位", fontsize=11)

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
# 台账写明已派的、上次已派的（给出上次方案时）照样列出，并标明。

# %%
from lxgeo.scenario.instructing import assign_instructors

sent = assign_instructors(run, 20)
for words in sent.told:
    print(words.zh)
shown = ["name", "posts", "units", "branches", "mean_m", "longest_m", "tour_m", "light", "far"]
sent.instructors[shown].round(0).head(10)

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
