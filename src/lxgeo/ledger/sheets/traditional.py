"""Traditional script in headers, states and other fixed words: read like the simplified one.

Names and addresses stay in the script that they were written in; only words that the reader must
understand (黨員, 單位名稱, 註銷) are turned, so the table holds the characters of those words.
"""

from __future__ import annotations

_SCRIPT = str.maketrans(
    "黨員單稱業營經態狀註銷遷備預總數號碼統會類別鄉鎮區園樓聯係關職務從屬組織時間實際辦電話證書記無沒"
    "轉產廠運開殼屍場稅師載獨層級領導義條審覈報製負責繫機構個體戶醫藥學歷貫車隊專規縣現應佔積極發動"
    "離簽點門標緯東達參與興併臨掛裝盜餘約兩貳陸萬歲絡網對雙農協商團婦贊親過編計",
    "党员单称业营经态状注销迁备预总数号码统会类别乡镇区园楼联系关职务从属组织时间实际办电话证书记无没"
    "转产厂运开壳尸场税师载独层级领导义条审核报制负责系机构个体户医药学历贯车队专规县现应占积极发动"
    "离签点门标纬东达参与兴并临挂装盗余约两贰陆万岁络网对双农协商团妇赞亲过编计",
)


def simplified(text: str) -> str:
    """Return a text with the characters of fixed words in simplified script."""
    return text if text.isascii() else text.translate(_SCRIPT)
