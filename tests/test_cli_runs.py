"""`sheets-sync runs`: how a run is told in a line, and what could not be delivered."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from sheets_sync.cli.main import run_command_line
from sheets_sync.edges.store import SQLiteStore
from sheets_sync.mail import Mail
from sheets_sync.state import MailOutcome, RunRecord

AT = datetime(2025, 11, 21, 5, tzinfo=UTC)
RUN = RunRecord(AT, AT, date(2025, 11, 21), "done", 0, 1.25, lines=33, problems=5, cells_changed=31, mails=3)
MAIL = Mail("lee@school.example", "IEP services: 1 new", "Hello.", "<p>Hello.", "<1@x>", AT, ("new",))

TOLD = [
    (RUN, "done: 31 cells changed, 3 mails, 5 data problems"),
    (
        replace(RUN, exit_code=4, error="1 not delivered"),
        "done: 31 cells changed, 3 mails, 5 data problems, 1 not delivered",
    ),
    (
        replace(RUN, outcome="failed", exit_code=1, error="The workbook is open."),
        "failed: The workbook is open.",
    ),
    (
        replace(RUN, outcome="stopped", exit_code=1, error="Stopped while counting."),
        "  Stopped while counting.",
    ),
    (replace(RUN, same_day=True), "same day: done: 31 cells changed, 3 mails, 5 data problems"),
]


@pytest.mark.parametrize(("run", "told"), TOLD)
def test_a_run_is_a_line(
    run: RunRecord, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    state = tmp_path / "state.sqlite"
    SQLiteStore(state).save(run, None)
    assert run_command_line(["runs", "--workbook", "s.xlsx", "--state", str(state)]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert line.endswith(told)
    assert "as of 2025-11-21" in line


@pytest.mark.parametrize(
    ("ago", "code"),
    [
        ([timedelta(hours=9)], 0),
        ([timedelta(hours=37)], 1),
        ([timedelta(days=-365)], 1),  # the clock stood a year ahead
        ([timedelta(hours=37), timedelta(days=-365)], 1),
        ([timedelta(hours=9), timedelta(days=-365)], 0),
        ([timedelta(days=-365), timedelta(hours=9)], 0),
        ([], 1),
    ],
)
def test_a_run_of_the_future_keeps_nothing_fresh(ago: list[timedelta], code: int, tmp_path: Path) -> None:
    state, now = tmp_path / "state.sqlite", datetime.now(UTC)
    for age in ago:
        SQLiteStore(state).save(replace(RUN, started=now - age, finished=now - age), None)
    words = ["runs", "--workbook", "s.xlsx", "--state", str(state), "--max-age", "36h", "--quiet"]
    assert run_command_line(words) == code


def test_a_run_that_told_changes_of_the_same_day_keeps_nothing_fresh(tmp_path: Path) -> None:
    store, now = SQLiteStore(tmp_path / "state.sqlite"), datetime.now(UTC)
    store.save(replace(RUN, started=now, finished=now, same_day=True), None)
    words = ["runs", "--workbook", "s.xlsx", "--state", str(store.path), "--max-age", "36h", "--quiet"]
    assert run_command_line(words) == 1


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (
            MailOutcome.WAITING,
            "Not delivered yet: 1 mail; the next run tries again (sheets-sync outbox).",
        ),
        (MailOutcome.GIVEN_UP, "Given up: 1 mail; sheets-sync outbox says why."),
    ],
)
def test_what_could_not_be_delivered_is_said(
    outcome: MailOutcome, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = SQLiteStore(tmp_path / "state.sqlite")
    store.save(RUN, None, [MAIL])
    store.mark([replace(posting, outcome=outcome) for posting in store.postings()])
    run_command_line(["runs", "--workbook", "s.xlsx", "--state", str(store.path)])
    assert capsys.readouterr().out.splitlines()[1:] == [said]


def test_times_are_those_of_the_configured_zone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Five in the morning in UTC is midnight in New York, in November."""
    SQLiteStore(tmp_path / "state.sqlite").save(RUN, None)
    config = tmp_path / "c.toml"
    config.write_text(
        'workbook = "s.xlsx"\nstate = "state.sqlite"\ntimezone = "America/New_York"\n', encoding="utf-8"
    )
    assert run_command_line(["runs", "--config", str(config)]) == 0
    assert capsys.readouterr().out.startswith("2025-11-21 00:00  as of 2025-11-21")
