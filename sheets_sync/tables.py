"""The tables between intake and ledger: columns, dtypes and units, defined once.

Dates are datetime64[s] at midnight, local; a blank is NaT. Clock times are minutes after midnight, -1 for
blank. Lengths are minutes. Text columns are str objects, "" for blank, unless they are categories.
Student, service, group and provider are categories: the student as the Caseload spells it, the service by
its canonical name, the group "individual", "group", "consultation" or missing (NaN), the provider as the
Staff tab spells it where it is known there, else as typed, missing where blank.
Every table carries `row`, the 1-based row of the tab it was read from: its cell is "A{row}" of that tab.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pandas as pd

from sheets_sync.categories import CATEGORY_WORDS as CATEGORY_WORDS
from sheets_sync.categories import Category as Category
from sheets_sync.guarded import SeenTab
from sheets_sync.problems import Problem, a1, sheet_of

DATE = "datetime64[s]"
TEXT = "object"
LABEL = "category"

STUDENTS = {
    "row": "int64",
    "student": TEXT,
    "student_id": TEXT,
    "grade": TEXT,
    "school": TEXT,
    "district": TEXT,
    "case_manager": TEXT,
    "case_manager_email": TEXT,
    "teacher_email": TEXT,
    "plan": TEXT,
    "exit": DATE,
    "notes": TEXT,
}
"""One row a student, in the order of the Caseload."""

LINES = {
    "row": "int64",
    "student": LABEL,
    "service": LABEL,
    "group": LABEL,
    "provider": LABEL,
    "setting": TEXT,
    "sessions": "int64",  # a period; 0 where only a total is stated
    "minutes": "int64",  # a session; 0 where only a total is stated
    "total": "int64",  # R: minutes that one whole period asks for
    # day week n_weeks month quarter trimester semester term grading_period cycle year once as_needed
    "period": TEXT,
    "n": "int64",  # N of n_weeks and cycle, else 1
    "start": DATE,
    "end": DATE,
    "esy": "bool",
    "notes": TEXT,
    "frequency_text": TEXT,  # as typed
    "reason": TEXT,  # why the line cannot be counted (CHECK DATA); "" if it can
}
"""One row a line of the Service Grid, in its order; all rows stay, also those that cannot be counted."""

SCHEDULE = {
    "row": "int64",
    "student": LABEL,
    "service": LABEL,
    "provider": LABEL,
    "group": LABEL,
    "location": TEXT,
    "pattern": TEXT,  # weekly | alternate | nth | cycle
    "weekdays": "int64",  # bits, Monday 1 to Sunday 64; 0 for cycle
    "nth": "int64",  # bits, first 1, second 2 ... fifth 16, last 32; 0 unless nth
    "cycle_days": "int64",  # bits, day 1 = 1, day 2 = 2, day 3 = 4 ...; 0 unless cycle
    "cycle_length": "int64",  # 2 for A/B; 0 where the cell does not say
    "start": "int64",
    "minutes": "int64",
    "from": DATE,
    "to": DATE,
    "makeup": "bool",  # marked make-up in Group or Notes: yields no occurrence
    "notes": TEXT,
    "days_text": TEXT,  # in one form: "Mon, Wed" "Day 1, Day 4" "1st & 3rd Wed" "every other Fri"
}
"""One row a student, service and rule of a Schedule row: a row that names several students or splits into
several rules is several rows here, with the same `row`. Rows alike in everything are already one."""

LOG = {
    "row": "int64",
    "date": DATE,
    "to": DATE,  # last day of a span ("11/3-11/7"); NaT for a single day
    "student": LABEL,
    "service": LABEL,
    "provider": LABEL,
    "start": "int64",
    "minutes": "int64",  # -1 blank
    "category": "int8",  # Category
    "group": LABEL,
    "makeup_for": DATE,
    "decided": "bool",  # Notes or Reason is filled: what a team decision needs
    "reason": LABEL,  # what stands in Status, in words: "provider absent"; the typed text if unknown
    "typed": LABEL,  # Status as typed
}
"""One row a student of a Service Log row whose date, student and service could be read, in sheet order."""

CALENDAR = {
    "row": "int64",
    "date": DATE,
    "to": DATE,  # equals date for a single day
    # first day | last day | no school | early release | late start | esy | quarter | trimester | semester
    # | term | grading_period | cycle_day
    "kind": TEXT,
    "time": "int64",
    "label": TEXT,
}
"""One row a row of the Calendar."""

ATTENDANCE = {
    "row": "int64",
    "date": DATE,
    "student": LABEL,
    "kind": TEXT,  # absent | tardy | dismissed; "" an absence whose date cannot be read
    "time": "int64",
}

STAFF = {
    "row": "int64",
    "name": TEXT,
    "role": TEXT,
    "services": TEXT,  # canonical names joined by "; "
    "email": TEXT,
    "supervisor": TEXT,
    "supervisor_email": TEXT,
    "away_from": DATE,
    "away_to": DATE,
}


def table(schema: dict[str, str], rows: dict[str, object] | None = None) -> pd.DataFrame:
    """Make a table of this schema from columns; a column that is left out is blank."""
    given = rows or {}
    length = max((len(column) for column in given.values()), default=0)  # type: ignore[arg-type]
    rows_of_all = pd.RangeIndex(length)
    return pd.DataFrame(
        {
            name: pd.Series(given.get(name, _blank(dtype, length)), rows_of_all, dtype=dtype)
            for name, dtype in schema.items()
        },
        rows_of_all,
    )


def _blank(dtype: str, length: int) -> object:
    if dtype == DATE:
        return np.full(length, "NaT", dtype=DATE)
    if dtype == TEXT:
        return [""] * length
    if dtype == LABEL:
        return [None] * length
    return np.zeros(length, dtype=dtype)


@dataclass(frozen=True)
class SheetRead:
    """A sheet that was read: `positions` are the 0-based places of its columns by their canonical names (-1:
    it has none), `layout` says what it was taken for where it is no list, with how much on it.

    `source` tells it from others that are read as the same tab ("" where there is no other); `outside` is
    what to call it where no student may be named, "" where its own name may stand (outside_names.py).
    `foreign`: it is another workbook's; `absent` says why it could not be read tonight; `stood`: it was
    then read as it stood at the run of `as_of`, the last that could read it. `used` are the 0-based
    columns of which a list was read. `places` are, where charts were joined to one tab, the name of the
    sheet and the cell of each column of a record: (column, row) -> ("Days", "C7").
    """

    name: str
    positions: Mapping[str, int] = field(default_factory=dict)
    layout: str = ""
    source: str = ""
    outside: str = ""
    foreign: bool = False
    absent: str = ""
    stood: bool = False
    as_of: date | None = None
    used: frozenset[int] = frozenset()
    places: Mapping[tuple[str, int], tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Tables:
    """Everything that a run counts, and what could not be read on the way.

    `calendar` is None where the workbook has no Calendar tab. `sheets` gives by canonical tab ("Service
    Grid") the sheets that were read as it, in their order; the `row` of a record says on which it stands
    (problems.on_sheet). `seen` is what guards compare with the last trusted run. `earliest_away` is the
    earliest date of sheets that cannot be read tonight, as that run read them. `unread_sessions` gives by
    student the cell of an error on the Schedule that names this student ("Schedule!C5").
    """

    students: pd.DataFrame
    lines: pd.DataFrame
    schedule: pd.DataFrame
    log: pd.DataFrame
    calendar: pd.DataFrame | None
    attendance: pd.DataFrame
    staff: pd.DataFrame
    problems: tuple[Problem, ...] = ()
    sheets: Mapping[str, tuple[SheetRead, ...]] = field(default_factory=dict)
    seen: tuple[SeenTab, ...] = ()
    earliest_away: date | None = None
    unread_sessions: Mapping[str, str] = field(default_factory=dict)

    def tab(self, canonical: str, row: int = 0) -> str:
        """Return what this workbook calls the tab on which a record stands: "SLP log 25-26"."""
        return self.sheet(canonical, row).name

    def sheet(self, canonical: str, row: int = 0) -> SheetRead:
        """Return the sheet on which a record stands."""
        return self.sheets_of(canonical)[sheet_of(row)]

    def sheets_of(self, canonical: str) -> tuple[SheetRead, ...]:
        """Return the sheets that were read as a tab; where none was, one that has its name alone."""
        return self.sheets.get(canonical) or (SheetRead(canonical),)

    @property
    def absent(self) -> dict[str, SheetRead]:
        """Return, by their `source`, the sheets of which nothing is known tonight."""
        found = (one for sheets in self.sheets.values() for one in sheets)
        return {one.source: one for one in found if one.absent and not one.stood}

    def stood(self, canonical: str) -> dict[int, SheetRead]:
        """Return, by their numbers, the sheets of a tab that were read as they stood at the last good run."""
        return {number: one for number, one in enumerate(self.sheets.get(canonical, ())) if one.stood}

    @property
    def layouts(self) -> dict[str, str]:
        """Return what each sheet that is no list was taken for, by its name."""
        return {one.name: one.layout for found in self.sheets.values() for one in found if one.layout}

    def called(self, canonical: str, source: str) -> str:
        """Return what to call one of the sheets where no student may be named: 'The tab "Kim log"'."""
        sheet = next((one for one in self.sheets_of(canonical) if one.source == source), None)
        if sheet is None:
            return f"the tab of somebody ({canonical})" if source else f'the tab "{canonical}"'
        return sheet.outside or f'the tab "{sheet.name}"'

    def at(self, canonical: str, row: int) -> str:
        """Return where a record stands: "Service Log!A31"."""
        return f"{self.tab(canonical, row)}!{a1(row)}"

    def place(self, canonical: str, column: str, row: int) -> tuple[str, str]:
        """Return the name of the sheet and the cell of a record's column, also where charts were joined."""
        joined = self.sheets_of(canonical)[0].places.get((column, row))
        return joined or (self.tab(canonical, row), self.cell(canonical, column, row))

    def cell(self, canonical: str, column: str, row: int) -> str:
        """Return the cell of a column in a sheet row, "F99"; the row's first where the tab has none."""
        return a1(row, max(self.sheet(canonical, row).positions.get(column, 0), 0))
