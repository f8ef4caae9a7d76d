"""Two logs of one session: what they say alike is shown, what they do not is a finding (agreement.py).

OT is 1 x 30 a week on Tuesdays; the OT's log is the workbook's own, the para's another workbook's.
"""

from __future__ import annotations

from datetime import date

import pytest

from sheets_sync.ledger.counting import count
from sheets_sync.ledger.result import Ledger
from sheets_sync.ledger.rules import Rules
from sheets_sync.ports import Sheet
from tests.intake.small_workbook import cells, read

HEADER = "Date | Student | Service | Start | Minutes | Status | Make-up for"
OFF, UP = "2025-10-09", "2025-10-16"
"""A Thursday without a session, and the day of the make-up."""
MISSED = "2025-10-14 | Ben T. | OT | 9:00 | | Provider absent |"


def entry(day: str, minutes: str = "30", status: str = "Delivered", of: str = "", start: str = "9:00") -> str:
    return f"{day} | Ben T. | OT | {start} | {minutes} | {status} | {of}"


def makeup(minutes: str = "30") -> str:
    return entry(UP, minutes, "Make-up", "2025-10-14")


def counted(own: list[str], other: list[str]) -> Ledger:
    other_log = Sheet("Para: Log", cells("\n".join([HEADER, *other])), as_tab="Service Log")
    tables = read(
        {
            "Service Grid": """
                Student | Service | Frequency         | Provider | Start date
                Ben T.  | OT      | 1 x 30 min / week | S. Poe   | 2025-10-06
                """,
            "Schedule": """
                Student | Service | Provider | Days | Start | End
                Ben T.  | OT      | S. Poe   | Tue  | 9:00  | 9:30
                """,
            "Service Log": "\n".join([HEADER, *own]),
            "Para: Log": other_log,
        }
    )
    return count(tables, Rules(), date(2025, 10, 18))


def told(ledger: Ledger) -> list[tuple[str, str, str]]:
    """Kind, cells and words of what is said of entries of one session."""
    kinds = ("logged-twice", "logs-disagree")
    return [(one.kind, " ".join(one.cells), one.text) for one in ledger.notices if one.kind in kinds]


def shown(ledger: Ledger, day: str) -> list[tuple[str, str]]:
    """The note and the cells of the log of what stands on a day."""
    rows = ledger.sessions[ledger.sessions["date"] == day]
    return [
        (note, " ".join(ledger.tables.at("Service Log", row) for row in found))
        for note, found in zip(rows["note"], rows["log_rows"], strict=True)
    ]


BOTH = "Service Log!A2 Para: Log!A2"


@pytest.mark.parametrize(
    ("own", "other", "said"),
    [
        ([entry(OFF)], [entry(OFF)], []),
        ([makeup()], [makeup()], []),
        ([makeup("")], [makeup()], []),
        (
            [makeup()],
            [makeup("20")],
            [("logs-disagree", BOTH, "one entry says make-up, 30 min, another make-up, 20 min")],
        ),
        (
            [makeup(), makeup("20")],
            [],
            [
                (
                    "logs-disagree",
                    "Service Log!A2 Service Log!A3",
                    "one entry says make-up, 30 min, another make-up, 20 min",
                )
            ],
        ),
        (
            [entry(OFF)],
            [entry(OFF, "15")],
            [("logs-disagree", BOTH, "one entry says delivered, 30 min, another delivered, 15 min")],
        ),
        (
            [entry("2025-10-07"), entry("2025-10-07")],
            [entry("2025-10-07")],
            [("logged-twice", "Service Log!A2 Service Log!A3", "logged twice as delivered")],
        ),
        (
            [entry("2025-10-07")],
            [entry("2025-10-07"), entry("2025-10-07")],
            [("logged-twice", "Para: Log!A2 Para: Log!A3", "logged twice as delivered")],
        ),
        (
            [makeup()],
            [makeup(), makeup()],
            [("logged-twice", "Para: Log!A2 Para: Log!A3", "logged twice as make-up")],
        ),
    ],
)
def test_what_is_told_of_entries_of_one_session(
    own: list[str], other: list[str], said: list[tuple[str, str, str]]
) -> None:
    assert told(counted([*own, MISSED], other)) == said


@pytest.mark.parametrize(
    ("one", "day", "where"),
    [
        (entry("2025-10-07"), "2025-10-07", [("two logs say the same", BOTH)]),
        (entry(OFF), OFF, [("not on the schedule; two logs say the same", BOTH)]),
        (makeup(), UP, [("two logs say the same", "Service Log!A2 Service Log!A3 Para: Log!A2")]),
    ],
)
def test_agreement_is_shown_with_both_cells(one: str, day: str, where: list[tuple[str, str]]) -> None:
    assert shown(counted([one, MISSED], [one]), day) == where


def test_of_a_make_up_that_two_logs_tell_differently_the_fewer_minutes_count() -> None:
    ledger = counted([makeup(), MISSED], [makeup("20")])
    assert ledger.lines[["made_up", "owed"]].to_numpy().tolist() == [[20, 10]]


@pytest.mark.parametrize(
    ("other", "listed"),
    [
        (entry("2025-10-07"), []),
        (
            entry("2025-10-07", "", "Provider absent"),
            [
                (
                    *("question", "Service Log", "F2", "delivered"),
                    (
                        'Two entries of one session disagree: this says "delivered", Para: Log!A2 says '
                        '"provider absent". What is less favourable to the school counts.'
                    ),
                )
            ],
        ),
    ],
)
def test_disagreement_stands_on_data_problems_with_both_cells(
    other: str, listed: list[tuple[str, ...]]
) -> None:
    ledger = counted([entry("2025-10-07"), MISSED], [other])
    found = [(one.severity, one.tab, one.cell, one.value, one.problem) for one in ledger.problems]
    assert found == listed


def test_of_two_entries_one_without_minutes_the_other_counts_and_so_it_is_said() -> None:
    ledger = counted([entry("2025-10-07"), MISSED], [entry("2025-10-07", "", "Left early")])
    assert ledger.lines[["delivered", "not_logged"]].to_numpy().tolist() == [[30, 0]]
    said = {str(one.severity): one.problem for one in ledger.problems}
    half, both = said["error"], said["question"]
    assert half.endswith("another entry of this session counts.")
    assert both.endswith("The one that says how long it was counts.")


def test_an_entry_that_stands_twice_in_one_log_is_a_note() -> None:
    ledger = counted([entry("2025-10-07"), entry("2025-10-07"), MISSED], [])
    (note,) = ledger.problems
    assert (note.severity, note.cell, note.problem) == (
        "note",
        "F2",
        "This session stands at Service Log!A3 too: it is counted once.",
    )
