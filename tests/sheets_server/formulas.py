"""Formulas: worked out (calculator.py), and kept right when rows, columns and tabs move (formula_text.py)."""

from __future__ import annotations

from tests.sheets_server.formula_text import Reference, carried, placed, renamed, shifted, translated

__all__ = ["Reference", "carried", "placed", "renamed", "shifted", "translated"]
