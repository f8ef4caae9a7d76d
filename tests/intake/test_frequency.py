"""Frequencies of the kinds that people type, beside those of phrases/frequency.csv: text -> reading."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.intake.frequency import Frequency, read_frequency, write_frequency
from sheets_sync.intake.read import read
from sheets_sync.intake.reading import Reading

CLEAR = [
    # text, sessions, minutes a session, total of a period, period
    ("2 x 30 min / week", 2, 30, 60, "week"),
    ("2X30 min weekly", 2, 30, 60, "week"),
    ("2x30/wk", 2, 30, 60, "week"),
    ("2 x 30 minutes per wk", 2, 30, 60, "week"),
    ("3x20 min/week", 3, 20, 60, "week"),
    ("4 X 30 mpw", 4, 30, 120, "week"),
    ("120 mpw", None, None, 120, "week"),
    ("60 mpm", None, None, 60, "month"),
    ("1 x 45 min / 2 weeks", 1, 45, 45, "n_weeks:2"),
    ("2 x 45 min / 6-day cycle", 2, 45, 90, "cycle:6"),
    ("3 times per 6 day cycle for 40 minutes", 3, 40, 120, "cycle:6"),
    ("8 x 30 min / grading period", 8, 30, 240, "grading_period"),
    ("6 sessions of 30 minutes per quarter", 6, 30, 180, "quarter"),
    ("10 x 30 min per trimester", 10, 30, 300, "trimester"),
    ("as needed", None, None, None, "as_needed"),
    ("As needed.", None, None, None, "as_needed"),
    ("consult as needed", None, None, None, "as_needed"),
    ("on an as-needed basis", None, None, None, "as_needed"),
    ("60 min / month", None, None, 60, "month"),
    ("120 min / year", None, None, 120, "year"),
    ("30 min/day", None, None, 30, "day"),
    ("45 minutes per day", None, None, 45, "day"),
    ("30 minutes each day", None, None, 30, "day"),
    ("30 minutes, 5 days a week", 5, 30, 150, "week"),
    ("60 minutes daily, 5 days per week", 5, 60, 300, "week"),
    ("30 minutes daily, 4x/week", 4, 30, 120, "week"),
    ("1 hour per day, 4 days/week", 4, 60, 240, "week"),
    ("two 30 minute sessions per week", 2, 30, 60, "week"),
    ("two thirty-minute sessions weekly", 2, 30, 60, "week"),
    ("three 20-minute sessions each week", 3, 20, 60, "week"),
    ("three times weekly for forty-five minutes", 3, 45, 135, "week"),
    ("one-45 minute session per week", 1, 45, 45, "week"),
    ("4 - 30 minute sessions per month", 4, 30, 120, "month"),
    ("1 session of 60 minutes per week", 1, 60, 60, "week"),
    ("5 sessions/week x 30 min", 5, 30, 150, "week"),
    ("30 min x 2/week", 2, 30, 60, "week"),
    ("30 min x 3 times per week", 3, 30, 90, "week"),
    ("45 min x 4 sessions = 180 min monthly", 4, 45, 180, "month"),
    ("20 mins x 3 = 60 mins weekly", 3, 20, 60, "week"),
    ("2x30 min = 60 min/wk", 2, 30, 60, "week"),
    ("60 min/week (2 x 30 min)", 2, 30, 60, "week"),
    ("2 x 30 min/week (60 min total)", 2, 30, 60, "week"),
    ("90 minutes total per week, 3 sessions", 3, 30, 90, "week"),
    ("30 minutes per session, 2 sessions per week", 2, 30, 60, "week"),
    ("2 sessions weekly, 30 minutes per session", 2, 30, 60, "week"),
    ("twice a week for 30 min", 2, 30, 60, "week"),
    ("Twice monthly, 30 minutes", 2, 30, 60, "month"),
    ("once per week for 45 mins.", 1, 45, 45, "week"),
    ("once a month, 15 minutes", 1, 15, 15, "month"),
    ("once every two weeks for 30 minutes", 1, 30, 30, "n_weeks:2"),
    ("30 minutes every 2 weeks", 1, 30, 30, "n_weeks:2"),
    ("45 min every three weeks", 1, 45, 45, "n_weeks:3"),
    ("1x every other week, 30 min", 1, 30, 30, "n_weeks:2"),
    ("30 min fortnightly", None, None, 30, "n_weeks:2"),
    ("2 x 30 min in 3 out of 4 weeks", 6, 30, 180, "n_weeks:4"),
    ("2x30 for 3 of 4 weeks", 6, 30, 180, "n_weeks:4"),
    ("1.5 hours/week", None, None, 90, "week"),
    ("1 1/2 hours per week", None, None, 90, "week"),
    ("1½ hrs/week", None, None, 90, "week"),
    ("½ hour per week", None, None, 30, "week"),
    ("half an hour per week", None, None, 30, "week"),
    ("half hour twice a week", 2, 30, 60, "week"),
    ("an hour a week", None, None, 60, "week"),
    ("1 hr 30 min per week", None, None, 90, "week"),
    ("1 hour and 15 minutes weekly", None, None, 75, "week"),
    ("2 hours monthly", None, None, 120, "month"),
    ("5 hrs/yr", None, None, 300, "year"),
    ("1,500 min/week", None, None, 1500, "week"),
    ("1800 minutes per week in special class", None, None, 1800, "week"),
    ("Speech: 2x/wk, 30 min", 2, 30, 60, "week"),
    ("OT 30 min/wk", None, None, 30, "week"),
    ("PT - 1 x 30 min weekly", 1, 30, 30, "week"),
    ("Speech/Language Therapy 2 x 30 min weekly small group", 2, 30, 60, "week"),
    ("Counseling - 30 minutes - once weekly - individual", 1, 30, 30, "week"),
    ("2x weekly (30 min)", 2, 30, 60, "week"),
    ("2x/week (30 min each)", 2, 30, 60, "week"),
    ("3x per week, 30 min/session", 3, 30, 90, "week"),
    ("30min 2xwk", 2, 30, 60, "week"),
    ("30 min. 2 x week", 2, 30, 60, "week"),
    ("2 x wk / 30 min", 2, 30, 60, "week"),
    ("2x a week 30 mins", 2, 30, 60, "week"),
    ("2 times/wk @ 30 min", 2, 30, 60, "week"),
    ("Weekly: 2 sessions, 30 minutes each", 2, 30, 60, "week"),
    ("monthly, 30 min consult", None, None, 30, "month"),
    ("15 min/mo consult", None, None, 15, "month"),
    ("consult 20 min per quarter", None, None, 20, "quarter"),
    ("30 min 2x per month", 2, 30, 60, "month"),
    ("25 sessions per month, 30 minutes", 25, 30, 750, "month"),
    ("4x/month", 4, None, None, "month"),
    ("5x/week", 5, None, None, "week"),
    ("1/week", 1, None, None, "week"),
    ("3 days per week", 3, None, None, "week"),
    ("two sessions a week", 2, None, None, "week"),
    ("1x/month", 1, None, None, "month"),
    ("36 sessions per year, 30 min each", 36, 30, 1080, "year"),
    ("20 hours per school year", None, None, 1200, "year"),
    ("2Wx30OT", 2, 30, 60, "week"),
    ("4Mx15PT", 4, 15, 60, "month"),
    ("2×30 min / week", 2, 30, 60, "week"),
    ("2 × 30 min/week", 2, 30, 60, "week"),
    ("30\u00a0min\u00a02x\u00a0weekly", 2, 30, 60, "week"),
    ("2 x 30\u2011min weekly", 2, 30, 60, "week"),
    ("30 minutes weekly for articulation", None, None, 30, "week"),
    ("30 min/week x 36 weeks", None, None, 30, "week"),
    ("2x/week for 30 minutes for 10 weeks", 2, 30, 60, "week"),
    ("9 sessions x 30 min per 9-week grading period", 9, 30, 270, "grading_period"),
    ("2 x 20 min per marking period", 2, 20, 40, "grading_period"),
    ("150 min weekly resource room ELA", None, None, 150, "week"),
    ("Push-in 45 minutes daily", None, None, 45, "day"),
    ("2 individual sessions per week of 30 minutes", 2, 30, 60, "week"),
    ("2 group sessions of 30 minutes weekly", 2, 30, 60, "week"),
    ("2x30 min/week in a group of no more than 3", 2, 30, 60, "week"),
    ("30 minutes/2x week", 2, 30, 60, "week"),
    ("2 x 30m/wk", 2, 30, 60, "week"),
    ("5 x 30 min / week in the resource room", 5, 30, 150, "week"),
    ("80 minutes every week", None, None, 80, "week"),
    ("60 min/week in 2 sessions", 2, 30, 60, "week"),
    ("60 minutes per week split into 3 sessions", 3, 20, 60, "week"),
    ("3x/wk 20 min = 60 min/wk", 3, 20, 60, "week"),
    ("4 hours/month", None, None, 240, "month"),
    ("2 x 30 min / term", 2, 30, 60, "term"),
    ("4 x 30 min / semester", 4, 30, 120, "semester"),
    ("daily, 30 min", None, None, 30, "day"),
    ("2 times daily for 15 minutes", 2, 15, 30, "day"),
    ("3 x 10 min / day", 3, 10, 30, "day"),
    # a whole school year, and "may" that is no month
    ("30 min weekly Sept to June", None, None, 30, "week"),
    ("2x30/wk, September through June", 2, 30, 60, "week"),
    ("2x30/wk (Aug-May)", 2, 30, 60, "week"),
    ("2x30/wk, may be push-in", 2, 30, 60, "week"),
]

ASKED = [
    # read at the lower end, with a question
    ("2-3x/week, 30 min", 2, 30, 60, "week"),
    ("2-3 x 30 min / week", 2, 30, 60, "week"),
    ("20-30 min 2x/week", 2, 20, 40, "week"),
    ("2 to 3 times a week for 30 minutes", 2, 30, 60, "week"),
    ("30 to 45 minutes weekly", None, None, 30, "week"),
    ("1-2 sessions per month, 30 min", 1, 30, 30, "month"),
    ("at least 30 min/week", None, None, 30, "week"),
    ("minimum 2 x 30 min weekly", 2, 30, 60, "week"),
    ("2-3x/month 20 min", 2, 20, 40, "month"),
    ("30 to 60 min/wk", None, None, 30, "week"),
    ("two to three times weekly for 30 minutes", 2, 30, 60, "week"),
]

REFUSED = [
    *(
        "",
        "   ",
        "?",
        "yes",
        "see IEP",
        "per IEP",
        "tbd",
        "TBD",
        "n/a",
        "none",
        "-",
        "30",
        "2",
        "30 min",
        "2x",
        "2x30",
    ),
    *("3 x 30 min", "30 x 2", "20 x 30", "20x30 weekly", "30x2/week", "biweekly", "30 min biweekly"),
    *("2 x 30 min bi-weekly", "bimonthly", "30 min bi-monthly", "semi-monthly 30 min", "30 or 45 min weekly"),
    *(
        "2 x 30 or 1 x 60 weekly",
        "2x/week for 30 minutes or once weekly for 60",
        "either 2x30 or 3x20 per week",
    ),
    *("up to 30 min/week", "no more than 60 minutes weekly", "max 60 min/wk", "not to exceed 120 min/month"),
    *(
        "weekly/monthly 30 min",
        "30 min weekly or monthly",
        "2x/week and 1x/month",
        "30 min/week + 15 min/month",
    ),
    *("2 x 30 min individual, 1 x 30 min group per week", "OT 1x/week, PT 2x/week", "30 min every other day"),
    *(
        "10% of the day",
        "50 percent of day",
        "one period daily",
        "1 class period per day",
        "length of the class",
    ),
    *(
        "2x30/week then 1x30/week",
        "60 min/week fading to 30",
        "30 min weekly until January",
        "5 x 30 = 160 min weekly",
    ),
    *("2 x 30 min = 90 min/week", "60 min/week, 2 sessions", "12:1+1", "15:1", "8:1:1", "1:1", "1:30/week"),
    *(
        "330 - Specialized Academic Instruction",
        "20 - Weekly (one or more times a week)",
        "10 - Daily",
        "Weekly",
    ),
    *(
        "weekly speech",
        "monthly",
        "several times a week",
        "a few minutes a day",
        "sometimes",
        "60 minutes per 20 days",
    ),
    *("30 per week", "45 weekly", "1x30 per cycle", "every other month 30 min", "30 min when needed weekly"),
    *(
        "half day 3x/week",
        "2 mornings a week",
        "30 minutes in each class daily",
        "0 min/week",
        "0 x 30 min / week",
    ),
    *("600-900 minutes per week", "3-2 x 30 min/week", "2x/week if available", "30 min weekly except in May"),
    *(
        "five days a week, full day",
        "1.5 x 30 min weekly",
        "99999 min / week",
        "Individual: 30 min/wk; Group: 30 min/wk",
        "200 x 30 min / week",
        "800 min daily",
        "2 x 30 / 45 min weekly",
    ),
    # months and parts of the year: the amount is not that of the whole year
    *("2 x 30 min / week (Sept-Jan)", "1x30/wk Jan-June", "2x30 wkly Sep - Nov", "60 min/month Sept-Dec"),
    *("2x30/wk (Nov)", "2x30/wk Oct, Dec, Feb", "2x30/wk Sept-May", "2x30/wk from January"),
    *("2x30/wk in May", "2x30/wk (May)", "2x30/wk May only", "2x30/wk Apr-May", "Sept. - Jan.: 2x30/wk"),
    *("2x30/wk second semester", "2x30/wk 2nd half", "2x30/wk second half", "2x30/wk last month"),
    *("2x30/wk this quarter", "2x30/wk football season", "2x30/wk Thanksgiving to Easter", "old: 2x30/wk"),
]


@pytest.mark.parametrize(("text", "sessions", "minutes", "total", "period"), CLEAR)
def test_a_clear_frequency_is_read(text, sessions, minutes, total, period):
    check_read(text, sessions, minutes, total, period)


def check_read(text, sessions, minutes, total, period):
    result = read("frequency", text)
    reading = result["reading"]
    assert reading is not None, result["problem"]
    assert (reading["sessions"], reading["minutes"], reading["total"], reading["period"]) == (
        *(sessions, minutes, total),
        period,
    )
    assert result["problem"] is None


@pytest.mark.parametrize(("text", "sessions", "minutes", "total", "period"), ASKED)
def test_a_range_or_a_floor_is_counted_at_its_lower_end_and_asked_about(
    text, sessions, minutes, total, period
):
    result = read("frequency", text)
    reading = result["reading"]
    assert reading is not None, result["problem"]
    assert (reading["sessions"], reading["minutes"], reading["total"], reading["period"]) == (
        *(sessions, minutes, total),
        period,
    )
    assert result["problem"]


@pytest.mark.parametrize("text", REFUSED)
def test_what_cannot_be_decided_is_refused_with_a_sentence(text):
    check_refused(text)


def check_refused(text):
    result = read("frequency", text)
    assert result["reading"] is None
    assert result["problem"].endswith((".", "?"))


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("2 x 30 min/week individual", "individual"),
        ("2 x 30 min/week, 1:1", "individual"),
        ("2 x 30 min/week small group", "group"),
        ("30 min/week group of 4", "group:4"),
        ("15 min/month consult", "consult"),
        ("15 min/month consultation with teacher", "consult"),
        ("30 min/week individual or group", None),
        ("2 x 30 min/week", None),
    ],
)
def test_a_group_that_the_frequency_names_is_read(text, group):
    assert read("frequency", text)["reading"]["group"] == group


def test_a_full_day_is_the_configured_school_day():
    assert read_frequency("5 days/wk full day").value is None
    found = read_frequency("5 days/wk full day", school_minutes=390).value
    assert (found.sessions, found.minutes, found.total, found.period) == (5, 390, 1950, "week")


LATER = [
    # found by trying more kinds, after the reader was written
    ("45 min/day x 5 days/week", 5, 45, 225, "week"),
    ("five (5) days per week, 45 minutes", 5, 45, 225, "week"),
    ("two (2) times per week for thirty (30) minutes", 2, 30, 60, "week"),
    ("Thirty (30) minutes weekly", None, None, 30, "week"),
    ("2 (30 min) sessions per week", 2, 30, 60, "week"),
    ("120 minutes per month (4 sessions of 30)", 4, 30, 120, "month"),
    ("every third week 30 min", 1, 30, 30, "n_weeks:3"),
    ("1-30 min session/wk", 1, 30, 30, "week"),
    ("Two 30-min sessions/wk", 2, 30, 60, "week"),
    ("30 min 3x wkly", 3, 30, 90, "week"),
    ("3 x wkly 30 min", 3, 30, 90, "week"),
    ("1x45min/week", 1, 45, 45, "week"),
    ("2 hours per month of consultation", None, None, 120, "month"),
    ("30 minutes of OT weekly", None, None, 30, "week"),
    ("weekly OT 30 min", None, None, 30, "week"),
    ("thrice weekly, 20 min", 3, 20, 60, "week"),
    ("four 15 minute sessions per month", 4, 15, 60, "month"),
    ("15 min daily check-in", None, None, 15, "day"),
    ("check-in 1x daily 10 min", 1, 10, 10, "day"),
    ("300 minutes/month (speech)", None, None, 300, "month"),
    ("30 min/session; 2 sessions/week", 2, 30, 60, "week"),
    ("Duration: 30 min; Frequency: 2x/week", 2, 30, 60, "week"),
    ("Frequency: 3 times per week Duration: 20 minutes", 3, 20, 60, "week"),
    ("2 times per week for a total of 60 minutes", 2, 30, 60, "week"),
    ("total 90 min/week", None, None, 90, "week"),
    ("90 min total weekly", None, None, 90, "week"),
    ("20 min/day, 5 days/wk", 5, 20, 100, "week"),
    ("60 min/wk push in", None, None, 60, "week"),
    ("0.5 hr/week", None, None, 30, "week"),
    ("45 min x1/week", 1, 45, 45, "week"),
    ("x2 weekly 30 min", 2, 30, 60, "week"),
    ("2 × per week, 30 min", 2, 30, 60, "week"),
    ("30-min 2x/wk", 2, 30, 60, "week"),
    ("30-minute sessions, twice weekly", 2, 30, 60, "week"),
    ("twice-weekly 30 minute sessions", 2, 30, 60, "week"),
    ("once-weekly 45-min session", 1, 45, 45, "week"),
    ("1 time weekly; 30 minutes", 1, 30, 30, "week"),
    ("one hour, twice a month", 2, 60, 120, "month"),
    ("1 hr/mo", None, None, 60, "month"),
    ("6 hrs/semester", None, None, 360, "semester"),
    ("45 min/6-day rotation", None, None, 45, "cycle:6"),
    ("1x per 6-day cycle (42 min)", 1, 42, 42, "cycle:6"),
    ("30 min x daily", None, None, 30, "day"),
    ("30 mins p/w", None, None, 30, "week"),
    ("30 min per wk (ind.)", None, None, 30, "week"),
    ("30 min. per session, 1 session per week", 1, 30, 30, "week"),
    ("10 x 30 min per year", 10, 30, 300, "year"),
    ("10x/yr 30 min", 10, 30, 300, "year"),
    ("30 min annually", None, None, 30, "year"),
    ("monthly 1 hour consult w/ teacher", None, None, 60, "month"),
    ("30 minutes, 2 times a week, from Sept to June", 2, 30, 60, "week"),
    ("Two times a week for thirty minutes per session", 2, 30, 60, "week"),
    ("half hour daily", None, None, 30, "day"),
    ("3 x 30 min / 2 weeks", 3, 30, 90, "n_weeks:2"),
    ("60 min / 4 weeks", None, None, 60, "n_weeks:4"),
    ("one 45-minute session every two weeks", 1, 45, 45, "n_weeks:2"),
    ("every 2 wks 30 min", 1, 30, 30, "n_weeks:2"),
    ("2x30 weekly = 60 min", 2, 30, 60, "week"),
    ("3 times a wk/30 mins", 3, 30, 90, "week"),
    ("3x per 8-day rotation, 41 min", 3, 41, 123, "cycle:8"),
    ("2 x 30 min per 10 school days", 2, 30, 60, "cycle:10"),
    ("2x per nine weeks, 30 min", 2, 30, 60, "grading_period"),
    ("2x30 min daily, 5 days/week", 10, 30, 300, "week"),
    ("Speech Therapy: 30 minutes 2 times per week, pull-out, small group (2-4 students)", 2, 30, 60, "week"),
]


@pytest.mark.parametrize(("text", "sessions", "minutes", "total", "period"), LATER)
def test_further_kinds_are_read(text, sessions, minutes, total, period):
    check_read(text, sessions, minutes, total, period)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "2 - 30 min/wk",
            "30 min/week?",
            "<30 min/week",
            "1 hour weekly + consult",
            "120 min/month (30 min/week)",
        ),
        *(
            "reading 30 min and math 45 min daily",
            "1 period/day",
            "90 min. block, 5x/week",
            "0.25 FTE",
            "30 min Tu/Th",
        ),
        *(
            "60 minutes twice monthly (90 minutes total)",
            "as needed up to 30 min/month",
            "30 min/wk (not incl. ESY)",
        ),
    ],
)
def test_further_kinds_are_refused(text):
    check_refused(text)


def test_an_amount_for_esy_is_asked_about():
    reading = read_frequency("2x30/week (ESY: 1x30/week)")
    assert (reading.value.sessions, reading.value.total) == (2, 60)
    assert "ESY" in reading.problem


PERIODS = (
    "day",
    "week",
    "month",
    "quarter",
    "trimester",
    "semester",
    "term",
    "grading_period",
    "year",
    "once",
)


SCHOOL_DAYS = {"week": 5, "n_weeks": 5, "month": 23}
"""A day has room for 12 hours of a service, no period for more than its school days have."""


@st.composite
def frequencies(draw):
    period = draw(st.sampled_from((*PERIODS, "n_weeks", "cycle", "as_needed")))
    if period == "as_needed":
        return Frequency(None, None, None, period)
    n = draw(st.integers(2, 20)) if period in ("n_weeks", "cycle") else 1
    room = 720 * SCHOOL_DAYS.get(period, 1) * n
    if draw(st.booleans()):
        return Frequency(None, None, draw(st.integers(1, room)), period, n)
    minutes = draw(st.integers(5, 480))
    most = {"day": 10, "week": 25}.get(period, 40)
    sessions = draw(st.integers(1, min(most, room // minutes)))
    return Frequency(sessions, minutes, sessions * minutes, period, n)


@given(frequencies())
def test_what_is_written_is_read_back(frequency):
    assert read_frequency(write_frequency(frequency)) == Reading(frequency)


@pytest.mark.parametrize(
    ("frequency", "text"),
    [
        (Frequency(2, 30, 60, "week"), "2 x 30 min / week"),
        (Frequency(None, None, 60, "month"), "60 min / month"),
        (Frequency(1, 45, 45, "n_weeks", 2), "1 x 45 min / 2 weeks"),
        (Frequency(2, 30, 60, "cycle", 6), "2 x 30 min / 6-day cycle"),
        (Frequency(8, 30, 240, "grading_period"), "8 x 30 min / grading period"),
        (Frequency(None, None, None, "as_needed"), "as needed"),
        (Frequency(1, 60, 60, "once"), "1 x 60 min in all"),
        (Frequency(2, None, None, "week"), "2 x / week"),
    ],
)
def test_the_one_form(frequency, text):
    assert write_frequency(frequency) == text
    assert read_frequency(text).value == frequency


AMOUNT_WORDS = (
    "2 30 x min / per week wk weekly daily month = ( ) or and - to 1:1 hr .5 one each for ; total".split()
)


@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(AMOUNT_WORDS), max_size=12).map(" ".join)))
def test_no_text_raises_and_every_total_is_the_product(text):
    reading = read_frequency(text, school_minutes=390)
    if reading.value is None:
        assert reading.problem
        assert reading.remedy
    elif reading.value.sessions is not None and reading.value.minutes is not None:
        assert reading.value.total == reading.value.sessions * reading.value.minutes


@pytest.mark.parametrize(
    "text", ["Group: 30 min weekly", "group (30 min / week)", "Group: 1 x 30 min / week"]
)
def test_minutes_behind_the_word_group_are_no_size(text):
    assert read_frequency(text).value.total == 30
    assert read_frequency(text).value.group == "group"
