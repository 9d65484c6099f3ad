"""The fictional district, made once for all tests of this folder."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

from lxgeo.demo import Demo, make_demo, write_demo
from lxgeo.demo.write import TRUTH_FILE


@pytest.fixture(scope="session")
def demo() -> Demo:
    """Return the district of the seed that is checked in."""
    return make_demo()


@pytest.fixture(scope="session")
def folder(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that the district was written to."""
    folder = tmp_path_factory.mktemp("demo")
    write_demo(demo, folder)
    return folder


@pytest.fixture(scope="session")
def layer(folder: Path) -> dict[str, gpd.GeoDataFrame]:
    """Return every layer as a GIS reads it, with ids as its index."""
    return {
        file.stem: gpd.read_file(file).set_index("id", drop=False).rename_axis(None)
        for file in sorted(folder.glob("*.geojson"))
    }


@pytest.fixture(scope="session")
def truth(folder: Path) -> pd.DataFrame:
    """Return what is true of every row, by row; empty cells are empty text."""
    return pd.read_csv(folder / TRUTH_FILE, dtype=str, keep_default_na=False).set_index("row")


@pytest.fixture(scope="session")
def written(demo: Demo) -> pd.DataFrame:
    """Return what is typed in every unit's row, by row, under the names of the fields."""
    return pd.DataFrame.from_dict(
        {
            f"{page.name}!{row}": dict(entry.cells)
            for page in demo.pages
            for row, entry in page.entries.items()
        },
        orient="index",
        dtype=object,
    )
