"""A region (片区) as the planner reads it: units as arrays, ways between them, and the law."""
