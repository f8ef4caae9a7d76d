"""Two nights of one workbook: what was changed between them is told, however the sheets are typed."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sheets_sync.config import Config
from sheets_sync.decide import decide
from sheets_sync.edges.store import SQLiteStore
from sheets_sync.findings.finding import EVENTS, Finding
from sheets_sync.ports import Sheet, Snapshot
from sheets_sync.run import Asked, Outcome, World, sync
from sheets_sync.state import State
from sheets_sync.today import date_of_run
from sheets_sync.understand import understand
from tests.small_school import TODAY, Clock, MemoryMailer, MemoryWorkbook, Rows, small_school

Tabs = dict[str, Rows]
TOMORROW = date(2025, 10, 21)
IN_CI = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""Each example counts a workbook: on a busy machine that takes its time."""

AT = datetime(2025, 10, 20, 5, tzinfo=UTC)


def school_of_two() -> Tabs:
    """Ana's speech on Mon and Wed, Ben's reading on Mon, Tue and Thu with two people."""
    tabs = small_school()
    tabs["Caseload"].append(["Ben T.", "C. Manager", "manager@example.org"])
    tabs["Service Grid"].append(["Ben T.", "Reading", "3 x 30 min / week", "T. Lee", date(2025, 10, 6)])
    tabs["Schedule"] += [
        ["Ben T.", "Reading", "T. Lee", "Tue & Thu", "10:00 AM", "10:30 AM"],
        ["Ben T.", "Reading", "J. Rivera", "Mon", "11:00 AM", "11:30 AM"],
    ]
    tabs["Service Log"] += [
        [date(2025, 10, 7), "Ben T.", "Reading", "T. Lee", 30.0, "Provider absent"],
        [date(2025, 10, 9), "Ben T.", "Reading", "T. Lee", 30.0, "Delivered"],
        [date(2025, 10, 14), "Ben T.", "Reading", "T. Lee", 30.0, "Field trip"],
    ]
    return tabs


def night(tabs: Tabs, state: State, today: date) -> tuple[tuple[Finding, ...], State]:
    snapshot = Snapshot(tuple(Sheet(name, rows) for name, rows in tabs.items()))
    decided = decide(understand(snapshot, state, Config(), today), state, Config(), AT, "small.xlsx")
    return decided.findings, decided.state


FIRST = night(school_of_two(), State(), TODAY)[1]


def changed(tabs: Tabs) -> list[Finding]:
    """What is found to have changed from the first night to the second."""
    return [finding for finding in night(tabs, FIRST, TOMORROW)[0] if finding.kind in EVENTS]


def test_nothing_has_changed_on_a_first_night() -> None:
    findings, _ = night(school_of_two(), State(), TODAY)
    assert not [finding for finding in findings if finding.kind in EVENTS]


def test_nothing_has_changed_where_a_state_remembers_no_count() -> None:
    """So it is after an update from a version that remembered none."""
    old = replace(FIRST, counted=State().counted)
    assert not [one for one in night(school_of_two(), old, TOMORROW)[0] if one.kind in EVENTS]


EDITED = ("Caseload", "Service Grid", "Schedule", "Service Log", "Calendar")
TYPED: tuple[Callable[[Any], Any], ...] = (
    lambda cell: cell,
    lambda cell: f"  {cell} " if isinstance(cell, str) else cell,
    lambda cell: cell.upper() if isinstance(cell, str) else cell,
    lambda cell: cell.lower() if isinstance(cell, str) else cell,
)


@st.composite
def typed_again(draw: st.DrawFn) -> Tabs:
    """The same sheets, sorted otherwise, with blank rows, spaces, and other capitals."""
    tabs = deepcopy(school_of_two())
    for name in EDITED:
        header, *rows = tabs[name]
        rows = draw(st.permutations(rows))
        typed = draw(st.lists(st.sampled_from(TYPED), min_size=len(rows), max_size=len(rows)))
        rows = [[how(cell) for cell in row] for how, row in zip(typed, rows, strict=True)]
        for at in draw(st.lists(st.integers(0, len(rows)), max_size=2)):
            rows.insert(at, [None] * len(header))
        tabs[name] = [header, *rows]
    return tabs


@settings(IN_CI, max_examples=8)
@given(typed_again())
def test_sheets_that_say_the_same_have_not_changed(tabs: Tabs) -> None:
    assert changed(tabs) == []


PROVIDERS, DAYS = ("J. Rivera", "T. Lee", "M. New"), ("Mon", "Tue", "Wed", "Thu", "Fri")


@settings(IN_CI, max_examples=8)
@given(
    typed_again(), st.sampled_from(PROVIDERS), st.sets(st.sampled_from(DAYS), min_size=1), st.integers(1, 5)
)
def test_a_row_that_is_added_is_exactly_one_change(
    tabs: Tabs, provider: str, days: set[str], hour: int
) -> None:
    row = ["Ana R.", "Speech therapy", provider, ", ".join(sorted(days)), f"{hour}:15 PM", f"{hour}:45 PM"]
    tabs["Schedule"].append(row)
    (finding,) = changed(tabs)
    assert (finding.kind, finding.provider) == ("schedule-changed", provider)
    assert finding.student.casefold() == "ana r."
    assert finding.text.startswith("added: ")
    assert finding.text.count("->") == 0


