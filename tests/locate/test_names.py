"""Names as they are compared, and found in a text."""

from __future__ import annotations

import pytest

from lxgeo.locate.finder import Finder
from lxgeo.locate.names import district_forms, split_tail, township_forms, village_forms
from lxgeo.locate.places import Layer, Place


@pytest.mark.parametrize(
    ("name", "base", "tail"),
    [
        ("创业大厦", "创业大厦", set()),
        ("创业大厦A座", "创业大厦", {"A"}),
        ("创业大厦(A栋)", "创业大厦", {"A"}),
        ("泰然科技园213栋", "泰然科技园", {"213"}),
        ("天安广场一期A座", "天安广场", {"1期", "A"}),
        ("天安广场(二期)西座", "天安广场", {"2期", "西"}),
        ("创业园十二号楼", "创业园", {"12"}),
        ("创业大厦3层", "创业大厦", set()),
        ("创业大厦(原水厂)", "创业大厦", set()),
        ("A座", "A座", set()),
    ],
)
def test_tails(name: str, base: str, tail: set[str]) -> None:
    """Towers, blocks and phases part from the name; floors and notes go."""
    assert split_tail(name) == (base, tail)


def test_forms_of_divisions() -> None:
    """What an office writes for a township, a district, a village."""
    assert township_forms("沙头街道") == (
        ("沙头街道", "沙头街道办事处", "沙头街道办", "沙头办事处"),
        "沙头",
    )
    assert township_forms("青山镇") == (("青山镇",), "青山")
    assert township_forms("新堡布依族乡") == (("新堡布依族乡",), "新堡")
    assert township_forms("福田保税区") == (("福田保税区",), "福田保税区")
    assert township_forms("青山")[0][-2:] == ("青山镇", "青山乡")
    assert district_forms("深圳市福田区") == (("福田区",), "福田")
    assert district_forms("江苏省苏州市昆山市") == (("昆山市",), "昆山")
    assert district_forms("济南市市中区") == (("市中区",), "市中")
    assert village_forms("河湾社区居委会")[1] == "河湾"
    assert "新民村民委员会" in village_forms("新民村")[0]


def names(*places: Place) -> Finder:
    """Return a finder over places by their own names."""
    return Finder.of({place.name: (place,) for place in places})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("沙头街道沙头角街道", ["沙头街道", "沙头角街道"]),
        ("沙头角街道人民路", ["沙头角街道", "人民路"]),
        ("上沙头街道", []),
        ("深圳沙头街道", ["沙头街道"]),
        ("车公庙人民路9号", ["人民路"]),
        ("北人民路", []),
        ("人民路街道", []),
        ("人民路小区", []),
        ("3号创业大厦", ["创业大厦"]),
        ("国际创业大厦", []),
        ("人民路创业大厦酒店", ["人民路"]),
        ("188大厦", []),
        ("一号88大厦", ["88大厦"]),
    ],
)
def test_longest_first_and_only_where_a_name_begins_and_ends(text: str, found: list[str]) -> None:
    """Townships and roads may follow a name that nobody knows; buildings may not."""
    finder = names(
        *(Place(Layer.TOWNSHIPS, name, name) for name in ("沙头街道", "沙头角街道")),
        Place(Layer.ROADS, "人民路", "人民路"),
        *(Place(Layer.BUILDINGS, name, name) for name in ("创业大厦", "88大厦")),
    )

    assert [text[each.start : each.end] for each in finder.find(text, [])] == found
