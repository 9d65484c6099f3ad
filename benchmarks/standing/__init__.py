"""The project's standing measure: every stage beside what a library or another does of it."""
