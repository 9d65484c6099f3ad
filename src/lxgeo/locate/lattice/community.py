"""A township that an address leaves out, by the village or community that it names."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable
from typing import Final

from lxgeo.locate.divisions import Divisions, Level
from lxgeo.locate.lattice.resolve import Where

_KIND = re.compile(
    "(?:社区居民委员会|村民委员会|居民委员会|社区居委会|村委会|居委会|村委|居委|社区|行政村|自然村|村)+$"
)
_LEAST: Final = 2
_TOWNSHIP_DIGITS: Final = 9
_INFERRED_SHARE: Final = 0.9


def with_township(where: Where, communities: Iterable[str], divisions: Divisions) -> Where:
    """Return where an address lies, with the township if just one there has such a community.

    福田区 and 天安社区 tell 沙头街道; of several 沙头街道, 天安社区 tells the one in 福田区. What
    is sure already stays as it is.
    """
    if where.township_code or not where.code:
        return where
    if where.candidates:
        among = tuple(code for code in where.candidates if len(code) == _TOWNSHIP_DIGITS)
    else:
        among = () if where.township else divisions.townships_in.get(where.code, ())
    for community in communities if among else ():
        name = _KIND.sub("", community)
        fit = [code for code in among if len(name) >= _LEAST and divisions.has_village(code, name)]
        if len(fit) == 1:
            return _moved(where, fit[0], community, divisions)
    return where


def _moved(where: Where, code: str, community: str, divisions: Divisions) -> Where:
    path = divisions.path(code)
    at = {division.level: division for division in path}
    province, township = path[0], path[-1]
    city = at.get(Level.CITY, province if province.name.endswith("市") else None)
    district = at.get(Level.DISTRICT)
    sure = 1.0 if where.candidates else where.confidence
    return dataclasses.replace(
        where,
        province=province.name,
        province_code=province.code,
        city=city.name if city else "",
        city_code=city.code if city else "",
        district=district.name if district else "",
        district_code=district.code if district else "",
        township=township.name,
        township_code=township.code,
        code=code,
        candidates=(),
        confidence=round(_INFERRED_SHARE * sure, 3),
        township_by=community,
    )
