"""Units that no branch takes in: what hinders each, and what would place it."""
