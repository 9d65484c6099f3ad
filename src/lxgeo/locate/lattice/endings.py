"""How names end: which endings make a road, a village, a building; how long stems are."""

from __future__ import annotations

from typing import Final

from lxgeo.locate.lattice.labels import NAT_A_CHARACTER, shares, words

_ROAD = """
    路 .7 街 .12 大道 .06 东路|西路|南路|北路|中路|一路|二路|三路|四路 .04 大街 .03 弄 .03
    公路|巷 .02 道|胡同|国道|省道|县道 .01 东街|西街|南街|北街|中街|号大街|号路 .005
    支路|环路 .004 东大道|西大道|南大道|北大道|高速|线|里弄 .002
    步行街|商业街|老街 .005
    坊 .003 环|路段|东段|西段|南段|北段|中段|堤 .001"""
_COMMUNITY = """
    村 .6 社区 .08 居委会|村委会|村委|居委 .015 村民委员会|居民委员会 .01
    庄|行政村|自然村|屯|大队 .005 湾 .002
    坞|塘|埭|畈|宅|桥|头|家|浦|岙|垟|堡|店|岭|坑|墩|沟|坝|寨|营|坪|冲|坡|窑|集|里|河|溪|山 .004"""
VILLAGE_KINDS: Final = words("""
    村 社区 居委会 村委会 村村委 村村委会 村村民委员会 居委 村委 村民委员会 居民委员会 社区居委会
    行政村 自然村""")
"""What may follow the name of a village or residents' committee."""
_TOWN = """
    镇|街道 .35 乡 .15 街道办事处 .02 街道办 .01 办事处 .005 苏木|农场|林场 .003 管理区 .001"""
_DISTRICT = """
    县 .02 区 .01 市 .005 旗|自治县 .001"""
"""Districts that the table lacks, or with a slip in them."""
_DEVZONE = """
    工业区 .2 工业园 .12 工业园区 .1 开发区 .08 经济开发区|科技园|产业园 .06
    经济技术开发区 .04 产业园区|高新区 .03 创业园|创意园|软件园|科技园区 .02 物流园|物流园区 .02
    高新技术开发区|高新技术产业开发区|高新技术产业园区|工业小区|工业功能区|功能区|工业城|新区 .01
    集聚区|产业集聚区|科创园|电商园|电子商务园|创新园|孵化园|文创园|研发园|经济园 .005
    加工区|出口加工区|商贸区|产业区|总部园|科学园|科学城|工贸园区|商贸园|农业园 .003
    保税区|工业基地|产业基地 .004 示范区|实验区|经开区|科技城|园区 .003
    工业|商务区|度假区|旅游度假区|工业新区|工业园地 .002"""
_GROUP = "村民组|村民小组|小组 .1 组 .3"
_BUILDINGS: Final = words("""
    有限公司 新村 酒店 商贸城 家园 大楼 医院 学院 大学 学校 小学 中学 银行 宾馆 超市 商城 花苑 名苑
    山庄 饭店 商场 商厦 集团 校区 幼儿园 专卖店 仓库 厂房 人家 景苑 佳苑 嘉苑 雅苑 华庭 豪庭 公馆
    华府 名邸 别墅 庄园 华城 步行街 批发市场 综合楼 写字楼 商务楼 宿舍 服装城 小商品城 购物中心
    汽车城 家具城 建材城 灯具城 物流中心 客运中心 车站 火车站 机场 加油站 卫生院 派出所 法院 公安局
    税务局 政府 管委会 委员会 服务中心 电信局 供电局 邮局 网吧 药店 餐厅 酒楼 茶楼 宾楼 影城 大院
    新苑 名都 豪园 商业街 会所 酒吧 书店 眼镜店 旗舰店 门诊部 研究院 研究所 事务所 营业部 营业厅
    分公司 服饰 电子厂 制衣厂 服装厂 有限责任公司 股份有限公司 工作室 俱乐部 健身房 美容院 理发店
    美发 花店 百货 商行 经营部 门市部 维修店 大酒店 集贸市场 农贸市场 花都 豪苑 锦苑 公园 尚城 名城
    名园 绿苑 支行 分行 分理处 储蓄所 大桥 卫生室 卫生服务站 合作社 商会 协会 联合会 基金会
    律师事务所 养老院 居家养老中心 敬老院 培训中心 党群服务中心 世纪城 大世界 人民医院 中医院
    职业技术学院 中学校 东苑 西苑 南苑 北苑 便利店""")
