"""Addresses that differ in figures only: read once, and each as if it stood alone."""

from __future__ import annotations

import pandas as pd
from little_district import LAYERS, LITTLE, areas, footprint, known, ledger, one

from lxgeo.locate import locate
from lxgeo.locate.lattice import Wordings, parse_address
from lxgeo.read import read_divisions

ONE_WORDING = ("沙头街道人民路{}号创业大厦{}楼{}0室", (("12", "3", "1"), ("88", "9", "2")))


def located_alike(*addresses: str) -> None:
    """Hold units located together against each of them alone."""
    together = locate(
        ledger(*({"address": each} for each in addresses)), LITTLE, divisions=read_divisions()
    )
    for (_, unit), address in zip(together.iterrows(), addresses, strict=True):
        alone = one(address=address).drop(["unit_id", "row"])
        mine = unit.drop(["unit_id", "row"])
        pd.testing.assert_series_equal(mine, alone, check_names=False)


def test_doors_of_one_wording_stand_where_each_stands_alone() -> None:
    """Numbers, towers, floors and unknown names differ; every one is read with its own figures."""
    located_alike("人民路12号", "人民路88号", "人民路34号", "人民路0号")
    located_alike("云溪大厦1栋5层", "云溪大厦2栋5层", "云溪大厦3栋5层")
    located_alike("沙头街道人民路12号金峰3号大厦", "沙头街道人民路12号金峰8号大厦")
    located_alike("创业大厦B1层", "创业大厦B2层", "创业大厦31层")


def test_a_name_with_figures_is_no_other_of_its_wording() -> None:
    """Of F518创意园 and F519创意园 one is known: the other is not taken for it."""
    park = {"id": "P9", "name": "F518创意大厦", "geometry": footprint(1.0, 0.5)}
    here = areas(buildings=[*LAYERS["buildings"], park])
    rows = ledger({"address": "沙头街道F519创意大厦"}, {"address": "沙头街道F518创意大厦"})
    other, ours = (row for _, row in locate(rows, here, divisions=read_divisions()).iterrows())

    assert ours.building_id == "P9"
    assert known(other.building_id) is None


def test_a_wording_has_the_parts_that_each_address_has() -> None:
    """Parts come with the address's own figures; addresses without names of figures share one."""
    form, figures = ONE_WORDING
    texts = [form.format(*each) for each in figures]
    divisions = read_divisions()
    wordings = Wordings(texts, divisions, tells=lambda _: False)

    assert [wordings[text] for text in texts] == [
        parse_address(text, divisions).parts for text in texts
    ]
    assert wordings.wording(texts[0]) == "沙头街道人民路00号创业大厦0楼00室"
    assert wordings.wording(texts[0]) == wordings.wording(texts[1])
    apart = Wordings(texts, divisions, tells=lambda _: True)
    assert [apart.wording(text) for text in texts] == texts
