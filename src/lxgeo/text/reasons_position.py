"""What a person should look at in positions, in words."""

from __future__ import annotations

from lxgeo.errors import Words
from lxgeo.model import Rule

POSITION_FINDINGS = {
    Rule.DATUM_UNKNOWN: Words(
        "坐标基准[“{written}”]不明，暂按原值使用，可能偏差数百米，请核对",
        "the coordinates' datum is unknown[: {written}]; used as they are, they may be hundreds of "
        "metres off; please check",
    ),
    Rule.COORDINATES_UNREADABLE: Words(
        "坐标[“{written}”]不能识别[，像是{form}][（即{meant}）]，未予采用，请核对改正",
        "the coordinates can't be read[: {written}][; they look like {form}][, that is {meant}]; "
        "not used, please check and correct",
    ),
    Rule.DATUM_SUSPECTED: Words(
        "坐标像是[{datum}|另一坐标系][，而不是{declared}]"
        "[（写明乡镇或街道的{of}家中，按现值{inside_as_is}家在所写之处，按前者{inside}家）]"
        "；未作换算，请核对坐标来源",
        "the coordinates look like [{datum}|another datum][, not {declared}]"
        "[ (of {of} units that name a township, {inside_as_is} lie in it as they are, {inside} "
        "if converted)]; nothing was converted, please check where they come from",
    ),
    Rule.DATUMS_MIXED: Words(
        "同一来源的坐标像是混用了[{declared}|所注坐标系]和[{datum}|另一坐标系]"
        "[，本行按{here}才落在所写乡镇内]；未作换算，请逐行核对",
        "coordinates of one source look like a mix of [{declared}|the datum stated] and "
        "[{datum}|another][; this row lies in the township it names only if {here}]; "
        "nothing was converted, please check row by row",
    ),
    Rule.COORDINATES_OUTSIDE: Words(
        "坐标不在本地范围内[（相距{distance_m}）]，请核对",
        "the coordinates lie outside the district[ ({distance_m} away)]; please check",
    ),
    Rule.ADDRESS_DISAGREES: Words(
        "地址与位置不一致[：台账为{named}][，位置在{township}][，相差{distance_m}]，请核对",
        "address and position disagree[: the ledger says {named}][, it lies in {township}]"
        "[, {distance_m} apart]; please check",
    ),
    Rule.PLACE_DISAGREES: Words(
        "台账写的是[“{named}”|另一处]，坐标在[“{lies}”内|其外][，相距{distance_m}]；以坐标为准，请核对",
        "the ledger says [{named}|another place], the coordinates lie in [{lies}|none of that name]"
        "[, {distance_m} apart]; the coordinates decided, please check",
    ),
    Rule.POSITION_BY_ROAD: Words(
        "位置按道路[“{road}”]推定，待核",
        "its position is by its road[ ({road})] only, to be checked",
    ),
    Rule.PLACE_AMBIGUOUS: Words(
        "地名[“{name}”]对应[{places}|多]处[：{candidates}]，位置待核",
        "its place name[ ({name})] means [{places}|several] places[: {candidates}]; to be checked",
    ),
    Rule.PLACE_ALIKE: Words(
        "地名[“{name}”]按写法相近的[“{known}”|已知地名]定位[（另有{others}）]，请核对",
        "its place name[ ({name})] was taken for the one spelt alike[: {known}]"
        "[ (or {others})]; please check",
    ),
    Rule.POSITION_PILED: Words(
        "[{units}家]单位的位置同在一点[（{where}）]，可能是代办（集群）注册地址或定位不到时的默认点，"
        "请填实际经营地址",
        "[{units} ]units lie at one point[ ({where})]: an agency's address, or a default point for "
        "what could not be located? please enter where they work",
    ),
    Rule.GEOCODED_ELSEWHERE: Words(
        "在线地理编码[（{provider}）]给出的位置在[{lies}|本地之外]，与台账所写[“{named}”|不一致]，未予采用",
        "the geocoder[ ({provider})] says that it lies in [{lies}|none of the townships], against "
        "the ledger[: {named}]; not used",
    ),
}
