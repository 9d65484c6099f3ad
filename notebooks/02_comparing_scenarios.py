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
# # 二、比较几个情景
#
# 一个支部最多几家？走多远算近？同行业要看多重？这些是测算参数，不是政策规定，宜多试几种再定。
# 单位只定位一次，各情景在同样的位置上测算，差别就只来自参数。数据为**虚构**演示区的两个乡镇。

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
# ## 情景
#
# 一个情景是一个名字，加上它改动的参数。写成 TOML 文件，命令行 `lxgeo compare` 也读它。

# %%
TEXTS = {
    "现行": "",
    "至多四家": "joint_max_units = 4",
    "更看行业": "trade_m = 900.0",
    "少看行业": "trade_m = 100.0",
    "不忌三人": "thin_m = 0.0",
}
files = []
for name, changed in TEXTS.items():
    path = work / f"{name}.toml"
    path.write_text(f'name = "{name}"\n[policy]\n{changed}\n', encoding="utf-8")
    files.append(path)

from lxgeo.read.scenarios import read_alternatives

alternatives = read_alternatives(files)
[each.name for each in alternatives]

# %%
from lxgeo import Scenario, compare

comparison = compare(Scenario(ledger, areas, effort="fast"), alternatives)

import pandas as pd

table = pd.DataFrame([each.figures for each in comparison.tried], index=list(TEXTS))
columns = {
    "joint_branches": "联合党支部",
    "covered": "编入单位",
    "left_out": "未纳入",
    "mean_distance_m": "平均路程",
    "p95_distance_m": "95%路程",
    "same_trade_share": "同行业",
    "thin_branches": "恰好三人",
    "gap": "距最优",
}
table[list(columns)].rename(columns=columns).round(3)

# %% [markdown]
# ## 只改一项，动了什么
#
# 两个情景只差一项参数，差别就是这一项的影响。同时改了几项的，分不清是谁的影响，会另外写明。

# %%
from lxgeo.scenario.comparing import publish_comparison

written = publish_comparison(comparison, work / "比较")
paths = {path.name: path for path in written.paths}

from IPython.display import Image

Image(filename=paths["sensitivity.png"], width=900)

# %% [markdown]
# ## 近与像
#
# 离得近和行业像，往往不能两全。红线上的情景互不占优：要更近，就得少像一点。

# %%
Image(filename=paths["front.png"], width=640)

# %%
Image(filename=paths["figures.png"], width=860)

# %% [markdown]
# ## 方案画在图上
#
# 每个情景一幅全区、一幅放大，范围和图例相同，可以直接放进报告。要自己挪动、放大，打开
# `compare.html`：左右各选一个情景，两幅地图一起动，下面是两边的指标和不同的参数，不用联网。

# %%
Image(filename=paths["maps.png"], width=900)

# %%
names = [each.name for each in comparison.tried]
apart = pd.DataFrame(comparison.apart, index=names, columns=names)
print("两两比较，结果或同伴不同的单位（家）")
apart

# %% [markdown]
# ## 哪些建议不随参数而变
#
# 稳定度为 1 的单位，不论哪个情景都与同样的单位在一起，可以放心先办；低的，值得坐下来商量。

# %%
stable = comparison.stability
print(f"{len(stable)} 家待编入单位，{(stable['stability'] == 1).sum()} 家同伴始终不变")
stable[["name", "township", "stability", "always_with"]].head(8)

# %%
shutil.rmtree(work)
