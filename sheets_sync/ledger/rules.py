"""How a district counts: the choices of counting.md, from [school] and [counting] of the configuration."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True)
class Rules:
    """`school_days` are weekdays, Monday 0. `min_behind` is in minutes, `log_grace_days` in open days."""

    closures: Literal["excuse", "prorate", "owe"] = "excuse"
    short_days: Literal["owe", "excuse"] = "owe"
    min_behind: int = 10
    log_grace_days: int = 3
    report_from: date | None = None
    school_days: tuple[int, ...] = (0, 1, 2, 3, 4)
