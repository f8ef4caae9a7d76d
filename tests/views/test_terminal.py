"""What `sync` prints for eyes: complete at 80 and 120 columns, in a pipe, and without colour."""

from __future__ import annotations

import io
from datetime import date

import pytest
from rich.console import Console

from sheets_sync.ledger import Rules, Status, count
from sheets_sync.problems import Problem, Severity
from sheets_sync.tables import ATTENDANCE, LINES, LOG, SCHEDULE, STAFF, STUDENTS, Category, Tables, table
from sheets_sync.views.mail import Mail
from sheets_sync.views.terminal import COLOURS, progress, result_table
from tests.views.small_school import entry, small_school

TODO = "Make up 30 min: Oct 8 (provider absent). " + "Ask the team when. " * 6
LEDGER = small_school([entry("10-06"), entry("10-08", Category.PROVIDER_ABSENT)], today=date(2025, 10, 10))


def printed(width: int, *, colour: bool = False, **more: object) -> str:
    """Return what stands on a terminal of this width."""
    out = io.StringIO()
    console = Console(
        file=out, width=width, force_terminal=colour, color_system="truecolor" if colour else None
    )
    console.print(result_table(LEDGER, [TODO], width=width, **more))
    return out.getvalue()


@pytest.mark.parametrize("width", [80, 120, 200])
def test_student_service_status_and_behind_stand_in_one_line_of_sight(width: int) -> None:
    text = printed(width)
    for word in ("Ana R.", "Speech therapy", "MAKE-UP OWED", "30"):
        assert word in text
    assert "Ask the team when." in text
    assert "…" not in text


@pytest.mark.parametrize("width", [80, 120])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    assert max(len(line) for line in printed(width).splitlines()) <= width


def test_a_pipe_gets_no_control_codes() -> None:
    assert "\x1b" not in printed(80)
    assert "\x1b" in printed(80, colour=True)


def test_markup_in_a_name_is_text() -> None:
    ledger = small_school(today=date(2025, 10, 10), student="[red]Ana[/red] R.")
    out = io.StringIO()
    Console(file=out, width=200).print(result_table(ledger, ["[bold]x[/bold]"], width=200))
    assert "[red]Ana[/red] R." in " ".join(out.getvalue().split())
    assert "[bold]x[/bold]" in out.getvalue()


def test_the_summary_counts_lines_minutes_problems_and_mails() -> None:
    problems = [
        Problem(Severity.ERROR, "Service Log", f"{at}{row}", "", "", "") for row in (2, 3) for at in "AB"
    ]
    mail = Mail("dh@school.example", "", "", "", "<1@x>", None, ("new",))
    text = printed(120, problems=problems, mails=[mail])
    assert "Friday 2025-10-10: 1 line of 1 student, 30 min behind in all." in text
    assert "1 MAKE-UP OWED" in text
    assert "Data problems: 2 errors." in text
    assert "Mails: 1." in text


def test_nothing_found_is_said_too() -> None:
    text = printed(80)
    assert "No data problems." in text
    assert "No mail" in text


def test_a_grid_without_a_line_is_said_so() -> None:
    empty = Tables(
        table(STUDENTS), table(LINES), table(SCHEDULE), table(LOG), None, table(ATTENDANCE), table(STAFF)
    )
    out = io.StringIO()
    Console(file=out, width=80).print(result_table(count(empty, Rules(), date(2025, 10, 10)), []))
    assert out.getvalue().startswith("There is no line in the Service Grid yet.")


def test_every_status_has_a_colour() -> None:
    assert set(COLOURS) == set(Status)


@pytest.mark.parametrize(("terminal", "shown"), [(True, True), (False, False)])
def test_progress_is_shown_on_a_terminal_alone(terminal: bool, shown: bool) -> None:
    out = io.StringIO()
    with progress(Console(file=out, force_terminal=terminal, width=80)) as step:
        step("Reading the workbook")
    assert bool(out.getvalue()) is shown
