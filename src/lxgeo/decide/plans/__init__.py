"""Plans of one region: built, improved by local search, recombined, and chosen among."""
