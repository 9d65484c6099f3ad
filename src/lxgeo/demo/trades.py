"""The trades of a district: GB/T 4754-2017 classes that its firms have, and where they sit."""

from __future__ import annotations

from dataclasses import dataclass

COMPANY, SHOP, COOPERATIVE = "非公企业", "个体工商户", "农民专业合作社"
ASSOCIATION, SERVICE = "社会团体", "民办非企业单位"
LAW_FIRM, ACCOUNTANTS = "律师事务所", "会计师事务所"

SOCIAL = frozenset({ASSOCIATION, SERVICE, LAW_FIRM, ACCOUNTANTS})
"""Kinds that count as social organisations (intermediaries included)."""


@dataclass(frozen=True)
class Trade:
    """A class of GB/T 4754-2017 as it is met in the district.

    Parameters
    ----------
    code
        Section letter and four digits.
    words
        What a unit of this trade calls itself, after its brand.
    kind
        The kind of unit.
    sites
        Where it sits: any of ``park``, ``building``, ``street``, ``village``.
    weight
        How common it is.
    """

    code: str
    words: tuple[str, ...]
    kind: str
    sites: tuple[str, ...]
    weight: float = 1.0


def _trades(kind: str, sites: str, *listed: str) -> tuple[Trade, ...]:
    """Return trades written as ``code words weight``, words joined by a slash."""
    made = []
    for line in listed:
        code, words, *weight = line.split()
        share = float(weight[0]) if weight else 1.0
        made.append(Trade(code, tuple(words.split("/")), kind, tuple(sites.split()), share))
    return tuple(made)


