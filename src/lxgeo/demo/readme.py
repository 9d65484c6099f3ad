"""What the district's folder says of itself."""

from __future__ import annotations

from lxgeo.demo.traps import BETWEEN_ROWS, TRAPS

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
| `roads.osm` | 道路网（OSM XML，编号只在本文件内有效） |
| `ledger.xlsx` | 台账：12 个工作表、3,000 行单位，标题、两级表头、小计合计、页脚俱全 |
| `truth.csv` | 每行单位的真实情况，只供测试核对，程序测算时不读 |
| `truth_other_rows.csv` | 台账其余各行是什么（标题、表头、小计、页脚……） |

坐标均为 WGS 84（EPSG:4326），经度在前；台账中的坐标按各行“坐标系”一栏。

## truth.csv

`lon`、`lat` 与各区域编号是单位真正所在之处；`site` 是所在类型；`tells` 是凭该行坐标或地址
最细能定到哪一级；人数是细心的人读该行所能知道的（未填、读不出的为空）；`duplicate_of` 指
首次出现的行；`trap` 是该行有意埋设的毛病，空为无：

| trap | 毛病 | 行数 |
|---|---|---|
"""


def readme(seed: int) -> str:
    """Return the README of a district's folder.

    Parameters
    ----------
    seed
        What the district was made from.
    """
    rows = [f"| `{trap.name}` | {trap.zh} | {trap.rows} |" for trap in TRAPS]
    rows += [f"| `{name}` | {zh} | |" for name, zh in BETWEEN_ROWS.items()]
    return _HEAD.format(seed=seed) + "\n".join(rows) + "\n"
