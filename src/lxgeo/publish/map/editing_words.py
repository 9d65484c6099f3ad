"""The page's words for changing the plan, zh and en: steps, refusals, what leaves as pins."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from lxgeo.errors import Words

EDITING: Mapping[str, Words] = MappingProxyType(
    {
        "edit": Words("调整", "Change"),
        "edit_how": Words(
            "拖动单位到别的党支部，或点选后在卡片里调整",
            "Drag a unit into another branch, or click it and use its card",
        ),
        "undo": Words("撤销", "Undo"),
        "redo": Words("重做", "Redo"),
        "discard": Words("全部放弃", "Discard all"),
        "done": Words("结束调整", "Done"),
        "save_pins": Words("保存调整…", "Save changes…"),
        "pins": Words("人工调整", "changes by hand"),
        "adjusted": Words("已人工调整", "Changed by hand"),
        "adjusted_n": Words("已人工调整 {n} 步", "Changed by hand: {n} steps"),
        "adjusted_note": Words(
            "已人工调整：以下为调整前的测算，重新测算后更新",
            "Changed by hand: these are the figures from before, until it is planned again",
        ),
        "adjusted_branch": Words(
            "已人工调整：成本与次优方案须重新测算",
            "Changed by hand: its cost and runner-up must be worked out again",
        ),
        "moved_in": Words("已人工调整到本党支部", "Put into this branch by hand"),
        "moved_out": Words("已人工调整为不纳入", "Left out by hand"),
        "moved_beside": Words("所在党支部已人工调整", "Its branch was changed by hand"),
        "new_branch": Words("新建：{name}牵头的联合党支部", "New: joint branch led by {name}"),
        "kept": Words(
            "已恢复上次未保存的调整（{n} 步）", "Your unsaved changes are back ({n} steps)"
        ),
        "not_kept": Words(
            "浏览器不允许本页记住调整，关闭前请先保存调整",
            "The browser keeps nothing for this page: save your changes before you close it",
        ),
        "walked": Words(
            "本方案按步行距离测算；图上只核直线距离，以重新测算为准",
            "Planned by walking distance; the map checks the straight line, planning again decides",
        ),
        "move_to": Words("调整到", "Move to"),
        "move": Words("移入", "Move"),
        "option": Words("{name}（{length}）", "{name} ({length})"),
        "option_not": Words("{name}（{length}，不合规则）", "{name} ({length}, against the rules)"),
        "none_near": Words("附近没有同一管辖的党支部", "No branch of its body is near"),
        "take_out": Words("不纳入", "Leave out"),
        "make_host": Words("设为牵头", "Make it host"),
        "found_new": Words("新建党支部", "New branch"),
        "found_with": Words("与以下单位新建联合党支部", "A new joint branch with"),
        "found": Words("建立", "Found it"),
        "dissolve": Words("撤销党支部", "Dissolve"),
        "lock": Words("锁定", "Lock"),
        "unlock": Words("解除锁定", "Unlock"),
        "did_move": Words("{name} 已移入 {branch}", "{name} moved to {branch}"),
        "did_take_out": Words("{name} 已不纳入", "{name} left out"),
        "did_make_host": Words("{name} 已设为牵头", "{name} is host now"),
        "did_found": Words("{name} 等已新建党支部", "New branch of {name} and others"),
        "did_dissolve": Words("{name} 已撤销", "{name} dissolved"),
        "did_lock": Words("{name} 已锁定", "{name} locked"),
        "did_unlock": Words("{name} 已解除锁定", "{name} unlocked"),
        "did_undo": Words("撤销了：{label}", "Undone: {label}"),
        "did_redo": Words("重做了：{label}", "Done again: {label}"),
        "did_discard": Words("已放弃全部调整", "All changes discarded"),
        "dropped_nowhere": Words(
            "没有放到单位或党支部上；此处有多个党支部的单位时请放大或用卡片",
            "Not over a unit or a branch; zoom in or use the card where several branches lie",
        ),
        "refused": Words("不能这样调整：{why}", "Can't be done: {why}"),
        "no_movable": Words(
            "该单位不由测算编入党支部，不能调整", "The planner does not place this unit"
        ),
        "no_there_already": Words("已在该党支部", "It is in this branch already"),
        "no_out_already": Words("本来就未纳入", "It is left out already"),
        "no_host": Words("只有新建联合党支部的单位能牵头", "Only units of a new branch can host"),
        "no_host_already": Words("已是牵头单位", "It is the host already"),
        "no_locked": Words("{name}已锁定，请先解除锁定", "{name} is locked: unlock it first"),
        "no_takes_in": Words("该党支部不能接纳单位", "The branch takes nobody in"),
        "no_alone": Words("只有一家单位，不成联合党支部", "One unit alone is no joint branch"),
        "no_units": Words(
            "单位数达 {n} 家，超过 {most} 家（6至7家须报批，不在图上调整）",
            "{n} units, over {most} (6 or 7 need an approval, not the map)",
        ),
        "no_room": Words(
            "单位数达 {n} 家，该党支部容量为 {most} 家", "{n} units; the branch has room for {most}"
        ),
        "no_barrier": Words(
            "{name}与牵头单位之间隔着河流、铁路或快速路",
            "a river, railway or motorway lies between {name} and the host",
        ),
        "no_trade": Words("{name}与牵头单位行业不相近", "{name} is in another trade than the host"),
        "no_full": Words(
            "正式党员合计 {n} 名，不足 {least} 名", "{n} full members, {least} are needed"
        ),
        "no_total": Words("党员合计 {n} 名，超过 {most} 名", "{n} members, over {most}"),
        "no_body": Words(
            "{name}与牵头单位不在同一管辖，须由上级决定",
            "{name} is under another body than the host: a superior decides",
        ),
        "no_distance": Words(
            "{name}距牵头单位 {n} 米，超过上限 {limit} 米",
            "{name} is {n} m from the host, over the limit of {limit} m",
        ),
        "no_left": Words(
            "{name}剩下的单位：{why}；请先撤销该党支部，或移入别的单位",
            "What is left of {name}: {why}; dissolve it first, or move others in",
        ),
        "pin_how": Words(
            "填写一次即可。经办人请写岗位，不写姓名。",
            "To be said once. Name the post, not the person.",
        ),
        "pin_who": Words("经办岗位", "Settled by (post)"),
        "pin_why": Words("调整理由", "Why"),
        "pin_when": Words("日期", "On"),
        "pin_whole": Words(
            "所涉管辖的其余单位也照图上固定（重新测算与图一致）；不选则重新优化",
            "Fix all other units of the bodies concerned as the map has them; else they are planned"
            " anew",
        ),
        "pin_missing": Words("请写明经办岗位和调整理由", "Say who settled it (post) and why"),
        "pin_json": Words("保存 JSON", "Save JSON"),
        "pin_csv": Words("保存 CSV", "Save CSV"),
        "pin_close": Words("关闭", "Close"),
        "pin_saved": Words(
            "已保存 {n} 条；用 lxgeo plan … --pins 文件 重新测算",
            "{n} saved; plan again with lxgeo plan … --pins FILE",
        ),
    }
)
