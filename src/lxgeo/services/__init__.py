"""Everything that talks to a network: an office's own database, geocoders."""

from lxgeo.services.database import is_database
from lxgeo.services.geocoders import geocoder_names, open_geocoder
from lxgeo.services.postgis import read_table, told_place

__all__ = ["geocoder_names", "is_database", "open_geocoder", "read_table", "told_place"]
