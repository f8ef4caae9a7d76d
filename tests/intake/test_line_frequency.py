"""The four columns of a grid's line (Frequency, Sessions, Minutes, Per) -> one complete frequency."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.intake.frequency import Frequency, read_line_frequency
from sheets_sync.ports import ErrorValue

TWO_OF_THIRTY = Frequency(2, 30, 60, "week")


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("2 x 30 min / week", None, None, None), TWO_OF_THIRTY),
        ((None, 2.0, 30.0, "week"), TWO_OF_THIRTY),
        (("", 2.0, 30.0, "weekly"), TWO_OF_THIRTY),
        ((None, "2x", "30 min", "per week"), TWO_OF_THIRTY),
        ((None, "2", "30", "Wk"), TWO_OF_THIRTY),
        ((None, "twice", 30.0, "week"), TWO_OF_THIRTY),
        (("2x/week", None, 30.0, None), TWO_OF_THIRTY),
        (("2x30", None, None, "week"), TWO_OF_THIRTY),
        ((2.0, None, 30.0, "week"), TWO_OF_THIRTY),
        (("2x/week", 2.0, 30.0, "week"), TWO_OF_THIRTY),
        (("60 min / week", 2.0, 30.0, None), TWO_OF_THIRTY),
        (("60 min / week", None, 30.0, None), TWO_OF_THIRTY),
        (("2 x 30 min / week", 2.0, time(0, 30), "week"), TWO_OF_THIRTY),
        (("60 min / month", None, None, None), Frequency(None, None, 60, "month")),
        (("60 min / month", None, 60.0, None), Frequency(None, None, 60, "month")),
        (("Weekly", None, 30.0, None), Frequency(None, None, 30, "week")),
        (("Weekly", 2.0, 30.0, None), TWO_OF_THIRTY),
        (("daily", None, 30.0, None), Frequency(1, 30, 30, "day")),
        ((None, 2.0, 30.0, "6-day cycle"), Frequency(2, 30, 60, "cycle", 6)),
        ((None, 1.0, 45.0, "2 weeks"), Frequency(1, 45, 45, "n_weeks", 2)),
        ((None, 1.0, 45.0, "every other week"), Frequency(1, 45, 45, "n_weeks", 2)),
        ((None, 8.0, 30.0, "marking period"), Frequency(8, 30, 240, "grading_period")),
        ((None, 3.0, "1.5 hrs", "month"), Frequency(3, 90, 270, "month")),
        (("as needed", None, None, None), Frequency(None, None, None, "as_needed")),
        (("as needed", None, 30.0, None), Frequency(None, None, None, "as_needed")),
        ((None, None, None, "as needed"), Frequency(None, None, None, "as_needed")),
    ],
)
def test_the_columns_are_joined(cells, expected):
    reading = read_line_frequency(*cells)
    assert (reading.value, reading.problem) == (expected, None)


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ((None, None, None, None), "blank"),
        (("2 x 30 min / week", 3.0, None, None), "Sessions says 3, another column says 2"),
        (("2 x 30 min / week", None, 45.0, None), "Minutes says 45, another column says 30"),
        (("2 x 30 min / week", None, None, "month"), "Per says month, another column says week"),
        (("2x/week", None, None, None), "how many minutes"),
        (("2x30", None, None, None), "which period"),
        ((None, 2.0, 30.0, None), "which period"),
        ((None, None, 30.0, "week"), "how many sessions"),
        (("60 min / week", 2.0, None, None), "a session's or the whole period's"),
        (("70 min / week", None, 30.0, None), "do not make up 70"),
        (("30", None, None, None), "number without a unit"),
        ((60.0, None, 30.0, "week"), "number without a unit"),
        (("30 or 60 minutes weekly", None, None, None), "alternatives"),
        ((None, 2.0, 30.0, "biweekly"), "Biweekly"),
        ((None, 2.0, 30.0, "fortnight of some kind"), "No number is stated"),
        ((None, 0.0, 30.0, "week"), "Sessions cannot be 0"),
        ((None, 2.0, 0.0, "week"), "Minutes cannot be 0"),
        ((None, "many", 30.0, "week"), "no number of sessions"),
        ((date(2025, 1, 2), None, 30.0, "week"), "not a frequency"),
        ((ErrorValue("#REF!"), 2.0, 30.0, "week"), "#REF!"),
        (("60 hours per week", None, None, None), "3600 minutes (60 hours) a week"),
        (("8 hours a day", None, None, None), "480 minutes (8 hours) a day"),
        ((None, 20.0, 120.0, "week"), "2400 minutes (40 hours) a week"),
    ],
)
def test_what_is_missing_or_contradictory_is_said(cells, why):
    reading = read_line_frequency(*cells)
    assert reading.value is None
    assert why in reading.problem
    assert reading.remedy


@pytest.mark.parametrize("cells", [("2-3 x 30 min / week", None, None, None), (None, "2-3", 30.0, "week")])
def test_a_range_is_counted_at_its_lower_end_and_asked_about(cells):
    reading = read_line_frequency(*cells)
    assert reading.value == TWO_OF_THIRTY
    assert "lower end" in reading.problem


@pytest.mark.parametrize(
    ("typed", "school_minutes", "read"),
    [
        ("30 hours per week", None, True),
        ("35 hours per week", None, True),
        ("2200 min / week", None, False),
        ("2200 min / week", 450, True),
        ("35 hours per week", 300, True),
        ("120 hours per month", None, True),
        ("200 hours per month", None, False),
        ("3000 min / year", None, True),
    ],
)
def test_more_than_a_school_has_is_refused(typed, school_minutes, read):
    reading = read_line_frequency(typed, None, None, None, school_minutes=school_minutes)
    assert (reading.value is not None) == read


def test_a_full_day_needs_the_length_of_a_school_day():
    assert read_line_frequency("full day, 5 days per week", None, None, None).value is None
    reading = read_line_frequency("full day, 5 days per week", None, None, None, school_minutes=390)
    assert reading.value == Frequency(5, 390, 1950, "week")


CELLS = st.one_of(
    st.none(),
    st.text(max_size=20),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.times(),
    st.sampled_from(["week", "2x/week", "30 min", "2", "monthly", "60 min / week", "as needed", "2-3"]),
)


@given(CELLS, CELLS, CELLS, CELLS)
def test_whatever_stands_in_the_cells_the_frequency_is_complete_or_refused(frequency, sessions, minutes, per):
    reading = read_line_frequency(frequency, sessions, minutes, per)
    if reading.value is None:
        assert reading.problem
    elif reading.value.period != "as_needed":
        assert reading.value.total is not None
        assert reading.value.period is not None
