"""What one code amounts to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sheets_sync.categories import Category


@dataclass(frozen=True, slots=True)
class Code:
    """`minutes` and `makeup_for` are those that stand in the code itself ("MU/30", "makeup from 10/7")."""

    category: Category
    minutes: int | None = None
    makeup_for: date | None = None
