"""The eight sample workbooks are read whole: every line, session and entry; only what is odd is told."""

from __future__ import annotations

import json
from datetime import date

import pandas as pd
import pytest

from sheets_sync.config import Names
from sheets_sync.intake.workbook import read_tables
from sheets_sync.tables import Tables
from tests.intake.reading_files import SAMPLES, read_file

COUNTS = [
    # sample, students, lines, rules, entries, days of the calendar, absences: the rows of the tabs, a row of
    # the log that names two students ("Elif A.; Hugo A.") twice
    ("01", 7, 21, 29, 111, 12, 0),
    ("02", 6, 14, 18, 147, 13, 0),
    ("03", 9, 24, 30, 351, 13, 0),
    ("04", 6, 18, 15, 250, 26, 0),
    ("05", 7, 26, 24, 1064, 26, 0),
    ("06", 15, 40, 42, 1383, 31, 0),
    ("07", 15, 36, 36, 1281, 30, 0),
    ("08", 11, 37, 39, 1053, 27, 26),
]


def read_sample(number: str) -> Tables:
    """Read a sample as on the day that its expected figures are for."""
    expected = json.loads((SAMPLES / f"sample-{number}.expected.json").read_text())
    snapshot = read_file(SAMPLES / f"sample-{number}.xlsx")
    return read_tables(snapshot, Names(), today=date.fromisoformat(expected["today"]))


@pytest.mark.parametrize(
    ("number", "students", "lines", "rules", "entries", "days", "absences"),
    COUNTS,
    ids=[c[0] for c in COUNTS],
)
def test_every_row_of_a_sample_is_read(
    number: str, students: int, lines: int, rules: int, entries: int, days: int, absences: int
) -> None:
    tables = read_sample(number)
    assert tables.calendar is not None
    found = [tables.students, tables.lines, tables.schedule, tables.log, tables.calendar, tables.attendance]
    assert [len(table) for table in found] == [students, lines, rules, entries, days, absences]


@pytest.mark.parametrize("number", [case[0] for case in COUNTS])
def test_the_lines_of_a_sample_are_those_of_its_expected_figures(number: str) -> None:
    expected = json.loads((SAMPLES / f"sample-{number}.expected.json").read_text())["lines"]
    lines = read_sample(number).lines
    wanted = [(line["cell"], line["student"], line["service"], line["group"]) for line in expected]
    read = [
        (f"Service Grid!A{row}", student, service, None if pd.isna(group) else group)
        for row, student, service, group in zip(
            lines["row"], lines["student"], lines["service"], lines["group"], strict=True
        )
    ]
    assert read == wanted


@pytest.mark.parametrize("number", [case[0] for case in COUNTS])
def test_only_unknown_codes_and_a_line_that_ends_before_it_starts_are_told_of(number: str) -> None:
    told = {(p.tab, p.value) for p in read_sample(number).problems}
    assert told <= {("Service Log", "XQZ"), ("Service Grid", "2025-09-08")}


def test_a_line_that_ends_before_it_starts_stays_with_its_reason() -> None:
    lines = read_sample("06").lines
    assert lines.loc[lines["reason"] != "", ["row", "student"]].to_numpy().tolist() == [[31, "Pia C."]]
