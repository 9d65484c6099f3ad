"""Names of a place that does not exist: streets, villages, buildings, brands.

All are coined for 云溪区 of 岚川市, which are on no map. A firm's name always leads with one of
the two, so that none can be taken for a real one.
"""

from __future__ import annotations


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


CITY_ROADS = (
    *("岚光大道", "溪云大道", "望川路", "新渠路", "溪山路", "临泉路", "云栖路", "松涛路", "银杏路"),
    *("锦绣路", "朝晖路", "听雨路", "南塘路", "北苑路"),
)
"""West to east streets of the city; the first few are its main roads."""
CITY_STREETS = (
    *("岚川大街", "文渊街", "鼓楼街", "望岚街", "汇通街", "春和街", "秋实街", "杏林街", "书院街"),
    *("青云街", "丰泽街", "玉泉街", "迎宾街", "石榴街"),
)
"""South to north streets of the city."""
TOWN_ROADS = ("大街", "民生路", "兴业路", "北苑路", "南苑路", "渠边路")
TOWN_STREETS = ("中街", "东街", "西街", "文昌街", "集市街", "粮站街")
"""A town's streets; its own word is put before them."""

VILLAGES = _words("""
    柳沟 沙枣 红崖 梨花 下滩 上滩 石井 双桥 青松 麻黄 马莲 苜蓿 芦草 板井 东湾
    西湾 大坪 小坪 甘泉 杏树 榆钱 胡麻 黄渠 白渠 盐湖 驼铃 古城 新民 丰收 和顺
    长流 三岔 羊圈 瓜园 枣园 碱滩 磨坊 砖窑 松山 阳坡 阴坡 水磨 石门 鹰嘴 风口
    草场 野狐 桦林 沙梁 月牙 骆驼 烽台 营盘 墩坪 石羊 清泉
""")
"""Villages of the country; 村 is put after them."""
COMMUNITIES = _words("""
    文渊 鼓楼 望岚 春和 秋实 杏林 书院 青云 丰泽 玉泉 锦绣 朝晖
""")
"""Neighbourhoods of the city; 社区 is put after them."""
BUILDINGS = _words("""
    创业 天澜 凌云 汇川 瑞禾 晨曦 金穗 溪望 云鼎 岚盛 远景 恒达 银河 翠屏 嘉和
    盛景 鸿图 博雅 同创 东升 华栖 丽景 佳润 泰和 万顺 星海 名仕 文汇 百川 锦程
    三江 望岳 新纪 和信 润泽 紫荆 隆兴 方圆 启明 金桥 长青 时代 聚贤 云顶 中盛
    鼎丰 观澜 福临 祥瑞 宏图 南洋 北辰 朗润 明珠 清晖 顺达 仁和 融汇 安泰 卓越
""")
"""Words that buildings are called by."""
BUILDING_KINDS = (
    *(("大厦", "楼"), ("商务中心", "商务"), ("广场", ""), ("国际中心", "国际")),
    *(("商厦", ""), ("写字楼", ""), ("综合楼", ""), ("商务楼", "")),
)
"""What a building is called, and what people shorten it to."""

_FIRST = "恒嘉瑞泽鸿盛祥润佳德启锦永昌汇丰源泰安达晟信诚卓越腾飞鼎立同和众合广益"
_SECOND = "源泰达祥盛荣和兴隆顺昌康宁通宇峰川林森海洋辰阳明辉华茂丰禾谷田远航拓锐"
BRANDS = tuple(a + b for a in _FIRST for b in _SECOND if a != b)
"""Two-character brands of firms."""

PEOPLE = ("甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸")
"""Contact persons are 某甲, 某乙 …: no one's name."""
