"""Dates and spans: what stands in a cell -> days."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.intake.dates import SchoolYear, column_order, read_date, read_span

YEAR = SchoolYear(date(2025, 8, 25), date(2026, 6, 12))
SEPTEMBER_3 = date(2025, 9, 3)
AT_HALF_PAST = datetime(2025, 9, 3, 10, 30)  # noqa: DTZ001 - a cell has no time zone


@pytest.mark.parametrize(
    "value",
    [
        *(
            SEPTEMBER_3,
            AT_HALF_PAST,
            45903.0,
            45903.4,
            "45903",
            "9/3/2025",
            "09/03/25",
            "9-3-2025",
        ),
        *("9.3.25", "2025/09/03", "2025-9-3", "20250903", "09032025", "090325", 90325.0, "9/3/25 10:30"),
        *(
            "2025-09-03T10:30:00",
            "Sep 3, 2025",
            "September 3rd, 2025",
            "3 September 2025",
            "03-Sep-2025",
            "3-Sep-25",
        ),
        *(
            "Wed 9/3/25",
            "Wednesday, September 3, 2025",
            "9/3/25 (Wed)",
            "9 / 3 / 25",
            "(9/3/25)",
            "3rd of September 2025",
        ),
        *("'9/3/25", "9/3/2025 2pm", "3.Sept.25", "Sept. 3 , 2025", " 9/3/25 ", "9/3/25."),
    ],
)
def test_one_day_in_many_forms(value):
    assert read_date(value).value == SEPTEMBER_3


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("9/3", date(2025, 9, 3)),
        ("10/7", date(2025, 10, 7)),
        ("1/15", date(2026, 1, 15)),
        ("Sept 3", date(2025, 9, 3)),
        ("May 5", date(2026, 5, 5)),
        ("5 May", date(2026, 5, 5)),
        ("25/11", date(2025, 11, 25)),
        ("Wed 9/3", date(2025, 9, 3)),
        ("9-3", date(2025, 9, 3)),
    ],
)
def test_a_date_without_a_year_takes_the_school_years(text, day):
    assert read_date(text, year=YEAR).value == day
    assert read_date(text).value is None
    assert "year" in read_date(text).problem


@pytest.mark.parametrize("text", ["7/15", "8/1", "2/29"])
def test_a_date_without_a_year_outside_the_school_year_is_refused(text):
    assert read_date(text, year=YEAR).value is None


@pytest.mark.parametrize(
    "value",
    [
        *(
            None,
            True,
            0.0,
            2025.0,
            float("nan"),
            time(9, 0),
            timedelta(days=1),
            "",
            "-",
            "N/A",
            "TBD",
            "none",
            "?",
        ),
        *(
            "13/45/2026",
            "2/29/2025",
            "9/31/2025",
            "0/5/2025",
            "2026-13-01",
            "9/3/5",
            "9/3/1825",
            "Mon 9/3/25",
        ),
        *(
            "SY 23-24",
            "Fall '25",
            "6/2027",
            "Sept 2025",
            "Sep-25",
            "Q1",
            "today",
            "week of 9/3/25",
            "the 3rd",
        ),
        *(
            "10/15/25 (moved to 10/22)",
            "9/3/25 & 9/5/25",
            "9/3/25, 9/5/25",
            "9/3/25 or 9/4/25",
            "9/3/2025?",
            "~9/3/25",
        ),
        *("approx. 9/3/25", "due 9/3/25", "9/3-9/5/25", "MMDDYY", "123456789"),
    ],
)
def test_no_date_is_refused_with_a_sentence(value):
    reading = read_date(value)
    assert reading.value is None
    assert reading.problem.endswith(".")
    assert reading.remedy


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("9/3/2025", None, date(2025, 9, 3)),  # as in the US
        ("9/3/2025", "mdy", date(2025, 9, 3)),
        ("9/3/2025", "dmy", date(2025, 3, 9)),
        ("17.12.2012", "mdy", date(2012, 12, 17)),  # a number above 12 is a day, whatever the column
        ("12/17/2012", "dmy", date(2012, 12, 17)),
        ("9/3/2025", "mixed", None),
        ("9/9/2025", "mixed", date(2025, 9, 9)),
        ("9/13/2025", "mixed", date(2025, 9, 13)),
    ],
)
def test_day_and_month(text, order, day):
    assert read_date(text, order=order).value == day


@pytest.mark.parametrize(
    ("values", "order"),
    [
        (["1/2/25", "3/4/25"], None),
        (["9/13/2025", "1/2/25"], "mdy"),
        (["13/9/2025", "1/2/25"], "dmy"),
        (["13/9/2025", "1/20/25"], "mixed"),
        (["13/9/2025"] + [f"1/{day}/25" for day in range(13, 25)], "mdy"),  # one stray cell
        (["11/3-11/17", None, 45903.0], "mdy"),
        (["13.09.2025"], "dmy"),
        (["2025-09-13", "Sept 13"], None),
    ],
)
def test_a_column_shows_its_order(values, order):
    assert column_order(values) == order


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("11/3-11/7", "2025-11-03", "2025-11-07"),
        ("11/3/25 - 11/7/25", "2025-11-03", "2025-11-07"),
        ("2/10/2026-2/12/2026", "2026-02-10", "2026-02-12"),
        ("Nov 3-7", "2025-11-03", "2025-11-07"),
        ("3-7 Nov 2025", "2025-11-03", "2025-11-07"),
        ("November 26-28, 2025", "2025-11-26", "2025-11-28"),
        ("11/3-7", "2025-11-03", "2025-11-07"),
        ("11/3 to 11/7", "2025-11-03", "2025-11-07"),
        ("11/26 through 11/28", "2025-11-26", "2025-11-28"),
        ("11/3 \u2013 11/7/25", "2025-11-03", "2025-11-07"),
        ("2025-11-03 - 2025-11-07", "2025-11-03", "2025-11-07"),
        ("Mon 11/3 - Fri 11/7", "2025-11-03", "2025-11-07"),
        ("Dec 22 - Jan 2", "2025-12-22", "2026-01-02"),
        ("12/22-1/2/26", "2025-12-22", "2026-01-02"),
        ("12/22/25-1/2", "2025-12-22", "2026-01-02"),
        ("11/3/25", "2025-11-03", "2025-11-03"),
        ("9-3", "2025-09-03", "2025-09-03"),
    ],
)
def test_a_span(text, first, last):
    reading = read_span(text, year=YEAR)
    assert reading.value == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "text", ["11/7-11/3", "10/7, 10/9", "10/15/25 (moved to 10/22)", "11/3/25-11/7/27", "-", ""]
)
def test_no_span(text):
    assert read_span(text, year=YEAR).value is None
    assert read_span(text, year=YEAR).problem


def test_a_date_cell_is_a_span_of_one_day():
    assert read_span(AT_HALF_PAST).value == (SEPTEMBER_3, SEPTEMBER_3)


@given(
    st.dates(date(1990, 1, 1), date(2060, 12, 31)),
    st.sampled_from(["%m/%d/%Y", "%Y-%m-%d", "%B %d, %Y", "%d-%b-%Y", "%a %m/%d/%Y"]),
)
def test_what_is_written_is_read_back(day, form):
    assert read_date(day.strftime(form)).value == day


CELLS = st.one_of(st.none(), st.text(max_size=40), st.floats(), st.booleans(), st.dates(), st.times(),
                  st.from_regex(r"\d{0,3}[-/. ]\d{0,3}[-/. ]{1,3}\d{0,4}", fullmatch=True))  # fmt: skip


@given(CELLS, st.sampled_from([None, YEAR]), st.sampled_from([None, "mdy", "dmy", "mixed"]))
def test_no_cell_raises(cell, year, order):
    reading, span = read_date(cell, year=year, order=order), read_span(cell, year=year, order=order)
    assert (reading.value is None) == bool(reading.problem)
    assert span.value is None or span.value[0] <= span.value[1]
    column_order([cell])


@pytest.mark.parametrize("text", ["5/0/2025", "0/5/2025", "2025-05-00", "May 0, 2025"])
def test_a_day_of_nought_is_no_date(text):
    assert read_date(text).value is None
