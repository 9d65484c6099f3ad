"""A run divided by county: each county's files, one index over them, and an overview page."""

from lxgeo.publish.province.county import CountyFiles, kept_in, write_county
from lxgeo.publish.province.index import CountyLine
from lxgeo.publish.province.run import ProvinceRelease, publish_province

__all__ = [
    "CountyFiles",
    "CountyLine",
    "ProvinceRelease",
    "kept_in",
    "publish_province",
    "write_county",
]
