"""How an export explains itself: headings and classes in GeoPackages, names and types in KML."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from lxgeo.publish.palette import LOOKS
from lxgeo.scenario.exporting import export_run

KML = "{http://www.opengis.net/kml/2.2}"


def _asked(path: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


def test_headings_stand_in_the_geopackage_itself(run_folder: Path) -> None:
    """Programs that know no QGIS style find them in gpkg_data_columns, as the standard has it."""
    export_run(run_folder, "gpkg", "EPSG:4490")

    said = dict(
        _asked(
            run_folder / "export" / "units.gpkg",
            "SELECT column_name, name FROM gpkg_data_columns WHERE table_name = 'units'",
        )
    )
    assert said["unit_id"] == "单位编号"
    assert said["distance_m"] == "到牵头单位距离（m）"
    assert len(said) == 39


@pytest.mark.parametrize("ending", ["", "_gcj02"])
def test_the_style_belongs_to_the_layer(run_folder: Path, ending: str) -> None:
    """One default style a file, with a class an outcome and one for the rest."""
    export_run(run_folder, "gpkg", gcj02=bool(ending))

    ((table, default, qml),) = _asked(
        run_folder / "export" / f"units{ending}.gpkg",
        "SELECT f_table_name, useAsDefault, styleQML FROM layer_styles",
    )
    assert (table, default) == (f"units{ending}", 1)
    labels = [each.get("label") for each in ET.fromstring(qml).iter("category")]  # noqa: S314 - ours
    assert len(labels) == len(LOOKS) + 1
    assert {"联合组建", "单独组建", "其他"} <= set(labels)


def test_names_of_branches_are_drawn_close_by_only(run_folder: Path) -> None:
    """Townships are named at every scale; four hundred branches only from 1:25,000."""
    export_run(run_folder, "gpkg")

    def limits(layer: str) -> tuple[str | None, str | None]:
        ((qml,),) = _asked(
            run_folder / "export" / f"{layer}.gpkg", "SELECT styleQML FROM layer_styles"
        )
        found = ET.fromstring(qml).find("labeling/settings/rendering")  # noqa: S314 - ours
        assert found is not None
        return found.get("scaleVisibility"), found.get("scaleMax")

    assert limits("townships") == ("0", "0")
    assert limits("branches") == ("1", "25000")


def test_kml_names_types_and_escapes(run_folder: Path) -> None:
    """Fields have types and Chinese names; markup in a unit's name is text; no description."""
    export_run(run_folder, "kml")
    root = ET.parse(run_folder / "export" / "units.kml").getroot()  # noqa: S314 - ours

    heads = {
        each.get("name"): (each.get("type"), each.findtext(f"{KML}displayName"))
        for each in root.iter(f"{KML}SimpleField")
    }
    assert heads["full_members"] == ("int", "正式党员")
    assert heads["is_host"][0] == "bool"
    placemarks = list(root.iter(f"{KML}Placemark"))
    assert placemarks[2].findtext(f"{KML}name") == '<img src=x onerror="alert(1)">'
    assert all(each.find(f"{KML}description") is None for each in placemarks)
    assert "WGS 84" in root.findtext(f"{KML}Document/{KML}name", "")
    joint = next(each for each in root.iter(f"{KML}Style") if each.get("id") == "joint")
    # KML writes colours backwards: #009e73 is ff 73 9e 00.
    assert joint.findtext(f"{KML}IconStyle/{KML}color") == "ff739e00"
