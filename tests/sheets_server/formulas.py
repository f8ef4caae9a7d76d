"""Formulas: worked out, and kept right when rows, columns and tabs move."""

from __future__ import annotations

from collections.abc import Callable


def shifted(formula: str, home: str, title: str, dimension: str, moved: Callable[[int], int | None]) -> str:
    """Return the formula after rows ("ROWS") or columns ("COLUMNS") of the tab `title` were inserted, deleted
    or moved. `home` is the title of the tab in which the formula stands; `moved` gives the new index of an
    old one (from 0), None where it was deleted (the reference becomes #REF!)."""
    return formula


def translated(formula: str, down: int, right: int) -> str:
    """Return the formula as copied `down` rows and `right` columns away: references without $ go along."""
    return formula


def renamed(formula: str, old: str, new: str | None) -> str:
    """Return the formula after the tab `old` was renamed to `new`; None: it was deleted (#REF!)."""
    return formula
