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
# # 一、从台账到地图
#
# 一份台账、一个放着乡镇图层的文件夹，得出：每家单位该怎么办、哪几家宜联合建党支部、还差多少，
# 并出一张地图。
# 这里用随附的**虚构**演示区；为求快，只取其中两个乡镇。测算结果是建议，以党委审批为准。

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
# ## 读台账
#
# 标题行、合并单元格、各式表头都照原样读；读到了什么、没读什么，逐表说明。只用到**每家单位的人数**，
# 涉及个人的列不读入。

# %%
from lxgeo.scenario import Scenario, check_ledger

scenario = Scenario(ledger, DEMO)
intake = check_ledger(scenario)
for sheet in intake.report.sheets:
    print(f"{sheet.sheet}：{sheet.units} 家单位，识别出 {len(sheet.mapped)} 列")
intake.ledger[["name", "address", "full_members", "staff"]].head()

# %% [markdown]
# ## 测算
#
# 依次是定位、研判、测算、评估。`plan` 是方案，`evaluation` 是它的各项数字。

# %%
from lxgeo import plan_scenario

planned = plan_scenario(scenario)
planned.evaluation

# %% [markdown]
# 每家单位都有且只有一个结果，并附理由：

# %%
from lxgeo import Outcome, text

counts = planned.units["outcome"].value_counts()
counts.rename(lambda code: text.label(Outcome(code), "zh"))

# %%
joint = planned.units[planned.units["outcome"] == "joint"]
joint[["name", "full_members", "distance_m", "reason"]].head(8)

# %% [markdown]
# ## 看一眼
#
# 灰点是全部单位，彩色的是建议联合的单位，线连到牵头单位。

# %%
import matplotlib.pyplot as plt

from lxgeo.publish.charts import chinese_font
from lxgeo.publish.gis.layers import links

plt.rcParams["font.family"] = [chinese_font() or "DejaVu Sans", "DejaVu Sans"]
units = planned.units[planned.units.geometry.notna()]
figure, axes = plt.subplots(figsize=(6, 8))
towns = planned.areas.townships
here = towns[towns["id"].isin(planned.units["township_id"])]
here.boundary.plot(ax=axes, color="#9aa5b1", linewidth=0.8)
units.plot(ax=axes, color="#c7ccd4", markersize=4)
links(planned.units, planned.branches).plot(ax=axes, color="#2f6db3", linewidth=0.8)
units[units["outcome"] == "joint"].plot(ax=axes, color="#2f6db3", markersize=9)
left_out = units[units["outcome"] == "left_out"]
if len(left_out):
    left_out.plot(ax=axes, color="#c0392b", markersize=14, marker="x")
axes.set_title(f"建议的联合党支部（未能纳入 {len(left_out)} 家，红叉）")
axes.set_axis_off()

# %% [markdown]
# ## 出成果
#
# 一次写出离线地图、清单、GIS 图层；`lxgeo verify` 会独立核验一遍。

# %%
from lxgeo.scenario import publish_scenario, verify_run

published = publish_scenario(planned, work / "outputs", "两镇")
for path in sorted(published.folder.iterdir()):
    print(path.name)
verdict = verify_run(published.folder)
print("地图：", published.map_page.name, "　核验不符：", len(verdict.breaches), "处")

# %%
room.cleanup()