_USUAL: Final = words("大厦 小区 公司 中心 市场 广场 花园 公寓")
_ONE: Final = "苑城府庭园楼厂店院馆所局站行居庄校轩阁邸墅湾寺场社部屋坊吧库庙宫堂港里岛郡都"
_HALFWAY: Final = words("""
    国际 科技 时代 春天 都市 天地 半岛 新城 世家 物流 电器 五金 家纺 鞋业 针织 造型 摄影 机电 银泰
    万达 城市 快递 纺织 印染 包装 电子 模具 实业 水岸 总部""")
_WITHIN: Final = """
    小区|公寓|公司|中心|大楼|市场|校区|仓库|门口|大门|南门|北门|东门|西门|正门|后门|前台|总台|专柜
    |学院 |办公室|门卫|门卫室|传达室|保安室|收发室|宿舍|办公楼|行政楼|教学楼|食堂|实验楼 |一期|二期
    |三期|四期|五期|南区|北区|东区|西区|中区|组团|东苑|西苑|南苑|北苑|东楼|西楼|南楼|北楼 |裙楼
    |主楼|附楼|厂房|车间|店|部|室|厅|馆|园|苑|轩|阁|居|庭|座|幢楼|城|厂|院|所|局|银行|超市|物业
    |步行街|写字楼|美食城|美食街|服务中心|营业厅|便利店|餐厅|售楼处|售楼部
    |快递|丰巢|菜鸟驿站|驿站|科|柜|有限公司|公馆|广场|大厦|酒店|花园|工作室|服饰|通讯|美容|美发
    |造型 |摄影|一区|二区|三区|四区|五区|六区|七区|八区|九区|十区"""

STEM_COST: Final = {
    "road": (-20, -2.5, -0.5, -1.2, -4, -7, -9, -10),
    "community": (-20, -2, -0.6, -2.2, -5, -7, -8, -9),
    "town": (-20, -2.2, -0.4, -2, -5, -7, -9),
    "district": (-20, -6, -1.5, -4, -7),
    "devzone": (-3, -9, -0.8, -2, -2, -3, -4, -5, -6, -7),
    "group": (-20, -3, -2, -3, -5),
    "poi": (-12, -5, -0.8, -1.8, -2, -2.5, -3.2, -3.8, -4.3, -5, -6),
    "subpoi": (-9, -3, -1.2, -2, -2.2, -3, -3.5, -4, -5, -6, -7),
}
"""What a stem of so many characters costs before an ending; longer ones are no names."""
NO_ENDING_COST: Final = (0, -9, -2, -1.9, -1.4, -2.4, -2.6, -3.3, -3.8, -4.5, -5, -5.5)
"""What a name of so many characters costs that ends in nothing known."""
LONGEST_NAME: Final = 14

# An ending of these may only be the middle of a name: 国际(中心), 大学(校区), 银行(营业部).
HALFWAY, UNIVERSITY, COLLEGE, BANK, CENTRE = 1, 2, 4, 8, 16
HEADS: Final = {
    HALFWAY: words("中心 城 广场 大厦 医院 酒店 公司 机场 学院 园 公寓 市场 厂"),
    UNIVERSITY: words("校区 医院 学院 大厦 公司 学校 中学 小学"),
    COLLEGE: ("校区",),
    BANK: words("行 部 中心"),
    CENTRE: words("小学 医院 学校 校 卫生院 幼儿园"),
}
INSIDE: Final = words("""
    大厦 小区 公司 广场 花园 公寓 酒店 医院 宾馆 商城 花苑 超市 家园 商厦 新村""")
"""Endings of two characters after which a name is over: 万达广场|步行街."""
INSIDE_COST: Final = 2.0
MIDDLES: Final = {
    **dict.fromkeys(_HALFWAY, HALFWAY),
    "大学": UNIVERSITY,
    "学院": COLLEGE,
    "银行": BANK,
    "中心": CENTRE,
}

ROAD_STEMS: Final = words("""
    人民 解放 中山 建设 和平 新华 胜利 文化 工业 迎宾 滨江 滨海 滨河 滨湖 沿江 沿河 沿山 望江
    江滨 湖滨 河滨 海滨 环城 环湖 环山 环镇 振兴 兴业 府前 市府 县府 镇府 体育 站前 车站 火车站
    机场 金融 商业 科技 科创 创业 创新 创意 幸福 长江 黄河 珠江 北京 上海 南京 天津 广州 深圳
    杭州 武汉 重庆 学院 大学 校前 学府 中心 健康 友谊 团结 青年 朝阳 光明 东风 红旗 前进 跃进
    东方 世纪 富强 民主 文明 平安 长安 永安 新兴 新建 新民 民生 民权 民族 复兴 开发 发展 金山
    育才 教育 文教 公园 花园 春风 凤凰 泰山 华山 黄山 昆仑 天山 劳动 五一 五四 八一 七一 十字
    广场 市场 邮电 农贸 工农 共青 向阳 延安 井冈山 韶山 遵义 东门 西门 南门 北门 东环 西环 南环
    北环 外环 内环 中环 二环 三环 四环 纬一 纬二 纬三 经一 经二 经三 港口 码头 物流 产业 环保
    高新 软件 云计算 互联网 时代 未来 阳光 彩虹 锦绣 康庄 园区 新区 新城 老城 城东 城西 城南 城北
    城中 江东 江南 江北 江西 河东 河西 湖东 湖西 海关 疏港 通港 港城 民兴 兴华 中华 爱国 爱民
    拥军 文昌 崇文 尚德 厚德 诚信 信义 仁爱 昌盛 繁荣 兴隆 隆兴 富民 康乐 安康 吉祥""")
