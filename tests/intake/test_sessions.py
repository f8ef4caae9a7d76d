"""Schedule texts of the kinds that people type, beside those of phrases/schedule.csv: text -> rules."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.intake.sessions import Rule, read_schedule, write_days


def _clock(minutes: int | None) -> str:
    return "" if minutes is None else f"{minutes // 60}:{minutes % 60:02d}"


def _shown(rule: Rule) -> str:
    times = "-".join(filter(None, (_clock(rule.start), _clock(rule.end))))
    return " ".join(filter(None, (write_days(rule), times)))


CLEAR = [
    ("M/W 9:00-9:30", "Mon, Wed 9:00-9:30"),
    ("Mon & Wed 9:00", "Mon, Wed 9:00"),
    ("MW 1:15-1:45", "Mon, Wed 13:15-13:45"),
    ("MTWTHF 8:30-9:00", "Mon, Tue, Wed, Thu, Fri 8:30-9:00"),
    ("MTWTF", "Mon, Tue, Wed, Thu, Fri"),
    ("MTWRF 10:00", "Mon, Tue, Wed, Thu, Fri 10:00"),
    ("T/R 2:00-2:45", "Tue, Thu 14:00-14:45"),
    ("TuTh 10-10:30", "Tue, Thu 10:00-10:30"),
    ("Mon., Wed., Fri.", "Mon, Wed, Fri"),
    ("Mondays and Wednesdays", "Mon, Wed"),
    ("Wed @ 1:10", "Wed 13:10"),
    ("Fri 12NN-12:30", "Fri 12:00-12:30"),
    ("Friday noon", "Fri 12:00"),
    ("Thurs. 2:10-2:40 pm", "Thu 14:10-14:40"),
    ("W 0930-1000", "Wed 9:30-10:00"),
    ("W 1315-1345", "Wed 13:15-13:45"),
    ("Mon thru Fri 8:15-8:45", "Mon, Tue, Wed, Thu, Fri 8:15-8:45"),
    ("Tue to Thu 9:00", "Tue, Wed, Thu 9:00"),
    ("M-W-F", "Mon, Wed, Fri"),
    ("M T W Th F 9:00", "Mon, Tue, Wed, Thu, Fri 9:00"),
    ("Mon\u2013Wed\u2013Fri 9:00", "Mon, Wed, Fri 9:00"),
    ("daily 9:00-9:30", "Mon, Tue, Wed, Thu, Fri 9:00-9:30"),
    ("9:00-9:30 Mon/Wed", "Mon, Wed 9:00-9:30"),
    ("10:00 AM Tue", "Tue 10:00"),
    ("M10:00", "Mon 10:00"),
    ("MWF10:00-10:30", "Mon, Wed, Fri 10:00-10:30"),
    ("Mon 9:00 for 30 minutes", "Mon 9:00-9:30"),
    ("Mon 9:00-9:30 Rm 12", "Mon 9:00-9:30"),
    ("Mon 9:00-9:30 (speech room)", "Mon 9:00-9:30"),
    ("once a week on Tue", "Tue"),
    ("every Tuesday at 1:30", "Tue 13:30"),
    ("Tues, Thurs 12:45-1:15 pm", "Tue, Thu 12:45-13:15"),
    ("M\u2013F 8:00\u20133:00", "Mon, Tue, Wed, Thu, Fri 8:00-15:00"),
    ("Day 1, Day 4", "Day 1, Day 4"),
    ("Day 2 & 5 9:00-9:30", "Day 2, Day 5 9:00-9:30"),
    ("D2/D4 1:00", "Day 2, Day 4 13:00"),
    ("Day 1-3", "Day 1, Day 2, Day 3"),
    ("A day 9:00", "A day 9:00"),
    ("A/B days", "A day, B day"),
    ("1st and 3rd Thu", "1st & 3rd Thu"),
    ("first and third Wednesdays 9:00", "1st & 3rd Wed 9:00"),
    ("last Wed of the month", "last Wed"),
    ("every other Fri", "every other Fri"),
    ("Every other Wed 9:00-9:30", "every other Wed 9:00-9:30"),
    ("alternate Thursdays", "every other Thu"),
    ("every other week on Monday", "every other Mon"),
    ("Week B: Tues 10:00", "every other Tue 10:00"),
]

LATER = [
    ("Tu & Th 8:20-8:50", "Tue, Thu 8:20-8:50"),
    ("Tu-F 10:00", "Tue, Wed, Thu, Fri 10:00"),
    ("MTuWThF 11:15-11:45", "Mon, Tue, Wed, Thu, Fri 11:15-11:45"),
    ("mwf 2:30pm", "Mon, Wed, Fri 14:30"),
    ("T & Th, 1:30 to 2:00", "Tue, Thu 13:30-14:00"),
    ("Monday 8:00 a.m. to 8:30 a.m.", "Mon 8:00-8:30"),
    ("Thursday's 10:00", "Thu 10:00"),
    ("Th/F 12:30-1:00", "Thu, Fri 12:30-13:00"),
    ("Wed 12-12:30", "Wed 12:00-12:30"),
    ("Fri 2-2:30p", "Fri 14:00-14:30"),
    ("Fri 2p-2:30p", "Fri 14:00-14:30"),
    ("W/Th/F", "Wed, Thu, Fri"),
    ("Mon, Tues, & Thurs", "Mon, Tue, Thu"),
    ("Mon Tue Thu 9:40 - 10:10", "Mon, Tue, Thu 9:40-10:10"),
    ("Mon: 9:00", "Mon 9:00"),
    ("Mon - 9:00-9:30", "Mon 9:00-9:30"),
    ("Mon-9:00", "Mon 9:00"),
    ("Day 1 & Day 3 @ 9:15-9:45", "Day 1, Day 3 9:15-9:45"),
    ("Day 6", "Day 6"),
    ("Days 2/5", "Day 2, Day 5"),
    ("A-Days 10:00-10:30", "A day 10:00-10:30"),
    ("Every B day 1:00", "B day 13:00"),
    ("A & B days 9:00", "A day, B day 9:00"),
    ("3rd Friday of the month 1:00-2:00", "3rd Fri 13:00-14:00"),
    ("the first Monday of each month", "1st Mon"),
    ("4th Tues 2:00", "4th Tue 14:00"),
    ("second and fourth Thursday, 9:00", "2nd & 4th Thu 9:00"),
    ("every other Tues/Thurs 9:00", "every other Tue, Thu 9:00"),
    ("Alternating Fridays 1:15-1:45", "every other Fri 13:15-13:45"),
    ("M-F 7:50-2:40", "Mon, Tue, Wed, Thu, Fri 7:50-14:40"),
    ("M-F all day", "Mon, Tue, Wed, Thu, Fri"),
    ("Every day 12:05-12:35", "Mon, Tue, Wed, Thu, Fri 12:05-12:35"),
    ("Mon 9:00-9:30 w/ Ms. K", "Mon 9:00-9:30"),
    ("after school Tues 3:15", "Tue 15:15"),
    ("Thu 2:45-3:15 (make up)", "Thu 14:45-15:15"),
    ("Mon 12:00-1:00", "Mon 12:00-13:00"),
    ("Mon 11-12", "Mon 11:00-12:00"),
    ("Wednsday 9:00", "Wed 9:00"),
    ("Tuesay", "Tue"),
    ("W 8:45am-9:15am", "Wed 8:45-9:15"),
    ("W 8:45AM–9:15AM", "Wed 8:45-9:15"),
    ("Th 1300-1330", "Thu 13:00-13:30"),
    ("F 0800", "Fri 8:00"),
    ("1st, 2nd, 3rd Wed", "1st & 2nd & 3rd Wed"),
    ("Tue 9:30 (30 min)", "Tue 9:30-10:00"),
    ("Fri. 9.30-10.00", "Fri 9:30-10:00"),
    ("Mon w/ Ms. K", "Mon"),
]

SEVERAL = [
    ("Mon 9-9:30, Wed 9-9:30", ["Mon 9:00-9:30", "Wed 9:00-9:30"]),
    ("Mon (9:00-9:30) Wed (10:00-10:30)", ["Mon 9:00-9:30", "Wed 10:00-10:30"]),
    ("Day 1: 9:00, Day 4: 10:00", ["Day 1 9:00", "Day 4 10:00"]),
    ("M & W 10:00-10:30; F 1:00-1:30", ["Mon, Wed 10:00-10:30", "Fri 13:00-13:30"]),
    ("Mon. 1:00 - 1:30, Wed. 1:00 - 1:30, Fri. 1:00 - 1:30", [
        "Mon 13:00-13:30",
        "Wed 13:00-13:30",
        "Fri 13:00-13:30",
    ]),
    ("F 9:00; M 10:00", ["Fri 9:00", "Mon 10:00"]),
    ("Mon/Wed 9:00, Fri 10:00", ["Mon, Wed 9:00", "Fri 10:00"]),
    ("Mon 9:00-9:30 and Thu 1:00-1:30", ["Mon 9:00-9:30", "Thu 13:00-13:30"]),
    ("9:00 Mon, 10:00 Wed", ["Mon 9:00", "Wed 10:00"]),
    ("Mon 9:00, 1:00", ["Mon 9:00", "Mon 13:00"]),
    ("M 10:00 / W 1:15", ["Mon 10:00", "Wed 13:15"]),
    ("Mon 9:00-9:30\nWed 10:00-10:30", ["Mon 9:00-9:30", "Wed 10:00-10:30"]),
    ("M-F 8:30-12, 12:30-4; Sat 9-11", [
        "Mon, Tue, Wed, Thu, Fri 8:30-12:00", "Mon, Tue, Wed, Thu, Fri 12:30-16:00", "Sat 9:00-11:00",
    ]),
]  # fmt: skip

REFUSED = [
    *("", "?", "as needed", "TBD", "2x/week", "twice a week", "period 3", "Block 1", "during lunch", "lunes"),
    *(
        "Biweekly Tuesday",
        "Mon or Wed 9:00",
        "M-F except Wed",
        "1st Tuesday & 3rd Thursday",
        "every 2nd Tuesday",
    ),
    *("Mon 25:00", "Mon 9:75", "Mon 10:00-9:30", "Mon 6:30", "Mon at 6", "Mon 10/6", "10/6 9:00", "1/3 Wed"),
    *("Mon 30 min", "Wed between 9:00 and 9:30", "Wed 9:00 / 9:30", "S 9:00", "Mon 9:00, Wed", "odd Mondays"),
    *("Fri-Mon 9:00", "Day 7 of 6", "the 15th", "rotating days", "varies"),
]


@pytest.mark.parametrize(("text", "shown"), [*CLEAR, *LATER])
def test_a_clear_schedule_is_one_rule(text, shown):
    reading = read_schedule(text)
    assert reading.value is not None, reading.problem
    assert [_shown(rule) for rule in reading.value] == [shown]
    assert reading.problem is None


@pytest.mark.parametrize(("text", "shown"), SEVERAL)
def test_several_rules_in_one_cell_are_split(text, shown):
    assert [_shown(rule) for rule in read_schedule(text).value] == shown


@pytest.mark.parametrize("text", REFUSED)
def test_what_cannot_be_decided_is_refused_with_a_sentence(text):
    reading = read_schedule(text)
    assert reading.value is None
    assert reading.problem.endswith((".", "?"))


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        # weekdays: Monday 1, Tuesday 2, Wednesday 4, Thursday 8, Friday 16
        ("Mon, Fri", Rule(("Mon", "Fri"), None, None, "weekly", 1 + 16, 0, 0, 0)),
        ("every other Wed", Rule(("Wed",), None, None, "alternate", 4, 0, 0, 0)),
        # nth: first 1, second 2, third 4 ... last 32
        ("1st & 3rd Wed", Rule(("Wed",), None, None, "nth", 4, 1 + 4, 0, 0)),
        ("last Fri", Rule(("Fri",), None, None, "nth", 16, 32, 0, 0)),
        # days of a cycle: day 1 is 1, day 2 is 2, day 4 is 8; A and B are a cycle of two
        ("Day 1, Day 4", Rule(("D1", "D4"), None, None, "cycle", 0, 0, 1 + 8, 0)),
        ("Day 3 (6-day cycle)", Rule(("D3",), None, None, "cycle", 0, 0, 4, 6)),
        ("B days", Rule(("B",), None, None, "cycle", 0, 0, 2, 2)),
        ("A day/B day/C day", Rule(("A", "B", "C"), None, None, "cycle", 0, 0, 1 + 2 + 4, 0)),
        ("9:00-9:30", Rule((), 540, 570, "weekly", 0, 0, 0, 0)),
    ],
)
def test_the_bits_of_a_rule(text, rule):
    assert read_schedule(text).value == (rule,)


@pytest.mark.parametrize(
    ("text", "asked"),
    [("T 10:00", True), ("T/F", True), ("T/W/Th", False), ("M/T/W", False), ("TTh", False), ("Tue", False)],
)
def test_t_alone_is_tuesday_and_asked_about(text, asked):
    reading = read_schedule(text)
    assert "Tue" in reading.value[0].days
    assert bool(reading.problem) == asked
    assert read_schedule(text, t_alone_is_tuesday=True).problem is None


@pytest.mark.parametrize("text", ["Tues P4", "B-day Block 2", "3rd period Mon", "Mon during lunch"])
def test_days_of_a_bell_schedule_are_read_without_a_time_and_asked_about(text):
    reading = read_schedule(text)
    assert reading.value[0].start is None
    assert "bell schedule" in reading.problem


WORDS = (
    "Mon Tue T Th MWF A day Day 1 3 9:00 9-11 am PM - / & , ; every other 1st last week until P3 or".split()
)


@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)))
def test_no_text_raises_and_no_session_ends_before_it_begins(text):
    reading = read_schedule(text)
    assert (reading.value is None) <= bool(reading.problem)
    for rule in reading.value or ():
        assert rule.start is None or rule.end is None or rule.start < rule.end


@given(
    st.sets(st.sampled_from(("Mon", "Tue", "Wed", "Thu", "Fri", "Sat")), min_size=1),
    st.sampled_from(("", "every other ", "1st & 3rd ", "last ")),
)
def test_days_that_are_written_are_read_back(days, how):
    text = how + ", ".join(day for day in ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat") if day in days)
    assert [write_days(rule) for rule in read_schedule(text).value] == [text]


@pytest.mark.parametrize(
    "text", ["Mon/Wd/Fri 9:00", "Mon, Wedn 9:00", "Mon, xx, Fri 9:00", "Mon, Tue and Wdns"]
)
def test_a_word_that_stands_where_a_day_would_is_never_dropped(text):
    reading = read_schedule(text)
    assert reading.value is None
    assert "stands among the days" in reading.problem


@pytest.mark.parametrize("text", ["M-Th exc W 9:00", "Mon-Fri minus Wed 9:00", "M-F excl. Fri 9:00"])
def test_days_that_are_left_out_are_asked_about(text):
    assert read_schedule(text).value is None


@pytest.mark.parametrize("text", ["Mon Room 5 9:00", "Mon, library 9:00", "Mon with Ms Lee 9:00"])
def test_other_words_beside_the_days_are_let_be(text):
    assert read_schedule(text).value[0].days == ("Mon",)
