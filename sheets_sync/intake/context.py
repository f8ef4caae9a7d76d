"""What reading a tab needs to know of the rest: students, staff, school year, names in use."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from sheets_sync.config import Names
from sheets_sync.intake.bell_schedule import NO_BELLS, Bells
from sheets_sync.intake.dates import SchoolYear
from sheets_sync.intake.names import name_key
from sheets_sync.intake.problem_list import ProblemList
from sheets_sync.intake.staff_names import StaffNames
from sheets_sync.intake.students import Roster


class Labels:
    """The distinct names of a kind (students, services, providers) in the order in which they came up.

    The tables share them: a name has the same code in every table of a run. -1 is a blank.
    """

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._codes: dict[str, int] = {}
        for text in texts:
            self.code(text)

    def code(self, text: str) -> int:
        """Return the code of a name, a new one for a new name; -1 for a blank."""
        return self._codes.setdefault(text, len(self._codes)) if text else -1

    def categorical(self, codes: npt.NDArray[np.integer]) -> pd.Categorical:
        """Return a column of these codes, with every name that has come up so far as a category."""
        return pd.Categorical.from_codes(codes, categories=pd.Index(list(self._codes), dtype=object))


@dataclass
class Context:
    """Grows while the tabs are read: Calendar, Staff, Caseload, Service Grid, Schedule, Service Log."""

    names: Names
    school_year: SchoolYear
    roster: Roster
    school_minutes: int | None = None
    bells: Bells = NO_BELLS
    staff: StaffNames = field(default_factory=StaffNames)
    found: ProblemList = field(default_factory=ProblemList)
    services: Labels = field(default_factory=Labels)
    providers: Labels = field(default_factory=Labels)
    students: Labels = field(default_factory=Labels)

    def ignores_service(self, text: str) -> bool:
        """Tell whether [ignore] names this service."""
        return name_key(text) in {name_key(name) for name in self.names.ignored_services}
