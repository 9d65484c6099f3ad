"""Everything that talks to a network: an office's own database, geocoders, OpenStreetMap."""

from lxgeo.services.database import is_database
from lxgeo.services.geocoders import geocoder_names, open_geocoder
from lxgeo.services.postgis import read_table, told_place
from lxgeo.services.postgis_counties import TablePart, counties_in_table, table_name

__all__ = [
    "TablePart",
    "counties_in_table",
    "geocoder_names",
    "is_database",
    "open_geocoder",
    "read_table",
    "table_name",
    "told_place",
]
