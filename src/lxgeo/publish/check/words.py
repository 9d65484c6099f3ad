"""What a clerk is told to do about each kind of fault, and how the check workbook is worked."""

from __future__ import annotations

from types import MappingProxyType

from lxgeo.errors import Words
from lxgeo.ledger.corrections.titles import RIGHT, TITLES
from lxgeo.ledger.doubts.completeness import Clear
from lxgeo.model import Rule

_RIGHT = Words(f"写得对的填“{RIGHT.zh}”", f"or say '{RIGHT.en}'")
"""What is added where a value may be right as it stands."""


def _or_right(zh: str, en: str) -> Words:
    return Words(f"{zh}；{_RIGHT.zh}", f"{en}, {_RIGHT.en}")


_COUNT = Words("填确切人数；没有填 0", "Give the exact number; 0 for none")
_CODE = Words("按登记证照填 18 位代码", "Give the 18 characters of its certificate")
_WHICH = Words("核对各数，更正其中写错的一处", "Check the counts, correct the wrong one")
_CODE_OR_RIGHT = _or_right(*_CODE)

_PLACE_OR_RIGHT = _or_right(
    "核对地址和所属街道、园区，有误的更正",
    "Check address, township and park, correct what is wrong",
)

WHAT_TO_DO = MappingProxyType(
    {
        Rule.MEMBERS_BLANK: _COUNT,
        Rule.MEMBERS_UNREADABLE: _COUNT,
        Rule.MEMBERS_NEGATIVE: _COUNT,
        Rule.ONLY_TOTAL_KNOWN: Words(
            "填正式党员数（不含预备党员）", "Give the full members, probationary ones left out"
        ),
        Rule.VALUE_APPROXIMATE: _or_right("填确切数", "Give the exact value"),
        Rule.VALUE_SPLIT: _or_right(
            "正式、预备分两格填，各填一个数", "Give full and probationary members apart"
        ),
        Rule.VALUE_NOTED: _or_right("只填人数，说明写在备注", "Give the number only"),
        Rule.AFFILIATED_AT_LEAST: _or_right(
            "填组织关系已转入的正式党员数", "Give the full members affiliated here"
        ),
        Rule.VALUE_UNREADABLE: Words("改写清楚；不清楚的留空", "Write it plainly, or leave it"),
        Rule.COUNTS_DISAGREE: _WHICH,
        Rule.MEMBERS_OVER_STAFF: Words(
            f"{_WHICH.zh}；各数都对的，逐格填“{RIGHT.zh}”",
            f"{_WHICH.en}; if all are right, say so in each cell",
        ),
        Rule.CREDIT_CODE_LOST: _CODE,
        Rule.CREDIT_CODE_WRONG: _CODE_OR_RIGHT,
        Rule.COORDINATES_UNREADABLE: Words(
            "填十进制度数，如 113.5312", "Give decimal degrees, such as 113.5312"
        ),
        Rule.DUPLICATE: Words(
            f"确系同一家的填“{RIGHT.zh}”；不是的，更正信用代码或地址",
            f"Say '{RIGHT.en}' where both are one; else correct the code or the address",
        ),
        Rule.VALUE_RANGE: Words("填确切数", "Give the exact value"),
        Rule.CREDIT_CODE_OLD: _CODE_OR_RIGHT,
        Rule.NAMES_DIFFER: Words(
            f"已更名的改用现名，现名无误的填“{RIGHT.zh}”；代码填错的更正代码",
            f"Use the present name (or say '{RIGHT.en}'); correct the code if it is another unit's",
        ),
        Rule.SAME_UNIT_MAYBE: Words(
            f"确系同一家的报上级合并；不是的填“{RIGHT.zh}”",
            f"Have them merged if they are one; else say '{RIGHT.en}'",
        ),
        Rule.SAME_BRANCH_MAYBE: Words(
            "确系同一个的，照批复统一名称；不是的填“核对无误”",
            "Use the name of its approval if both are one; else say that it is right",
        ),
        Rule.ON_TWO_SHEETS: Words(
            f"由上级确定归哪一方填报；已确定的填“{RIGHT.zh}”",
            f"The superior decides who reports it; once decided say '{RIGHT.en}'",
        ),
        Rule.DOUBLE_REGISTERED: _or_right(
            "核实组织关系在何处，有误的更正", "Find out where they are affiliated, correct it"
        ),
        Rule.STATUS_IN_WORDS: Words(
            f"核实经营状态，有误的更正经营状态；确在营的填“{RIGHT.zh}”",
            f"Find out whether it operates, correct its state; if it does, say '{RIGHT.en}'",
        ),
        Rule.PLACE_SHARED: _or_right("填实际经营地址或坐标", "Give the place where it really is"),
        Rule.NO_NAME: Words("填单位名称", "Give the name of the unit"),
        **dict.fromkeys((Rule.ADDRESS_DISAGREES, Rule.PLACE_DISAGREES), _PLACE_OR_RIGHT),
        Rule.PLACE_AMBIGUOUS: _or_right(
            "写明是哪一处（加上街道、村或门牌）", "Say which one it is (township, village, number)"
        ),
        Rule.PLACE_ALIKE: _or_right("写地名的全称", "Give the place's full name"),
        **dict.fromkeys(
            (Rule.COORDINATES_OUTSIDE, Rule.DATUM_SUSPECTED, Rule.DATUMS_MIXED),
            _or_right("核对坐标和坐标系，有误的更正", "Check coordinates and datum, correct them"),
        ),
        Rule.DATUM_UNKNOWN: Words("填坐标系，如 CGCS2000", "Give the datum, such as CGCS2000"),
        Rule.POSITION_PILED: _or_right("填实际位置的坐标", "Give coordinates of the place itself"),
    }
)
"""Rule → what to do."""