"""What roads are called everywhere."""
ROAD_STEM_GAIN: Final = 6.0

_WHOLE_BUILDINGS: Final = words("""
    医院 学校 小学 中学 政府 法院 派出所 车站 火车站 机场 公园 市场 邮局 银行 税务局 公安局 卫生院
    幼儿园 超市 仓库 宿舍 管委会 供电局 中医院 人民医院""")
_WHOLE_PARTS: Final = words("""
    门口 大门 南门 北门 东门 西门 正门 后门 前台 总台 专柜 办公室 门卫 门卫室 传达室 保安室 收发室
    宿舍 办公楼 行政楼 教学楼 食堂 实验楼 一期 二期 三期 四期 五期 南区 北区 东区 西区 中区 东苑
    西苑 南苑 北苑 东楼 西楼 南楼 北楼 裙楼 主楼 附楼 仓库 物业 丰巢 菜鸟驿站 驿站 一区 二区 三区
    四区 五区 六区 七区 八区 九区 十区""")
WHOLE_GAIN: Final = 5.0
_NEVER_ALONE: Final = words("小区 公寓 公司 有限公司 广场 花园 大厦 中心 市场 酒店 城 店 庭 轩")
"""Endings that are no part of a building by themselves: 世纪花园小区 is one name."""
_ALONE_COST: Final = -6.0

TRADES: Final = words("""
    机电 科技 贸易 物流 快递 纺织 印染 化工 服装 实业 电器 五金 塑料 模具 汽修 食品 通讯 家居 装饰
    建材 家纺 鞋业 皮革 包装 印刷 机械 电子 针织 制衣 内衣 饰品 玩具 文具 服饰 工艺品 进出口 网络
    信息 技术 设备 材料 制品 控股 集团 投资 发展 股份 商贸 建设 建筑 工程 园林 用品 商务 传媒 文化
    教育 咨询 管理 服务 环保 能源 医药 生物 农业 旅游 置业 房地产 物业 餐饮 通信 智能 自动化 电力
    金属 光电 汽车 劳务 人力资源 检测 医疗 器械 保险 典当 担保 矿业 酒业 茶业 水泥 燃气 运输 装潢
    广告 设计 互联网""")
"""Words inside a company's name, which its length shall not be held against."""
TRADE_GAIN: Final = 9.0


def endings() -> dict[str, list[tuple[str, float]]]:
    """Return for each ending the labels that it makes, and what it earns."""
    found: dict[str, list[tuple[str, float]]] = {}
    for label, table in (
        ("road", shares(_ROAD)),
        ("community", shares(_COMMUNITY)),
        ("town", shares(_TOWN)),
        ("district", shares(_DISTRICT)),
        ("devzone", shares(_DEVZONE)),
        ("group", shares(_GROUP)),
        ("poi", _buildings()),
        ("subpoi", shares("".join(_WITHIN.split()) + " .006")),
    ):
        for ending, share in table.items():
            gain = NAT_A_CHARACTER * len(ending) + share
            found.setdefault(ending, []).append((label, gain))
    return found


def whole() -> dict[str, list[tuple[str, float]]]:
    """Return endings that are a name by themselves: 北京路医院 may be 北京路 and 医院."""
    found: dict[str, list[tuple[str, float]]] = {}
    for label, wholes in (("poi", _WHOLE_BUILDINGS), ("subpoi", _WHOLE_PARTS)):
        for word in wholes:
            found.setdefault(word, []).append((label, WHOLE_GAIN))
    for word in _NEVER_ALONE:
        found.setdefault(word, []).append(("subpoi", _ALONE_COST))
    return found


def _buildings() -> dict[str, float]:
    table = shares("|".join(_BUILDINGS) + " .006")
    table |= shares("|".join(_ONE) + " .012")
    table |= shares("|".join(_USUAL) + " .03 有限公司 .02 村 .003")
    return table | shares("|".join(_HALFWAY) + " .0003")
