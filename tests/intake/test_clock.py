"""Clock times, ranges and lengths: what stands in a cell -> minutes."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.intake.clock import is_at_night, read_duration, read_time, read_time_range
from sheets_sync.ports import ErrorValue

NINE = 9 * 60


@pytest.mark.parametrize(
    ("value", "minutes"),
    [
        (time(9, 0), NINE),
        (datetime(2025, 9, 3, 9, 0), NINE),  # noqa: DTZ001 - a cell has no time zone
        (timedelta(hours=9), NINE),
        (0.375, NINE),
        (45903.375, NINE),
        (900.0, NINE),
        ("9:00", NINE),
        ("09:00", NINE),
        ("9:00 AM", NINE),
        ("9:00am", NINE),
        ("9 a.m.", NINE),
        ("9:00:00", NINE),
        ("9.00", NINE),
        ("0900", NINE),
        ("at 9:00", NINE),
        ("1030", 630),
        ("11:59", 719),
        ("12:00", 720),
        ("12NN", 720),
        ("noon", 720),
        ("12:30 PM", 750),
        ("12.50 pm.", 770),
        ("1:10", 790),  # 13:10, inferred: school hours
        ("1:10 p", 790),
        ("2:20", 860),
        ("5:59", 1079),
        ("13:10", 790),
        ("7:30PM", 1170),
        ("6:30 AM", 390),
        ("12:00 AM", 0),
        # a spreadsheet makes 1:15 at night of a typed 1:15
        (time(1, 15), 795),
        (time(5, 59), 1079),
        (time(6, 0), 360),
        (timedelta(hours=1, minutes=15), 795),
        (75 / 1440, 795),
        (45903 + 75 / 1440, 795),
        (datetime(1899, 12, 31, 1, 15), 795),  # noqa: DTZ001
    ],
)
def test_a_time_of_day(value, minutes):
    assert read_time(value).value == minutes


@pytest.mark.parametrize(
    "value",
    [
        *(
            None,
            True,
            "",
            "soon",
            "25:00",
            "9:75",
            "13:10 AM",
            "6:30",
            "9:00-9:30",
            "30 min",
            date(2025, 9, 3),
        ),
        *(time(0, 0), time(0, 30), timedelta(minutes=30), 30 / 1440, 45903.001),
        *(-1.0, float("nan"), float("inf"), ErrorValue("#N/A"), "P3", "9:00 9:30", timedelta(days=2)),
    ],
)
def test_no_time_of_day(value):
    reading = read_time(value)
    assert reading.value is None
    assert reading.problem
    assert reading.remedy


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("9:00-9:30", "9:00", "9:30"),
        ("10:30 - 11", "10:30", "11:00"),
        ("1030-1100", "10:30", "11:00"),
        ("2:20- 2:50", "14:20", "14:50"),
        ("11:50-12:40", "11:50", "12:40"),
        ("12:40-1:40", "12:40", "13:40"),
        ("(9:00-2:30)", "9:00", "14:30"),
        ("8:05-3:15 PM", "8:05", "15:15"),  # PM belongs to the end: the session starts in the morning
        ("12:10-3:15 PM", "12:10", "15:15"),
        ("10:30-12:00 PM", "10:30", "12:00"),
        ("1:00-2:30 PM", "13:00", "14:30"),
        ("8:05-11:05 AM", "8:05", "11:05"),
        ("9am\u20131pm", "9:00", "13:00"),
        ("9-11am", "9:00", "11:00"),
        ("8:30AM to 4:30PM", "8:30", "16:30"),
        ("8:00 a.m.-3:18 p.m.", "8:00", "15:18"),
        ("11am-12", "11:00", "12:00"),
    ],
)
def test_a_range_of_times(text, start, end):
    reading = read_time_range(text)
    assert tuple(f"{m // 60}:{m % 60:02d}" for m in reading.value) == (start, end)


@pytest.mark.parametrize(
    "text", ["", "9:00", "10:00-9:30", "9:00-9:00", "3 PM - 2 PM", "6:30-7:15", "9:00-25:00"]
)
def test_no_range_of_times(text):
    assert read_time_range(text).value is None
    assert read_time_range(text).problem


@pytest.mark.parametrize(
    ("value", "minutes"),
    [
        (30.0, 30),
        (0.0, 0),
        ("30", 30),
        ("30 min", 30),
        ("30m", 30),
        ("30-min", 30),
        ("45 minutes", 45),
        ("45 mins.", 45),
        ("1.5 hrs", 90),
        ("1 hour", 60),
        ("1 hr 15 min", 75),
        (".5 hr", 30),
        ("\u00bd hour", 30),
        ("half hour", 30),
        ("0:30", 30),
        ("1:30", 90),
        (time(0, 30), 30),
        (timedelta(minutes=45), 45),
        (30 / 1440, 30),
        ("30 min each", 30),
    ],
)
def test_a_length(value, minutes):
    assert (read_duration(value).value, read_duration(value).problem) == (minutes, None)


def test_a_range_of_lengths_is_its_lower_end_and_asked_about():
    assert read_duration("20-30 min").value == 20
    assert read_duration("20-30 min").problem


@pytest.mark.parametrize(
    "value",
    [
        *(
            None,
            True,
            "",
            "long",
            "2x30",
            "30 or 45",
            30.5,
            -5.0,
            5000.0,
            "30 sec",
            date(2025, 1, 1),
            float("nan"),
        ),
        datetime(2025, 1, 1),  # noqa: DTZ001 - a cell has no time zone
    ],
)
def test_no_length(value):
    assert read_duration(value).value is None
    assert read_duration(value).problem


CELLS = st.one_of(
    *(st.none(), st.text(max_size=40), st.floats(), st.booleans(), st.dates(), st.times(), st.timedeltas()),
    st.from_regex(r"\d{1,4}[:. -]{0,2}\d{0,2} ?[apAP]?m?", fullmatch=True),
)


@given(CELLS)
def test_no_cell_raises(cell):
    for reading in (read_time(cell), read_duration(cell), read_time_range(str(cell))):
        assert (reading.value is None) <= bool(reading.problem)
    value = read_time(cell).value
    assert value is None or 0 <= value < 24 * 60
    assert not is_at_night(cell) or (value is not None and value >= 13 * 60)
