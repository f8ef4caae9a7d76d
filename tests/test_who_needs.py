"""Whose figures hang on a log of another workbook that cannot be read tonight, with nothing run but the rule.

Speech stands in the case manager's own log, OT in the OT's, which is away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from sheets_sync.counted import Counted, CountedEntries, CountedSession, Course
from sheets_sync.frozen import Frozen, with_last_good
from sheets_sync.guarded import Baseline, SeenTab
from sheets_sync.ledger.counting import count
from sheets_sync.ledger.rules import Rules
from sheets_sync.problems import on_sheet
from sheets_sync.state import Guarded, State
from sheets_sync.tables import LINES, LOG, Category, SheetRead, Tables, table
from sheets_sync.views.columns import FIGURE_COLUMNS, NAMES
from sheets_sync.views.explain_text import explain_text
from sheets_sync.views.figure_notes import figure_notes
from sheets_sync.views.line_rows import line_rows
from sheets_sync.views.tab import OutCell
from sheets_sync.who_needs import courses_that_wait, earliest_away, sources_then
from tests.ledgers import TODAY, ledger, line

SPEECH, OT = "Speech therapy", "Occupational therapy"
OWN, AWAY = SheetRead("Service Log", source="own"), SheetRead("OT log: Log", source="ot", absent="Gone.")
BASELINE = Baseline(TODAY, "", tuple(SeenTab("Service Log", 3, source=one.source) for one in (OWN, AWAY)))


def logged_there(student: str, *days: str) -> CountedEntries:
    rows = " ".join(str(on_sheet(row, 1)) for row in range(2, 2 + len(days)))
    return CountedEntries(student, OT, "\n".join(f"{day}|" for day in days), rows)


def before(*entries: CountedEntries, schedule: Sequence[CountedSession] = ()) -> State:
    return State(
        counted=Counted(TODAY, log=entries, schedule=tuple(schedule)), guarded=Guarded(baseline=BASELINE)
    )


def tonight(*entries: tuple[str, str, Category], lines: Sequence[Course] = ()) -> Tables:
    own = {"student": [one[0] for one in entries], "service": [one[1] for one in entries]}
    log: dict[str, object] = own | {
        "row": list(range(2, 2 + len(entries))),
        "date": [date(2025, 10, 21)] * len(entries),
        "category": [int(one[2]) for one in entries],
    }
    grid: dict[str, object] = {"student": [one[0] for one in lines], "service": [one[1] for one in lines]}
    tables = replace(
        ledger([]).tables, log=table(LOG, log), lines=table(LINES, grid) if lines else table(LINES)
    )
    return replace(tables, sheets={"Service Log": (OWN, AWAY)})


def waiting(tables: Tables, state: State) -> set[Course]:
    return set(courses_that_wait(replace(ledger([]), tables=tables), state, sources_then(state)))


@pytest.mark.parametrize(
    ("student", "category", "held"),
    [
        ("Ana R.", Category.SUSPENDED, True),  # the OT's log may hold ten more of her suspended dates
        ("Ana R.", Category.DELIVERED, False),
        ("Cal Y.", Category.SUSPENDED, False),  # of Cal nothing stands there
    ],
)
def test_a_suspension_needs_every_log_of_its_student(student: str, category: Category, held: bool) -> None:
    found = waiting(tonight((student, SPEECH, category)), before(logged_there("Ana R.", "2025-09-08")))
    assert found == {("Ana R.", OT)} | ({(student, SPEECH)} if held else set())


def test_a_suspension_waits_too_for_a_log_that_may_have_an_entry_by_now() -> None:
    """Ana's OT is new: no log that can be read has an entry of it, Ben's OT stands in the OT's."""
    tables = tonight(("Ana R.", SPEECH, Category.SUSPENDED), lines=[("Ana R.", OT), ("Ana R.", SPEECH)])
    assert ("Ana R.", SPEECH) in waiting(tables, before(logged_there("Ben T.", "2025-09-08")))


def test_a_line_names_the_sheets_that_it_needs_alone() -> None:
    tables = tonight(("Ana R.", SPEECH, Category.DELIVERED))
    other = SheetRead("SLP log: Log", source="slp", absent="Gone.")
    state = before(logged_there("Ben T.", "2025-09-08"))
    tables = replace(tables, sheets={"Service Log": (OWN, AWAY, other)})
    found = courses_that_wait(replace(ledger([]), tables=tables), state, sources_then(state))
    assert {course: [one.name for one in sheets] for course, sheets in found.items()} == {
        ("Ben T.", OT): ["OT log: Log"]
    }


def test_without_a_first_day_the_count_begins_where_it_did_with_every_sheet() -> None:
    """The earliest date of all stands in the log that is away."""
    tables = replace(tonight(("Ana R.", SPEECH, Category.DELIVERED)), calendar=None)
    state = before(logged_there("Ben T.", "2025-09-02", "2025-10-07"))
    assert earliest_away(tables, state) == date(2025, 9, 2)
    tables = replace(tables, earliest_away=earliest_away(tables, state))
    calendar = count(tables, Rules(), TODAY).calendar
    assert calendar.day(calendar.first) == date(2025, 9, 2)


def test_a_date_of_a_sheet_that_is_there_is_tonights_own() -> None:
    """What was deleted there is gone, as on any other night."""
    deleted = CountedEntries("Ana R.", SPEECH, "2025-08-26|", "9")
    state = before(deleted, logged_there("Ben T.", "2025-09-02"))
    assert earliest_away(tonight(), state) == date(2025, 9, 2)
    assert earliest_away(replace(tonight(), sheets={}), state) is None


def test_a_held_line_that_cannot_be_counted_tonight_stays_as_it_was() -> None:
    """Its frequency became unreadable meanwhile; what our tab does not show of it is not known."""
    shown = {column.name: 90 for column in FIGURE_COLUMNS} | {"Status": "ON TRACK"}
    row = tuple(OutCell(shown.get(name)) for name in NAMES)
    frozen = Frozen({("Ben T.", OT): (AWAY,)}, {"k": row}, {"k": TODAY}, (AWAY,), TODAY, {}, {})
    held = with_last_good(ledger([line("Ben T.", OT, "CHECK DATA", reason="no amount")]), ["k"], frozen)
    (found,) = held.lines.to_dict("records")
    assert (found["status"], found["delivered"], found["held"]) == ("ON TRACK", 90, True)
    assert pd.isna(found["extra"])
    assert figure_notes(held, line_rows(held)) == ({},)
    held = replace(held, tables=tonight(lines=[("Ben T.", OT)]))
    assert explain_text(held, [""], student="Ben T.")
