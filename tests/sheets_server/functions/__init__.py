"""The functions of formulas, by what they work on. Importing this enters them all (formula_functions.py)."""

from tests.sheets_server.functions import dates, logic, lookup, numbers, texts

__all__ = ["dates", "logic", "lookup", "numbers", "texts"]
