"""One run: what it reads, decides, writes, remembers and tells, in which order, and what a failure leaves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from sheets_sync.config import Config
from sheets_sync.edges.store import SQLiteStore
from sheets_sync.problems import AlreadyRunning, CannotCount, Changed, RunFailed
from sheets_sync.run import Asked, Outcome, World, sync
from sheets_sync.understand import look
from tests.small_school import TODAY, Clock, MemoryMailer, MemoryWorkbook, small_school

Run = Callable[..., Outcome]


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(
        MemoryWorkbook(small_school()), SQLiteStore(tmp_path / "state.sqlite"), MemoryMailer(), Clock()
    )


@pytest.fixture
def run(world: World) -> Run:
    def once(day: date = TODAY, **asked: bool) -> Outcome:
        return sync(world, Config(), Asked(day, **asked), lambda step: None)

    return once


def figures(outcome: Outcome) -> dict[str, object]:
    (row,) = outcome.decided.understood.ledger.lines.to_dict("records")
    return {name: row[name] for name in ("status", "required", "delivered", "owed", "upcoming", "behind")}


def test_a_run_counts_writes_both_tabs_and_tells_the_case_manager(world: World, run: Run) -> None:
    """Weeks of Oct 6, 13 and 20 ask for 60 each: 30 + 60 delivered, 30 owed, 60 to come."""
    outcome = run()
    assert figures(outcome) == {
        "status": "MAKE-UP OWED",
        "required": 180,
        "delivered": 90,
        "owed": 30,
        "upcoming": 60,
        "behind": 30,
    }
    assert list(world.workbook.ours) == ["compliance", "problems"]
    assert [mail.to for mail in world.mailer.taken] == ["manager@example.org"]
    assert outcome.exit_code == 0
    assert outcome.calls == {"read": 1, "write": 1}
    (record,) = world.store.runs()
    assert (record.outcome, record.exit_code, record.lines, record.mails) == ("done", 0, 1, 1)


def test_the_same_run_again_tells_nobody_and_keeps_the_keys(world: World, run: Run) -> None:
    first = run()
    again = run()
    assert again.decided.understood.keys == first.decided.understood.keys
    assert again.decided.mails == ()
    assert len(world.mailer.taken) == 1


def test_the_date_since_which_a_line_is_so_stays(world: World, run: Run) -> None:
    run()
    later = run(world.now.turn(1))
    assert [record.since for record in later.decided.state.lines] == [TODAY]


def test_what_is_mended_is_told_once_and_only_to_who_was_told(world: World, run: Run) -> None:
    run()
    made_up = [date(2025, 10, 17), "Ana R.", "Speech therapy", "J. Rivera", 30.0, "Make-up"]
    world.workbook.tabs["Service Log"].append(made_up)
    told = run(world.now.turn(1)).decided.mails
    assert [(mail.to, mail.reasons) for mail in told] == [("manager@example.org", ("resolved",))]
    assert run(world.now.turn(1)).decided.mails == ()


def test_a_workbook_that_somebody_saves_meanwhile_is_read_and_counted_again(world: World, run: Run) -> None:
    world.workbook.saved_meanwhile = 2
    assert run().calls == {"read": 3, "write": 1}
    assert world.workbook.asked == ["read", "write"] * 3


def test_a_workbook_that_is_saved_again_and_again_fails_the_run(world: World, run: Run) -> None:
    world.workbook.saved_meanwhile = 3
    with pytest.raises(Changed):
        run()
    assert [(record.outcome, record.exit_code) for record in world.store.runs()] == [("failed", 1)]
    assert world.mailer.taken == []


def test_a_dry_run_changes_nothing(world: World, run: Run, tmp_path: Path) -> None:
    outcome = run(dry_run=True, remember=False)
    assert outcome.cells_changed > 0
    assert outcome.decided.mails
    assert world.workbook.asked == ["read"]
    assert world.mailer.taken == []
    assert list(tmp_path.iterdir()) == []


def test_a_run_that_is_not_to_be_remembered_writes_the_tabs_alone(world: World, run: Run) -> None:
    run(remember=False)
    assert list(world.workbook.ours) == ["compliance", "problems"]
    assert world.store.runs() == ()
    assert world.mailer.taken == []


def test_a_write_that_fails_is_recorded_and_tells_nobody(world: World, run: Run) -> None:
    world.workbook.broken = "the disk is full"
    with pytest.raises(RunFailed):
        run()
    (record,) = world.store.runs()
    assert (record.outcome, record.exit_code, record.error) == ("failed", 1, "the disk is full")
    assert world.mailer.taken == []
    world.workbook.broken = ""
    assert run().decided.mails


def test_a_missing_tab_is_recorded_and_nothing_is_written(world: World, run: Run) -> None:
    del world.workbook.tabs["Schedule"]
    with pytest.raises(CannotCount):
        run()
    assert world.workbook.asked == ["read"]
    assert [record.exit_code for record in world.store.runs()] == [3]


def test_a_mail_that_is_not_taken_waits_for_the_next_run(world: World, run: Run) -> None:
    world.mailer.outcome = "waiting"
    assert run().exit_code == 4
    last = world.store.runs()[0]
    assert (last.exit_code, last.error) == (4, f"{last.mails} not delivered")
    world.mailer.outcome = "accepted"
    again = run(world.now.turn(1))
    first, second = world.mailer.taken
    assert first.message_id == second.message_id
    assert again.exit_code == 0
    assert run(world.now.turn(1)).deliveries == ()


def test_a_second_run_at_the_same_time_does_nothing(world: World, run: Run) -> None:
    with world.store.lock(), pytest.raises(AlreadyRunning):
        run()
    assert world.workbook.asked == []


def test_staffs_notes_stay_beside_their_line(world: World, run: Run) -> None:
    run()
    tab = world.workbook.ours["compliance"]
    header = [cell.value for cell in tab.rows[2]]
    at = header.index("Staff notes")
    rows = [[cell.value for cell in row] for row in tab.rows]
    rows[3][at] = "asked on Friday"
    world.workbook.ours["compliance"] = _typed(tab, rows)
    grid = world.workbook.tabs["Service Grid"]
    grid.insert(1, ["Ana R.", "Reading", "1 x 30 min / week", "T. Lee", date(2025, 10, 6)])
    run(world.now.turn(1))
    after = world.workbook.ours["compliance"].rows
    notes = {row[header.index("Service")].value: row[at].value for row in after[3:]}
    assert notes == {"Reading": None, "Speech therapy": "asked on Friday"}


def _typed(tab: object, rows: list[list[object]]) -> object:
    from dataclasses import replace

    cells = tuple(
        tuple(replace(cell, value=value) for cell, value in zip(row, values, strict=True))
        for row, values in zip(tab.rows, rows, strict=True)
    )
    return replace(tab, rows=cells)


def test_looking_writes_nothing(world: World, tmp_path: Path) -> None:
    seen = look(world.workbook, world.store, Config(), TODAY)
    assert len(seen.keys) == 1
    assert world.workbook.asked == ["read"]
    assert list(tmp_path.iterdir()) == []
