"""Entries of the Service Log: dates, spans, codes, minutes; what cannot be read, and what then happens."""

from __future__ import annotations

from datetime import date, datetime, time

import pandas as pd
import pytest

from sheets_sync.config import Names
from sheets_sync.ports import CellValue, ErrorValue
from sheets_sync.tables import Category, Tables
from tests.intake.small_workbook import cells, only, read, told

HEADER = (
    "Date | Student | Service | Provider | Start | Minutes | Status | Group | Make-up for | Reason | Notes"
)
ENTRY = "2025-10-06 | Ana R. | Speech therapy | J. Rivera | 9:00 | 30 | Delivered | | | |"


def log(*rows: str, **options: Names) -> Tables:
    return read({"Service Log": "\n".join((HEADER, *rows))}, **options)


def entry(**cells_: CellValue) -> Tables:
    """Read one entry with some cells replaced."""
    rows = cells("\n".join((HEADER, ENTRY)))
    for name, value in cells_.items():
        rows[1][
            [str(header).lower().replace("-", "").replace(" ", "_") for header in rows[0]].index(name)
        ] = value
    return read({"Service Log": rows})


def test_an_entry_says_who_what_when_and_what_became_of_it() -> None:
    (row,) = log(ENTRY).log.to_dict("records")
    assert {key: value for key, value in row.items() if not pd.isna(value)} == {
        "row": 2,
        "date": pd.Timestamp(2025, 10, 6),
        "student": "Ana R.",
        "service": "Speech therapy",
        "provider": "J. Rivera",
        "start": 540,
        "minutes": 30,
        "category": Category.DELIVERED,
        "decided": False,
        "reason": "delivered",
        "typed": "Delivered",
    }


DATES = [
    # typed                        first, last (None: a single day)
    (date(2025, 10, 6), date(2025, 10, 6), None),
    (datetime.fromisoformat("2025-10-06T09:15"), date(2025, 10, 6), None),
    ("10/6/2025", date(2025, 10, 6), None),
    ("10/6", date(2025, 10, 6), None),
    ("3/2", date(2026, 3, 2), None),
    ("11/3-11/7", date(2025, 11, 3), date(2025, 11, 7)),
    ("11/3/2025 - 11/7/2025", date(2025, 11, 3), date(2025, 11, 7)),
    ("9/3/2025", date(2025, 9, 3), None),
]


@pytest.mark.parametrize(("typed", "first", "last"), DATES)
def test_dates_and_spans(typed: CellValue, first: date, last: date | None) -> None:
    tables = entry(date=typed)
    (row,) = tables.log.to_dict("records")
    assert row["date"].date() == first
    assert (None if pd.isna(row["to"]) else row["to"].date()) == last
    assert not tables.problems


def test_a_column_that_puts_the_day_first_is_read_so() -> None:
    tables = log(*[ENTRY.replace("2025-10-06", text) for text in ("3/9/2025", "25/9/2025")])
    assert tables.log["date"].dt.date.tolist() == [date(2025, 9, 3), date(2025, 9, 25)]


def test_where_a_column_contradicts_itself_what_could_be_both_is_refused() -> None:
    tables = log(*[ENTRY.replace("2025-10-06", text) for text in ("9/25/2025", "25/9/2025", "3/9/2025")])
    assert tables.log["row"].tolist() == [2, 3]
    assert [cell for _, cell, _ in told(tables)] == ["Service Log!A4"]


LEFT_OUT = [
    # column, typed, cell
    ("date", "soon", "A2"),
    ("date", None, "A2"),
    ("date", date(2205, 10, 6), "A2"),
    ("date", date(1900, 1, 5), "A2"),
    ("date", ErrorValue("#N/A"), "A2"),
    ("student", None, "B2"),
    ("student", "Zoe Q.", "B2"),
    ("student", ErrorValue("#REF!"), "B2"),
    ("service", None, "C2"),
    ("service", ErrorValue("#REF!"), "C2"),
]


@pytest.mark.parametrize(("column", "typed", "cell"), LEFT_OUT)
def test_an_entry_without_date_student_or_service_is_reported_and_left_out(
    column: str, typed: CellValue, cell: str
) -> None:
    tables = entry(**{column: typed})
    assert len(tables.log) == 0
    assert (only(tables).severity, only(tables).tab, only(tables).cell) == ("error", "Service Log", cell)


CODES = [
    # status               category                        words
    ("Delivered", Category.DELIVERED, "delivered"),
    ("DELIVERED ", Category.DELIVERED, "delivered"),
    ("Make-up", Category.MAKE_UP, "make-up"),
    ("SNA", Category.PROVIDER_ABSENT, "provider absent"),
    ("CNA", Category.STUDENT_UNAVAILABLE, "student unavailable"),
    ("NS", Category.AGREED_DAY_OFF, "agreed day off"),
]


@pytest.mark.parametrize(("typed", "category", "words"), CODES)
def test_codes(typed: str, category: Category, words: str) -> None:
    tables = entry(status=typed)
    assert tables.log[["category", "reason"]].to_numpy().tolist() == [[category, words]]
    assert not tables.problems


