"""A province (全省): a ledger laid out by county, planned county by county, published as one run.

`asked` finds what there is to plan, `county` plans one of them, `planning` all of them, and
`verdict` checks what came of it.
"""
