"""A second, slow and plain reading of counting.md, written without looking at sheets_sync.ledger.

One module a part of the page, one function a rule. The product is tested against it (tests/ledger).
"""
