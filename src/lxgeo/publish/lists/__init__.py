"""plan.xlsx and the clerks' workbooks: the lists that an office works from, one sheet a list."""
