"""The Service Grid tab: one line a row, also those that cannot be counted (workbook.md, "Service Grid")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from sheets_sync.intake.cells import SHOWN, is_blank, text_of
from sheets_sync.intake.context import Context
from sheets_sync.intake.frequency import Frequency
from sheets_sync.intake.line_frequency import read_line_frequency
from sheets_sync.intake.names import name_key
from sheets_sync.intake.plain import plain
from sheets_sync.intake.provider_column import provider_codes
from sheets_sync.intake.reading import Reading
from sheets_sync.intake.shared_columns import (
    GROUPS,
    day_column,
    drop_ignored_services,
    group_column,
    read_dates,
    read_groups,
    read_services,
    service_codes,
)
from sheets_sync.intake.student_column import name_students
from sheets_sync.intake.tab_rows import Column, Ints, Readings, TabRows
from sheets_sync.intake.used_columns import TOTAL
from sheets_sync.intake.vocabulary import meanings
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue
from sheets_sync.problems import Severity, record_place
from sheets_sync.tables import LINES, table

_ENDS = lazy_regex(
    r"\bfor\s(?:(?:the|next|a|about)\s)*(?:\d+|one|two|three|four|five|six|eight|nine|ten|twelve|few)?[\s-]?"
    r"(?:weeks?|wks?|months?|mos?)\b(?![\s-](?:period|cycle|quarter|term|block))"
    r"|(?:week|wk|weekly|month|monthly)\s[x\u00d7]\s?\d+\s?(?:weeks?|wks?|months?)\b|\btrial\b",
    re.IGNORECASE,
)
"""A span in a frequency: "2x30/wk for 6 weeks", "trial"."""

_FREQUENCY = ("Frequency", "Sessions", "Minutes", "Per", TOTAL)

Value = TypeVar("Value")

Reasons = list[list[str]]


def read_service_grid(rows: TabRows, context: Context) -> pd.DataFrame:
    """Make the table LINES. A row that cannot be counted stays, with its `reason`; each reason is reported.

    A row of an ignored student or service is left out. A blank group is the one that the frequency names.
    """
    named = name_students(drop_ignored_services(rows, context), context, keep=True)
    rows = named.rows
    reasons: Reasons = [[] for _ in range(len(rows))]
    for position in np.flatnonzero(named.unmatched).tolist():
        reasons[position].append(_who(rows, position, context))
    services = read_services(rows, context)
    _give_reason(reasons, services, rows, "service")
    days = {}
    for name in ("Start date", "End date"):
        days[name] = read_dates(rows, name, context.school_year)
        context.found.readings(rows, days[name])
        _give_reason(reasons, days[name], rows, name.lower())
    start, end = day_column(days["Start date"]), day_column(days["End date"])
    _check_order(rows, start, end, reasons, context)
    frequencies = _frequencies(rows, reasons, context)
    groups = _groups(rows, frequencies, context)
    lines = table(
        LINES,
        {
            "row": rows.rows,
            "student": context.students.categorical(named.codes),
            "service": context.services.categorical(service_codes(services, context)),
            "group": group_column(groups),
            "provider": context.providers.categorical(provider_codes(rows, context)),
            "setting": rows.column("Setting").texts(),
            **_requirement(frequencies),
            "start": start,
            "end": end,
            "esy": _esy(rows, context),
            "notes": rows.column("Notes").texts(),
            "frequency_text": _frequency_texts(rows),
            "reason": [" ".join(row) for row in reasons],
        },
    )
    _report_alike(rows, lines, context)
    return lines


def _who(rows: TabRows, position: int, context: Context) -> str:
    cell = rows.address(position, rows.column("Student"))
    return f"The student ({cell}) cannot be told from the Caseload."


def _give_reason(reasons: Reasons, readings: Readings[Value], rows: TabRows, what: str) -> None:
    """Say why a line cannot be counted whose cell could not be read, or whose service is blank."""
    missing = readings.absent() if what == "service" else readings.unread()
    column = readings.column
    for position in np.flatnonzero(missing).tolist():
        reading = readings.found[int(column.codes[position])]
        cell = rows.address(position, column)
        why = reading.problem if reading is not None else "It is blank."
        reasons[position].append(f"The {what} ({cell}) cannot be read. {why}")


def _check_order(rows: TabRows, start: pd.Series, end: pd.Series, reasons: Reasons, context: Context) -> None:
    column = rows.column("End date")
    for position in np.flatnonzero((end < start).to_numpy()).tolist():
        problem = "The end date is before the start date."
        context.found.cell(Severity.ERROR, rows, position, column, problem, "Mend the one that is wrong.")
        reasons[position].append(f"{problem[:-1]} ({rows.address(position, column)}).")


def _frequencies(rows: TabRows, reasons: Reasons, context: Context) -> list[Frequency | None]:
    """Read how often and how long, each combination of the cells once."""
    columns = [rows.column(name) for name in _FREQUENCY]
    combinations = list(zip(*(column.codes.tolist() for column in columns), strict=True))
    read: dict[tuple[int, ...], Reading[Frequency]] = {}
    for combination in combinations:
        if combination not in read:
            cells = [column.cells[code] for column, code in zip(columns, combination, strict=True)]
            read[combination] = _read_frequency(cells, context)
    told: set[tuple[int, ...]] = set()
    for position, combination in enumerate(combinations):
        reading = read[combination]
        if not reading.problem:
            continue
        column = _to_blame(columns, position)
        if reading.value is None:
            cell = rows.address(position, column)
            reasons[position].append(f"The frequency ({cell}) cannot be read. {reading.problem}")
        if combination not in told:
            told.add(combination)
            alike = np.array([other == combination for other in combinations], dtype=bool)
            severity = Severity.ERROR if reading.value is None else Severity.QUESTION
            context.found.at_rows(severity, rows, column, alike, reading.problem, reading.remedy)
    return [read[combination].value for combination in combinations]


def _read_frequency(cells: Sequence[CellValue], context: Context) -> Reading[Frequency]:
    reading = read_line_frequency(*cells, school_minutes=context.school_minutes)
    frequency = cells[0]
    if reading.value is None or reading.problem or not _ENDS.search(plain(text_of(frequency))):
        return reading
    return Reading(reading.value, "This may end before the line does: no end is counted.", "Write End date.")


def _to_blame(columns: Sequence[Column], position: int) -> Column:
    """Return the column to show: the first of them that is filled in this row, else the first at all."""
    there = [column for column in columns if column.position >= 0]
    for column in there:
        if not is_blank(column.cells[int(column.codes[position])]):
            return column
    return there[0] if there else columns[0]


def _requirement(frequencies: Sequence[Frequency | None]) -> dict[str, list[object]]:
    def each(name: str, blank: object) -> list[object]:
        return [blank if f is None else getattr(f, name) for f in frequencies]

    return {
        "sessions": [value or 0 for value in each("sessions", 0)],
        "minutes": [value or 0 for value in each("minutes", 0)],
        "total": [value or 0 for value in each("total", 0)],
        "period": each("period", ""),
        "n": each("n", 1),
    }


def _groups(rows: TabRows, frequencies: Sequence[Frequency | None], context: Context) -> Ints:
    """Return the group of each line: that of its own column, else that of its frequency."""
    column = rows.column("Group")
    codes = read_groups(rows, context)
    blank = column.blank()
    for position, frequency in enumerate(frequencies):
        if frequency is None or frequency.group not in GROUPS:
            continue
        of_frequency = GROUPS.index(frequency.group)
        if codes[position] == -1 and blank[position]:
            codes[position] = of_frequency
        elif codes[position] not in (-1, of_frequency):
            context.found.cell(
                Severity.QUESTION,
                rows,
                position,
                column,
                f"{'Service' if blank[position] else 'Group'} says {GROUPS[codes[position]]}, the frequency"
                f" {frequency.group}: the first is counted.",
                "Make the two agree.",
            )
    return codes


def _esy(rows: TabRows, context: Context) -> npt.NDArray[np.generic]:
    marks = rows.column("ESY").read(_read_mark)
    context.found.readings(rows, marks)
    return marks.each(bool, False, "bool")


def _read_mark(cell: CellValue) -> Reading[bool]:
    mark = meanings("yes_no").get(text_of(cell).casefold())
    if mark:
        return Reading(mark == "yes")
    return Reading(
        None, "This says neither yes nor no: the line is counted as one of the school year.", 'Write "Yes".'
    )


def _frequency_texts(rows: TabRows) -> list[str]:
    """Return the frequency as typed; of separate columns "2 x 30 / week", or of all minutes of a period."""
    texts, sessions, minutes, per, totals = (rows.column(name).texts() for name in _FREQUENCY)
    apart = [
        " / ".join(part for part in (" x ".join(p for p in (s, m) if p), per_text) if part)
        for s, m, per_text in zip(sessions, minutes, per, strict=True)
    ]
    return [text or other or total for text, other, total in zip(texts, apart, totals, strict=True)]


def _report_alike(rows: TabRows, lines: pd.DataFrame, context: Context) -> None:
    """Ask about a line that has the student, service, group, start date and setting of one above."""
    keys = zip(
        (name_key(setting) for setting in lines["setting"].tolist()),
        lines["student"].cat.codes,
        lines["service"].cat.codes,
        lines["group"].cat.codes,
        lines["start"].to_numpy().astype("int64"),
        strict=True,
    )
    found_at: dict[tuple[object, ...], int] = {}
    counted = (lines["reason"] == "").tolist()
    for position, key in enumerate(keys):
        above = found_at.setdefault(key, position) if counted[position] else position
        if above == position:
            continue
        place = record_place(int(rows.rows[above]))
        context.found.cell(
            Severity.QUESTION,
            rows,
            position,
            rows.column("Student"),
            f"{place[:1].upper()}{place[1:]} has the same student, service, group and start date."
            " Both lines are counted.",
            "Delete one if it stands here twice; else tell groups, settings or start dates apart.",
            str(lines.at[position, "frequency_text"])[:SHOWN],
        )