TRADES: tuple[Trade, ...] = (
    *_trades(
        *(COMPANY, "park"),
        "C1371 蔬菜食品/脱水蔬菜",
        "C1373 果业/果品加工",
        "C1411 食品/烘焙食品 1.5",
        "C1530 茶业 0.5",
        "C2110 家具/木业",
        "C2231 包装/纸制品 1.5",
        "C2319 印务/彩印",
        "C2669 精细化工/化学材料",
        "C2710 原料药/药业",
        "C2730 中药饮片/药材",
        "C2740 制药/中药",
        "C2770 卫生材料/医用敷料",
        "C2929 塑业/塑胶制品 1.5",
        "C3021 水泥制品/建材构件",
        "C3311 钢结构/金属结构 1.5",
        "C3441 泵业/流体设备",
        "C3484 机械/机械配件/精工 3",
        "C3525 模具 1.5",
        "C3572 农机/农业装备",
        "C3670 汽车零部件/汽配 2",
        "C3831 线缆/电缆",
        "C3872 照明科技/灯饰",
        "C3912 电子/计算机配件 2",
        "C3976 光电/光电子",
        "C3983 传感技术/传感器",
        "C4011 自动化/智能控制 1.5",
        "C4350 电气维修",
        "D4415 风电/新能源 0.7",
        "N7724 环保技术/环境治理 0.7",
    ),
    *_trades(
        *(COMPANY, "park building"),
        "G5431 物流/运输 3",
        "G5821 货运代理/国际货代",
        "G5990 仓储/仓储服务",
        "M7320 技术研究/科技研发",
        "M7452 检测技术/检验检测",
        "L7221 园区运营/产业服务 0.7",
    ),
    *_trades(
        *(COMPANY, "building"),
        "I6513 软件/信息技术/网络科技 4",
        "I6531 系统集成/信息工程 2",
        "I6550 数据科技/数据服务 1.5",
        "I6571 地理信息/测绘科技",
        "F5292 电子商务/网络商贸 2",
        "F5193 供应链/网络贸易",
        "L7212 投资管理/资产管理 1.5",
        "L7243 管理咨询/企业咨询 2",
        "L7259 广告/文化传媒 2.5",
        "L7262 人力资源 1.5",
        "L7284 会展服务/文化展览",
        "L7297 商务服务/企业服务 1.5",
        "K7010 置业/房地产开发",
        "E5011 装饰工程/建筑装饰 2",
        "E4910 电气安装/机电安装",
        "M7482 工程监理/项目管理",
        "M7484 建筑设计/工程设计",
        "M7520 知识产权代理 0.7",
    ),
    *_trades(
        *(COMPANY, "building street"),
        "K7020 物业服务/物业管理 2",
        "K7030 房产经纪/不动产中介 1.5",
        "L7291 旅行社 0.7",
        "H6110 酒店/宾馆",
        "O8010 家政服务/家庭服务",
        "F5251 大药房/医药连锁 1.5",
    ),
    *_trades(
        *(COMPANY, "street"),
        "F5174 五金商贸/五金机电 2",
        "F5165 建材商贸/建材",
        "F5212 超市/生活超市 1.5",
        "F5261 汽车销售",
        "E4710 建筑工程/建设工程 2",
        "E4813 市政工程/路桥工程",
        "J6634 汽车金融 0.2",
    ),
    *_trades(
        *(COMPANY, "village"),
        "F5123 果蔬商贸/果品",
        "F5112 种业/种子 0.7",
        "A0511 种苗/苗木 0.7",
        "C3031 砖瓦/新型墙材",
        "N7840 园林绿化/绿化工程",
        "H6130 民宿/乡村旅居 0.7",
    ),
    *_trades(
        *(SHOP, "street"),
        "F5281 五金店/五金经营部 2",
        "F5211 百货店/日杂店 2",
        "F5232 服装店/鞋服店 2",
        "F5221 粮油店/粮油经营部",
        "H6210 餐馆/饭庄/面馆 4",
        "H6231 茶馆/茶楼",
        "O8040 理发店/美容店 2",
        "O8111 汽修店/汽车维修部 2",
        "O8121 电脑维修部",
    ),
    *_trades(SHOP, "village", "F5211 便利店/小卖部", "H6210 农家乐 0.7", "O8114 摩托车修理部 0.5"),
    *_trades(
        *(COOPERATIVE, "village"),
        "A0141 蔬菜种植 2",
        "A0151 林果种植 2",
        "A0112 小麦种植",
        "A0311 肉牛养殖",
        "A0314 肉羊养殖 2",
        "A0539 养殖服务",
        "M7511 农技推广 0.7",
    ),
    *_trades(
        *(SERVICE, "street building"),
        "P8310 幼儿园 2",
        "P8391 职业技能培训学校",
        "P8393 艺术培训中心/文化艺术培训学校 1.5",
        "Q8425 门诊部/中医诊所 1.5",
        "Q8521 社会工作服务中心 1.5",
        "Q8514 养老服务中心/养老院",
    ),
    *_trades(
        *(ASSOCIATION, "building street"),
        "S9522 机械行业协会/物流行业协会/餐饮行业协会/建材商会/软件行业协会/家居商会 0.5",
        "S9522 汽修行业协会/建筑业协会/家政服务业协会/电子商务协会/医药行业协会/印刷行业协会 0.5",
        "S9522 广告协会/物业管理协会/五金商会/女企业家商会/青年企业家商会/个体私营企业协会 0.5",
        "S9521 书法协会/太极拳协会/摄影协会/志愿者协会/民间文艺协会/戏曲协会/羽毛球协会 0.4",
        "S9521 钓鱼协会/象棋协会/集邮协会/乒乓球协会/广场舞协会/诗词学会/科普学会 0.4",
    ),
    *_trades(
        *(ASSOCIATION, "village"),
        "S9521 老年人协会/乡贤联谊会/红白理事会 0.8",
        "S9522 林果产业协会/养羊协会/蔬菜产业协会 0.7",
    ),
    *_trades(LAW_FIRM, "building", "L7231 律师事务所 1.2"),
    *_trades(ACCOUNTANTS, "building", "L7241 会计师事务所/税务师事务所 0.8"),
)
