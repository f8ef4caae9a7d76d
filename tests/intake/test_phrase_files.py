"""Every row of the phrases: what is clear is read as stated, what is to be refused is, with its reason."""

from __future__ import annotations

import pytest

from sheets_sync.intake.read import read
from sheets_sync.intake.sessions import read_schedule
from tests.intake.phrase_rows import named

LOWER_ENDS = {
    "2-4x a week": (2, None, None),
    "60 – 90 min / week": (None, None, 60),
    "20–22 visits per quarter": (20, None, None),
    "30-45 min 1-2x/wk": (1, 30, 30),
}
"""Ranges: counted at their lower end, and asked about (phrases/README.md)."""


def _number(text: str) -> int | None:
    return int(text) if text else None


def _must_be_refused(row: dict[str, str]) -> bool:
    note = row["note"]
    undecided = "ambiguous" in note or note.startswith("refuse") or "must split" in note
    amounts = row["sessions"] + row["minutes_per_session"] + row["total_minutes"]
    return row["period"] == "unknown" or undecided or (not amounts and row["period"] != "as_needed")


@pytest.mark.parametrize("row", **named("frequency"))
def test_frequencies(row):
    result = read("frequency", row["phrase"])
    reading, problem = result["reading"], result["problem"]
    if row["phrase"] in LOWER_ENDS:
        assert (reading["sessions"], reading["minutes"], reading["total"]) == LOWER_ENDS[row["phrase"]]
        assert reading["period"] == row["period"]
        assert problem
    elif _must_be_refused(row):
        assert reading is None
        assert problem
    else:
        stated = (row["sessions"], row["minutes_per_session"], row["total_minutes"])
        assert (reading["sessions"], reading["minutes"], reading["total"]) == tuple(map(_number, stated))
        assert reading["period"] == row["period"]
        assert bool(problem) == ("floor" in row["note"])


CONTEXT_ONLY = {"row is", "in a group of no more", "source row", "text continues", "yearly hours"}


@pytest.mark.parametrize("row", **named("frequency"))
def test_groups_within_frequencies(row):
    """The group is read where the phrase itself names it; in some rows it stands elsewhere in the source."""
    reading = read("frequency", row["phrase"])["reading"]
    if reading is None or (row["group"] and any(words in row["note"] for words in CONTEXT_ONLY)):
        return
    assert reading["group"] == (row["group"] or None)


SPLIT_FRIDAY = "split my Fridays between the two schools"
"""Refused although the file names its day: which half of it is not told."""


@pytest.mark.parametrize("row", **named("schedule"))
def test_schedules(row):
    result = read("schedule", row["phrase"])
    reading = result["reading"]
    if not (row["days"] or row["start"]) or row["phrase"] == SPLIT_FRIDAY:
        assert reading is None
        assert result["problem"]
        return
    days = {day for rule in reading for day in rule["days"]}
    assert days == set(filter(None, row["days"].split(";")))
    if "must split" in row["note"]:
        assert len(reading) > 1
    else:
        times = {(rule["start"] or "", rule["end"] or "") for rule in reading}
        assert times == {(row["start"], row["end"])}
    assert row["pattern"] in {rule["pattern"] for rule in reading}


ASKED_SCHEDULES = {
    "T 10:00",
    "Tues 4-5",
    "A days Block 5",
    "B-day P3",
    "Day 1, 3, 5 period 4",
    'Week A as "1st & 3rd Wednesdays"',
    "Mon-Tue one week, Mon-Tue-Wed the next",
}
"""Read, and asked about: what they leave open is one part of them only."""


@pytest.mark.parametrize("row", **named("schedule"))
def test_schedules_are_asked_about_only_where_something_is_open(row):
    reading = read_schedule(row["phrase"])
    if reading.value is not None:
        assert bool(reading.problem) == (row["phrase"] in ASKED_SCHEDULES)


@pytest.mark.parametrize("row", **named("codes"))
def test_codes(row):
    result = read("code", row["code_or_word"])
    if row["category"] == "refuse":
        assert result["reading"] is None
        assert result["problem"]
    else:
        assert result["reading"]["category"] == row["category"]


@pytest.mark.parametrize("row", [row for row in named("dates_names")["argvalues"] if row["kind"] == "date"])
def test_dates(row):
    result = read("date", row["phrase"])
    if row["reading"]:
        assert result["reading"] == {"date": row["reading"]}
    else:
        assert result["reading"] is None
        assert result["problem"]


@pytest.mark.parametrize("row", [row for row in named("dates_names")["argvalues"] if row["kind"] == "name"])
def test_names(row):
    reading = read("name", row["phrase"])["reading"]
    stated = row["reading"]
    if "=" in stated:
        assert reading == dict(part.split("=") for part in stated.split("; "))
    elif stated:
        assert stated in reading
    else:
        assert reading is None


@pytest.mark.parametrize("row", **named("headers_read"))
def test_headers(row):
    """headers.csv gives meanings in words; headers_read.csv the column of workbook.md, or blank."""
    result = read("header", row["header"])
    assert (result["reading"] or {"name": ""}) == {"name": row["column"]}
    assert bool(result["problem"]) == (not row["column"])


@pytest.mark.parametrize("row", **named("services_read"))
def test_services(row):
    """services.csv gives full names; services_read.csv the one name, or blank."""
    result = read("service", row["abbreviation"])
    assert (result["reading"] or {"name": ""}) == {"name": row["service"]}
    assert bool(result["problem"]) == (not row["service"])
