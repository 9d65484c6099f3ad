"""The check workbook (检查表): what a clerk settles in a ledger, and what she hands back."""