@settings(IN_CI, max_examples=8)
@given(typed_again(), st.integers(1, 3))
def test_a_row_that_is_removed_is_exactly_one_change(tabs: Tabs, at: int) -> None:
    rows = [row for row in tabs["Schedule"] if any(row)]
    tabs["Schedule"] = [row for place, row in enumerate(rows) if place != at]
    (finding,) = changed(tabs)
    assert finding.text.startswith("dropped: ")


@settings(IN_CI, max_examples=8)
@given(
    typed_again(),
    st.sampled_from(["Provider absent", "Field trip"]),
    st.sampled_from(["Student absent", None]),
)
def test_an_owed_session_that_is_rewritten_or_removed_is_exactly_one_change(
    tabs: Tabs, was: str, now: str | None
) -> None:
    log = tabs["Service Log"]
    place, row = next(
        (place, row)
        for place, row in enumerate(log)
        if isinstance(row[5], str) and row[5].strip().casefold() == was.casefold()
    )
    if now:
        row[5] = now
    else:
        del log[place]
    (finding,) = changed(tabs)
    assert (finding.kind, finding.minutes) == ("record-changed", 30)


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(
        MemoryWorkbook(school_of_two()), SQLiteStore(tmp_path / "state.sqlite"), MemoryMailer(), Clock()
    )


@pytest.fixture
def run(world: World) -> Callable[[], Outcome]:
    return lambda: sync(world, Config(), Asked(world.now.day), lambda step: None)


def kinds_told(world: World, to: str) -> list[str]:
    return [mail.subject for mail in world.mailer.taken if mail.to == to]


def test_a_moved_session_is_told_the_next_night_and_never_again(
    world: World, run: Callable[[], Outcome]
) -> None:
    run()
    world.workbook.tabs["Schedule"][1][3] = "Tue, Wed"
    world.now.turn(1)
    (event,) = [one for one in run().decided.findings if one.kind in EVENTS]
    assert event.text == "Mon 9:00-9:30 with J. Rivera -> Tue 9:00-9:30 with J. Rivera, from Oct 21 on."
    assert event.urgent
    assert "1 schedule changed" in kinds_told(world, "rivera@example.org")[-1]
    told = len(world.mailer.taken)
    world.now.turn(1)
    assert not [one for one in run().decided.findings if one.kind in EVENTS]
    assert not [mail for mail in world.mailer.taken[told:] if "schedule changed" in mail.subject]


@pytest.mark.parametrize(("weekday", "day"), [("Mon", 20), ("Fri", 24)])
@pytest.mark.parametrize("hour", [11, 12, 14])
def test_a_session_of_this_afternoon_that_is_moved_is_told_the_same_day(
    world: World, run: Callable[[], Outcome], weekday: str, day: int, hour: int
) -> None:
    """From noon on a run counts as of the next day; on a Friday no school day follows at once."""
    ben = world.workbook.tabs["Schedule"][3]
    ben[3] = weekday
    world.now.turn(day - world.now.day.day)
    run()
    ben[4:6] = ["3:00 PM", "3:30 PM"]
    at = datetime(2025, 10, day, hour, tzinfo=UTC)
    told = sync(replace(world, now=lambda: at), Config(), Asked(date_of_run(at), same_day=True), print)
    assert {mail.to for mail in told.decided.mails} == {"manager@example.org", "rivera@example.org"}
    (event,) = [one for one in told.decided.findings if one.kind in EVENTS]
    assert event.text.endswith(f"from Oct {day} on.")


def test_what_changed_on_a_weekend_is_told_on_monday(world: World, run: Callable[[], Outcome]) -> None:
    world.now.turn(4)  # Fri Oct 24
    run()
    world.workbook.tabs["Schedule"][1][3] = "Tue, Wed"
    world.now.turn(1)
    run()
    assert not [mail for mail in world.mailer.taken if "schedule changed" in mail.subject]
    world.now.turn(2)
    run()
    assert any("schedule changed" in subject for subject in kinds_told(world, "rivera@example.org"))


def test_a_failed_night_is_no_baseline(world: World, run: Callable[[], Outcome]) -> None:
    """What was changed before a run that could not write is told by the next."""
    run()
    world.workbook.tabs["Schedule"][1][3] = "Tue, Wed"
    world.workbook.broken = "the disk is full"
    world.now.turn(1)
    with pytest.raises(Exception, match="the disk is full"):
        run()
    world.workbook.broken = ""
    assert [one.kind for one in run().decided.findings if one.kind in EVENTS] == ["schedule-changed"]
