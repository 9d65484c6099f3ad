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
# # 六、“距最优不超过”是怎样证明的
#
# 方案总要回答一句：还有没有更好的？测算不仅给出方案，还给出一个**下界**：
# 任何合规的方案都不会低于它。
# 两者之差就是差距。下面用十二家虚构单位，把下界从头算一遍，再把所有可能的党支部逐个列出来核对。

# %%
import geopandas as gpd
import numpy as np
import pandas as pd

from lxgeo import Policy
from lxgeo.tables import CRS, EXISTING, TRIAGED

random = np.random.default_rng(7)
count = 12
lon, lat = 105 + random.uniform(0, 0.012, count), 38 + random.uniform(0, 0.009, count)
rows = pd.DataFrame(
    {
        "unit_id": [f"U{i:02d}" for i in range(count)],
        "row": [f"一!{i + 2}" for i in range(count)],
        "name": [f"第{i + 1}家" for i in range(count)],
        "operating_status": "operating",
        "precision": "given",
        "findings": [()] * count,
        "full_members": random.integers(1, 3, count),
        "industry_code": random.choice(["C3912", "C3911", "I6510", "F5211"], count),
        "lon": lon.round(7),
        "lat": lat.round(7),
        "jurisdiction": "township:1|territorial",
        "approver": "甲街道党工委",
        "max_distance_m": 1200.0,
    }
)
points = gpd.points_from_xy(rows["lon"], rows["lat"])
units = TRIAGED.shaped(gpd.GeoDataFrame(rows, geometry=points, crs=CRS))
nobody = EXISTING.shaped(gpd.GeoDataFrame(geometry=[], crs=CRS))
policy = Policy()

# %% [markdown]
# ## 方案

# %%
from lxgeo import propose

plan = propose(units, nobody, policy)
(region,) = plan.regions
print(f"成本 {region.cost_m:,.2f} 米，下界 {region.bound_m:,.2f} 米，差距 {region.gap:.2%}")
plan.branches[["name", "units", "full_members", "span_m", "cost_m"]]

# %% [markdown]
# ## 给每家单位一个“身价”
#
# 设想每家单位愿为有处可去付一笔钱，不超过“未纳入”的代价。若**没有任何一个**合规的党支部，
# 其成本低于成员身价之和，那么任何方案都至少要花掉全部身价之和：这就是下界。
# 若某个党支部便宜了，就从下界里扣掉，仍然成立。求下界，就是调身价，让它尽量高。

# %%
from lxgeo.decide.proof.bound import prove
from lxgeo.decide.proof.exact import partition_all
from lxgeo.decide.regions.region import regions_of

(part,) = regions_of(units, nobody, policy)
best = partition_all(part.instance)
steps = (1, 5, 20, 100, 400, 800)
bounds = {n: prove(part.instance, best, lambda: False, n) for n in steps}
{n: round(each.cm / 100, 2) for n, each in bounds.items()}

# %%
import matplotlib.pyplot as plt

from lxgeo.publish.charts import chinese_font

plt.rcParams["font.family"] = [chinese_font() or "DejaVu Sans", "DejaVu Sans"]
figure, axes = plt.subplots(figsize=(7, 3.6))
axes.plot(steps, [bounds[n].cm / 100 for n in steps], marker="o", color="#2f6db3", label="下界")
axes.axhline(best.cm / 100, color="#c0392b", label="方案成本")
axes.set_xscale("log")
axes.set_xlabel("调身价的步数")
axes.set_ylabel("米")
axes.legend(frameon=False)
axes.spines[["top", "right"]].set_visible(False)

# %% [markdown]
# ## 逐个核对
#
# 十二家单位，两家到五家一组，共一千五百多种，各由其中一家牵头。
# 每一种合规的，都按规则重算一遍成本，与成员身价之和相比：
# 以同一家为牵头单位的，至多便宜下界里已经扣掉的那么多。没有一个例外。

# %%
from itertools import combinations

from lxgeo.decide.regions.instance import FAR, star_cm

bound = bounds[800]
slack = []
for size in range(2, policy.joint_max_units + 1):
    for some in combinations(range(count), size):
        for host in some:
            under = np.array([each for each in some if each != host], dtype=np.int32)
            cost = star_cm(part.instance, host, under)
            if cost < FAR:
                reduced = cost - int(bound.worth[list(some)].sum())
                slack.append(reduced - min(0, int(bound.least[host])))
below = sum(each < 0 for each in slack)
print(f"合规的组合（连同由谁牵头） {len(slack)} 个，低于下界所许的：{below} 个")

# %%
figure, axes = plt.subplots(figsize=(7, 3.2))
axes.hist(np.array(slack) / 100, bins=40, color="#9aa5b1")
axes.axvline(0, color="#c0392b")
axes.set_xlabel("成本比身价之和高出多少（米）；红线左边不许有")
axes.set_ylabel("组合数")
axes.spines[["top", "right"]].set_visible(False)

# %% [markdown]
# 剩下的差距，小片区用穷举或动态规划补齐，大片区加割平面再收紧。无论走哪条路，写进 `summary.json` 的
# 下界都对**全部**合规方案成立，不只对试过的那些。
