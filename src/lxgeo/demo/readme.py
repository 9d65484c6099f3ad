"""What the district's folder says of itself."""

from __future__ import annotations

from lxgeo.demo.between import BETWEEN_ROWS
from lxgeo.demo.traps import TRAPS

_HEAD = """\
# 岚川市云溪区（虚构）

本目录全部为虚构演示数据：区划、地名、道路、楼宇、单位、人数、信用代码、联系人均由程序生成，
不对应任何真实的地方、单位或个人，也不得作为任何真实区域的地图使用。位置选在东经 104.0°、
北纬 38.6° 附近的空旷荒漠，只为让坐标换算（GCJ-02）有意义。

生成方式：`lxgeo demo`（种子 {seed}）。同一版本、同一种子，结果逐字节相同；请勿手工修改。

| 文件 | 内容 |
|---|---|
| `townships.geojson` | 12 个街道、镇、乡，铺满全区，无缝隙、不重叠；`kind` 为地形类别 |
| `parks.geojson` | 8 个产业园区，其中 2 个设党工委，1 个横跨两个乡镇 |
| `buildings.geojson` | 60 幢商务楼宇的轮廓，含地址与别名（别名以 `;` 分隔） |
| `villages.geojson` | 村与社区 |
| `branches.geojson` | 60 个已建党组织（joint 联合、standalone 单独） |
| `venues.geojson` | 党群服务中心 |
| `barriers.geojson` | 一条河、一条高速公路，在道路跨越处断开：两岸只能由此步行往来 |
| `roads.osm` | 道路网（OSM XML，编号只在本文件内有效） |
| `gazetteer.csv` | 地名库：普查到的部分门牌、楼宇和机构；百分之一的门牌号有误，少数坐标为 GCJ-02 |
| `ledger.xlsx` | 台账：12 个乡镇工作表、行业主管部门表、隐藏的待补录表和字典，共 3,000 行单位 |
| `truth.csv` | 每行单位的真实情况，只供测试核对，程序测算时不读 |
| `truth_other_rows.csv` | 台账其余各行是什么（标题、表头、小计、页脚……） |

坐标均为 WGS 84（EPSG:4326），经度在前；台账中的坐标按各行“坐标系”一栏。

云溪区、岚川市及其下属一切名称都是生造的，不要改成真实地名；“联系人”“联系电话”两栏只有“某甲”
和以 1000000 开头的号码，不是任何人，程序也不读入。

## truth.csv

`lon`、`lat` 与各区域编号是单位真正所在之处；`site` 是所在类型；`tells` 是凭该行坐标或地址
最细能定到哪一级；人数、地址、状态等是细心的人读该行所能知道的（未填、读不出的为空）；
`duplicate_of` 指首次出现的行。`trap` 是该行有意埋设的毛病，空为无，至少 85% 的行没有毛病；
`pattern` 是毛病的编号（见 `docs/ledgers.md`，0 为表后补充的写法）；`flag` 为 true 的，细心的人
必须就 `flag_field` 所列各栏提出疑问，`flag_at` 说明在哪里看得出（`read` 该行的内容、`report`
工作表的批注和颜色、`locate` 定位时、`triage` 对照规则与已建党组织时）；`repair_field` 所列各栏
写法不规范但只有一种读法，应读出并留痕。

读台账与本文件的比对：`python benchmarks/demo_truth.py`。

| 编号 | trap | 毛病 | 行数 | 须提出疑问 | 应留痕 |
|---|---|---|---|---|---|
"""

_LAYOUT = """
以下各种写法不在某一行，而在整张工作表：

| 编号 | 写法 | 何处 |
|---|---|---|
| 1 | 表头之上有合并的标题行、填报单位行 | 各表 |
| 2 | 两级表头；三级表头 | 各表；麦川镇 |
| 3 | 列名中有换行、空格 | 溪云街道、雁塘镇、苇湖乡 |
| 4 | 列名带单位、括注 | 同上 |
| 5 | 列名用同义词；用繁体字 | 望川街道、梧柳镇、石崖乡；砚池镇 |
| 6 | 注册地址、经营地址两栏 | 梧柳镇 |
| 7 | 表中重复表头 | 新渠街道、沙棘镇、云岭乡 |
| 8 | 小计、合计行；一处小计有误 | 各表；沙棘镇 |
| 9 | 填表人、审核人、注 | 各表 |
| 10 | 分类标题行 | 溪云街道、雁塘镇、苇湖乡 |
| 11 | 街道、楼宇名称向下合并 | 岚光街道 |
| 22 | 只有党员数一栏 | 行业主管部门 |
| 33 | 以“流动党员数”代替“组织关系已转入” | 梧柳镇 |
| 35、36、38 | 地址缺省市区、只写楼宇或园区、楼层房号多种写法 | 各表 |
| 46 | 隐藏的工作表；隐藏的列、筛选 | 待补录、字典；苇湖乡 |
| 46 | 小计为公式；小计为没有算出值的公式 | 雁塘镇；石崖乡 |
| 0 | 序号重新起编；印章盖在单元格上 | 沙棘镇；岚光街道 |

没有埋设的：45（文件格式：一本工作簿只能是一种格式）。台账表后所列的印章以文本框代替。
"""


def readme(seed: int) -> str:
    """Return the README of a district's folder.

    Parameters
    ----------
    seed
        What the district was made from.
    """
    lines = [
        f"| {trap.pattern} | `{trap.name}` | {trap.zh} | {trap.rows} | {_names(trap.flag)} "
        f"| {_names(trap.repair)} |"
        for trap in TRAPS
    ]
    lines += [
        f"| {wrong.pattern} | `{name}` | {wrong.zh} | | {_names(wrong.flag)} | |"
        for name, wrong in BETWEEN_ROWS.items()
    ]
    return _HEAD.format(seed=seed) + "\n".join(lines) + "\n" + _LAYOUT


def _names(fields: tuple[str, ...]) -> str:
    return "、".join(f"`{name}`" for name in fields)
