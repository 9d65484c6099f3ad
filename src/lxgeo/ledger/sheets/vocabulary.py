"""The words that head the columns of a ledger: what each office calls a field.

Headers are compared squeezed: without white space, brackets and their notes, in lower case.
Within a field the first spelling is the best; where a sheet has two columns for a field the better
one is read (地址 before 住所), the other is told.
"""

from __future__ import annotations

SERIAL = frozenset({"序号", "编号", "行号", "no", "no.", "№", "序", "index"})
"""Running numbers: never an id, they restart on every sheet."""

FIELDS: dict[str, tuple[str, ...]] = {
    "unit_id": ("unitid", "单位编号", "单位id", "企业编号", "组织编号", "单位标识", "id"),
    "name": (
        *("单位名称", "企业名称", "组织名称", "社会组织名称", "法人单位名称", "单位全称"),
        *("企业全称", "机构名称", "公司名称", "商户名称", "市场主体名称", "经营主体名称"),
        *("名称", "name", "unitname", "company", "companyname", "organisation", "organization"),
    ),
    "credit_code": (
        *("统一社会信用代码", "社会信用代码", "信用代码", "统一信用代码", "统一代码"),
        *("creditcode", "组织机构代码", "登记证号", "注册号", "单位代码"),
    ),
    "kind": (
        *("单位类别", "组织类型", "单位类型", "企业类型", "单位性质", "类别", "单位种类"),
        *("社会组织种类", "社会组织类别", "kind", "type"),
    ),
    "address": (
        *("经营地址", "实际经营地址", "详细地址", "办公地址", "单位地址", "企业地址", "地址"),
        *("生产经营地址", "经营场所", "现经营地址", "通讯地址", "address"),
    ),
    "registered_address": ("注册地址", "登记地址", "住所", "注册地", "registeredaddress"),
    "industry_code": (
        *("行业代码", "industrycode", "国民经济行业代码", "所属行业", "行业类别", "行业门类"),
        *("国民经济行业", "行业", "industry", "主营业务"),
    ),
    "staff": (
        *("从业人员数", "从业人员", "从业人数", "从业人员总数", "职工人数", "职工总数", "职工数"),
        *("员工数", "员工人数", "员工总数", "组织总人数", "在岗职工数", "专职工作人员数"),
        *("用工人数", "职工", "员工", "企业职工数", "企业职工人数", "staff", "employees"),
    ),
    "full_members": (
        *("正式党员", "正式党员数", "正式党员人数", "正式党员总数", "fullmembers", "正式"),
        *("不含预备党员数", "不含预备党员人数", "党员数不含预备"),
    ),
    "probationary_members": (
        *("预备党员", "预备党员数", "预备党员人数", "probationarymembers", "预备"),
    ),
    "total_members": (
        *("党员总数", "党员人数", "党员数", "党员总人数", "党员数量", "现有党员", "现有党员数"),
        *("中共党员人数", "中共党员数", "中共党员", "党员", "totalmembers", "partymembers"),
    ),
    "affiliated_members": (
        *("组织关系已转入正式党员", "组织关系在本单位正式党员", "组织关系在本单位正式党员数"),
        *("已转入组织关系正式党员", "已转入组织关系正式党员数", "affiliatedmembers"),
    ),
    "affiliated_total": (
        *("组织关系在本单位党员数", "组织关系在本单位党员", "组织关系在本单位", "已转入组织关系"),
        *("组织关系已转入", "已转入组织关系党员数", "组织关系已转入党员数", "隶属本单位党员"),
        *("隶属本单位党员数", "在社会组织的党员数"),
    ),
    "unaffiliated_total": (
        *("未转入组织关系党员数", "未转入组织关系", "未转入组织关系党员", "组织关系未转入"),
        *(
            "组织关系不在本单位",
            "组织关系不在本单位党员数",
            "流动党员数",
            "专职未转关系",
            "兼职党员",
        ),
    ),
    "operating_status": (
        *(
            "经营状态",
            "存续状态",
            "经营状况",
            "登记状态",
            "单位状态",
            "运营状态",
            "operatingstatus",
        ),
        *("状态", "企业状态", "经营情况", "目前状态"),
    ),
    "remarks": ("备注", "说明", "备注说明", "其他说明", "note", "remarks"),
    "township_named": (
        *("所属乡镇", "所属街道", "所属镇街", "所属乡镇街道", "乡镇街道", "镇街", "街道", "乡镇"),
        *("属地", "辖区", "所在乡镇", "所在街道", "镇", "township", "townshipnamed"),
    ),
    "village_named": (
        *("所属村", "所属社区", "所属村社区", "村社区", "社区", "村居", "村", "所在社区", "所在村"),
        *("village", "villagenamed"),
    ),
    "park_named": (
        *(
            "所属园区",
            "园区",
            "园区名称",
            "工业园",
            "开发区",
            "产业园",
            "所在园区",
            "park",
            "parknamed",
        ),
    ),
    "building_named": (
        *("所属楼宇", "楼宇名称", "楼宇", "所在楼宇", "商务楼宇", "building", "buildingnamed"),
        "所属楼宇商圈市场",
    ),
    "line": ("管理方式", "管理线", "隶属方式", "管理类型", "隶属关系", "line"),
    "supervisor": (
        *("业务主管单位", "业务主管部门", "主管单位", "主管部门", "行业主管部门", "归口单位"),
        *("归口部门", "归口管理部门", "挂靠单位", "supervisor"),
    ),
    "approver_named": ("审批单位", "审批党组织", "党组织审批单位", "approver", "approvernamed"),
    "association_members": ("会员数", "会员人数", "会员单位数", "会员总数", "associationmembers"),
    "part_time_members": (
        *("兼职满六个月正式党员", "兼职满6个月正式党员", "兼职正式党员", "兼职正式党员数"),
        "parttimemembers",
    ),
    "instructor": (
        *("是否派驻党建指导员", "是否选派党建指导员", "是否派驻指导员", "是否选派联络员"),
        *("已派党建指导员或联络员", "instructor"),
    ),
    "kin_majority": (
        *("亲属党员过半", "亲属党员是否过半", "是否亲属党员过半", "是否家族企业", "家族企业"),
        "kinmajority",
    ),
    "double_registered": (
        *("双登记党员数", "双登记党员", "双登记党员人数", "双登记", "双登记人数", "双重登记党员数"),
    ),
    "organised": (
        *("是否建立党组织", "是否组建党组织", "是否已建党组织", "是否建立党支部", "党组织建立情况"),
        *("是否成立党组织", "是否已建立党组织", "是否有党组织", "覆盖情况", "organised"),
    ),
    "branch_named": (
        *("所在党组织", "所在党支部", "联合支部名称", "所属党支部", "党组织名称", "党支部名称"),
        *("所属党组织", "所在党组织名称", "branchnamed"),
    ),
    "branch_kind": (
        *("党组织形式", "党组织建制", "党组织类型", "党组织设置形式", "组建方式", "党组织组建方式"),
        *("建制形式", "组建形式", "branchkind"),
    ),
    "founded": (
        *("党组织成立时间", "党组织成立日期", "党支部成立时间", "组建时间", "组建日期"),
        *("成立时间", "成立日期", "founded"),
    ),
    "datum": ("datum", "coordcrs", "坐标系", "坐标基准", "坐标系统", "坐标类型", "datumin"),
    "lon": ("lon", "经度", "lng", "longitude", "long", "x", "x坐标", "lonin", "东经"),
    "lat": ("lat", "纬度", "latitude", "y", "y坐标", "latin", "北纬"),
    "coordinates": ("坐标", "经纬度", "位置坐标", "地理坐标", "coordinates", "lonlat", "location"),
}
"""Field → headers, best first."""

