"""A ledger's cells as values: every value that can be read, every doubt a finding."""