def test_an_unknown_code_stays_unknown_and_is_reported_once() -> None:
    rows = [ENTRY.replace("Delivered", code) for code in ("XQZ", "Delivered", "XQZ", "Qzx")]
    tables = log(*rows)
    assert tables.log["category"].tolist() == [0, 1, 0, 0]
    assert tables.log["reason"].tolist() == ["XQZ", "delivered", "XQZ", "Qzx"]
    assert [(p.cell, p.value, p.problem.endswith("(2 rows: 2, 4)")) for p in tables.problems] == [
        ("G2", "XQZ", True),
        ("G5", "Qzx", False),
    ]


def test_the_configuration_gives_a_code_its_meaning() -> None:
    assert log(ENTRY.replace("Delivered", "P"), names=Names(codes={"P": "delivered"})).log[
        "category"
    ].tolist() == [1]


MINUTES = [
    # status, minutes        -> category, minutes
    ("Delivered", 30.0, Category.DELIVERED, 30),
    ("Delivered", None, Category.DELIVERED, -1),
    ("Delivered", "30 min", Category.DELIVERED, 30),
    ("Delivered", time(0, 45), Category.DELIVERED, 45),
    (45.0, None, Category.DELIVERED, 45),
    ("45", None, Category.DELIVERED, 45),
    ("MU/30", None, Category.MAKE_UP, 30),
    ("MU/30", 20.0, Category.MAKE_UP, 20),
]


@pytest.mark.parametrize(("status", "minutes", "category", "length"), MINUTES)
def test_minutes_come_from_their_column_or_else_from_the_code(
    status: CellValue, minutes: CellValue, category: Category, length: int
) -> None:
    tables = entry(status=status, minutes=minutes)
    assert tables.log[["category", "minutes"]].to_numpy().tolist() == [[category, length]]
    assert not tables.problems


@pytest.mark.parametrize("minutes", [-30.0, "lots", 5000.0, ErrorValue("#VALUE!")])
def test_a_delivered_session_whose_minutes_cannot_be_read_is_not_counted_until_they_can(
    minutes: CellValue,
) -> None:
    tables = entry(minutes=minutes)
    assert tables.log[["category", "minutes"]].to_numpy().tolist() == [[Category.UNKNOWN, -1]]
    assert (only(tables).severity, only(tables).cell) == ("error", "F2")


def test_minutes_on_a_missed_session_change_nothing_and_are_only_asked_about() -> None:
    tables = entry(status="Student absent", minutes="lots")
    assert tables.log["category"].tolist() == [Category.STUDENT_ABSENT]
    assert only(tables).severity == "question"


def test_make_up_for_is_its_column_or_else_in_the_code() -> None:
    assert entry(status="Make-up", makeup_for=date(2025, 10, 1)).log["makeup_for"].dt.date.tolist() == [
        date(2025, 10, 1)
    ]
    assert entry(status="Makeup from 10/7").log["makeup_for"].dt.date.tolist() == [date(2025, 10, 7)]


def test_a_make_up_for_that_cannot_be_read_is_asked_about() -> None:
    tables = entry(status="Make-up", makeup_for="that Tuesday")
    assert tables.log["makeup_for"].isna().all()
    assert (only(tables).severity, only(tables).cell) == ("question", "I2")


@pytest.mark.parametrize(
    ("reason", "notes", "decided"), [(None, None, False), ("Team met", None, True), (None, "x", True)]
)
def test_a_decision_needs_notes_or_a_reason(reason: str | None, notes: str | None, decided: bool) -> None:
    assert entry(status="Team decision", reason=reason, notes=notes).log["decided"].tolist() == [decided]


def test_a_row_without_a_status_before_today_is_unknown_and_reported() -> None:
    tables = entry(status=None)
    assert tables.log["category"].tolist() == [Category.UNKNOWN]
    assert told(tables) == [("error", "Service Log!G2", "Status is blank: the session stays not logged.")]


def test_rows_put_down_ahead_are_no_entries() -> None:
    ahead = ENTRY.replace("2025-10-06", "2025-10-20").replace("Delivered", "")
    tables = log(ENTRY, ahead, "2025-10-21 | | | | | | | | | |")
    assert tables.log["row"].tolist() == [2]
    assert not tables.problems


def test_a_group_that_cannot_be_read_is_asked_about_and_blank() -> None:
    tables = entry(group="the blue ones")
    assert tables.log["group"].isna().all()
    assert (only(tables).severity, only(tables).cell) == ("question", "H2")


def test_true_is_no_number() -> None:
    tables = log(ENTRY.replace("Delivered", "1"))
    rows = cells("\n".join((HEADER, ENTRY, ENTRY)))
    rows[1][5], rows[2][5] = 1.0, True
    mixed = read({"Service Log": rows})
    assert len(tables.log) == 1
    assert [(p.cell, "minutes" in p.problem) for p in mixed.problems] == [("F2", True), ("F3", False)]


def test_one_bad_cell_in_each_row_never_stops_the_others() -> None:
    bad = [
        ENTRY.replace("9:00", "noonish"),
        ENTRY.replace("30", "lots"),
        ENTRY.replace("2025-10-06", "never"),
    ]
    tables = log(*bad, ENTRY)
    assert tables.log["row"].tolist() == [2, 3, 5]
    assert [cell for _, cell, _ in told(tables)] == ["Service Log!A4", "Service Log!F3", "Service Log!E2"]
