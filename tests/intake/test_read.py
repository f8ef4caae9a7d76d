"""The objects that `sheets-sync read --json` prints (spec: commands.md)."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.intake.read import KINDS, read


@pytest.mark.parametrize(
    ("kind", "text", "reading"),
    [
        (
            "frequency",
            "2 x 30 min/week",
            {"sessions": 2, "minutes": 30, "total": 60, "period": "week", "group": None},
        ),
        (
            "frequency",
            "1x/week",
            {"sessions": 1, "minutes": None, "total": None, "period": "week", "group": None},
        ),
        (
            "frequency",
            "3 times per 6 day cycle for 40 minutes",
            {"sessions": 3, "minutes": 40, "total": 120, "period": "cycle:6", "group": None},
        ),
        (
            "schedule",
            "M/W 9:00-9:30",
            [{"days": ["Mon", "Wed"], "start": "09:00", "end": "09:30", "pattern": "every"}],
        ),
        ("schedule", "A/B days", [{"days": ["A", "B"], "start": None, "end": None, "pattern": "alternate"}]),
        ("schedule", "Day 1, 3", [{"days": ["D1", "D3"], "start": None, "end": None, "pattern": "every"}]),
        ("schedule", "last Fri 1:00", [{"days": ["Fri"], "start": "13:00", "end": None, "pattern": "nth"}]),
        ("code", "MU/30", {"category": "make-up", "minutes": 30, "makeup_for": None}),
        ("code", "makeup for 10/7/25", {"category": "make-up", "minutes": None, "makeup_for": "2025-10-07"}),
        ("service", "OT", {"name": "Occupational therapy"}),
        ("header", "Student Name", {"name": "Student"}),
        ("date", "9/3/2025", {"date": "2025-09-03"}),
        ("name", "Smith, John", {"last": "Smith", "first": "John"}),
    ],
)
def test_what_is_read(kind, text, reading):
    assert read(kind, text) == {"text": text, "reading": reading, "problem": None}


@pytest.mark.parametrize(
    ("kind", "text", "problem"),
    [
        ("frequency", "2x30", "It does not say for which period: a week, a month?"),
        ("frequency", "biweekly 30 min", '"Biweekly" is twice a week or every two weeks.'),
        ("schedule", "Mon or Wed", "These are alternatives: it does not say which one holds."),
        ("code", "P", "One letter means nothing until the workbook's own key says so."),
        ("service", "OT/PT", "These are two services."),
        ("header", "Start", '"Start" is a date or a time: the tab decides.'),
        ("date", "10/7", "The date has no year."),
        ("name", "Smith John", "It does not say which is the last name."),
    ],
)
def test_what_is_refused(kind, text, problem):
    assert read(kind, text) == {"text": text, "reading": None, "problem": problem}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "text",
    [
        "x" * 40_000,
        "9" * 250 + "x",
        "T" * 250,
        "a, " * 90,
        " " * 299 + "x",
        "9" * 5_000,
        "- " * 200,
        "(" * 250,
        "\U0001f600",
        '=HYPERLINK("a")',
        "\x00",
        "\ud800",
    ],
)
def test_no_text_is_too_much(kind, text):
    result = read(kind, text)
    assert result["reading"] is not None or result["problem"]


@given(st.sampled_from(KINDS), st.text(max_size=80))
def test_whatever_is_typed_can_be_printed(kind, text):
    result = read(kind, text)
    json.dumps(result)
    assert result["reading"] is not None or result["problem"]
