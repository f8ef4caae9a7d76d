"""What a student is called in a mail: by initials, name or row ([mail] students)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from sheets_sync.views.initials import all_initials, initials
from sheets_sync.views.plain import plain

Mode = Literal["initials", "names", "rows"]
LONGEST = 60


@dataclass(frozen=True)
class StudentNames:
    """What to call each student of the Caseload; `mode` also names one who is not on it."""

    labels: Mapping[str, str]
    mode: Mode

    def label(self, student: str) -> str:
        found = self.labels.get(student)
        if found is None:
            words = {"names": student, "initials": initials(student), "rows": "A student not on the Caseload"}
            found = words[self.mode]
        return plain(found, LONGEST)


def student_names(students: pd.DataFrame, mode: Mode) -> StudentNames:
    """Name the students of the Caseload."""
    rows = {str(name): int(row) for name, row in zip(students["student"], students["row"], strict=True)}
    if mode == "initials":
        return StudentNames(all_initials(rows), mode)
    if mode == "rows":
        return StudentNames({name: f"Student in Caseload row {row}" for name, row in rows.items()}, mode)
    return StudentNames({name: name for name in rows}, mode)
