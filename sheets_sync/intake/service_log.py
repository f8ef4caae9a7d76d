"""The Service Log tab: one entry a row and student (spec: workbook.md, "Service Log"; counting.md, "Log").

Written for 1,000,000 rows: what is typed is read once for each distinct cell (tab_rows.py), and everything
that is done row by row is done on whole columns.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from sheets_sync.intake.beside_the_status import (
    ask_beside_status,
    ask_of_made_up,
    ask_of_owed,
    marked_make_up,
)
from sheets_sync.intake.by_whom import ask_by_whom
from sheets_sync.intake.cells import text_of
from sheets_sync.intake.codes import Code, is_part_of_a_session, read_code
from sheets_sync.intake.codes_of_header import codes_of_header
from sheets_sync.intake.context import Context, Labels
from sheets_sync.intake.contrary_reasons import with_contrary_reasons
from sheets_sync.intake.dates import read_written_date
from sheets_sync.intake.layouts.key_of_codes import together
from sheets_sync.intake.log_times import ask_of_two_lengths, read_log_times
from sheets_sync.intake.provider_column import provider_codes
from sheets_sync.intake.reading import Reading
from sheets_sync.intake.shared_columns import (
    NEVER,
    drop_ignored_services,
    group_column,
    numbers,
    read_dates,
    read_groups,
    read_lengths,
    read_services,
    read_spans,
    report_blank,
    service_codes,
)
from sheets_sync.intake.status_with_reason import with_reasons
from sheets_sync.intake.student_column import name_students
from sheets_sync.intake.tab_rows import Flags, Ints, Readings, TabRows
from sheets_sync.intake.titles_of_years import ask_of_another_year
from sheets_sync.ports import CellValue, source_name
from sheets_sync.problems import Severity
from sheets_sync.tables import CATEGORY_WORDS, DATE, LOG, Category, table

Dates = npt.NDArray[np.datetime64]

_COUNTED = (Category.DELIVERED, Category.MAKE_UP, Category.LATE, Category.TEAM_DECISION)
"""The categories whose minutes count; of all others they are ignored (counting.md, "Log")."""


def read_service_log(rows: TabRows, context: Context, today: date) -> pd.DataFrame:
    """Make the table LOG. A row whose date, student or service cannot be read is reported and left out.

    A row without a status, dated today or later, is one prepared for later and left out silently; before
    today it stays as UNKNOWN, and is reported. So does a delivered session whose minutes cannot be read:
    it is not counted until they can.
    """
    if any(map(_has_no_year, rows.column("Date").cells)):
        ask_of_another_year(rows, context)
    rows = drop_ignored_services(rows, context)
    spans = read_spans(rows, "Date", context.school_year)
    context.found.readings(rows, spans)
    column = spans.column
    report_blank(context, rows, column, column.blank(), "Date is blank.", "Write the date of the session.")
    services = read_services(rows, context)
    named = name_students(rows, context)
    first, last = _days(spans)
    prepared = rows.column("Status").blank() & (last >= np.datetime64(today, "s"))
    good = ~spans.absent() & ~services.absent() & ~prepared
    named = named.at(good[named.take])
    rows, take = named.rows, named.take
    categories, minutes, made_up_for, words, typed, starts = _statuses(rows, first[take], context)
    services = services.at(take)
    return table(
        LOG,
        {
            "row": rows.rows,
            "date": first[take],
            "to": np.where(last > first, last, NEVER)[take],
            "student": context.students.categorical(named.codes),
            "service": context.services.categorical(service_codes(services, context)),
            "provider": context.providers.categorical(provider_codes(rows, context)),
            "start": starts,
            "minutes": minutes,
            "category": categories.astype(np.int8),
            "group": group_column(read_groups(rows, context)),
            "makeup_for": made_up_for,
            "decided": ~(rows.column("Notes").blank() & rows.column("Reason").blank()),
            "reason": words,
            "typed": typed,
        },
    )


def _has_no_year(cell: CellValue) -> bool:
    written = read_written_date(cell) if isinstance(cell, str) else None
    return written is not None and written.year is None


def _days(spans: Readings[tuple[date, date]]) -> tuple[Dates, Dates]:
    """Return the first and the last day of each row, the same for a single day."""
    first = spans.each(lambda span: np.datetime64(span[0], "s"), NEVER, DATE)
    last = spans.each(lambda span: np.datetime64(span[1], "s"), NEVER, DATE)
    return first, last


def _statuses(
    rows: TabRows, days: Dates, context: Context
) -> tuple[Ints, Ints, Dates, pd.Categorical, pd.Categorical, Ints]:
    """Return category, minutes, make-up-for date, status in words and as typed, and start of each row."""
    column = rows.column("Status")
    known = together(codes_of_header(rows), together(rows.codes, _codes(rows, context)))
    codes = column.read(lambda cell: read_code(cell, codes=known, year=context.school_year))
    codes = with_reasons(rows, codes, known, context)
    codes = with_contrary_reasons(rows, codes, days, known, context)
    context.found.readings(rows, codes)
    problem = "Status is blank: the session stays not logged."
    remedy = "Write what became of the session, like Delivered or Student absent, or clear the row."
    report_blank(context, rows, column, column.blank(), problem, remedy)
    categories = codes.each(lambda code: int(code.category), int(Category.UNKNOWN), "int64").astype(np.int64)
    minutes, unread, starts = _minutes(rows, codes, np.isin(categories, _COUNTED), context)
    _ask_how_much(rows, codes, minutes, context)
    categories = np.where(unread, int(Category.UNKNOWN), categories)
    made_up_for = _made_up_for(rows, codes, context)
    made_up = (categories == int(Category.DELIVERED)) & marked_make_up(rows, made_up_for, days)
    categories = np.where(made_up, int(Category.MAKE_UP), categories)
    ask_beside_status(rows, categories, minutes, known, context)
    ask_by_whom(rows, categories, context)
    ask_of_owed(rows, categories, known, context)
    ask_of_made_up(rows, categories, days, context)
    return categories, minutes, made_up_for, _words(codes, made_up), _typed(codes), starts


def _ask_how_much(rows: TabRows, codes: Readings[Code], minutes: Ints, context: Context) -> None:
    """Ask about a part of a session without minutes that is counted: as the whole."""
    problem = "A part of the session was given, and it is counted as all of it: its minutes are not told."
    asked = codes.column.read(
        lambda cell: (
            Reading(text_of(cell), problem, "Write the minutes that were given.")
            if is_part_of_a_session(text_of(cell))
            else Reading(text_of(cell))
        )
    )
    context.found.readings(rows, asked, Severity.QUESTION, where=(minutes < 0) & ~codes.absent())


def _codes(rows: TabRows, context: Context) -> Mapping[str, str]:
    """Return the codes that the configuration gives: another workbook has its own."""
    source = context.names.sources.get(source_name(rows.sheet))
    return source.codes if source and source.codes else context.names.codes


def _minutes(
    rows: TabRows, codes: Readings[Code], counted: Flags, context: Context
) -> tuple[Ints, Flags, Ints]:
    """Return each row's minutes (the column's, else the code's, else those between Start and End), which
    counted ones cannot be read, and when each starts."""
    lengths = read_lengths(rows, "Minutes")
    context.found.readings(rows, lengths, Severity.ERROR, where=counted)
    context.found.readings(rows, lengths, Severity.QUESTION, where=~counted)
    of_code = codes.each(lambda code: -1 if code.minutes is None else code.minutes, -1, "int64")
    stated = np.where(lengths.column.blank(), of_code, numbers(lengths))
    untold = counted & lengths.column.blank() & (of_code < 0)
    times = read_log_times(rows, untold, context)
    ask_of_two_lengths(rows, stated, times, counted, context)
    unread = (lengths.unread() & counted) | (times.unread & untold)
    return np.where(untold, times.between, stated), unread, times.start


def _made_up_for(rows: TabRows, codes: Readings[Code], context: Context) -> Dates:
    dates = read_dates(rows, "Make-up for", context.school_year)
    context.found.readings(rows, dates, Severity.QUESTION)
    typed = dates.each(lambda day: np.datetime64(day, "s"), NEVER, DATE)
    of_code = codes.each(
        lambda code: NEVER if code.makeup_for is None else np.datetime64(code.makeup_for, "s"), NEVER, DATE
    )
    return np.where(dates.column.blank(), of_code, typed)


def _words(codes: Readings[Code], made_up: Flags) -> pd.Categorical:
    """Return the status of each row in words: the category's, or what is typed where it is unknown."""
    labels = Labels()
    numbers_ = [
        labels.code(
            text_of(cell)
            if reading is None or reading.value is None or reading.value.category == Category.UNKNOWN
            else CATEGORY_WORDS[Category(reading.value.category)]
        )
        for cell, reading in zip(codes.column.cells, codes.found, strict=True)
    ]
    of_rows = np.array(numbers_, dtype=np.int64)[codes.column.codes]
    if made_up.any():
        of_rows[made_up] = labels.code(CATEGORY_WORDS[Category.MAKE_UP])
    return labels.categorical(of_rows)


def _typed(codes: Readings[Code]) -> pd.Categorical:
    labels = Labels()
    numbers_ = [labels.code(text_of(cell)) for cell in codes.column.cells]
    return labels.categorical(np.array(numbers_, dtype=np.int64)[codes.column.codes])
