"""Villages and residents' committees: known by what they lie in; what they tell of townships."""

from __future__ import annotations

import pytest

from lxgeo.locate.divisions import Division, Divisions, Level
from lxgeo.locate.lattice import ParsedAddress, parse_address

TABLE = Divisions(
    as_of="2030-01-01",
    divisions=(
        Division(Level.PROVINCE, "990000", "", "云山省"),
        Division(Level.CITY, "990100", "990000", "河湾市"),
        Division(Level.DISTRICT, "990102", "990100", "东岭区"),
        Division(Level.DISTRICT, "990103", "990100", "西岭县"),
        Division(Level.TOWNSHIP, "990102001", "990102", "桃花街道"),
        Division(Level.TOWNSHIP, "990102002", "990102", "石磨镇"),
        Division(Level.TOWNSHIP, "990103001", "990103", "桃花街道"),
    ),
    villages=(
        ("990102001", "丹棘 玉梨."),
        ("990102002", "青笪 同里"),
        ("990103001", "同里 白萍"),
    ),
)


def parsed(text: str) -> ParsedAddress:
    """Return an address as parsed with a table of seven divisions and five villages."""
    return parse_address(text, TABLE)


def labelled(text: str) -> str:
    """Return an address as ``label:text`` in one line."""
    return " ".join(f"{part.label}:{part.text}" for part in parsed(text).parts)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("东岭区丹棘20号", "district:东岭区 community:丹棘 houseno:20号"),
        ("东岭区青笪甬灵路8号", "district:东岭区 community:青笪 road:甬灵路 roadno:8号"),
        ("东岭区青笪金都花园", "district:东岭区 community:青笪 poi:金都花园"),
        ("东岭区青笪村村委会", "district:东岭区 community:青笪村村委会"),
        ("东岭区玉梨社区", "district:东岭区 community:玉梨社区"),
        ("东岭区青笪工业区", "district:东岭区 devzone:青笪工业区"),
        ("东岭区青笪路8号", "district:东岭区 road:青笪路 roadno:8号"),
    ],
)
def test_a_bare_village_is_known_by_its_district(text: str, parts: str) -> None:
    """It ends before a road or an estate; a zone or a road that bears its name is one name."""
    assert labelled(text) == parts


def test_a_village_elsewhere_and_a_committees_bare_name_are_no_villages() -> None:
    """白萍 lies in 西岭县, not in 东岭区; 玉梨 alone may be the committee's estate."""
    assert labelled("东岭区白萍20号") == "district:东岭区 poi:白萍 houseno:20号"
    assert labelled("西岭县白萍20号") == "district:西岭县 community:白萍 houseno:20号"
    assert labelled("东岭区玉梨20号") == "district:东岭区 poi:玉梨 houseno:20号"


def test_a_community_tells_the_township_that_an_address_leaves_out() -> None:
    """丹棘村 lies in one township of 东岭区; the confidence says that it was inferred."""
    address = parsed("东岭区丹棘村20号")

    assert (address.township, address.township_code) == ("桃花街道", "990102001")
    assert (address.township_by, address.confidence) == ("丹棘村", 0.9)
    assert address.as_mapping()["township_by"] == "丹棘村"


def test_a_community_tells_townships_of_one_name_apart() -> None:
    """桃花街道 is in both; 白萍村 is in the one of 西岭县."""
    alone, told = parsed("桃花街道"), parsed("桃花街道白萍村")

    assert alone.candidates == ("990102001", "990103001")
    assert (alone.confidence, alone.township_by) == (0.5, "")
    assert (told.code, told.district, told.candidates) == ("990103001", "西岭县", ())


def test_what_the_address_names_stays() -> None:
    """A township named is kept though the village lies in another one; 同里 in two tells none."""
    named, open_ = parsed("东岭区桃花街道青笪村"), parsed("河湾市同里村")

    assert (named.township_code, named.township_by) == ("990102001", "")
    assert (open_.township, open_.township_by) == ("", "")