CHECK_IT = _or_right("核对，有误的更正", "Check it, correct what is wrong")
"""What to do about everything else."""

HINTS = MappingProxyType(
    {
        "value": Words(
            f"这一格应当写成什么。只写正确的值，不写说明。台账写得对的，选“{RIGHT.zh}”。",
            "What should stand in this cell: the value only, no remark. "
            f"Where the ledger is right, say '{RIGHT.en}'.",
        ),
        "post": Words(
            "填岗位，如：城关镇组织干事。不填姓名、电话。",
            "The post, such as: clerk of the township. No name, no phone.",
        ),
        "day": Words("如 2026-01-31", "Such as 2026-01-31"),
        "why": Words(
            "依据什么更正，如：已电话核实、营业执照。",
            "On what ground, such as: asked by phone, the licence.",
        ),
    }
)
"""Column that a clerk fills in → what she is told there."""

ADDED_HINTS = MappingProxyType(
    {
        "sheet": Words("台账里的工作表名称", "The sheet's name in the ledger"),
        "cell": Words("如 C18", "Such as C18"),
        "number": Words("可不填", "May be left empty"),
        "field": Words("可不填", "May be left empty"),
        "name": Words("该行单位名称，照台账写", "The unit of that row, as the ledger names it"),
        "written": Words(
            "台账现在写的，照抄；空白的不填", "What stands there now, copied; nothing if blank"
        ),
    }
    | dict(HINTS)
    | {"value": Words("这一格应当写成什么", "What should stand in this cell")}
)
"""The same where she adds a correction of her own."""

_VALUE, _POST, _DAY = TITLES["value"], TITLES["post"], TITLES["day"]

HOW_TO = (
    Words(
        f"“问题”表每行是台账里的一格。核实后在黄色格内填“{_VALUE.zh}”，"
        f"并填“{_POST.zh}”和“{_DAY.zh}”；三项不全的不采用。",
        f"Each row of Problems is one cell of the ledger. Fill in '{_VALUE.en}' in the yellow "
        f"cells, and sign with '{_POST.en}' and '{_DAY.en}'; without all three it is not taken.",
    ),
    Words(
        "同一问题涉及几格的，各占一行，只改写错的那一格。",
        "A problem of several cells has a row for each: correct only the wrong one.",
    ),
    Words(
        f"核实后台账写得对的，“{_VALUE.zh}”选“{RIGHT.zh}”，同样签岗位和日期；以后不再提示。"
        "没有读出值的、各数互相矛盾的，不能确认无误，须填值。",
        f"Where the ledger is right, give '{RIGHT.en}' as the value and sign it too: it is asked "
        "about no more. What could not be read, or contradicts itself, can't be right: give it.",
    ),
    Words(
        "没有列出的错误，写在“补充更正”表。",
        "What is wrong and not listed goes into the sheet Own corrections.",
    ),
    Words(
        "“更正人”只填岗位。姓名、电话、证件号码一律不填，填了的不采用。",
        "Sign by post only: with a phone or an identity number it is not taken.",
    ),
    Words(
        "填好后保存交回，由 lxgeo plan 台账 --corrections 本文件 采用；台账原件不改动。",
        "Save it and hand it back: lxgeo plan LEDGER --corrections THIS_FILE takes it in. "
        "The ledger's own file stays as it is.",
    ),
    Words(
        "再次检查生成的新表带有以前采用的更正（“更正记录”），以后只交最新一份。",
        "A later check carries the corrections taken before (Corrections): hand back the latest.",
    ),
    Words(
        "交回前台账又改过的格，以台账为准，该更正不采用并说明原因。",
        "Where the ledger has changed since, the ledger stands; the correction is refused, "
        "with the reason.",
    ),
)
"""How the workbook is worked, one line each."""

CLEAR_WORDS = MappingProxyType(
    {
        Clear.OVERVIEW: Words("企业总体情况清楚", "Overview clear"),
        Clear.NUMBERS: Words("党员人数清楚", "Numbers of members clear"),
        Clear.STRUCTURE: Words("党员结构清楚", "Structure of members clear"),
        Clear.DISTRIBUTION: Words("党员分布清楚", "Distribution of members clear"),
    }
)
"""The four things that must be clear (四个清楚)."""
