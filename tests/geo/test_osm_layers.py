"""Features of OpenStreetMap as layers: which borders are townships', and which are villages'."""

from __future__ import annotations

import pytest
import shapely

from lxgeo.geo.osm import Feature, layers


def border(number: int, level: str | None) -> Feature:
    """Return an administrative boundary, a square of its own."""
    tags = {"boundary": "administrative", "name": f"界{number}"}
    if level is not None:
        tags["admin_level"] = level
    shape = shapely.box(100 + number, 30, 100.5 + number, 30.5)
    return Feature(f"relation/{number}", tags, shape)


@pytest.mark.parametrize(
    ("levels", "townships", "villages"),
    [
        (("8", "10"), ["界1"], ["界2"]),
        (("9", "10"), ["界1"], ["界2"]),
        (("8", "9", "10"), ["界1"], ["界3"]),
        (("10", "10"), ["界1", "界2"], []),
        ((None, "6"), [], []),
        ((), [], []),
    ],
    ids=str,
)
def test_the_first_level_that_is_drawn_is_the_townships(
    levels: tuple[str | None, ...], townships: list[str], villages: list[str]
) -> None:
    """Level 8, else 9, else 10; a border that states no level is nobody's township."""
    found = layers(border(number, level) for number, level in enumerate(levels, start=1))

    assert found["townships"]["name"].tolist() == townships
    assert found["villages"]["name"].tolist() == villages


def test_a_township_lies_in_the_district_that_holds_its_middle() -> None:
    """One district around the first township; the second is in none."""
    district = Feature(
        "relation/9",
        {"boundary": "administrative", "name": "云溪区", "admin_level": "6"},
        shapely.box(100.9, 29, 101.6, 31),
    )
    found = layers([border(1, "8"), border(2, "8"), district])["townships"]

    assert found["district"].fillna("").tolist() == ["云溪区", ""]
