"""What is told of a ledger: problems to settle, likely doubles, what the register says."""
