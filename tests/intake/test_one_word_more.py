"""A clear string with one word more, or one less, is asked about or means the same: never something else."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from sheets_sync.intake.read import read

FOLDER = Path(__file__).parents[1] / "data" / "phrases_more"
EVERY = 7
"""So many rows are passed over for each that is tried: the changes multiply them."""


def clear(file: str) -> list[str]:
    with (FOLDER / f"{file}.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if not row["note"] and row.get("category") != "refuse"]
    return [next(iter(row.values())) for row in rows][::EVERY]


CHANGED = {
    "frequency": (
        *("{} or 45", "45 or {}", "up to {}", "limited to {}", "no {}", "previously {}", "{}?", "{}, 50%"),
        *("{} (ended)", "{} - on hold", "{} (tbd)", "{} (was 2x60)", "{} + 15 min", "{} per period"),
        *("{} as schedule allows", "{} through December", "{}, then less", "{} every other", "{} max"),
    ),
    "schedule": (
        *("{} or Fri 2:15", "{}, every other Wed 2:15", "{} (maybe)", "{}?", "not {}", "approx {}"),
        *("{} on hold", "{} - ended", "{} as available", "{} (changing)", "{} pending", "{} til Dec"),
        *("{} starting 1/5", "{} 1x/mo", "{} except Wed"),
    ),
    "codes": (
        *("{} ?", "{} unless excused", "if {}", "{} verify", "{} pending", "was supposed to be {}"),
        *(
            "{} tomorrow",
            "{} last week",
            "{}, then provider absent",
            "{} x2",
            "{} - not true",
            "{} other student",
        ),
    ),
}
KINDS = {"frequency": "frequency", "schedule": "schedule", "codes": "code"}


@pytest.mark.parametrize(
    ("file", "change"), [(file, change) for file, changes in CHANGED.items() for change in changes]
)
def test_what_leaves_it_open_is_not_dropped(file: str, change: str) -> None:
    texts = [change.format(text) for text in clear(file)]
    results = [read(KINDS[file], text) for text in texts]
    assert [result["text"] for result in results if not result["problem"]] == []


@pytest.mark.parametrize("kind", ["frequency", "schedule", "code"])
@pytest.mark.parametrize("space", ["  ", "\u00a0"])
def test_spaces_change_nothing(kind: str, space: str) -> None:
    file = next(file for file, named in KINDS.items() if named == kind)
    for text in clear(file):
        assert read(kind, text.replace(" ", space))["reading"] == read(kind, text)["reading"]


def _without_unit(text: str) -> str:
    return re.sub(r"[\s-]?(?:minutes?|mins?)\b\.?", "", text, count=1)


def _misspelt(text: str) -> str:
    """Leave out the letter in the middle of a word for time."""
    return re.sub(
        r"\b(weekly|monthly|week|month|minutes|(?:mon|tues|wednes|thurs|fri)days?)\b",
        lambda found: found[0][: len(found[0]) // 2] + found[0][len(found[0]) // 2 + 1 :],
        text,
        count=1,
        flags=re.IGNORECASE,
    )


@pytest.mark.parametrize(
    ("kind", "change"), [("frequency", _without_unit), ("frequency", _misspelt), ("schedule", _misspelt)]
)
def test_a_word_left_out_or_misspelt_is_asked_about(kind: str, change: Callable[[str], str]) -> None:
    changed = [(text, change(text)) for text in clear(kind) if change(text) != text]
    assert len(changed) > 10
    for text, other in changed:
        result = read(kind, other)
        assert result["problem"] or result["reading"] == read(kind, text)["reading"], other


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("frequency", "2 minutes, 30 times per week"),
        ("frequency", "45 sessions weekly, 2 min"),
        ("frequency", "once a month; 15 min/mo consult"),
        ("frequency", "Twice a month for 30 min; 15 min/mo consult"),
        ("frequency", "3 x per year, 10 per year"),
        ("frequency", "60 weekly in 2 sessions"),
        ("schedule", "Mon-Wed 2:45-2:15 PM"),
        ("schedule", "Mon 9:00 - 2nd week only"),
        ("schedule", "9:00 AM starting Monday"),
        ("schedule", "MTX 9:00"),
        ("schedule", "twice weekly 9:00-9:30"),
        ("code", "evaluation completed"),
        ("code", "seen by nurse"),
        ("code", "parent attended"),
        ("code", "paperwork completed"),
        ("code", "30 min; school closed"),
        ("code", "no student absent"),
        ("service", "OT 30"),
        ("service", "Intellectually disabled"),
    ],
)
def test_what_once_was_read_wrong_is_asked_about(kind: str, text: str) -> None:
    result = read(kind, text)
    assert result["reading"] is None
    assert result["problem"]
