"""Everything that talks to a network: a database that an office runs itself."""

from lxgeo.services.postgis import is_database, read_table, told_place

__all__ = ["is_database", "read_table", "told_place"]
