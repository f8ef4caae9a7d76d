"""The column "Snooze until" through whole runs: read, remembered, cut, asked about where it is no date."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from sheets_sync.config import AlertsConfig, Config
from sheets_sync.edges.store import SQLiteStore
from sheets_sync.run import Asked, Outcome, World, sync
from sheets_sync.state import Snooze
from sheets_sync.views.columns import NAMES, SNOOZE_UNTIL
from sheets_sync.views.tab import OutValue
from tests.small_school import TODAY, Clock, MemoryMailer, MemoryWorkbook, small_school

Run = Callable[..., Outcome]
LINE_ROW = 4
AT = NAMES.index(SNOOZE_UNTIL)


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(
        MemoryWorkbook(small_school()), SQLiteStore(tmp_path / "state.sqlite"), MemoryMailer(), Clock()
    )


@pytest.fixture
def run(world: World) -> Run:
    """Run on a later day (or the same); every session is logged as given, so nothing else is found."""

    def once(days: int = 0, **alerts: int) -> Outcome:
        today = world.now.turn(days)
        day = TODAY
        log = world.workbook.tabs["Service Log"]
        while day < today:
            entry = [day, "Ana R.", "Speech therapy", "J. Rivera", 30.0, "Delivered"]
            if day.weekday() in (0, 2) and entry not in log:
                log.append(entry)
            day += timedelta(days=1)
        return sync(world, Config(alerts=AlertsConfig(**alerts)), Asked(today), lambda step: None)

    return once


def type_snooze(world: World, value: OutValue) -> None:
    tab = world.workbook.ours["compliance"]
    rows = [list(row) for row in tab.rows]
    rows[LINE_ROW - 1][AT] = replace(rows[LINE_ROW - 1][AT], value=value)
    world.workbook.ours["compliance"] = replace(tab, rows=tuple(map(tuple, rows)))


def reasons(outcome: Outcome) -> list[str]:
    return [reason for mail in outcome.decided.mails for reason in mail.reasons]


def said_of_the_cell(outcome: Outcome) -> list[tuple[str, str, str]]:
    return [
        (str(one.severity), one.cell, one.problem)
        for one in outcome.decided.understood.problems
        if one.tab == "Compliance"
    ]


def test_a_date_silences_the_line_until_then(world: World, run: Run) -> None:
    assert reasons(run()) == ["first summary"]
    until = TODAY + timedelta(days=9)
    type_snooze(world, until)
    assert [reasons(run(days)) for days in (1, 6, 1)] == [[], [], []]
    assert reasons(run(1)) == ["still open"]
    assert world.store.load().told.snoozes[0].until == until


def test_the_night_on_which_it_was_first_seen_is_remembered(world: World, run: Run) -> None:
    run()
    type_snooze(world, TODAY + timedelta(days=9))
    run(1)
    run(1)
    (snooze,) = world.store.load().told.snoozes
    (line,) = world.store.load().lines
    first, last = TODAY + timedelta(days=1), TODAY + timedelta(days=2)
    assert snooze == Snooze(line.key, TODAY + timedelta(days=9), first, last)


@pytest.mark.parametrize(
    ("typed", "until"),
    [
        ("11/3/2025", date(2025, 11, 3)),
        ("Nov 3", date(2025, 11, 3)),
        ("2025-11-03", date(2025, 11, 3)),
        (45964, date(2025, 11, 3)),
        # Without a year it lies in the school year: it is over, and does not begin anew for next autumn.
        ("10/1", date(2025, 10, 1)),
    ],
)
def test_a_date_is_read_as_on_every_other_tab(world: World, run: Run, typed: OutValue, until: date) -> None:
    run()
    type_snooze(world, typed)
    outcome = run(1)
    assert [snooze.until for snooze in world.store.load().told.snoozes] == [until]
    assert said_of_the_cell(outcome) == []


@pytest.mark.parametrize("typed", ["until she is back", "soon", "13/45/2025", 7, "=1+1"])
def test_what_is_no_date_silences_nothing_and_is_asked_about_with_its_cell(
    world: World, run: Run, typed: OutValue
) -> None:
    run()
    type_snooze(world, typed)
    outcome = run(7)
    assert said_of_the_cell(outcome) == [
        ("question", "X4", "This cannot be read as a date, so nothing is silenced.")
    ]
    assert "still open" in reasons(outcome)
    problems = world.workbook.ours["problems"].rows
    assert [cell.value for cell in problems[-1]][:4] == ["question", "Compliance", "X4", str(typed)]


def test_a_date_too_far_ahead_is_cut_and_that_is_said(world: World, run: Run) -> None:
    """Seen on Oct 21, at most 10 days: it silences until Oct 31, and is not renewed by standing there."""
    run()
    type_snooze(world, date(2026, 6, 1))
    first = run(1, snooze_max_days=10)
    assert said_of_the_cell(first) == [
        ("note", "X4", "A snooze lasts 10 days at most: this one silences until 10/31/2025.")
    ]
    assert reasons(run(9, snooze_max_days=10)) == []
    over = run(1, snooze_max_days=10)
    assert said_of_the_cell(over) == [
        ("note", "X4", "A snooze lasts 10 days at most: this one silenced until 10/31/2025.")
    ]
    assert "still open" in reasons(over)


def test_a_snooze_that_is_cleared_is_over(world: World, run: Run) -> None:
    run()
    type_snooze(world, TODAY + timedelta(days=30))
    assert reasons(run(7)) == []
    type_snooze(world, None)
    assert "still open" in reasons(run(1))
    run(7)
    assert world.store.load().told.snoozes == ()