UNREAD = frozenset(
    (
        *("入党积极分子", "积极分子", "积极分子人数"),
        *("发展对象", "申请入党人数", "source", "是否规上", "规模", "规模以上", "规上", "规上规下"),
        *("四上企业", "年营业收入", "营业收入", "年产值", "经营范围", "楼层房号", "是否有党员"),
        *("批复文号", "未建立原因", "未组建原因", "拟建党组织日期", "计划组建时间"),
        *("活动场所", "阵地面积", "有无党员活动室", "工会", "妇联", "团组织", "群团情况"),
        *("已建群团组织", "是否组建工会"),
        *("指导员单位", "上级党组织", "主管党委", "网格"),
        *("是否经营场所在专业市场内", "注册资本", "注册资金", "登记机关", "批准机关"),
    )
)
"""Headers that a ledger often has and that nothing is read from: they still tell a header row."""

# A second level says less than its first: 党员情况 → 总数 is not 职工情况 → 总数.
_HOW_MANY = ("总数", "人数", "合计", "小计", "数量", "总人数", "总计", "数")
UNDER: tuple[tuple[tuple[str, ...], dict[str, str | None]], ...] = (
    (
        ("群团", "工会", "团组织", "团员", "妇联", "积极分子", "会员"),
        dict.fromkeys(("是否建立", "名称", "形式", "时间", "类型", "数量", *_HOW_MANY)),
    ),
    (
        ("党组织", "党支部", "组建"),
        {
            **dict.fromkeys(
                ("是否建立", "是否组建", "是否已建", "建立情况", "是否成立"), "organised"
            ),
            **dict.fromkeys(("名称", "所在", "支部名称"), "branch_named"),
            **dict.fromkeys(("形式", "类型", "建制", "方式", "组建形式", "类别"), "branch_kind"),
            **dict.fromkeys(("时间", "日期"), "founded"),
            **dict.fromkeys(("状态", "编号", "单位名称", "id")),
        },
    ),
    (
        ("党员",),
        {
            **dict.fromkeys(_HOW_MANY, "total_members"),
            **dict.fromkeys(("正式", "正式数", "正式人数"), "full_members"),
            **dict.fromkeys(("预备", "预备数", "预备人数"), "probationary_members"),
            "已转入": "affiliated_total",
            "未转入": "unaffiliated_total",
        },
    ),
    (
        ("职工", "员工", "从业", "用工"),
        dict.fromkeys((*_HOW_MANY, "从业"), "staff"),
    ),
)
"""What a second-level header means below a first level that holds one of these words."""

NOTES: dict[str, tuple[tuple[str, str], ...]] = {
    "total_members": (
        ("不含预备|不包括预备", "full_members"),
        ("^(?!.*预备).*正式", "full_members"),
    ),
    "full_members": (("(?<!不)(?:含|包括)预备", "total_members"),),
    "address": (("注册|登记", "registered_address"),),
}
"""Field → what a note in brackets makes of it: 党员数(不含预备) counts full members."""
