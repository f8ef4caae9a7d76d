"""The Compliance tab: columns, rows in place, colours, staff's columns, removed lines (workbook.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from sheets_sync.config import ComplianceConfig, Config, Names
from sheets_sync.ledger.result import Ledger
from sheets_sync.ledger.rules import Rules
from sheets_sync.staff_columns import StaffColumns, StaffRow
from sheets_sync.views.compliance import compliance_tab
from sheets_sync.views.tab import OutCell, Style, Tab
from tests.ledgers import Row, ledger, line, not_asked, owed, period, session

CHECKED = datetime(2025, 11, 21, 5, 2)  # noqa: DTZ001
NOV_4 = date(2025, 11, 4)
NO_STAFF = StaffColumns()

COLUMNS = (
    "Student, Service, Status, What to do, Behind, Provider, Group, Required, Scheduled, Required min,"
    " Delivered, Made up, Upcoming, Owed, Not logged, Excused, Not scheduled, % delivered, Last session,"
    " Next session, Since, Case manager, Staff notes, Snooze until, Line"
)


def tab_of(
    counted: Ledger,
    staff: StaffColumns = NO_STAFF,
    since: Mapping[str, date] | None = None,
    config: Config | None = None,
) -> Tab:
    keys = [f"key{at}" for at in range(len(counted.lines))]
    return compliance_tab(
        counted,
        keys=keys,
        staff=staff,
        since=since or {},
        checked_at=CHECKED,
        version="1.2.3",
        config=config or Config(),
    )


def rows_of(tab: Tab) -> list[dict[str, OutCell]]:
    header = [str(cell.value) for cell in tab.rows[2]]
    return [dict(zip(header, row, strict=True)) for row in tab.rows[3:]]


def values(tab: Tab, *names: str) -> list[tuple[Any, ...]]:
    return [tuple(row[name].value for name in names) for row in rows_of(tab)]


def behind(student: str = "Ana R.", **more: Any) -> Row:
    return line(student, status="MAKE-UP OWED", behind=30, owed=30, required=60, delivered=30, **more)


def test_the_columns_are_those_of_the_spec_in_their_order() -> None:
    assert ", ".join(str(cell.value) for cell in tab_of(ledger([line()])).rows[2]) == COLUMNS


def test_a_line_says_what_it_is_and_how_it_stands() -> None:
    row = behind(
        group="individual", percent=50.0, last_session=date(2025, 11, 20), next_session=date(2025, 11, 24)
    )
    counted = ledger([row | {"next_start": 540}], [], [owed(0, NOV_4)])
    (cells,) = rows_of(tab_of(counted, since={"key0": NOV_4}))
    assert {name: cell.value for name, cell in cells.items() if cell.value is not None} == {
        "Student": "Ana R.",
        "Service": "Speech therapy",
        "Status": "MAKE-UP OWED",
        "What to do": "Make up 30 min: Nov 4 (provider absent).",
        "Behind": 30,
        "Provider": "J. Rivera",
        "Group": "individual",
        "Required": "2 x 30 min / week",
        "Required min": 60,
        "Delivered": 30,
        "Made up": 0,
        "Upcoming": 0,
        "Owed": 30,
        "Not logged": 0,
        "Excused": 0,
        "Not scheduled": 0,
        "% delivered": 50.0,
        "Last session": date(2025, 11, 20),
        "Next session": "Mon, Nov 24 9:00",
        "Since": NOV_4,
        "Line": "key0",
    }


def test_students_stand_as_on_the_caseload_and_lines_as_in_the_grid() -> None:
    lines = [line("Cal V."), line("Ana R.", "Reading"), behind("Ben T."), line("Ana R.", "Math")]
    counted = ledger(lines, students=[{"student": name} for name in ("Ana R.", "Ben T.", "Cal V.")])
    assert values(tab_of(counted), "Student", "Service", "Line") == [
        ("Ana R.", "Reading", "key1"),
        ("Ana R.", "Math", "key3"),
        ("Ben T.", "Speech therapy", "key2"),
        ("Cal V.", "Speech therapy", "key0"),
    ]


STATUS_COLOURS = [
    ("CHECK DATA", Style.PURPLE),
    ("AS NEEDED", Style.GREY),
    ("NOT STARTED", Style.GREY),
    ("ENDED", Style.GREY),
    ("NOT SCHEDULED", Style.RED),
    ("MAKE-UP OWED", Style.RED),
    ("PARTLY SCHEDULED", Style.ORANGE),
    ("NOT LOGGED", Style.YELLOW),
    ("SCHEDULE DIFFERS", Style.YELLOW),
    ("WATCH", Style.BLUE),
    ("ON TRACK", Style.GREEN),
]


@pytest.mark.parametrize(("status", "style"), STATUS_COLOURS)
def test_words_and_colour_stand_together(status: str, style: Style) -> None:
    (row,) = rows_of(tab_of(ledger([line(status=status)])))
    assert (row["Status"].value, row["Status"].style) == (status, style)


def test_figures_of_a_line_that_could_not_be_counted_are_blank() -> None:
    tab = tab_of(ledger([line(status="CHECK DATA", reason="The frequency cannot be read."), line()]))
    names = ("Behind", "Required min", "Owed", "% delivered")
    assert values(tab, *names) == [(None,) * 4, (0, 0, 0, None)]
    assert tab.rows[1][0] == OutCell("1 line could not be counted", Style.PURPLE)


def test_a_student_who_is_not_on_the_caseload_is_found_by_the_row() -> None:
    tab = tab_of(ledger([line("", status="CHECK DATA", reason="Who?")], students=[{"student": "Ana R."}]))
    assert values(tab, "Student") == [("? (Service Grid row 2)",)]


def test_the_first_rows_say_what_is_to_do_and_how_it_was_counted() -> None:
    lines = [behind(), behind("Ben T."), line(status="NOT SCHEDULED"), line(status="NOT LOGGED"), line()]
    tab = tab_of(ledger(lines))
    assert tab.rows[0][0].value == "Compliance"
    assert tab.rows[0][2].value == "2 to make up, 1 not scheduled, 1 without an entry; 60 min behind in all"
    assert tab.rows[1][0].value == "Every line counted"
    assert tab.rows[1][2].value == (
        "Read Fri, Nov 21, 2025 at 05:02 by sheets-sync 1.2.3. Counted from Sep 2, 2025. "
        "5 lines: 1 NOT SCHEDULED, 2 MAKE-UP OWED, 1 NOT LOGGED, 1 ON TRACK."
    )


def test_nothing_to_do_is_said_too() -> None:
    assert tab_of(ledger([line()])).rows[0][2].value == "Nothing to do: every line is on track"


@pytest.mark.parametrize(
    ("others", "said"),
    [
        ([], "No line could be counted: see Data Problems"),
        ([line()], "Nothing to do on the lines that could be counted"),
        ([line(status="NOT LOGGED")], "1 without an entry; 0 min behind in all"),
    ],
)
def test_not_every_line_is_on_track_where_one_could_not_be_counted(
    others: list[dict[str, object]], said: str
) -> None:
    tab = tab_of(ledger([*others, line(status="CHECK DATA", behind=0)]))
    assert tab.rows[0][2].value == said


def test_what_departs_from_the_defaults_is_said() -> None:
    rules = Rules(closures="owe", min_behind=20, school_days=(0, 1, 2, 3))
    config = Config(rules=rules, names=Names(codes={"NS": "provider absent"}))
    assert (
        ", with closures owe; min_behind 20; school on Mon, Tue, Wed, Thu; codes NS as provider absent."
        in str(tab_of(ledger([line()]), config=config).rows[1][2].value)
    )


def test_panes_filter_and_the_hidden_key() -> None:
    tab = tab_of(ledger([line()]))
    assert (tab.frozen, tab.filter_row, tab.mark) == ((3, 2), 3, "compliance")
    assert [tab.rows[2][at].value for at in tab.hidden] == ["Case manager", "Line"]
    assert tab.spans == ("C1:E1", "A2:B2", "C2:I2")


def test_case_managers_are_shown_where_there_are_several() -> None:
    students = [{"student": "Ana R.", "case_manager": "Kim"}, {"student": "Ben T.", "case_manager": "Lee"}]
    lines = [line(), line("Ben T.")]
    tab = tab_of(ledger(lines, students=students))
    assert values(tab, "Case manager") == [("Kim",), ("Lee",)]
    assert [tab.rows[2][at].value for at in tab.hidden] == ["Line"]
    alone = [one | {"case_manager": "Kim"} for one in students]
    assert values(tab_of(ledger(lines, students=alone)), "Case manager") == [(None,), (None,)]


def test_students_by_initials() -> None:
    staff = StaffColumns({"gone": StaffRow("gone", "moved", figures={"Student": "Gus Hart"})})
    config = Config(compliance=ComplianceConfig(students="initials"))
    tab = tab_of(ledger([line("Ana R."), line("Ben T.")]), staff, config=config)
    assert values(tab, "Student") == [("A.R.",), ("B.T.",), ("G.H.",)]


def test_every_figure_has_a_note() -> None:
    counted = ledger([line()], [period(0, date(2025, 11, 17), date(2025, 11, 23))])
    (row,) = rows_of(tab_of(counted))
    noted = [name for name, cell in row.items() if cell.note]
    assert ", ".join(noted) == (
        "Behind, Required min, Delivered, Made up, Upcoming, Owed, Not logged, Excused, Not scheduled,"
        " % delivered"
    )


def test_what_staff_wrote_stays_beside_its_line() -> None:
    staff = StaffColumns({"key1": StaffRow("key1", "0012", date(2025, 12, 1))})
    tab = tab_of(ledger([line("Ana R."), line("Ben T.")]), staff)
    assert values(tab, "Student", "Staff notes", "Snooze until") == [
        ("Ana R.", None, None),
        ("Ben T.", "0012", date(2025, 12, 1)),
    ]
    assert rows_of(tab)[0]["Staff notes"].style is Style.STAFF_TEXT
    assert rows_of(tab)[0]["Snooze until"].style is Style.STAFF_DATE


def test_columns_that_staff_added_stand_at_the_end() -> None:
    staff = StaffColumns({"key0": StaffRow("key0", added={"Parent called": "yes"})}, added=("Parent called",))
    tab = tab_of(ledger([line(), line("Ben T.")]), staff)
    assert tab.rows[2][-1].value == "Parent called"
    assert values(tab, "Parent called") == [("yes",), (None,)]
    assert len(tab.widths) == len(tab.rows[2])


FIGURES = {"Student": "Gus H.", "Service": "Reading", "Status": "MAKE-UP OWED", "Behind": 30, "Owed": 30}


def gone(notes: str | None = None, **figures: Any) -> StaffColumns:
    return StaffColumns({"gone": StaffRow("gone", notes, figures=FIGURES | figures)})


def test_a_removed_line_stays_with_its_last_figures() -> None:
    tab = tab_of(ledger([line()]), gone())
    names = ("Student", "Status", "What to do", "Behind", "Owed", "Since", "Line")
    words = "No longer in the Service Grid; 30 min were still behind."
    assert values(tab, *names)[1] == ("Gus H.", "REMOVED", words, 30, 30, date(2025, 11, 21), "gone")
    assert rows_of(tab)[1]["Status"].style is Style.GREY


@pytest.mark.parametrize(
    ("staff", "said"),
    [
        (gone(), "; 30 min behind on 1 line that left the grid"),
        (gone("moved", Behind=0), ""),
        (StaffColumns(loose=(StaffRow("", "notes", figures={"Behind": 30}),)), ""),
    ],
)
def test_the_headline_forgets_no_minutes_of_a_line_that_left(staff: StaffColumns, said: str) -> None:
    before, after = (str(tab_of(ledger([line()]), one).rows[0][2].value) for one in (StaffColumns(), staff))
    assert after == before + said


def test_a_removed_line_keeps_the_date_on_which_it_left() -> None:
    assert values(tab_of(ledger([line()]), gone(Status="REMOVED", Since=NOV_4)), "Since")[1] == (NOV_4,)


STAYS = [
    ("something behind", gone(), True),
    ("notes alone", gone("moved", Behind=0), True),
    ("neither", gone(Behind=0), False),
    ("figures that somebody typed over", gone(Behind="n/a"), False),
]


@pytest.mark.parametrize(("staff", "stays"), [s[1:] for s in STAYS], ids=[s[0] for s in STAYS])
def test_what_stays_of_a_line_that_left_the_grid(staff: StaffColumns, stays: bool) -> None:
    assert (len(rows_of(tab_of(ledger([line()]), staff))) == 2) is stays


def test_a_removed_line_stays_until_the_school_year_ends() -> None:
    over = ledger([line()], last_day=date(2025, 11, 20))
    last = ledger([line()], last_day=date(2025, 11, 21))
    assert len(rows_of(tab_of(over, gone("moved")))) == 1
    assert len(rows_of(tab_of(last, gone("moved")))) == 2


def test_notes_without_a_line_are_listed_always() -> None:
    staff = StaffColumns(loose=(StaffRow("", "ask about the bus", figures={"Student": "Ana R."}),))
    tab = tab_of(ledger([line()], last_day=date(2025, 11, 20)), staff)
    assert values(tab, "Student", "Status", "Staff notes", "Line")[1] == (
        "Ana R.",
        None,
        "ask about the bus",
        None,
    )
    assert "lost their line" in str(rows_of(tab)[1]["What to do"].value)


def test_a_row_is_as_high_as_its_longest_text() -> None:
    many = [owed(0, date(2025, 10, day), f"a long reason, number {day}") for day in range(1, 7)]
    heights = dict(tab_of(ledger([behind(), line("Ben T.")], [], many)).heights)
    assert heights[4] > 2 * heights[5] > 0


def test_nothing_that_stands_in_a_cell_is_anything_but_text() -> None:
    evil = '=HYPERLINK("http://x.example")'
    tab = tab_of(ledger([line(evil, provider="+1", status="CHECK DATA", reason="@x")]))
    assert values(tab, "Student", "Provider") == [(evil, "+1")]


def test_an_empty_grid_still_makes_a_tab() -> None:
    tab = tab_of(ledger([], students=[{"student": "Ana R."}]))
    assert len(tab.rows) == 3
    assert replace(tab, heights=()) == replace(
        tab_of(ledger([], students=[{"student": "Ana R."}])), heights=()
    )


NOTES = [
    (
        "Owed",
        "30 min owed and not made up yet, 1 session:\nprovider absent, 30 min: Nov 4 (Service Log row 31)",
    ),
    ("Behind", "30 min behind:\n30 owed + 0 never scheduled in periods that have ended."),
    ("Delivered", "90 min delivered, 3 sessions:\n30 min each: Oct 1, 3; Nov 5"),
    ("Made up", "30 min made up:\nNov 12: 30 min for Nov 3 (Service Log row 40)"),
    ("Not scheduled", "30 min are on no schedule:\nweek of Nov 17, in progress: 30 of 60 min"),
    ("Excused", "0 min excused: nobody owes them."),
]


@pytest.mark.parametrize(("figure", "note"), NOTES)
def test_a_note_shows_how_a_figure_came_about(figure: str, note: str) -> None:
    row = behind() | {"delivered": 90, "made_up": 30, "not_scheduled": 30, "required": 180}
    sessions = [
        session(0, day, "delivered", reason="delivered") for day in (date(2025, 10, 1), date(2025, 10, 3))
    ]
    sessions += [session(0, date(2025, 11, 5), "delivered"), owed(0, NOV_4)]
    sessions += [session(0, date(2025, 11, 12), "made_up", makeup_of=date(2025, 11, 3), log_rows=(40,))]
    weeks = [period(0, date(2025, 11, 17), date(2025, 11, 23), not_scheduled=30)]
    (cells,) = rows_of(tab_of(ledger([row], weeks, sessions)))
    assert cells[figure].note == note


def test_a_note_says_what_no_session_stands_for() -> None:
    """Consultation is arranged as it comes: there is no session to list."""
    row = line(group="consultation", period="month") | {"upcoming": 15, "not_logged": 15}
    october = period(0, date(2025, 10, 1), date(2025, 10, 31), not_logged=15)
    (cells,) = rows_of(tab_of(ledger([row], [october])))
    assert cells["Upcoming"].note == "15 min to come:\n15 min to be arranged"
    assert cells["Not logged"].note == (
        "15 min without an entry in the log:\n15 min with no session on the schedule\nOct 2025: 15 min"
    )


def test_the_note_of_what_is_required_says_what_was_not_asked_for() -> None:
    weeks = [
        period(0, date(2025, 11, 10), date(2025, 11, 16)),
        period(0, date(2025, 11, 17), date(2025, 11, 23), scheduled=30, shut=30, required=30, not_asked=30),
    ]
    shut = [not_asked(0, date(2025, 11, 18), "no school: snow")]
    counted = ledger([line() | {"required": 90, "not_asked": 30}], weeks, [], shut)
    assert rows_of(tab_of(counted))[0]["Required min"].note.split("\n") == [
        "90 min asked for to date, the period in progress included.",
        "1 x 60 min in full.",
        "On open days 90 min are scheduled.",
        "week of Nov 17: asked for 30 of 60: what is scheduled on open days",
        "Not asked for: 30 min. No session could be on",
        "Nov 18 (no school: snow)",
    ]


def test_a_note_is_never_too_long_to_read() -> None:
    sessions = [owed(0, date(2025, 10, 1), f"reason {number}") for number in range(60)]
    note = rows_of(tab_of(ledger([behind()], [], sessions)))[0]["Owed"].note
    assert len(note) <= 900
    assert note.endswith("more lines: see sheets-sync explain")
