"""Numbers and what they count: 3号, 12幢, 二单元, 负一层, 12F, A座, 12-3-401."""

from __future__ import annotations

from typing import Final

from lxgeo.locate.lattice.labels import NAT_A_CHARACTER, shares, words

_UNITS: Final = {
    "号": "roadno .8 houseno|cellno|roomno .12",
    "号院": "roadno .01 houseno .005",
    "幢|栋": "houseno .3",
    "号楼": "houseno .15",
    "座": "houseno .08",
    "号栋|号幢|排": "houseno .01",
    "栋楼": "houseno .003",
    "撞|号库": "houseno .002",
    "#": "houseno .01 roomno .005",
    "#楼|号厂房": "houseno .005",
    "单元": "cellno .5",
    "门洞|梯": "cellno .01",
    "号门": "subpoi .01",
    "楼": "floorno .85",
    "层": "floorno .12",
    "F": "floorno .03",
    "f": "floorno .01",
    "楼层": "floorno .001",
    "室": "roomno .3",
    "房": "roomno .02",
    "号房": "roomno .01",
    "号门面": "roomno .004",
    "房间|号店|号商铺": "roomno .003",
    "号铺|铺|户": "roomno .002",
    "门面": "roomno .001",
    "弄": "roadno .2 lane .03",
    "巷": "lane .05 road .005",
    "支弄": "lane .01",
    "组": "group .5",
    "队|村民小组": "group .05",
    "社": "group .02",
    "期": "subpoi .06",
    "区": "subpoi .1 poi .005",
    "苑|组团": "subpoi .01",
    "园": "subpoi .005",
    "车间|馆|门": "subpoi .003",
    "街": "cellno .02 road|lane .01",
    "路": "road .05",
    "号路|号大街|国道|省道|县道|乡道": "road .02",
    "大街": "road .01",
    "村": "community .01",
    "号桥": "beside .001",
    "米": "beside .02",
}
BARE: Final = shares("roomno .5 houseno|cellno .3 roadno .1 noise .02 subpoi .002 floorno .0005")
"""What a number is that counts nothing by its looks."""

LETTER_UNITS: Final = {
    "座": ("houseno", 5.5),
    "栋": ("houseno", 6.0),
    "幢": ("houseno", 6.0),
    "楼": ("houseno", 4.5),
    "区": ("subpoi", 6.0),
    "馆": ("subpoi", 3.0),
    "单元": ("cellno", 12.0),
    "室": ("roomno", 5.0),
    "门": ("subpoi", 3.0),
    "组团": ("subpoi", 9.0),
    "园": ("subpoi", 3.0),
    "苑": ("subpoi", 3.0),
}
"""What A座, 东楼, B区 are, and what they earn."""

DIGITS_COST: Final = {
    "houseno": (0, -1.2, -0.9, -1.6, -4, -6, -7),
    "cellno": (0, -0.4, -1.5, -5, -7, -8, -9),
    "roomno": (0, -4, -3.2, -0.9, -0.8, -2.6, -3.5),
    "roadno": (0, -1.6, -1.3, -1, -1.7, -5, -8),
}
"""What a number of so many digits costs: rooms have three or four, blocks one or two."""

BESIDE_WORDS: Final = words("""
    对面 跟 旁边 附近 隔壁 旁 东侧 西侧 南侧 北侧 东南角 西南角 东北角 西北角 东北侧 西北侧 东南侧
    西南侧 往前 左边 右边 交汇 院内 区内 交叉口 交叉路口 三叉路口 十字路口 交汇处 交界处 口 内 后面
    前面 往东 往西 往南 往北 以东 以西 以南 以北 与 和 向东 向西 向南 向北 斜对面 正对面 楼下 楼上
    转角 拐角 入口 入口处 进去 对过 东边 西边 南边 北边 边上 后 前 门口 街上
    东段 西段 南段 北段 中段""")
NOISE_WORDS: Final = words("""
    电联 联系 转 收 谢谢 退货 退回 派件 请 到 送 同意自取 自提 代收 放 打电话 送货上门 无 的 家 处
    等""")
_SIDE = "东|西|南|北|尾 .002"
_CROSSING = "路口 .00003"
_SINGLE_COST = 2.5


def units() -> dict[str, list[tuple[str, float]]]:
    """Return for each unit the labels of what it counts, and what it earns."""
    return {
        unit: [
            (label, NAT_A_CHARACTER * len(unit) + share) for label, share in shares(table).items()
        ]
        for names, table in _UNITS.items()
        for unit in names.split("|")
    }


def asides() -> dict[str, list[tuple[str, float]]]:
    """Return words that stand between names, and what they earn: 对面, 旁边, 收."""
    found: dict[str, list[tuple[str, float]]] = {}
    table = shares(f"{'|'.join(BESIDE_WORDS)} .008 {_SIDE} {_CROSSING}")
    for word, share in table.items():
        gain = NAT_A_CHARACTER * len(word) + share - _SINGLE_COST * (len(word) == 1)
        found.setdefault(word, []).append(("beside", gain))
    for word, share in shares("|".join(NOISE_WORDS) + " .01").items():
        found.setdefault(word, []).append(("noise", NAT_A_CHARACTER * len(word) + share))
    return found
