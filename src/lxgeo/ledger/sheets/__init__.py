"""From the cells of a sheet to those of its units: headers found, no unit lost, persons refused."""
