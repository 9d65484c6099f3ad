"""What a GIS loads: the layers of a plan, as GeoJSON and as a styled GeoPackage."""
